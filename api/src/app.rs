//! The application: what `main` and every test start.

use std::{sync::Arc, time::Duration};

use chrono::NaiveDate;
use futures_util::future::LocalBoxFuture;
use moka::sync::Cache;

use crate::{
    access::actor::Actor,
    contract::{self, Articula},
    execution::{Engine, EngineSettings, GraphRequest, GraphResponse},
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
    /// Most objects that one query may bring.
    pub max_objects: u64,
}

impl AppSettings {
    /// The everyday settings over a database.
    pub fn over(store: Settings) -> Self {
        Self { store, limits: Limits::default(), introspection: true, max_objects: 20_000 }
    }
}

/// A store and an engine over it.
pub struct App {
    store: Arc<Store>,
    engine: Engine<Articula>,
    /// By issuer, subject and day: a grant begins and ends with a day.
    actors: Cache<(String, String, NaiveDate), Arc<Actor>>,
}

/// How long an actor's grants are remembered. A change made by this process is seen at once, one made by another
/// replica after this long at the latest.
const ACTOR_LIFE: Duration = Duration::from_secs(5);

impl App {
    /// Opens the database, brings it to the present tables, and starts the engine.
    pub async fn build(settings: AppSettings, clock: Arc<dyn Clock>) -> Result<Self, StoreFault> {
        let store = Arc::new(Store::open(&settings.store, clock).await?);
        store.migrate().await?;
        let engine = EngineSettings {
            limits: settings.limits,
            introspection: settings.introspection,
            max_objects: settings.max_objects,
            cursor_secret: store.secret("cursor").await?,
            receipts: ReceiptKey::new(store.secret("receipt").await?)?,
        };
        store.record_reads();
        Ok(Self {
            store,
            engine: Engine::new(engine, contract::roots(), contract::acts()),
            actors: Cache::builder().max_capacity(10_000).time_to_live(ACTOR_LIFE).build(),
        })
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

    /// Who a verified token's issuer and subject are; a visitor when no account is known by them.
    pub async fn actor(&self, issuer: &str, subject: &str) -> Result<Arc<Actor>, StoreFault> {
        let key = (issuer.to_owned(), subject.to_owned(), self.store.clock().today());
        if let Some(actor) = self.actors.get(&key) {
            return Ok(actor);
        }
        let actor = Arc::new(self.store.actor(issuer, subject).await?);
        self.actors.insert(key, actor.clone());
        Ok(actor)
    }

    /// Executes a request.
    pub async fn execute(&self, request: GraphRequest) -> GraphResponse {
        self.engine.execute(&self.store, request).await
    }
}

/// An application as the edge of HTTP sees it; every worker has a clone.
#[derive(Clone)]
pub struct Service(pub Arc<App>);

impl Executor for Service {
    fn execute(&self, request: GraphRequest) -> LocalBoxFuture<'_, GraphResponse> {
        Box::pin(self.0.execute(request))
    }

    fn sdl(&self) -> String {
        self.0.sdl()
    }

    fn actor(&self, issuer: &str, subject: &str) -> LocalBoxFuture<'_, Result<Arc<Actor>, Refusal>> {
        let (issuer, subject) = (issuer.to_owned(), subject.to_owned());
        Box::pin(async move {
            let actor = self.0.actor(&issuer, &subject).await.map_err(|fault| {
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

    fn close(&self) -> LocalBoxFuture<'_, ()> {
        Box::pin(self.0.store().close())
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
