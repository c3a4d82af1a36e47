//! The acts of this area, through the application, on both databases: two secretariats with the same rows, a ministry,
//! and people who may this or that.
#![expect(clippy::disallowed_methods, reason = "rows are laid out below the store, as if they had always been there")]

mod acts;
mod dates;
mod holdings;
mod rules;
mod seed;
mod tenancy;

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, resume_unwind},
    sync::Arc,
};

use chrono::NaiveDate;
use entity::{
    Id, OpaqueId,
    access::Role,
    machinery::history_entry,
    organization::{organization, post_holding},
};
use futures_util::FutureExt as _;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, EntityTrait, PaginatorTrait as _};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    access::actor::{Actor, Held},
    app::{App, AppSettings},
    contract,
    execution::GraphRequest,
    graph::error::Locale,
    store::{Settings, TurnedClock},
};

/// The day on which everything is entered.
pub const TODAY: &str = "2026-03-02";
/// Who formulates and appoints.
pub const LEADER: &[Role] = &[Role::QualityLeader];
/// Who decides, and keeps the personal data of persons.
pub const MANAGEMENT: &[Role] = &[Role::SeniorManagement];
/// Who may enter late acts too.
pub const SERVICE: &[Role] = &[Role::Service];
/// Who keeps organizations.
pub const KEEPER: &[Role] = &[Role::NationalAdmin];

/// An application over a database of its own.
pub struct Bench {
    app: App,
    rows: DatabaseConnection,
    ids: BTreeMap<String, OpaqueId>,
}

/// What became of an act.
#[derive(Debug)]
pub struct Outcome {
    /// The object of the payload.
    pub object: Value,
    /// The refusals of the payload, each "CODE at.its.path".
    pub errors: Vec<String>,
    /// The codes of top-level errors.
    pub top: Vec<String>,
    /// The whole answer.
    pub body: Value,
}

impl Bench {
    async fn open(url: String) -> Self {
        let clock = TurnedClock::on(TODAY.parse::<NaiveDate>().expect("a date"));
        let settings = AppSettings::over(Settings::new(url.clone(), 2));
        let app = App::build(settings, Arc::new(clock)).await.expect("starts");
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let rows = Database::connect(options).await.expect("opens");
        let mut bench = Self { app, rows, ids: BTreeMap::new() };
        seed::lay_out(&mut bench).await;
        bench
    }

    /// The key of a row that was laid out.
    pub fn key<E>(&self, name: &str) -> Id<E> {
        Id::from_uuid(self.ids[name].uuid)
    }

    /// Gives a row a name for `<name>` in arguments.
    pub fn call(&mut self, name: &str, id: OpaqueId) {
        self.ids.insert(name.to_owned(), id);
    }

    /// Gives the row of an outcome a name.
    pub fn name(&mut self, name: &str, outcome: &Outcome) {
        let id = outcome.object["id"].as_str().and_then(OpaqueId::parse);
        self.call(name, id.unwrap_or_else(|| panic!("no id in {outcome:?}")));
    }

    /// A text with each `<name>` replaced.
    pub fn filled(&self, text: &str) -> String {
        self.ids.iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("<{name}>"), &id.to_string()))
    }

    /// Somebody with these roles in our secretariat; national ones are held in the ministry.
    pub fn actor(&self, roles: &[Role]) -> Actor {
        let held = |role: &Role| {
            let national = matches!(role, Role::NationalAdmin | Role::SfiMonitor);
            let organization = self.key::<organization::Entity>(if national { "ministry" } else { "org" }).uuid();
            Held { role: *role, organization, scope: None }
        };
        let grants = roles.iter().map(held).collect();
        Actor { account: Some(Uuid::from_u128(1)), grants, ..Actor::visitor() }
    }

    async fn execute(&self, roles: &[Role], query: String) -> Value {
        let request = GraphRequest {
            query,
            operation_name: None,
            variables: Default::default(),
            actor: Arc::new(self.actor(roles)),
            locale: Locale::En,
            request_id: "r".to_owned(),
            client: Some("tablero".to_owned()),
            read_only: false,
            terms: Default::default(),
        };
        serde_json::from_slice(&self.app.execute(request).await.body).expect("JSON")
    }

    /// Runs an act; `<name>` in the arguments stands for the id of what was laid out under that name.
    pub async fn act(&self, roles: &[Role], act: &str, arguments: &str, selection: &str) -> Outcome {
        let known = contract::acts().iter().find(|known| known.name() == act).expect("an act");
        let field = known.payload().singular;
        let arguments = self.filled(arguments);
        let query = format!(
            "mutation {{ it: {act}({arguments}) {{ it: {field} {{ {selection} }} errors {{ code path params }} }} }}"
        );
        let body = self.execute(roles, query).await;
        let texts = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned).collect()
        };
        let payload = &body["data"]["it"];
        let told =
            |error: &Value| format!("{} {}", error["code"].as_str().unwrap_or("?"), texts(&error["path"]).join("."));
        let errors = payload["errors"].as_array().into_iter().flatten().map(told).map(|told| told.trim().to_owned());
        let top = body["errors"].as_array().into_iter().flatten();
        let top = top.map(|error| error["extensions"]["code"].as_str().unwrap_or("?").to_owned());
        let (errors, top) = (errors.collect(), top.collect());
        Outcome { object: payload["it"].clone(), errors, top, body }
    }

    /// Runs an act that succeeds, and gives its object.
    pub async fn done(&self, roles: &[Role], act: &str, arguments: &str, selection: &str) -> Outcome {
        let outcome = self.act(roles, act, arguments, selection).await;
        assert!(outcome.errors.is_empty() && outcome.top.is_empty(), "{act}({arguments}): {}", outcome.body);
        outcome
    }

    /// Runs an act that is refused with exactly these codes and paths.
    pub async fn refused(&self, roles: &[Role], act: &str, arguments: &str, expected: &[&str]) {
        let outcome = self.act(roles, act, arguments, "id").await;
        assert_eq!(outcome.errors, expected, "{act}({arguments}): {}", outcome.body);
        assert!(outcome.object.is_null());
    }

    /// What a query answers about a node.
    pub async fn node(&self, roles: &[Role], id: &str, ty: &str, selection: &str) -> Value {
        let query = format!("{{ node(id: \"{}\") {{ ... on {ty} {{ {selection} }} }} }}", self.filled(id));
        self.execute(roles, query).await["data"]["node"].clone()
    }

    /// How many entries the history has.
    pub async fn history(&self) -> u64 {
        history_entry::Entity::find().count(&self.rows).await.expect("counted")
    }

    /// The last entry of the history.
    pub async fn last_entry(&self) -> history_entry::Model {
        let mut all = history_entry::Entity::find().all(&self.rows).await.expect("read");
        all.sort_by_key(|entry| (entry.recorded_at, entry.sequence));
        all.pop().expect("an entry")
    }

    /// All holdings of a post.
    pub async fn holdings(&self) -> Vec<post_holding::Model> {
        post_holding::Entity::find().all(&self.rows).await.expect("read")
    }
}

/// Runs a test on a fresh SQLite database and, if the environment names a server, on a fresh PostgreSQL database; both
/// are gone afterwards whatever happened.
pub fn on_every_database(test: impl AsyncFn(&mut Bench)) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let name = format!("articula_staff_{}", Uuid::now_v7().simple());
        let folder = std::env::temp_dir().join(&name);
        let run = async |url: String| {
            let one = async {
                let mut bench = Bench::open(url).await;
                test(&mut bench).await;
                bench.app.store().close().await;
            };
            AssertUnwindSafe(one).catch_unwind().await
        };
        let outcome = run(format!("sqlite:{}", folder.join("articula.sqlite").display())).await;
        std::fs::remove_dir_all(&folder).expect("removed");
        outcome.unwrap_or_else(|failure| resume_unwind(failure));

        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else { return };
        let admin = Database::connect(&server).await.expect("the server answers");
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("created");
        let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
        let outcome = run(format!("{base}/{name}")).await;
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("dropped");
        outcome.unwrap_or_else(|failure| resume_unwind(failure));
    });
}
