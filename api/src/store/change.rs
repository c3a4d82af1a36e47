//! One act from its first to its last statement: claimed, done, recorded, read, kept — and run again when it must be.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use entity::{
    Id, Moment,
    machinery::idempotency::{ActiveModel, Column, Entity},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, TryInsertResult};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{
    ActFault, Store,
    change_set::ChangeSet,
    history::{Chains, Origin, Sealed},
};
use crate::{
    access::{actor::Actor, rules::Duty},
    graph::error::ErrorCode,
    reader::snapshot::{ReadFault, Snapshot},
};

/// How often an act is run before the actor is told that others keep coming first.
const ATTEMPTS: u32 = 10;

/// Who sets out to do what, and how.
#[derive(Clone, Debug)]
pub struct Intent {
    /// Who acts.
    pub actor: Arc<Actor>,
    /// The mutation, by its GraphQL name.
    pub act: &'static str,
    /// Identifier of the request, as the answer and the log show it.
    pub request_id: String,
    /// The program through which the actor acts, where it is known.
    pub client: Option<String>,
    /// Set when the same request may come twice and shall act once.
    pub idempotency: Option<Idempotency>,
    /// Do everything, answer, keep nothing?
    pub dry_run: bool,
    /// Motivo, for the history.
    pub reason: Option<String>,
    /// Does it change what held before today? An act may find out later: [`ChangeSet::mark_backdated`].
    pub backdated: bool,
    /// When it is stopped and nothing of it kept: whoever asked is told that it took too long.
    pub until: Instant,
}

/// What makes two requests the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// The key that the client chose.
    pub key: String,
    /// A hash of the act's input.
    pub input_hash: String,
}

/// What an act brought about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<T, R> {
    /// What it did, as it says itself.
    pub outcome: T,
    /// What was read for the answer, in the act's own transaction.
    pub answer: R,
    /// Had it been done before, under the same idempotency key?
    pub replayed: bool,
}

/// What is kept of an act under its idempotency key.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    /// Organization, name and units of each duty that it took.
    needed: Vec<(Uuid, String, Vec<Uuid>)>,
    outcome: T,
    /// Where the history tells it, so that a replay gives the same receipt.
    #[serde(default)]
    sealed: Option<Sealed>,
}

/// What an idempotency key says before the act runs.
enum Claim<T> {
    Ours,
    Done(T, Option<Sealed>),
}

impl Store {
    /// Runs an act in one transaction, then `read` in the same transaction, then keeps both — or neither, when it is a
    /// dry run. `read` is told where the history tells the act; nowhere, when it changed nothing or is a dry run. Both closures may run several times: they must do nothing outside the transaction.
    ///
    /// # Errors
    /// Whatever the act refuses; `FORBIDDEN` when it was done before under the same key and the actor could not do it
    /// any more; `UNAUTHENTICATED` without an account; `IDEMPOTENCY_CONFLICT` when the key came before
    /// with another act or input; `CONCURRENT_CHANGE` when others kept coming first; [`ActFault::Stopped`] and the like
    /// (see [`ActFault::is_stopped`]) at `intent.until` or when the service stops; [`ActFault::RightsChanged`] when the actor is
    /// to be read again.
    pub async fn change<T, R>(
        &self,
        intent: &Intent,
        act: impl AsyncFn(&mut ChangeSet) -> Result<T, ActFault>,
        read: impl AsyncFn(&mut Snapshot<'_>, &T, Option<&Sealed>) -> Result<R, ReadFault>,
    ) -> Result<Changed<T, R>, ActFault>
    where
        T: Serialize + DeserializeOwned,
    {
        let account = intent.actor.account.ok_or(ErrorCode::Unauthenticated)?;
        if self.backend.halt.is_said() {
            return Err(ActFault::Stopped);
        }
        for attempt in 0..ATTEMPTS {
            match self.attempt(intent, account, &act, &read).await {
                Err(fault) if fault.passes() => {
                    tracing::debug!(%fault, attempt, act = intent.act, "runs again");
                    tokio::time::sleep(wait(attempt)).await;
                }
                outcome => return outcome,
            }
        }
        Err(ErrorCode::ConcurrentChange.into())
    }

    async fn attempt<T, R>(
        &self,
        intent: &Intent,
        account: Uuid,
        act: &impl AsyncFn(&mut ChangeSet) -> Result<T, ActFault>,
        read: &impl AsyncFn(&mut Snapshot<'_>, &T, Option<&Sealed>) -> Result<R, ReadFault>,
    ) -> Result<Changed<T, R>, ActFault>
    where
        T: Serialize + DeserializeOwned,
    {
        let mut set = self.change_set(intent, account).await?;
        match run(&mut set, act, read).await {
            Ok(changed) if intent.dry_run || changed.replayed => {
                set.transaction.rollback().await?;
                Ok(changed)
            }
            Ok(_) if Instant::now() > intent.until => {
                set.transaction.rollback().await?;
                Err(ActFault::Stopped)
            }
            Ok(changed) => {
                let erased = set.erased;
                set.transaction.commit().await?;
                self.access.learn(set.epoch_after);
                self.outbox.wake();
                if erased {
                    self.scrub().await;
                }
                Ok(changed)
            }
            Err(fault) => {
                // Now, and not when the connection is used next: others may wait for its locks.
                if let Err(fault) = set.transaction.rollback().await {
                    tracing::warn!(%fault, "rolling back");
                }
                Err(fault)
            }
        }
    }

    async fn change_set(&self, intent: &Intent, account: Uuid) -> Result<ChangeSet, DbErr> {
        let now = self.clock.now();
        Ok(ChangeSet {
            transaction: self.begin(intent.until).await?,
            intent: intent.clone(),
            account,
            dialect: self.dialect(),
            now: Moment::from(now),
            today: super::clock::civil_date(now),
            chains: Chains::default(),
            events: Vec::new(),
            backdated: intent.backdated,
            needed: Vec::new(),
            secret: None,
            violated: None,
            epoch_after: 0,
            erased: false,
        })
    }
}

async fn run<T, R>(
    set: &mut ChangeSet,
    act: &impl AsyncFn(&mut ChangeSet) -> Result<T, ActFault>,
    read: &impl AsyncFn(&mut Snapshot<'_>, &T, Option<&Sealed>) -> Result<R, ReadFault>,
) -> Result<Changed<T, R>, ActFault>
where
    T: Serialize + DeserializeOwned,
{
    set.rights_hold_at_first().await?;
    let (outcome, sealed, replayed) = match claim(set).await? {
        Claim::Done(outcome, sealed) => (outcome, sealed, true),
        Claim::Ours => {
            let outcome = act(set).await?;
            if let Some(refusal) = set.violated.take() {
                return Err(refusal.into());
            }
            let sealed = write_history(set).await?.filter(|_| !set.intent.dry_run);
            keep_outcome(set, &outcome, sealed.as_ref()).await?;
            (outcome, sealed, false)
        }
    };
    let answer = read(&mut Snapshot::Transaction(&set.transaction), &outcome, sealed.as_ref()).await?;
    set.rights_hold_at_last().await?;
    Ok(Changed { outcome, answer, replayed })
}

async fn write_history(set: &mut ChangeSet) -> Result<Option<Sealed>, DbErr> {
    let origin = Origin {
        account: set.account,
        client: set.intent.client.as_deref(),
        request_id: &set.intent.request_id,
        act: set.intent.act,
        reason: set.intent.reason.as_deref(),
        backdated: set.backdated,
        recorded_at: set.now,
    };
    set.chains.write(&set.transaction, std::mem::take(&mut set.events), &origin).await
}

/// Takes the key, or finds what was done under it. Whoever comes while another is at it waits here for its end.
async fn claim<T: DeserializeOwned>(set: &ChangeSet) -> Result<Claim<T>, ActFault> {
    let Some(wanted) = set.intent.idempotency.as_ref().filter(|_| !set.intent.dry_run) else { return Ok(Claim::Ours) };
    let account = Id::from_uuid(set.account);
    let row = ActiveModel {
        account_id: Set(account),
        idempotency_key: Set(wanted.key.clone()),
        act: Set(set.intent.act.to_owned()),
        input_hash: Set(wanted.input_hash.clone()),
        outcome: Set(String::new()),
        recorded_at: Set(set.now),
    };
    let insert = Entity::insert(row).on_conflict_do_nothing_on([Column::AccountId, Column::IdempotencyKey]);
    if let TryInsertResult::Inserted(1..) = insert.exec_without_returning(&set.transaction).await? {
        return Ok(Claim::Ours);
    }
    let done = Entity::find_by_id((account, wanted.key.clone())).one(&set.transaction).await?;
    let done = done.filter(|done| done.act == set.intent.act && done.input_hash == wanted.input_hash);
    let done = done.ok_or(ErrorCode::IdempotencyConflict)?;
    let kept: Kept<T> = serde_json::from_str(&done.outcome).map_err(|fault| DbErr::Json(fault.to_string()))?;
    for (organization, duty, units) in &kept.needed {
        let duty = Duty::ALL.into_iter().find(|known| duty_name(*known) == *duty);
        set.intent.actor.may(duty.ok_or(ErrorCode::Forbidden)?, *organization, units)?;
    }
    Ok(Claim::Done(kept.outcome, kept.sealed))
}

async fn keep_outcome<T: Serialize>(set: &ChangeSet, outcome: &T, sealed: Option<&Sealed>) -> Result<(), DbErr> {
    let Some(wanted) = set.intent.idempotency.as_ref().filter(|_| !set.intent.dry_run) else { return Ok(()) };
    let needed = set.needed.iter();
    let needed = needed.map(|(organization, duty, units)| (*organization, duty_name(*duty), units.clone())).collect();
    let kept = Kept { needed, outcome, sealed: sealed.cloned() };
    let outcome = serde_json::to_string(&kept).map_err(|fault| DbErr::Json(fault.to_string()))?;
    let row = ActiveModel { outcome: Set(outcome), ..Default::default() };
    let claimed = Entity::update_many()
        .set(row)
        .filter(Column::AccountId.eq(set.account))
        .filter(Column::IdempotencyKey.eq(wanted.key.as_str()));
    claimed.exec(&set.transaction).await.map(drop)
}

fn duty_name(duty: Duty) -> String {
    format!("{duty:?}")
}

/// 2 ms, then twice as long each time up to 256 ms, and up to as much again by chance, so that those who met once do
/// not meet again.
fn wait(attempt: u32) -> Duration {
    let base = 2_000 << attempt.min(7);
    let chance = u64::from(Uuid::now_v7().as_bytes()[15]);
    Duration::from_micros(base + base * chance / 255)
}
