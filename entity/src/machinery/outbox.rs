//! Bandeja de salida: the table `outbox`.

use sea_orm::entity::prelude::*;

use crate::{Id, Moment};

/// Bandeja de salida. An event that waits to be told outside, written in the transaction of its change.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización whose object changed.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Instant at which it was recorded.
    pub recorded_at: Moment,
    /// Mutation that caused it, by its GraphQL name.
    pub act: String,
    /// Number of the object's kind, see [`crate::Kind`].
    pub object_kind: i16,
    /// Key of the object inside its kind.
    pub object_id: Uuid,
    /// Place in the order of events, stamped after the commit; empty until then.
    pub position: Option<i64>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
