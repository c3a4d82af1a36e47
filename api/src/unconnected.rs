//! What stands behind the commands in a build without store and engine: nothing, and it says so.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};
use articula::access::actor::Actor;
use articula::config::Config;
use articula::execution::{GraphRequest, GraphResponse};
use articula::graph::error::Refusal;
use articula::http::{Executor, Now};
use futures_util::future::LocalBoxFuture;

use crate::commands::{Backing, Demonstration, Finding, Loaded};

/// A build without store and engine.
pub struct Unconnected;

const MISSING: &str = "this build has no database behind it; use one that has";

impl Backing for Unconnected {
    type Executor = Nobody;

    fn now(&self) -> Now {
        #[expect(clippy::disallowed_methods, reason = "this is the root from which the clock is injected")]
        Arc::new(chrono::Utc::now)
    }

    async fn migrate(&self, _: &Config) -> Result<usize> {
        bail!(MISSING)
    }

    async fn load_reference(&self, _: &Config, _: Option<&Path>) -> Result<Vec<Loaded>> {
        bail!(MISSING)
    }

    async fn load_demonstration(&self, _: &Config, _: u32, _: bool) -> Result<Demonstration> {
        bail!(MISSING)
    }

    async fn backup(&self, _: &Config, _: &Path) -> Result<()> {
        bail!(MISSING)
    }

    async fn restore(&self, _: &Config, _: &Path) -> Result<()> {
        bail!(MISSING)
    }

    async fn open(&self, _: &Config) -> Result<impl Fn() -> Nobody + Clone + Send + 'static> {
        Err::<fn() -> Nobody, _>(anyhow::anyhow!(MISSING))
    }

    fn schema(&self) -> Result<String> {
        bail!(MISSING)
    }

    async fn examine(&self, _: &Config) -> Vec<Finding> {
        vec![Finding::wrong("database", MISSING)]
    }
}

/// An executor that cannot be.
pub enum Nobody {}

impl Executor for Nobody {
    fn execute(&self, _: GraphRequest) -> LocalBoxFuture<'_, GraphResponse> {
        match *self {}
    }

    fn sdl(&self) -> String {
        match *self {}
    }

    fn actor(&self, _: &str, _: &str) -> LocalBoxFuture<'_, Result<Arc<Actor>, Refusal>> {
        match *self {}
    }

    fn ready(&self) -> LocalBoxFuture<'_, Result<(), String>> {
        match *self {}
    }
}
