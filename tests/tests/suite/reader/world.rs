//! What a test of the reader stands on: filled databases, applications over them, actors.

use std::sync::Arc;

use articula::{
    access::{
        actor::{Actor, Held},
        subtree::Subtree,
    },
    app::{App, AppSettings},
    execution::{GraphRequest, Terms},
    graph::error::Locale,
    http::guard::Limits,
    reader::sql::Dialect,
    store::TurnedClock,
};
use articula_tests::{
    database::Fresh,
    seed::{Data, today},
};
use entity::access::Role;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::answer::Answer;

/// A request of the tests.
#[derive(Clone, Debug)]
pub struct Asked {
    pub document: String,
    pub variables: Map<String, Value>,
    pub actor: Arc<Actor>,
    pub locale: Locale,
}

/// An application over a filled database; the guard is out of the way.
pub async fn app(fresh: &Fresh, data: &Data) -> App {
    data.fill(fresh).await;
    // What is read here is not noted: the oracle knows the rows that were laid out and no others.
    let quiet = match fresh.dialect {
        Dialect::Sqlite => "CREATE TRIGGER quiet BEFORE INSERT ON personal_data_read BEGIN SELECT RAISE(IGNORE); END",
        Dialect::Postgres => "CREATE RULE quiet AS ON INSERT TO personal_data_read DO INSTEAD NOTHING",
    };
    fresh.run(quiet).await;
    let mut settings = AppSettings::over(fresh.settings());
    settings.max_cost = u64::MAX;
    settings.limits = Limits {
        document_bytes: 1 << 20,
        tokens: 100_000,
        fragments: 10_000,
        variables: 10_000,
        fields: 1_000_000,
        nodes: 1_000_000,
        merges: 10_000_000,
        depth: 30,
        aliases: 100_000,
        directives: 100_000,
        root_fields: 100,
        ..Limits::default()
    };
    App::build(settings, Arc::new(TurnedClock::on(today()))).await.expect("the application starts")
}

/// The bytes of an answer.
pub async fn ask(app: &App, asked: &Asked) -> Vec<u8> {
    told(app, asked, Terms::default()).await
}

/// What an answer cost: as requested, and as it was.
pub async fn costs(app: &App, asked: &Asked) -> (u64, u64) {
    let answer = told(app, asked, Terms { tells_cost: true, ..Terms::default() }).await;
    let answer: Value = serde_json::from_slice(&answer).expect("JSON");
    let cost = |name: &str| answer["extensions"]["cost"][name].as_u64().unwrap_or_else(|| panic!("{answer}"));
    (cost("requested"), cost("actual"))
}

async fn told(app: &App, asked: &Asked, terms: Terms) -> Vec<u8> {
    let request = GraphRequest {
        query: asked.document.clone(),
        operation_name: None,
        variables: asked.variables.clone(),
        actor: asked.actor.clone(),
        locale: asked.locale,
        request_id: "test".to_owned(),
        client: None,
        read_only: false,
        terms,
    };
    app.execute(request).await.body
}

/// The answer to a document without variables.
pub async fn answer(app: &App, actor: &Arc<Actor>, document: &str) -> Answer {
    let (document, actor) = (document.to_owned(), actor.clone());
    Answer::read(&ask(app, &Asked { document, variables: Map::new(), actor, locale: Locale::EsCo }).await)
}

/// An actor with the roles, each in the organization of that number, limited to a unit when asked.
pub fn actor(data: &Data, roles: &[(Role, usize, bool)]) -> Arc<Actor> {
    let organizations = data.table("organization").ids();
    let scope = |organization: Uuid| {
        let units = data.table("org_unit");
        let own = |unit: &Uuid| units.value(*unit, "organization_id").uuid() == Some(organization);
        let mut units: Vec<_> = units.ids().into_iter().filter(own).step_by(2).collect();
        units.sort_unstable();
        Subtree { units }
    };
    let held = roles.iter().map(|(role, number, scoped)| Held {
        role: *role,
        organization: organizations[*number],
        scope: scoped.then(|| scope(organizations[*number])),
    });
    let account = Some(data.table("account").ids()[0]);
    Arc::new(Actor { account, grants: held.collect(), ..Actor::visitor() })
}

/// Who reads: nobody known, nobody granted, each role, several roles, a role limited to a unit.
pub fn actors(data: &Data) -> Vec<(String, Arc<Actor>)> {
    let roles = Role::VOCABULARY.terms.iter().filter_map(|term| Role::from_number(term.number));
    let mut actors = vec![
        ("visitor".to_owned(), Arc::new(Actor::visitor())),
        ("no grants".to_owned(), actor(data, &[])),
        ("two".to_owned(), actor(data, &[(Role::Executor, 0, false), (Role::SeniorManagement, 1, false)])),
        ("scoped".to_owned(), actor(data, &[(Role::InternalControl, 0, true)])),
        ("head of units".to_owned(), actor(data, &[(Role::UnitHead, 0, true)])),
        ("empty organization".to_owned(), actor(data, &[(Role::SeniorManagement, 2, false)])),
    ];
    actors.extend(roles.map(|role| (format!("{role:?}"), actor(data, &[(role, 0, false)]))));
    // Those who see most come up most.
    for _ in 0..6 {
        actors.push(("all of both".to_owned(), all_of_both(data)));
        actors.push(("quality leader".to_owned(), actor(data, &[(Role::QualityLeader, 0, false)])));
    }
    actors
}

/// Reads everything of both secretariats, drafts and personal data among it.
pub fn all_of_both(data: &Data) -> Arc<Actor> {
    actor(data, &[(Role::InternalControl, 0, false), (Role::InternalControl, 1, false)])
}
