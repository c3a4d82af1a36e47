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
