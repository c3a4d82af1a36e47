//! What can go wrong between the service and its database, and which of it passes when tried again.

use std::path::PathBuf;

use sea_orm::{DbErr, RuntimeErr};

use crate::{
    graph::error::{ErrorCode, Refusal},
    reader::snapshot::{InlineFault, ReadFault, database_stopped},
};

/// Why the store cannot be opened or used, in words for whoever runs the service.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The address names another kind of database. Only the part before the colon is kept: the rest may hold a password.
    #[error("the database address starts with `{0}:`; use `sqlite:FILE` or `postgres://USER@HOST/DATABASE`")]
    Scheme(String),
    /// The address cannot be read.
    #[error("the database address is not well formed: {0}")]
    Address(#[source] sqlx::Error),
    /// SQLite without a file.
    #[error("SQLite needs a file, because readers and the writer share it: use `sqlite:FILE`")]
    NoFile,
    /// The file or its folder refuses to be written.
    #[error("the database file {} cannot be written: {reason}", file.display())]
    NotWritable {
        /// The file.
        file: PathBuf,
        /// What the operating system or SQLite says.
        reason: String,
    },
    /// Nothing answers, or it does not let the service in.
    #[error("cannot connect to the database: {0}")]
    Connect(String),
    /// The server lacks what the service needs.
    #[error("PostgreSQL {found} is too old: version 13 or newer is needed")]
    TooOld {
        /// The server's version, in its own words.
        found: String,
    },
    /// A statement failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    /// A statement failed, below sea-orm.
    #[error("the database failed: {0}")]
    Driver(#[from] sqlx::Error),
    /// A connection to read with could not be opened.
    #[error("the database failed: {0}")]
    Read(#[from] InlineFault),
    /// A statement of the reader failed.
    #[error(transparent)]
    Statement(#[from] ReadFault),
    /// The key of receipts cannot be used.
    #[error("the key of receipts cannot be used: {0}")]
    Receipts(#[from] jsonwebtoken::errors::Error),
    /// PostgreSQL has its own tools for this.
    #[error("a PostgreSQL database is saved with `pg_dump` and brought back with `pg_restore`, not by this command")]
    UsePostgresTools,
    /// A backup never overwrites.
    #[error("{} exists already; name a new file", .0.display())]
    Exists(PathBuf),
    /// The file is not a database of this service, or not whole.
    #[error("{} is not a whole Articula database: {reason}", file.display())]
    NotArticula {
        /// The file.
        file: PathBuf,
        /// What is missing or broken.
        reason: String,
    },
    /// Somebody has the database open.
    #[error("{} is in use by a running service; stop it first", .0.display())]
    InUse(PathBuf),
    /// The service stops: nothing more begins.
    #[error("the service stops")]
    Halted,
    /// A setting that the service writes itself holds something else.
    #[error("the setting `{0}` in the database was altered by hand")]
    Setting(String),
}

impl StoreFault {
    /// Is it only that the service stops?
    pub fn is_stopped(&self) -> bool {
        matches!(self, Self::Halted | Self::Read(InlineFault::Halted))
    }
}

/// Why an act did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ActFault {
    /// Rules forbid it; never empty.
    #[error("refused: {}", .0.iter().map(Refusal::to_string).collect::<Vec<_>>().join(", "))]
    Refused(Vec<Refusal>),
    /// Somebody's rights changed since the actor's were read: the actor is to be read again, and the act run again.
    #[error("rights changed since the actor's were read")]
    RightsChanged,
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    /// Reading the answer failed.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// Its time was over before it was kept, or the service stops.
    #[error("stopped before it was kept")]
    Stopped,
}

impl From<Refusal> for ActFault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<ErrorCode> for ActFault {
    fn from(code: ErrorCode) -> Self {
        Refusal::from(code).into()
    }
}

impl From<Vec<Refusal>> for ActFault {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self::Refused(refusals)
    }
}

impl ActFault {
    /// Puts the paths of refusals below another, such as the argument that named the object.
    pub fn within<I>(self, outer: I) -> Self
    where
        I: IntoIterator + Clone,
        I::Item: Into<String>,
    {
        match self {
            Self::Refused(refusals) => {
                Self::Refused(refusals.into_iter().map(|refusal| refusal.within(outer.clone())).collect())
            }
            other => other,
        }
    }

    /// Was it stopped, at its deadline or with the service? Then nothing of it was kept.
    pub fn is_stopped(&self) -> bool {
        match self {
            Self::Stopped => true,
            Self::Database(fault) => database_stopped(fault),
            Self::Read(fault) => fault.is_stopped(),
            Self::Refused(_) | Self::RightsChanged => false,
        }
    }

    /// Tells of a repeated value at the argument that holds it: the database knows no arguments.
    pub fn duplicate_at(self, path: &[&str]) -> Self {
        let told = |refusal: Refusal| match refusal.code {
            ErrorCode::Duplicate if refusal.path.is_empty() => refusal.at(path.iter().copied()),
            _ => refusal,
        };
        match self {
            Self::Refused(refusals) => Self::Refused(refusals.into_iter().map(told).collect()),
            other => other,
        }
    }

    /// May the same act succeed when it is run again from the start?
    pub(super) fn passes(&self) -> bool {
        match self {
            Self::Refused(_) | Self::RightsChanged | Self::Stopped => false,
            Self::Database(fault) | Self::Read(ReadFault::Transaction(fault)) => database_passes(fault),
            Self::Read(ReadFault::Driver(fault)) => driver_passes(fault),
            // An act reads in its own transaction, never inline.
            Self::Read(ReadFault::Cell(_) | ReadFault::Inline(_)) => false,
        }
    }
}

pub(super) fn database_passes(fault: &DbErr) -> bool {
    match fault {
        DbErr::Conn(RuntimeErr::SqlxError(fault))
        | DbErr::Exec(RuntimeErr::SqlxError(fault))
        | DbErr::Query(RuntimeErr::SqlxError(fault)) => driver_passes(fault),
        _ => false,
    }
}

/// PostgreSQL's serialization failure and deadlock; SQLite's busy and locked, whose low byte is 5 or 6 in every
/// extended form.
fn driver_passes(fault: &sqlx::Error) -> bool {
    let sqlx::Error::Database(fault) = fault else { return false };
    let Some(code) = fault.code() else { return false };
    let sqlite = |code: &str| code.len() < 5 && code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6));
    matches!(&*code, "40001" | "40P01") || sqlite(&code)
}

/// SQLite's result code without its extension; `None` for anything else.
pub(super) fn sqlite_primary_code(fault: &sqlx::Error) -> Option<u32> {
    let sqlx::Error::Database(fault) = fault else { return None };
    fault.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    fault.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}

#[cfg(test)]
pub(super) use coded::Coded;

#[cfg(test)]
mod coded {
    use std::{borrow::Cow, fmt};

    /// What a driver says, for tests: a code only.
    #[derive(Debug)]
    pub struct Coded(pub &'static str);

    impl fmt::Display for Coded {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl std::error::Error for Coded {}

    impl sqlx::error::DatabaseError for Coded {
        fn message(&self) -> &str {
            self.0
        }
        fn code(&self) -> Option<Cow<'_, str>> {
            Some(self.0.into())
        }
        fn as_error(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
            self
        }
        fn as_error_mut(&mut self) -> &mut (dyn std::error::Error + Send + Sync + 'static) {
            self
        }
        fn into_error(self: Box<Self>) -> Box<dyn std::error::Error + Send + Sync + 'static> {
            self
        }
        fn kind(&self) -> sqlx::error::ErrorKind {
            sqlx::error::ErrorKind::Other
        }
    }
}
