//! `articula backup FILE`

use std::path::PathBuf;

use anyhow::{Result, bail};
use articula::config::{Backend, Config};

use super::Backing;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to write the copy; a file that exists is not overwritten.
    file: PathBuf,
}

pub async fn run(args: &Args, config: &Config, backing: &impl Backing) -> Result<()> {
    let file = args.file.display();
    if config.database.backend == Backend::Postgres {
        bail!("PostgreSQL makes its own copies; run: pg_dump --format=custom --file={file} \"$DATABASE_URL\"");
    }
    // To open an embedded database makes its file: an empty copy would look like a good one.
    if config.database.file().is_some_and(|database| !database.exists()) {
        bail!("there is no database at {}; check database.url", config.database.shown());
    }
    if args.file.exists() {
        bail!("{file} exists and is not overwritten; choose another name");
    }
    backing.backup(config, &args.file).await?;
    println!("{} was copied to {file}", config.database.shown());
    Ok(())
}
