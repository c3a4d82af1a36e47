//! What stands behind the commands: the application, its store, the files shipped with it.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use articula::app::{App, AppSettings, Service};
use articula::config::Config;
use articula::contract;
use articula::exchange::demo::{self, DemoFault, load_demo};
use articula::exchange::load::load_reference;
use articula::exchange::reference::{Fault, Files, read};
use articula::execution::{Engine, EngineSettings, rate::RateSettings};
use articula::history::receipt::ReceiptKey;
use articula::http::Now;
use articula::http::guard::Limits;
use articula::store::{Clock, Settings, Store, SystemClock, Verified};

use entity::{Id, access::Role, organization::organization};

use crate::commands::{Backing, Chain, Demonstration, DemonstrationAccount, Finding, Loaded};

/// The application of this build, by the machine's clock.
pub struct Connected;

impl Backing for Connected {
    type Executor = Service;

    fn now(&self) -> Now {
        Arc::new(|| SystemClock.now())
    }

    async fn migrate(&self, config: &Config) -> Result<usize> {
        let store = store(config).await?;
        let pending = store.pending_migrations().await?;
        store.migrate().await?;
        store.close().await;
        Ok(pending)
    }

    async fn load_reference(&self, config: &Config, folder: Option<&Path>) -> Result<Vec<Loaded>> {
        let files = match folder {
            Some(folder) => Files::from_dir(folder).map_err(broken)?,
            None => Files::embedded(),
        };
        // Read and checked whole before the database is opened: broken files load nothing.
        let data = read(&files).map_err(broken)?;
        let store = store(config).await?;
        let counts = load_reference(&store, &data).await?;
        store.close().await;
        let rows = |(table, loaded): &(&str, articula::store::Loaded)| Loaded {
            what: (*table).to_owned(),
            rows: (loaded.inserted + loaded.updated + loaded.unchanged) as usize,
        };
        Ok(counts.tables.iter().map(rows).collect())
    }

    async fn load_demonstration(&self, config: &Config, scale: u32, reset: bool) -> Result<Demonstration> {
        // Under a running service the data would change without its knowing, and without those who use it.
        let store = match reset {
            true => Store::open_alone(&settings(config), Arc::new(SystemClock)).await?,
            false => store(config).await?,
        };
        match load_demo(&store, scale, reset).await {
            Ok(summary) => eprintln!("{summary}"),
            Err(DemoFault::AlreadyThere) => eprintln!("The demonstration data are there already and are kept."),
            Err(fault) => bail!(fault),
        }
        store.close().await;
        let roles = [
            Role::QualityLeader,
            Role::SeniorManagement,
            Role::InternalControl,
            Role::UnitHead,
            Role::SfiMonitor,
            Role::NationalAdmin,
            Role::PartnerAnalyst,
        ];
        let accounts = roles.into_iter().filter_map(|role| {
            let subject = demo::subject(role)?;
            let organization = subject.rsplit('@').next().unwrap_or_default().to_owned();
            Some(DemonstrationAccount { role, subject, organization })
        });
        Ok(Demonstration { accounts: accounts.collect(), question: question() })
    }

    async fn verify(&self, config: &Config, organization: Option<&str>, receipt: Option<&str>) -> Result<Vec<Chain>> {
        let store = store(config).await?;
        if store.pending_migrations().await? > 0 {
            bail!("the database has not the tables of this version; run `articula migrate`");
        }
        let receipt = match receipt {
            Some(text) => Some(ReceiptKey::new(store.secret("receipt").await?)?.open(text)?),
            None => None,
        };
        let named = organization.map(Id::<organization::Entity>::parse);
        let wanted = match named {
            Some(None) => {
                bail!("this is no id of an organization; take it from the graph: {{ organization {{ id }} }}")
            }
            Some(id) => id,
            None => receipt.as_ref().map(|receipt| Id::from_uuid(receipt.organization)),
        };
        if receipt.as_ref().is_some_and(|receipt| Some(receipt.organization) != wanted.map(Id::uuid)) {
            bail!("the receipt is of another organization");
        }
        let mut chains = Vec::new();
        for (id, name) in store.chains().await? {
            if wanted.is_none_or(|wanted| wanted == id) {
                chains.push(chain(id, name, &store.verify_history(id, receipt.as_ref()).await?));
            }
        }
        store.close().await;
        if chains.is_empty() && wanted.is_some() {
            bail!("there is no such organization");
        }
        Ok(chains)
    }

    async fn backup(&self, config: &Config, file: &Path) -> Result<()> {
        let store = store(config).await?;
        store.backup(file).await?;
        store.close().await;
        Ok(())
    }

    async fn restore(&self, config: &Config, file: &Path) -> Result<()> {
        Ok(Store::restore(&settings(config), file).await?)
    }

    async fn open(&self, config: &Config) -> Result<impl Fn() -> Service + Clone + Send + 'static> {
        let limits = Limits { body_bytes: config.http.body_limit as u64, ..Limits::default() };
        let (introspection, max_behind) = (config.http.introspection, config.http.changes_behind);
        let rate = RateSettings { cost_a_minute: config.limits.cost_a_minute, clients: config.limits.clients.clone() };
        let max_cost = config.limits.cost;
        let over = AppSettings::over(settings(config));
        let settings = AppSettings { limits, introspection, max_cost, rate, max_behind, ..over };
        let app = Arc::new(App::build(settings, Arc::new(SystemClock)).await?);
        app.keep_uses();
        app.keep_relaying();
        let service = Service(app);
        Ok(move || service.clone())
    }

    async fn store(&self, config: &Config) -> Result<Store> {
        let store = store(config).await?;
        store.migrate().await?;
        Ok(store)
    }

    fn schema(&self) -> Result<String> {
        // None of these is part of the schema, and nothing is executed.
        let (limits, cursor_secret) = (Limits::default(), [0; 32]);
        let receipts = ReceiptKey::new([0; 32])?;
        let (rate, max_cost, max_behind) = (RateSettings::default(), 0, 0);
        let engine =
            EngineSettings { limits, introspection: true, max_cost, rate, max_behind, cursor_secret, receipts };
        Ok(Engine::<contract::Articula>::new(engine, contract::roots(), contract::acts()).sdl())
    }

    async fn examine(&self, config: &Config) -> Vec<Finding> {
        let database = format!("database {}", config.database.shown());
        // To open an embedded database makes its file, and this command changes nothing.
        if config.database.file().is_some_and(|file| !file.exists()) {
            return vec![Finding::wrong(database, "the file does not exist; run `articula migrate`")];
        }
        let store = match store(config).await {
            Ok(store) => store,
            Err(fault) => return vec![Finding::wrong(database, fault)],
        };
        let answers = match store.ping().await {
            Ok(()) => Finding::well(database),
            Err(fault) => Finding::wrong(database, fault),
        };
        let tables = match store.pending_migrations().await {
            Ok(0) => Finding::well("tables"),
            Ok(pending) => Finding::wrong("tables", format!("{pending} steps are missing; run `articula migrate`")),
            Err(fault) => Finding::wrong("tables", fault),
        };
        store.close().await;
        vec![answers, tables]
    }
}

/// What the printed `curl` asks: the structure of one secretariat as of two dates, and what changed between them.
fn question() -> String {
    let (before, after) = demo::FUNZA_CHANGED;
    let structure = "structure { number state validFrom legalAct { number date } tree { depth code name } }";
    let by = format!("by: {{ territorialEntity: {{ divipola: \"{}\" }} }}", demo::FUNZA);
    format!(
        "{{ before: organization({by}, asOf: \"{before}\") {{ name {structure} }} \
         after: organization({by}, asOf: \"{after}\") {{ {structure} \
         structureDiff(from: \"{before}\", to: \"{after}\") {{ kind nameBefore nameAfter predecessors {{ name }} successors {{ name }} legalAct {{ number date }} }} }} }}"
    )
}

/// All faults of broken files, one a line.
fn broken(faults: Vec<Fault>) -> anyhow::Error {
    let faults: Vec<_> = faults.iter().map(|fault| format!("  {fault}")).collect();
    anyhow!("nothing was loaded, because the files have {} faults:\n{}", faults.len(), faults.join("\n"))
}

/// What was found of a history, in words.
fn chain(organization: Id<organization::Entity>, name: Option<String>, found: &Verified) -> Chain {
    let wrong = match (found.first_altered, found.receipt_holds) {
        (Some(sequence), _) => Some(format!("the first altered entry is number {sequence}")),
        (None, Some(false)) => {
            Some("it has not the entry that the receipt proves: it was written anew or cut".to_owned())
        }
        (None, _) => None,
    };
    let id = organization.opaque();
    let organization = format!("{} ({id})", name.unwrap_or_else(|| "an organization that is not there".to_owned()));
    Chain { organization, count: found.count, head: found.head.clone(), wrong }
}

fn settings(config: &Config) -> Settings {
    let database = &config.database;
    let deadline = config.http.request_deadline;
    Settings { deadline, ..Settings::new(database.url.expose(), database.read_connections) }
}

async fn store(config: &Config) -> Result<Store> {
    Ok(Store::open(&settings(config), Arc::new(SystemClock)).await?)
}
