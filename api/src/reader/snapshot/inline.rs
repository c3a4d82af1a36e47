//! SQLite, read on the thread that asks: no other thread, nothing to wait for between BEGIN and COMMIT.
//!
//! A page costs some tens of microseconds here; handing it to a thread of its own and back costs more than that
//! (measured: `tests/benches`). A request that may bring many objects is told so beforehand (`set_heavy`) and runs on a
//! bounded number of threads for that; what takes too long is stopped by a progress handler ([`super::limit`]).

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use chrono::Datelike;
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use tokio::sync::Semaphore;

use super::{
    drivers::json_list,
    limit::{Halt, STEPS},
};
use crate::reader::{
    arguments::parse_date,
    plan::Decode,
    rows::{Cell, Rows},
    sql::{Bind, Statement},
};

/// Why SQLite could not answer.
#[derive(Debug, thiserror::Error)]
pub enum InlineFault {
    /// SQLite's own words.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// A cell was not what the declaration says.
    #[error("column {0} is not what its declaration says")]
    Cell(usize),
    /// The connection did not come back from the thread that it was lent to.
    #[error("the connection was lost")]
    Lost,
    /// The service stops.
    #[error("the service stops")]
    Halted,
}

/// Read connections to one file; each is used by one request at a time.
pub struct InlinePool {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
    /// How many resting connections are kept.
    keep: usize,
    /// How many heavy statements may run at once.
    heavy: Arc<Semaphore>,
    halt: Halt,
}

/// Heavy statements beside each other: more would only share the same cores.
const HEAVY: usize = 4;
/// Prepared statements kept by each connection.
const STATEMENTS: usize = 512;

impl InlineFault {
    /// Was it stopped, at its deadline or with the service?
    pub fn is_stopped(&self) -> bool {
        match self {
            Self::Sqlite(fault) => fault.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted),
            Self::Halted => true,
            Self::Cell(_) | Self::Lost => false,
        }
    }
}

impl InlinePool {
    /// A pool over an existing file.
    pub fn new(file: PathBuf, keep: usize, halt: Halt) -> Arc<Self> {
        Arc::new(Self { file, idle: Mutex::new(Vec::new()), keep, heavy: Arc::new(Semaphore::new(HEAVY)), halt })
    }

    /// A connection, a resting one or a new one, whose statements are stopped after a moment: on the worker's own thread
    /// nobody else could end them.
    pub fn take(self: &Arc<Self>, until: Instant) -> Result<Inline, InlineFault> {
        if self.halt.is_said() {
            return Err(InlineFault::Halted);
        }
        let resting = self.idle.lock().unwrap_or_else(|broken| broken.into_inner()).pop();
        let connection = match resting {
            Some(connection) => connection,
            None => self.open()?,
        };
        let halt = self.halt.clone();
        connection.progress_handler(STEPS, Some(move || halt.is_said() || Instant::now() > until))?;
        Ok(Inline { connection: Some(connection), pool: self.clone(), open: false, heavy: false })
    }

    fn open(&self) -> Result<Connection, InlineFault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.execute_batch(
            "PRAGMA query_only = on; PRAGMA mmap_size = 268435456; PRAGMA cache_size = -16384; PRAGMA temp_store = memory;",
        )?;
        Ok(connection)
    }

    /// How many connections rest.
    pub fn resting(&self) -> usize {
        self.idle.lock().unwrap_or_else(|broken| broken.into_inner()).len()
    }

    /// Closes the resting connections.
    pub fn close(&self) {
        self.idle.lock().unwrap_or_else(|broken| broken.into_inner()).clear();
    }
}

/// A connection in use; it goes back to its pool unless a read transaction is still open on it.
pub struct Inline {
    connection: Option<Connection>,
    pool: Arc<InlinePool>,
    open: bool,
    heavy: bool,
}

impl Drop for Inline {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let mut idle = self.pool.idle.lock().unwrap_or_else(|broken| broken.into_inner());
        if !self.open && idle.len() < self.pool.keep {
            idle.push(connection);
        }
    }
}

impl Inline {
    fn connection(&self) -> Result<&Connection, InlineFault> {
        self.connection.as_ref().ok_or(InlineFault::Lost)
    }

    /// Opens the read transaction.
    pub fn begin(&mut self) -> Result<(), InlineFault> {
        self.open = true;
        self.connection()?.prepare_cached("BEGIN")?.execute([])?;
        Ok(())
    }

    /// Ends the read transaction.
    pub fn end(&mut self) -> Result<(), InlineFault> {
        self.connection()?.prepare_cached("COMMIT")?.execute([])?;
        self.open = false;
        Ok(())
    }

    /// From here on statements run on a thread for what may take long, so that the worker can go on with others.
    pub fn set_heavy(&mut self) {
        self.heavy = true;
    }

    /// Runs a statement and decodes its rows.
    pub async fn fetch(&mut self, statement: Statement, decodes: &[Decode]) -> Result<Rows, InlineFault> {
        if !self.heavy {
            return fetch(self.connection()?, &statement, decodes);
        }
        let turn = self.pool.heavy.clone().acquire_owned().await.map_err(|_| InlineFault::Lost)?;
        if self.pool.halt.is_said() {
            return Err(InlineFault::Halted);
        }
        // The connection goes along and comes back. Should nobody wait any more, it is closed over there.
        let connection = self.connection.take().ok_or(InlineFault::Lost)?;
        let decodes = decodes.to_vec();
        let work = tokio::task::spawn_blocking(move || {
            let rows = fetch(&connection, &statement, &decodes);
            drop(turn);
            (connection, rows)
        });
        let (connection, rows) = work.await.map_err(|_| InlineFault::Lost)?;
        self.connection = Some(connection);
        rows
    }
}

fn fetch(connection: &Connection, statement: &Statement, decodes: &[Decode]) -> Result<Rows, InlineFault> {
    let mut rows = Rows::new(decodes.len());
    let mut prepared = connection.prepare_cached(&statement.text)?;
    for (number, bind) in statement.binds.iter().enumerate() {
        self::bind(&mut prepared, number + 1, bind)?;
    }
    let mut found = prepared.raw_query();
    while let Some(row) = found.next()? {
        for (column, decode) in decodes.iter().enumerate() {
            decode_cell(row.get_ref(column)?, *decode, &mut rows).ok_or(InlineFault::Cell(column))?;
        }
    }
    Ok(rows)
}

fn bind(statement: &mut rusqlite::Statement<'_>, place: usize, bind: &Bind) -> rusqlite::Result<()> {
    if let Some(list) = json_list(bind) {
        return statement.raw_bind_parameter(place, list);
    }
    match bind {
        Bind::Text(text) => statement.raw_bind_parameter(place, text),
        Bind::Int(number) => statement.raw_bind_parameter(place, number),
        Bind::Small(number) => statement.raw_bind_parameter(place, number),
        Bind::Bool(truth) => statement.raw_bind_parameter(place, truth),
        Bind::Uuid(uuid) => statement.raw_bind_parameter(place, uuid.as_bytes().as_slice()),
        Bind::Date(date) => statement.raw_bind_parameter(place, date.to_string()),
        Bind::Bytes(bytes) => statement.raw_bind_parameter(place, bytes),
        Bind::Texts(_) | Bind::Ints(_) | Bind::Uuids(_) | Bind::Dates(_) => Ok(()),
    }
}

fn decode_cell(value: ValueRef<'_>, decode: Decode, rows: &mut Rows) -> Option<()> {
    match (value, decode) {
        (ValueRef::Null, _) => rows.push(Cell::Null),
        (ValueRef::Blob(bytes), Decode::Uuid) => rows.push(Cell::Uuid(bytes.try_into().ok()?)),
        (ValueRef::Text(bytes), Decode::Text) => rows.push_text(std::str::from_utf8(bytes).ok()?),
        (ValueRef::Text(bytes), Decode::Date) => {
            let date = parse_date(std::str::from_utf8(bytes).ok()?)?;
            rows.push(Cell::Date(date.num_days_from_ce()));
        }
        (ValueRef::Integer(number), Decode::Int | Decode::Small | Decode::Big | Decode::Bool) => {
            rows.push(Cell::Int(number));
        }
        _ => return None,
    }
    Some(())
}
