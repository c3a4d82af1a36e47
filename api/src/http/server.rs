//! Listening, and stopping in good order.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::{Payload, to};
use actix_web::{App, HttpRequest, HttpServer};
use tokio::task::JoinHandle;

use super::authorization::Doorkeeper;
use super::guard::Limits;
use super::load::Load;
use super::metrics::Metrics;
use super::operations::Open;
use super::pages::Explorer;
use super::routes::{Worker, answer};
use super::stream::Reservations;
use super::{Executor, Now};
use crate::access::token::Verifier;
use crate::config::HttpConfig;
use crate::graph::error::errors_markdown;

/// How long an idle connection is kept: longer than the 60 s of common proxies, so that they close first.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection that is being closed may linger: until the client has read why.
pub(super) const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a shutdown that has waited in vain leaves the requests that it stopped, so that they can say so.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// What all workers share.
pub struct Edge {
    pub(super) http: HttpConfig,
    pub(super) limits: Limits,
    pub(super) doorkeeper: Doorkeeper,
    pub(super) now: Now,
    pub(super) explorer: Explorer,
    pub(super) errors: String,
    pub(super) open: Open,
    pub(super) reservations: Reservations,
    pub(super) load: Load,
}

impl Edge {
    /// An edge that believes what the verifier believes, with the guard's ordinary limits, the body's taken from the configuration.
    pub fn new(http: HttpConfig, verifier: Verifier, now: Now) -> Self {
        let doorkeeper = Doorkeeper::new(verifier, &http);
        let limits = Limits { body_bytes: http.body_limit as u64, ..Limits::default() };
        let (open, reservations) = (Open::new(http.sockets.connections), Reservations::default());
        let load = Load::new(http.requests_under_way);
        let (explorer, errors) = (Explorer::new(), errors_markdown());
        Self { http, limits, doorkeeper, now, explorer, errors, open, reservations, load }
    }
}

/// Why the service cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeFault {
    /// Somebody else listens there.
    #[error(
        "{0} is in use by another program; stop it, or choose another port with ARTICULA_HTTP_ADDRESS (port 0: any free one)"
    )]
    InUse(SocketAddr),
    /// The system does not allow it.
    #[error("this user may not listen on {0}; choose a port of 1024 or above with ARTICULA_HTTP_ADDRESS")]
    Forbidden(SocketAddr),
    /// The address is not one of this machine.
    #[error("{0} is not an address of this machine; correct ARTICULA_HTTP_ADDRESS")]
    Elsewhere(SocketAddr),
    /// Anything else.
    #[error("cannot listen on {address} ({source}); check ARTICULA_HTTP_ADDRESS")]
    Other {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}

impl ServeFault {
    pub(super) fn new(address: SocketAddr, source: io::Error) -> Self {
        match source.kind() {
            ErrorKind::AddrInUse => Self::InUse(address),
            ErrorKind::PermissionDenied => Self::Forbidden(address),
            ErrorKind::AddrNotAvailable => Self::Elsewhere(address),
            _ => Self::Other { address, source },
        }
    }
}

/// A service that listens. To drop it does not stop it.
pub struct Running {
    address: SocketAddr,
    shutdown: Duration,
    handle: ServerHandle,
    task: JoinHandle<io::Result<()>>,
    edge: Arc<Edge>,
    metrics: Option<Metrics>,
    halt: Box<dyn Fn()>,
}

impl Running {
    /// Where it listens: with the port that the system chose, when the configuration asked for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where metrics are served, if they are.
    pub fn metrics(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(Metrics::address)
    }

    /// Takes no more connections, waits for the requests under way (as long as `http.shutdown_seconds` says), stops those
    /// that are not done by then, and ends.
    ///
    /// # Errors
    /// What made the server end, if it was not this.
    pub async fn stop(mut self) -> io::Result<()> {
        // Sockets and streams would stay for ever.
        self.edge.open.end();
        // Sent at once; what it gives back would wait for what `task` says anyway.
        drop(self.handle.stop(true));
        drop(self.metrics.take());
        if let Ok(ended) = tokio::time::timeout(self.shutdown, &mut self.task).await {
            return ended?;
        }
        (self.halt)();
        self.task.await?
    }

    /// Runs until somebody tells the service to stop (see [`until_told_to_stop`]), then stops. A second signal does not wait.
    ///
    /// # Errors
    /// What made the server end by itself.
    pub async fn until_stopped(mut self) -> io::Result<()> {
        tokio::select! {
            ended = &mut self.task => return ended?,
            told = until_told_to_stop() => told?,
        }
        tracing::info!("stopping: requests under way are finished first");
        let handle = self.handle.clone();
        let mut stopping = Box::pin(self.stop());
        tokio::select! {
            ended = &mut stopping => return ended,
            told = until_told_to_stop() => told?,
        }
        drop(handle.stop(false));
        Ok(())
    }
}

/// Waits for SIGINT (Ctrl-C) or, where there is one, SIGTERM.
///
/// # Errors
/// The system lets nobody listen for signals.
pub async fn until_told_to_stop() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            told = tokio::signal::ctrl_c() => told,
            _ = term.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Takes an address for this process; whoever connects waits until [`serve`] is called. First of all, so that somebody who
/// starts the service twice is told before anything else happens.
///
/// # Errors
/// [`ServeFault`], which says what to mend.
pub fn listen(wanted: SocketAddr) -> Result<TcpListener, ServeFault> {
    TcpListener::bind(wanted).map_err(|source| ServeFault::new(wanted, source))
}

/// Serves, each worker thread with an executor of its own. Call it inside a tokio runtime. Signals are the caller's: see
/// [`Running::until_stopped`].
///
/// # Errors
/// [`ServeFault`], which says what to mend.
pub fn serve<E: Executor>(
    listener: TcpListener,
    edge: Edge,
    executor: impl Fn() -> E + Clone + Send + 'static,
) -> Result<Running, ServeFault> {
    let fault = |source| ServeFault::new(edge.http.address, source);
    let address = listener.local_addr().map_err(fault)?;
    let shutdown = edge.http.shutdown;
    let edge = Arc::new(edge);
    // An executor for itself, because those of the workers stay with their threads.
    let own = executor();
    let metrics = edge.http.metrics.map(|wanted| Metrics::serve(wanted, edge.clone(), executor.clone())).transpose()?;
    let (shared, counted) = (edge.clone(), edge.clone());
    let server = HttpServer::new(move || {
        let worker = Worker::new(Arc::clone(&edge), executor());
        App::new()
            .default_service(to(move |request: HttpRequest, payload: Payload| answer(worker.clone(), request, payload)))
    })
    .on_connect(move |_, data| drop(data.insert(counted.load.connect())))
    .keep_alive(KEEP_ALIVE)
    .client_request_timeout(HEAD_TIMEOUT)
    .client_disconnect_timeout(CLOSE_TIMEOUT)
    .shutdown_timeout((shutdown + LAST_WORDS).as_secs())
    .disable_signals()
    .listen(listener)
    .map_err(|source| ServeFault::new(address, source))?
    .run();
    let handle = server.handle();
    let halt = Box::new(move || own.halt());
    Ok(Running { address, shutdown, handle, task: tokio::spawn(server), edge: shared, metrics, halt })
}
