//! Where the data are.

use std::path::{Path, PathBuf};

use super::settings::{Setting, Settings, Shape};
use super::{ConfigFault, Secret};

pub(super) const SETTINGS: &[Setting] =
    &[Setting::new("database", "url", Shape::Text), Setting::new("database", "read_connections", Shape::Number)];

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// Embedded.
    Sqlite,
    /// A server, version 13 or newer.
    Postgres,
}

/// Where the data are.
#[derive(Clone, Debug)]
pub struct DatabaseConfig {
    /// The address, with its password.
    pub url: Secret,
    /// Which database the address names.
    pub backend: Backend,
    /// How many connections read at the same time, 1 to 128.
    pub read_connections: u32,
}

impl DatabaseConfig {
    pub(super) fn read(settings: &Settings) -> Result<Self, ConfigFault> {
        let url = settings.needed("database.url", "the data must be somewhere")?;
        let rest = |schemes: &[&str]| {
            schemes.iter().find_map(|scheme| url.strip_prefix(scheme)).is_some_and(|rest| !rest.is_empty())
        };
        let backend = if rest(&["sqlite://", "sqlite:"]) {
            Backend::Sqlite
        } else if rest(&["postgres://", "postgresql://"]) {
            Backend::Postgres
        } else {
            let remedy = "give sqlite://PATH or postgres://USER:PASSWORD@HOST:PORT/NAME";
            return Err(settings.fault("database.url", "is not an address of a database", remedy));
        };
        let read_connections = settings.number("database.read_connections", 1, 128)?;
        Ok(Self { url: Secret::new(url), backend, read_connections })
    }

    /// The file of an embedded database; `None` for a server and for a database in memory.
    pub fn file(&self) -> Option<&Path> {
        let path = self.url.expose().strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path).split('?').next().unwrap_or_default();
        (!path.is_empty() && path != ":memory:").then(|| Path::new(path))
    }

    /// The folder for what the service keeps beside the database, such as the development key: the folder of the embedded
    /// database's file, or else `data`.
    pub fn data_folder(&self) -> PathBuf {
        match self.file().and_then(Path::parent) {
            Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
            Some(folder) => folder.to_path_buf(),
            None => PathBuf::from("data"),
        }
    }

    /// The address as people may see it: without user, password and options.
    pub fn shown(&self) -> String {
        let url = self.url.expose();
        let bare = url.split('?').next().unwrap_or_default();
        match (bare.split_once("://"), bare.rfind('@')) {
            (Some((scheme, _)), Some(at)) if self.backend == Backend::Postgres => {
                format!("{scheme}://…@{}", &bare[at + 1..])
            }
            _ => bare.to_owned(),
        }
    }
}
