//! Where statements are run: a read transaction of its own, or the transaction of a change set.

use chrono::{Datelike, NaiveDate};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, sea_query};
use sqlx::{AssertSqlSafe, Database, Postgres, Row as _, Sqlite, ValueRef as _, pool::PoolConnection};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

use super::{
    plan::Decode,
    rows::{Cell, Rows},
    sql::{Bind, Dialect, Statement},
};

/// One state of the database, read by several statements.
pub enum Snapshot<'a> {
    /// A read transaction on SQLite.
    Sqlite(Held<Sqlite>),
    /// A read transaction on PostgreSQL.
    Postgres(Held<Postgres>),
    /// Inside a change set: what it has written so far is seen.
    Transaction(&'a DatabaseTransaction),
}

/// A connection of a pool, which takes it back only when no read transaction is open on it: a request that was
/// cancelled half-way would otherwise hand its old snapshot to whoever comes next.
pub struct Held<D: Database> {
    connection: PoolConnection<D>,
    open: bool,
}

impl<D: Database> From<PoolConnection<D>> for Held<D> {
    fn from(connection: PoolConnection<D>) -> Self {
        Self { connection, open: false }
    }
}

impl<D: Database> Drop for Held<D> {
    fn drop(&mut self) {
        if self.open {
            self.connection.close_on_drop();
        }
    }
}

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
    /// The driver says why.
    #[error("reading failed: {0}")]
    Driver(#[from] sqlx::Error),
    /// The same, inside a change set.
    #[error("reading failed: {0}")]
    Transaction(#[from] DbErr),
    /// A cell was not what the declaration says.
    #[error("column {0} is not what its declaration says")]
    Cell(usize),
}

const MICROSECONDS_OR_DAYS: i32 = 730_120; // 2000-01-01, PostgreSQL's first day, in days of the common era

impl Snapshot<'_> {
    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
            Self::Transaction(transaction) if transaction.get_database_backend() == DbBackend::Postgres => Dialect::Postgres,
            Self::Transaction(_) => Dialect::Sqlite,
        }
    }

    /// Opens the read transaction; a request of one statement needs none, because a statement is one state already.
    pub async fn begin(&mut self) -> Result<(), ReadFault> {
        match self {
            Self::Sqlite(held) => {
                held.open = true;
                sqlx::query("BEGIN").execute(&mut *held.connection).await.map(drop)?;
            }
            Self::Postgres(held) => {
                held.open = true;
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                sqlx::raw_sql(begin).execute(&mut *held.connection).await.map(drop)?;
            }
            Self::Transaction(_) => {}
        }
        Ok(())
    }

    /// Ends the read transaction.
    pub async fn end(&mut self) -> Result<(), ReadFault> {
        match self {
            Self::Sqlite(held) => {
                sqlx::query("COMMIT").execute(&mut *held.connection).await.map(drop)?;
                held.open = false;
            }
            Self::Postgres(held) => {
                sqlx::raw_sql("COMMIT").execute(&mut *held.connection).await.map(drop)?;
                held.open = false;
            }
            Self::Transaction(_) => {}
        }
        Ok(())
    }

    /// Runs a statement and decodes its rows.
    pub async fn fetch(&mut self, statement: Statement, decodes: &[Decode], count: &StatementCount) -> Result<Rows, ReadFault> {
        count.add();
        tracing::trace!(sql = %statement.text, "read");
        let mut rows = Rows::new(decodes.len());
        match self {
            Self::Sqlite(held) => {
                let mut query = sqlx::query(AssertSqlSafe(statement.text));
                for bind in statement.binds {
                    query = bind_sqlite(query, bind);
                }
                for row in query.fetch_all(&mut *held.connection).await? {
                    decode_sqlite(&row, decodes, &mut rows)?;
                }
            }
            Self::Postgres(held) => {
                let mut query = sqlx::query(AssertSqlSafe(statement.text));
                for bind in statement.binds {
                    query = bind_postgres(query, bind);
                }
                for row in query.fetch_all(&mut *held.connection).await? {
                    decode_postgres(&row, decodes, &mut rows)?;
                }
            }
            Self::Transaction(transaction) => {
                let backend = transaction.get_database_backend();
                let values = statement.binds.into_iter().map(|bind| bind_transaction(backend, bind)).collect::<Vec<_>>();
                let statement = sea_orm::Statement::from_sql_and_values(backend, statement.text, values);
                for row in transaction.query_all_raw(statement).await? {
                    match (row.try_as_sqlite_row(), row.try_as_pg_row()) {
                        (Some(row), _) => decode_sqlite(row, decodes, &mut rows)?,
                        (_, Some(row)) => decode_postgres(row, decodes, &mut rows)?,
                        _ => return Err(ReadFault::Cell(0)),
                    }
                }
            }
        }
        Ok(rows)
    }
}

type Query<'q, D> = sqlx::query::Query<'q, D, <D as Database>::Arguments>;

/// SQLite has no arrays: lists travel as JSON.
fn json_list(bind: &Bind) -> Option<String> {
    let list: serde_json::Value = match bind {
        Bind::Texts(texts) => texts.iter().cloned().collect(),
        Bind::Ints(numbers) => numbers.iter().copied().collect(),
        Bind::Uuids(uuids) => uuids.iter().map(|uuid| uuid.simple().to_string()).collect(),
        Bind::Dates(dates) => dates.iter().map(NaiveDate::to_string).collect(),
        _ => return None,
    };
    Some(list.to_string())
}

fn bind_sqlite<'q>(query: Query<'q, Sqlite>, bind: Bind) -> Query<'q, Sqlite> {
    if let Some(list) = json_list(&bind) {
        return query.bind(list);
    }
    match bind {
        Bind::Text(text) => query.bind(text),
        Bind::Int(number) => query.bind(number),
        Bind::Small(number) => query.bind(i64::from(number)),
        Bind::Bool(truth) => query.bind(truth),
        Bind::Uuid(uuid) => query.bind(uuid),
        Bind::Date(date) => query.bind(date),
        Bind::Texts(_) | Bind::Ints(_) | Bind::Uuids(_) | Bind::Dates(_) => query,
    }
}

fn bind_postgres<'q>(query: Query<'q, Postgres>, bind: Bind) -> Query<'q, Postgres> {
    match bind {
        Bind::Text(text) => query.bind(text),
        Bind::Int(number) => query.bind(number),
        Bind::Small(number) => query.bind(number),
        Bind::Bool(truth) => query.bind(truth),
        Bind::Uuid(uuid) => query.bind(uuid),
        Bind::Date(date) => query.bind(date),
        Bind::Texts(texts) => query.bind(texts),
        Bind::Ints(numbers) => query.bind(numbers),
        Bind::Uuids(uuids) => query.bind(uuids),
        Bind::Dates(dates) => query.bind(dates),
    }
}

fn bind_transaction(backend: DbBackend, bind: Bind) -> sea_query::Value {
    if backend == DbBackend::Sqlite
        && let Some(list) = json_list(&bind)
    {
        return list.into();
    }
    match bind {
        Bind::Text(text) => text.into(),
        Bind::Int(number) => number.into(),
        Bind::Small(number) => number.into(),
        Bind::Bool(truth) => truth.into(),
        Bind::Uuid(uuid) => uuid.into(),
        Bind::Date(date) => date.into(),
        Bind::Texts(texts) => texts.into(),
        Bind::Ints(numbers) => numbers.into(),
        Bind::Uuids(uuids) => uuids.into(),
        Bind::Dates(dates) => dates.into(),
    }
}

fn decode_sqlite(row: &sqlx::sqlite::SqliteRow, decodes: &[Decode], rows: &mut Rows) -> Result<(), ReadFault> {
    for (column, decode) in decodes.iter().enumerate() {
        match decode {
            Decode::Uuid => match row.try_get_unchecked::<Option<&[u8]>, _>(column)? {
                None => rows.push(Cell::Null),
                Some(bytes) => rows.push(Cell::Uuid(bytes.try_into().map_err(|_| ReadFault::Cell(column))?)),
            },
            Decode::Text => match row.try_get_unchecked::<Option<&str>, _>(column)? {
                None => rows.push(Cell::Null),
                Some(text) => rows.push_text(text),
            },
            Decode::Date => match row.try_get_unchecked::<Option<&str>, _>(column)? {
                None => rows.push(Cell::Null),
                Some(text) => {
                    let date = super::arguments::parse_date(text).ok_or(ReadFault::Cell(column))?;
                    rows.push(Cell::Date(date.num_days_from_ce()));
                }
            },
            Decode::Int | Decode::Small | Decode::Big | Decode::Bool => {
                rows.push(row.try_get_unchecked::<Option<i64>, _>(column)?.map_or(Cell::Null, Cell::Int));
            }
        }
    }
    Ok(())
}

fn decode_postgres(row: &sqlx::postgres::PgRow, decodes: &[Decode], rows: &mut Rows) -> Result<(), ReadFault> {
    for (column, decode) in decodes.iter().enumerate() {
        let value = row.try_get_raw(column)?;
        if value.is_null() {
            rows.push(Cell::Null);
            continue;
        }
        let fault = |_| ReadFault::Cell(column);
        let bytes = value.as_bytes().map_err(fault)?;
        // The wire form is binary, because every statement is prepared: numbers are big-endian.
        let number = || bytes.iter().fold(if bytes.first().is_some_and(|b| b & 0x80 != 0) { -1 } else { 0 }, |n, b| (n << 8) | i64::from(*b));
        match decode {
            Decode::Uuid => rows.push(Cell::Uuid(bytes.try_into().map_err(|_| ReadFault::Cell(column))?)),
            Decode::Text => rows.push_text(std::str::from_utf8(bytes).map_err(|_| ReadFault::Cell(column))?),
            Decode::Date => rows.push(Cell::Date(number() as i32 + MICROSECONDS_OR_DAYS)),
            Decode::Int | Decode::Small | Decode::Big | Decode::Bool => rows.push(Cell::Int(number())),
        }
    }
    Ok(())
}

/// A key as cells hold it.
pub fn uuid_cell(uuid: Uuid) -> Cell {
    Cell::Uuid(uuid.into_bytes())
}
