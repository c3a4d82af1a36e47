//! `articula serve`

use anyhow::{Result, anyhow};
use articula::access::token::Verifier;
use articula::access::{DevelopmentKey, rules};
use articula::config::Config;
use articula::graph::error::{Locale, Refusal};
use articula::http::{Edge, Executor as _, listen, serve};
use articula::telemetry;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{Backing, Demonstration};

/// How many hours the tokens that `serve --demo` prints are good, where tokens may be good for so long.
const TOKEN_HOURS: u64 = 12;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Prepares a database with invented data, believes development tokens, and prints some. Never in production.
    #[arg(long)]
    demo: bool,
}

pub async fn run(args: &Args, config: Config, backing: &impl Backing) -> Result<()> {
    telemetry::start(&config.log)?;
    let now = backing.now();
    let (verifier, demonstration, listener) = if args.demo {
        let key = DevelopmentKey::open(&config.database.data_folder())?;
        let verifier = Verifier::with_development(&config.tokens, &key)?;
        let listener = listen(config.http.address)?;
        (verifier, Some((prepare(&config, backing).await?, key)), listener)
    } else {
        // Before the database is touched: without a key nobody could ask anything.
        let verifier = Verifier::new(&config.tokens);
        let verifier = verifier.map_err(|fault| anyhow!("{fault} (to try without one: `serve --demo`)"))?;
        (verifier, None, listen(config.http.address)?)
    };
    let longest = config.tokens.max_lifetime.map(|longest| longest.as_secs() / 3_600);
    let hours = longest.map_or(TOKEN_HOURS, |longest| longest.min(TOKEN_HOURS));
    let executors = backing.open(&config).await?;
    let last = executors();
    for document in config.http.documents.texts() {
        let fault = |refusal: Refusal| anyhow!("http.documents: {} In: {document}", refusal.message(Locale::En));
        last.check(document).map_err(fault)?;
    }
    verifier.warm(now()).await;
    let edge = Edge::new(config.http.clone(), verifier, now.clone());
    let running = serve(listener, edge, executors)?;
    let base = format!("http://{}", running.address());
    println!("Articula listens on {base}");
    if config.http.explorer {
        println!("  explorer  {base}/explorer");
    }
    println!("  graph     {base}/graphql");
    if let Some(metrics) = running.metrics() {
        println!("  metrics   http://{metrics}/metrics");
    }
    if let Some((demonstration, key)) = demonstration {
        print!("{}", invitation(&demonstration, &key, &base, (now(), hours))?);
    }
    let stopped = running.until_stopped().await;
    last.finish().await;
    Ok(stopped?)
}

/// A database with tables, catalogues and demonstration data; what is there already is kept.
async fn prepare(config: &Config, backing: &impl Backing) -> Result<Demonstration> {
    backing.migrate(config).await?;
    backing.load_reference(config, None).await?;
    backing.load_demonstration(config, 1, false).await
}

/// Tokens for several roles, and one line to try.
fn invitation(
    demonstration: &Demonstration,
    key: &DevelopmentKey,
    base: &str,
    (now, hours): (DateTime<Utc>, u64),
) -> Result<String> {
    let token = |subject: &str| key.sign(subject, now, TimeDelta::hours(hours as i64));
    let mut text = format!("\nDevelopment tokens, good for {hours} hours (more: articula token --role ROLE):\n");
    for account in &demonstration.accounts {
        let name = rules::name(account.role);
        text.push_str(&format!("\n  {name}, {}\n  {}\n", account.organization, token(&account.subject)?));
    }
    if let Some(first) = demonstration.accounts.first() {
        let token = token(&first.subject)?;
        // A quotation mark would end the shell's text.
        let body = json!({ "query": demonstration.question }).to_string().replace('\'', "\\u0027");
        text.push_str(&format!(
            "\nAn API key: articula key create --name Prueba --scope structure:read --organization 25286 --grant --valid-to DATE\n\
             \nTry:\n\n  curl -s {base}/graphql -H 'Content-Type: application/json' -H 'Authorization: Bearer {token}' -d '{body}'\n\n"
        ));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use entity::access::Role;

    use super::*;
    use crate::commands::DemonstrationAccount;

    #[test]
    fn a_newcomer_is_told_how_to_ask() {
        let folder = std::env::temp_dir().join(format!("articula-serve-{}", uuid::Uuid::now_v7()));
        let key = DevelopmentKey::open(&folder).expect("a key");
        let _ = std::fs::remove_dir_all(folder);
        let account = |role, organization: &str| DemonstrationAccount {
            role,
            subject: "somebody".into(),
            organization: organization.into(),
        };
        let demonstration = Demonstration {
            accounts: vec![account(Role::QualityLeader, "SE de Antioquia"), account(Role::Public, "SE de Antioquia")],
            question: "{ organization(name: \"it's\") { id } }".into(),
        };
        let now = DateTime::from_timestamp(1_790_000_000, 0).expect("a time");
        let text = invitation(&demonstration, &key, "http://127.0.0.1:8080", (now, 1)).expect("signed");
        assert!(text.contains("QUALITY_LEADER, SE de Antioquia\n  ey"), "{text}");
        let body = text.split("-d '").nth(1).and_then(|rest| rest.split('\'').next()).expect("a body");
        let body: serde_json::Value = serde_json::from_str(body).expect("one JSON text between the shell's marks");
        assert_eq!(body["query"], demonstration.question);
    }
}
