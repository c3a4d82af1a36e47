//! Roles given and ended.

use articula_tests::{demonstration, random::Random, service::Service};
use serde_json::{Value, json};

use super::{
    super::attacks::tenancy::keys, ADMIN, MEMBER, NATIONAL, NONE, OTHER_ADMIN, codes, invite, member, ministry, roles,
    secretariat,
};

const GRANT: &str = "id version role validFrom validTo scopeUnit { id } member { name } grantedBy { subject }";

fn giving(member: &Value, role: &str, more: &str) -> String {
    format!("accessGrantCreate(member: {}, input: {{ role: {role} {more} }})", member["id"])
}

fn ending(grant: &Value, more: &str) -> String {
    format!("accessGrantEnd(id: {}, expectedVersion: {} {more})", grant["id"], grant["version"])
}

fn appointing(organization: &Value, role: &str, subject: &str) -> String {
    format!(
        "organizationAppoint(organization: {organization}, input: {{ role: {role}, issuer: \"articula:development\", \
         subject: \"{subject}\", name: \"Alguien\" }})"
    )
}

#[test]
fn a_role_holds_from_its_first_day_until_its_end() {
    demonstration::on_each(async |service| {
        let admin = service.user(ADMIN);
        let who = member(service, "ejecutor@funza").await;
        let days = "validFrom: \"2026-12-01\", validTo: \"2026-12-31\"";
        let given = admin.act(&giving(&who, "AUDITOR", days), "accessGrant", GRANT, NONE).await;
        assert_eq!((&given["validFrom"], &given["grantedBy"]["subject"]), (&json!("2026-12-01"), &json!(ADMIN)));
        for (day, expected) in [("2026-11-30", 1), ("2026-12-01", 2), ("2026-12-30", 2), ("2026-12-31", 1)] {
            service.turn_to(day);
            assert_eq!(roles(&service.user("ejecutor@funza")).await.len(), expected, "{day}");
        }
        service.turn_to("2026-12-10");
        let ended =
            service.user(ADMIN).act(&ending(&given, "validTo: \"2026-12-20\""), "accessGrant", GRANT, NONE).await;
        assert_eq!(ended["validTo"], "2026-12-20");
        // At once.
        let ended = service.user(ADMIN).act(&ending(&ended, ""), "accessGrant", GRANT, NONE).await;
        assert_eq!(ended["validTo"], "2026-12-10");
        assert_eq!(roles(&service.user("ejecutor@funza")).await, ["EXECUTOR"]);
        // What began today or shall begin later never holds.
        let who = member(service, "ejecutor@funza").await;
        let mistaken = service.user(ADMIN).act(&giving(&who, "AUDITOR", ""), "accessGrant", GRANT, NONE).await;
        assert_eq!(roles(&service.user("ejecutor@funza")).await.len(), 2);
        let voided = service.user(ADMIN).act(&ending(&mistaken, ""), "accessGrant", GRANT, NONE).await;
        assert_eq!(voided["validTo"], voided["validFrom"]);
        assert_eq!(roles(&service.user("ejecutor@funza")).await, ["EXECUTOR"]);
    });
}

#[test]
fn each_refusal_of_grants() {
    demonstration::on_each(async |service| {
        let admin = service.user(ADMIN);
        let funza = secretariat(service, "25286").await;
        let (own, head) = (member(service, ADMIN).await, member(service, "jefe.dependencia@funza").await);
        let foreign = member(service, "lider.calidad@medellin").await;
        let second = invite(&admin, &funza, "otra@funza", &format!("person: {}", own["person"]["id"])).await;
        let gone = invite(&admin, &funza, "retirada@funza", "").await;
        let suspend = format!("memberSuspend(id: {}, expectedVersion: 1, reason: \"x\")", gone["id"]);
        let gone = admin.act(&suspend, "member", MEMBER, NONE).await;
        let unit = r#"{ orgUnits(first: 1) { nodes { id } } }"#;
        let unit_of =
            async |who: &str| service.user(who).data(unit, json!({})).await["orgUnits"]["nodes"][0]["id"].clone();
        let (unit, foreign_unit) = (unit_of(ADMIN).await, unit_of(OTHER_ADMIN).await);
        let own_grant = own["grants"]["nodes"][0].clone();
        for (call, expected) in [
            (giving(&own, "QUALITY_LEADER", ""), "SELF_GRANT"),
            (giving(&second, "QUALITY_LEADER", ""), "SELF_GRANT"),
            (giving(&head, "NATIONAL_ADMIN", ""), "ROLE_NOT_GRANTABLE"),
            (giving(&head, "SFI_MONITOR", ""), "ROLE_NOT_GRANTABLE"),
            (giving(&head, "PARTNER_ANALYST", ""), "ROLE_NOT_GRANTABLE"),
            (giving(&head, "PUBLIC", ""), "ROLE_NOT_GRANTABLE"),
            (giving(&gone, "AUDITOR", ""), "MEMBER_SUSPENDED"),
            (giving(&head, "AUDITOR", "validFrom: \"2020-01-01\""), "BACKDATED"),
            (giving(&head, "AUDITOR", "validFrom: \"2030-01-01\", validTo: \"2030-01-01\""), "DATE_RANGE_EMPTY"),
            (giving(&head, "AUDITOR", &format!("scopeUnit: {foreign_unit}")), "NOT_FOUND"),
            (giving(&head, "ORGANIZATION_ADMIN", &format!("scopeUnit: {unit}")), "ROLE_TAKES_NO_SCOPE"),
            (giving(&foreign, "AUDITOR", ""), "NOT_FOUND"),
            (ending(&own_grant, ""), "LAST_ADMINISTRATOR"),
            (ending(&own_grant, "validTo: \"2031-01-01\""), "LAST_ADMINISTRATOR"),
            (ending(&head["grants"]["nodes"][0], "validTo: \"2020-01-01\""), "BACKDATED"),
            (ending(&foreign["grants"]["nodes"][0], ""), "NOT_FOUND"),
            (format!("accessGrantEnd(id: {}, expectedVersion: 9)", own_grant["id"]), "VERSION_CONFLICT"),
        ] {
            assert_eq!(codes(&admin, &call, "accessGrant").await, [expected], "{call}");
        }
        // The same role on the same days is given once; a longer one is given anew, not stretched.
        let given = admin.act(&giving(&head, "AUDITOR", "validTo: \"2030-01-01\""), "accessGrant", GRANT, NONE).await;
        assert_eq!(codes(&admin, &giving(&head, "AUDITOR", ""), "accessGrant").await, ["DUPLICATE"]);
        let longer = ending(&given, "validTo: \"2031-01-01\"");
        assert_eq!(codes(&admin, &longer, "accessGrant").await, ["INVALID_ARGUMENT"]);
        // Who keeps no members gives nothing, whatever he is.
        let call = giving(&head, "EXECUTOR", "");
        for (subject, expected) in [
            ("lider.calidad@funza", "FORBIDDEN"),
            ("alta.direccion@funza", "FORBIDDEN"),
            ("control.interno@funza", "FORBIDDEN"),
            ("jefe.dependencia@funza", "NOT_FOUND"),
            ("servicio@funza", "NOT_FOUND"),
            ("monitor.sfi@men", "NOT_FOUND"),
            (NATIONAL, "NOT_FOUND"),
            (OTHER_ADMIN, "NOT_FOUND"),
        ] {
            assert_eq!(codes(&service.user(subject), &call, "accessGrant").await, [expected], "{subject}");
        }
    });
}

#[test]
fn the_last_administrator_stays_and_a_second_one_sets_it_free() {
    demonstration::on_each(async |service| {
        let (admin, own) = (service.user(ADMIN), member(service, ADMIN).await);
        let head = member(service, "jefe.dependencia@funza").await;
        let suspend =
            format!("memberSuspend(id: {}, expectedVersion: {}, reason: \"me voy\")", own["id"], own["version"]);
        assert_eq!(codes(&admin, &suspend, "member").await, ["LAST_ADMINISTRATOR"]);
        // An invitation is no stand-in: it may never be taken.
        let funza = secretariat(service, "25286").await;
        invite(&admin, &funza, "nueva@funza", "role: ORGANIZATION_ADMIN").await;
        assert_eq!(codes(&admin, &suspend, "member").await, ["LAST_ADMINISTRATOR"]);
        admin.act(&giving(&head, "ORGANIZATION_ADMIN", ""), "accessGrant", GRANT, NONE).await;
        admin.act(&suspend, "member", "id", NONE).await;
        assert_eq!(roles(&service.user(ADMIN)).await, Vec::<String>::new());
        let head = member_seen_by(service, "jefe.dependencia@funza").await;
        assert_eq!(head["state"], "ACTIVE");
    });
}

async fn member_seen_by(service: &Service, subject: &str) -> Value {
    let query = format!(
        "{{ members(first: 1, where: {{ account: {{ subject: {{ eq: \"{subject}\" }} }} }}) {{ nodes {{ state }} }} }}"
    );
    service.user(subject).data(&query, json!({})).await["members"]["nodes"][0].clone()
}

#[test]
fn the_nation_names_the_first_administrator_and_national_roles() {
    demonstration::on_each(async |service| {
        let (national, men) = (service.user(NATIONAL), ministry(service).await);
        let funza = secretariat(service, "25286").await;
        let call = appointing(&funza, "ORGANIZATION_ADMIN", "nueva@funza");
        assert_eq!(codes(&national, &call, "organization").await, ["ADMINISTRATOR_EXISTS"]);
        for role in
            ["QUALITY_LEADER", "SENIOR_MANAGEMENT", "SERVICE", "SFI_MONITOR", "NATIONAL_ADMIN", "PARTNER_ANALYST"]
        {
            let call = appointing(&funza, role, "nueva@funza");
            assert_eq!(codes(&national, &call, "organization").await, ["ADMINISTRATOR_EXISTS"], "{role}");
        }
        let itself = appointing(&men, "SFI_MONITOR", NATIONAL);
        assert_eq!(codes(&national, &itself, "organization").await, ["SELF_GRANT"]);
        // Only the nation names.
        for subject in [ADMIN, "monitor.sfi@men", "alta.direccion@funza"] {
            assert_eq!(codes(&service.user(subject), &call, "organization").await, ["FORBIDDEN"], "{subject}");
        }
        // A new organization has nobody; its first administrator invites the others, and has then been the first.
        let create = "organizationCreate(input: { kind: PARTNER, name: \"Universidad\" })";
        let partner = national.act(create, "organization", "id", NONE).await["id"].clone();
        for role in ["QUALITY_LEADER", "SENIOR_MANAGEMENT", "SERVICE", "SFI_MONITOR", "NATIONAL_ADMIN"] {
            let call = appointing(&partner, role, "primera@u");
            assert_eq!(codes(&national, &call, "organization").await, ["ROLE_NOT_GRANTABLE"], "{role}");
        }
        national.act(&appointing(&partner, "ORGANIZATION_ADMIN", "primera@u"), "organization", "id", NONE).await;
        let first = service.user("primera@u");
        assert_eq!(roles(&first).await, ["ORGANIZATION_ADMIN"]);
        invite(&first, &partner, "segunda@u", "role: QUALITY_LEADER").await;
        let late = appointing(&partner, "ORGANIZATION_ADMIN", "tercera@u");
        assert_eq!(codes(&national, &late, "organization").await, ["ADMINISTRATOR_EXISTS"]);
        national.act(&appointing(&partner, "PARTNER_ANALYST", "segunda@u"), "organization", "id", NONE).await;
        // A monitor of the Ministry, whose membership the nation keeps.
        national.act(&appointing(&men, "SFI_MONITOR", "otro.monitor@men"), "organization", "id", NONE).await;
        assert_eq!(roles(&service.user("otro.monitor@men")).await, ["SFI_MONITOR"]);
        let members = national
            .data(
                "{ members(first: 50) { nodes { id version name account { subject } organization { kind } } } }",
                json!({}),
            )
            .await;
        let members = members["members"]["nodes"].as_array().expect("members").clone();
        assert!(members.iter().all(|member| member["organization"]["kind"] == "MINISTRY"), "{members:?}");
        let monitor =
            members.iter().find(|member| member["account"]["subject"] == "otro.monitor@men").expect("a member");
        let suspend =
            format!("memberSuspend(id: {}, expectedVersion: {}, reason: \"x\")", monitor["id"], monitor["version"]);
        national.act(&suspend, "member", "id", NONE).await;
        assert_eq!(roles(&service.user("otro.monitor@men")).await, Vec::<String>::new());
    });
}

#[test]
fn where_the_only_administrator_is_gone_the_nation_names_again() {
    demonstration::on_each(async |service| {
        let funza = secretariat(service, "25286").await;
        let call = appointing(&funza, "ORGANIZATION_ADMIN", "nueva@funza");
        service.fresh.run("UPDATE account SET suspended = TRUE WHERE subject = 'admin@funza'").await;
        service.user(NATIONAL).act(&call, "organization", "id", NONE).await;
        assert_eq!(roles(&service.user("nueva@funza")).await, ["ORGANIZATION_ADMIN"]);
    });
}

/// Whoever is not national tries whatever he likes: nobody gets a role that the column does not let an administrator give,
/// nobody gets one of himself, and nothing leaves the organization.
#[test]
fn no_sequence_of_acts_yields_a_role_outside_the_column() {
    const ROLES: [&str; 13] = [
        "ORGANIZATION_ADMIN",
        "QUALITY_LEADER",
        "SENIOR_MANAGEMENT",
        "PROCESS_OWNER",
        "UNIT_HEAD",
        "EXECUTOR",
        "AUDITOR",
        "INTERNAL_CONTROL",
        "SFI_MONITOR",
        "NATIONAL_ADMIN",
        "PARTNER_ANALYST",
        "SERVICE",
        "PUBLIC",
    ];
    const SUBJECTS: [&str; 6] =
        [ADMIN, "lider.calidad@funza", "ejecutor@funza", "auditor@funza", "servicio@funza", OTHER_ADMIN];
    demonstration::on_each(async |service| {
        let mut members = Vec::new();
        for subject in SUBJECTS {
            members.push(member(service, subject).await);
        }
        let organizations = [secretariat(service, "25286").await, ministry(service).await];
        let mut random = Random::new(7);
        for _ in 0..120 {
            let (actor, role) = (*random.pick::<&str>(&SUBJECTS), *random.pick::<&str>(&ROLES));
            let target = &members[random.below(6)];
            let call = match random.below(3) {
                0 => appointing(random.pick(&organizations), role, "suerte@funza"),
                1 => invitation_with(random.pick(&organizations), role, random.below(1000)),
                _ => giving(target, role, ""),
            };
            let query = format!("mutation {{ act: {call} {{ errors {{ code }} }} }}");
            let answer = service.user(actor).ask(&query, json!({})).await;
            assert!(!answer.text.contains("INTERNAL\""), "{call}: {}", answer.text);
        }
        let made = "SELECT id FROM access_grant WHERE valid_from > '2019-01-01'";
        assert!(!keys(&service.fresh, made).await.is_empty(), "nothing was given: the test tried nothing");
        let escaped = "SELECT g.id FROM access_grant g JOIN organization o ON o.id = g.organization_id \
            WHERE g.valid_from > '2019-01-01' AND (g.role IN (9, 10, 11, 13) OR o.kind <> 2 OR g.granted_by_id = g.account_id)";
        assert_eq!(keys(&service.fresh, escaped).await, Vec::<uuid::Uuid>::new());
    });
}

fn invitation_with(organization: &Value, role: &str, number: usize) -> String {
    super::invitation(organization, &format!("invitada-{number}@funza"), &format!("role: {role}"))
}
