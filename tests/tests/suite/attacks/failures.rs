//! When the service itself fails, its answers say so and nothing else.

use articula_tests::{
    demonstration::{self, LEADER},
    service::{Answer, Service},
};
use reqwest::Method;
use serde_json::{Value, json};

/// Words that stand in the texts of databases, drivers, file systems and panics, and in no answer.
const TELLTALE: [&str; 26] = [
    "sqlite",
    "sqlx",
    "postgres",
    "rusqlite",
    "sea_orm",
    "SELECT",
    "INSERT",
    "FROM ",
    "no such",
    "relation",
    "column",
    "constraint",
    "pool",
    "/tmp",
    "/home",
    ".rs",
    ".db",
    "panicked",
    "unwrap",
    "backtrace",
    "stack",
    "0x",
    "connection",
    "127.0.0.1",
    "legal_act",
    "access_grant",
];

const READS: [&str; 3] = [
    "{ legalActs(first: 3) { nodes { id number subject } totalCount } }",
    "{ organizations(first: 3) { nodes { name structure { number tree { name } } } } }",
    "{ viewer { name grants { role } } }",
];
const ACT: &str = r#"mutation { legalActCreate(organization: "ID", input: { kind: CIRCULAR, number: "F-1", issuer: "SE",
    date: "2025-01-01", subject: "x" }) { legalAct { number } errors { code message } } }"#;

/// Asks everything that can be asked and gives the answers.
async fn everything(service: &Service, organization: &str) -> Vec<(String, Answer)> {
    let mut answers = Vec::new();
    for query in READS.map(str::to_owned).into_iter().chain([ACT.replace("ID", organization)]) {
        answers.push((query.clone(), service.user(LEADER).ask(&query, json!({})).await));
    }
    let ready = service.request(Method::GET, "/readyz").send().await.expect("an answer");
    answers.push(("/readyz".to_owned(), Answer::of(ready).await));
    // Somebody who was not seen before: his account must be looked for.
    answers.push(("auth".to_owned(), service.user("nadie@funza").ask(READS[2], json!({})).await));
    answers
}

fn tells_nothing(name: &str, (asked, answer): &(String, Answer)) {
    let told = answer.text.replace("data:", "");
    for word in TELLTALE {
        assert!(!told.contains(word), "{name}: {asked} tells {word:?}: {told}");
    }
    let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
    for error in errors {
        let code = error["extensions"]["code"].as_str().unwrap_or_default();
        let known = ["INTERNAL", "UNAVAILABLE", "UNAUTHENTICATED", "NOT_FOUND", "FORBIDDEN"];
        assert!(known.contains(&code), "{name}: {asked}: {told}");
        assert!(error["extensions"]["requestId"].is_string() || code != "INTERNAL", "{name}: {asked}: {told}");
    }
}

async fn funza(service: &Service) -> String {
    let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id } }"#;
    let data = service.user(LEADER).data(query, json!({})).await;
    data["organization"]["id"].as_str().expect("an id").to_owned()
}

/// Breaks the database, asks everything, and expects that most of it failed.
async fn broken(service: &Service, name: &str, change: &str, failed: usize) {
    let organization = funza(service).await;
    service.fresh.run(change).await;
    service.clock.advance(chrono::TimeDelta::seconds(1));
    let answers = everything(service, &organization).await;
    for answer in &answers {
        tells_nothing(name, answer);
    }
    let failures = answers.iter().filter(|(_, answer)| answer.status >= 500 || !answer.codes().is_empty()).count();
    assert!(failures >= failed, "{name}: only {failures} failed: {answers:#?}");
}

#[test]
fn without_its_tables() {
    demonstration::on_each(async |service| {
        broken(service, "no legal acts", "ALTER TABLE legal_act RENAME TO gone", 2).await;
    });
}

#[test]
fn without_the_tables_of_accounts() {
    demonstration::on_each(async |service| {
        broken(service, "no grants", "ALTER TABLE access_grant RENAME TO gone; UPDATE account SET name = name", 4)
            .await;
    });
}

#[test]
fn without_the_count_of_changes() {
    demonstration::on_each(async |service| {
        broken(service, "no epoch", "ALTER TABLE access_epoch RENAME TO gone", 4).await;
    });
}

#[test]
fn with_the_database_gone() {
    demonstration::on_each(async |service| {
        let organization = funza(service).await;
        service.app.store().close().await;
        service.clock.advance(chrono::TimeDelta::seconds(1));
        let answers = everything(service, &organization).await;
        for answer in &answers {
            tells_nothing("closed", answer);
        }
        let (_, ready) = answers.iter().find(|(asked, _)| asked == "/readyz").expect("asked");
        assert_eq!((ready.status, ready.codes()), (503, vec!["UNAVAILABLE".to_owned()]));
    });
}

#[test]
fn without_the_history() {
    demonstration::on_each(async |service| {
        let organization = funza(service).await;
        service.fresh.run("ALTER TABLE history_entry RENAME TO gone").await;
        let verify = format!("{{ verifyHistory(organization: \"{organization}\") {{ intact }} }}");
        let history = "{ historyEntries(first: 1) { nodes { act } } }".to_owned();
        for asked in [verify, history, ACT.replace("ID", &organization)] {
            let answer = service.user(LEADER).ask(&asked, json!({})).await;
            assert_eq!(answer.codes(), ["INTERNAL"], "{asked}: {}", answer.text);
            assert!(answer.text.contains(&answer.request_id), "the message names the request: {}", answer.text);
            tells_nothing("no history", &(asked, answer));
        }
    });
}

#[test]
fn with_a_row_that_is_not_what_it_should_be() {
    demonstration::on_each(async |service| {
        // A kind that no vocabulary knows.
        broken(service, "an unknown kind", "UPDATE legal_act SET kind = 99", 0).await;
        let query = "{ legalActs(first: 3) { nodes { kind number } } }";
        let answer = service.user(LEADER).ask(query, json!({})).await;
        tells_nothing("an unknown kind", &(query.to_owned(), answer));
        // A role that no vocabulary knows: whoever has it is refused, not let in.
        service.fresh.run("UPDATE access_grant SET role = 99").await;
        service.clock.advance(chrono::TimeDelta::seconds(1));
        let answer = service.user(LEADER).ask(READS[0], json!({})).await;
        assert!(
            !answer.codes().is_empty() && answer.body["data"]["legalActs"]["nodes"][0] == Value::Null,
            "{}",
            answer.text
        );
        tells_nothing("an unknown role", &(READS[0].to_owned(), answer));
    });
}
