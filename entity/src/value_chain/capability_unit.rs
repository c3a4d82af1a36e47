//! Dependencia de una capacidad: the table `capability_unit`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Dependencia que aporta a una capacidad. A unit without which the capability would not be there.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "capability_unit")]
pub struct Model {
    /// Capacidad.
    #[sea_orm(primary_key, auto_increment = false)]
    pub capability_id: Id<super::capability::Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Dependencia.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_unit_id: Id<crate::organization::org_unit::Entity>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
