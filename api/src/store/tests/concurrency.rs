//! Many at once.

use super::*;
use crate::store::fault::Coded;
use entity::machinery::history_entry;
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait as _, DbErr, RuntimeErr};
use std::cell::Cell;

/// Reads the number in a unit's name and writes the next.
async fn count_up(set: &mut ChangeSet, id: Id<org_unit::Entity>) -> Result<(), ActFault> {
    let unit: Granted<org_unit::Entity, Formulate> = set.obtain(id, None).await?;
    let next = unit.model().name.parse::<u32>().expect("a number") + 1;
    set.update(unit, org_unit::ActiveModel { name: Set(next.to_string()), ..Default::default() }).await.map(drop)
}

#[test]
fn no_write_is_lost_and_none_fails() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "0").await;
        let writer = async || {
            let intent = bench.intent(Role::QualityLeader);
            for _ in 0..50 {
                bench.act(&intent, async |set| count_up(set, unit).await).await.expect("written");
            }
        };
        join_all((0..8).map(|_| writer())).await;
        let row = bench.read_unit(unit).await;
        assert_eq!((row.name.as_str(), row.row_version), ("400", 401));
        assert_eq!(bench.count::<history_entry::Entity>().await, 400);
        assert!(bench.store.verify_history(bench.ours, None).await.expect("read").is_intact());
    });
}

#[test]
fn two_stores_on_one_database_lose_nothing_either() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "0").await;
        let other = Store::open(&bench.settings, bench.clock.clone()).await.expect("opens");
        let writer = async |store: &Store| {
            let intent = bench.intent(Role::QualityLeader);
            for _ in 0..20 {
                store.change(&intent, async |set| count_up(set, unit).await, nothing).await.expect("written");
            }
        };
        join_all([writer(&bench.store), writer(&other)]).await;
        assert_eq!(bench.read_unit(unit).await.name, "40");
        other.close().await;
    });
}

#[test]
fn two_equal_requests_at_once_act_once() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "0").await;
        let intent = bench.keyed("k", "h");
        let one = || bench.act(&intent, async |set| count_up(set, unit).await);
        let outcomes = join_all([one(), one(), one()]).await;
        let replayed = outcomes.iter().filter(|outcome| outcome.as_ref().expect("answered").replayed).count();
        assert_eq!(replayed, 2);
        assert_eq!(bench.read_unit(unit).await.name, "1");
    });
}

fn driver_says(code: &'static str) -> ActFault {
    DbErr::Exec(RuntimeErr::SqlxError(Arc::new(sqlx::Error::Database(Box::new(Coded(code)))))).into()
}

#[test]
fn who_was_overtaken_runs_again() {
    on_every_database(async |bench| {
        for code in ["40001", "40P01", "5", "6", "261", "517"] {
            let unit = bench.unit(bench.ours, "0").await;
            let runs = Cell::new(0);
            let outcome = bench.lead(async |set| {
                count_up(set, unit).await?;
                runs.set(runs.get() + 1);
                if runs.get() < 3 { Err(driver_says(code)) } else { Ok(()) }
            });
            outcome.await.expect("at last");
            assert_eq!((runs.get(), bench.read_unit(unit).await.name.as_str()), (3, "1"), "{code}");
        }
    });
}

#[test]
fn what_others_do_not_cause_is_not_tried_again() {
    on_every_database(async |bench| {
        for code in ["23505", "42601", "1", "19", "2067", "08006"] {
            let runs = Cell::new(0);
            let outcome = bench.lead(async |_| {
                runs.set(runs.get() + 1);
                Err::<(), _>(driver_says(code))
            });
            assert!(matches!(outcome.await, Err(ActFault::Database(_))));
            assert_eq!(runs.get(), 1, "{code}");
        }
    });
}

#[test]
fn postgres_says_it_in_its_own_words() {
    on_every_database(async |bench| {
        if bench.store.dialect() == crate::reader::sql::Dialect::Sqlite {
            return;
        }
        let runs = Cell::new(0);
        let outcome = bench.lead(async |set| {
            runs.set(runs.get() + 1);
            if runs.get() == 1 {
                let raise = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$";
                set.transaction.execute_unprepared(raise).await?;
            }
            Ok(())
        });
        outcome.await.expect("at last");
        assert_eq!(runs.get(), 2);
    });
}

#[test]
fn who_is_always_overtaken_is_told() {
    on_sqlite(&async |bench: &Bench| {
        let outcome = bench.lead(async |_| Err::<(), _>(driver_says("5"))).await;
        assert_eq!(refused(outcome), ErrorCode::ConcurrentChange);
    });
}
