//! The history: one chain of entries for each organization, each sealed with a hash over the one before.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{
    Id, Moment,
    machinery::{HistoryOperation, chain_head, history_entry, outbox, person_key},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    columns::portion,
    sealed::{PersonKey, Place},
};
use crate::reader::sql::Dialect;

/// What stands before the first entry of every chain.
pub(super) const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Something that happened to an object, not yet sealed.
pub(super) struct Event {
    pub organization: Uuid,
    pub kind: i16,
    pub object: Uuid,
    pub operation: HistoryOperation,
    pub changes: Map<String, Value>,
    /// Changes of the object's personal values, which are closed before they are written; the object is a person, or a member who is one.
    pub personal: Map<String, Value>,
}

/// A place in a chain: what a receipt tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Whose chain.
    pub organization: Uuid,
    /// The number of the entry.
    pub sequence: i64,
    /// Its hash.
    pub hash: String,
}

/// By whom, by what and when: the same for every entry of one act.
pub(super) struct Origin<'a> {
    pub account: Uuid,
    pub client: Option<&'a str>,
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
    /// organization must be locked. Gives the last place in the chain of the first event, if there is one.
    pub async fn write(
        &mut self,
        db: &DatabaseTransaction,
        events: Vec<Event>,
        origin: &Origin<'_>,
    ) -> Result<Option<Sealed>, DbErr> {
        let messages = messages(&events, origin);
        let keys = keys(db, &events).await?;
        let first = events.first().map(|event| event.organization);
        let (mut touched, mut change_set) = (HashSet::new(), None);
        let mut entries = Vec::with_capacity(events.len());
        for event in events {
            let head = self.0.get_mut(&event.organization);
            let head = head.ok_or_else(|| DbErr::Custom("a change outside the locked organizations".to_owned()))?;
            let id = Id::new();
            let change_set = *change_set.get_or_insert(id);
            let key = keys.get(&event.object);
            let entry = seal(event, origin, (id, change_set), head, key)?;
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
        let place = |organization: Uuid| {
            let (sequence, hash) = self.0.get(&organization)?.clone();
            Some(Sealed { organization, sequence, hash })
        };
        Ok(first.and_then(place))
    }
}

/// The keys of the persons whose values are told; whoever has none gets one.
async fn keys(db: &DatabaseTransaction, events: &[Event]) -> Result<HashMap<Uuid, PersonKey>, DbErr> {
    let personal = events.iter().filter(|event| !event.personal.is_empty());
    let persons: BTreeMap<Uuid, Uuid> = personal.map(|event| (event.object, event.organization)).collect();
    if persons.is_empty() {
        return Ok(HashMap::new());
    }
    let kept = person_key::Column::ObjectId.is_in(persons.keys().copied());
    let kept = person_key::Entity::find().filter(kept).all(db).await?;
    let mut secrets: HashMap<Uuid, String> = kept.into_iter().map(|key| (key.object_id, key.secret)).collect();
    let mut missing = Vec::new();
    for (person, organization) in
        persons.into_iter().filter(|(person, _)| !secrets.contains_key(person)).collect::<Vec<_>>()
    {
        let secret = PersonKey::generate().map_err(random)?;
        missing.push(person_key::ActiveModel {
            object_id: Set(person),
            organization_id: Set(Id::from_uuid(organization)),
            secret: Set(secret.clone()),
        });
        secrets.insert(person, secret);
    }
    insert_many::<person_key::Entity>(db, missing).await?;
    let key = |(person, secret): (Uuid, String)| {
        let key = PersonKey::parse(&secret).ok_or_else(|| DbErr::Custom("a person's key was altered".to_owned()))?;
        Ok((person, key))
    };
    secrets.into_iter().map(key).collect()
}

fn random(fault: getrandom::Error) -> DbErr {
    DbErr::Custom(format!("the system gives no random bytes: {fault}"))
}

fn messages(events: &[Event], origin: &Origin<'_>) -> Vec<outbox::ActiveModel> {
    let mut seen = HashSet::new();
    let first = events.iter().filter(|event| seen.insert((event.organization, event.kind, event.object)));
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

fn seal(
    event: Event,
    origin: &Origin<'_>,
    (id, change_set): (Id<history_entry::Entity>, Id<history_entry::Entity>),
    head: &(i64, String),
    key: Option<&PersonKey>,
) -> Result<history_entry::Model, DbErr> {
    let mut event = event;
    for (column, told) in std::mem::take(&mut event.personal) {
        let key = key.ok_or_else(|| DbErr::Custom("personal values of an object without a key".to_owned()))?;
        let place = Place { entry: id.uuid(), person: event.object, column: &column };
        let closed = key.seal(place, &told).map_err(random)?;
        event.changes.insert(column, closed);
    }
    let changes = serde_json::to_string(&event.changes).map_err(|fault| DbErr::Json(fault.to_string()))?;
    let mut entry = history_entry::Model {
        id,
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
        change_set_id: Some(change_set),
        client: origin.client.map(str::to_owned),
    };
    entry.hash = hash(&content(&entry));
    Ok(entry)
}

/// What the hash of an entry is made of: the previous hash and every other field, as one JSON array whose order never
/// changes. [`super::verify`] builds it again from what is stored.
fn content(entry: &history_entry::Model) -> Value {
    json!([
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
        entry.change_set_id.map(Id::uuid),
        entry.client,
    ])
}

/// SHA-256 in lower-case hexadecimal digits.
pub(super) fn hash(content: &Value) -> String {
    Sha256::digest(content.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
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
