//! Databases of their own for the tests of loading.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::Arc,
};

use uuid::Uuid;

use super::demo::ANCHOR;
use crate::{
    reader::{plan::Decode, rows::Cell, sql::Statement},
    store::{Settings, Store, TurnedClock},
};

/// A migrated, empty database.
pub struct Bench {
    pub store: Store,
}

impl Bench {
    /// The one whole number that a statement answers.
    pub async fn number(&self, sql: &str) -> i64 {
        let mut statement = Statement::new(self.store.dialect());
        statement.push(sql);
        let mut snapshot = self.store.snapshot().await.expect("a connection");
        let rows = snapshot.fetch(statement, &[Decode::Big], self.store.statements()).await.expect(sql);
        match rows.cell(0, 0) {
            Cell::Int(number) => number,
            other => panic!("{other:?} of {sql}"),
        }
    }
}

/// Runs a test on a SQLite file and, when `TEST_POSTGRES_URL` names a server, on a PostgreSQL database of its own,
/// which goes whatever happened.
pub fn on_every_database(test: impl AsyncFn(&Bench)) {
    let folder = std::env::temp_dir().join(format!("articula-exchange-{}", Uuid::now_v7().simple()));
    let outcome = catch_unwind(AssertUnwindSafe(|| run(&test, format!("sqlite:{}/a.db", folder.display()))));
    std::fs::remove_dir_all(&folder).expect("its own folder");
    outcome.unwrap_or_else(|failure| resume_unwind(failure));
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else { return };
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    let name = format!("articula_exchange_{}", Uuid::now_v7().simple());
    administer(&server, format!("CREATE DATABASE {name}"));
    let outcome = catch_unwind(AssertUnwindSafe(|| run(&test, format!("{base}/{name}"))));
    administer(&server, format!("DROP DATABASE {name} WITH (FORCE)"));
    outcome.unwrap_or_else(|failure| resume_unwind(failure));
}

fn run(test: &impl AsyncFn(&Bench), url: String) {
    block_on(async {
        let settings = Settings::new(url, 1);
        let store = Store::open(&settings, Arc::new(TurnedClock::on(ANCHOR))).await.expect("opens");
        store.migrate().await.expect("migrates");
        let bench = Bench { store };
        test(&bench).await;
        bench.store.close().await;
    });
}

fn administer(server: &str, statement: String) {
    use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, postgres::PgConnectOptions};
    block_on(async {
        let options: PgConnectOptions = server.parse().expect("a server's address");
        let mut connection = options.connect().await.expect("the server answers");
        connection.execute(AssertSqlSafe(statement)).await.expect("done");
    });
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}
