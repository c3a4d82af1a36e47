//! The pages beside the graph, and what the server does when something goes wrong.

use std::io::{Read, Write};
use std::sync::{Arc, Condvar, LazyLock, Mutex, mpsc};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::fixture::{Answer, FORGOTTEN, Fake, HELD, Server, development_key, http, moment, token_config};
use crate::access::actor::{Actor, Via};
use crate::access::token::Verifier;
use crate::execution::{GraphRequest, GraphResponse};
use crate::graph::error::{Refusal, errors_markdown};
use crate::http::{Edge, Executor, ServeFault, listen, serve};

static SERVER: LazyLock<Server> =
    LazyLock::new(|| Server::start(&[("CORS_ORIGINS", "https://a.gov.co,https://b.gov.co:8443")]));

#[test]
fn pages_are_served() {
    for (path, content_type, part) in [
        ("/explorer", "text/html; charset=utf-8", "url: createUrl('/graphql')"),
        ("/schema.graphql", "text/plain; charset=utf-8", "type Query"),
        ("/docs/errors", "text/markdown; charset=utf-8", "`NOT_FOUND`"),
        ("/livez", "text/plain; charset=utf-8", "ok"),
        ("/readyz", "text/plain; charset=utf-8", "ok"),
    ] {
        let answer = SERVER.get(path, &[]);
        assert_eq!((answer.status, answer.header("content-type")), (200, content_type), "{path}");
        assert!(answer.body.contains(part), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        let head = SERVER.send("HEAD", path, &[], b"");
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
    }
    assert_eq!(SERVER.get("/docs/errors", &[]).body, errors_markdown());
    let home = SERVER.get("/", &[]);
    assert_eq!((home.status, home.header("location")), (302, "/explorer"));
    for path in ["/nothing", "/graphql/", "//graphql", "/%00", "/docs/errors/../../etc"] {
        assert_eq!((SERVER.get(path, &[]).status, SERVER.get(path, &[]).code().as_str()), (404, "NOT_FOUND"), "{path}");
    }
}

#[test]
fn the_explorers_own_script_alone_may_run() {
    let policy = SERVER.get("/explorer", &[]);
    let policy = policy.header("content-security-policy");
    let scripts = policy.split(';').find(|rule| rule.trim().starts_with("script-src")).expect("a rule");
    assert!(scripts.contains("'sha256-") && !scripts.contains("unsafe"), "{scripts}");
}

#[test]
fn settings_close_explorer_and_schema() {
    let server = Server::start(&[("EXPLORER", "false"), ("INTROSPECTION", "false")]);
    for path in ["/", "/explorer", "/schema.graphql"] {
        assert_eq!(server.get(path, &[]).status, 404, "{path}");
    }
}

#[test]
fn listed_origins_may_call_and_others_may_not() {
    let preflight = ["Origin: https://b.gov.co:8443", "Access-Control-Request-Method: POST"];
    let answer = SERVER.send("OPTIONS", "/graphql", &preflight, b"");
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (204, "https://b.gov.co:8443"));
    assert!(answer.header("access-control-allow-headers").contains("Authorization"));
    let answer = SERVER.query(&["Origin: https://a.gov.co"], "{x}");
    assert_eq!(answer.header("access-control-allow-origin"), "https://a.gov.co");
    assert!(answer.header("access-control-expose-headers").contains("X-Request-Id"));
    for origin in ["https://evil.example", "null", "https://a.gov.co.evil.example", "http://a.gov.co", "*"] {
        let answer = SERVER.query(&[&format!("Origin: {origin}")], "{x}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
}

#[test]
fn a_panic_is_answered_and_costs_one_request() {
    let answer = SERVER.query(&["X-Request-Id: r7", "Accept-Language: en"], "{ panic }");
    assert_eq!((answer.status, answer.code().as_str()), (500, "INTERNAL"));
    assert!(answer.body.contains("r7") && !answer.body.contains("the test asked"), "{answer:?}");
    assert_eq!(SERVER.query(&[], "{ __typename }").status, 200);
}

#[test]
fn the_deadline_drops_what_is_late() {
    let server = Server::start(&[("REQUEST_DEADLINE_SECONDS", "1")]);
    let (tell, told) = mpsc::channel();
    *FORGOTTEN.lock().expect("unpoisoned") = Some(tell);
    let answer = server.query(&[], "{ forever }");
    assert_eq!((answer.status, answer.code().as_str()), (504, "DEADLINE_EXCEEDED"));
    assert!(told.try_recv().is_ok(), "the late request was dropped before it was answered");
    // A body that trickles in is late too.
    let mut stream = server.connect();
    stream
        .write_all(
            b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{",
        )
        .expect("sent");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert_eq!(Answer::read(&answer).status, 504);
}

#[test]
fn what_is_not_ready_says_so_without_the_reason() {
    struct Unready;
    impl Executor for Unready {
        fn execute(&self, _: GraphRequest) -> LocalBoxFuture<'_, GraphResponse> {
            async { GraphResponse { body: b"{}".to_vec(), refused: Some(503), ..GraphResponse::default() } }
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
            async { Err("the password of db:5432 is wrong".to_owned()) }.boxed_local()
        }
    }
    let server = Server::with(&[], || Unready);
    let answer = server.get("/readyz", &[]);
    assert_eq!((answer.status, answer.code().as_str(), answer.header("retry-after")), (503, "UNAVAILABLE", "5"));
    assert!(!answer.body.contains("password"));
    assert_eq!(server.get("/livez", &[]).status, 200);
    let refused = server.query(&[], "{x}");
    assert_eq!((refused.status, refused.header("retry-after")), (503, "5"));
}

#[test]
fn a_port_in_use_is_told() {
    let fault = listen(SERVER.address).expect_err("taken");
    assert!(matches!(fault, ServeFault::InUse(_)));
    assert!(
        fault.to_string().contains(&SERVER.address.to_string()) && fault.to_string().contains("ARTICULA_HTTP_ADDRESS"),
        "{fault}"
    );
}

#[test]
fn a_stopped_server_takes_no_more() {
    let server = Server::start(&[]);
    let address = server.address;
    assert_eq!(server.get("/livez", &[]).status, 200);
    drop(server);
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[test]
fn requests_under_way_are_finished_when_it_stops() {
    let mut server = Server::start(&[("SHUTDOWN_SECONDS", "30")]);
    let ((begun, has_begun), (end, ending)) = (mpsc::channel(), tokio::sync::oneshot::channel());
    *HELD.lock().expect("unpoisoned") = Some((begun, ending));
    let mut stream = server.connect();
    stream.write_all(b"GET /graphql?query=%7Bheld%7D HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").expect("sent");
    has_begun.recv().expect("it has begun");
    server.begin_to_stop();
    end.send(()).expect("it still waits");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    assert_eq!(Answer::read(&answer).json()["data"]["held"], true);
}

/// Works on its thread until it is halted, as a long statement of SQLite does.
struct Stubborn {
    begun: mpsc::Sender<()>,
    halted: Arc<(Mutex<bool>, Condvar)>,
}

impl Executor for Stubborn {
    fn execute(&self, _: GraphRequest) -> LocalBoxFuture<'_, GraphResponse> {
        async {
            self.begun.send(()).expect("the test waits");
            let (halted, told) = &*self.halted;
            let most = Duration::from_secs(20);
            let waited = told.wait_timeout_while(halted.lock().expect("unpoisoned"), most, |halted| !*halted);
            let status = if waited.expect("unpoisoned").1.timed_out() { 500 } else { 503 };
            GraphResponse { body: b"{}".to_vec(), refused: Some(status), ..GraphResponse::default() }
        }
        .boxed_local()
    }
    fn sdl(&self) -> String {
        String::new()
    }
    fn actor<'a>(&'a self, _: &'a str, _: &'a str, _: Via<'a>) -> LocalBoxFuture<'a, Result<Arc<Actor>, Refusal>> {
        async { Ok(Arc::new(Actor::visitor())) }.boxed_local()
    }
    fn receipt_keys(&self) -> String {
        String::new()
    }
    fn ready(&self) -> LocalBoxFuture<'_, Result<(), String>> {
        async { Ok(()) }.boxed_local()
    }
    fn halt(&self) {
        *self.halted.0.lock().expect("unpoisoned") = true;
        self.halted.1.notify_all();
    }
}

#[test]
fn requests_that_do_not_end_are_stopped_when_the_time_is_over() {
    let halted = Arc::new((Mutex::new(false), Condvar::new()));
    let (begun, has_begun) = mpsc::channel();
    let mut server = Server::with(&[("SHUTDOWN_SECONDS", "0"), ("REQUEST_DEADLINE_SECONDS", "60")], move || Stubborn {
        begun: begun.clone(),
        halted: halted.clone(),
    });
    let mut stream = server.connect();
    stream.write_all(b"GET /graphql?query=%7Bx%7D HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").expect("sent");
    has_begun.recv().expect("it has begun");
    server.begin_to_stop();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    assert_eq!(Answer::read(&answer).status, 503, "it was stopped, and said so");
}

/// Not a test by itself: the process that [`signals_stop_the_service`] starts and stops.
#[test]
#[ignore = "run by signals_stop_the_service"]
fn a_process_that_serves() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let verifier = Verifier::with_development(&token_config(), &development_key()).expect("a key");
    let edge = Edge::new(http(&[]), verifier, Arc::new(moment));
    runtime.block_on(async {
        let listener = listen(edge.http.address).expect("a free port");
        let running = serve(listener, edge, Fake::new).expect("it listens").until_stopped();
        // Polled once, it listens for signals; only then may one be sent.
        futures_util::pin_mut!(running);
        assert!(futures_util::poll!(&mut running).is_pending());
        println!("READY");
        running.await.expect("it stops in good order");
    });
}

#[cfg(unix)]
#[test]
fn signals_stop_the_service() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let name = "http::tests::service::a_process_that_serves";
    for signal in ["-TERM", "-INT"] {
        let program = std::env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .args(["--ignored", "--exact", "--nocapture", name])
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let mut lines = lines.map_while(Result::ok);
        assert!(lines.any(|line| line.contains("READY")), "it never served");
        let sent = Command::new("kill").args([signal, &process.id().to_string()]).status().expect("kill");
        assert!(sent.success());
        // To the end, so that it never writes into a closed pipe.
        let _ = lines.count();
        assert!(process.wait().expect("ended").success(), "{signal}");
    }
}
