//! Too much at once, and what is told to whoever watches.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex, mpsc};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::fixture::{Answer, Server};
use crate::access::actor::{Actor, Via};
use crate::execution::rate::Standing;
use crate::execution::{GraphRequest, GraphResponse};
use crate::graph::error::Refusal;
use crate::http::Executor;

type Held = Arc<Mutex<Option<(mpsc::Sender<()>, tokio::sync::oneshot::Receiver<()>)>>>;

/// Holds the first request until it is let go; answers the others at once.
struct Holding(Held);

impl Executor for Holding {
    fn execute(&self, request: GraphRequest) -> LocalBoxFuture<'_, GraphResponse> {
        let held = self.0.lock().expect("unpoisoned").take();
        async move {
            if let Some((begun, end)) = held {
                begun.send(()).expect("the test waits");
                let _ = end.await;
            }
            let wait = request.query.contains("dear").then_some(7);
            let refused = wait.map(|_| 429);
            let standing = Some(Standing { quota: 1_000, remaining: 400, full_in: 36, wait });
            GraphResponse { body: b"{}".to_vec(), refused, standing, ..GraphResponse::default() }
        }
        .boxed_local()
    }
    fn sdl(&self) -> String {
        String::new()
    }
    fn receipt_keys(&self) -> String {
        String::new()
    }
    fn actor<'a>(&'a self, _: &'a str, _: &'a str, _: Via<'a>) -> LocalBoxFuture<'a, Result<Arc<Actor>, Refusal>> {
        async { Ok(Arc::new(Actor::visitor())) }.boxed_local()
    }
    fn ready(&self) -> LocalBoxFuture<'_, Result<(), String>> {
        async { Ok(()) }.boxed_local()
    }
}

#[test]
fn what_is_too_much_at_once_is_turned_away_before_it_is_read() {
    let ((begun, has_begun), (end, ending)) = (mpsc::channel(), tokio::sync::oneshot::channel());
    let held: Held = Arc::new(Mutex::new(Some((begun, ending))));
    let server = Server::with(&[("REQUESTS_UNDER_WAY", "1")], move || Holding(held.clone()));
    let mut first = server.connect();
    first.write_all(b"GET /graphql?query=%7Bx%7D HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").expect("sent");
    has_begun.recv().expect("it has begun");
    // The body never comes: nobody waits for it.
    let head = "POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";
    let second = server.raw(head.as_bytes());
    assert_eq!((second.status, second.code().as_str(), second.header("retry-after")), (503, "UNAVAILABLE", "5"));
    for path in ["/livez", "/readyz"] {
        assert_eq!(server.get(path, &[]).status, 200, "{path}");
    }
    assert_eq!(server.get("/schema.graphql", &[]).status, 503);
    end.send(()).expect("it still waits");
    let mut answer = Vec::new();
    first.read_to_end(&mut answer).expect("answered");
    assert_eq!(Answer::read(&answer).status, 200);
    assert_eq!(server.query(&[], "{x}").status, 200, "there is room again");
}

#[test]
fn answers_tell_how_the_caller_stands() {
    let server = Server::with(&[], || Holding(Held::default()));
    let answer = server.query(&[], "{x}");
    assert_eq!(answer.header("ratelimit-policy"), r#""cost";q=1000;w=60"#);
    assert_eq!(answer.header("ratelimit"), r#""cost";r=400;t=36"#);
    assert_eq!((answer.status, answer.header("retry-after")), (200, ""));
    let refused = server.query(&[], "{dear}");
    assert_eq!((refused.status, refused.header("retry-after")), (429, "7"));
}
