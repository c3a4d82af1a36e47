//! The commands: what they take, and what they print. What they do to data is behind [`Backing`].

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use articula::access;
use articula::config::Config;
use articula::http::{Executor, Now};
use articula::store::Store;
use clap::{Parser, Subcommand};
use entity::access::Role;

mod account;
mod backup;
mod docs;
mod doctor;
mod grant;
mod key;
mod load;
mod migrate;
mod restore;
mod schema;
mod serve;
mod token;
mod verify;

/// Headless GraphQL service for the quality management of Colombia's Secretarías de Educación.
#[derive(Debug, Parser)]
#[command(name = "articula", version)]
pub struct Cli {
    /// The configuration file; without it, the one that ARTICULA_CONFIG names, or the defaults.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the graph over HTTP.
    Serve(serve::Args),
    /// Brings the database to the tables of this version. Does nothing when it has them.
    Migrate,
    /// Loads data.
    #[command(subcommand)]
    Load(load::Load),
    /// Writes a copy of the database to a file, while the service runs.
    Backup(backup::Args),
    /// Puts a copy in the place of the database. Stop the service first.
    Restore(restore::Args),
    /// Prints the schema, in GraphQL's own language.
    Schema,
    /// Writes the generated pages: error codes, permissions, life cycles, glossary.
    Docs(docs::Args),
    /// Prints a development token, which `serve --demo` believes.
    Token(token::Args),
    /// Gives an account a role: the first national administrator, whom no act can name.
    Grant(grant::Args),
    /// Shuts accounts out, and lets them in again.
    #[command(subcommand)]
    Account(account::Account),
    /// Makes, renews, revokes and lists API keys.
    #[command(subcommand)]
    Key(key::Key),
    /// Verifies that the history stands as it was written, entry by entry; fails when it does not.
    Verify(verify::Args),
    /// Looks at configuration, database and keys, and says what is wrong and how to mend it.
    Doctor(doctor::Args),
}

/// What the commands ask of store, engine and demonstration data. Every error is one sentence that says how to mend it.
pub trait Backing {
    /// What runs requests.
    type Executor: Executor;

    /// The clock.
    fn now(&self) -> Now;
    /// Brings the tables up to date and makes the database where there is none. Gives the number of steps taken.
    async fn migrate(&self, config: &Config) -> Result<usize>;
    /// Loads the national catalogues, from a folder or those shipped; what is there already is kept.
    async fn load_reference(&self, config: &Config, folder: Option<&Path>) -> Result<Vec<Loaded>>;
    /// Loads the demonstration data, `scale` times the ordinary size, 1 to 100; `reset` makes them new, otherwise data that are there are kept.
    async fn load_demonstration(&self, config: &Config, scale: u32, reset: bool) -> Result<Demonstration>;
    /// Verifies the history of an organization (by its opaque id) or of all, and a receipt against it.
    async fn verify(&self, config: &Config, organization: Option<&str>, receipt: Option<&str>) -> Result<Vec<Chain>>;
    /// Writes a copy of an embedded database.
    async fn backup(&self, config: &Config, file: &Path) -> Result<()>;
    /// Puts a copy in the place of an embedded database.
    async fn restore(&self, config: &Config, file: &Path) -> Result<()>;
    /// Opens the database, brings its tables up to date, and gives what makes an executor for each worker thread.
    async fn open(&self, config: &Config) -> Result<impl Fn() -> Self::Executor + Clone + Send + 'static>;
    /// Opens the database as it is, for what the command line does with accounts and keys.
    async fn store(&self, config: &Config) -> Result<Store>;
    /// The schema; needs no database.
    fn schema(&self) -> Result<String>;
    /// Looks at database and migrations. Changes nothing.
    async fn examine(&self, config: &Config) -> Vec<Finding>;
}

pub use verify::Chain;

/// What was loaded.
#[derive(Debug)]
pub struct Loaded {
    /// Which catalogue, in English plural.
    pub what: String,
    /// How many rows it has now.
    pub rows: usize,
}

/// What a newcomer needs to look at the demonstration data.
#[derive(Debug)]
pub struct Demonstration {
    /// Accounts to try, one a role.
    pub accounts: Vec<DemonstrationAccount>,
    /// A document whose answer is worth reading; the first account may ask it.
    pub question: String,
}

/// An account of the demonstration.
#[derive(Debug)]
pub struct DemonstrationAccount {
    /// What it may do.
    pub role: Role,
    /// Its subject, at the development issuer.
    pub subject: String,
    /// The name of the organization in which.
    pub organization: String,
}

/// What `doctor` found out about one thing.
#[derive(Debug)]
pub struct Finding {
    what: String,
    verdict: Verdict,
}

#[derive(Debug)]
enum Verdict {
    Well,
    /// Nothing to mend, and what it means.
    Note(String),
    /// To be mended, and how.
    Wrong(String),
}

impl Finding {
    /// It is well.
    pub fn well(what: impl Into<String>) -> Self {
        Self { what: what.into(), verdict: Verdict::Well }
    }

    /// It is as it may be, and this is what that means.
    pub fn note(what: impl Into<String>, meaning: impl ToString) -> Self {
        Self { what: what.into(), verdict: Verdict::Note(meaning.to_string()) }
    }

    /// It is not, and this is how to mend it.
    pub fn wrong(what: impl Into<String>, how: impl ToString) -> Self {
        Self { what: what.into(), verdict: Verdict::Wrong(how.to_string()) }
    }
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// One sentence: what is wrong and how to mend it.
    pub async fn run(self, backing: &impl Backing) -> Result<ExitCode> {
        let load = || Config::load(environment, self.config.as_deref());
        match self.command {
            // These two need no configuration, and `doctor` says what is wrong with it.
            Command::Docs(args) => return docs::run(&args),
            Command::Schema => schema::run(backing)?,
            Command::Verify(args) => return verify::run(&args, &load()?, backing).await,
            Command::Doctor(args) => return doctor::run(&args, load(), backing).await,
            Command::Serve(args) => serve::run(&args, load()?, backing).await?,
            Command::Migrate => migrate::run(&load()?, backing).await?,
            Command::Load(what) => load::run(&what, &load()?, backing).await?,
            Command::Backup(args) => backup::run(&args, &load()?, backing).await?,
            Command::Restore(args) => restore::run(&args, &load()?, backing).await?,
            Command::Grant(args) => grant::run(&args, &load()?, backing).await?,
            Command::Account(what) => account::run(&what, &load()?, backing).await?,
            Command::Key(what) => key::run(&what, &load()?, backing).await?,
            Command::Token(args) => token::run(&args, &load()?, (backing.now())())?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// How the history calls what a command did.
fn ran(command: &access::command::Command<'_>) -> String {
    format!("in the history under the request {}", command.request_id())
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn commands_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn commands_are_read() {
        for line in [
            "serve",
            "serve --demo --config a.toml",
            "--config a.toml serve",
            "migrate",
            "load reference",
            "load reference folder",
            "load demo --scale 10 --reset",
            "backup a.sqlite",
            "restore a.sqlite",
            "schema",
            "docs --check",
            "token --role QUALITY_LEADER --minutes 5",
            "token --subject ana",
            "grant NATIONAL_ADMIN --issuer https://id --subject ana --name Ana",
            "grant ORGANIZATION_ADMIN --issuer https://id --subject ana --name Ana --organization 25286",
            "account suspend --issuer https://id --subject ana --reason perdida",
            "account reinstate --issuer https://id --subject ana --reason hallada",
            "key create --name Cargue --scope structure:write --scope past:write --valid-to 2027-01-01 --grant",
            "key rotate abcdefgh --overlap-hours 24",
            "key revoke abcdefgh --reason perdida",
            "key list --organization 25286",
            "doctor",
            "verify",
            "verify --organization Cg --receipt recibo.txt",
        ] {
            assert!(Cli::try_parse_from(["articula"].into_iter().chain(line.split(' '))).is_ok(), "{line}");
        }
        for line in [
            "",
            "serve x",
            "load",
            "load demo --scale 0",
            "backup",
            "token --role NOBODY",
            "token --role AUDITOR --subject a",
            "token --minutes 0",
            "grant NOBODY --issuer a --subject b --name c",
            "key create --name a --valid-to 2027-01-01",
            "key rotate abcdefgh --overlap-hours 169",
            "account suspend --issuer a --reason b",
            "account suspend --issuer a --subject b",
        ] {
            assert!(Cli::try_parse_from(["articula"].into_iter().chain(line.split(' '))).is_err(), "{line}");
        }
    }
}
