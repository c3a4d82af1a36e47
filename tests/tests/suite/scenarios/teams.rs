//! Who may audit what, how long an excuse holds, what findings are called, and what is transcribed late.

use articula_tests::{
    demonstration::{self, LEADER},
    service::{Service, text},
};
use serde_json::{Value, json};

use super::audits::{AUDITOR, CONTROL, Funza, act, available, begun, on};

async fn told(service: &Service, who: &str, call: &str, field: &str) -> Vec<(String, String)> {
    service.user(who).refused(call, field, ("", json!({}))).await
}

fn refusal(code: &str, path: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), path.to_owned())]
}

#[test]
fn nobody_excuses_himself() {
    demonstration::on_each(async |service| {
        service.turn_to("2026-07-01");
        let funza = Funza::find(service).await;
        let program = funza.program(service).await;
        let members = "{ members(first: 50) { nodes { account { subject } person { id } } } }";
        let members = service.user(LEADER).data(members, json!({})).await["members"]["nodes"].clone();
        let mut members = members.as_array().expect("members").iter();
        let herself =
            members.find(|one| one["account"]["subject"] == CONTROL).expect("control interno")["person"]["id"].clone();
        let held = format!(
            "{{ person(id: {herself}) {{ holdings(first: 20) {{ nodes {{ validTo post {{ unit {{ id }} }} }} }} }} }}"
        );
        let held = service.user(LEADER).data(&held, json!({})).await["person"]["holdings"]["nodes"].clone();
        let post = held
            .as_array()
            .expect("posts")
            .iter()
            .find(|post| post["validTo"].is_null())
            .expect("a post held today")
            .clone();
        let audit = funza.audit(&program, "A1", &post["post"]["unit"]["id"], "");
        let audit = act(service, CONTROL, &audit, "audit").await;
        let add = |person: &Value, more: &str| {
            format!("auditTeamMemberCreate(audit: {}, person: {person}, role: LEAD {more})", audit["id"])
        };
        let told = async |call: String| service.user(CONTROL).refused(&call, "auditTeamMember", ("", json!({}))).await;
        assert_eq!(told(add(&herself, "")).await[0], ("AUDITOR_NOT_INDEPENDENT".to_owned(), "person".to_owned()));
        let excused = add(&herself, ", reason: \"Nadie más conoce el sistema\"");
        assert_eq!(told(excused).await, [("SEPARATION_OF_DUTIES".to_owned(), "reason".to_owned())]);
    });
}

#[test]
fn an_excuse_ends_when_the_scope_changes() {
    demonstration::on_each(async |service| {
        service.turn_to("2026-07-01");
        let funza = Funza::find(service).await;
        let program = funza.program(service).await;
        let post = funza.posts.iter().find(|post| post["validTo"].is_null()).expect("a post held today");
        let unit = &post["post"]["unit"]["id"];
        let audit = act(service, CONTROL, &funza.audit(&program, "A1", unit, ""), "audit").await;
        let call = format!(
            "auditTeamMemberCreate(audit: {}, person: {}, role: LEAD, reason: \"Nadie más conoce el sistema\")",
            audit["id"], funza.auditor
        );
        let member = act(service, CONTROL, &call, "auditTeamMember").await;
        let excuse = async || {
            let query = format!("{{ auditTeamMember(id: {}) {{ overrideReason overrideBy {{ id }} }} }}", member["id"]);
            service.user(LEADER).data(&query, json!({})).await["auditTeamMember"].clone()
        };
        // The same places, in another order, change nothing.
        let same = format!(", input: {{ scope: [{{ process: {} }}, {{ unit: {unit} }}] }}", funza.process);
        let audit = act(service, CONTROL, &on("auditUpdate", &audit, &same), "audit").await;
        assert_eq!(excuse().await["overrideReason"], "Nadie más conoce el sistema");
        assert_eq!(available(service, CONTROL, "audit", &audit, "auditPrepare").await, (true, vec![]));
        let other = format!(", input: {{ scope: [{{ unit: {unit} }}] }}");
        let audit = act(service, CONTROL, &on("auditUpdate", &audit, &other), "audit").await;
        assert_eq!(excuse().await, json!({ "overrideReason": null, "overrideBy": null }));
        let (allowed, codes) = available(service, CONTROL, "audit", &audit, "auditPrepare").await;
        assert!(!allowed && codes.contains(&"AUDITOR_NOT_INDEPENDENT".to_owned()), "{codes:?}");
    });
}

#[test]
fn a_finding_is_called_as_its_regime_calls_it() {
    demonstration::on_each(async |service| {
        service.turn_to("2026-07-01");
        let funza = Funza::find(service).await;
        let audit = begun(service, &funza).await;
        let types = "{ findingTypes(first: 20) { nodes { id regime code kinds official } } }";
        let types = service.user(AUDITOR).data(types, json!({})).await["findingTypes"]["nodes"].clone();
        let types = types.as_array().expect("types");
        assert_eq!(types.len(), 10);
        let of = |regime: &str, code: &str| {
            types.iter().find(|one| one["regime"] == regime && one["code"] == code).expect("a type")["id"].clone()
        };
        let (major, minor) = (of("ISO", "NC_MAYOR"), of("ISO", "NC_MENOR"));
        let make = |of_type: &Value| {
            format!(
                r#"findingCreate(audit: {}, input: {{ code: "1", name: "Hallazgo", kind: MAJOR_NONCONFORMITY, condition: "Así es",
                   findingType: {of_type} }})"#,
                audit["id"]
            )
        };
        let mismatch = refusal("FINDING_KIND_MISMATCH", "input.findingType");
        assert_eq!(told(service, AUDITOR, &make(&minor), "finding").await, mismatch, "of another kind");
        let foreign = of("INTERNAL_CONTROL", "HALLAZGO");
        assert_eq!(told(service, AUDITOR, &make(&foreign), "finding").await, mismatch, "of another regime");
        let nothing = told(service, AUDITOR, &make(&funza.unit), "finding").await;
        assert_eq!(nothing, refusal("NOT_FOUND", "input.findingType"));
        let finding = act(service, AUDITOR, &make(&major), "finding").await;
        let shown = format!("{{ finding(id: {}) {{ kind findingType {{ code regime name }} }} }}", finding["id"]);
        let seen = service.user(AUDITOR).data(&shown, json!({})).await["finding"].clone();
        let name = json!({ "code": "NC_MAYOR", "regime": "ISO", "name": "No conformidad mayor" });
        assert_eq!(seen["findingType"], name);
        let edit = |more: &str| on("findingUpdate", &finding, &format!(", input: {{ {more} }}"));
        let left = told(service, AUDITOR, &edit("kind: MINOR_NONCONFORMITY"), "finding").await;
        assert_eq!(left, refusal("FINDING_KIND_MISMATCH", "input.kind"), "what it is called does not follow by itself");
        let both = format!("kind: MINOR_NONCONFORMITY, findingType: {minor}");
        let finding = act(service, AUDITOR, &edit(&both), "finding").await;
        let none = on("findingUpdate", &finding, ", input: { findingType: null }");
        act(service, AUDITOR, &none, "finding").await;
        let seen = service.user(AUDITOR).data(&shown, json!({})).await["finding"].clone();
        assert_eq!(seen, json!({ "kind": "MINOR_NONCONFORMITY", "findingType": null }));
        // Those of the demonstration go with their kinds.
        let known = "{ findings(first: 100, where: { findingType: { regime: { in: [ISO, FISCAL_CONTROL, INTERNAL_CONTROL] } } }) \
             { nodes { kind findingType { kinds } } } }";
        let known = service.user(LEADER).data(known, json!({})).await["findings"]["nodes"].clone();
        let known = known.as_array().expect("findings");
        assert!(known.len() > 10, "{}", known.len());
        assert!(known.iter().all(|one| one["findingType"]["kinds"].as_array().expect("kinds").contains(&one["kind"])));
    });
}

#[test]
fn a_certificate_that_holds_already_is_entered_with_a_reason() {
    demonstration::on_each(async |service| {
        service.turn_to("2026-07-01");
        let funza = Funza::find(service).await;
        let entry = |more: &str| {
            format!(
                r#"certificateCreate(organization: {}, input: {{ body: "Ente certificador", standard: "ISO 9001:2015", number: "SC-1",
                   validFrom: "2026-05-01", processes: [{}] }} {more})"#,
                funza.organization, funza.process
            )
        };
        let bare = told(service, CONTROL, &entry(""), "certificate").await;
        assert_eq!(bare, refusal("BACKDATED", "input.validFrom"));
        let entered = act(service, CONTROL, &entry(", reason: \"Llegó hoy\""), "certificate").await;
        let ended = on("certificateEnd", &entered, ", validTo: \"2026-06-15\", reason: \"Lo retiraron\"");
        act(service, CONTROL, &ended, "certificate").await;
        let query = format!(
            "{{ certificate(id: {}) {{ validTo history(first: 5) {{ nodes {{ backdated }} }} }} }}",
            entered["id"]
        );
        let seen = service.user(LEADER).data(&query, json!({})).await["certificate"].clone();
        assert_eq!(text(&seen["validTo"]), "2026-06-15");
        let told = seen["history"]["nodes"].as_array().expect("entries");
        assert!(told.len() > 1 && told.iter().all(|entry| entry["backdated"] == true), "{told:?}");
    });
}
