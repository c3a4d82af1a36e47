//! The life of a member.

use articula_tests::{demonstration, service::Service};
use serde_json::{Value, json};

use super::{
    super::attacks::tenancy::keys, ADMIN, MEMBER, NATIONAL, NONE, OTHER_ADMIN, codes, invitation, invite, leader,
    member, reads_structure, roles, secretariat, strangers,
};

async fn step(service: &Service, act: &str, member: &Value) -> Value {
    let call = format!("{act}(id: {}, expectedVersion: {}, reason: \"por prueba\")", member["id"], member["version"]);
    service.user(ADMIN).act(&call, "member", MEMBER, NONE).await
}

#[test]
fn invited_active_suspended_active() {
    demonstration::on_each(async |service| {
        let funza = secretariat(service, "25286").await;
        let newcomer = service.user("nueva@funza");
        assert_eq!(newcomer.ask("{ viewer { name } }", json!({})).await.status, 401, "nobody invited her yet");
        let invited = invite(&service.user(ADMIN), &funza, "nueva@funza", "role: QUALITY_LEADER").await;
        assert_eq!(invited["state"], "INVITED");
        assert_eq!(invited["grants"]["nodes"][0]["role"], "QUALITY_LEADER");
        assert_eq!(invited["availableTransitions"][0]["act"], "memberSuspend");

        // The first sign-in, seen at once.
        assert_eq!(roles(&newcomer).await, ["QUALITY_LEADER"]);
        assert!(reads_structure(&newcomer).await);
        let active = member(service, "nueva@funza").await;
        assert_eq!((&active["state"], &active["version"]), (&json!("ACTIVE"), &json!(2)));
        roles(&newcomer).await;
        assert_eq!(member(service, "nueva@funza").await["version"], 2, "only the first one is written");

        // Suspended: her roles count no more, in the very next request.
        let suspended = step(service, "memberSuspend", &active).await;
        assert_eq!(suspended["state"], "SUSPENDED");
        assert_eq!(roles(&newcomer).await, Vec::<String>::new());
        assert!(!reads_structure(&newcomer).await);
        let open = &suspended["availableTransitions"];
        assert_eq!((&open[0]["act"], &open[0]["allowed"]), (&json!("memberReinstate"), &json!(true)));

        let again = step(service, "memberReinstate", &suspended).await;
        assert_eq!(again["state"], "ACTIVE");
        assert!(reads_structure(&newcomer).await);
        let entries = "SELECT h.id FROM history_entry h JOIN member m ON m.id = h.object_id JOIN account a ON a.id = m.account_id \
            WHERE a.subject = 'nueva@funza' AND h.act IN ('memberInvite', 'signIn', 'memberSuspend', 'memberReinstate')";
        assert_eq!(keys(&service.fresh, entries).await.len(), 4, "each step is in the history");
    });
}

#[test]
fn an_invitation_that_is_withdrawn_lets_nobody_in() {
    demonstration::on_each(async |service| {
        let funza = secretariat(service, "25286").await;
        let invited = invite(&service.user(ADMIN), &funza, "nueva@funza", "role: QUALITY_LEADER").await;
        step(service, "memberSuspend", &invited).await;
        let newcomer = service.user("nueva@funza");
        assert_eq!(roles(&newcomer).await, Vec::<String>::new());
        assert_eq!(member(service, "nueva@funza").await["state"], "SUSPENDED");
    });
}

#[test]
fn an_invitation_does_not_tell_whether_the_account_was_known() {
    demonstration::on_each(async |service| {
        let funza = secretariat(service, "25286").await;
        let selection = "member { state name version account { issuer subject memberships(first: 9) { totalCount } \
            grants(first: 9) { totalCount } grantsGiven(first: 9) { totalCount } persons { id } } } errors { code }";
        let mut answers = Vec::new();
        // Known in another secretariat, shut out everywhere, and never heard of.
        for subject in ["lider.calidad@medellin", "instalacion@men", "nunca@oida"] {
            let query = format!("mutation {{ act: {} {{ {selection} }} }}", invitation(&funza, subject, ""));
            let answer = service.user(ADMIN).ask(&query, json!({})).await;
            assert_eq!(answer.body["errors"], Value::Null, "{}", answer.text);
            answers.push(answer.anonymous().replace(subject, "…"));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        // Tried twice, an account has one id, known or not.
        for subject in ["lider.calidad@antioquia", "nadie@nunca"] {
            let call = invitation(&funza, subject, "").replace("memberInvite(", "memberInvite(dryRun: true, ");
            let query = format!("mutation {{ act: {call} {{ member {{ account {{ id }} }} errors {{ code }} }} }}");
            let ask = async || service.user(ADMIN).ask(&query, json!({})).await.body["data"].clone();
            let (one, other) = (ask().await, ask().await);
            assert!(one["act"]["member"]["account"]["id"].is_string(), "{one}");
            assert_eq!(one, other, "{subject}");
        }
    });
}

#[test]
fn each_refusal_of_members() {
    demonstration::on_each(async |service| {
        let (funza, medellin) = (secretariat(service, "25286").await, secretariat(service, "05001").await);
        let admin = service.user(ADMIN);
        let (own, head) = (member(service, ADMIN).await, member(service, "jefe.dependencia@funza").await);
        let foreign = member(service, "lider.calidad@medellin").await;
        let invite_with = |issuer: &str, subject: &str, more: &str| {
            format!(
                "memberInvite(organization: {funza}, input: {{ issuer: \"{issuer}\", subject: \"{subject}\", name: \"x\" {more} }})"
            )
        };
        let on = |act: &str, member: &Value, more: &str| {
            format!("{act}(id: {}, expectedVersion: {} {more})", member["id"], member["version"])
        };
        let stranger = strangers(service).await.remove(0);
        let long = "x".repeat(256);
        for (call, expected) in [
            (invite_with("articula:development", ADMIN, ""), "DUPLICATE"),
            (invite_with(" ", "a", ""), "REQUIRED"),
            (invite_with("a", "", ""), "REQUIRED"),
            (invite_with("a", " b", ""), "MALFORMED"),
            (invite_with("a", &long, ""), "TOO_LONG"),
            (invite_with("articula:command", "articula", ""), "INVALID_ARGUMENT"),
            (invite_with("articula:keys", "abcdefgh", &format!("person: {}", own["person"]["id"])), "INVALID_ARGUMENT"),
            (invite_with("a", "c", "role: SFI_MONITOR"), "ROLE_NOT_GRANTABLE"),
            (invite_with("a", "c", "role: PUBLIC"), "ROLE_NOT_GRANTABLE"),
            (invite_with("articula:keys", "abcdefgh", "role: QUALITY_LEADER"), "ROLE_NOT_GRANTABLE"),
            (invitation(&medellin, "nueva@funza", ""), "NOT_FOUND"),
            (on("memberSuspend", &own, "reason: \"x\""), "LAST_ADMINISTRATOR"),
            (on("memberSuspend", &head, "reason: \" \""), "REASON_REQUIRED"),
            (on("memberReinstate", &head, "reason: \"x\""), "TRANSITION_NOT_ALLOWED"),
            (on("memberSuspend", &foreign, "reason: \"x\""), "NOT_FOUND"),
            (on("memberTie", &own, &format!("person: {}", head["person"]["id"])), "SELF_GRANT"),
            // Another account for oneself would bring one the roles of that account.
            (on("memberTie", &head, &format!("person: {}", own["person"]["id"])), "SELF_GRANT"),
            (on("memberTie", &head, &format!("person: {stranger}")), "MEMBER_TIED"),
            (on("memberUntie", &own, ""), "SELF_GRANT"),
            (on("memberTie", &head, &format!("person: {}", foreign["person"]["id"])), "NOT_FOUND"),
            (on("memberUntie", &foreign, ""), "NOT_FOUND"),
            (format!("memberUntie(id: {}, expectedVersion: 9)", head["id"]), "VERSION_CONFLICT"),
        ] {
            assert_eq!(codes(&admin, &call, "member").await, [expected], "{call}");
        }
        // Those who read members and do not keep them.
        for subject in [articula_tests::demonstration::LEADER, articula_tests::demonstration::MANAGEMENT] {
            let call = on("memberSuspend", &head, "reason: \"x\"");
            assert_eq!(codes(&service.user(subject), &call, "member").await, ["FORBIDDEN"], "{subject}");
        }
        // Who reads no members does not see them.
        let call = on("memberSuspend", &head, "reason: \"x\"");
        assert_eq!(codes(&service.user("jefe.dependencia@funza"), &call, "member").await, ["NOT_FOUND"]);
        assert_eq!(codes(&service.user(NATIONAL), &call, "member").await, ["NOT_FOUND"]);
        assert_eq!(codes(&service.user(OTHER_ADMIN), &call, "member").await, ["NOT_FOUND"]);
    });
}

#[test]
fn a_member_is_tied_to_a_person_and_untied() {
    demonstration::on_each(async |service| {
        let (admin, head) = (service.user(ADMIN), member(service, "jefe.dependencia@funza").await);
        let person = strangers(service).await.remove(0);
        let on = |act: &str, member: &Value, more: &str| {
            format!("{act}(id: {}, expectedVersion: {} {more})", member["id"], member["version"])
        };
        let untied = admin.act(&on("memberUntie", &head, ""), "member", MEMBER, NONE).await;
        assert_eq!(untied["person"], Value::Null);
        let tied = admin.act(&on("memberTie", &untied, &format!("person: {person}")), "member", MEMBER, NONE).await;
        assert_eq!(tied["person"]["id"], person);
        let shown =
            leader(service).data(&format!("{{ person(id: {person}) {{ accounts {{ subject }} }} }}"), json!({})).await;
        assert_eq!(shown["person"]["accounts"][0]["subject"], "jefe.dependencia@funza");
    });
}

#[test]
fn nobody_reinstates_himself_under_another_account() {
    demonstration::on_each(async |service| {
        let funza = secretariat(service, "25286").await;
        let (admin, own) = (service.user(ADMIN), member(service, ADMIN).await);
        // The administrator's own second account.
        let second = invite(&admin, &funza, "otra@funza", &format!("person: {}", own["person"]["id"])).await;
        let suspended = step(service, "memberSuspend", &second).await;
        assert_eq!(suspended["availableTransitions"][0]["blockedBy"][0]["code"], "SELF_GRANT");
        let call = format!(
            "memberReinstate(id: {}, expectedVersion: {}, reason: \"x\")",
            suspended["id"], suspended["version"]
        );
        assert_eq!(codes(&admin, &call, "member").await, ["SELF_GRANT"]);
    });
}

#[test]
fn who_submitted_stays_the_person_that_he_was() {
    demonstration::on_each(async |service| {
        let (admin, leader_user) = (service.user(ADMIN), service.user(demonstration::LEADER));
        let draft = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { structureVersions(first: 1, where: { state: { eq: DRAFT } }) { nodes { id version } } } }"#;
        let draft = &leader_user.data(draft, json!({})).await["organization"]["structureVersions"]["nodes"][0];
        let call = |act: &str, version: &Value| {
            format!("structureVersion{act}(id: {}, expectedVersion: {})", draft["id"], version)
        };
        let submitted = leader_user.act(&call("Submit", &draft["version"]), "structureVersion", "version", NONE).await;
        // An administrator makes of the approver the person who submitted, and of the submitter nobody.
        let (submitter, approver) =
            (member(service, demonstration::LEADER).await, member(service, demonstration::MANAGEMENT).await);
        let untie =
            |member: &Value| format!("memberUntie(id: {}, expectedVersion: {})", member["id"], member["version"]);
        let person = submitter["person"]["id"].clone();
        assert!(person.is_string(), "{submitter}");
        admin.act(&untie(&submitter), "member", MEMBER, NONE).await;
        let nobody = admin.act(&untie(&approver), "member", MEMBER, NONE).await;
        let tie = format!("memberTie(id: {}, expectedVersion: {}, person: {person})", nobody["id"], nobody["version"]);
        admin.act(&tie, "member", MEMBER, NONE).await;
        let refused = service.user(demonstration::MANAGEMENT);
        let refused = refused.refused(&call("Approve", &submitted["version"]), "structureVersion", NONE).await;
        assert_eq!(refused[0].0, "SEPARATION_OF_DUTIES", "{refused:?}");
    });
}

#[test]
fn the_account_that_submitted_approves_under_no_person() {
    demonstration::on_each(async |service| {
        let (admin, leader_user) = (service.user(ADMIN), service.user(demonstration::LEADER));
        let submitter = member(service, demonstration::LEADER).await;
        let grant = format!("accessGrantCreate(member: {}, input: {{ role: SENIOR_MANAGEMENT }})", submitter["id"]);
        admin.act(&grant, "accessGrant", "id", NONE).await;
        let draft = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { structureVersions(first: 1, where: { state: { eq: DRAFT } }) { nodes { id version } } } }"#;
        let draft = &leader_user.data(draft, json!({})).await["organization"]["structureVersions"]["nodes"][0];
        let call = |act: &str, version: &Value| {
            format!("structureVersion{act}(id: {}, expectedVersion: {version})", draft["id"])
        };
        let submitted = leader_user.act(&call("Submit", &draft["version"]), "structureVersion", "version", NONE).await;
        let untie = format!("memberUntie(id: {}, expectedVersion: {})", submitter["id"], submitter["version"]);
        let untied = admin.act(&untie, "member", MEMBER, NONE).await;
        let stranger = strangers(service).await.remove(0);
        let tie =
            format!("memberTie(id: {}, expectedVersion: {}, person: {stranger})", untied["id"], untied["version"]);
        admin.act(&tie, "member", MEMBER, NONE).await;
        let refused = leader_user.refused(&call("Approve", &submitted["version"]), "structureVersion", NONE).await;
        assert_eq!(refused[0].0, "SEPARATION_OF_DUTIES", "{refused:?}");
    });
}
