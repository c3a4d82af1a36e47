//! Who may do what, as of when: one number that every change of accounts and grants moves, on every replica
//! (`docs/decisions/0010-access-epoch.md`).

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait as _, DbErr, Statement as Sql};
use tokio::sync::Mutex;

use super::{ActFault, ChangeSet, Readers, Store, StoreFault};
use crate::reader::{
    plan::Decode,
    sql::{Dialect, Statement},
};

/// How old the number may be on PostgreSQL, where to ask for it is a round trip. On SQLite it is asked for every time.
const AGE: TimeDelta = TimeDelta::milliseconds(500);

const READ: &str = "SELECT epoch, 0 AS own FROM access_epoch";
/// Locked against change until the act has committed, and the waiting for it behind everything else that the act waits for. A
/// row that this transaction wrote itself carries its number.
const READ_AND_HOLD: &str =
    "SELECT epoch, (xmin = pg_current_xact_id()::xid)::int4::int8 AS own FROM access_epoch FOR SHARE";

/// The number as it was read last.
#[derive(Debug, Default)]
pub(super) struct AccessEpoch {
    epoch: AtomicI64,
    /// When, in microseconds.
    read: AtomicI64,
    /// Whoever has it asks; the others wait for what it learns.
    turn: Mutex<()>,
}

impl AccessEpoch {
    /// An act of this process moved it: known here at once.
    pub fn learn(&self, epoch: i64) {
        self.epoch.fetch_max(epoch, Ordering::SeqCst);
    }
}

impl Store {
    /// The present number: on SQLite as of now, on PostgreSQL as of half a second ago at most, and never older than what this
    /// process changed itself.
    pub async fn access_epoch(&self) -> Result<i64, StoreFault> {
        if self.dialect() == Dialect::Sqlite {
            return self.read_epoch().await;
        }
        if !self.epoch_is_old() {
            return Ok(self.access.epoch.load(Ordering::SeqCst));
        }
        let _turn = self.access.turn.lock().await;
        if self.epoch_is_old() {
            // The moment before the question: what changes while it travels is asked for next time.
            let asked = self.clock.now().timestamp_micros();
            self.access.learn(self.read_epoch().await?);
            self.access.read.store(asked, Ordering::SeqCst);
        }
        Ok(self.access.epoch.load(Ordering::SeqCst))
    }

    /// Also when the clock was turned back.
    fn epoch_is_old(&self) -> bool {
        let age = self.clock.now().timestamp_micros() - self.access.read.load(Ordering::SeqCst);
        !(0..AGE.num_microseconds().unwrap_or(0)).contains(&age)
    }

    /// The number in the database.
    pub(super) async fn read_epoch(&self) -> Result<i64, StoreFault> {
        match &self.backend.readers {
            Readers::Sqlite { inline, .. } => {
                let statement = Statement { text: READ.to_owned(), ..Statement::new(Dialect::Sqlite) };
                let rows = inline.take(self.until())?.fetch(statement, &[Decode::Big, Decode::Big]).await?;
                rows.int(0, 0).ok_or_else(|| StoreFault::Setting("access_epoch".to_owned()))
            }
            Readers::Postgres { pool, .. } => Ok(sqlx::query_scalar(READ).fetch_one(pool).await?),
        }
    }
}

impl ChangeSet {
    /// On SQLite nobody else writes from the transaction's first statement on, so that what holds then holds at its end.
    pub(super) async fn rights_hold_at_first(&mut self) -> Result<(), ActFault> {
        if self.dialect == Dialect::Sqlite { self.rights_hold(READ).await } else { Ok(()) }
    }

    /// On PostgreSQL others write meanwhile: the last statement looks, and lets nobody change it before the commit.
    pub(super) async fn rights_hold_at_last(&mut self) -> Result<(), ActFault> {
        if self.dialect == Dialect::Postgres { self.rights_hold(READ_AND_HOLD).await } else { Ok(()) }
    }

    async fn rights_hold(&mut self, question: &str) -> Result<(), ActFault> {
        let sql = Sql::from_string(self.transaction.get_database_backend(), question);
        let row = self.transaction.query_one_raw(sql).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound("access_epoch".to_owned()))?;
        let (epoch, own): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        self.epoch_after = epoch;
        let known = self.intent.actor.known.as_ref();
        if known.is_none_or(|known| epoch - own == known.epoch) { Ok(()) } else { Err(ActFault::RightsChanged) }
    }
}
