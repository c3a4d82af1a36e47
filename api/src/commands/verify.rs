//! `articula verify`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use articula::config::Config;

use super::Backing;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this organization, by its id in the graph; without it, every one.
    #[arg(long, value_name = "ID")]
    organization: Option<String>,
    /// A file with the signed text of a receipt, which the history must bear out.
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
}

/// What was found of one history.
#[derive(Debug)]
pub struct Chain {
    /// The organization, by name and id.
    pub organization: String,
    /// How many entries stand, from the first.
    pub count: i64,
    /// The hash of the last of them.
    pub head: String,
    /// What is wrong, in words.
    pub wrong: Option<String>,
}

pub async fn run(args: &Args, config: &Config, backing: &impl Backing) -> Result<ExitCode> {
    // To open an embedded database makes its file: an empty history would look like a good one.
    if config.database.file().is_some_and(|database| !database.exists()) {
        bail!("there is no database at {}; check database.url", config.database.shown());
    }
    let receipt = args.receipt.as_ref().map(std::fs::read_to_string).transpose();
    let receipt = receipt.context("the receipt cannot be read; give the file with its signed text")?;
    let mut altered = 0;
    let chains = backing.verify(config, args.organization.as_deref(), receipt.as_deref()).await?;
    for chain in &chains {
        let Chain { organization, count, head, wrong } = chain;
        match wrong {
            None => println!("intact   {organization}: {count} entries, head {head}"),
            Some(wrong) => {
                altered += 1;
                println!("ALTERED  {organization}: {wrong}; {count} entries before stand");
            }
        }
    }
    println!("{} histories verified, {altered} altered", chains.len());
    Ok(if altered == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
