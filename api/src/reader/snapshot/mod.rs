//! Where statements are run: a read transaction of its own, or the transaction of a change set.

mod drivers;
mod inline;
mod limit;
mod pooled;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, RuntimeErr};
use sqlx::{Row as _, postgres::PgRow};
use std::sync::atomic::{AtomicU64, Ordering};

pub use inline::{Inline, InlineFault, InlinePool};
pub use limit::{Halt, Limit, STEPS};
pub use pooled::{Pooled, PostgresPool};

use super::{
    plan::Decode,
    rows::Rows,
    sql::{Dialect, Statement},
    together::Cells,
};

/// One state of the database, read by several statements.
pub enum Snapshot<'a> {
    /// A read transaction on SQLite.
    Sqlite(Inline),
    /// A read transaction on PostgreSQL.
    Postgres(Pooled),
    /// Inside a change set: what it has written so far is seen.
    Transaction(&'a DatabaseTransaction),
}

/// From about so many objects on reading takes milliseconds (`docs/benchmarks.md`), which other requests of the same
/// worker should not wait for.
const HEAVY_OBJECTS: u64 = 2_000;

/// How many statements readers have run; tests compare it.
#[derive(Debug, Default)]
pub struct StatementCount(AtomicU64);

impl StatementCount {
    /// The count so far.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A database that could not answer.
#[derive(Debug, thiserror::Error)]
pub enum ReadFault {
    /// PostgreSQL's driver says why.
    #[error("reading failed: {0}")]
    Driver(#[from] sqlx::Error),
    /// SQLite says why.
    #[error("reading failed: {0}")]
    Inline(#[from] InlineFault),
    /// The same, inside a change set.
    #[error("reading failed: {0}")]
    Transaction(#[from] DbErr),
    /// A cell was not what the declaration says.
    #[error("column {0} is not what its declaration says")]
    Cell(usize),
}

impl ReadFault {
    /// Was the statement stopped, at its deadline or with the service?
    pub fn is_stopped(&self) -> bool {
        match self {
            Self::Driver(fault) => driver_stopped(fault),
            Self::Inline(fault) => fault.is_stopped(),
            Self::Transaction(fault) => database_stopped(fault),
            Self::Cell(_) => false,
        }
    }
}

/// The same of a fault that came through sea-orm.
pub fn database_stopped(fault: &DbErr) -> bool {
    match fault {
        DbErr::Conn(RuntimeErr::SqlxError(fault))
        | DbErr::Exec(RuntimeErr::SqlxError(fault))
        | DbErr::Query(RuntimeErr::SqlxError(fault)) => driver_stopped(fault),
        _ => false,
    }
}

/// PostgreSQL's "canceled" and SQLite's "interrupted".
fn driver_stopped(fault: &sqlx::Error) -> bool {
    let sqlx::Error::Database(fault) = fault else { return false };
    fault.code().is_some_and(|code| matches!(&*code, "57014" | "9"))
}

impl Snapshot<'_> {
    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
            Self::Transaction(transaction) if transaction.get_database_backend() == DbBackend::Postgres => {
                Dialect::Postgres
            }
            Self::Transaction(_) => Dialect::Sqlite,
        }
    }

    /// Opens the read transaction; a request of one statement needs none, because a statement is one state already.
    pub async fn begin(&mut self) -> Result<(), ReadFault> {
        match self {
            Self::Sqlite(connection) => Ok(connection.begin()?),
            Self::Postgres(connection) => connection.say("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", true).await,
            Self::Transaction(_) => Ok(()),
        }
    }

    /// Ends the read transaction.
    pub async fn end(&mut self) -> Result<(), ReadFault> {
        match self {
            Self::Sqlite(connection) => Ok(connection.end()?),
            Self::Postgres(connection) => connection.say("COMMIT", false).await,
            Self::Transaction(_) => Ok(()),
        }
    }

    /// Says beforehand how many objects may come: many are not read on the thread that asks.
    pub fn expect(&mut self, objects: u64) {
        if let Self::Sqlite(connection) = self
            && objects > HEAVY_OBJECTS
        {
            connection.set_heavy();
        }
    }

    /// Runs a statement and decodes its rows.
    pub async fn fetch(
        &mut self,
        statement: Statement,
        decodes: &[Decode],
        count: &StatementCount,
    ) -> Result<Rows, ReadFault> {
        count.add();
        tracing::trace!(sql = %statement.text, "read");
        let mut rows = Rows::new(decodes.len());
        let decode =
            |row: &PgRow, rows: &mut Rows| drivers::decode_postgres(row, decodes.iter().copied().enumerate(), rows);
        match self {
            Self::Sqlite(connection) => return Ok(connection.fetch(statement, decodes).await?),
            Self::Postgres(connection) => connection.fetch(statement, |row| decode(row, &mut rows)).await?,
            Self::Transaction(transaction) => {
                for row in query(transaction, statement).await? {
                    match (row.try_as_sqlite_row(), row.try_as_pg_row()) {
                        (Some(row), _) => drivers::decode_sqlite(row, decodes, &mut rows)?,
                        (_, Some(row)) => decode(row, &mut rows)?,
                        _ => return Err(ReadFault::Cell(0)),
                    }
                }
            }
        }
        Ok(rows)
    }

    /// Runs a statement of PostgreSQL whose rows are of several parts; the first column says of which.
    pub async fn fetch_parts(
        &mut self,
        statement: Statement,
        parts: &[Cells],
        count: &StatementCount,
    ) -> Result<Vec<Rows>, ReadFault> {
        count.add();
        tracing::trace!(sql = %statement.text, "read");
        let mut read: Vec<Rows> = parts.iter().map(|cells| Rows::new(cells.len())).collect();
        let mut decode = |row: &PgRow| {
            let part = row.try_get::<i32, _>(0)? as usize;
            drivers::decode_postgres(row, parts[part].iter().copied(), &mut read[part])
        };
        match self {
            Self::Sqlite(_) => return Err(ReadFault::Cell(0)),
            Self::Postgres(connection) => connection.fetch(statement, decode).await?,
            Self::Transaction(transaction) => {
                for row in query(transaction, statement).await? {
                    decode(row.try_as_pg_row().ok_or(ReadFault::Cell(0))?)?;
                }
            }
        }
        Ok(read)
    }
}

async fn query(transaction: &DatabaseTransaction, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
    let backend = transaction.get_database_backend();
    let values = statement.binds.into_iter().map(|bind| drivers::bind_transaction(backend, bind));
    let statement = sea_orm::Statement::from_sql_and_values(backend, statement.text, values.collect::<Vec<_>>());
    transaction.query_all_raw(statement).await
}
