//! The two databases: how connections to them are opened, and all that differs between them.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    str::FromStr as _,
    sync::Arc,
    time::Duration,
};

use sea_orm::DatabaseConnection;
use sqlx::{
    ConnectOptions as _, Connection as _, PgConnection, PgPool, Row as _, SqlitePool,
    pool::PoolOptions,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::{StoreFault, fault};
use crate::reader::{
    snapshot::{Halt, InlinePool, Limit, PostgresPool, STEPS},
    sql::Dialect,
};

/// Where the database is, and how many may read at once.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:FILE`, `postgres://…` or `postgresql://…`.
    pub url: String,
    /// Connections kept for reading; at least 1.
    pub read_connections: u32,
    /// The longest that one request may take; the database stops a little earlier, so that there is time to say so.
    pub deadline: Duration,
}

impl Settings {
    /// Settings with the ordinary deadline.
    pub fn new(url: impl Into<String>, read_connections: u32) -> Self {
        Self { url: url.into(), read_connections, deadline: Duration::from_secs(10) }
    }

    /// How much of a request's time the database gets.
    pub(super) fn patience(&self) -> Duration {
        self.deadline * 9 / 10
    }
}

/// Writers that wait for each other only when they change the same organization (PostgreSQL).
const WRITE_CONNECTIONS: u32 = 8;
/// How long SQLite waits for a lock held by another process before it says "busy".
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a request waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a server may take to let the service in.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A connection that rested longer is tried before it is used: the server may have gone meanwhile.
const RESTED: Duration = Duration::from_secs(30);
/// Prepared statements kept by each connection.
const STATEMENTS: usize = 512;
const OLDEST_POSTGRES: i32 = 13_00_00;

/// May other processes have the same SQLite file open?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Company {
    Welcome,
    Refused,
}

/// Open pools: one to read, one to write.
pub(super) struct Backend {
    pub readers: Readers,
    pub writer: DatabaseConnection,
    pub halt: Halt,
}

pub(super) enum Readers {
    /// The lock says to others that the file is in use, until it is dropped.
    Sqlite {
        /// For the few statements that are no part of an answer.
        pool: SqlitePool,
        /// For answers.
        inline: Arc<InlinePool>,
        file: PathBuf,
        /// Of the writer's present transaction.
        limit: Limit,
        _lock: File,
    },
    Postgres {
        /// For what is no part of a request and may take its time, and for the few statements that are no part of an answer.
        pool: PgPool,
        /// For answers.
        answers: Arc<PostgresPool>,
    },
}

impl Backend {
    pub async fn open(settings: &Settings, company: Company) -> Result<Self, StoreFault> {
        match dialect(&settings.url)? {
            Dialect::Sqlite => open_sqlite(settings, company).await,
            Dialect::Postgres => open_postgres(settings).await,
        }
    }
}

pub(super) fn dialect(url: &str) -> Result<Dialect, StoreFault> {
    match url.split_once(':').map_or("", |(scheme, _)| scheme) {
        "sqlite" => Ok(Dialect::Sqlite),
        "postgres" | "postgresql" => Ok(Dialect::Postgres),
        other => Err(StoreFault::Scheme(other.to_owned())),
    }
}

/// The options that every connection to the file shares, and the file.
pub(super) fn sqlite_options(url: &str) -> Result<(SqliteConnectOptions, PathBuf), StoreFault> {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    if path.is_empty() || path.contains(":memory:") || path.contains("mode=memory") {
        return Err(StoreFault::NoFile);
    }
    let options = SqliteConnectOptions::from_str(url).map_err(StoreFault::Address)?;
    let file = options.get_filename().to_owned();
    let options = options
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENTS)
        .pragma("mmap_size", "268435456")
        .pragma("cache_size", "-16384")
        .pragma("temp_store", "memory")
        .disable_statement_logging();
    Ok((options, file))
}

async fn open_sqlite(settings: &Settings, company: Company) -> Result<Backend, StoreFault> {
    let (options, file) = sqlite_options(&settings.url)?;
    make_writable(&file).map_err(|reason| not_writable(&file, reason))?;
    let lock = lock_file(&file).map_err(|reason| not_writable(&file, reason))?;
    let locked = match company {
        Company::Welcome => lock.try_lock_shared(),
        Company::Refused => lock.try_lock(),
    };
    match locked {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(StoreFault::InUse(file)),
        Err(TryLockError::Error(reason)) => return Err(not_writable(&file, reason)),
    }
    let writing = options
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // What is deleted is overwritten: erased personal data do not stay in free pages.
        .pragma("secure_delete", "on");
    let halt = Halt::default();
    let limit = Limit::new(halt.clone());
    let writer = writer_pool(limit.clone()).connect_with(writing).await.map_err(|fault| cannot_open(&file, fault))?;
    let reading = options.create_if_missing(false).pragma("query_only", "on");
    // One of them may walk a long history.
    let pool = sqlite_pool(2);
    let pool = pool.connect_with(reading).await.map_err(|fault| cannot_open(&file, fault))?;
    let inline = InlinePool::new(file.clone(), settings.read_connections.max(1) as usize, halt.clone());
    Ok(Backend { readers: Readers::Sqlite { pool, inline, file, limit, _lock: lock }, writer: writer.into(), halt })
}

fn sqlite_pool(connections: u32) -> PoolOptions<sqlx::Sqlite> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

/// The one connection that writes. SQLite may roll back by itself when a statement is stopped; the driver still waits for
/// an end of the transaction then, so such a connection is not used again.
fn writer_pool(limit: Limit) -> PoolOptions<sqlx::Sqlite> {
    sqlite_pool(1)
        .after_connect(move |connection, _| {
            let limit = limit.clone();
            Box::pin(async move {
                connection.lock_handle().await?.set_progress_handler(STEPS, move || limit.allows());
                Ok(())
            })
        })
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
}

/// Creates the folder and the file when they are missing, and tries to write.
fn make_writable(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    for_its_owner().append(true).create(true).open(file).map(drop)
}

/// Makes files that nobody else on the machine reads, for there are personal data in them. What SQLite puts beside one is
/// made alike.
pub(super) fn for_its_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The file beside the database that whoever has it open holds; the system lets go of it when the process ends, however it
/// ends.
pub(super) fn lock_file(file: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(beside(file, "-lock"))
}

/// The path with something added to its last part.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

pub(super) fn not_writable(file: &Path, reason: impl ToString) -> StoreFault {
    StoreFault::NotWritable { file: file.to_owned(), reason: reason.to_string() }
}

/// SQLite's "cannot open", "read-only" and "not a database" are about the file, the rest about the connection.
fn cannot_open(file: &Path, fault: sqlx::Error) -> StoreFault {
    match fault::sqlite_primary_code(&fault) {
        Some(8 | 14) => not_writable(file, fault),
        Some(11 | 26) => StoreFault::NotArticula { file: file.to_owned(), reason: fault.to_string() },
        _ => StoreFault::Connect(fault.to_string()),
    }
}

async fn open_postgres(settings: &Settings) -> Result<Backend, StoreFault> {
    let options = PgConnectOptions::from_str(&settings.url)
        .map_err(StoreFault::Address)?
        .application_name("articula")
        .statement_cache_capacity(STATEMENTS)
        // Acts rely on seeing what was committed while they waited for their lock.
        .options([("default_transaction_isolation", "read committed"), ("client_min_messages", "warning")])
        .disable_statement_logging();
    // Alone first: a pool would try again and again, and then only say that it took too long.
    let mut first = connect(&options).await?;
    check_version(&mut first).await?;
    first.close().await?;
    let unreachable = |fault| StoreFault::Connect(unreachable(&options, &fault));
    let reader = postgres_pool(2).connect_with(options.clone()).await.map_err(unreachable)?;
    // Of requests only: bringing the tables up to date, or loading, takes the time that it takes. Zero would mean no limit.
    let patience = settings.patience().as_millis().max(1).to_string();
    let hurried = options.clone().options([("statement_timeout", patience.as_str())]);
    // The texts of answers are few and come again and again: planned once, not for each new set of values, and never
    // compiled (their estimated costs are much higher than what they take).
    // Workers beside would mix the parts of a statement whose order says what belongs to what (`reader/together.rs`).
    let answering = hurried.clone().options([
        ("plan_cache_mode", "force_generic_plan"),
        ("jit", "off"),
        ("max_parallel_workers_per_gather", "0"),
    ]);
    let answers = PostgresPool::new(answering, settings.read_connections.max(1) as usize);
    let writer = postgres_pool(WRITE_CONNECTIONS).connect_with(hurried).await.map_err(unreachable)?;
    let readers = Readers::Postgres { pool: reader, answers };
    Ok(Backend { readers, writer: writer.into(), halt: Halt::default() })
}

fn postgres_pool(connections: u32) -> PoolOptions<sqlx::Postgres> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection: &mut sqlx::PgConnection, rest| {
            Box::pin(async move { Ok(rest.idle_for < RESTED || connection.ping().await.is_ok()) })
        })
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, StoreFault> {
    match tokio::time::timeout(CONNECT_TIMEOUT, options.connect()).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(fault)) => Err(StoreFault::Connect(unreachable(options, &fault))),
        Err(_) => Err(StoreFault::Connect(unreachable(options, &sqlx::Error::PoolTimedOut))),
    }
}

/// Why a server cannot be used, and what to do about it.
fn unreachable(options: &PgConnectOptions, fault: &sqlx::Error) -> String {
    let place = format!("{}:{}", options.get_host(), options.get_port());
    let user = options.get_username();
    let code = fault.as_database_error().and_then(|fault| fault.code().map(|code| code.into_owned()));
    match (fault, code.as_deref()) {
        (_, Some("3D000")) => {
            let database = options.get_database().unwrap_or(user);
            format!("{place} has no database {database:?}; create it, or correct the name in DATABASE_URL")
        }
        (_, Some("28P01" | "28000")) => {
            format!("{place} does not let the user {user:?} in; correct user and password in DATABASE_URL")
        }
        (_, Some("53300")) => {
            format!("{place} has no connection left; raise its max_connections, or lower database.read_connections")
        }
        (sqlx::Error::Io(reason), _) => {
            format!("nothing answers at {place} ({reason}); start PostgreSQL, or correct the address in DATABASE_URL")
        }
        (sqlx::Error::PoolTimedOut, _) => {
            format!(
                "{place} does not answer in time; look whether PostgreSQL runs there, or correct the address in DATABASE_URL"
            )
        }
        (other, _) => format!("{place} cannot be used ({other}); correct DATABASE_URL"),
    }
}

async fn check_version(connection: &mut PgConnection) -> Result<(), StoreFault> {
    let row = sqlx::query("SELECT current_setting('server_version_num')::int4, current_setting('server_version')");
    let row = row.fetch_one(connection).await?;
    newest_enough(row.try_get(0)?, row.try_get(1)?)
}

/// Compares the server's number (130004 is 13.4) with the oldest that serves.
fn newest_enough(number: i32, found: String) -> Result<(), StoreFault> {
    if number < OLDEST_POSTGRES { Err(StoreFault::TooOld { found }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_server_is_told_its_version() {
        assert!(newest_enough(13_00_00, "13.0".to_owned()).is_ok());
        let fault = newest_enough(12_00_22, "12.22".to_owned()).expect_err("too old");
        assert_eq!(fault.to_string(), "PostgreSQL 12.22 is too old: version 13 or newer is needed");
    }

    #[test]
    fn a_server_that_cannot_be_used_is_told_with_a_remedy() {
        let options = PgConnectOptions::from_str("postgres://ana:secret@db.test:5433/calidad").expect("an address");
        let says = |code| sqlx::Error::Database(Box::new(fault::Coded(code)));
        let refused = std::io::Error::from(io::ErrorKind::ConnectionRefused);
        for (fault, words) in [
            (says("3D000"), ["no database \"calidad\"", "create it"]),
            (says("28P01"), ["user \"ana\"", "password in DATABASE_URL"]),
            (says("28000"), ["user \"ana\"", "password in DATABASE_URL"]),
            (says("53300"), ["no connection left", "max_connections"]),
            (sqlx::Error::Io(refused), ["nothing answers", "start PostgreSQL"]),
            (sqlx::Error::PoolTimedOut, ["does not answer in time", "DATABASE_URL"]),
            (sqlx::Error::WorkerCrashed, ["cannot be used", "DATABASE_URL"]),
        ] {
            let told = unreachable(&options, &fault);
            assert!(told.starts_with("db.test:5433") || told.contains("at db.test:5433"), "{told}");
            assert!(words.iter().all(|word| told.contains(word)) && !told.contains("secret"), "{told}");
        }
    }

    #[test]
    fn a_wrong_address_is_told_without_its_password() {
        let fault = dialect("mysql://root:secret@host/db").expect_err("no such database");
        assert!(fault.to_string().contains("`mysql:`") && !fault.to_string().contains("secret"), "{fault}");
        for url in ["sqlite::memory:", "sqlite:", "sqlite://", "sqlite:x.db?mode=memory"] {
            assert!(matches!(sqlite_options(url), Err(StoreFault::NoFile)), "{url}");
        }
    }
}
