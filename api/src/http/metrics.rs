//! `/metrics`, on an address of its own: whoever watches the service is not its client, and its clients do not watch it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{get, to};
use actix_web::{App, HttpResponse, HttpServer};

use super::Executor;
use super::server::{Edge, ServeFault, listen};

/// What Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves metrics as long as it lives.
pub(super) struct Metrics {
    address: SocketAddr,
    handle: ServerHandle,
}

impl Metrics {
    /// Serves what the edge and an executor count.
    pub fn serve<E: Executor>(
        wanted: SocketAddr,
        edge: Arc<Edge>,
        executor: impl Fn() -> E + Clone + Send + 'static,
    ) -> Result<Self, ServeFault> {
        let fault = |source: io::Error| ServeFault::new(wanted, source);
        let listener = listen(wanted)?;
        let address = listener.local_addr().map_err(fault)?;
        let server = HttpServer::new(move || {
            let (edge, executor) = (edge.clone(), std::rc::Rc::new(executor()));
            let metrics = move || {
                let text = executor.metrics() + &edge.load.text() + "# EOF\n";
                async move { HttpResponse::Ok().insert_header((CONTENT_TYPE, OPEN_METRICS)).body(text) }
            };
            App::new().route("/metrics", get().to(metrics)).default_service(to(HttpResponse::NotFound))
        })
        .workers(1)
        .disable_signals()
        .listen(listener)
        .map_err(fault)?
        .run();
        let handle = server.handle();
        tokio::spawn(server);
        Ok(Self { address, handle })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Metrics {
    fn drop(&mut self) {
        // Sent at once; nobody waits for who only watches.
        drop(self.handle.stop(false));
    }
}
