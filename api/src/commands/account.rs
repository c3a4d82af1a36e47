//! `articula account suspend` and `articula account reinstate`

use anyhow::Result;
use articula::access::command::Command;
use articula::config::Config;
use clap::Subcommand;

use super::{Backing, grant, ran};

#[derive(Debug, Subcommand)]
pub enum Account {
    /// Shuts an account out of every organization, whatever its roles say.
    Suspend(Args),
    /// Lets it in again.
    Reinstate(Args),
}

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    account: grant::Account,
    /// Why; the history keeps it.
    #[arg(long)]
    reason: String,
}

pub async fn run(what: &Account, config: &Config, backing: &impl Backing) -> Result<()> {
    let (Args { account, reason }, suspended) = match what {
        Account::Suspend(args) => (args, true),
        Account::Reinstate(args) => (args, false),
    };
    let store = backing.store(config).await?;
    let command = Command::on(&store);
    command.suspend(&account.signing(), suspended, reason).await?;
    store.close().await;
    println!("{}", if suspended { "shut out; a running service knows it within seconds" } else { "let in again" });
    println!("{}", ran(&command));
    Ok(())
}
