//! Asiento del historial: the table `history_entry`.

use sea_orm::entity::prelude::*;

use super::vocabulary::HistoryOperation;
use crate::{Id, Kind, Kinded, Moment};

/// Asiento del historial. One change of one object: who, when, by which act, before and after, chained by hashes.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "history_entry")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización to whose chain it belongs.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Number in the organization's chain, from 1 without gaps.
    pub sequence: i64,
    /// Instant at which it was recorded.
    pub recorded_at: Moment,
    /// Cuenta that did it.
    pub account_id: Id<crate::access::account::Entity>,
    /// Identifier of the request, as the answer and the log show it.
    pub request_id: String,
    /// Mutation by which it was done, by its GraphQL name.
    pub act: String,
    /// Number of the object's kind, see [`Kind`].
    pub object_kind: i16,
    /// Key of the object inside its kind.
    pub object_id: Uuid,
    /// Created, updated or deleted.
    pub operation: HistoryOperation,
    /// Fields before and after, as JSON text; hashed as it stands, so never written anew.
    pub changes: String,
    /// Motivo, where the act asks for one.
    pub reason: Option<String>,
    /// Did it change what held before the day it was recorded?
    pub backdated: bool,
    /// Hash of the entry before it in the chain, in lower-case hexadecimal digits.
    pub previous_hash: String,
    /// Hash of this entry, in lower-case hexadecimal digits.
    pub hash: String,
    /// The first entry of the same act; empty in entries that are older than the column.
    pub change_set_id: Option<Id<Entity>>,
    /// Cliente. The program through which it was done, where it is known.
    pub client: Option<String>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::HistoryEntry;
}
