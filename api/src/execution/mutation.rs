//! Mutations: one act after another, each in a transaction of its own, its payload read inside it.

use async_graphql::parser::types::{OperationDefinition, SelectionSet};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::{cell::RefCell, fmt::Write as _, sync::Arc, time::Instant};
use uuid::Uuid;

use super::{
    Engine, GraphResponse,
    act::{AnyAct, SECRET, payload_name},
    answer::Telling,
    coerce,
    roots::by_id,
};
use crate::{
    access::actor::Via,
    config::Secret,
    graph::{
        bridge::Contracted,
        error::{ErrorClass, ErrorCode, Refusal},
        root::USER_ERROR,
    },
    history::receipt::RECEIPT,
    reader::{
        collect::{Merged, agree, below, conflicting},
        fetch::fetch,
        plan::{Moment, Object, Picked},
        planner::{Context, Planner},
        reads::PersonalReads,
        snapshot::{ReadFault, Snapshot},
        write::{FieldError, Step, Writer},
    },
    store::{ActFault, Idempotency, Intent, Sealed, Store},
};

/// Runs a mutation operation.
pub async fn run<C: Contracted>(
    engine: &Engine<C>,
    store: &Store,
    context: Context<'_>,
    operation: &OperationDefinition,
    telling: Telling<'_>,
    client: Option<&str>,
) -> GraphResponse {
    let fields = context.source.fields(&[&operation.selection_set.node], &|name| name == "Mutation");
    let mut data = b"{".to_vec();
    let mut errors = Vec::new();
    let until = store.until();
    for (number, (key, merged)) in fields.iter().enumerate() {
        if number > 0 {
            data.push(b',');
        }
        data.extend_from_slice(Value::from(*key).to_string().as_bytes());
        data.push(b':');
        let one = One { engine, store, context, telling, client, until, again: AGAIN };
        match one.field(merged).await {
            Ok((bytes, inner)) => {
                data.extend_from_slice(&bytes);
                errors.extend(inner.into_iter().map(|mut error| {
                    error.path.insert(0, Step::Key((*key).to_owned()));
                    error
                }));
            }
            Err(refusal) => {
                data.extend_from_slice(b"null");
                errors.push(FieldError { refusal, path: vec![Step::Key((*key).to_owned())] });
            }
        }
    }
    data.push(b'}');
    telling.executed(&data, &errors)
}

/// How often an act is run again because somebody's rights changed meanwhile.
const AGAIN: u32 = 5;

/// One root field of a mutation.
struct One<'a, C: Contracted> {
    engine: &'a Engine<C>,
    store: &'a Store,
    context: Context<'a>,
    telling: Telling<'a>,
    /// When the database stops, for all root fields together.
    until: Instant,
    /// How often the act may run again with what the actor may now.
    again: u32,
    client: Option<&'a str>,
}

/// A field of a payload.
enum Part {
    TypeName,
    Object(usize, Object),
    Errors(Picked),
    Secret,
    Receipt(Picked),
}

type Written = (Vec<u8>, Vec<FieldError>);

impl<'a, C: Contracted> One<'a, C> {
    async fn field(&self, merged: &Merged<'a>) -> Result<Written, Refusal> {
        let name = merged[0].node.name.node.as_str();
        if name == "__typename" {
            return Ok((b"\"Mutation\"".to_vec(), Vec::new()));
        }
        if !agree(merged) {
            return Err(conflicting(merged));
        }
        let act = *self.engine.acts.get(name).ok_or(ErrorCode::NotFound)?;
        if self.context.actor.account.is_none() {
            return Err(ErrorCode::Unauthenticated.into());
        }
        let sets = below(merged);
        match self.act(act, self.context.source.arguments(&merged[0].node), &sets).await {
            Ok(written) => Ok(written),
            Err(ActFault::Refused(refusals)) => {
                debug_assert!(
                    refusals.iter().all(|refusal| announced(act, refusal)),
                    "{name} gave a code it does not announce: {refusals:?}"
                );
                match refusals.iter().find(|refusal| refusal.code.entry().class == ErrorClass::Authorization) {
                    Some(forbidden) => Err(forbidden.clone()),
                    None => Ok((self.refused(act, &refusals, &sets), Vec::new())),
                }
            }
            Err(ActFault::RightsChanged) => self.once_more(merged).await,
            Err(fault) if fault.is_stopped() => Err(self.store.stopped()),
            Err(fault) => Err(self.failed(name, &fault)),
        }
    }

    /// Runs the field again with what the actor may now: what it might do a moment ago is over.
    async fn once_more(&self, merged: &Merged<'a>) -> Result<Written, Refusal> {
        let (Some(again), Some(known)) = (self.again.checked_sub(1), &self.context.actor.known) else {
            return Err(ErrorCode::ConcurrentChange.into());
        };
        let via = Via { request_id: self.telling.request_id, client: self.client };
        let actor = self.store.again(&known.by, via).await;
        let actor = Arc::new(actor.map_err(|fault| self.failed("actor", &fault))?);
        let context = Context { actor: &actor, ..self.context };
        let one = One { context, again, ..*self };
        Box::pin(one.field(merged)).await
    }

    fn failed(&self, what: &str, fault: &dyn std::error::Error) -> Refusal {
        tracing::error!(request_id = self.telling.request_id, act = what, error = %fault, "act failed");
        self.telling.internal_refusal()
    }

    async fn act(
        &self,
        act: &'static dyn AnyAct,
        given: Map<String, Value>,
        sets: &[&'a SelectionSet],
    ) -> Result<Written, ActFault> {
        let declared = self.engine.arguments.get(act.name()).ok_or(ErrorCode::NotFound)?;
        let mut arguments = coerce::arguments(&self.engine.types, declared, given)?;
        let key = arguments.remove("idempotencyKey").and_then(|key| key.as_str().map(ToOwned::to_owned));
        if key.as_ref().is_some_and(String::is_empty) {
            return Err(ErrorCode::Required.at(["idempotencyKey"]).into());
        }
        if key.as_ref().is_some_and(|key| key.len() > 200) {
            return Err(ErrorCode::TooLong.at(["idempotencyKey"]).with("maximum", 200).into());
        }
        let dry_run = arguments.remove("dryRun") == Some(Value::Bool(true));
        let reason = arguments.get("reason").and_then(Value::as_str).map(ToOwned::to_owned);
        let intent = Intent {
            actor: self.context.actor.clone(),
            act: act.name(),
            request_id: self.telling.request_id.to_owned(),
            client: self.client.map(ToOwned::to_owned),
            idempotency: key.map(|key| Idempotency { key, input_hash: hash(act.name(), &arguments) }),
            dry_run,
            reason,
            backdated: false,
            until: self.until,
        };
        let arguments = Value::Object(arguments);
        // Beside the outcome, because that is kept under the idempotency key.
        let secret = RefCell::new(None);
        let perform = async |changes: &mut crate::store::ChangeSet| {
            let outcome = act.perform(arguments.clone(), changes).await;
            *secret.borrow_mut() = changes.take_secret();
            outcome
        };
        let read = async |snapshot: &mut Snapshot<'_>, id: &Uuid, sealed: Option<&Sealed>| {
            let shown = secret.borrow_mut().take();
            self.read(act, *id, (shown.as_ref(), sealed), snapshot, sets).await
        };
        let (written, reads) = self.store.change(&intent, perform, read).await?.answer;
        self.store.note_reads(self.context.actor, self.telling.request_id, reads).await;
        Ok(written)
    }

    /// Reads the payload's selection inside the transaction of the act.
    async fn read(
        &self,
        act: &'static dyn AnyAct,
        id: Uuid,
        (secret, sealed): (Option<&Secret>, Option<&Sealed>),
        snapshot: &mut Snapshot<'_>,
        sets: &[&'a SelectionSet],
    ) -> Result<(Written, PersonalReads), ReadFault> {
        let mut planner = Planner::new(self.context);
        let parts = self.parts(act, Some(id), &mut planner, sets);
        let fetched = fetch(&planner.levels, self.context.actor, snapshot, self.store.statements()).await?;
        let mut writer = Writer::new(&planner.levels, &fetched, self.context);
        writer.object(&parts, |writer, part| match part {
            Part::TypeName => writer.string(&payload_name(act.payload())),
            Part::Errors(_) => writer.raw("[]"),
            Part::Receipt(picked) => match sealed.map(|sealed| self.engine.receipts.receipt(sealed)) {
                Some(Ok(receipt)) => writer.picked(&receipt, picked),
                Some(Err(fault)) => {
                    tracing::error!(%fault, "a receipt could not be signed");
                    writer.fail(self.telling.internal_refusal());
                }
                None => writer.raw("null"),
            },
            Part::Secret => match secret {
                Some(secret) => writer.string(secret.expose()),
                None => writer.raw("null"),
            },
            Part::Object(level, object) => match writer.range(*level, 0).next() {
                Some(row) => writer.row(*level, row, object),
                None => writer.raw("null"),
            },
        });
        Ok(((writer.out, writer.errors), writer.reads))
    }

    fn refused(&self, act: &'static dyn AnyAct, refusals: &[Refusal], sets: &[&'a SelectionSet]) -> Vec<u8> {
        let mut planner = Planner::new(self.context);
        let parts = self.parts(act, None, &mut planner, sets);
        let mut writer = Writer::new(&[], &[], self.context);
        let errors: Value = refusals.iter().take(100).map(|refusal| self.telling.user_error(refusal)).collect();
        writer.object(&parts, |writer, part| match part {
            Part::TypeName => writer.string(&payload_name(act.payload())),
            Part::Errors(picked) => writer.picked(&errors, picked),
            Part::Object(..) | Part::Receipt(_) | Part::Secret => writer.raw("null"),
        });
        writer.out
    }

    fn parts(
        &self,
        act: &'static dyn AnyAct,
        id: Option<Uuid>,
        planner: &mut Planner<'a>,
        sets: &[&'a SelectionSet],
    ) -> Vec<(String, Part)> {
        let name = payload_name(act.payload());
        let fields = self.context.source.fields(sets, &|ty| ty == name);
        let mut parts = Vec::with_capacity(fields.len());
        for (key, merged) in fields {
            let part = match merged[0].node.name.node.as_str() {
                "__typename" => Part::TypeName,
                SECRET if act.secret() => Part::Secret,
                "receipt" => Part::Receipt(planner.pick_object(&RECEIPT, &below(&merged))),
                "errors" => Part::Errors(planner.pick_object(&USER_ERROR, &below(&merged))),
                _ => {
                    let level =
                        by_id(planner, act.payload(), Moment::Fixed(self.context.today), id.into_iter().collect());
                    Part::Object(level, planner.rows(level, &below(&merged)))
                }
            };
            parts.push((key.to_owned(), part));
        }
        parts
    }
}

/// Does the mutation's description list this code?
fn announced(act: &dyn AnyAct, refusal: &Refusal) -> bool {
    act.codes().contains(&refusal.code)
        || super::act::COMMON.contains(&refusal.code)
        || refusal.code.entry().class == ErrorClass::Authorization
}

/// What idempotency compares: the act and its input, members in one order.
fn hash(act: &str, arguments: &Map<String, Value>) -> String {
    let digest = Sha256::new()
        .chain_update(act)
        .chain_update([0])
        .chain_update(Value::Object(arguments.clone()).to_string())
        .finalize();
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
