//! Which subscriptions are taken, and where.

use articula_tests::{
    demonstration::{self, LEADER},
    service::Answer,
    streams::{Events, FOLLOW, codes},
};
use reqwest::Method;
use serde_json::json;

#[test]
fn one_answer_is_no_place_for_a_subscription() {
    demonstration::on_each(async |service| {
        let answer = service.user(LEADER).ask(FOLLOW, json!({})).await;
        assert_eq!((answer.status, answer.codes()), (200, vec!["SUBSCRIPTION_NEEDS_STREAM".to_owned()]));
        let message = answer.body["errors"][0]["message"].as_str().expect("a text");
        assert!(message.contains("/graphql/stream") && message.contains("graphql-transport-ws"), "{message}");
        let url = "/graphql?query=subscription%7Bchanges%7Bid%7D%7D";
        let request = service.request(Method::GET, url).bearer_auth(service.token(LEADER));
        let request = request.header("Accept", "application/graphql-response+json");
        let answer = Answer::of(request.send().await.expect("an answer")).await;
        assert_eq!((answer.status, answer.codes()), (400, vec!["SUBSCRIPTION_NEEDS_STREAM".to_owned()]));
    });
}

#[test]
fn what_cannot_be_followed_is_told_in_the_stream() {
    demonstration::on_each(async |service| {
        for (query, variables, code) in [
            ("subscription { a: changes { id } b: changes { id } }", json!({}), "DOCUMENT_INVALID"),
            ("subscription { changes @skip(if: false) { id } }", json!({}), "DOCUMENT_INVALID"),
            ("subscription { __typename }", json!({}), "DOCUMENT_INVALID"),
            ("subscription { changes { id nothing } }", json!({}), "DOCUMENT_INVALID"),
            ("subscription { changes(kinds: [NOTHING]) { id } }", json!({}), "DOCUMENT_INVALID"),
            ("subscription {", json!({}), "DOCUMENT_SYNTAX"),
            (FOLLOW, json!({ "kinds": ["NOTHING"] }), "VARIABLES_INVALID"),
            (FOLLOW, json!({ "after": "x" }), "CURSOR_INVALID"),
            (FOLLOW, json!({ "after": "AAAAAAAAAAAAAAAAAAAAAAAAAAA" }), "CURSOR_INVALID"),
        ] {
            let response = service.stream(LEADER, query, variables.clone()).await;
            assert_eq!(Events::of(response).end().await.0, [code], "{query} {variables}");
        }
        assert_eq!(service.app.store().followers(), 0);
    });
}

#[test]
fn a_stream_is_asked_for_by_name_and_by_somebody() {
    demonstration::on_each(async |service| {
        let body = || json!({ "query": FOLLOW }).to_string();
        let post = |accept: &str, content: &str| {
            let request = service.request(Method::POST, "/graphql/stream").bearer_auth(service.token(LEADER));
            request.header("Accept", accept).header("Content-Type", content).body(body())
        };
        for (request, status, code) in [
            (post("*/*", "application/json"), 406, "NOT_ACCEPTABLE"),
            (post("text/event-stream", "text/plain"), 415, "UNSUPPORTED_MEDIA_TYPE"),
            (post("text/event-stream", "application/json").bearer_auth("x"), 401, "UNAUTHENTICATED"),
            (service.request(Method::PATCH, "/graphql/stream"), 405, "METHOD_NOT_ALLOWED"),
            (service.request(Method::GET, "/graphql/stream"), 406, "NOT_ACCEPTABLE"),
        ] {
            let answer = Answer::of(request.send().await.expect("an answer")).await;
            assert_eq!((answer.status, answer.codes()), (status, vec![code.to_owned()]));
        }
        let request = service.request(Method::POST, "/graphql/stream").header("Accept", "text/event-stream");
        let visitor = request.header("Content-Type", "application/json").body(body()).send().await.expect("an answer");
        assert_eq!(Events::of(visitor).end().await.0, ["UNAUTHENTICATED"], "a visitor follows nothing");
        let url = "/graphql/stream?query=%7Bviewer%7Bname%7D%7D";
        let request = service.request(Method::GET, url).bearer_auth(service.token(LEADER));
        let mut events = Events::of(request.header("Accept", "text/event-stream").send().await.expect("an answer"));
        let (name, told) = events.next().await.expect("an event");
        assert!(name == "next" && told["data"]["viewer"]["name"].is_string() && codes(&told["errors"]).is_empty());
        assert_eq!(events.next().await.expect("an event").0, "complete");
        let url =
            "/graphql/stream?query=mutation%7BlegalActDelete(id:%22x%22,expectedVersion:1)%7Berrors%7Bcode%7D%7D%7D";
        let request = service.request(Method::GET, url).bearer_auth(service.token(LEADER));
        let mut events = Events::of(request.header("Accept", "text/event-stream").send().await.expect("an answer"));
        assert_eq!(events.end().await.0, ["METHOD_NOT_ALLOWED"]);
    });
}
