//! One reserved stream for all operations of a client (GraphQL over SSE, single connection mode).

use articula_tests::{
    demonstration::{self, LEADER, OTHER_LEADER},
    service::Service,
    streams::{Events, FOLLOW},
};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{act, organization};

const TOKEN: &str = "X-GraphQL-Event-Stream-Token";

async fn send(
    service: &Service,
    subject: &str,
    method: Method,
    path: &str,
    token: &str,
    body: Option<Value>,
) -> Response {
    let request = service.request(method, &format!("/graphql/stream{path}")).bearer_auth(service.token(subject));
    let request = if token.is_empty() { request } else { request.header(TOKEN, token) };
    let request = request.header("Accept", "text/event-stream");
    let request = match body {
        Some(body) => request.header("Content-Type", "application/json").body(body.to_string()),
        None => request,
    };
    request.send().await.expect("an answer")
}

async fn reserve(service: &Service) -> String {
    let response = send(service, LEADER, Method::PUT, "", "", None).await;
    assert_eq!(response.status().as_u16(), 201);
    response.text().await.expect("a token")
}

fn operation(id: &str, query: &str, variables: Value) -> Option<Value> {
    Some(json!({ "query": query, "variables": variables, "extensions": { "operationId": id } }))
}

#[test]
fn operations_run_on_one_stream() {
    demonstration::on_each(async |service| {
        let position = service.position(LEADER).await;
        let ours = organization(service, LEADER).await;
        let token = reserve(service).await;
        let mut events = Events::of(send(service, LEADER, Method::GET, "", &token, None).await);
        let post = async |id: &str, query: &str, variables: Value| {
            let response = send(service, LEADER, Method::POST, "", &token, operation(id, query, variables)).await;
            response.status().as_u16()
        };
        assert_eq!(post("q", "{ __typename }", json!({})).await, 202);
        let told = json!({ "id": "q", "payload": { "data": { "__typename": "Query" } } });
        assert_eq!(events.next().await, Some(("next".to_owned(), told)));
        assert_eq!(events.next().await, Some(("complete".to_owned(), json!({ "id": "q" }))));
        assert_eq!(post("s", FOLLOW, json!({ "after": position })).await, 202);
        assert_eq!(post("s", FOLLOW, json!({ "after": position })).await, 409, "the id is in use");
        let id = act(service, LEADER, &ours, "E-1").await;
        service.relay().await;
        let (name, told) = events.next().await.expect("an event");
        assert_eq!((name.as_str(), &told["id"]), ("next", &json!("s")));
        assert_eq!(told["payload"]["data"]["changes"]["id"], json!(id));
        let stopped = send(service, LEADER, Method::DELETE, "?operationId=s", &token, None).await;
        assert_eq!(stopped.status().as_u16(), 200);
        assert_eq!(events.next().await, Some(("complete".to_owned(), json!({ "id": "s" }))));
        assert_eq!(post("bad", "{ nothing }", json!({})).await, 202);
        let (_, told) = events.next().await.expect("an event");
        assert_eq!(told["payload"]["errors"][0]["extensions"]["code"], "DOCUMENT_INVALID");
        assert_eq!(events.next().await, Some(("complete".to_owned(), json!({ "id": "bad" }))));
    });
}

#[test]
fn a_stream_is_its_owners_and_open_once() {
    demonstration::on_each(async |service| {
        let token = reserve(service).await;
        let status = async |subject: &str, method: Method, path: &str, token: &str, body: Option<Value>| {
            send(service, subject, method, path, token, body).await.status().as_u16()
        };
        let query = || operation("1", "{ __typename }", json!({}));
        assert_eq!(status(LEADER, Method::GET, "", "nothing", None).await, 404);
        assert_eq!(status(OTHER_LEADER, Method::GET, "", &token, None).await, 404);
        assert_eq!(status(OTHER_LEADER, Method::POST, "", &token, query()).await, 404);
        assert_eq!(status(LEADER, Method::POST, "", &token, Some(json!({ "query": "{ __typename }" }))).await, 400);
        assert_eq!(status(LEADER, Method::POST, "", &token, operation("1", "{", json!({}))).await, 400);
        assert_eq!(status(LEADER, Method::DELETE, "", &token, None).await, 400);
        assert_eq!(status(LEADER, Method::DELETE, "?operationId=1", "", None).await, 404);
        // A browser's EventSource sets no header.
        let open = send(service, LEADER, Method::GET, &format!("?token={token}"), "", None).await;
        let mut events = Events::of(open);
        assert_eq!(status(LEADER, Method::GET, "", &token, None).await, 409);
        assert_eq!(status(LEADER, Method::POST, "", &token, query()).await, 202);
        assert_eq!(events.next().await.expect("an event").0, "next");
        drop(events);
    });
}
