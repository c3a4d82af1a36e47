//! One socket, from the handshake to its end.
//!
//! Everything of a socket happens in one task: it hears a message, or tells what an operation brings, or looks whether all is well. While
//! a slow client is waited for nothing is heard and nothing runs, so that no buffer grows.

use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::Duration;

use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, ProtocolError, Session};
use futures_util::StreamExt as _;
use serde_json::value::RawValue;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::message::{End, Message, complete, error, next, plain};
use crate::graph::error::ErrorCode;
use crate::http::Executor;
use crate::http::asker::{Asker, Credentials};
use crate::http::operations::{Operations, Place, Told, exchange_of, run};
use crate::http::refused::Refused;
use crate::http::request;
use crate::http::response::Exchange;
use crate::http::routes::Worker;

/// How long a client may take nothing of what is sent to it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether the socket goes on; broken off with a reason, it is closed with it, without one it is gone already.
type Flow = ControlFlow<Option<End>>;

const GONE: Flow = ControlFlow::Break(None);
const ON: Flow = ControlFlow::Continue(());

/// A socket.
pub struct Connection<E> {
    worker: Rc<Worker<E>>,
    exchange: Exchange,
    credentials: Credentials,
    session: Session,
    place: Place,
    operations: Operations,
    /// Who is there, once the socket is acknowledged.
    asker: Option<Rc<Asker<E>>>,
    /// Was anything heard since the last ping?
    heard: bool,
    /// When it was pinged last.
    pinged: Instant,
    /// When it is looked next.
    look_at: Instant,
}

impl<E: Executor> Connection<E> {
    /// A socket whose handshake is done.
    pub fn new(
        worker: Rc<Worker<E>>,
        exchange: Exchange,
        credentials: Credentials,
        session: Session,
        place: Place,
    ) -> Self {
        let (operations, pinged) = (Operations::default(), Instant::now());
        let look_at = pinged + worker.edge.http.sockets.ping;
        Self { worker, exchange, credentials, session, place, operations, asker: None, heard: true, pinged, look_at }
    }

    /// Serves it to its end. `spoken`: does the client speak the protocol?
    pub async fn serve(mut self, mut messages: AggregatedMessageStream, spoken: bool) {
        let end = if spoken { self.run(&mut messages).await } else { Some(End::OtherProtocol) };
        let (code, why) = end.map_or((0, "gone"), End::code);
        tracing::info!(id = self.exchange.request_id, code, why, "a socket ends");
        // What still runs is dropped with it.
        drop(self.operations);
        if end.is_some() {
            let reason = CloseReason { code: CloseCode::from(code), description: Some(why.to_owned()) };
            let _ = timeout(PATIENCE, self.session.close(Some(reason))).await;
        }
    }

    async fn run(&mut self, messages: &mut AggregatedMessageStream) -> Option<End> {
        let in_time = sleep(self.worker.edge.http.sockets.init);
        tokio::pin!(in_time);
        loop {
            let flow = tokio::select! {
                message = messages.next() => self.hear(message).await,
                (id, told) = self.operations.next() => self.tell(&id, told).await,
                () = &mut in_time, if self.asker.is_none() => ControlFlow::Break(Some(End::NotInTime)),
                () = sleep_until(self.look_at) => self.look().await,
                () = self.place.ended() => ControlFlow::Break(Some(End::Going)),
            };
            if let ControlFlow::Break(end) = flow {
                return end;
            }
        }
    }

    /// Sets when it is looked next: when what was shown ends, and with the next ping at the latest.
    async fn rest(&mut self) {
        let ping = self.worker.edge.http.sockets.ping;
        let rest = match &self.asker {
            Some(asker) => asker.rest(ping).await,
            None => ping,
        };
        self.look_at = Instant::now() + rest;
    }

    /// Looks whether the client is still there, and may be.
    async fn look(&mut self) -> Flow {
        if let Some(asker) = &self.asker
            && asker.stay().await.is_err()
        {
            return ControlFlow::Break(Some(End::Forbidden));
        }
        self.rest().await;
        if self.pinged.elapsed() < self.worker.edge.http.sockets.ping {
            return ON;
        }
        if !std::mem::take(&mut self.heard) {
            return GONE;
        }
        self.pinged = Instant::now();
        match timeout(PATIENCE, self.session.ping(b"")).await {
            Ok(Ok(())) => ON,
            _ => GONE,
        }
    }

    async fn hear(&mut self, message: Option<Result<AggregatedMessage, ProtocolError>>) -> Flow {
        self.heard = true;
        match message {
            Some(Ok(AggregatedMessage::Text(text))) => self.understand(&text).await,
            Some(Ok(AggregatedMessage::Ping(payload))) => {
                let ponged = timeout(PATIENCE, self.session.pong(&payload)).await;
                if matches!(ponged, Ok(Ok(()))) { ON } else { GONE }
            }
            Some(Ok(AggregatedMessage::Pong(_))) => ON,
            Some(Ok(AggregatedMessage::Binary(_))) => {
                ControlFlow::Break(Some(End::Malformed("Invalid message received")))
            }
            Some(Ok(AggregatedMessage::Close(_))) => ControlFlow::Break(Some(End::Answered)),
            Some(Err(ProtocolError::Overflow)) => ControlFlow::Break(Some(End::TooLarge)),
            Some(Err(_)) | None => GONE,
        }
    }

    async fn understand(&mut self, text: &str) -> Flow {
        match Message::read(text) {
            Err(end) => ControlFlow::Break(Some(end)),
            Ok(Message::Init(shown)) => {
                if self.asker.is_some() {
                    return ControlFlow::Break(Some(End::Twice));
                }
                let credentials = shown.map_or(self.credentials.clone(), |shown| self.credentials.showing(shown));
                match Asker::enter(&self.worker, &self.exchange, credentials).await {
                    Ok(asker) => self.asker = Some(asker),
                    Err(refused) => {
                        tracing::info!(
                            id = self.exchange.request_id,
                            code = refused.code().name(),
                            "a socket was refused"
                        );
                        return ControlFlow::Break(Some(End::Forbidden));
                    }
                }
                self.rest().await;
                self.send(plain("connection_ack", None)).await
            }
            Ok(Message::Ping(payload)) => self.pong(payload).await,
            Ok(Message::Pong) => ON,
            Ok(Message::Complete(id)) => {
                self.operations.stop(&id);
                ON
            }
            Ok(Message::Subscribe(id, payload)) => self.begin(id, payload).await,
        }
    }

    async fn pong(&mut self, payload: Option<&RawValue>) -> Flow {
        self.send(plain("pong", payload)).await
    }

    async fn begin(&mut self, id: String, payload: &str) -> Flow {
        let Some(asker) = self.asker.clone() else { return ControlFlow::Break(Some(End::Unacknowledged)) };
        if self.operations.has(&id) {
            return ControlFlow::Break(Some(End::Taken));
        }
        let exchange = exchange_of(&self.worker, &self.exchange);
        let most = self.worker.edge.http.sockets.operations;
        let asked =
            match request::read_body(payload.as_bytes(), &self.worker.edge.limits, &self.worker.edge.http.documents) {
                Err(refused) if !refused.is_of_document() => {
                    return ControlFlow::Break(Some(End::Malformed("Invalid message received")));
                }
                Ok(_) if self.operations.len() >= most as usize => {
                    Err(Refused::transport(ErrorCode::TooManyStreams.with("maximum", most)))
                }
                asked => asked,
            };
        self.operations.start(id, run(&self.worker, &exchange, asker, asked, false));
        ON
    }

    async fn tell(&mut self, id: &str, told: Told) -> Flow {
        let text = match told {
            Told::Next(answer) => next(id, &answer),
            Told::Done => complete(id),
            Told::Refused(answer) => {
                // Was it refused because who asks may not be there any more?
                if let Some(asker) = &self.asker
                    && asker.stay().await.is_err()
                {
                    return ControlFlow::Break(Some(End::Forbidden));
                }
                error(id, &answer)
            }
        };
        self.send(text).await
    }

    async fn send(&mut self, text: String) -> Flow {
        match timeout(PATIENCE, self.session.text(text)).await {
            Ok(Ok(())) => ON,
            _ => GONE,
        }
    }
}
