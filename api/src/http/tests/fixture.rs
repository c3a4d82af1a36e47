//! A server with a small graph of its own, and a client that sends exactly what it is told.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use async_graphql::parser::types::{DocumentOperations, OperationType};
use async_graphql::{EmptySubscription, Object, Request, Schema, Variables};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::DevelopmentKey;
use crate::access::actor::{Actor, Via};
use crate::access::token::Verifier;
use crate::config::{Config, HttpConfig, TokenConfig};
use crate::execution::{GraphRequest, GraphResponse};
use crate::graph::error::{ErrorCode, Refusal};
use crate::http::guard::{self, Limits};
use crate::http::{Edge, Executor, listen, serve};

/// The moment at which all tests are.
pub fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("a time")
}

/// The development key of the tests, made once and gone from the disk at once.
pub fn development_key() -> DevelopmentKey {
    static KEY: std::sync::LazyLock<DevelopmentKey> = std::sync::LazyLock::new(|| {
        let folder = std::env::temp_dir().join(format!("articula-http-{}", Uuid::now_v7()));
        let key = DevelopmentKey::open(&folder).expect("a key");
        let _ = std::fs::remove_dir_all(folder);
        key
    });
    KEY.clone()
}

/// Tokens as they are when nothing is configured.
pub fn token_config() -> TokenConfig {
    config(&[]).tokens
}

/// A token of the development key, good for ten minutes.
pub fn token(subject: &str) -> String {
    development_key().sign(subject, moment(), TimeDelta::minutes(10)).expect("signed")
}

fn config(changes: &[(&str, &str)]) -> Config {
    let changes: HashMap<String, String> =
        changes.iter().map(|(k, v)| (format!("ARTICULA_HTTP_{k}"), (*v).to_owned())).collect();
    Config::load(|name| changes.get(name).cloned(), None).expect("a configuration")
}

/// The configuration of a test server: any free port, and what the test changes.
pub fn http(changes: &[(&str, &str)]) -> HttpConfig {
    let mut all = vec![("ADDRESS", "127.0.0.1:0"), ("SHUTDOWN_SECONDS", "1")];
    all.extend(changes);
    config(&all).http
}

struct Query;

impl Query {
    fn nothing(&self) -> Option<i32> {
        None
    }
}

#[Object]
impl Query {
    async fn x(&self, v: Option<i32>) -> Option<i32> {
        v
    }
    async fn panic(&self) -> i32 {
        self.nothing().expect("the test asked for a panic")
    }
    async fn held(&self) -> bool {
        let held = HELD.lock().expect("unpoisoned").take();
        let (begun, end) = held.expect("the test holds it");
        begun.send(()).expect("the test waits");
        end.await.is_ok()
    }
    async fn forever(&self) -> i32 {
        let signal = FORGOTTEN.lock().expect("unpoisoned").clone();
        let _told = signal.map(Told);
        std::future::pending().await
    }
}

/// Where a request says that it has begun, and waits until it is told to end.
pub static HELD: Mutex<Option<(mpsc::Sender<()>, tokio::sync::oneshot::Receiver<()>)>> = Mutex::new(None);

/// Where a request that is dropped says so.
pub static FORGOTTEN: Mutex<Option<mpsc::Sender<()>>> = Mutex::new(None);

struct Told(mpsc::Sender<()>);

impl Drop for Told {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn act(&self) -> bool {
        true
    }
}

/// Stands for the engine: the library's own, with the refusals that the engine has before it.
pub struct Fake(Schema<Query, Mutation, EmptySubscription>);

impl Fake {
    pub fn new() -> Self {
        Self(Schema::new(Query, Mutation, EmptySubscription))
    }

    async fn run(&self, request: GraphRequest) -> GraphResponse {
        let variables = Variables::from_json(Value::Object(request.variables));
        let document = match guard::parse(&request.query) {
            Ok(parsed) => parsed.document,
            Err(fault) => return refused(400, &fault.to_string()),
        };
        if let Err(refusal) =
            guard::measure(&document, request.operation_name.as_deref(), &variables, &Limits::default())
        {
            return refused(400, refusal.code());
        }
        let mutation = match &document.operations {
            DocumentOperations::Single(operation) => operation.node.ty == OperationType::Mutation,
            DocumentOperations::Multiple(_) => false,
        };
        if mutation && request.read_only {
            return refused(405, "METHOD_NOT_ALLOWED");
        }
        if request.query.contains("secret") && request.actor.account.is_none() {
            return refused(401, "UNAUTHENTICATED");
        }
        let mut asked = Request::new(request.query).variables(variables);
        asked.operation_name = request.operation_name;
        let response = self.0.execute(asked).await;
        let failed = response.is_err() && response.data == async_graphql::Value::Null;
        let mut body = serde_json::to_value(&response).expect("JSON");
        if failed && let Some(members) = body.as_object_mut() {
            members.remove("data");
        }
        body["extensions"] = json!({ "locale": request.locale.tag(), "account": request.actor.account });
        let refused = failed.then_some(400);
        GraphResponse { body: body.to_string().into_bytes(), refused, ..GraphResponse::default() }
    }
}

fn refused(status: u16, code: &str) -> GraphResponse {
    let body = json!({ "errors": [{ "message": code, "extensions": { "code": code } }] });
    GraphResponse { body: body.to_string().into_bytes(), refused: Some(status), ..GraphResponse::default() }
}

impl Executor for Fake {
    fn execute(&self, request: GraphRequest) -> LocalBoxFuture<'_, GraphResponse> {
        self.run(request).boxed_local()
    }

    fn sdl(&self) -> String {
        self.0.sdl()
    }

    fn actor<'a>(
        &'a self,
        _: &'a str,
        subject: &'a str,
        _: Via<'a>,
    ) -> LocalBoxFuture<'a, Result<Arc<Actor>, Refusal>> {
        let known = Actor { account: Some(Uuid::nil()), ..Actor::visitor() };
        let answer = match subject {
            "stranger" => Err(ErrorCode::Unauthenticated.into()),
            "unlucky" => Err(ErrorCode::Unavailable.into()),
            _ => Ok(Arc::new(known)),
        };
        async move { answer }.boxed_local()
    }

    fn receipt_keys(&self) -> String {
        json!({ "keys": [] }).to_string()
    }

    fn ready(&self) -> LocalBoxFuture<'_, Result<(), String>> {
        async { Ok(()) }.boxed_local()
    }
}

/// A server that runs as long as this lives.
pub struct Server {
    pub address: SocketAddr,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    pub fn start(changes: &[(&str, &str)]) -> Self {
        Self::with(changes, Fake::new)
    }

    pub fn with<E: Executor>(changes: &[(&str, &str)], executor: impl Fn() -> E + Clone + Send + 'static) -> Self {
        let http = http(changes);
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let verifier = Verifier::with_development(&token_config(), &development_key()).expect("a key");
                let listener = listen(http.address).expect("a free port");
                let edge = Edge::new(http, verifier, Arc::new(moment));
                let running = serve(listener, edge, executor).expect("it listens");
                tell.send(running.address()).expect("the test waits");
                let _ = stopped.await;
                running.stop().await.expect("it stops");
            });
        });
        Self { address: told.recv().expect("an address"), stop: Some(stop), thread: Some(thread) }
    }

    /// Sends bytes as they are and reads to the end of the connection.
    pub fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses early closes while we still write: what it answered counts.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Answer::read(&answer)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        stream
    }

    /// A request with these header lines, and its length where it has a body.
    pub fn send(&self, method: &str, target: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut bytes = format!("{method} {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
        for header in headers {
            bytes.push_str(header);
            bytes.push_str("\r\n");
        }
        if !body.is_empty() {
            bytes.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        bytes.push_str("\r\n");
        self.raw(&[bytes.as_bytes(), body].concat())
    }

    /// A well-formed POST of this body.
    pub fn post(&self, headers: &[&str], body: &str) -> Answer {
        let mut all = vec!["Content-Type: application/json"];
        all.extend(headers);
        self.send("POST", "/graphql", &all, body.as_bytes())
    }

    /// A well-formed POST of this document.
    pub fn query(&self, headers: &[&str], document: &str) -> Answer {
        self.post(headers, &json!({ "query": document }).to_string())
    }

    pub fn get(&self, target: &str, headers: &[&str]) -> Answer {
        self.send("GET", target, headers, b"")
    }
}

impl Server {
    /// Tells it to stop, and does not wait.
    pub fn begin_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.begin_to_stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// An answer, taken apart.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let headers =
            lines.filter_map(|line| line.split_once(": ")).map(|(k, v)| (k.to_lowercase(), v.to_owned())).collect();
        Self { status, headers, body: body.to_owned() }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|fault| panic!("{fault}: {self:?}"))
    }

    /// The code of the first error; empty when there is none.
    pub fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }
}
