//! Databases of their own, two organizations, and people who may this or that.

mod acts;
mod backups;
mod concurrency;
mod deadline;
mod guards;
mod history;
mod loading;
mod opening;

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::PathBuf,
    sync::Arc,
    time::Instant,
};

use chrono::NaiveDate;
use entity::{
    Id,
    access::Role,
    organization::{OrganizationKind, org_unit, organization, structure_version},
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel as _, PaginatorTrait as _};
use uuid::Uuid;

use super::{
    ActFault, ChangeSet, Formulate, Granted, Idempotency, Intent, Sealed, Settings, Store, TurnedClock, change::Changed,
};
use crate::{
    access::actor::{Actor, Held},
    graph::error::ErrorCode,
    reader::snapshot::{ReadFault, Snapshot},
};

/// A migrated database with two organizations.
pub struct Bench {
    pub store: Store,
    pub settings: Settings,
    pub clock: Arc<TurnedClock>,
    pub ours: Id<organization::Entity>,
    pub theirs: Id<organization::Entity>,
}

impl Bench {
    async fn open(url: String) -> Self {
        let settings = Settings::new(url, 2);
        let clock = Arc::new(TurnedClock::on(NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date")));
        let store = Store::open(&settings, clock.clone()).await.expect("opens");
        store.migrate().await.expect("migrates");
        let bench = Self { store, settings, clock, ours: Id::new(), theirs: Id::new() };
        for (id, name) in [(bench.ours, "SE de Funza"), (bench.theirs, "SE de Soacha")] {
            let row = organization::Model {
                id,
                kind: OrganizationKind::EducationSecretariat,
                name: name.to_owned(),
                name_key: entity::fold(name),
                tax_id: None,
                territorial_entity_id: None,
                row_version: 1,
            };
            bench.put::<organization::Entity>(row.into_active_model()).await;
        }
        bench
    }

    /// Writes a row as if it had always been there.
    pub async fn put<E: EntityTrait>(&self, row: E::ActiveModel) {
        E::insert_many([row]).exec_without_returning(&self.store.backend.writer).await.expect("inserted");
    }

    /// How many rows a table has.
    pub async fn count<E: EntityTrait<Model: Send + Sync>>(&self) -> u64 {
        E::find().count(&self.store.backend.writer).await.expect("counted")
    }

    /// Somebody with a role in our organization.
    pub fn somebody(&self, role: Role) -> Arc<Actor> {
        let held = Held { role, organization: self.ours.uuid(), scope: None };
        Arc::new(Actor { account: Some(Uuid::now_v7()), grants: vec![held], ..Actor::visitor() })
    }

    /// What somebody with a role in our organization sets out to do.
    pub fn intent(&self, role: Role) -> Intent {
        Intent {
            actor: self.somebody(role),
            act: "renameUnit",
            request_id: "request-1".to_owned(),
            client: Some("tablero".to_owned()),
            idempotency: None,
            dry_run: false,
            reason: None,
            backdated: false,
            until: Instant::now() + std::time::Duration::from_secs(60),
        }
    }

    /// The same, under an idempotency key.
    pub fn keyed(&self, key: &str, input_hash: &str) -> Intent {
        let same = Idempotency { key: key.to_owned(), input_hash: input_hash.to_owned() };
        Intent { idempotency: Some(same), ..self.intent(Role::QualityLeader) }
    }

    /// A unit that exists in an organization.
    pub async fn unit(&self, organization: Id<organization::Entity>, name: &str) -> Id<org_unit::Entity> {
        let id = Id::new();
        let row = org_unit::Model {
            id,
            organization_id: organization,
            name: name.to_owned(),
            name_key: entity::fold(name),
            row_version: 1,
        };
        self.put::<org_unit::Entity>(row.into_active_model()).await;
        id
    }

    /// The unit as it stands now.
    pub async fn read_unit(&self, id: Id<org_unit::Entity>) -> org_unit::Model {
        org_unit::Entity::find_by_id(id).one(&self.store.backend.writer).await.expect("read").expect("exists")
    }

    /// Runs an act that answers nothing.
    pub async fn act<T: serde::Serialize + serde::de::DeserializeOwned>(
        &self,
        intent: &Intent,
        act: impl AsyncFn(&mut ChangeSet) -> Result<T, ActFault>,
    ) -> Result<Changed<T, ()>, ActFault> {
        self.store.change(intent, act, nothing).await
    }

    /// Runs an act of the quality leader.
    pub async fn lead<T: serde::Serialize + serde::de::DeserializeOwned>(
        &self,
        act: impl AsyncFn(&mut ChangeSet) -> Result<T, ActFault>,
    ) -> Result<Changed<T, ()>, ActFault> {
        self.act(&self.intent(Role::QualityLeader), act).await
    }

    /// Renames a unit as the quality leader.
    pub async fn rename(&self, id: Id<org_unit::Entity>, name: &str) -> Result<Changed<i32, ()>, ActFault> {
        self.lead(async |set| rename(set, id, name).await).await
    }
}

/// Reads nothing for the answer.
pub async fn nothing<T>(_: &mut Snapshot<'_>, _: &T, _: Option<&Sealed>) -> Result<(), ReadFault> {
    Ok(())
}

/// Renames a unit and gives its new version.
pub async fn rename(set: &mut ChangeSet, id: Id<org_unit::Entity>, name: &str) -> Result<i32, ActFault> {
    let unit: Granted<org_unit::Entity, Formulate> = set.obtain(id, None).await?;
    let change = org_unit::ActiveModel { name: Set(name.to_owned()), ..Default::default() };
    Ok(set.update(unit, change).await?.model().row_version)
}

/// The one code of a refusal.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, ActFault>) -> ErrorCode {
    match outcome.expect_err("refused") {
        ActFault::Refused(refusals) if refusals.len() == 1 => refusals[0].code,
        other => panic!("{other}"),
    }
}

/// A draft structure's row.
pub fn structure(organization: Id<organization::Entity>, number: i32) -> structure_version::Model {
    structure_version::Model {
        id: Id::new(),
        organization_id: organization,
        number,
        stage: entity::organization::StructureStage::Draft,
        valid_from: None,
        valid_to: None,
        annulled_from: None,
        note: None,
        repeal_act_id: None,
        legal_act_id: None,
        base_version_id: None,
        row_version: 1,
    }
}

/// A folder that goes when it is dropped.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        Self(std::env::temp_dir().join(format!("articula-store-{}", Uuid::now_v7().simple())))
    }

    pub fn url(&self, file: &str) -> String {
        format!("sqlite:{}", self.0.join(file).display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a test on a SQLite file and, when `TEST_POSTGRES_URL` names a server, on a PostgreSQL database of its own,
/// which goes whatever happened.
pub fn on_every_database(test: impl AsyncFn(&Bench)) {
    on_sqlite(&test);
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else { return };
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    let name = format!("articula_store_{}", Uuid::now_v7().simple());
    block_on(administer(&server, format!("CREATE DATABASE {name}")));
    let outcome = catch_unwind(AssertUnwindSafe(|| block_on(run(&test, format!("{base}/{name}")))));
    block_on(administer(&server, format!("DROP DATABASE {name} WITH (FORCE)")));
    if let Err(failure) = outcome {
        resume_unwind(failure);
    }
}

/// Runs a test on a SQLite file only.
pub fn on_sqlite(test: &impl AsyncFn(&Bench)) {
    let folder = Folder::new();
    block_on(run(test, folder.url("data/articula.db")));
}

async fn run(test: &impl AsyncFn(&Bench), url: String) {
    let bench = Bench::open(url).await;
    test(&bench).await;
    bench.store.close().await;
}

async fn administer(server: &str, statement: String) {
    use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, postgres::PgConnectOptions};
    let options: PgConnectOptions = server.parse().expect("a server's address");
    let mut connection = options.connect().await.expect("the server answers");
    connection.execute(AssertSqlSafe(statement)).await.expect("done");
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(future)
}
