//! Accounts that somebody makes for himself: what they do counts as done by him.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT},
    service::{Service, User, text},
};
use serde_json::{Value, json};

use super::{ADMIN, MEMBER, NATIONAL, NONE, codes, invite, member, ministry, roles, secretariat, strangers};

fn giving(member: &Value, role: &str) -> String {
    format!("accessGrantCreate(member: {}, input: {{ role: {role} }})", member["id"])
}

fn on(act: &str, member: &Value, more: &str) -> String {
    format!("{act}(id: {}, expectedVersion: {} {more})", member["id"], member["version"])
}

fn appointing(organization: &Value, role: &str, subject: &str) -> String {
    format!(
        "organizationAppoint(organization: {organization}, input: {{ role: {role}, issuer: \"articula:development\", \
         subject: \"{subject}\", name: \"Alguien\" }})"
    )
}

async fn can(user: &User<'_>, id: &Value, action: &str) -> Value {
    let query = format!("{{ node(id: {id}) {{ can(action: {action}) {{ code }} }} }}");
    user.data(&query, json!({})).await["node"]["can"]["code"].clone()
}

#[test]
fn an_account_that_somebody_made_gives_him_nothing() {
    demonstration::on_each(async |service| {
        let (admin, funza) = (service.user(ADMIN), secretariat(service, "25286").await);
        let own = member(service, ADMIN).await;
        let tied = format!("person: {}", own["person"]["id"]);
        let second = invite(&admin, &funza, "segunda@funza", &tied).await;
        let third = invite(&admin, &funza, "tercera@funza", "").await;
        let gone = invite(&admin, &funza, "retirada@funza", &tied).await;
        let gone = admin.act(&on("memberSuspend", &gone, "reason: \"x\""), "member", MEMBER, NONE).await;
        invite(&admin, &funza, "titere@funza", "role: ORGANIZATION_ADMIN").await;
        let puppet = service.user("titere@funza");
        assert_eq!(roles(&puppet).await, ["ORGANIZATION_ADMIN"]);
        invite(&puppet, &funza, "titere.del.titere@funza", "role: ORGANIZATION_ADMIN").await;
        let stranger = strangers(service).await.remove(0);
        let own = member(service, ADMIN).await;
        for user in [&puppet, &service.user("titere.del.titere@funza")] {
            for (call, field) in [
                (giving(&own, "SENIOR_MANAGEMENT"), "accessGrant"),
                (giving(&second, "SENIOR_MANAGEMENT"), "accessGrant"),
                (super::invitation(&funza, "cuarta@funza", &format!("{tied}, role: SENIOR_MANAGEMENT")), "member"),
                (on("memberTie", &third, &tied), "member"),
                (on("memberTie", &own, &format!("person: {stranger}")), "member"),
                (on("memberUntie", &own, ""), "member"),
                (on("memberUntie", &second, ""), "member"),
                (on("memberReinstate", &gone, "reason: \"x\""), "member"),
            ] {
                assert_eq!(codes(user, &call, field).await, ["SELF_GRANT"], "{call}");
            }
            assert_eq!(can(user, &own["id"], "ACCESS_GRANT_CREATE").await, "SELF_GRANT");
            assert_eq!(can(user, &gone["id"], "MEMBER_REINSTATE").await, "SELF_GRANT");
            assert_eq!(can(user, &third["id"], "ACCESS_GRANT_CREATE").await, Value::Null);
        }
        // To others it gives as before; and the same by somebody else is well.
        let head = member(service, "jefe.dependencia@funza").await;
        puppet.act(&giving(&head, "ORGANIZATION_ADMIN"), "accessGrant", "id", NONE).await;
        service.user("jefe.dependencia@funza").act(&giving(&own, "SENIOR_MANAGEMENT"), "accessGrant", "id", NONE).await;
    });
}

#[test]
fn the_nations_puppets_give_the_nation_nothing() {
    demonstration::on_each(async |service| {
        let (national, men) = (service.user(NATIONAL), ministry(service).await);
        national.act(&appointing(&men, "NATIONAL_ADMIN", "titere@men"), "organization", "id", NONE).await;
        let create = "organizationCreate(input: { kind: EDUCATION_SECRETARIAT, name: \"Nueva\" })";
        let answer = national
            .ask(&format!("mutation {{ act: {create} {{ organization {{ id }} errors {{ code }} }} }}"), json!({}))
            .await;
        let new = match &answer.body["data"]["act"]["organization"]["id"] {
            Value::Null => {
                let create = "organizationCreate(input: { kind: PARTNER, name: \"Nueva\" })";
                national.act(create, "organization", "id", NONE).await["id"].clone()
            }
            id => id.clone(),
        };
        let puppet = service.user("titere@men");
        assert_eq!(roles(&puppet).await, ["NATIONAL_ADMIN"]);
        for call in [appointing(&men, "SFI_MONITOR", NATIONAL), appointing(&new, "ORGANIZATION_ADMIN", NATIONAL)] {
            assert_eq!(codes(&puppet, &call, "organization").await, ["SELF_GRANT"], "{call}");
        }
        // What is there to do is done: the first administrator is no person and gives roles to others.
        puppet.act(&appointing(&new, "ORGANIZATION_ADMIN", "primera@nueva"), "organization", "id", NONE).await;
        let first = service.user("primera@nueva");
        invite(&first, &new, "segunda@nueva", "role: ORGANIZATION_ADMIN").await;
        assert_eq!(roles(&service.user("segunda@nueva")).await, ["ORGANIZATION_ADMIN"]);
        // Neither gives the nation's accounts anything there, for their rights come from these.
        for who in ["titere@men", NATIONAL] {
            let call = super::invitation(&new, who, "role: QUALITY_LEADER");
            for user in [&first, &service.user("segunda@nueva")] {
                assert_eq!(codes(user, &call, "member").await, ["SELF_GRANT"], "{who}");
            }
        }
    });
}

/// A draft of Funza's that was submitted with a key whose secret these had, one after the other.
async fn submitted_with_a_key(service: &Service, holders: &[&str]) -> Value {
    let (admin, funza) = (service.user(ADMIN), secretariat(service, "25286").await);
    for subject in holders.iter().filter(|subject| **subject != ADMIN) {
        let holder = member(service, subject).await;
        admin.act(&giving(&holder, "ORGANIZATION_ADMIN"), "accessGrant", "id", NONE).await;
    }
    let (mut key, mut secret) = (Value::Null, String::new());
    for subject in holders {
        let call = match &key {
            Value::Null => format!(
                "apiKeyCreate(organization: {funza}, input: {{ name: \"Cargue\", scopes: [\"structure:write\"], validTo: \"2026-12-31\" }})"
            ),
            key => format!("apiKeyRotate(id: {}, expectedVersion: {})", key["id"], key["version"]),
        };
        let query = format!(
            "mutation {{ act: {call} {{ apiKey {{ id version member {{ id }} }} secret errors {{ code }} }} }}"
        );
        let made = service.user(subject).data(&query, json!({})).await;
        assert_eq!(made["act"]["errors"], json!([]), "{subject}: {call}");
        (key, secret) = (made["act"]["apiKey"].clone(), text(&made["act"]["secret"]));
    }
    admin.act(&giving(&key["member"], "SERVICE"), "accessGrant", "id", NONE).await;
    let draft = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { structureVersions(first: 1, where: { state: { eq: DRAFT } }) { nodes { id version } } } }"#;
    let draft = &service.user(LEADER).data(draft, json!({})).await["organization"]["structureVersions"]["nodes"][0];
    let submit = on("structureVersionSubmit", draft, "");
    service.bearer(secret).act(&submit, "structureVersion", "id version", NONE).await
}

/// What stands against the approval, as `availableTransitions`, `can` and the act say it.
async fn approval(user: &User<'_>, version: &Value) -> [Vec<String>; 3] {
    let query = format!(
        "{{ structureVersion(id: {}) {{ can(action: STRUCTURE_VERSION_APPROVE) {{ code }} \
         availableTransitions {{ act blockedBy {{ code }} }} }} }}",
        version["id"]
    );
    let told = user.data(&query, json!({})).await["structureVersion"].clone();
    let steps = told["availableTransitions"].as_array().cloned().unwrap_or_default();
    let step = steps.iter().find(|step| step["act"] == "structureVersionApprove").expect("a step");
    let blocks = step["blockedBy"].as_array().cloned().unwrap_or_default();
    let code = |object: &Value| object["code"].as_str().map(ToOwned::to_owned);
    let call = on("structureVersionApprove", version, "dryRun: true");
    let query = format!("mutation {{ act: {call} {{ errors {{ code }} }} }}");
    let act = user.ask(&query, json!({})).await;
    let act = act.body["data"]["act"]["errors"].as_array().cloned().expect("errors");
    [
        blocks.iter().filter_map(code).collect(),
        code(&told["can"]).into_iter().collect(),
        act.iter().filter_map(code).collect(),
    ]
}

const SEPARATION: &str = "SEPARATION_OF_DUTIES";

#[test]
fn a_step_taken_with_a_key_is_its_makers() {
    demonstration::on_each(async |service| {
        let version = submitted_with_a_key(service, &[MANAGEMENT]).await;
        assert_eq!(approval(&service.user(MANAGEMENT), &version).await, [[SEPARATION]; 3]);
        // Tied to somebody else by now, he is still who made it.
        let maker = member(service, MANAGEMENT).await;
        let person = maker["person"]["id"].clone();
        let admin = service.user(ADMIN);
        let untied = admin.act(&on("memberUntie", &maker, ""), "member", MEMBER, NONE).await;
        let stranger = strangers(service).await.remove(0);
        admin.act(&on("memberTie", &untied, &format!("person: {stranger}")), "member", MEMBER, NONE).await;
        assert_eq!(approval(&service.user(MANAGEMENT), &version).await, [[SEPARATION]; 3]);
        // And the person that he was then is refused under every account.
        let funza = secretariat(service, "25286").await;
        let other = invite(&admin, &funza, "otra@funza", "role: SENIOR_MANAGEMENT").await;
        admin.act(&on("memberTie", &other, &format!("person: {person}")), "member", MEMBER, NONE).await;
        assert_eq!(approval(&service.user("otra@funza"), &version).await, [[SEPARATION]; 3]);
    });
}

#[test]
fn a_step_taken_with_a_key_is_also_of_who_rotated_it() {
    demonstration::on_each(async |service| {
        let version = submitted_with_a_key(service, &[ADMIN, MANAGEMENT, ADMIN]).await;
        assert_eq!(approval(&service.user(MANAGEMENT), &version).await, [[SEPARATION]; 3]);
    });
}

#[test]
fn a_step_taken_with_a_key_is_nobody_elses() {
    demonstration::on_each(async |service| {
        let version = submitted_with_a_key(service, &[ADMIN]).await;
        assert_eq!(approval(&service.user(MANAGEMENT), &version).await, [[""; 0]; 3]);
    });
}

#[test]
fn a_key_that_a_puppet_made_is_of_who_made_the_puppet() {
    demonstration::on_each(async |service| {
        let (admin, funza) = (service.user(ADMIN), secretariat(service, "25286").await);
        let management = member(service, MANAGEMENT).await;
        admin.act(&giving(&management, "ORGANIZATION_ADMIN"), "accessGrant", "id", NONE).await;
        invite(&service.user(MANAGEMENT), &funza, "titere@funza", "role: ORGANIZATION_ADMIN").await;
        assert_eq!(roles(&service.user("titere@funza")).await, ["ORGANIZATION_ADMIN"]);
        let call = format!(
            "apiKeyCreate(organization: {funza}, input: {{ name: \"Cargue\", scopes: [\"structure:write\"], validTo: \"2026-12-31\" }})"
        );
        let query =
            format!("mutation {{ act: {call} {{ apiKey {{ id member {{ id }} }} secret errors {{ code }} }} }}");
        let made = service.user("titere@funza").data(&query, json!({})).await["act"].clone();
        admin.act(&giving(&made["apiKey"]["member"], "SERVICE"), "accessGrant", "id", NONE).await;
        let draft = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { structureVersions(first: 1, where: { state: { eq: DRAFT } }) { nodes { id version } } } }"#;
        let draft = &service.user(LEADER).data(draft, json!({})).await["organization"]["structureVersions"]["nodes"][0];
        let key = service.bearer(text(&made["secret"]));
        let version = key.act(&on("structureVersionSubmit", draft, ""), "structureVersion", "id version", NONE).await;
        assert_eq!(approval(&service.user(MANAGEMENT), &version).await, [[SEPARATION]; 3]);
    });
}
