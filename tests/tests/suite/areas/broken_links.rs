//! What is broken in the demonstration is found exactly: all that was planted, and nothing else.

use std::collections::BTreeSet;

use articula::exchange::{
    demo,
    reference::{Files, read},
};
use articula_tests::{
    demonstration::{self, LEADER, MONITOR},
    service::Service,
};
use entity::OpaqueId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::processes::{approved, done, made, step};

const PAGE: &str = r#"query($after: String) { brokenLinks(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { rule object referenceProcess { id } organization { territorialEntity { divipola } } } } }"#;

type Found = (String, String, Uuid);

fn key(id: &Value) -> Uuid {
    id.as_str().and_then(OpaqueId::parse).expect("an id").uuid
}

/// Every broken link that somebody sees, page by page.
async fn found(service: &Service, subject: &str) -> Vec<Found> {
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = service.user(subject).data(PAGE, json!({ "after": after })).await;
        let page = &data["brokenLinks"];
        for node in page["nodes"].as_array().expect("nodes") {
            let reference = &node["referenceProcess"]["id"];
            let object = key(if reference.is_null() { &node["object"] } else { reference });
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            all.push((text(&node["rule"]), text(&node["organization"]["territorialEntity"]["divipola"]), object));
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return all;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    demonstration::on_each(async |service| {
        let reference = read(&Files::embedded()).expect("the shipped files hold");
        let planted = demo::planted(&reference);
        let planted: BTreeSet<Found> =
            planted.into_iter().map(|fault| (fault.rule.to_owned(), fault.divipola, fault.object)).collect();
        let listed = found(service, MONITOR).await;
        let all: BTreeSet<_> = listed.iter().cloned().collect();
        assert_eq!(listed.len(), all.len(), "nothing is listed twice");
        let missed: Vec<_> = planted.difference(&all).collect();
        let invented: Vec<_> = all.difference(&planted).collect();
        assert!(missed.is_empty() && invented.is_empty(), "missed {missed:?}\ninvented {invented:?}");
        // A member sees its own secretariat's.
        let own: BTreeSet<_> = found(service, LEADER).await.into_iter().collect();
        assert_eq!(own, all.into_iter().filter(|(_, divipola, _)| divipola == "25286").collect());
        assert!(!own.is_empty());
    });
}

/// Which of two processes a rule names on a day.
async fn estranged(service: &Service, process: &Value, day: &str) -> Value {
    let query = format!(
        "{{ process(id: {}, asOf: \"{day}\") {{ brokenLinks(first: 5, where: {{ rule: {{ eq: PROCESS_KIND_DIFFERS }} }}) \
         {{ nodes {{ rule severity }} }} }} }}",
        process["process"]["id"]
    );
    service.user(LEADER).data(&query, json!({})).await["process"]["brokenLinks"]["nodes"].clone()
}

/// The next version of a process, of another kind, from a day on.
async fn turned(service: &Service, process: &Value, kind: &str, from: &str) -> Value {
    let next =
        format!("processVersionCreate(process: {}, input: {{ changeReason: \"Tipo\" }})", process["process"]["id"]);
    let next = done(service, LEADER, &next, "processVersion").await;
    let kind = format!(", input: {{ kind: {kind} }}");
    let next = done(service, LEADER, &step("processVersionUpdate", &next, &kind), "processVersion").await;
    approved(service, &next, from).await
}

#[test]
fn what_stands_under_one_that_became_another_kind_is_found_from_that_day_on() {
    demonstration::on_each(async |service| {
        let top = approved(service, &made(service, "MACROPROCESS", "XK", None).await, "2026-06-30").await;
        let below = approved(service, &made(service, "PROCESS", "XK1", Some(&top)).await, "2026-06-30").await;
        turned(service, &top, "SUPPORT", "2026-08-01").await;
        let told = json!([{ "rule": "PROCESS_KIND_DIFFERS", "severity": "MEDIUM" }]);
        assert_eq!(estranged(service, &below, "2026-07-31").await, json!([]));
        assert_eq!(estranged(service, &below, "2026-08-01").await, told);
        assert_eq!(estranged(service, &top, "2026-08-01").await, json!([]));
        turned(service, &below, "SUPPORT", "2026-08-15").await;
        assert_eq!(estranged(service, &below, "2026-08-14").await, told);
        assert_eq!(estranged(service, &below, "2026-08-15").await, json!([]));
    });
}
