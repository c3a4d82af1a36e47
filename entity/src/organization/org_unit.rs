//! Dependencia: the table `org_unit`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Dependencia. The lasting identity of a unit through versions, renames and moves.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "org_unit")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Last known name: what is shown when it is no longer in force.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::OrgUnit;
}
