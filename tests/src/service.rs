//! The whole service on a free port, as its users meet it: through HTTP, with a token, on a clock that tests turn.

use std::sync::{Arc, LazyLock};

use articula::{
    access::{DevelopmentKey, token::Verifier},
    app::{App, AppSettings, Service as Executor},
    config::{Config, LimitsConfig},
    contract::acts,
    execution::{act::COMMON, rate::RateSettings},
    http::{Edge, Running, listen, serve},
    store::{Clock as _, Settings, TurnedClock},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::database::Fresh;

/// A running service over a fresh database.
pub struct Service {
    /// The application behind it, for what no user may ask (statements counted, rows looked at).
    pub app: Arc<App>,
    /// Its clock.
    pub clock: Arc<TurnedClock>,
    /// Its database.
    pub fresh: Fresh,
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
        Self::start_with(fresh, today, fresh.settings()).await
    }

    /// The same with settings of one's own.
    pub async fn start_with(fresh: &Fresh, today: NaiveDate, settings: Settings) -> Self {
        Self::start_by(fresh, Arc::new(TurnedClock::on(today)), settings, &[]).await
    }

    /// Starts the service by a clock, with settings as the environment says them, without their `ARTICULA_`.
    pub async fn start_by(fresh: &Fresh, clock: Arc<TurnedClock>, store: Settings, settings: &[(&str, &str)]) -> Self {
        let said = |name: &str| {
            let name = name.strip_prefix("ARTICULA_")?;
            let mut all = settings.iter().chain(&[("HTTP_ADDRESS", "127.0.0.1:0")]);
            all.find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let config = Config::load(said, None).expect("the settings hold");
        let (introspection, max_behind) = (config.http.introspection, config.http.changes_behind);
        let mut app = AppSettings { introspection, max_behind, ..AppSettings::over(store) };
        // Nobody is limited by the minute unless the test says so.
        if settings.iter().any(|(name, _)| name.starts_with("LIMITS_")) {
            let LimitsConfig { cost, cost_a_minute, clients } = config.limits;
            (app.max_cost, app.rate) = (cost, RateSettings { cost_a_minute, clients });
        }
        let app = Arc::new(App::build(app, clock.clone()).await.expect("the application starts"));
        let verifier = Verifier::with_development(&config.tokens, &KEY).expect("a key");
        let now = clock.clone();
        let listener = listen(config.http.address).expect("a free port");
        let edge = Edge::new(config.http, verifier, Arc::new(move || now.now()));
        let executor = Executor(app.clone());
        let running = serve(listener, edge, move || executor.clone()).expect("it serves");
        let address = format!("http://{}", running.address());
        Self { app, clock, fresh: fresh.clone(), address, client: reqwest::Client::new(), running }
    }

    /// Stops it in good order.
    pub async fn stop(self) {
        self.running.stop().await.expect("it stops");
        self.app.store().close().await;
    }

    /// A request to the service, to be completed.
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// What it serves to Prometheus; settings must say where.
    pub async fn metrics(&self) -> String {
        let address = self.running.metrics().expect("metrics are served");
        let told = self.client.get(format!("http://{address}/metrics")).send().await.expect("an answer");
        told.text().await.expect("text")
    }

    /// How many SQL statements the application ran while this was awaited.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (u64, T) {
        let before = self.app.store().statements().get();
        let outcome = work.await;
        (self.app.store().statements().get() - before, outcome)
    }

    /// An address of the service.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// A token of the development key, good for an hour.
    pub fn token(&self, subject: &str) -> String {
        KEY.sign(subject, self.clock.now(), TimeDelta::hours(1)).expect("signed")
    }

    /// Somebody who signed in with the development key.
    pub fn user(&self, subject: &str) -> User<'_> {
        self.bearer(self.token(subject))
    }

    /// Somebody who signed in, with a token that was good for an hour from then.
    pub fn user_since(&self, subject: &str, then: DateTime<Utc>) -> User<'_> {
        self.bearer(KEY.sign(subject, then, TimeDelta::hours(1)).expect("signed"))
    }

    /// Somebody who shows this for a token.
    pub fn bearer(&self, token: String) -> User<'_> {
        User { service: self, token: Some(token), language: "es-CO" }
    }

    /// Somebody who shows no token.
    pub fn visitor(&self) -> User<'_> {
        User { service: self, token: None, language: "es-CO" }
    }

    /// The present instant, as answers write it.
    pub fn clock_text(&self) -> String {
        entity::Moment::from(self.clock.now()).rfc3339().expect("a year that can be written")
    }

    /// Turns the clock by an hour.
    pub fn advance_an_hour(&self) {
        self.clock.advance(TimeDelta::hours(1));
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
        self.post(json!({ "query": query, "variables": variables }).to_string()).await
    }

    /// Sends a body of one's own as JSON.
    pub async fn post(&self, body: impl Into<reqwest::Body>) -> Answer {
        self.send("application/json", body).await
    }

    /// Sends a body of one's own, of any type.
    pub async fn send(&self, content_type: &str, body: impl Into<reqwest::Body>) -> Answer {
        let request = self.service.request(reqwest::Method::POST, "/graphql");
        let request = request.header("Accept-Language", self.language).header("Content-Type", content_type);
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        Answer::of(request.body(body).send().await.expect("an answer")).await
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
        let query = format!(
            "mutation{declared} {{ act: {call} {{ {field} {{ {selection} }} errors {{ code path message }} }} }}"
        );
        let payload = self.data(&query, variables).await["act"].clone();
        for error in payload["errors"].as_array().into_iter().flatten() {
            assert_listed(call, &text(&error["code"]));
        }
        payload
    }
}

/// Whoever writes a client relies on the list in the mutation's description.
fn assert_listed(call: &str, code: &str) {
    let name = call.split('(').next().unwrap_or_default().trim();
    let act = acts().iter().find(|act| act.name() == name).unwrap_or_else(|| panic!("{name} is no act"));
    let mut listed = act.codes().iter().chain(COMMON);
    assert!(listed.any(|known| known.name() == code), "{name} answers {code}, which it does not list");
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body; null when it was no JSON.
    pub body: Value,
    /// The body as it came.
    pub text: String,
    /// What the service called the request.
    pub request_id: String,
}

impl Answer {
    /// Reads an answer to its end.
    pub async fn of(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let request_id =
            response.headers().get("X-Request-Id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
        let text = response.text().await.expect("a whole body");
        Self { status, body: serde_json::from_str(&text).unwrap_or_default(), text, request_id }
    }

    /// The body without what names this request: two answers that tell nothing apart have the same.
    pub fn anonymous(&self) -> String {
        let mut parts = self.text.split("\"requestId\":\"");
        let mut told = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            told.push_str("\"requestId\":\"");
            told.push_str(part.trim_start_matches(|c: char| c != '"'));
        }
        told
    }

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
