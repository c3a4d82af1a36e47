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
    ConnectOptions as _, PgPool, Row as _, SqlitePool,
    pool::PoolOptions,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::{StoreFault, fault};
use crate::reader::{
    snapshot::{InlinePool, PostgresPool},
    sql::Dialect,
};

/// Where the database is, and how many may read at once.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:FILE`, `postgres://…` or `postgresql://…`.
    pub url: String,
    /// Connections kept for reading; at least 1.
    pub read_connections: u32,
}

/// Writers that wait for each other only when they change the same organization (PostgreSQL).
const WRITE_CONNECTIONS: u32 = 8;
/// How long SQLite waits for a lock held by another process before it says "busy".
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a request waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(20);
/// A connection that rested longer is tried before it is used: the server may have gone meanwhile.
const RESTED: Duration = Duration::from_secs(30);
/// Prepared statements kept by each connection.
const STATEMENTS: usize = 512;
const OLDEST_POSTGRES: i32 = 13_00_00;

/// Open pools: one to read, one to write.
pub(super) struct Backend {
    pub readers: Readers,
    pub writer: DatabaseConnection,
}

pub(super) enum Readers {
    /// The lock says to `restore` that the file is in use, until it is dropped.
    Sqlite {
        /// For the few statements that are no part of an answer.
        pool: SqlitePool,
        /// For answers.
        inline: Arc<InlinePool>,
        file: PathBuf,
        _lock: File,
    },
    Postgres {
        /// For the few statements that are no part of an answer.
        pool: PgPool,
        /// For answers.
        answers: Arc<PostgresPool>,
    },
}

impl Backend {
    pub async fn open(settings: &Settings) -> Result<Self, StoreFault> {
        match dialect(&settings.url)? {
            Dialect::Sqlite => open_sqlite(settings).await,
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

async fn open_sqlite(settings: &Settings) -> Result<Backend, StoreFault> {
    let (options, file) = sqlite_options(&settings.url)?;
    make_writable(&file).map_err(|reason| not_writable(&file, reason))?;
    let lock = lock_file(&file).map_err(|reason| not_writable(&file, reason))?;
    match lock.try_lock_shared() {
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
    let writer = sqlite_pool(1).connect_with(writing).await.map_err(|fault| cannot_open(&file, fault))?;
    let reading = options.create_if_missing(false).pragma("query_only", "on");
    // One of them may walk a long history.
    let pool = sqlite_pool(2);
    let pool = pool.connect_with(reading).await.map_err(|fault| cannot_open(&file, fault))?;
    let inline = InlinePool::new(file.clone(), settings.read_connections.max(1) as usize);
    Ok(Backend { readers: Readers::Sqlite { pool, inline, file, _lock: lock }, writer: writer.into() })
}

fn sqlite_pool(connections: u32) -> PoolOptions<sqlx::Sqlite> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

/// Creates the folder and the file when they are missing, and tries to write.
fn make_writable(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    // There are personal data in it: nobody else on the machine reads them. What SQLite puts beside it is made alike.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// The file beside the database that running services hold.
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
        _ => StoreFault::Connect(fault),
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
    let reader = postgres_pool(2).connect_with(options.clone()).await;
    let reader = reader.map_err(StoreFault::Connect)?;
    check_version(&reader).await?;
    // The texts of answers are few and come again and again: planned once, not for each new set of values, and never
    // compiled (their estimated costs are much higher than what they take).
    let answering = options.clone().options([("plan_cache_mode", "force_generic_plan"), ("jit", "off")]);
    let answers = PostgresPool::new(answering, settings.read_connections.max(1) as usize);
    let writer = postgres_pool(WRITE_CONNECTIONS).connect_with(options).await.map_err(StoreFault::Connect)?;
    Ok(Backend { readers: Readers::Postgres { pool: reader, answers }, writer: writer.into() })
}

fn postgres_pool(connections: u32) -> PoolOptions<sqlx::Postgres> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection: &mut sqlx::PgConnection, rest| {
            Box::pin(async move {
                use sqlx::Connection as _;
                Ok(rest.idle_for < RESTED || connection.ping().await.is_ok())
            })
        })
}

async fn check_version(pool: &PgPool) -> Result<(), StoreFault> {
    let row = sqlx::query("SELECT current_setting('server_version_num')::int4, current_setting('server_version')");
    let row = row.fetch_one(pool).await?;
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
    fn a_wrong_address_is_told_without_its_password() {
        let fault = dialect("mysql://root:secret@host/db").expect_err("no such database");
        assert!(fault.to_string().contains("`mysql:`") && !fault.to_string().contains("secret"), "{fault}");
        for url in ["sqlite::memory:", "sqlite:", "sqlite://", "sqlite:x.db?mode=memory"] {
            assert!(matches!(sqlite_options(url), Err(StoreFault::NoFile)), "{url}");
        }
    }
}
