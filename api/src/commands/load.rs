//! `articula load reference` and `articula load demo`

use std::path::PathBuf;

use anyhow::Result;
use articula::access::rules;
use articula::config::Config;
use clap::Subcommand;

use super::Backing;

#[derive(Debug, Subcommand)]
pub enum Load {
    /// The national catalogues: territory, certified entities, coverage, kinds of units, jobs.
    Reference {
        /// A folder with the same files as `reference/`; without it, those shipped with the program.
        folder: Option<PathBuf>,
    },
    /// The demonstration data: invented people and structures for all certified entities.
    Demo {
        /// How many times the ordinary size, for benchmarks.
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100), value_name = "N")]
        scale: u32,
        /// Removes the demonstration data that are there and makes them new.
        #[arg(long)]
        reset: bool,
    },
}

pub async fn run(what: &Load, config: &Config, backing: &impl Backing) -> Result<()> {
    match what {
        Load::Reference { folder } => {
            for loaded in backing.load_reference(config, folder.as_deref()).await? {
                println!("{:>7} {}", loaded.rows, loaded.what);
            }
        }
        Load::Demo { scale, reset } => {
            let demonstration = backing.load_demonstration(config, *scale, *reset).await?;
            println!("The demonstration data are loaded. Accounts to try, with `articula token --role ROLE`:");
            for account in demonstration.accounts {
                println!("  {:<20} {}", rules::name(account.role), account.organization);
            }
        }
    }
    Ok(())
}
