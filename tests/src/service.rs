//! The whole service on a free port, as its users meet it: through HTTP, with a token, on a clock that tests turn.

use std::sync::{Arc, LazyLock};

use articula::{
    access::{DevelopmentKey, token::Verifier},
    app::{App, AppSettings, Service as Executor},
    config::Config,
    http::{Doorkeeper, Edge, Running, serve},
    store::{Clock as _, TurnedClock},
};
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

use crate::database::Fresh;

/// A running service over a fresh database.
pub struct Service {
    /// The application behind it, for what no user may ask (statements counted, rows looked at).
    pub app: Arc<App>,
    /// Its clock.
    pub clock: Arc<TurnedClock>,
    address: String,
    client: reqwest::Client,
    running: Running,
}

static KEY: LazyLock<DevelopmentKey> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("articula-tests-key-{}", uuid::Uuid::now_v7()));
    let key = DevelopmentKey::open(&folder).expect("a key");
    let _ = std::fs::remove_dir_all(folder);
    key
});

impl Service {
    /// Starts the service on a day.
    pub async fn start(fresh: &Fresh, today: NaiveDate) -> Self {
        let clock = Arc::new(TurnedClock::on(today));
        let app = App::build(AppSettings::over(fresh.settings()), clock.clone()).await.expect("the application starts");
        let app = Arc::new(app);
        let config = Config::load(|name| (name == "ARTICULA_HTTP_ADDRESS").then(|| "127.0.0.1:0".to_owned()), None);
        let config = config.expect("the defaults hold");
        let verifier = Verifier::with_development(&config.tokens, &KEY).expect("a key");
        let now = clock.clone();
        let edge = Edge::new(config.http, Doorkeeper::new(verifier), Arc::new(move || now.now()));
        let executor = Executor(app.clone());
        let running = serve(edge, move || executor.clone()).expect("a free port");
        let address = format!("http://{}", running.address());
        Self { app, clock, address, client: reqwest::Client::new(), running }
    }

    /// Stops it in good order.
    pub async fn stop(self) {
        self.running.stop().await.expect("it stops");
    }

    /// An address of the service.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Somebody who signed in with the development key.
    pub fn user(&self, subject: &str) -> User<'_> {
        let token = KEY.sign(subject, self.clock.now(), TimeDelta::hours(1)).expect("signed");
        User { service: self, token: Some(token), language: "es-CO" }
    }

    /// Somebody who shows no token.
    pub fn visitor(&self) -> User<'_> {
        User { service: self, token: None, language: "es-CO" }
    }

    /// Sets the clock to the start of a working day.
    pub fn turn_to(&self, date: &str) {
        self.clock.set_date(date.parse().expect("a date"));
    }
}

/// A user of the service.
pub struct User<'a> {
    service: &'a Service,
    token: Option<String>,
    language: &'static str,
}

impl User<'_> {
    /// The same, reading English.
    pub fn in_english(mut self) -> Self {
        self.language = "en";
        self
    }

    /// Asks, and gives the answer as it came.
    pub async fn ask(&self, query: &str, variables: Value) -> Answer {
        let request = self.service.client.post(self.service.url("/graphql"));
        let request = request.header("Accept-Language", self.language);
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let response = request.json(&json!({ "query": query, "variables": variables })).send().await.expect("an answer");
        let status = response.status().as_u16();
        Answer { status, body: response.json().await.expect("JSON") }
    }

    /// Asks what must be answered without errors, and gives the data.
    pub async fn data(&self, query: &str, variables: Value) -> Value {
        let answer = self.ask(query, variables).await;
        assert_eq!(answer.body["errors"], Value::Null, "{query}");
        answer.body["data"].clone()
    }

    /// Does an act that must succeed, and gives the changed object. `call` is the mutation's field with its
    /// arguments, `selection` what is shown of the object under `field`.
    pub async fn act(&self, call: &str, field: &str, selection: &str, variables: (&str, Value)) -> Value {
        let payload = self.payload(call, field, selection, variables).await;
        assert_eq!(payload["errors"], json!([]), "{call}");
        payload[field].clone()
    }

    /// Does an act that must be refused, and gives the codes with their paths.
    pub async fn refused(&self, call: &str, field: &str, variables: (&str, Value)) -> Vec<(String, String)> {
        let payload = self.payload(call, field, "id", variables).await;
        assert_eq!(payload[field], Value::Null, "{call} was not refused");
        let errors = payload["errors"].as_array().expect("a list").iter();
        errors.map(|error| (text(&error["code"]), joined(&error["path"]))).collect()
    }

    async fn payload(&self, call: &str, field: &str, selection: &str, (declared, variables): (&str, Value)) -> Value {
        let declared = if declared.is_empty() { String::new() } else { format!("({declared})") };
        let query =
            format!("mutation{declared} {{ act: {call} {{ {field} {{ {selection} }} errors {{ code path message }} }} }}");
        self.data(&query, variables).await["act"].clone()
    }
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// The codes of its top-level errors.
    pub fn codes(&self) -> Vec<String> {
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| text(&error["extensions"]["code"])).collect()
    }
}

/// A text, or nothing.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn joined(path: &Value) -> String {
    path.as_array().map(|steps| steps.iter().map(text).collect::<Vec<_>>().join(".")).unwrap_or_default()
}
