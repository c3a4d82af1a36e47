//! What stands behind the commands: the application, its store, the files shipped with it.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};
use articula::app::{App, AppSettings, Service};
use articula::config::Config;
use articula::contract;
use articula::execution::{Engine, EngineSettings};
use articula::http::Now;
use articula::http::guard::Limits;
use articula::store::{Clock, Settings, Store, SystemClock};

use crate::commands::{Backing, Demonstration, Finding, Loaded};

/// The application of this build, by the machine's clock.
pub struct Connected;

impl Backing for Connected {
    type Executor = Service;

    fn now(&self) -> Now {
        Arc::new(|| SystemClock.now())
    }

    async fn migrate(&self, config: &Config) -> Result<usize> {
        let store = store(config).await?;
        let pending = store.pending_migrations().await?;
        store.migrate().await?;
        store.close().await;
        Ok(pending)
    }

    async fn load_reference(&self, _: &Config, _: Option<&Path>) -> Result<Vec<Loaded>> {
        bail!("this version cannot load the national catalogues yet; use a newer one")
    }

    async fn load_demonstration(&self, _: &Config, _: u32, _: bool) -> Result<Demonstration> {
        bail!("this version has no demonstration data yet; use a newer one")
    }

    async fn backup(&self, config: &Config, file: &Path) -> Result<()> {
        let store = store(config).await?;
        store.backup(file).await?;
        store.close().await;
        Ok(())
    }

    async fn restore(&self, config: &Config, file: &Path) -> Result<()> {
        Ok(Store::restore(&settings(config), file).await?)
    }

    async fn open(&self, config: &Config) -> Result<impl Fn() -> Service + Clone + Send + 'static> {
        let limits = Limits { body_bytes: config.http.body_limit as u64, ..Limits::default() };
        let introspection = config.http.introspection;
        let settings = AppSettings { limits, introspection, ..AppSettings::over(settings(config)) };
        let service = Service(Arc::new(App::build(settings, Arc::new(SystemClock)).await?));
        Ok(move || service.clone())
    }

    fn schema(&self) -> Result<String> {
        // None of these is part of the schema, and nothing is executed.
        let (limits, cursor_secret) = (Limits::default(), [0; 32]);
        let engine = EngineSettings { limits, introspection: true, max_objects: 0, cursor_secret };
        Ok(Engine::<contract::Articula>::new(engine, contract::roots(), contract::acts()).sdl())
    }

    async fn examine(&self, config: &Config) -> Vec<Finding> {
        let database = format!("database {}", config.database.shown());
        // To open an embedded database makes its file, and this command changes nothing.
        if config.database.file().is_some_and(|file| !file.exists()) {
            return vec![Finding::wrong(database, "the file does not exist; run `articula migrate`")];
        }
        let store = match store(config).await {
            Ok(store) => store,
            Err(fault) => return vec![Finding::wrong(database, fault)],
        };
        let answers = match store.ping().await {
            Ok(()) => Finding::well(database),
            Err(fault) => Finding::wrong(database, fault),
        };
        let tables = match store.pending_migrations().await {
            Ok(0) => Finding::well("tables"),
            Ok(pending) => Finding::wrong("tables", format!("{pending} steps are missing; run `articula migrate`")),
            Err(fault) => Finding::wrong("tables", fault),
        };
        store.close().await;
        vec![answers, tables]
    }
}

fn settings(config: &Config) -> Settings {
    let database = &config.database;
    Settings { url: database.url.expose().to_owned(), read_connections: database.read_connections }
}

async fn store(config: &Config) -> Result<Store> {
    Ok(Store::open(&settings(config), Arc::new(SystemClock)).await?)
}
