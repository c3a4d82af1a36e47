//! Requests that take too long. (How PostgreSQL stops them: `store/tests/deadline.rs`.)

use std::time::Duration;

use articula::{exchange::demo::ANCHOR, reader::sql::Dialect, store::Settings};
use articula_tests::{
    database,
    demonstration::{self, LEADER, MONITOR},
    service::Service,
};
use serde_json::{Value, json};

use super::lives;

const LONG: &str = r#"{ posts(first: 1, where: { unit: { name: { contains: "zz" } } }) { totalCount } }"#;

#[test]
fn who_asks_for_too_much_is_told_and_others_are_answered() {
    database::on_each(|fresh| async move {
        if fresh.dialect == Dialect::Postgres {
            return;
        }
        demonstration::fill(&fresh).await;
        let ample = Service::start(&fresh, ANCHOR).await;
        ample.user(MONITOR).data(LONG, json!({})).await;
        ample.stop().await;
        // No time at all: SQLite looks at the clock only now and then, so that what is short is answered all the same.
        let settings = Settings { deadline: Duration::ZERO, ..fresh.settings() };
        let service = Service::start_with(&fresh, ANCHOR, settings).await;
        let answer = service.user(MONITOR).ask(LONG, json!({})).await;
        assert_eq!((answer.status, answer.codes()), (504, vec!["DEADLINE_EXCEEDED".to_owned()]), "{}", answer.text);
        assert_eq!(answer.body["errors"][0]["extensions"]["seconds"], 0);
        lives(&service, "a query that took too long").await;

        let leader = service.user(LEADER);
        let organization = leader
            .data(r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id } }"#, json!({}))
            .await["organization"]["id"]
            .clone();
        let write = r#"mutation($o: ID!) {
            one: legalActCreate(organization: $o, input: { kind: CIRCULAR, number: "LATE-1", issuer: "SE", date: "2026-01-15", subject: "0" }) { errors { code } }
            two: __typename }"#;
        let answer = leader.ask(write, json!({ "o": organization })).await;
        assert_eq!(answer.codes(), ["DEADLINE_EXCEEDED"], "{}", answer.text);
        assert_eq!(answer.body["errors"][0]["path"], json!(["one"]));
        assert_eq!(answer.body["data"], json!({ "one": Value::Null, "two": "Mutation" }));
        let kept = r#"{ legalActs(first: 1, where: { number: { startsWith: "LATE-" } }) { nodes { number } } }"#;
        assert_eq!(leader.data(kept, json!({})).await["legalActs"]["nodes"], json!([]), "nothing was kept");
        service.stop().await;
    });
}
