//! Who asks too much in a minute waits, whoever asks beside him does not.

use std::sync::Arc;

use articula::{exchange::demo::ANCHOR, store::TurnedClock};
use articula_tests::{
    database::{self, Fresh},
    demonstration::{self, LEADER, MONITOR},
    service::{Answer, Service},
};
use chrono::TimeDelta;
use serde_json::json;

/// The service, with two requests of 1,000 a minute for everybody.
async fn limited(fresh: &Fresh) -> Service {
    demonstration::fill(fresh).await;
    let settings = [("LIMITS_COST", "1000"), ("LIMITS_COST_A_MINUTE", "2000")];
    let clock = Arc::new(TurnedClock::on(ANCHOR));
    Service::start_by(fresh, clock, fresh.settings(), &settings).await
}

/// Costs 1,000.
const DEAR: &str = "{ departments(first: 20) { nodes { municipalities(first: 49) { nodes { name } } } } }";
const CHEAP: &str = "{ departments(first: 1) { nodes { name } } }";

/// The answer to somebody, with the headers that tell how he stands.
async fn ask(service: &Service, subject: Option<&str>, query: &str) -> (Answer, Vec<String>) {
    let request = service.request(reqwest::Method::POST, "/graphql").json(&json!({ "query": query }));
    let request = match subject {
        Some(subject) => request.bearer_auth(service.token(subject)),
        None => request,
    };
    let response = request.send().await.expect("an answer");
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let headers = ["RateLimit-Policy", "RateLimit", "Retry-After"].map(|name| header(name).to_owned()).to_vec();
    (Answer::of(response).await, headers)
}

const POLICY: &str = r#""cost";q=2000;w=60"#;

#[test]
fn who_has_spent_his_minute_waits_before_anything_is_read() {
    database::on_each(async |fresh| {
        let service = limited(&fresh).await;
        let (answer, headers) = ask(&service, Some(LEADER), DEAR).await;
        assert_eq!((answer.status, answer.codes()), (200, vec![]), "{}", answer.text);
        assert_eq!(headers, [POLICY, r#""cost";r=1000;t=30"#, ""]);
        let (answer, headers) = ask(&service, Some(LEADER), DEAR).await;
        assert_eq!((answer.codes(), headers[1].as_str()), (vec![], r#""cost";r=0;t=60"#));

        let (statements, (answer, headers)) = service.statements(ask(&service, Some(LEADER), CHEAP)).await;
        assert_eq!((answer.status, statements), (429, 0), "{}", answer.text);
        assert_eq!(headers, [POLICY, r#""cost";r=0;t=60"#, "1"]);
        let error = &answer.body["errors"][0]["extensions"];
        assert_eq!(
            (&error["code"], &error["seconds"], &error["retryAfter"]),
            (&json!("RATE_LIMITED"), &json!(1), &json!(1))
        );
        let (answer, headers) = ask(&service, Some(LEADER), DEAR).await;
        assert_eq!((answer.status, headers[2].as_str()), (429, "30"));

        // Others are not kept waiting.
        assert_eq!(ask(&service, Some(MONITOR), DEAR).await.0.status, 200);
        // What costs too much is not charged.
        let huge = DEAR.replace("first: 49", "first: 50");
        assert_eq!(ask(&service, Some(MONITOR), &huge).await.0.codes(), ["QUERY_TOO_COSTLY"]);
        assert_eq!(ask(&service, Some(MONITOR), DEAR).await.0.status, 200);

        service.clock.advance(TimeDelta::seconds(30));
        assert_eq!(ask(&service, Some(LEADER), DEAR).await.0.status, 200);
        assert_eq!(ask(&service, Some(LEADER), DEAR).await.0.status, 429);
        service.stop().await;
    });
}

#[test]
fn visitors_are_counted_by_their_address() {
    database::on_each(async |fresh| {
        let service = limited(&fresh).await;
        let limits = "{ apiLimits { cost { request minute } } }";
        let (answer, headers) = ask(&service, None, limits).await;
        assert_eq!(answer.body["data"]["apiLimits"]["cost"], json!({ "request": 1_000, "minute": 2_000 }));
        assert_eq!(headers[1], r#""cost";r=1999;t=1"#);
        let (_, headers) = ask(&service, None, "{ __typename }").await;
        assert_eq!(headers[1], r#""cost";r=1998;t=1"#, "whatever is asked costs something");
        service.stop().await;
    });
}
