//! Work that takes too long, and the end of the service.

use std::time::Duration;

use sea_orm::ConnectionTrait as _;
use sqlx::Connection as _;

use super::*;
use crate::{
    access::actor::Via,
    reader::{
        plan::Decode,
        sql::{Dialect, Statement},
    },
    store::StoreFault,
};

/// Goes on for longer than anybody waits, if nothing stops it.
fn endless(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            "SELECT count(*) FROM (WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT n FROM n LIMIT 300000000)"
        }
        Dialect::Postgres => "SELECT 1 FROM pg_sleep(60)",
    }
}

/// Reads without end; `heavy`: beside the thread that asks.
async fn read(store: &Store, heavy: bool) -> ReadFault {
    let mut statement = Statement::new(store.dialect());
    statement.push(endless(store.dialect()));
    let mut snapshot = store.snapshot().await.expect("a connection");
    snapshot.expect(if heavy { u64::MAX } else { 0 });
    snapshot.fetch(statement, &[Decode::Int], store.statements()).await.expect_err("it was stopped")
}

impl Bench {
    /// What is late from the start.
    fn late(&self) -> Intent {
        Intent { until: Instant::now(), ..self.intent(Role::QualityLeader) }
    }

    /// The same database, for requests that may take this long.
    async fn hurried(&self, deadline: Duration) -> Store {
        let settings = Settings { deadline, ..self.settings.clone() };
        Store::open(&settings, self.clock.clone()).await.expect("opens")
    }
}

#[test]
fn an_act_that_is_late_leaves_nothing() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Antes").await;
        let outcome = bench.act(&bench.late(), async |set| rename(set, unit, "Tarde").await).await;
        assert!(outcome.expect_err("late").is_stopped());
        assert_eq!(bench.read_unit(unit).await.name, "Antes");
        bench.rename(unit, "Después").await.expect("who comes next is not late");
    });
}

#[test]
fn sqlite_stops_an_act_and_the_writer_is_as_it_was() {
    on_sqlite(&async |bench: &Bench| {
        let unit = bench.unit(bench.ours, "Antes").await;
        // When it stops a statement that writes, SQLite rolls back by itself.
        let writing = "INSERT INTO setting (name, value) WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) \
            SELECT 'n' || n, '' FROM n LIMIT 30000000";
        for statement in [endless(Dialect::Sqlite), writing] {
            let late = bench.late();
            let outcome = bench.act(&late, async |set| {
                rename(set, unit, "Tarde").await?;
                set.transaction.execute_unprepared(statement).await?;
                Ok(())
            });
            let fault = outcome.await.expect_err("stopped");
            assert!(matches!(fault, ActFault::Database(_)) && fault.is_stopped(), "{fault}");
            let writer = bench.store.backend.writer.get_sqlite_connection_pool().acquire().await.expect("the writer");
            assert!(!writer.is_in_transaction(), "{statement}");
            drop(writer);
            assert_eq!(bench.read_unit(unit).await.name, "Antes");
            assert_eq!(bench.count::<entity::machinery::setting::Entity>().await, 0);
        }
        bench.rename(unit, "Después").await.expect("who comes next is not late");
    });
}

#[test]
fn a_read_is_stopped_at_its_deadline() {
    on_every_database(async |bench| {
        let sqlite = bench.store.dialect() == Dialect::Sqlite;
        let store = bench.hurried(if sqlite { Duration::ZERO } else { Duration::from_millis(200) }).await;
        for heavy in [false, true] {
            let fault = read(&store, heavy).await;
            assert!(fault.is_stopped(), "{fault}");
        }
        assert_eq!(store.stopped().code, ErrorCode::DeadlineExceeded);
        store.actor("nobody", "nobody", Via { request_id: "test", client: None }).await.expect("others are answered");
        store.close().await;
    });
}

#[test]
fn postgres_stops_an_act_at_its_deadline() {
    on_every_database(async |bench| {
        if bench.store.dialect() == Dialect::Sqlite {
            return;
        }
        let store = bench.hurried(Duration::from_millis(500)).await;
        let intent = bench.intent(Role::QualityLeader);
        let act = async |set: &mut ChangeSet| {
            set.transaction.execute_unprepared(endless(Dialect::Postgres)).await?;
            Ok(())
        };
        let fault = store.change(&intent, act, nothing).await.expect_err("stopped");
        assert!(matches!(fault, ActFault::Database(_)) && fault.is_stopped(), "{fault}");
        store.close().await;
    });
}

#[test]
fn loading_takes_the_time_that_it_takes() {
    on_every_database(async |bench| {
        let store = bench.hurried(Duration::ZERO).await;
        // What was stopped before it leaves no limit behind.
        let stopped = store.change(&bench.late(), async |_| Ok(()), nothing).await;
        assert!(stopped.expect_err("late").is_stopped());
        let mut loader = store.loader().await.expect("begins");
        let rows = (0..5_000).map(|n| entity::machinery::setting::ActiveModel {
            name: Set(format!("n{n}")),
            value: Set("value".repeat(20)),
        });
        loader.insert_many::<entity::machinery::setting::Entity>(rows.collect()).await.expect("loads");
        loader.commit().await.expect("kept");
        store.close().await;
    });
}

#[test]
fn nothing_runs_on_when_the_service_ends() {
    on_sqlite(&async |bench: &Bench| {
        let store = bench.hurried(Duration::from_secs(3_600)).await;
        let (fault, ()) = futures_util::join!(read(&store, true), async { store.halt() });
        assert!(fault.is_stopped(), "{fault}");
        assert!(matches!(store.snapshot().await.err(), Some(StoreFault::Halted)));
        let act = store.change(&bench.intent(Role::QualityLeader), async |_| Ok(()), nothing).await;
        assert!(act.expect_err("refused").is_stopped());
        assert_eq!(store.stopped().code, ErrorCode::Unavailable);
        store.close().await;
    });
}
