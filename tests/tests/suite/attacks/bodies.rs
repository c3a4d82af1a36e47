//! Bodies and requests that attack.

use articula_tests::{
    demonstration::{self, LEADER},
    service::{Answer, Service},
};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::lives;

/// The largest body that is read, as the default configuration has it.
const LIMIT: usize = 1_048_576;

#[test]
fn bodies_that_are_no_request_are_refused() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let nested = |n: usize| {
            format!(r#"{{"query":"{{__typename}}","variables":{{"v":{}1{}}}}}"#, "[".repeat(n), "]".repeat(n))
        };
        let many = format!(r#"{{"query":"{{__typename}}","variables":{{"v":[{}1]}}}}"#, "1,".repeat(30_000));
        for (body, code) in [
            (r#"[{"query":"{__typename}"},{"query":"{__typename}"}]"#.to_owned(), "BAD_REQUEST"),
            ("[]".to_owned(), "BAD_REQUEST"),
            ("{}".to_owned(), "BAD_REQUEST"),
            ("null".to_owned(), "BAD_REQUEST"),
            (String::new(), "BAD_REQUEST"),
            (r#"{"query":1}"#.to_owned(), "BAD_REQUEST"),
            (r#"{"query":"{__typename}","variables":[]}"#.to_owned(), "BAD_REQUEST"),
            (r#"{"query":"{__typename}","variables":"{}"}"#.to_owned(), "BAD_REQUEST"),
            (r#"{"query":"{__typename}","query":"{viewer{name}}"}"#.to_owned(), "BAD_REQUEST"),
            (r#"{"query":"{__typename}","variables":{"a":1,"a":2}}"#.to_owned(), "BAD_REQUEST"),
            (r#"{"query":"{__typename}","variables":{"a":"\ud800"}}"#.to_owned(), "BAD_REQUEST"),
            (r#"{"query":"\udfff{__typename}"}"#.to_owned(), "BAD_REQUEST"),
            (r#"{"query":"{__typename}"} trailing"#.to_owned(), "BAD_REQUEST"),
            ("{\"query\":\"{__typename}\",\u{0}}".to_owned(), "BAD_REQUEST"),
            ("[".repeat(200_000), "BAD_REQUEST"),
            (nested(100_000), "VARIABLES_TOO_DEEP"),
            (many, "VARIABLES_TOO_LARGE"),
            (r#"{"query":"query a{__typename} query b{__typename}"}"#.to_owned(), "OPERATION_NOT_FOUND"),
            (r#"{"query":"{__typename}","operationName":"c"}"#.to_owned(), "OPERATION_NOT_FOUND"),
        ] {
            let start: String = body.chars().take(70).collect();
            let answer = leader.post(body).await;
            assert_eq!(answer.codes(), [code], "{start}: {}", answer.text);
            assert!(answer.body.get("data").is_none_or(Value::is_null), "{start}: {}", answer.text);
            lives(service, &start).await;
        }
    });
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        for bytes in [
            b"\xff\xfe{\"query\":\"{__typename}\"}".to_vec(),
            b"{\"query\":\"{__typename}\xc3\"}".to_vec(),
            vec![0; 1_000],
        ] {
            let answer = leader.post(bytes.clone()).await;
            assert_eq!((answer.status, answer.codes().as_slice()), (400, &["BAD_REQUEST".to_owned()][..]), "{bytes:?}");
            lives(service, "bytes").await;
        }
    });
}

#[test]
fn only_json_by_post_changes_anything() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let body = json!({ "query": "{ __typename }" }).to_string();
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/graphql",
        ] {
            let answer = leader.send(kind, body.clone()).await;
            assert_eq!(
                (answer.status, answer.codes().as_slice()),
                (415, &["UNSUPPORTED_MEDIA_TYPE".to_owned()][..]),
                "{kind}"
            );
        }
        let token = service.token(LEADER);
        let mutation = r#"mutation{legalActDelete(id:"x",expectedVersion:1){errors{code}}}"#;
        let get = service.request(Method::GET, "/graphql").bearer_auth(&token).query(&[("query", mutation)]);
        let answer = Answer::of(get.send().await.expect("an answer")).await;
        assert_eq!((answer.status, answer.codes().as_slice()), (405, &["METHOD_NOT_ALLOWED".to_owned()][..]));
        let get =
            service.request(Method::GET, "/graphql").bearer_auth(&token).query(&[("query", "{ viewer { name } }")]);
        let answer = Answer::of(get.send().await.expect("an answer")).await;
        assert!(answer.body["data"]["viewer"]["name"].is_string(), "{}", answer.text);
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            let request = service.request(method.clone(), "/graphql").bearer_auth(&token).body(body.clone());
            assert_eq!(request.send().await.expect("an answer").status().as_u16(), 405, "{method}");
        }
        lives(service, "methods").await;
    });
}

#[test]
fn bodies_over_the_limit_are_413_whole_or_in_pieces() {
    demonstration::on_each(async |service| {
        let padded = |length: usize| {
            let body = json!({ "query": "{ __typename }" }).to_string();
            format!("{body}{}", " ".repeat(length - body.len()))
        };
        let leader = service.user(LEADER);
        let within = leader.post(padded(LIMIT)).await;
        assert_eq!(within.body["data"]["__typename"], "Query", "{}", within.text);
        let over = leader.post(padded(LIMIT + 1)).await;
        assert_eq!((over.status, over.codes().as_slice()), (413, &["BODY_TOO_LARGE".to_owned()][..]));
        lives(service, "an oversize body").await;

        let announced = format!(
            "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            1_u64 << 40
        );
        assert!(raw(service, &[announced.as_bytes()]).await.starts_with("HTTP/1.1 413"));
        let head = b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        let piece = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
        let mut pieces: Vec<&[u8]> = vec![head];
        pieces.extend(std::iter::repeat_n(piece.as_slice(), LIMIT / 0x10000 + 1));
        assert!(raw(service, &pieces).await.starts_with("HTTP/1.1 413"));
        lives(service, "a body without end").await;
    });
}

/// Sends bytes as they are, and gives what comes until the service closes.
async fn raw(service: &Service, pieces: &[&[u8]]) -> String {
    let mut stream = TcpStream::connect(service.url("").trim_start_matches("http://")).await.expect("a connection");
    for piece in pieces {
        // The service may have closed already: then it has answered.
        if stream.write_all(piece).await.is_err() {
            break;
        }
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}
