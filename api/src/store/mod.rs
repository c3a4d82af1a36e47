//! The only owner of connections.
//!
//! Readers take a [`Snapshot`] and can only read. Whoever writes does it in a [`ChangeSet`]: one transaction that
//! locks the history of each organization it touches, demands a [`Granted`] for every row, and leaves the history,
//! the event and the outcome behind. Trusted data that comes in bulk goes through a [`Loader`].
#![expect(clippy::disallowed_methods, reason = "the store is where reading and writing are guarded")]

mod access_epoch;
mod actors;
mod backend;
mod backup;
mod change;
mod change_set;
pub mod clock;
mod columns;
mod erase;
mod fault;
mod granted;
mod history;
mod keys;
mod load;
mod origins;
pub mod outbox;
mod parts;
mod reads;
mod recorded;
mod registry;
pub mod sealed;
mod seen;
mod setting;
mod subtrees;
#[cfg(test)]
mod tests;
mod verify;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait as _,
};

pub use backend::Settings;
pub use change::{Changed, Idempotency, Intent};
pub use change_set::ChangeSet;
pub use clock::{Clock, SystemClock, TurnedClock};
pub use erase::{ERASED, ERASED_NAME};
pub use fault::{ActFault, StoreFault};
pub use granted::{
    AnswerFinding, Appoint, Approve, ApprovePlan, ApproveProcess, Confirm, ControlPlan, DirectSystem, DoAudit,
    Formulate, FormulatePlan, FormulateProcess, Granted, KeepMember, KeepOrganization, KeepPersonalData,
    NameAdministrator, PlanAudit, Publish, Report, Sign, Verb, Verify,
};
pub use history::Sealed;
pub use load::{Loaded, Loader};
pub use recorded::{Catalogue, Owned, Recorded};
pub use verify::Verified;

use crate::{
    graph::error::{ErrorCode, Refusal},
    metrics::Sample,
    reader::{
        snapshot::{Snapshot, StatementCount},
        sql::Dialect,
    },
};
use access_epoch::AccessEpoch;
use backend::{Backend, Company, Readers};

/// An open database: everything that reads or writes goes through it.
pub struct Store {
    backend: Backend,
    clock: Arc<dyn Clock>,
    statements: StatementCount,
    deadline: Duration,
    patience: Duration,
    access: AccessEpoch,
    reads: reads::ReadLog,
    outbox: outbox::Outbox,
    /// Held by whoever verifies a chain.
    verifying: tokio::sync::Mutex<()>,
}

impl Store {
    /// Opens the database; SQLite's file and folder are created when they are missing. It does not migrate.
    ///
    /// # Errors
    /// Whatever keeps the service from starting, in words for whoever starts it.
    pub async fn open(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, StoreFault> {
        Self::open_in(settings, clock, Company::Welcome).await
    }

    /// The same for what no service may notice: with [`StoreFault::InUse`] when another process has the SQLite file open,
    /// and none opens it meanwhile.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_alone(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self, StoreFault> {
        Self::open_in(settings, clock, Company::Refused).await
    }

    async fn open_in(settings: &Settings, clock: Arc<dyn Clock>, company: Company) -> Result<Self, StoreFault> {
        let backend = Backend::open(settings, company).await?;
        let (deadline, patience) = (settings.deadline, settings.patience());
        Ok(Self {
            backend,
            clock,
            statements: StatementCount::default(),
            deadline,
            patience,
            access: AccessEpoch::default(),
            reads: reads::ReadLog::default(),
            outbox: outbox::Outbox::default(),
            verifying: tokio::sync::Mutex::default(),
        })
    }

    /// Brings the tables up to date; several replicas may do it at once.
    pub async fn migrate(&self) -> Result<(), StoreFault> {
        let Readers::Postgres { pool, .. } = &self.backend.readers else {
            return Ok(Migrator::up(&self.backend.writer, None).await?);
        };
        // A lock of the session, because a step may need several transactions; it falls when the connection closes.
        const MIGRATING: i64 = 0x4172_7469_6375_6c61;
        let mut turn = pool.acquire().await?;
        turn.close_on_drop();
        sqlx::query("SELECT pg_advisory_lock($1)").bind(MIGRATING).execute(&mut *turn).await?;
        let migrated = Migrator::up(&self.reader(), None).await;
        sqlx::query("SELECT pg_advisory_unlock($1)").bind(MIGRATING).execute(&mut *turn).await?;
        Ok(migrated?)
    }

    /// How many migration steps have not run yet.
    pub async fn pending_migrations(&self) -> Result<usize, StoreFault> {
        Ok(Migrator::get_pending_migrations(&self.backend.writer).await?.len())
    }

    /// Does the database answer?
    pub async fn ping(&self) -> Result<(), StoreFault> {
        match &self.backend.readers {
            Readers::Sqlite { pool, .. } => sqlx::query("SELECT 1").execute(pool).await.map(drop)?,
            Readers::Postgres { pool, .. } => sqlx::query("SELECT 1").execute(pool).await.map(drop)?,
        }
        Ok(())
    }

    /// A connection to read with; it goes back to its pool when the snapshot is dropped.
    pub async fn snapshot(&self) -> Result<Snapshot<'static>, StoreFault> {
        if self.backend.halt.is_said() {
            return Err(StoreFault::Halted);
        }
        Ok(match &self.backend.readers {
            Readers::Sqlite { inline, .. } => Snapshot::Sqlite(inline.take(self.until()).map_err(StoreFault::Read)?),
            Readers::Postgres { answers, .. } => Snapshot::Postgres(answers.take().await?),
        })
    }

    /// When the database stops working on a request that comes now.
    pub fn until(&self) -> Instant {
        Instant::now() + self.patience
    }

    /// Stops whatever requests still run, and lets none begin: the service stops and has waited long enough.
    pub fn halt(&self) {
        self.backend.halt.say();
    }

    /// What to tell whoever's request was stopped.
    pub fn stopped(&self) -> Refusal {
        match self.backend.halt.is_said() {
            true => ErrorCode::Unavailable.into(),
            false => ErrorCode::DeadlineExceeded.with("seconds", self.deadline.as_secs()),
        }
    }

    /// How many statements readers have run.
    pub fn statements(&self) -> &StatementCount {
        &self.statements
    }

    /// What is counted of it.
    pub fn sample(&self) -> Sample {
        let of_pool = |size: u32, idle: usize| {
            [("beside", "idle", idle), ("beside", "busy", (size as usize).saturating_sub(idle))]
        };
        let (beside, answers) = match &self.backend.readers {
            Readers::Sqlite { pool, inline, .. } => {
                (of_pool(pool.size(), pool.num_idle()), vec![("answers", "idle", inline.resting())])
            }
            Readers::Postgres { pool, answers } => {
                let answers = [("answers", "idle", answers.resting()), ("answers", "free", answers.free())];
                (of_pool(pool.size(), pool.num_idle()), answers.to_vec())
            }
        };
        Sample { statements: self.statements.get(), connections: [beside.to_vec(), answers].concat() }
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        match self.backend.readers {
            Readers::Sqlite { .. } => Dialect::Sqlite,
            Readers::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// The clock that it was opened with.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Waits for what is under way and closes every connection.
    pub async fn close(&self) {
        if let Err(fault) = self.flush_reads().await {
            tracing::error!(%fault, "reads of personal data could not be recorded");
        }
        match &self.backend.readers {
            Readers::Sqlite { pool, inline, .. } => {
                inline.close();
                pool.close().await;
            }
            Readers::Postgres { pool, answers } => {
                answers.close().await;
                pool.close().await;
            }
        }
        if let Err(fault) = self.backend.writer.close_by_ref().await {
            tracing::warn!(%fault, "closing the writer");
        }
    }

    /// For statements of sea-orm outside of requests' answers; on SQLite it cannot write.
    fn reader(&self) -> DatabaseConnection {
        match &self.backend.readers {
            Readers::Sqlite { pool, .. } => pool.clone().into(),
            Readers::Postgres { pool, .. } => pool.clone().into(),
        }
    }

    /// One state of the database, which nobody waits for.
    async fn reading(&self) -> Result<DatabaseTransaction, DbErr> {
        match self.dialect() {
            Dialect::Sqlite => self.reader().begin().await,
            Dialect::Postgres => {
                let (isolation, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                self.reader().begin_with_config(Some(isolation), Some(access)).await
            }
        }
    }

    /// A write transaction that is stopped after a moment. On SQLite it holds the write lock from its first moment.
    async fn begin(&self, until: Instant) -> Result<DatabaseTransaction, DbErr> {
        let transaction = begin_writing(&self.backend.writer).await?;
        if let Readers::Sqlite { limit, .. } = &self.backend.readers {
            limit.set(Some(until));
        }
        Ok(transaction)
    }

    /// The same for trusted data, which takes the time that it takes.
    async fn begin_loading(&self) -> Result<DatabaseTransaction, DbErr> {
        match &self.backend.readers {
            Readers::Postgres { pool, .. } => begin_writing(&pool.clone().into()).await,
            Readers::Sqlite { limit, .. } => {
                let transaction = begin_writing(&self.backend.writer).await?;
                limit.set(None);
                Ok(transaction)
            }
        }
    }
}

async fn begin_writing(writer: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let mode = SqliteTransactionMode::Immediate;
    let options = TransactionOptions { sqlite_transaction_mode: Some(mode), ..Default::default() };
    writer.begin_with_options(options).await
}
