//! Server-sent events, from an operation or from several.

use std::pin::Pin;
use std::rc::Rc;

use actix_web::HttpResponse;
use actix_web::error::Error;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use actix_web::web::Bytes;
use futures_util::stream::{StreamExt as _, unfold};
use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use crate::http::Executor;
use crate::http::asker::Asker;
use crate::http::operations::{Place, Running, Told};
use crate::http::routes::Worker;

/// Proxies that would keep events back until there are many are told not to.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");
/// Says nothing, and keeps the connection from being thought dead.
const COMMENT: &str = ":\n\n";

/// Where events come from.
pub(super) trait Source: 'static {
    /// The next event, as it is sent; `None` at the end.
    fn next(&mut self) -> Pin<Box<dyn Future<Output = Option<String>> + '_>>;

    /// What is sent last when who asks may not be there any more: why, as JSON.
    fn dismissed(&self, why: &str) -> String;
}

/// An event: its name and its data, a text without line breaks.
pub(super) fn event(name: &str, data: &str) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

/// The stream of one operation.
pub(super) fn distinct<E: Executor>(
    worker: &Rc<Worker<E>>,
    asker: Rc<Asker<E>>,
    place: Place,
    running: Running,
) -> HttpResponse {
    send(worker, asker, place, Distinct { running, over: false })
}

struct Distinct {
    running: Running,
    over: bool,
}

impl Source for Distinct {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = Option<String>> + '_>> {
        Box::pin(async move {
            if self.over {
                return None;
            }
            Some(match self.running.next().await? {
                Told::Next(answer) => event("next", &String::from_utf8_lossy(&answer)),
                Told::Refused(answer) => {
                    self.over = true;
                    self.dismissed(&String::from_utf8_lossy(&answer))
                }
                Told::Done => {
                    self.over = true;
                    event("complete", "")
                }
            })
        })
    }

    fn dismissed(&self, why: &str) -> String {
        event("next", why) + &event("complete", "")
    }
}

/// What a connection of events goes through.
struct Feed<E, S> {
    asker: Rc<Asker<E>>,
    worker: Rc<Worker<E>>,
    place: Place,
    source: S,
    look_at: Instant,
    begun: bool,
    over: bool,
}

/// Sends events until there are no more, the service stops, or who asks may not be there any more.
pub(super) fn send<E: Executor, S: Source>(
    worker: &Rc<Worker<E>>,
    asker: Rc<Asker<E>>,
    place: Place,
    source: S,
) -> HttpResponse {
    let feed =
        Feed { asker, worker: worker.clone(), place, source, look_at: Instant::now(), begun: false, over: false };
    let events = unfold(feed, |mut feed| async move {
        let text = feed.next().await?;
        Some((Ok::<_, Error>(Bytes::from(text)), feed))
    });
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((X_ACCEL_BUFFERING, "no"))
        .streaming(events)
}

impl<E: Executor, S: Source> Feed<E, S> {
    async fn next(&mut self) -> Option<String> {
        if self.over {
            return None;
        }
        if !std::mem::replace(&mut self.begun, true) {
            self.rest().await;
            // The client learns at once that the stream is open.
            return Some(COMMENT.to_owned());
        }
        tokio::select! {
            event = self.source.next() => event,
            () = sleep_until(self.look_at) => Some(self.look().await),
            () = self.place.ended() => None,
        }
    }

    async fn look(&mut self) -> String {
        match self.asker.stay().await {
            Ok(()) => {
                self.rest().await;
                COMMENT.to_owned()
            }
            Err(refusal) => {
                self.over = true;
                let refused = self.asker.told(&refusal);
                self.source.dismissed(&String::from_utf8_lossy(&refused))
            }
        }
    }

    async fn rest(&mut self) {
        self.look_at = Instant::now() + self.asker.rest(self.worker.edge.http.sockets.ping).await;
    }
}

/// The data of an event of a reserved stream: of which operation it is, and what it brings.
pub(super) fn of_operation(id: &str, answer: Option<&[u8]>) -> String {
    let id = Value::from(id);
    match answer {
        Some(answer) => event("next", &format!("{{\"id\":{id},\"payload\":{}}}", String::from_utf8_lossy(answer))),
        None => event("complete", &format!("{{\"id\":{id}}}")),
    }
}
