//! The history: one chain of entries for each organization, each sealed with a hash over the one before.

use std::collections::{BTreeMap, HashSet};

use entity::{
    Id, Moment,
    machinery::{HistoryOperation, chain_head, history_entry, outbox},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::OnConflict,
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Store, columns::portion};
use crate::reader::sql::Dialect;

/// What stands before the first entry of every chain.
const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Something that happened to an object, not yet sealed.
pub(super) struct Event {
    pub organization: Uuid,
    pub kind: i16,
    pub object: Uuid,
    pub operation: HistoryOperation,
    pub changes: Map<String, Value>,
}

/// By whom, by what and when: the same for every entry of one act.
pub(super) struct Origin<'a> {
    pub account: Uuid,
    pub request_id: &'a str,
    pub act: &'a str,
    pub reason: Option<&'a str>,
    pub backdated: bool,
    pub recorded_at: Moment,
}

/// Heads of the chains that a transaction has locked.
#[derive(Default)]
pub(super) struct Chains(BTreeMap<Uuid, (i64, String)>);

impl Chains {
    /// Makes the transaction the only one that writes to this organization. Says whether it had to wait its turn now,
    /// so that what was read before may be old.
    pub async fn lock(
        &mut self,
        db: &DatabaseTransaction,
        dialect: Dialect,
        organization: Uuid,
    ) -> Result<bool, DbErr> {
        if self.0.contains_key(&organization) {
            return Ok(false);
        }
        let find = || {
            let head = chain_head::Entity::find_by_id(Id::from_uuid(organization));
            // SQLite's transaction is the only writer from its first moment.
            if dialect == Dialect::Postgres { head.lock_exclusive() } else { head }
        };
        let head = match find().one(db).await? {
            Some(head) => Some(head),
            None => {
                let first = chain_head::Model {
                    organization_id: Id::from_uuid(organization),
                    sequence: 0,
                    hash: NOTHING_BEFORE.to_owned(),
                };
                let insert = chain_head::Entity::insert(first.into_active_model())
                    .on_conflict_do_nothing_on([chain_head::Column::OrganizationId]);
                insert.exec_without_returning(db).await?;
                find().one(db).await?
            }
        };
        let head = head.ok_or_else(|| DbErr::RecordNotFound("chain_head".to_owned()))?;
        self.0.insert(organization, (head.sequence, head.hash));
        Ok(dialect == Dialect::Postgres)
    }

    /// Seals the events and writes them, their chains' new heads, and one message for each changed object. Every
    /// organization must be locked.
    pub async fn write(
        &mut self,
        db: &DatabaseTransaction,
        events: Vec<Event>,
        origin: &Origin<'_>,
    ) -> Result<(), DbErr> {
        let messages = messages(&events, origin);
        let mut touched = HashSet::new();
        let mut entries = Vec::with_capacity(events.len());
        for event in events {
            let head = self.0.get_mut(&event.organization);
            let head = head.ok_or_else(|| DbErr::Custom("a change outside the locked organizations".to_owned()))?;
            let entry = seal(event, origin, head)?;
            *head = (entry.sequence, entry.hash.clone());
            touched.insert(entry.organization_id.uuid());
            entries.push(entry.into_active_model());
        }
        insert_many::<history_entry::Entity>(db, entries).await?;
        insert_many::<outbox::Entity>(db, messages).await?;
        for (organization, (sequence, hash)) in
            self.0.iter().filter(|(organization, _)| touched.contains(*organization))
        {
            let head = chain_head::ActiveModel {
                organization_id: Set(Id::from_uuid(*organization)),
                sequence: Set(*sequence),
                hash: Set(hash.clone()),
            };
            let renewed = OnConflict::column(chain_head::Column::OrganizationId)
                .update_columns([chain_head::Column::Sequence, chain_head::Column::Hash])
                .to_owned();
            chain_head::Entity::insert(head).on_conflict(renewed).exec_without_returning(db).await?;
        }
        Ok(())
    }
}

fn messages(events: &[Event], origin: &Origin<'_>) -> Vec<outbox::ActiveModel> {
    let mut seen = HashSet::new();
    let first = events.iter().filter(|event| seen.insert((event.kind, event.object)));
    let message = |event: &Event| outbox::ActiveModel {
        id: Set(Id::new()),
        organization_id: Set(Id::from_uuid(event.organization)),
        recorded_at: Set(origin.recorded_at),
        act: Set(origin.act.to_owned()),
        object_kind: Set(event.kind),
        object_id: Set(event.object),
        position: Set(None),
    };
    first.map(message).collect()
}

fn seal(event: Event, origin: &Origin<'_>, head: &(i64, String)) -> Result<history_entry::Model, DbErr> {
    let changes = serde_json::to_string(&event.changes).map_err(|fault| DbErr::Json(fault.to_string()))?;
    let mut entry = history_entry::Model {
        id: Id::new(),
        organization_id: Id::from_uuid(event.organization),
        sequence: head.0 + 1,
        recorded_at: origin.recorded_at,
        account_id: Id::from_uuid(origin.account),
        request_id: origin.request_id.to_owned(),
        act: origin.act.to_owned(),
        object_kind: event.kind,
        object_id: event.object,
        operation: event.operation,
        changes,
        reason: origin.reason.map(str::to_owned),
        backdated: origin.backdated,
        previous_hash: head.1.clone(),
        hash: String::new(),
    };
    entry.hash = hash(&entry);
    Ok(entry)
}

/// SHA-256 over the previous hash and every other field, as one JSON array whose order never changes.
fn hash(entry: &history_entry::Model) -> String {
    let fields = json!([
        entry.previous_hash,
        entry.id.uuid(),
        entry.organization_id.uuid(),
        entry.sequence,
        entry.recorded_at.0,
        entry.account_id.uuid(),
        entry.request_id,
        entry.act,
        entry.object_kind,
        entry.object_id,
        entry.operation.number(),
        entry.changes,
        entry.reason,
        entry.backdated,
    ]);
    Sha256::digest(fields.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Inserts rows in few statements, in their order.
pub(super) async fn insert_many<E>(db: &impl ConnectionTrait, rows: Vec<E::ActiveModel>) -> Result<(), DbErr>
where
    E: EntityTrait<ActiveModel: Send>,
{
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let size = portion::<E>(rows.len());
        let some: Vec<_> = rows.by_ref().take(size).collect();
        E::insert_many(some).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Why a history does not stand as it was written.
#[derive(Debug, thiserror::Error)]
pub enum VerifyFault {
    /// An entry was altered, removed or put in.
    #[error("the history is broken at entry {sequence}")]
    BrokenAt {
        /// The first entry that is not as it was sealed.
        sequence: i64,
    },
    /// It could not be read.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

impl Store {
    /// Recomputes the chain of an organization from its first entry to its head.
    ///
    /// # Errors
    /// [`VerifyFault::BrokenAt`] names the first entry that is not as it was sealed; entries missing at the end count
    /// as broken at the first missing one.
    pub async fn verify_history(
        &self,
        organization: Id<entity::organization::organization::Entity>,
    ) -> Result<(), VerifyFault> {
        const PAGE: u64 = 1000;
        // One state of head and entries: a write that lands between two pages is no forgery.
        let db = self.reading().await?;
        let head = chain_head::Entity::find_by_id(organization).one(&db).await?;
        let (mut sequence, mut previous) = (0, NOTHING_BEFORE.to_owned());
        loop {
            let page = history_entry::Entity::find()
                .filter(history_entry::Column::OrganizationId.eq(organization))
                .filter(history_entry::Column::Sequence.gt(sequence))
                .order_by_asc(history_entry::Column::Sequence)
                .limit(PAGE)
                .all(&db)
                .await?;
            let Some(last) = page.last().map(|entry| entry.sequence) else { break };
            for entry in page {
                sequence += 1;
                if entry.sequence != sequence || entry.previous_hash != previous || entry.hash != hash(&entry) {
                    return Err(VerifyFault::BrokenAt { sequence });
                }
                previous = entry.hash;
            }
            sequence = last;
        }
        let (last, seal) = head.map_or((0, NOTHING_BEFORE.to_owned()), |head| (head.sequence, head.hash));
        if last != sequence || seal != previous {
            return Err(VerifyFault::BrokenAt { sequence: sequence.min(last) + 1 });
        }
        Ok(db.rollback().await?)
    }
}
