//! `articula token`

use anyhow::{Result, bail};
use articula::access::{DevelopmentKey, rules};
use articula::config::Config;
use articula::exchange::demo;
use chrono::{DateTime, TimeDelta, Utc};
use entity::access::Role;

/// The role of a token when nobody says which.
const DEFAULT_ROLE: Role = Role::QualityLeader;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The demonstration account with this role, such as QUALITY_LEADER.
    #[arg(long, value_parser = role, conflicts_with = "subject")]
    role: Option<Role>,
    /// Any account of the issuer of development tokens, by its subject.
    #[arg(long)]
    subject: Option<String>,
    /// How long it is good, in minutes.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=525_600), value_name = "N")]
    minutes: u32,
}

/// A role by its name.
pub(super) fn role(text: &str) -> Result<Role, String> {
    let term = Role::VOCABULARY.by_name(&text.to_ascii_uppercase().replace('-', "_"));
    term.and_then(|term| Role::from_number(term.number)).ok_or_else(|| {
        let names: Vec<_> = Role::VOCABULARY.terms.iter().map(|term| term.name).collect();
        format!("there is no such role; choose one of {}", names.join(", "))
    })
}

/// Prints the token alone on standard output, so that it can be put into a variable; what it is goes to standard error.
pub fn run(args: &Args, config: &Config, now: DateTime<Utc>) -> Result<()> {
    let role = args.role.unwrap_or(DEFAULT_ROLE);
    let subject = match args.subject.clone().or_else(|| demo::subject(role)) {
        Some(subject) => subject,
        None => bail!("the demonstration has no account with the role {}; name one with --subject", rules::name(role)),
    };
    let life = TimeDelta::minutes(args.minutes.into());
    if let Some(longest) = config.tokens.max_lifetime.filter(|longest| life.num_seconds() > longest.as_secs() as i64) {
        bail!(
            "a token of {} minutes is not believed: tokens.max_lifetime_hours is {}; give --minutes {} or fewer",
            args.minutes,
            longest.as_secs() / 3_600,
            longest.as_secs() / 60,
        );
    }
    let key = DevelopmentKey::open(&config.database.data_folder())?;
    let token = key.sign(&subject, now, life)?;
    eprintln!("a development token for {subject}, good for {} minutes; only `serve --demo` believes it", args.minutes);
    println!("{token}");
    Ok(())
}
