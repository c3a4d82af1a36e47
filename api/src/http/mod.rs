//! The edge of HTTP: what a request may be, before anything of the graph sees it, and how its answer travels.
//!
//! One function (`routes::answer`) stands before every path: it names the request, chooses the language, keeps the
//! deadline, catches panics and writes the log's line. GraphQL over HTTP is read by hand (`request`), because what a stranger
//! may send is decided here and nowhere else; the graph is behind [`Executor`].

use std::rc::Rc;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::future::LocalBoxFuture;

use crate::access::actor::{Actor, Via};
use crate::execution::subscription::{Begun, Who};
use crate::execution::{GraphRequest, GraphResponse};
use crate::graph::error::{ErrorCode, Refusal};

mod address;
mod asker;
mod authorization;
mod cors;
pub mod documents;
mod export;
pub mod guard;
mod load;
mod metrics;
mod negotiation;
mod operations;
mod pages;
mod picture;
mod rate;
mod refused;
mod request;
mod response;
mod routes;
mod server;
mod socket;
mod stream;
mod throttle;

#[cfg(test)]
mod tests;

pub use server::{Edge, Running, ServeFault, listen, serve, until_told_to_stop};

/// Where the moment comes from: the injected clock.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What runs requests. Each worker thread has its own, so it need not be `Send`.
pub trait Executor: 'static {
    /// Runs a request, to its bytes. The document has passed [`guard::scan`] and the variables [`guard::weigh`]; the future
    /// may be dropped at the deadline, and then nothing of it may stay.
    fn execute(&self, request: GraphRequest) -> LocalBoxFuture<'_, GraphResponse>;

    /// Begins what a request asks for on a connection that stays, where a subscription goes on until it is dropped; `who` is asked
    /// before each event.
    fn begin(&self, request: GraphRequest, _who: Rc<dyn Who>) -> LocalBoxFuture<'_, Begun> {
        Box::pin(async { Begun::Answer(self.execute(request).await) })
    }

    /// Judges a document that is to be registered.
    ///
    /// # Errors
    /// What is wrong with it.
    fn check(&self, _document: &str) -> Result<(), Refusal> {
        Ok(())
    }

    /// The schema, as `/schema.graphql` gives it. Asked once a worker.
    fn sdl(&self) -> String;

    /// The public keys of receipts, as `/.well-known/jwks.json` gives them (RFC 7517).
    fn receipt_keys(&self) -> String;

    /// The account of a subject that a believed token names, with the grants that hold now. A first sign-in enters the
    /// history under the request that brought it.
    ///
    /// # Errors
    /// UNAUTHENTICATED when there is no such account or it is closed; UNAVAILABLE, INTERNAL.
    fn actor<'a>(
        &'a self,
        issuer: &'a str,
        subject: &'a str,
        via: Via<'a>,
    ) -> LocalBoxFuture<'a, Result<Arc<Actor>, Refusal>>;

    /// The account that shows this API key, with what its scopes leave of the grants that hold now.
    ///
    /// # Errors
    /// UNAUTHENTICATED for whatever is no good key, whyever it is not; UNAVAILABLE, INTERNAL.
    fn key_actor<'a>(&'a self, _shown: &'a str, _via: Via<'a>) -> LocalBoxFuture<'a, Result<Arc<Actor>, Refusal>> {
        Box::pin(async { Err(ErrorCode::Unauthenticated.into()) })
    }

    /// What it counts, as Prometheus reads it, but for the mark of its end.
    fn metrics(&self) -> String {
        String::new()
    }

    /// Writes down what is left and closes, when no more requests come.
    fn finish(&self) -> LocalBoxFuture<'_, ()> {
        Box::pin(async {})
    }

    /// Whether requests can be served: the database answers and has its tables.
    ///
    /// # Errors
    /// What is missing, for the log; clients are told UNAVAILABLE only.
    fn ready(&self) -> LocalBoxFuture<'_, Result<(), String>>;

    /// Stops whatever any executor still runs, and lets nothing more begin: the service stops and has waited long enough.
    fn halt(&self) {}
}
