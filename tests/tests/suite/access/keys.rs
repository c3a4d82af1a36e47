//! API keys: made, shown once, limited, rotated, revoked; and the Ministry's script.

use articula_tests::{
    demonstration,
    service::{Answer, Service, User, text},
};
use serde_json::{Value, json};

use super::{ADMIN, NATIONAL, NONE, OTHER_ADMIN, codes, ministry, roles, secretariat};

const KEY: &str =
    "id version prefix name scopes validTo lastUsedAt previousUntil revokedAt member { id } account { issuer subject }";

fn making(organization: &Value, scopes: &str, more: &str) -> String {
    format!(
        "apiKeyCreate(organization: {organization}, input: {{ name: \"Cargue\", scopes: [{scopes}], \
         validTo: \"{}\" }} {more})",
        VALID_TO
    )
}

/// Within 366 days of the day that the demonstration takes for today.
const VALID_TO: &str = "2026-12-31";

struct Made {
    key: Value,
    secret: String,
}

async fn run(by: &User<'_>, call: &str) -> (Value, Value) {
    let query = format!("mutation {{ act: {call} {{ apiKey {{ {KEY} }} secret errors {{ code path }} }} }}");
    let data = by.data(&query, json!({})).await;
    assert_eq!(data["act"]["errors"], json!([]), "{call}");
    (data["act"]["apiKey"].clone(), data["act"]["secret"].clone())
}

async fn make(by: &User<'_>, organization: &Value, scopes: &str) -> Made {
    let (key, secret) = run(by, &making(organization, scopes, "")).await;
    Made { key, secret: text(&secret) }
}

/// Gives the key's account a role where it is a member.
async fn serve(by: &User<'_>, member: &Value) -> Value {
    let call = format!("accessGrantCreate(member: {member}, input: {{ role: SERVICE }})");
    by.act(&call, "accessGrant", "id version", NONE).await
}

async fn write(user: &User<'_>, organization: &Value, number: &str) -> Answer {
    let query = format!(
        "mutation {{ act: legalActCreate(organization: {organization}, input: {{ kind: CIRCULAR, number: \"{number}\", \
         issuer: \"SE\", date: \"2026-01-15\", subject: \"x\" }}) {{ legalAct {{ id }} errors {{ code }} }} }}"
    );
    user.ask(&query, json!({})).await
}

fn wrote(answer: &Answer) -> bool {
    answer.body["data"]["act"]["legalAct"]["id"].is_string()
}

/// What a wrong token is answered.
async fn stranger(service: &Service) -> (u16, String) {
    let answer = service.bearer("eyJ.eyJ.x".to_owned()).ask("{ viewer { name } }", json!({})).await;
    (answer.status, answer.anonymous())
}

async fn shown(service: &Service, key: &str) -> (u16, String) {
    let answer = service.bearer(key.to_owned()).ask("{ viewer { name } }", json!({})).await;
    (answer.status, answer.anonymous())
}

#[test]
fn the_secret_is_shown_once() {
    demonstration::on_each(async |service| {
        let (admin, funza) = (service.user(ADMIN), secretariat(service, "25286").await);
        let call = making(&funza, "\"structure:read\"", ", idempotencyKey: \"una\"");
        let (key, secret) = run(&admin, &call).await;
        let secret = text(&secret);
        assert!(secret.starts_with(&format!("art_{}_", text(&key["prefix"]))) && secret.len() == 56, "{key}");
        assert_eq!(key["account"], json!({ "issuer": "articula:keys", "subject": key["prefix"] }));
        // The same again is the same key, without its secret.
        let (again, nothing) = run(&admin, &call).await;
        assert_eq!((&again["id"], &nothing), (&key["id"], &Value::Null));
        let (tried, nothing) = run(&admin, &making(&funza, "\"structure:read\"", ", dryRun: true")).await;
        assert!(tried["id"].is_string() && nothing.is_null(), "{tried}");
        // Nowhere in the database: neither the key nor its random part.
        let random = &secret[13..];
        for (table, columns) in [
            ("history_entry", "changes"),
            ("idempotency", "outcome"),
            ("api_key", "secret_hash || prefix || name"),
            ("account", "subject || name"),
        ] {
            let key_column = if table == "idempotency" { "account_id" } else { "id" };
            let found = format!("SELECT {key_column} FROM {table} WHERE {columns} LIKE '%{random}%'");
            assert!(super::super::attacks::tenancy::keys(&service.fresh, &found).await.is_empty(), "{table}");
        }
        // Nor the hash in the history.
        let told = "SELECT id FROM history_entry WHERE changes LIKE '%hash%'";
        assert!(super::super::attacks::tenancy::keys(&service.fresh, told).await.is_empty());
    });
}

#[test]
fn a_key_does_what_its_roles_give_as_far_as_its_scopes_open_it() {
    demonstration::on_each(async |service| {
        let (admin, funza) = (service.user(ADMIN), secretariat(service, "25286").await);
        let made = make(&admin, &funza, "\"structure:read\"").await;
        let program = service.bearer(made.secret.clone());
        // Known, and nothing more.
        assert_eq!(program.ask("{ departments(first: 1) { totalCount } }", json!({})).await.status, 200);
        assert_eq!(
            program.ask("{ structureVersions(first: 1) { totalCount } }", json!({})).await.codes(),
            ["FORBIDDEN"]
        );
        serve(&admin, &made.key["member"]["id"]).await;
        assert_eq!(roles(&program).await, ["SERVICE"]);
        let drafts = "{ structureVersions(first: 1, where: { state: { eq: DRAFT } }) { totalCount } }";
        assert_eq!(program.data(drafts, json!({})).await["structureVersions"]["totalCount"], 1);
        for heading in ["members", "apiKeys", "accessGrants"] {
            let query = format!("{{ {heading}(first: 1) {{ totalCount }} }}");
            assert_eq!(program.ask(&query, json!({})).await.codes(), ["FORBIDDEN"], "{heading}");
        }
        assert_eq!(write(&program, &funza, "1").await.codes(), ["KEY_SCOPE_MISSING"]);
        let narrow = make(&admin, &funza, "\"organization:read\"").await;
        serve(&admin, &narrow.key["member"]["id"]).await;
        let narrow = service.bearer(narrow.secret);
        assert_eq!(
            narrow.data("{ organizations(first: 9) { totalCount } }", json!({})).await["organizations"]["totalCount"],
            1
        );
        for heading in ["structureVersions", "posts", "persons"] {
            let query = format!("{{ {heading}(first: 1) {{ totalCount }} }}");
            assert_eq!(narrow.ask(&query, json!({})).await.codes(), ["KEY_SCOPE_MISSING"], "{heading}");
        }
        let writer = make(&admin, &funza, "\"structure:write\"").await;
        serve(&admin, &writer.key["member"]["id"]).await;
        let writer = service.bearer(writer.secret);
        let answer = write(&writer, &funza, "2").await;
        assert!(wrote(&answer), "{}", answer.text);
        assert_eq!(writer.ask("{ members(first: 1) { totalCount } }", json!({})).await.codes(), ["FORBIDDEN"]);
    });
}

#[test]
fn each_refusal_of_keys() {
    demonstration::on_each(async |service| {
        let (admin, funza) = (service.user(ADMIN), secretariat(service, "25286").await);
        let medellin = secretariat(service, "05001").await;
        let with = |valid_to: &str, scopes: &str| making(&funza, scopes, "").replace(VALID_TO, valid_to);
        let foreign = make(&service.user(OTHER_ADMIN), &medellin, "\"structure:read\"").await.key;
        let own = make(&admin, &funza, "\"structure:read\"").await.key;
        let on = |act: &str, key: &Value, more: &str| format!("{act}(id: {}, expectedVersion: 1 {more})", key["id"]);
        for (call, expected) in [
            (with(VALID_TO, ""), "REQUIRED"),
            (with(VALID_TO, "\"everything:write\""), "MALFORMED"),
            (with("2020-01-01", "\"structure:read\""), "INVALID_ARGUMENT"),
            (with("2030-01-01", "\"structure:read\""), "INVALID_ARGUMENT"),
            (making(&medellin, "\"structure:read\"", ""), "NOT_FOUND_OR_FORBIDDEN"),
            (on("apiKeyRotate", &own, "overlapHours: 169"), "INVALID_ARGUMENT"),
            (on("apiKeyRotate", &own, "overlapHours: -1"), "INVALID_ARGUMENT"),
            (on("apiKeyRevoke", &own, "reason: \" \""), "REASON_REQUIRED"),
            (on("apiKeyRotate", &foreign, ""), "NOT_FOUND"),
            (on("apiKeyRevoke", &foreign, "reason: \"x\""), "NOT_FOUND"),
        ] {
            let found = codes(&admin, &call, "apiKey").await;
            let nothing = expected == "NOT_FOUND_OR_FORBIDDEN" && (found == ["NOT_FOUND"] || found == ["FORBIDDEN"]);
            assert!(nothing || found == [expected], "{call}: {found:?}");
        }
        for subject in ["lider.calidad@funza", "alta.direccion@funza"] {
            let user = service.user(subject);
            assert_eq!(codes(&user, &making(&funza, "\"structure:read\"", ""), "apiKey").await, ["FORBIDDEN"]);
            assert_eq!(codes(&user, &on("apiKeyRevoke", &own, "reason: \"x\""), "apiKey").await, ["FORBIDDEN"]);
        }
        // A key is no person, and does what SERVICE does.
        let member = &own["member"]["id"];
        let give = format!("accessGrantCreate(member: {member}, input: {{ role: ORGANIZATION_ADMIN }})");
        assert_eq!(codes(&admin, &give, "accessGrant").await, ["ROLE_NOT_GRANTABLE"]);
        let person = super::strangers(service).await.remove(0);
        let tie = format!("memberTie(id: {member}, expectedVersion: 1, person: {person})");
        assert_eq!(codes(&admin, &tie, "member").await, ["INVALID_ARGUMENT"]);
    });
}

#[test]
fn a_rotated_key_has_its_time() {
    demonstration::on_each(async |service| {
        let (admin, funza) = (service.user(ADMIN), secretariat(service, "25286").await);
        let made = make(&admin, &funza, "\"structure:read\"").await;
        let call = format!("apiKeyRotate(id: {}, expectedVersion: 1, overlapHours: 24)", made.key["id"]);
        let (key, second) = run(&admin, &call).await;
        let second = text(&second);
        assert_eq!(key["prefix"], made.key["prefix"]);
        assert_ne!(second, made.secret);
        for secret in [&made.secret, &second] {
            assert_eq!(shown(service, secret).await.0, 200);
        }
        service.clock.advance(chrono::TimeDelta::hours(25));
        assert_eq!(shown(service, &made.secret).await, stranger(service).await);
        assert_eq!(shown(service, &second).await.0, 200);
        // Without overlap the one before ends at once.
        let call = format!("apiKeyRotate(id: {}, expectedVersion: 2)", made.key["id"]);
        let (_, third) = run(&service.user(ADMIN), &call).await;
        assert_eq!(shown(service, &second).await, stranger(service).await);
        assert_eq!(shown(service, &text(&third)).await.0, 200);
    });
}

#[test]
fn what_is_no_good_key_is_answered_as_a_wrong_token() {
    demonstration::on_each(async |service| {
        let (admin, funza) = (service.user(ADMIN), secretariat(service, "25286").await);
        let good = make(&admin, &funza, "\"structure:read\"").await;
        let revoked = make(&admin, &funza, "\"structure:read\"").await;
        assert_eq!(shown(service, &revoked.secret).await.0, 200, "it was good");
        let revoke = format!("apiKeyRevoke(id: {}, expectedVersion: 1, reason: \"perdida\")", revoked.key["id"]);
        run(&admin, &revoke).await;
        assert_eq!(codes(&admin, &revoke.replace("Version: 1", "Version: 2"), "apiKey").await, ["KEY_ENDED"]);
        let rotate = format!("apiKeyRotate(id: {}, expectedVersion: 2)", revoked.key["id"]);
        assert_eq!(codes(&admin, &rotate, "apiKey").await, ["KEY_ENDED"]);
        let other = make(&admin, &funza, "\"structure:read\"").await;
        let wrong = stranger(service).await;
        assert_eq!(wrong.0, 401);
        let (prefix, secret) = (&good.secret[..13], &good.secret[13..]);
        for key in [
            revoked.secret.clone(),
            format!("{prefix}{}", &other.secret[13..]),
            format!("{}{secret}", &other.secret[..13]),
            format!("art_zzzzzzzz_{secret}"),
            good.secret[..55].to_owned(),
            format!("{}A", good.secret),
            format!("{prefix}{}", secret.to_lowercase()),
            good.secret.to_uppercase(),
            "art_".to_owned(),
            "art_x".to_owned(),
            "art_' OR 1=1 --".to_owned(),
            format!("art_{}", "a".repeat(6_000)),
        ] {
            assert_eq!(shown(service, &key).await, wrong, "{key}");
        }
        // Suspended at home, it is shut out everywhere, and back when it is reinstated.
        let member = &other.key["member"]["id"];
        let act = |act: &str, version: u32| format!("{act}(id: {member}, expectedVersion: {version}, reason: \"x\")");
        admin.act(&act("memberSuspend", 1), "member", "id", NONE).await;
        assert_eq!(shown(service, &other.secret).await, wrong);
        admin.act(&act("memberReinstate", 2), "member", "id", NONE).await;
        assert_eq!(shown(service, &other.secret).await.0, 200);
        // On its last day it is good, the day after it is not.
        service.turn_to("2026-12-30");
        assert_eq!(shown(service, &good.secret).await.0, 200);
        service.turn_to(VALID_TO);
        assert_eq!(shown(service, &good.secret).await, stranger(service).await);
    });
}

#[test]
fn the_last_use_is_written_down() {
    demonstration::on_each(async |service| {
        let (admin, funza) = (service.user(ADMIN), secretariat(service, "25286").await);
        let made = make(&admin, &funza, "\"structure:read\"").await;
        assert_eq!(made.key["lastUsedAt"], Value::Null);
        for _ in 0..3 {
            assert_eq!(shown(service, &made.secret).await.0, 200);
        }
        service.app.record_uses().await;
        let query = format!("{{ apiKey(id: {}) {{ lastUsedAt version }} }}", made.key["id"]);
        let read = async || service.user(ADMIN).data(&query, json!({})).await["apiKey"].clone();
        let first = read().await;
        assert!(first["lastUsedAt"].is_string() && first["version"] == 1, "{first}");
        service.clock.advance(chrono::TimeDelta::minutes(5));
        shown(service, &made.secret).await;
        service.app.record_uses().await;
        assert!(text(&read().await["lastUsedAt"]) > text(&first["lastUsedAt"]));
        // One that is refused leaves no trace.
        let before = read().await;
        service.clock.advance(chrono::TimeDelta::minutes(5));
        shown(service, &format!("{}{}", &made.secret[..13], "A".repeat(43))).await;
        service.app.record_uses().await;
        assert_eq!(read().await, before);
    });
}

#[test]
fn a_script_of_the_ministry_writes_where_the_secretariat_lets_it() {
    demonstration::on_each(async |service| {
        let (national, men) = (service.user(NATIONAL), ministry(service).await);
        let (funza, medellin) = (secretariat(service, "25286").await, secretariat(service, "05001").await);
        let made = make(&national, &men, "\"structure:write\", \"organization:read\"").await;
        let script = service.bearer(made.secret.clone());
        for organization in [&funza, &medellin, &men] {
            let answer = write(&script, organization, "MEN-1").await;
            assert!(!wrote(&answer), "{}", answer.text);
        }
        // The nation cannot let it in: the secretariat's data are the secretariat's.
        let appoint = format!(
            "organizationAppoint(organization: {funza}, input: {{ role: SERVICE, issuer: \"articula:keys\", subject: {}, name: \"x\" }})",
            made.key["prefix"]
        );
        assert_eq!(codes(&national, &appoint, "organization").await, ["ADMINISTRATOR_EXISTS"]);
        // Funza's administrator lets it in, by its prefix.
        let admin = service.user(ADMIN);
        let invite = format!(
            "memberInvite(organization: {funza}, input: {{ issuer: \"articula:keys\", subject: {}, name: \"Cargue del MEN\", role: SERVICE }})",
            made.key["prefix"]
        );
        let member = admin.act(&invite, "member", "id state grants(first: 1) { nodes { id version } }", NONE).await;
        assert_eq!(member["state"], "INVITED");
        let answer = write(&script, &funza, "MEN-2").await;
        assert!(wrote(&answer), "{}", answer.text);
        assert!(!wrote(&write(&script, &medellin, "MEN-3").await));
        // Its scopes hold there too, and the Ministry's own members are none of Funza's business.
        assert_eq!(script.ask("{ members(first: 1) { totalCount } }", json!({})).await.codes(), ["FORBIDDEN"]);
        assert_eq!(
            admin.ask(&format!("{{ apiKey(id: {}) {{ id }} }}", made.key["id"]), json!({})).await.codes(),
            ["NOT_FOUND"]
        );
        // And ends it.
        let grant = &member["grants"]["nodes"][0];
        let end = format!("accessGrantEnd(id: {}, expectedVersion: {})", grant["id"], grant["version"]);
        admin.act(&end, "accessGrant", "id", NONE).await;
        assert!(!wrote(&write(&script, &funza, "MEN-4").await));
    });
}
