//! Flujo: the table `flow`.

use sea_orm::entity::prelude::*;

use super::vocabulary::FlowDirection;
use crate::{Id, Kind, Kinded};

/// Entrada o salida. Something that a process takes or gives; said once, seen from both ends.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "flow")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Caracterización that says it.
    pub process_version_id: Id<super::process_version::Entity>,
    /// Whether the process takes or gives it.
    pub direction: FlowDirection,
    /// Place among the flows of its direction, from 0.
    pub position: i32,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// What it is.
    pub description: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Flow;
}
