//! Who asks on a connection that stays: what was shown once, looked at again as often as it counts.

use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

use super::Executor;
use super::refused::Refused;
use super::request::Asked;
use super::response::Exchange;
use super::routes::{Shown, Worker, actor, shown_by};
use crate::access::actor::Actor;
use crate::execution::subscription::Who;
use crate::execution::{GraphRequest, Terms};
use crate::graph::error::{ErrorClass, ErrorCode, Refusal};

/// What somebody showed, and from where.
#[derive(Clone)]
pub(super) struct Credentials {
    headers: HeaderMap,
    address: IpAddr,
}

impl Credentials {
    /// Those of a request.
    pub fn of(request: &HeaderMap, address: IpAddr) -> Self {
        let mut headers = HeaderMap::new();
        for shown in request.get_all(AUTHORIZATION) {
            headers.append(AUTHORIZATION, shown.clone());
        }
        Self { headers, address }
    }

    /// The same with this in place of what its request showed.
    pub fn showing(&self, authorization: HeaderValue) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, authorization);
        Self { headers, address: self.address }
    }
}

/// Somebody on a connection.
pub(super) struct Asker<E> {
    worker: Rc<Worker<E>>,
    exchange: Exchange,
    credentials: Credentials,
    /// Had it any grant when it came? Then it goes when it has none left.
    granted: bool,
    account: Option<Uuid>,
}

impl<E: Executor> Asker<E> {
    /// Looks at what is shown; what is no good is refused and counted, as with any request.
    ///
    /// # Errors
    /// What a request that shows this would be told.
    pub async fn enter(
        worker: &Rc<Worker<E>>,
        exchange: &Exchange,
        credentials: Credentials,
    ) -> Result<Rc<Self>, Refused> {
        let mut asker = Self::of(worker, exchange, credentials);
        let (_, actor) = asker.look().await?;
        (asker.granted, asker.account) = (!actor.grants.is_empty(), actor.account);
        Ok(Rc::new(asker))
    }

    /// Somebody who entered with another request of the same connection, and is looked at when it counts.
    pub fn known(worker: &Rc<Worker<E>>, exchange: &Exchange, credentials: Credentials) -> Rc<Self> {
        Rc::new(Self::of(worker, exchange, credentials))
    }

    fn of(worker: &Rc<Worker<E>>, exchange: &Exchange, credentials: Credentials) -> Self {
        let (worker, exchange) = (worker.clone(), exchange.clone());
        Self { worker, exchange, credentials, granted: false, account: None }
    }

    async fn look(&self) -> Result<(Shown, Arc<Actor>), Refused> {
        let Credentials { headers, address } = &self.credentials;
        let shown = shown_by(&self.worker, &self.exchange, headers, *address).await?;
        let actor = actor(&self.worker, &self.exchange, &shown).await?;
        if self.granted && actor.grants.is_empty() {
            return Err(Refused::transport(ErrorCode::Unauthenticated));
        }
        Ok((shown, actor))
    }

    /// Whether whoever asks may still be there; a database that does not answer sends nobody away.
    ///
    /// # Errors
    /// Why not.
    pub async fn stay(&self) -> Result<(), Refusal> {
        match self.look().await {
            Err(refused) if refused.code().entry().class == ErrorClass::Authentication => {
                Err(refused.refusal().clone())
            }
            _ => Ok(()),
        }
    }

    /// Whose connection it is; `None`: a visitor's.
    pub fn account(&self) -> Option<Uuid> {
        self.account
    }

    /// A refusal, as it is told.
    pub fn told(&self, refusal: &Refusal) -> Vec<u8> {
        Refused::transport(refusal.clone()).body(self.exchange.locale, &self.exchange.request_id)
    }

    /// After how long to look again: at the end of what was shown, and every `every` at the latest.
    pub async fn rest(&self, every: Duration) -> Duration {
        let expires = self.look().await.ok().and_then(|(shown, _)| shown.expires());
        let left = expires.map(|expires| expires - (self.worker.edge.now)());
        left.and_then(|left| left.to_std().ok()).map_or(every, |left| left.min(every))
    }

    /// What is asked, as the graph takes it.
    ///
    /// # Errors
    /// As [`Asker::enter`].
    pub async fn request(&self, asked: Asked, read_only: bool, request_id: String) -> Result<GraphRequest, Refused> {
        let (shown, actor) = self.look().await?;
        if !self.worker.edge.http.documents.admits(shown.client.as_deref(), &asked.query) {
            return Err(Refused::transport(ErrorCode::DocumentNotRegistered));
        }
        Ok(GraphRequest {
            query: asked.query,
            operation_name: asked.operation_name,
            variables: asked.variables,
            actor,
            locale: self.exchange.locale,
            request_id,
            client: shown.client,
            read_only,
            terms: Terms { address: Some(shown.address), tells_cost: false },
        })
    }
}

impl<E: Executor> Who for Asker<E> {
    fn now(&self) -> LocalBoxFuture<'_, Result<Arc<Actor>, Refusal>> {
        Box::pin(async move { Ok(self.look().await.map_err(|refused| refused.refusal().clone())?.1) })
    }
}
