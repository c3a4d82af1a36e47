//! From a path to its answer, and what stands around every one of them.

use std::any::Any;
use std::cell::OnceCell;
use std::net::{IpAddr, Ipv6Addr};
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use actix_web::http::Method;
use actix_web::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, ALLOW, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName,
    LOCATION, TRANSFER_ENCODING,
};
use actix_web::web::{Bytes, BytesMut, Payload};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use futures_util::{FutureExt, StreamExt};
use tracing::Instrument;

use super::authorization::Doorkeeper;
use super::negotiation::{Media, is_json};
use super::refused::{Detail, Refused};
use super::response::{Exchange, X_REQUEST_ID, text};
use super::server::{CLOSE_TIMEOUT, Edge};
use super::throttle::household;
use super::{Executor, address, cors, export, guard, load, picture, rate, request, socket, stream};
use crate::access::actor::{Actor, Via};
use crate::access::key::{MARK, prefix_of};
use crate::access::token::Claims;
use crate::execution::{GraphRequest, Terms};
use crate::graph::error::{ErrorCode, Locale};
use crate::telemetry;

const PAGE_METHODS: &str = "GET, HEAD, OPTIONS";
const GRAPH_METHODS: &str = "GET, HEAD, POST, OPTIONS";
const BODY_BROKE_OFF: Detail = Detail { es: "el cuerpo llegó incompleto", en: "the body arrived incomplete" };

/// What one worker thread serves with.
pub(super) struct Worker<E> {
    pub(super) edge: Arc<Edge>,
    pub(super) executor: E,
    sdl: OnceCell<String>,
}

impl<E: Executor> Worker<E> {
    pub fn new(edge: Arc<Edge>, executor: E) -> Rc<Self> {
        Rc::new(Self { edge, executor, sdl: OnceCell::new() })
    }
}

/// Answers any request. Nothing leaves without a request id, and nothing takes longer than the deadline, however slowly a body
/// comes in; the future of a late request is dropped. A panic costs its own request only.
pub(super) async fn answer<E: Executor>(
    worker: Rc<Worker<E>>,
    request: HttpRequest,
    mut payload: Payload,
) -> HttpResponse {
    let (edge, begun) = (&worker.edge, Instant::now());
    let exchange = exchange(edge, &request);
    let span =
        tracing::info_span!("request", id = %exchange.request_id, method = %request.method(), path = ?request.path());
    if socket::is_asked_for(&request) {
        return socket::answer(&worker, &exchange, &request, payload);
    }
    let cors = cors::headers(&edge.http.cors_origins, request.method(), request.headers());
    let under_way = edge.load.enter();
    let outcome = async {
        let route = async {
            match under_way {
                None if !load::is_spared(request.path()) => Err(Refused::transport(ErrorCode::Unavailable)),
                _ => route(&worker, &exchange, &request, &mut payload).await,
            }
        };
        let route = AssertUnwindSafe(route).catch_unwind();
        let outcome = match tokio::time::timeout(edge.http.request_deadline, route).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(panic)) => {
                tracing::error!(panic = said(&*panic), "a request panicked");
                Err(Refused::transport(ErrorCode::Internal))
            }
            Err(_) => {
                let seconds = edge.http.request_deadline.as_secs();
                Err(Refused::transport(ErrorCode::DeadlineExceeded.with("seconds", seconds)))
            }
        };
        let response = outcome.unwrap_or_else(|refused| {
            tracing::info!(code = refused.code().name(), "refused at the edge");
            exchange.refuse(&refused)
        });
        tracing::info!(status = response.status().as_u16(), milliseconds = begun.elapsed().as_millis(), "answered");
        response
    };
    let response = outcome.instrument(span).await;
    if response.status().is_client_error() || response.status().is_server_error() {
        hold(&request, payload);
    }
    exchange.finish(response, cors)
}

/// Keeps what was not read of a body in pieces until the connection is closed. Dropped at once, the server would read on to its end,
/// which a hostile client never sends; held, it closes the connection after [`CLOSE_TIMEOUT`].
fn hold(request: &HttpRequest, payload: Payload) {
    if request.headers().contains_key(TRANSFER_ENCODING) {
        actix_web::rt::spawn(async move {
            tokio::time::sleep(CLOSE_TIMEOUT).await;
            drop(payload);
        });
    }
}

fn exchange(edge: &Edge, request: &HttpRequest) -> Exchange {
    let headers = request.headers();
    let legible = |id: &&str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        (1..=64).contains(&id.len()) && id.chars().all(plain)
    };
    let given = joined(headers, &X_REQUEST_ID).filter(|id| legible(&id.as_str()));
    Exchange {
        request_id: given.unwrap_or_else(|| telemetry::request_id((edge.now)())),
        locale: joined(headers, &ACCEPT_LANGUAGE).map_or_else(Locale::default, |text| Locale::negotiate(&text)),
        media: Media::negotiate(joined(headers, &ACCEPT).as_deref()).unwrap_or(Media::Json),
        protocol: edge.http.protocol,
    }
}

/// A header that may stand in several lines; what is not ASCII is left out.
pub(super) fn joined(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let lines: Vec<&str> = headers.get_all(name).filter_map(|value| value.to_str().ok()).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

/// What a panic says of itself.
pub(super) fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("(no text)")
}

async fn route<E: Executor>(
    worker: &Rc<Worker<E>>,
    exchange: &Exchange,
    request: &HttpRequest,
    payload: &mut Payload,
) -> Result<HttpResponse, Refused> {
    let path = request.path();
    if path == "/graphql" {
        return graphql(worker, exchange, request, payload).await;
    }
    if path == "/graphql/stream" {
        return stream::answer(worker, exchange, request, payload).await;
    }
    if let Some(kind) = path.strip_prefix("/pictures/").and_then(picture::kind) {
        return match *request.method() {
            Method::GET | Method::HEAD => picture::answer(worker, exchange, request, kind).await,
            Method::OPTIONS => Ok(options(PAGE_METHODS)),
            _ => Err(Refused::method(PAGE_METHODS)),
        };
    }
    if let Some(target) = path.strip_prefix("/exports/").and_then(export::target) {
        return match *request.method() {
            Method::GET | Method::HEAD => export::answer(worker, exchange, request, target).await,
            Method::OPTIONS => Ok(options(PAGE_METHODS)),
            _ => Err(Refused::method(PAGE_METHODS)),
        };
    }
    let http = &worker.edge.http;
    let known = match path {
        "/" | "/explorer" => http.explorer,
        "/schema.graphql" => http.introspection,
        "/docs/errors" | "/.well-known/jwks.json" | "/livez" | "/readyz" => true,
        _ => false,
    };
    match *request.method() {
        _ if !known => Err(Refused::no_such_path()),
        Method::GET | Method::HEAD => page(worker, path).await,
        Method::OPTIONS => Ok(options(PAGE_METHODS)),
        _ => Err(Refused::method(PAGE_METHODS)),
    }
}

pub(super) fn options(allowed: &'static str) -> HttpResponse {
    HttpResponse::NoContent().insert_header((ALLOW, allowed)).finish()
}

async fn page<E: Executor>(worker: &Worker<E>, path: &str) -> Result<HttpResponse, Refused> {
    let edge = &worker.edge;
    match path {
        "/" => Ok(HttpResponse::Found().insert_header((LOCATION, "/explorer")).finish()),
        "/explorer" => {
            let mut response = HttpResponse::Ok();
            response.insert_header((CONTENT_TYPE, "text/html; charset=utf-8"));
            response.insert_header((CONTENT_SECURITY_POLICY, edge.explorer.policy.as_str()));
            Ok(response.body(edge.explorer.page.clone()))
        }
        "/schema.graphql" => {
            let sdl = worker.sdl.get_or_init(|| worker.executor.sdl());
            Ok(text("text/plain; charset=utf-8", sdl.as_str()))
        }
        "/docs/errors" => Ok(text("text/markdown; charset=utf-8", edge.errors.as_str())),
        "/.well-known/jwks.json" => Ok(text("application/jwk-set+json", worker.executor.receipt_keys())),
        "/livez" => Ok(text("text/plain; charset=utf-8", "ok\n")),
        "/readyz" => match worker.executor.ready().await {
            Ok(()) => Ok(text("text/plain; charset=utf-8", "ok\n")),
            Err(reason) => {
                tracing::warn!(reason, "not ready");
                Err(Refused::transport(ErrorCode::Unavailable))
            }
        },
        _ => Err(Refused::no_such_path()),
    }
}

/// GraphQL over HTTP. What costs least is refused first: method, types, length, token; then the body is read.
async fn graphql<E: Executor>(
    worker: &Worker<E>,
    exchange: &Exchange,
    request: &HttpRequest,
    payload: &mut Payload,
) -> Result<HttpResponse, Refused> {
    let (edge, headers) = (&worker.edge, request.headers());
    let read_only = match *request.method() {
        Method::GET | Method::HEAD => true,
        Method::POST => false,
        Method::OPTIONS => return Ok(options(GRAPH_METHODS)),
        _ => return Err(Refused::method(GRAPH_METHODS)),
    };
    if Media::negotiate(joined(headers, &ACCEPT).as_deref()).is_none() {
        return Err(Refused::transport(ErrorCode::NotAcceptable));
    }
    if !read_only && !is_json(joined(headers, &CONTENT_TYPE).as_deref()) {
        return Err(Refused::transport(ErrorCode::UnsupportedMediaType));
    }
    let shown = shown(worker, exchange, request).await?;
    let asked = if read_only {
        request::read_url(request.query_string(), &edge.limits, &edge.http.documents)?
    } else {
        request::read_body(&body(headers, payload, &edge.limits).await?, &edge.limits, &edge.http.documents)?
    };
    if !edge.http.documents.admits(shown.client.as_deref(), &asked.query) {
        return Err(Refused::transport(ErrorCode::DocumentNotRegistered));
    }
    let actor = actor(worker, exchange, &shown).await?;
    let response = worker.executor.execute(GraphRequest {
        query: asked.query,
        operation_name: asked.operation_name,
        variables: asked.variables,
        actor,
        locale: exchange.locale,
        request_id: exchange.request_id.clone(),
        client: shown.client,
        read_only,
        terms: Terms { address: Some(shown.address), tells_cost: rate::asks_cost(headers) },
    });
    Ok(exchange.answer(response.await))
}

/// What a request shows of who asks.
pub(super) struct Shown {
    claims: Option<Arc<Claims>>,
    keyed: Option<Arc<Actor>>,
    /// Where it comes from; of version 6 the network that one household has.
    pub address: IpAddr,
    /// The program that asks.
    pub client: Option<String>,
}

impl Shown {
    /// Until when it is good, where it says so.
    pub fn expires(&self) -> Option<DateTime<Utc>> {
        self.claims.as_ref().map(|claims| claims.expires)
    }
}

/// Reads what a request shows of who asks: a token, an API key or nothing. What is no good is refused and counted.
pub(super) async fn shown<E: Executor>(
    worker: &Worker<E>,
    exchange: &Exchange,
    request: &HttpRequest,
) -> Result<Shown, Refused> {
    shown_by(worker, exchange, request.headers(), client_address(worker, request)).await
}

/// From which address a request comes.
pub(super) fn client_address<E>(worker: &Worker<E>, request: &HttpRequest) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.ip());
    address::client(peer, request.headers(), &worker.edge.http.trusted_proxies)
}

/// The same of headers that came in another way, or earlier.
pub(super) async fn shown_by<E: Executor>(
    worker: &Worker<E>,
    exchange: &Exchange,
    headers: &HeaderMap,
    address: IpAddr,
) -> Result<Shown, Refused> {
    let (door, now) = (&worker.edge.doorkeeper, (worker.edge.now)());
    let key = Doorkeeper::key(headers);
    let claims = match key {
        Some(_) => None,
        None => door.claims(headers, address, now).await.map_err(Refused::transport)?,
    };
    let client = match (key.and_then(prefix_of), &claims) {
        (Some(prefix), _) => Some(format!("{MARK}{prefix}")),
        (None, claims) => claims.as_ref().and_then(|claims| claims.client.clone()),
    };
    let keyed = match key {
        Some(key) => {
            let via = Via { request_id: &exchange.request_id, client: client.as_deref() };
            let found = door.look_up(key, address, now, worker.executor.key_actor(key, via)).await;
            Some(found.map_err(Refused::transport)?)
        }
        None => None,
    };
    Ok(Shown { claims, keyed, address: household(address), client })
}

/// Who asks, by what was shown.
pub(super) async fn actor<E: Executor>(
    worker: &Worker<E>,
    exchange: &Exchange,
    shown: &Shown,
) -> Result<Arc<Actor>, Refused> {
    match (&shown.keyed, &shown.claims) {
        (Some(actor), _) => Ok(actor.clone()),
        (None, Some(claims)) => {
            let via = Via { request_id: &exchange.request_id, client: shown.client.as_deref() };
            worker.executor.actor(&claims.issuer, &claims.subject, via).await.map_err(Refused::transport)
        }
        (None, None) => Ok(Arc::new(Actor::visitor())),
    }
}

/// Reads the body, never more of it than is accepted: refused by its announced length, and again as it arrives.
pub(super) async fn body(headers: &HeaderMap, payload: &mut Payload, limits: &guard::Limits) -> Result<Bytes, Refused> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    guard::check_body(announced.unwrap_or(0), limits)?;
    let mut body = BytesMut::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(|fault| {
            tracing::debug!(%fault, "the body broke off");
            Refused::bad(BODY_BROKE_OFF)
        })?;
        guard::check_body((body.len() + piece.len()) as u64, limits)?;
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}
