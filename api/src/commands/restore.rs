//! `articula restore FILE`

use std::path::PathBuf;

use anyhow::{Result, bail};
use articula::config::{Backend, Config};

use super::Backing;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A copy that `articula backup` wrote.
    file: PathBuf,
}

pub async fn run(args: &Args, config: &Config, backing: &impl Backing) -> Result<()> {
    let file = args.file.display();
    if config.database.backend == Backend::Postgres {
        bail!(
            "PostgreSQL restores its own copies; run: pg_restore --clean --if-exists --dbname=\"$DATABASE_URL\" {file}"
        );
    }
    if !args.file.is_file() {
        bail!("there is no file {file}; give the path of a copy that `articula backup` wrote");
    }
    backing.restore(config, &args.file).await?;
    println!(
        "{} holds now what {file} holds; run `articula migrate` if the copy is older than this version",
        config.database.shown()
    );
    Ok(())
}
