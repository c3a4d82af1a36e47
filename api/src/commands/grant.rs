//! `articula grant`

use anyhow::Result;
use articula::access::command::{Command, Signing};
use articula::access::rules;
use articula::config::Config;
use entity::access::Role;

use super::{Backing, ran, token::role};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The role, such as NATIONAL_ADMIN.
    #[arg(value_parser = role)]
    role: Role,
    #[command(flatten)]
    account: Account,
    /// What the organization shall call it.
    #[arg(long)]
    name: String,
    /// Where the role holds: an organization's id, its NIT, or the DIVIPOLA code of its territorial entity; without it, the
    /// Ministry, which is made where there is none.
    #[arg(long)]
    organization: Option<String>,
}

/// An account, as whoever vouches for it knows it.
#[derive(Debug, clap::Args)]
pub struct Account {
    /// The issuer of its tokens (`iss`).
    #[arg(long)]
    issuer: String,
    /// What the issuer calls it (`sub`).
    #[arg(long)]
    subject: String,
}

impl Account {
    pub(super) fn signing(&self) -> Signing {
        Signing { issuer: self.issuer.clone(), subject: self.subject.clone() }
    }
}

pub async fn run(args: &Args, config: &Config, backing: &impl Backing) -> Result<()> {
    let store = backing.store(config).await?;
    let command = Command::on(&store);
    let organization = command.organization(args.organization.as_deref()).await?;
    command.grant(organization, args.role, &args.account.signing(), &args.name).await?;
    store.close().await;
    println!("{} is {} from today on, and an active member with the first sign-in", args.name, rules::name(args.role));
    println!("{}", ran(&command));
    Ok(())
}
