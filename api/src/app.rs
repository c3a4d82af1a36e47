//! The application: what `main` and every test start.

use std::{
    collections::HashMap,
    rc::Rc,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::NaiveDate;
use entity::Moment;
use futures_util::{future::LocalBoxFuture, stream::unfold};
use moka::sync::Cache;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    access::actor::{Actor, Via},
    contract::{self, Articula},
    execution::{
        Engine, EngineSettings, GraphRequest, GraphResponse,
        rate::RateSettings,
        subscription::{Begun, Who},
    },
    graph::error::{ErrorCode, Refusal},
    history::receipt::ReceiptKey,
    http::{Executor, guard::Limits},
    store::{Clock, Settings, Store, StoreFault},
};

/// How an application is built.
pub struct AppSettings {
    /// The database.
    pub store: Settings,
    /// The guard's limits.
    pub limits: Limits,
    /// May the schema be asked about itself?
    pub introspection: bool,
    /// The most that one request may cost.
    pub max_cost: u64,
    /// How much may be asked in a minute.
    pub rate: RateSettings,
    /// Most positions that who follows the changes may be behind.
    pub max_behind: u32,
}

impl AppSettings {
    /// The everyday settings over a database; nobody is limited by the minute.
    pub fn over(store: Settings) -> Self {
        let rate = RateSettings::default();
        Self { store, limits: Limits::default(), introspection: true, max_cost: MAX_COST, rate, max_behind: 10_000 }
    }
}

/// A store and an engine over it.
pub struct App {
    store: Arc<Store>,
    engine: Engine<Articula>,
    /// Each with the access epoch as of which it is.
    actors: Cache<Shown, (i64, Arc<Actor>)>,
    /// The keys' own keys, beside their actors.
    keys: Cache<Shown, (i64, Uuid, Arc<Actor>)>,
    /// When each API key was last shown, as far as that is not written down yet.
    uses: Mutex<HashMap<Uuid, Moment>>,
}

/// What was shown, and on which day: a grant begins and ends with a day.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Shown {
    what: [u8; 32],
    day: NaiveDate,
}

/// The most that one request may cost, where nothing else is set.
pub const MAX_COST: u64 = 50_000;
/// How long an actor is remembered while nobody's rights change.
const ACTOR_LIFE: Duration = Duration::from_secs(300);
/// How long an API key is: one that was replaced ends at an instant, and nothing changes then.
const KEY_LIFE: Duration = Duration::from_secs(5);
/// How often it is written down when API keys were last shown.
const USES_EVERY: Duration = Duration::from_secs(30);

impl App {
    /// Opens the database, brings it to the present tables, and starts the engine.
    pub async fn build(settings: AppSettings, clock: Arc<dyn Clock>) -> Result<Self, StoreFault> {
        let store = Arc::new(Store::open(&settings.store, clock).await?);
        store.migrate().await?;
        let engine = EngineSettings {
            limits: settings.limits,
            introspection: settings.introspection,
            max_cost: settings.max_cost,
            rate: settings.rate,
            max_behind: settings.max_behind,
            cursor_secret: store.secret("cursor").await?,
            receipts: ReceiptKey::new(store.secret("receipt").await?)?,
        };
        store.record_reads();
        Ok(Self {
            store,
            engine: Engine::new(engine, contract::roots(), contract::acts()),
            actors: Cache::builder().max_capacity(10_000).time_to_live(ACTOR_LIFE).build(),
            keys: Cache::builder().max_capacity(10_000).time_to_live(KEY_LIFE).build(),
            uses: Mutex::default(),
        })
    }

    /// Writes down every [`USES_EVERY`] when keys were last shown, as long as the application lives.
    pub fn keep_uses(self: &Arc<Self>) {
        let app = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(USES_EVERY).await;
                let Some(app) = app.upgrade() else { break };
                app.record_uses().await;
            }
        });
    }

    /// Writes down when keys were last shown. What cannot be written is kept for the next time.
    pub async fn record_uses(&self) {
        let uses = std::mem::take(&mut *self.uses.lock().unwrap_or_else(PoisonError::into_inner));
        if uses.is_empty() {
            return;
        }
        if let Err(fault) = self.store.record_uses(&uses).await {
            tracing::warn!(%fault, "the last use of API keys could not be written down");
            for (key, moment) in uses {
                self.note_use(key, moment);
            }
        }
    }

    /// Gives events their positions as long as somebody follows them; without it, [`Store::relay`] does it by hand.
    pub fn keep_relaying(&self) {
        self.store.keep_relaying();
    }

    fn note_use(&self, key: Uuid, moment: Moment) {
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        let last = uses.entry(key).or_insert(moment);
        *last = moment.max(*last);
    }

    fn shown(&self, parts: &[&str]) -> Shown {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Shown { what: hash.finalize().into(), day: self.store.clock().today() }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The schema as text.
    pub fn sdl(&self) -> String {
        self.engine.sdl()
    }

    /// The public keys of receipts, as JSON (RFC 7517).
    pub fn receipt_keys(&self) -> String {
        self.engine.receipts().published().to_string()
    }

    /// Who a verified token's issuer and subject are; a visitor when no account is known by them. What is remembered holds as
    /// long as nobody's rights change, here or on another replica.
    pub async fn actor(&self, issuer: &str, subject: &str, via: Via<'_>) -> Result<Arc<Actor>, StoreFault> {
        let epoch = self.store.access_epoch().await?;
        let key = self.shown(&[issuer, subject]);
        if let Some((_, actor)) = self.actors.get(&key).filter(|(known, _)| *known == epoch) {
            return Ok(actor);
        }
        let actor = Arc::new(self.store.actor(issuer, subject, via).await?);
        self.actors.insert(key, (epoch, actor.clone()));
        Ok(actor)
    }

    /// Who shows this API key; none when it is not good.
    pub async fn key_actor(&self, shown: &str, via: Via<'_>) -> Result<Option<Arc<Actor>>, StoreFault> {
        let epoch = self.store.access_epoch().await?;
        let remembered = self.shown(&[shown]);
        let (_, key, actor) = match self.keys.get(&remembered).filter(|(known, ..)| *known == epoch) {
            Some(known) => known,
            None => {
                let Some((key, actor)) = self.store.key_actor(shown, via).await? else { return Ok(None) };
                let known = (epoch, key, Arc::new(actor));
                self.keys.insert(remembered, known.clone());
                known
            }
        };
        self.note_use(key, self.store.clock().now().into());
        Ok(Some(actor))
    }

    /// What is counted, as Prometheus reads it, but for the mark of its end.
    pub fn metrics(&self) -> String {
        self.engine.metrics().text(&self.store.sample())
    }

    /// Executes a request.
    pub async fn execute(&self, request: GraphRequest) -> GraphResponse {
        self.engine.execute(&self.store, request).await
    }

    /// Begins what a request asks for, on a connection that stays: a subscription goes on until it is dropped, the rest is one answer.
    pub async fn begin(self: Arc<Self>, request: GraphRequest, who: Rc<dyn Who>) -> Begun {
        let changes = match self.engine.follow(&self.store, &request).await {
            Ok(Some(changes)) => changes,
            Ok(None) => return Begun::Answer(self.execute(request).await),
            Err(refused) => return Begun::Answer(refused),
        };
        Begun::Events(Box::pin(unfold((self, who, Some(changes)), |(app, who, changes)| async move {
            let mut changes = changes?;
            let event = app.engine.next(&app.store, &mut changes, who.as_ref()).await?;
            let going = event.refused.is_none().then_some(changes);
            Some((event, (app, who, going)))
        })))
    }
}

/// An application as the edge of HTTP sees it; every worker has a clone.
#[derive(Clone)]
pub struct Service(pub Arc<App>);

impl Executor for Service {
    fn execute(&self, request: GraphRequest) -> LocalBoxFuture<'_, GraphResponse> {
        Box::pin(self.0.execute(request))
    }

    fn begin(&self, request: GraphRequest, who: Rc<dyn Who>) -> LocalBoxFuture<'_, Begun> {
        Box::pin(self.0.clone().begin(request, who))
    }

    fn check(&self, document: &str) -> Result<(), Refusal> {
        self.0.engine.check(document)
    }

    fn sdl(&self) -> String {
        self.0.sdl()
    }

    fn actor<'a>(
        &'a self,
        issuer: &'a str,
        subject: &'a str,
        via: Via<'a>,
    ) -> LocalBoxFuture<'a, Result<Arc<Actor>, Refusal>> {
        Box::pin(async move {
            let actor = self.0.actor(issuer, subject, via).await.map_err(|fault| {
                tracing::error!(error = %fault, "the account could not be read");
                ErrorCode::Unavailable
            })?;
            // A believed token of somebody whom nobody invited is no way in.
            if actor.account.is_none() { Err(ErrorCode::Unauthenticated.into()) } else { Ok(actor) }
        })
    }

    fn receipt_keys(&self) -> String {
        self.0.receipt_keys()
    }

    fn metrics(&self) -> String {
        self.0.metrics()
    }

    fn halt(&self) {
        self.0.store().halt();
    }

    fn key_actor<'a>(&'a self, shown: &'a str, via: Via<'a>) -> LocalBoxFuture<'a, Result<Arc<Actor>, Refusal>> {
        Box::pin(async move {
            let actor = self.0.key_actor(shown, via).await.map_err(|fault| {
                tracing::error!(error = %fault, "the API key could not be read");
                ErrorCode::Unavailable
            })?;
            actor.ok_or_else(|| ErrorCode::Unauthenticated.into())
        })
    }

    fn finish(&self) -> LocalBoxFuture<'_, ()> {
        Box::pin(async move {
            self.0.record_uses().await;
            self.0.store().close().await;
        })
    }

    fn ready(&self) -> LocalBoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            let store = self.0.store();
            store.ping().await.map_err(|fault| fault.to_string())?;
            match store.pending_migrations().await.map_err(|fault| fault.to_string())? {
                0 => Ok(()),
                pending => Err(format!("{pending} migration steps have not run: articula migrate")),
            }
        })
    }
}
