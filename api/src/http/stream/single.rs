//! The reserved stream: PUT reserves it, GET opens it, POST runs operations on it, DELETE stops one.
//!
//! Whoever reserved it is in this process: behind several, requests of one client must reach the same one.

use std::collections::{HashMap, HashSet};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use serde::Deserialize;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use uuid::Uuid;

use super::feed::{Source, event, of_operation, send};
use crate::graph::error::ErrorCode;
use crate::http::Executor;
use crate::http::asker::{Asker, Credentials};
use crate::http::operations::{Operations, Told, exchange_of, run};
use crate::http::refused::{Detail, Refused};
use crate::http::request::{self, Asked};
use crate::http::response::Exchange;
use crate::http::routes::Worker;

/// How long a reserved stream may stay unopened.
const UNOPENED: Duration = Duration::from_secs(30);
const NO_OPERATION_ID: Detail = Detail {
    es: "falta extensions.operationId, el identificador de la operación, como texto",
    en: "extensions.operationId, the identifier of the operation, is missing or is not a string",
};

/// The ids of the operations that run on a stream.
type Ids = Arc<Mutex<HashSet<String>>>;

/// What a request tells the stream.
enum Command {
    Begin { id: String, asked: Asked, credentials: Credentials, exchange: Exchange },
    Stop(String),
}

struct Reserved {
    account: Option<Uuid>,
    made: Instant,
    commands: Sender<Command>,
    /// Until the stream is open.
    waiting: Option<Receiver<Command>>,
    ids: Ids,
}

/// The reserved streams of this process, by their tokens.
#[derive(Default)]
pub struct Reservations(Mutex<HashMap<String, Reserved>>);

impl Reservations {
    /// The reserved streams, without those that nobody opened in time, or that are over.
    fn live(&self) -> std::sync::MutexGuard<'_, HashMap<String, Reserved>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, it| match it.waiting {
            Some(_) => it.made.elapsed() < UNOPENED,
            None => !it.commands.is_closed(),
        });
        all
    }

    /// How to speak to a stream of this account, and its operations' ids.
    fn find(&self, account: Option<Uuid>, token: &str) -> Option<(Sender<Command>, Ids)> {
        let all = self.live();
        let reserved = all.get(token).filter(|reserved| reserved.account == account)?;
        Some((reserved.commands.clone(), reserved.ids.clone()))
    }
}

fn not_found() -> Refused {
    Refused::resource(ErrorCode::NotFound.into())
}

/// PUT: a token for a stream.
pub(super) fn reserve<E>(worker: &Worker<E>, account: Option<Uuid>) -> Result<HttpResponse, Refused> {
    let sockets = &worker.edge.http.sockets;
    let mut all = worker.edge.reservations.live();
    if all.len() >= sockets.connections as usize {
        return Err(Refused::transport(ErrorCode::TooManyStreams.with("maximum", sockets.connections)));
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Refused::transport(ErrorCode::Unavailable))?;
    let token = Uuid::from_bytes(bytes).simple().to_string();
    let (commands, waiting) = channel(sockets.operations as usize);
    let reserved = Reserved { account, made: Instant::now(), commands, waiting: Some(waiting), ids: Arc::default() };
    all.insert(token.clone(), reserved);
    Ok(HttpResponse::Created().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(token))
}

/// GET: the stream itself.
pub(super) fn open<E: Executor>(
    worker: &Rc<Worker<E>>,
    exchange: &Exchange,
    asker: Rc<Asker<E>>,
    token: &str,
) -> Result<HttpResponse, Refused> {
    let place = worker.edge.open.enter()?;
    let mut all = worker.edge.reservations.live();
    let reserved = all.get_mut(token).filter(|reserved| reserved.account == asker.account()).ok_or_else(not_found)?;
    let commands = reserved.waiting.take().ok_or_else(|| Refused::transport(ErrorCode::StreamTaken))?;
    let ids = reserved.ids.clone();
    drop(all);
    tracing::info!(id = exchange.request_id, "a stream was opened");
    let shared = Shared { worker: worker.clone(), commands, ids, operations: Operations::default() };
    Ok(send(worker, asker, place, shared))
}

#[derive(Deserialize)]
struct Extended {
    extensions: Option<Extensions>,
}

#[derive(Deserialize)]
struct Extensions {
    #[serde(rename = "operationId")]
    operation_id: Option<String>,
}

/// POST: an operation on the stream.
pub(super) async fn begin<E>(
    worker: &Worker<E>,
    exchange: &Exchange,
    (account, credentials): (Option<Uuid>, Credentials),
    token: &str,
    body: &[u8],
) -> Result<HttpResponse, Refused> {
    let (commands, ids) = worker.edge.reservations.find(account, token).ok_or_else(not_found)?;
    let asked =
        request::read_body(body, &worker.edge.limits, &worker.edge.http.documents).map_err(Refused::with_its_status)?;
    let extended: Option<Extended> = serde_json::from_slice(body).ok();
    let id = extended.and_then(|it| it.extensions?.operation_id).filter(|id| (1..=256).contains(&id.len()));
    let id = id.ok_or(Refused::bad(NO_OPERATION_ID))?;
    let most = worker.edge.http.sockets.operations;
    {
        let mut ids = ids.lock().unwrap_or_else(PoisonError::into_inner);
        if ids.len() >= most as usize {
            return Err(Refused::transport(ErrorCode::TooManyStreams.with("maximum", most)));
        }
        if !ids.insert(id.clone()) {
            return Err(Refused::transport(ErrorCode::StreamTaken));
        }
    }
    let exchange = exchange_of(worker, exchange);
    commands.send(Command::Begin { id, asked, credentials, exchange }).await.map_err(|_| not_found())?;
    Ok(HttpResponse::Accepted().finish())
}

/// DELETE: the operation is not needed any more.
pub(super) async fn stop<E>(
    worker: &Worker<E>,
    account: Option<Uuid>,
    token: &str,
    id: Option<String>,
) -> Result<HttpResponse, Refused> {
    let (commands, _) = worker.edge.reservations.find(account, token).ok_or_else(not_found)?;
    let id = id.ok_or(Refused::bad(NO_OPERATION_ID))?;
    commands.send(Command::Stop(id)).await.map_err(|_| not_found())?;
    Ok(HttpResponse::Ok().finish())
}

/// All operations of a reserved stream.
struct Shared<E> {
    worker: Rc<Worker<E>>,
    commands: Receiver<Command>,
    ids: Ids,
    operations: Operations,
}

impl<E: Executor> Shared<E> {
    fn obey(&mut self, command: Command) -> Option<String> {
        match command {
            Command::Stop(id) => {
                self.operations.stop(&id);
                self.forget(&id).then(|| of_operation(&id, None))
            }
            Command::Begin { id, asked, credentials, exchange } => {
                let asker = Asker::known(&self.worker, &exchange, credentials);
                self.operations.start(id, run(&self.worker, &exchange, asker, Ok(asked), false));
                None
            }
        }
    }

    fn forget(&self, id: &str) -> bool {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).remove(id)
    }

    fn tell(&self, id: &str, told: Told) -> String {
        match told {
            Told::Next(answer) => of_operation(id, Some(&answer)),
            Told::Refused(answer) => {
                self.forget(id);
                of_operation(id, Some(&answer)) + &of_operation(id, None)
            }
            Told::Done => {
                self.forget(id);
                of_operation(id, None)
            }
        }
    }
}

impl<E: Executor> Source for Shared<E> {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = Option<String>> + '_>> {
        Box::pin(async move {
            loop {
                tokio::select! {
                    command = self.commands.recv() => {
                        if let Some(text) = self.obey(command?) {
                            return Some(text);
                        }
                    }
                    (id, told) = self.operations.next() => return Some(self.tell(&id, told)),
                }
            }
        })
    }

    fn dismissed(&self, why: &str) -> String {
        let ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let told = |id: &String| of_operation(id, Some(why.as_bytes())) + &of_operation(id, None);
        ids.iter().map(told).chain([event("complete", "")]).collect()
    }
}
