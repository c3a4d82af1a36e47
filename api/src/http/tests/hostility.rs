//! What is sent to do harm: each is refused by its name, and the service lives on.

use std::io::{Read, Write};
use std::sync::LazyLock;

use super::fixture::{Answer, Server};
use crate::http::guard::hostile;

static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start(&[("BODY_LIMIT_BYTES", "262144")]));

/// The server still answers an honest request.
fn lives() {
    assert_eq!(SERVER.query(&[], "{ __typename }").json()["data"]["__typename"], "Query");
}

#[test]
fn hostile_documents_are_refused_by_name() {
    let documents = [
        (hostile::nested_values("[", "]", 3_000), "DOCUMENT_TOO_DEEP"),
        (hostile::nested_values("{a:", "}", 3_000), "DOCUMENT_TOO_DEEP"),
        (hostile::nested_type(3_000), "DOCUMENT_TOO_DEEP"),
        (hostile::nested_default(3_000), "DOCUMENT_TOO_DEEP"),
        (hostile::nested_directive(3_000), "DOCUMENT_TOO_DEEP"),
        (hostile::deep_selection(3_000), "DOCUMENT_TOO_DEEP"),
        (hostile::deep_inline(3_000), "DOCUMENT_TOO_DEEP"),
        (hostile::fragment_bomb(20, 3, "x"), "SELECTION_TOO_LARGE"),
        (hostile::fragment_cycle(3, true), "FRAGMENT_CYCLE"),
        (hostile::alias_bomb(1_000), "TOO_MANY_ROOT_FIELDS"),
        (format!("{{q{}}}", hostile::alias_bomb(1_000)), "TOO_MANY_ALIASES"),
        (hostile::directive_bomb(1_000), "TOO_MANY_DIRECTIVES"),
        (hostile::flat(20_000), "DOCUMENT_TOO_MANY_TOKENS"),
        (hostile::operations(100), "TOO_MANY_OPERATIONS"),
        (hostile::argument_bomb(100), "TOO_MANY_ARGUMENTS"),
        (hostile::long_type(1_000, 10), "NAME_TOO_LONG"),
        (hostile::introspection_circle(4), "INTROSPECTION_TOO_DEEP"),
        ("a".repeat(70_000), "DOCUMENT_TOO_LARGE"),
        ("{ x(v: \"".to_owned(), "DOCUMENT_SYNTAX"),
    ];
    for (document, code) in documents {
        let answer = SERVER.query(&["Accept: application/graphql-response+json"], &document);
        let start: String = document.chars().take(40).collect();
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{start}");
        lives();
    }
}

#[test]
fn hostile_bodies_are_refused() {
    let nested =
        |n: usize| format!("{{\"query\":\"{{x}}\",\"variables\":{{\"v\":{}1{}}}}}", "[".repeat(n), "]".repeat(n));
    for (body, code) in [
        ("[".repeat(100_000), "BAD_REQUEST"),
        ("{\"a\":".repeat(40_000), "BAD_REQUEST"),
        (nested(100_000), "VARIABLES_TOO_DEEP"),
        (format!("{{\"query\":\"{{x}}\",\"variables\":{{\"v\":[{}1]}}}}", "[],".repeat(30_000)), "VARIABLES_TOO_LARGE"),
        (format!("{{\"query\":\"{{x}}\",\"variables\":{{\"v\":\"{}\"}}}}", "a".repeat(100_000)), "VARIABLES_TOO_LARGE"),
        ("\0".repeat(1000), "BAD_REQUEST"),
    ] {
        let answer = SERVER.post(&[], &body);
        assert_eq!(answer.code(), code, "{}", &body[..20]);
        lives();
    }
}

#[test]
fn a_body_over_the_limit_is_413_before_it_is_sent() {
    let announced =
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 262145\r\n\r\n";
    // Nothing of it is sent, and the answer comes.
    let answer = SERVER.raw(announced);
    assert_eq!((answer.status, answer.code().as_str()), (413, "BODY_TOO_LARGE"));
    assert_eq!(answer.json()["errors"][0]["extensions"]["maximum"], 262_144);
    lives();
}

#[test]
fn a_body_in_pieces_is_413_when_it_passes_the_limit() {
    let head =
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let piece = [b"8000\r\n".as_slice(), &[b' '; 0x8000], b"\r\n"].concat();
    let mut stream = SERVER.connect();
    stream.write_all(head).expect("sent");
    for _ in 0..9 {
        // The last one goes over; the body never ends.
        let _ = stream.write_all(&piece);
    }
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server closes, although the body has no end");
    let answer = Answer::read(&answer);
    assert_eq!(answer.status, 413, "{answer:?}");
    lives();
}

#[test]
fn a_body_in_pieces_within_the_limit_is_read() {
    let body = "POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
                9\r\n{\"query\":\r\nc\r\n\"{ x(v: 7) }\r\n2\r\n\"}\r\n0\r\n\r\n";
    let answer = SERVER.raw(body.as_bytes());
    assert!(answer.body.contains("\"x\":7"), "{answer:?}");
}

#[test]
fn what_is_not_http_harms_nobody() {
    for bytes in [
        b"GET / HTTP/9.9\r\n\r\n".as_slice(),
        b"\0\0\0\0\r\n\r\n",
        b"GET /graphql?query=%FF%FE HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let answer = SERVER.raw(bytes);
        let refused = answer.status == 0 || answer.status >= 400 || answer.code() == "DOCUMENT_SYNTAX";
        assert!(refused, "{answer:?}");
        lives();
    }
}
