//! GraphQL over HTTP: methods, types, bodies, statuses, languages.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::fixture::{Server, token};

static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start(&[]));

const JSON: &str = "application/json; charset=utf-8";
const GRAPHQL: &str = "application/graphql-response+json; charset=utf-8";
const ACCEPT_JSON: &str = "Accept: application/json";
const ACCEPT_GRAPHQL: &str = "Accept: application/graphql-response+json";

#[test]
fn an_executed_request_is_200_in_the_type_that_was_asked_for() {
    for (accept, content_type) in
        [("X-Nothing: 1", JSON), ("Accept: */*", JSON), (ACCEPT_JSON, JSON), (ACCEPT_GRAPHQL, GRAPHQL)]
    {
        let answer = SERVER.query(&[accept], "{ __typename }");
        assert_eq!((answer.status, answer.header("content-type")), (200, content_type), "{accept}");
        assert_eq!(answer.json()["data"], json!({ "__typename": "Query" }));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("vary"), "Accept, Accept-Language, Authorization, Origin");
    }
}

#[test]
fn nothing_acceptable_is_406() {
    let answer = SERVER.query(&["Accept: text/html"], "{ __typename }");
    assert_eq!((answer.status, answer.code().as_str()), (406, "NOT_ACCEPTABLE"));
    assert_eq!(answer.header("content-type"), JSON);
}

#[test]
fn only_json_bodies_are_read() {
    let body = br#"{"query":"mutation { act }"}"#;
    for content_type in [
        "Content-Type: text/plain",
        "Content-Type: application/graphql",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: application/json; charset=utf-16",
        "Content-Type: application/json, text/plain",
        "X-Nothing: 1",
    ] {
        for accept in [ACCEPT_JSON, ACCEPT_GRAPHQL] {
            let answer = SERVER.send("POST", "/graphql", &[content_type, accept], body);
            assert_eq!((answer.status, answer.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{content_type}");
        }
    }
    let answer = SERVER.send("POST", "/graphql", &["Content-Type: application/json; charset=UTF-8"], body);
    assert_eq!(answer.json()["data"], json!({ "act": true }));
}

#[test]
fn other_methods_are_405() {
    for method in ["PUT", "PATCH", "DELETE", "TRACE", "QUERY"] {
        let answer = SERVER.send(method, "/graphql", &["Content-Type: application/json"], br#"{"query":"{x}"}"#);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, POST, OPTIONS"), "{method}");
        assert_eq!(answer.code(), "METHOD_NOT_ALLOWED");
    }
    let answer = SERVER.send("OPTIONS", "/graphql", &[], b"");
    assert_eq!((answer.status, answer.header("allow")), (204, "GET, HEAD, POST, OPTIONS"));
    let answer = SERVER.send("POST", "/livez", &[], b"");
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, OPTIONS"));
}

#[test]
fn get_reads_and_never_acts() {
    let answer =
        SERVER.get("/graphql?query=query+A(%24v:Int)%7Bx(v:%24v)%7D&operationName=A&variables=%7B%22v%22:7%7D", &[]);
    assert_eq!((answer.status, &answer.json()["data"]["x"]), (200, &json!(7)));
    for accept in [ACCEPT_JSON, ACCEPT_GRAPHQL] {
        let answer = SERVER.get("/graphql?query=mutation%7Bact%7D", &[accept]);
        assert_eq!((answer.status, answer.header("allow")), (405, "POST"), "{accept}");
    }
    let head = SERVER.send("HEAD", "/graphql?query=%7Bx%7D", &[], b"");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    // Whatever the URL of a POST says, the body is the request.
    let answer = SERVER.send(
        "POST",
        "/graphql?query=mutation%7Bact%7D",
        &["Content-Type: application/json"],
        br#"{"query":"{ x }"}"#,
    );
    assert_eq!(answer.json()["data"], json!({ "x": null }));
}

#[test]
fn illegible_requests_are_400_whatever_is_accepted() {
    for body in [
        "",
        "{",
        "[]",
        "7",
        r#"{"notquery":"{x}"}"#,
        r#"{"query":{"a":1}}"#,
        r#"{"query":0}"#,
        r#"{"query":"{x}","operationName":false}"#,
        r#"{"query":"{x}","variables":"a"}"#,
        r#"{"query":"{x}","extensions":["a"]}"#,
        r#"[{"query":"{x}"},{"query":"{x}"}]"#,
    ] {
        for accept in [ACCEPT_JSON, ACCEPT_GRAPHQL] {
            let answer = SERVER.post(&[accept], body);
            assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_REQUEST"), "{body}");
            assert!(answer.json().get("data").is_none());
        }
    }
    assert_eq!(SERVER.get("/graphql", &[]).status, 400);
    assert_eq!(SERVER.get("/graphql?query=%7Bx%7D&variables=%5B%5D", &[]).code(), "BAD_REQUEST");
}

#[test]
fn a_refused_document_is_400_or_hides_behind_json() {
    for body in [
        json!({ "query": "{" }),
        json!({ "query": "{ x(" }),
        json!({ "query": "{ unknown }" }),
        json!({ "query": "query($v: Int!) { x(v: $v) }" }),
        json!({ "query": "query($v: Int) { x(v: $v) }", "variables": { "v": "a" } }),
        json!({ "query": "query A { x } query B { x }" }),
        json!({ "query": "{ x }", "variables": { "v": vec![0; 20_000] } }),
    ] {
        for (accept, status) in [(ACCEPT_JSON, 200), (ACCEPT_GRAPHQL, 400)] {
            let answer = SERVER.post(&[accept], &body.to_string());
            assert_eq!(answer.status, status, "{body}");
            assert!(answer.json()["errors"][0]["message"].is_string() && answer.json().get("data").is_none(), "{body}");
        }
    }
}

#[test]
fn null_members_are_as_good_as_none() {
    for name in ["variables", "operationName", "extensions"] {
        let answer = SERVER.post(&[], &json!({ "query": "{ x }", name: null }).to_string());
        assert_eq!((answer.status, &answer.json()["data"]), (200, &json!({ "x": null })), "{name}");
    }
}

#[test]
fn requests_keep_a_legible_id_and_get_one_otherwise() {
    let long = "a".repeat(64);
    for id in ["r1", "A-b_c.9", &long] {
        assert_eq!(SERVER.query(&[&format!("X-Request-Id: {id}")], "{x}").header("x-request-id"), id);
    }
    let longer = "a".repeat(65);
    for id in ["", "a b", "a\u{e9}", "<script>", &longer] {
        let answer = SERVER.query(&[&format!("X-Request-Id: {id}")], "{");
        let given = answer.header("x-request-id");
        assert!(given.len() == 32 && given != id, "{id}: {given}");
        assert_eq!(answer.json()["errors"][0]["extensions"]["requestId"], given);
    }
    let twice = SERVER.query(&["X-Request-Id: a", "X-Request-Id: b"], "{x}");
    assert_eq!(twice.header("x-request-id").len(), 32);
}

#[test]
fn messages_come_in_the_clients_language() {
    for (header, tag, text) in [
        ("X-Nothing: 1", "es-CO", "El documento no es GraphQL"),
        ("Accept-Language: en-GB, es;q=0.5", "en", "The document is not GraphQL"),
        ("Accept-Language: fr", "es-CO", "El documento no es GraphQL"),
    ] {
        let answer = SERVER.query(&[header], "{");
        assert_eq!(answer.header("content-language"), tag, "{header}");
        let message = answer.json()["errors"][0]["message"].as_str().unwrap_or_default().to_owned();
        assert!(message.starts_with(text), "{message}");
        let executed = SERVER.query(&[header], "{x}");
        assert_eq!(executed.header("content-language"), tag);
        assert_eq!(executed.json()["extensions"]["locale"], tag, "the executor is told");
    }
}

#[test]
fn who_asks_is_told_by_a_bearer_token() {
    let visitor = SERVER.query(&[], "{x}");
    assert_eq!(visitor.json()["extensions"]["account"], Value::Null);
    let bearer = |subject| format!("Authorization: Bearer {}", token(subject));
    for _ in 0..2 {
        let known = SERVER.query(&[&bearer("ana")], "{x}");
        assert!(known.status == 200 && known.json()["extensions"]["account"].is_string());
    }
    let stranger = SERVER.query(&[&bearer("stranger")], "{x}");
    assert_eq!((stranger.status, stranger.code().as_str()), (401, "UNAUTHENTICATED"));
    let unlucky = SERVER.query(&[&bearer("unlucky")], "{x}");
    assert_eq!((unlucky.status, unlucky.header("retry-after")), (503, "5"));
    assert_eq!(unlucky.json()["errors"][0]["extensions"]["retryAfter"], 5);
}

#[test]
fn a_token_that_is_not_believed_is_401() {
    for header in
        ["Authorization: Bearer a.b.c", "Authorization: Basic YTpi", "Authorization: Bearer", "Authorization:"]
    {
        for accept in [ACCEPT_JSON, ACCEPT_GRAPHQL] {
            let answer = SERVER.query(&[header, accept], "{x}");
            assert_eq!((answer.status, answer.code().as_str()), (401, "UNAUTHENTICATED"), "{header}");
            assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"", "{header}");
        }
    }
    // A visitor whom the engine refuses showed no token: there is nothing wrong with it.
    let visitor = SERVER.query(&[], "{ secret }");
    assert_eq!((visitor.status, visitor.header("www-authenticate")), (401, "Bearer"));
}
