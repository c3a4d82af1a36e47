//! GraphQL over WebSocket: the protocol `graphql-transport-ws` at `/graphql` (<https://github.com/enisdenjo/graphql-ws>).

use std::rc::Rc;

use actix_web::http::Method;
use actix_web::http::header::{HOST, HeaderMap, ORIGIN, SEC_WEBSOCKET_PROTOCOL, UPGRADE};
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};

use super::Executor;
use super::asker::Credentials;
use super::refused::{Detail, Refused};
use super::response::Exchange;
use super::routes::{Worker, client_address, joined};
use crate::graph::error::ErrorCode;
use connection::Connection;

mod connection;
mod message;

/// The subprotocol.
const PROTOCOL: &str = "graphql-transport-ws";
const NO_HANDSHAKE: Detail =
    Detail { es: "no es un saludo de WebSocket (RFC 6455)", en: "this is no handshake of a WebSocket (RFC 6455)" };

/// Is this a request for a socket?
pub(super) fn is_asked_for(request: &HttpRequest) -> bool {
    let upgrade = request.headers().get(UPGRADE).and_then(|value| value.to_str().ok());
    let socket =
        upgrade.is_some_and(|names| names.split(',').any(|name| name.trim().eq_ignore_ascii_case("websocket")));
    socket && request.path() == "/graphql" && *request.method() == Method::GET
}

/// Opens a socket, or says why not.
pub(super) fn answer<E: Executor>(
    worker: &Rc<Worker<E>>,
    exchange: &Exchange,
    request: &HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let response = open(worker, exchange, request, payload).unwrap_or_else(|refused| {
        tracing::info!(id = exchange.request_id, code = refused.code().name(), "a socket was refused");
        exchange.refuse(&refused)
    });
    exchange.finish(response, Vec::new())
}

fn open<E: Executor>(
    worker: &Rc<Worker<E>>,
    exchange: &Exchange,
    request: &HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Refused> {
    let (http, headers) = (&worker.edge.http, request.headers());
    if !is_allowed(&http.cors_origins, headers) {
        return Err(Refused::transport(ErrorCode::OriginNotAllowed));
    }
    let place = worker.edge.open.enter()?;
    let handshake = actix_ws::handle_with_protocols(request, payload, &[PROTOCOL]);
    let (response, session, messages) = handshake.map_err(|_| Refused::bad(NO_HANDSHAKE))?;
    let most = http.sockets.message_bytes;
    let messages = messages.max_frame_size(most).aggregate_continuations().max_continuation_size(most);
    let spoken = joined(headers, &SEC_WEBSOCKET_PROTOCOL).is_some_and(|offered| offers(&offered));
    let credentials = Credentials::of(headers, client_address(worker, request));
    let connection = Connection::new(worker.clone(), exchange.clone(), credentials, session, place);
    tracing::info!(id = exchange.request_id, "a socket was opened");
    actix_web::rt::spawn(async move { connection.serve(messages, spoken).await });
    Ok(response)
}

fn offers(offered: &str) -> bool {
    offered.split(',').any(|name| name.trim() == PROTOCOL)
}

/// Pages of other origins open sockets only when they are on the list; programs that are no browser name no origin.
fn is_allowed(origins: &[String], headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let own = headers.get(HOST).and_then(|host| host.to_str().ok());
    let page = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    own.is_some() && own == page || origins.iter().any(|known| known.as_bytes() == origin.as_bytes())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn pages_of_other_origins_are_let_in_by_the_list() {
        let listed = ["https://calidad.gov.co".to_owned()];
        for (origin, expected) in [
            (None, true),
            (Some("https://calidad.gov.co"), true),
            (Some("http://api.test:8080"), true),
            (Some("https://evil.test"), false),
            (Some("https://api.test"), false),
            (Some("null"), false),
            (Some(""), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("api.test:8080"));
            if let Some(origin) = origin {
                headers.insert(ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(is_allowed(&listed, &headers), expected, "{origin:?}");
        }
    }
}
