//! Subscriptions: `changes`, told event by event (`docs/decisions/0031-streams.md`).
//!
//! Who follows pulls: nothing is read while nobody takes what was read, so that there is no buffer to overflow. Before each event
//! who asks is looked at again, and what was judged with other rights, or a moment ago, is judged anew.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use futures_util::{future::LocalBoxFuture, stream::LocalBoxStream};
use serde_json::{Map, Value};

use super::{Engine, GraphRequest, GraphResponse, answer::Telling, documents::Document};
use crate::{
    access::actor::Actor,
    graph::{
        bridge::Contracted,
        error::{ErrorCode, Locale, Refusal},
    },
    history::announced::{CHANGE, PositionKey},
    reader::{
        arguments,
        collect::{Source, below},
        cursor::CursorKey,
        planner::{Context, Planner},
        write::Writer,
    },
    store::{Store, StoreFault, outbox::Follower},
};

mod judged;

use judged::Judged;

/// Who follows, as often as it is asked.
pub trait Who {
    /// Who it is now, with the grants that hold now.
    ///
    /// # Errors
    /// What was shown lets nobody in any more.
    fn now(&self) -> LocalBoxFuture<'_, Result<Arc<Actor>, Refusal>>;
}

/// What a request brings on a connection that stays.
pub enum Begun {
    /// One answer.
    Answer(GraphResponse),
    /// Answers as things happen. One that refuses (`refused`) is the last.
    Events(LocalBoxStream<'static, GraphResponse>),
}

/// A subscription to changes, as far as it is told.
pub struct Changes {
    document: Arc<Document>,
    operation: Option<String>,
    variables: Map<String, Value>,
    locale: Locale,
    request_id: String,
    /// The numbers of the kinds asked for; `None`: all.
    kinds: Option<Vec<u8>>,
    key: PositionKey,
    follower: Follower,
    /// Everything up to here is told, or not for who follows.
    position: i64,
    judged: Judged,
    /// It begins where nobody can go on any more.
    lost: bool,
}

impl<C: Contracted> Engine<C> {
    /// Begins a subscription; none when the request is another operation.
    ///
    /// # Errors
    /// The answer to what cannot be begun.
    pub async fn follow(&self, store: &Store, request: &GraphRequest) -> Result<Option<Changes>, GraphResponse> {
        let telling = Telling { locale: request.locale, request_id: &request.request_id };
        let (document, variables) = self.prepare(request).map_err(|refusals| telling.refused(&refusals))?;
        let name = request.operation_name.as_deref();
        let operation = document.operation(name).map_err(|refusal| telling.refused(&[refusal]))?;
        if operation.ty != OperationType::Subscription {
            return Ok(None);
        }
        if request.actor.account.is_none() {
            return Err(telling.refused(&[ErrorCode::Unauthenticated.into()]));
        }
        let source = Source { document: &document.parsed, variables: &variables };
        if let Some(refusal) = self.charge(store.clock().now(), request, source, operation).refusal {
            return Err(telling.refused(&[refusal]));
        }
        let fields = source.fields(&[&operation.selection_set.node], &|name| name == "Subscription");
        let field = fields.values().next().map(|merged| source.arguments(&merged[0].node)).unwrap_or_default();
        let key = PositionKey::of(store).await.map_err(|fault| failed(store, telling, &fault))?;
        let (kinds, after) = asked(&key, field).map_err(|refusal| telling.refused(&[refusal]))?;
        // Followed first, so that the relay does not rest in between.
        let follower = store.follow();
        let head = store.relay().await.map_err(|fault| failed(store, telling, &fault))?;
        let oldest = match after {
            Some(_) => store.oldest().await.map_err(|fault| failed(store, telling, &fault))?,
            None => head,
        };
        let position = after.unwrap_or(head);
        let operation = request.operation_name.clone();
        let (locale, request_id) = (request.locale, request.request_id.clone());
        let lost = position > head || position < oldest;
        let judged = Judged::default();
        Ok(Some(Changes {
            document,
            operation,
            variables,
            locale,
            request_id,
            kinds,
            key,
            follower,
            position,
            judged,
            lost,
        }))
    }

    /// The next event of a subscription: waits until there is one that who follows may see. `None` when the service stops.
    pub async fn next(&self, store: &Store, changes: &mut Changes, who: &dyn Who) -> Option<GraphResponse> {
        loop {
            let actor = match who.now().await {
                Ok(actor) => actor,
                Err(refusal) => return Some(changes.telling().refused(&[refusal])),
            };
            changes.judged.hold_to(&actor);
            if let Some((position, event)) = changes.judged.next() {
                changes.position = position;
                return Some(self.told(store, changes, &actor, (position, event)));
            }
            if let Some(end) = changes.judged.end() {
                changes.position = end;
            }
            let head = changes.follower.head();
            if changes.lost || head - changes.position > i64::from(self.max_behind) {
                let position = changes.key.seal(head);
                return Some(changes.telling().refused(&[ErrorCode::Resync.with("position", position)]));
            }
            if head == changes.position {
                if !changes.follower.beyond(head).await {
                    return None;
                }
                continue;
            }
            let context = changes.context(&self.cursors, &actor, store);
            let entities = C::contract().entities;
            match Judged::read(store, context, entities, changes.kinds.as_deref(), (changes.position, head)).await {
                Ok(judged) => changes.judged = judged,
                Err(fault) => return Some(failed(store, changes.telling(), &fault)),
            }
        }
    }

    /// The bytes of an event: the same writer as a query's.
    fn told(
        &self,
        store: &Store,
        changes: &Changes,
        actor: &Arc<Actor>,
        (position, mut event): (i64, Value),
    ) -> GraphResponse {
        event["position"] = changes.key.seal(position).into();
        let telling = changes.telling();
        let operation = match changes.document.operation(changes.operation.as_deref()) {
            Ok(operation) => operation,
            Err(refusal) => return telling.refused(&[refusal]),
        };
        let context = changes.context(&self.cursors, actor, store);
        let fields = context.source.fields(&[&operation.selection_set.node], &|name| name == "Subscription");
        let planner = Planner::new(context);
        let picked = fields.iter().map(|(key, merged)| {
            let picked = planner.pick_object(&CHANGE, &below(merged));
            ((*key).to_owned(), picked)
        });
        let picked: Vec<_> = picked.collect();
        let mut writer = Writer::new(&[], &[], context);
        writer.object(&picked, |writer, picked| writer.picked(&event, picked));
        telling.executed(&writer.out, &writer.errors)
    }
}

impl Changes {
    fn telling(&self) -> Telling<'_> {
        Telling { locale: self.locale, request_id: &self.request_id }
    }

    fn context<'a>(&'a self, cursors: &'a CursorKey, actor: &'a Arc<Actor>, store: &Store) -> Context<'a> {
        let source = Source { document: &self.document.parsed, variables: &self.variables };
        Context { source, actor, today: store.clock().today(), locale: self.locale, cursors }
    }
}

fn failed(store: &Store, telling: Telling<'_>, fault: &StoreFault) -> GraphResponse {
    let stopped = fault.is_stopped() || matches!(fault, StoreFault::Statement(fault) if fault.is_stopped());
    if stopped { telling.refused(&[store.stopped()]) } else { telling.internal(fault) }
}

/// The arguments of `changes`: the numbers of kinds, and a position.
fn asked(key: &PositionKey, mut given: Map<String, Value>) -> Result<(Option<Vec<u8>>, Option<i64>), Refusal> {
    let kinds = given.remove("kinds").filter(|kinds| !kinds.is_null()).map(|kinds| {
        let kinds = arguments::list(kinds).into_iter();
        kinds.filter_map(|kind| judged::number(kind.as_str()?)).collect()
    });
    let Some(after) = arguments::text(&mut given, "after") else { return Ok((kinds, None)) };
    let position = key.open(&after).ok_or_else(|| ErrorCode::CursorInvalid.at(["after"]))?;
    Ok((kinds, Some(position)))
}
