//! `articula account suspend` and `articula account reinstate`

use anyhow::Result;
use articula::access::command::Command;
use articula::config::Config;
use clap::Subcommand;

use super::{Backing, grant};

#[derive(Debug, Subcommand)]
pub enum Account {
    /// Shuts an account out of every organization, whatever its roles say.
    Suspend(grant::Account),
    /// Lets it in again.
    Reinstate(grant::Account),
}

pub async fn run(what: &Account, config: &Config, backing: &impl Backing) -> Result<()> {
    let (account, suspended) = match what {
        Account::Suspend(account) => (account, true),
        Account::Reinstate(account) => (account, false),
    };
    let store = backing.store(config).await?;
    Command(&store).suspend(&account.signing(), suspended).await?;
    store.close().await;
    println!("{}", if suspended { "shut out; a running service knows it within seconds" } else { "let in again" });
    Ok(())
}
