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

    /// The address as people may see it: without user, password and options. Where it cannot be told apart what is a password, only
    /// the scheme is left.
    pub fn shown(&self) -> String {
        let url = self.url.expose();
        let Some((scheme, rest)) = url.split_once("://").filter(|_| self.backend == Backend::Postgres) else {
            return url.split('?').next().unwrap_or_default().to_owned();
        };
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let host = authority.rsplit('@').next().unwrap_or_default();
        match path.contains('@') {
            true => format!("{scheme}://…"),
            false => format!("{scheme}://{host}{}", path.split('?').next().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_without_secrets() {
        for (url, shown) in [
            ("sqlite://data/a.sqlite?mode=rwc", "sqlite://data/a.sqlite"),
            ("postgres://ana:pa@ss@db:5432/articula?sslmode=require", "postgres://db:5432/articula"),
            ("postgresql://db/articula?user=ana&password=pass", "postgresql://db/articula"),
            ("postgres://ana:pa?ss@db/articula", "postgres://…"),
            ("postgres://ana:pa/ss@db/articula", "postgres://…"),
            ("postgres://db/articula?password=pa@ss", "postgres://…"),
        ] {
            let backend = if url.starts_with("sqlite") { Backend::Sqlite } else { Backend::Postgres };
            let config = DatabaseConfig { url: Secret::new(url), backend, read_connections: 1 };
            assert_eq!(config.shown(), shown, "{url}");
        }
    }

    #[test]
    fn the_data_folder_is_beside_the_file() {
        for (url, file, folder) in [
            ("sqlite://data/a.sqlite?mode=rwc", Some("data/a.sqlite"), "data"),
            ("sqlite:///var/lib/articula/a.sqlite", Some("/var/lib/articula/a.sqlite"), "/var/lib/articula"),
            ("sqlite:a.sqlite", Some("a.sqlite"), "."),
            ("sqlite::memory:", None, "data"),
        ] {
            let config = DatabaseConfig { url: Secret::new(url), backend: Backend::Sqlite, read_connections: 1 };
            assert_eq!(config.file(), file.map(Path::new), "{url}");
            assert_eq!(config.data_folder(), Path::new(folder), "{url}");
        }
    }
}
