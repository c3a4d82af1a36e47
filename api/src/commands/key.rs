//! `articula key create`, `rotate`, `revoke`, `list`

use anyhow::Result;
use articula::access::command::Command;
use articula::config::Config;
use chrono::NaiveDate;
use clap::Subcommand;

use super::{Backing, ran};

#[derive(Debug, Subcommand)]
pub enum Key {
    /// Makes a key and prints it, once, on standard output.
    Create {
        /// What it is for.
        #[arg(long)]
        name: String,
        /// What it opens, such as structure:write; may be given several times.
        #[arg(long = "scope", required = true)]
        scopes: Vec<String>,
        /// First day on which it is no longer good, at most 366 days ahead.
        #[arg(long)]
        valid_to: NaiveDate,
        /// Who has it: an organization's id, its NIT, or the DIVIPOLA code of its territorial entity; without it, the Ministry.
        #[arg(long)]
        organization: Option<String>,
        /// Gives it the role SERVICE in that organization too.
        #[arg(long)]
        grant: bool,
    },
    /// Gives a key a new secret and prints it, once, on standard output.
    Rotate {
        /// The 8 characters after `art_`.
        prefix: String,
        /// How long the secret before stays good.
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(i32).range(0..=168), value_name = "N")]
        overlap_hours: i32,
    },
    /// Ends a key at once.
    Revoke {
        /// The 8 characters after `art_`.
        prefix: String,
        /// Why; the history keeps it.
        #[arg(long)]
        reason: String,
    },
    /// Lists keys, without their secrets, which nobody knows.
    List {
        /// Whose; without it, all.
        #[arg(long)]
        organization: Option<String>,
    },
}

pub async fn run(what: &Key, config: &Config, backing: &impl Backing) -> Result<()> {
    let store = backing.store(config).await?;
    let command = Command::on(&store);
    match what {
        Key::Create { name, scopes, valid_to, organization, grant } => {
            let organization = command.organization(organization.as_deref()).await?;
            let key = command.create_key(organization, name, scopes, *valid_to, *grant).await?;
            eprintln!("the API key {name}, good until {valid_to}; it is not shown again");
            eprintln!("{}", ran(&command));
            println!("{}", key.expose());
        }
        Key::Rotate { prefix, overlap_hours } => {
            let key = command.rotate_key(prefix, *overlap_hours).await?;
            eprintln!("a new secret, not shown again; the one before is good for {overlap_hours} hours more");
            eprintln!("{}", ran(&command));
            println!("{}", key.expose());
        }
        Key::Revoke { prefix, reason } => {
            command.revoke_key(prefix, reason).await?;
            println!("revoked; a running service knows it within seconds");
            println!("{}", ran(&command));
        }
        Key::List { organization } => {
            let organization = match organization {
                Some(named) => Some(command.organization(Some(named)).await?),
                None => None,
            };
            for key in store.api_keys(organization).await? {
                let at = |moment: Option<entity::Moment>| moment.and_then(entity::Moment::rfc3339);
                let used = at(key.last_used_at).unwrap_or_else(|| "never".to_owned());
                let revoked = at(key.revoked_at).map(|at| format!(", revoked {at}")).unwrap_or_default();
                let scopes = key.scopes.as_slice().join(" ");
                println!("{}  {}  until {}, used {used}{revoked}  {scopes}", key.prefix, key.name, key.valid_to);
            }
        }
    }
    store.close().await;
    Ok(())
}
