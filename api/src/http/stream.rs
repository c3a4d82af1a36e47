//! GraphQL over server-sent events at `/graphql/stream` (<https://github.com/graphql/graphql-over-http/blob/main/rfcs/GraphQLOverSSE.md>):
//! a stream for each operation, or one reserved stream for all.

use std::rc::Rc;

use actix_web::http::Method;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName};
use actix_web::web::{Payload, Query};
use actix_web::{HttpRequest, HttpResponse};

use super::Executor;
use super::asker::{Asker, Credentials};
use super::negotiation::is_json;
use super::operations::run;
use super::refused::Refused;
use super::request::{self, Asked};
use super::response::Exchange;
use super::routes::{Worker, body, client_address, joined, options};
use crate::graph::error::ErrorCode;

mod feed;
mod single;

pub(super) use single::Reservations;

const METHODS: &str = "GET, POST, PUT, DELETE, OPTIONS";
/// Names a reserved stream.
const TOKEN: HeaderName = HeaderName::from_static("x-graphql-event-stream-token");

/// Answers at `/graphql/stream`.
pub(super) async fn answer<E: Executor>(
    worker: &Rc<Worker<E>>,
    exchange: &Exchange,
    request: &HttpRequest,
    payload: &mut Payload,
) -> Result<HttpResponse, Refused> {
    let headers = request.headers();
    if *request.method() == Method::OPTIONS {
        return Ok(options(METHODS));
    }
    let credentials = Credentials::of(headers, client_address(worker, request));
    let asker = Asker::enter(worker, exchange, credentials.clone()).await?;
    match (request.method(), token(request)) {
        (&Method::PUT, _) => single::reserve(worker, asker.account()),
        (&Method::GET, Some(token)) => {
            accepts(headers)?;
            single::open(worker, exchange, asker, &token)
        }
        (&Method::POST, Some(token)) => {
            let bytes = json(worker, headers, payload).await?;
            single::begin(worker, exchange, (asker.account(), credentials), &token, &bytes).await
        }
        (&Method::DELETE, Some(token)) => {
            single::stop(worker, asker.account(), &token, parameter(request, "operationId")).await
        }
        (&Method::DELETE, None) => Err(Refused::resource(ErrorCode::NotFound.into())),
        (&Method::GET, None) => {
            accepts(headers)?;
            let edge = &worker.edge;
            let asked = legible(request::read_url(request.query_string(), &edge.limits, &edge.http.documents))?;
            let place = worker.edge.open.enter()?;
            Ok(feed::distinct(worker, asker.clone(), place, run(worker, exchange, asker, asked, true)))
        }
        (&Method::POST, None) => {
            accepts(headers)?;
            let (edge, body) = (&worker.edge, json(worker, headers, payload).await?);
            let asked = legible(request::read_body(&body, &edge.limits, &edge.http.documents))?;
            let place = worker.edge.open.enter()?;
            Ok(feed::distinct(worker, asker.clone(), place, run(worker, exchange, asker, asked, false)))
        }
        _ => Err(Refused::method(METHODS)),
    }
}

/// What is no request is refused at once; what is wrong with a document is told in the stream.
fn legible(asked: Result<Asked, Refused>) -> Result<Result<Asked, Refused>, Refused> {
    match asked {
        Err(refused) if !refused.is_of_document() => Err(refused),
        asked => Ok(asked),
    }
}

/// The token of a reserved stream, as a header or in the URL (where a browser can set no header).
fn token(request: &HttpRequest) -> Option<String> {
    joined(request.headers(), &TOKEN).or_else(|| parameter(request, "token"))
}

fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    let pairs = Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?.into_inner();
    pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value).filter(|value| !value.is_empty())
}

/// Does the client take events? It must name them: whoever takes anything expects one answer.
fn accepts(headers: &HeaderMap) -> Result<(), Refused> {
    let accept = joined(headers, &ACCEPT).unwrap_or_default();
    let named = accept.split(',').filter_map(|range| range.split(';').next());
    if named.map(str::trim).any(|name| name.eq_ignore_ascii_case("text/event-stream")) {
        return Ok(());
    }
    Err(Refused::transport(ErrorCode::NotAcceptable))
}

/// The body of a POST, which is JSON.
async fn json<E>(
    worker: &Worker<E>,
    headers: &HeaderMap,
    payload: &mut Payload,
) -> Result<actix_web::web::Bytes, Refused> {
    if !is_json(joined(headers, &CONTENT_TYPE).as_deref()) {
        return Err(Refused::transport(ErrorCode::UnsupportedMediaType));
    }
    body(headers, payload, &worker.edge.limits).await
}
