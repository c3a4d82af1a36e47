//! Saving a SQLite database to a file and bringing it back.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use migration::{Migrator, MigratorTrait as _};
use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use super::{
    Settings, Store, StoreFault,
    backend::{Readers, beside, dialect, for_its_owner, lock_file, not_writable, sqlite_options},
};
use crate::reader::sql::Dialect;

impl Store {
    /// Saves the whole database, as it is at this moment, to a new file, while others read and write.
    ///
    /// # Errors
    /// [`StoreFault::Exists`] when the file is there already; [`StoreFault::UsePostgresTools`] on PostgreSQL.
    pub async fn backup(&self, target: &Path) -> Result<(), StoreFault> {
        let Readers::Sqlite { file, .. } = &self.backend.readers else { return Err(StoreFault::UsePostgresTools) };
        if target.exists() {
            return Err(StoreFault::Exists(target.to_owned()));
        }
        let source = SqliteConnectOptions::new().filename(file).disable_statement_logging().connect().await?;
        copy(source, target).await
    }

    /// Puts a backup in the place of the database that the settings name. Either all of it, or nothing.
    ///
    /// # Errors
    /// [`StoreFault::NotArticula`] when the file is no whole database of this service or one of a newer version;
    /// [`StoreFault::InUse`] while a service has the database open; [`StoreFault::UsePostgresTools`] on PostgreSQL.
    pub async fn restore(settings: &Settings, source: &Path) -> Result<(), StoreFault> {
        if dialect(&settings.url)? == Dialect::Postgres {
            return Err(StoreFault::UsePostgresTools);
        }
        let (options, file) = sqlite_options(&settings.url)?;
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|reason| not_writable(&file, reason))?;
        }
        // Held until the end, so that no service starts on half of it.
        let lock = lock_file(&file).map_err(|reason| not_writable(&file, reason))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreFault::InUse(file)),
            Err(TryLockError::Error(reason)) => return Err(not_writable(&file, reason)),
        }
        let checked = check(source).await?;
        copy(checked, &file_of_restore(&file)).await?;
        settle(options, &file).await;
        swap(&file).map_err(|reason| not_writable(&file, reason))
    }
}

fn file_of_restore(file: &Path) -> PathBuf {
    beside(file, "-restored")
}

/// Opens a file that is whole and ours.
async fn check(source: &Path) -> Result<SqliteConnection, StoreFault> {
    let broken = |reason: String| StoreFault::NotArticula { file: source.to_owned(), reason };
    let failed = |fault: sqlx::Error| broken(fault.to_string());
    let options = SqliteConnectOptions::new().filename(source).read_only(true).disable_statement_logging();
    let mut connection = options.connect().await.map_err(failed)?;
    let state: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut connection).await.map_err(failed)?;
    if state != "ok" {
        return Err(broken(state));
    }
    let ours = "SELECT count(*) FROM sqlite_schema \
        WHERE type = 'table' AND name IN ('seaql_migrations', 'chain_head', 'history_entry', 'setting')";
    let ours: i64 = sqlx::query_scalar(ours).fetch_one(&mut connection).await.map_err(failed)?;
    if ours != 4 {
        return Err(broken("its tables are not those of this service".to_owned()));
    }
    let steps = sqlx::query_scalar("SELECT version FROM seaql_migrations").fetch_all(&mut connection).await;
    let known = Migrator::migrations();
    let unknown = |step: &String| known.iter().all(|known| known.name() != step);
    match steps.map_err(failed)?.into_iter().find(unknown) {
        Some(step) => Err(broken(format!("a newer version of the service wrote it ({step})"))),
        None => Ok(connection),
    }
}

/// Writes what a connection sees to a file, whole or not at all.
async fn copy(mut source: SqliteConnection, target: &Path) -> Result<(), StoreFault> {
    let failed = |reason: std::io::Error| not_writable(target, reason);
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let partial = beside(target, "-partial");
    let _ = fs::remove_file(&partial);
    // SQLite writes into an empty file that is there, and leaves it to whom it belongs.
    for_its_owner().write(true).create_new(true).open(&partial).map_err(failed)?;
    let path = partial.to_string_lossy().into_owned();
    let copied = sqlx::query("VACUUM INTO ?").bind(path).execute(&mut source).await;
    source.close().await?;
    if let Err(fault) = copied {
        let _ = fs::remove_file(&partial);
        return Err(not_writable(target, fault));
    }
    // SQLite leaves the copy to the operating system: it must be on the disk before it gets its name.
    File::options().write(true).open(&partial).and_then(|file| file.sync_all()).map_err(failed)?;
    fs::rename(&partial, target).map_err(failed)
}

/// Brings what the old database has in its log into its file, so that no log is left to be taken for the new one's.
async fn settle(options: SqliteConnectOptions, file: &Path) {
    if file.exists()
        && let Ok(old) = options.create_if_missing(false).journal_mode(SqliteJournalMode::Delete).connect().await
    {
        // What cannot be closed is a database that nobody can read any more; it goes.
        let _ = old.close().await;
    }
}

fn swap(file: &Path) -> std::io::Result<()> {
    for log in ["-wal", "-shm"] {
        match fs::remove_file(beside(file, log)) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => return Err(fault),
            _ => {}
        }
    }
    fs::rename(file_of_restore(file), file)?;
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        // The new name, too, must survive a power cut. Where folders cannot be synced, the system does it itself.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}
