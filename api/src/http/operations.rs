//! Connections that stay, and the operations that run on one of them at the same time.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::StreamExt as _;
use futures_util::stream::{AbortHandle, Abortable, LocalBoxStream, SelectAll, iter, once};
use tokio::sync::watch;

use super::Executor;
use super::asker::Asker;
use super::refused::Refused;
use super::request::Asked;
use super::response::Exchange;
use super::routes::{Worker, said};
use crate::execution::GraphResponse;
use crate::execution::subscription::Begun;
use crate::graph::error::ErrorCode;
use crate::telemetry;

/// Connections that stay, of all workers: how many there are, and whether they are to end.
pub(super) struct Open {
    most: u32,
    count: Arc<AtomicU32>,
    ending: watch::Sender<bool>,
}

impl Open {
    /// None yet, and never more than so many.
    pub fn new(most: u32) -> Self {
        Self { most, count: Arc::default(), ending: watch::Sender::new(false) }
    }

    /// A place for one more.
    ///
    /// # Errors
    /// TOO_MANY_STREAMS; UNAVAILABLE when the service stops.
    pub fn enter(&self) -> Result<Place, Refused> {
        if *self.ending.borrow() {
            return Err(Refused::transport(ErrorCode::Unavailable));
        }
        let place = Place { count: self.count.clone(), ending: self.ending.subscribe() };
        if self.count.fetch_add(1, Ordering::SeqCst) >= self.most {
            return Err(Refused::transport(ErrorCode::TooManyStreams.with("maximum", self.most)));
        }
        Ok(place)
    }

    /// Tells all of them to end.
    pub fn end(&self) {
        self.ending.send_replace(true);
    }
}

/// A place among the connections that stay, free again when it is dropped.
pub(super) struct Place {
    count: Arc<AtomicU32>,
    ending: watch::Receiver<bool>,
}

impl Place {
    /// Waits until the connection is to end.
    pub async fn ended(&mut self) {
        let _ = self.ending.wait_for(|ending| *ending).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What is told of an operation.
pub(super) enum Told {
    /// An answer, as JSON.
    Next(Vec<u8>),
    /// The errors that refuse or end it, as the JSON of an answer without data. The last of it.
    Refused(Vec<u8>),
    /// It is over.
    Done,
}

impl Told {
    fn is_last(&self) -> bool {
        !matches!(self, Self::Next(_))
    }
}

impl From<GraphResponse> for Told {
    fn from(response: GraphResponse) -> Self {
        if response.refused.is_some() { Self::Refused(response.body) } else { Self::Next(response.body) }
    }
}

/// An operation that runs as it is polled.
pub(super) type Running = LocalBoxStream<'static, Told>;

/// Runs what is asked, or tells why its document is refused: one answer, or events. To begin takes no longer than any request may; a panic costs its own operation only.
pub(super) fn run<E: Executor>(
    worker: &Rc<Worker<E>>,
    exchange: &Exchange,
    asker: Rc<Asker<E>>,
    asked: Result<Asked, Refused>,
    read_only: bool,
) -> Running {
    let (worker, exchange) = (worker.clone(), exchange.clone());
    let request_id = exchange.request_id.clone();
    let refused = move |refused: &Refused| Told::Refused(refused.body(exchange.locale, &exchange.request_id));
    let panicked = refused.clone();
    let begun = async move {
        let deadline = worker.edge.http.request_deadline;
        let begin = async {
            let request = asker.request(asked?, read_only, request_id).await?;
            Ok(worker.executor.begin(request, asker.clone()).await)
        };
        let late = |_| Err(Refused::transport(ErrorCode::DeadlineExceeded.with("seconds", deadline.as_secs())));
        tokio::time::timeout(deadline, begin).await.unwrap_or_else(late)
    };
    let told = once(begun).flat_map(move |begun| match begun {
        Ok(Begun::Answer(answer)) => iter([answer.into(), Told::Done]).boxed_local(),
        Ok(Begun::Events(events)) => events.map(Told::from).chain(iter([Told::Done])).boxed_local(),
        Err(fault) => iter([refused(&fault)]).boxed_local(),
    });
    let told = AssertUnwindSafe(told).catch_unwind().map(move |told| {
        told.unwrap_or_else(|panic| {
            tracing::error!(panic = said(&*panic), "an operation panicked");
            panicked(&Refused::transport(ErrorCode::Internal))
        })
    });
    told.boxed_local()
}

/// An exchange of its own for an operation of a connection: each has its request id.
pub(super) fn exchange_of<E>(worker: &Worker<E>, connection: &Exchange) -> Exchange {
    Exchange { request_id: telemetry::request_id((worker.edge.now)()), ..connection.clone() }
}

/// The operations of one connection.
#[derive(Default)]
pub(super) struct Operations {
    running: SelectAll<LocalBoxStream<'static, (String, Told)>>,
    stops: HashMap<String, AbortHandle>,
}

impl Operations {
    /// Does one of this id run?
    pub fn has(&self, id: &str) -> bool {
        self.stops.contains_key(id)
    }

    /// How many run.
    pub fn len(&self) -> usize {
        self.stops.len()
    }

    /// Begins one more.
    pub fn start(&mut self, id: String, running: Running) {
        let (stop, stopped) = AbortHandle::new_pair();
        let name = id.clone();
        let named = running.map(move |told| (name.clone(), told));
        self.running.push(Abortable::new(named, stopped).boxed_local());
        self.stops.insert(id, stop);
    }

    /// Ends one, wherever it is.
    pub fn stop(&mut self, id: &str) {
        if let Some(stop) = self.stops.remove(id) {
            stop.abort();
        }
    }

    /// What is told next, of whichever operation; waits for ever where none runs.
    pub async fn next(&mut self) -> (String, Told) {
        match self.running.next().await {
            Some((id, told)) => {
                if told.is_last() {
                    self.stop(&id);
                }
                (id, told)
            }
            None => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(several: &[&str]) -> Running {
        let several: Vec<_> = several.iter().map(|text| Told::Next(text.as_bytes().to_vec())).collect();
        iter(several).chain(iter([Told::Done])).boxed_local()
    }

    #[tokio::test]
    async fn operations_run_beside_each_other_until_they_end_or_are_stopped() {
        let mut operations = Operations::default();
        operations.start("a".into(), answers(&["1", "2"]));
        operations.start("b".into(), answers(&["3"]));
        operations.start("c".into(), futures_util::stream::pending().boxed_local());
        assert!(operations.has("a") && operations.len() == 3);
        operations.stop("b");
        assert!(!operations.has("b"), "its id is free");
        operations.start("b".into(), answers(&["4"]));
        let mut told = Vec::new();
        while operations.len() > 1 {
            let (id, what) = operations.next().await;
            if let Told::Next(body) = what {
                told.push(format!("{id}{}", String::from_utf8_lossy(&body)));
            }
        }
        told.sort_unstable();
        assert_eq!(told, ["a1", "a2", "b4"]);
        assert!(operations.has("c"));
    }

    #[test]
    fn there_are_so_many_places() {
        let open = Open::new(1);
        let place = open.enter().expect("the first");
        assert_eq!(open.enter().err().map(|refused| refused.code()), Some(ErrorCode::TooManyStreams));
        drop(place);
        assert!(open.enter().is_ok());
        open.end();
        assert_eq!(open.enter().err().map(|refused| refused.code()), Some(ErrorCode::Unavailable));
    }
}
