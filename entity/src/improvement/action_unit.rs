//! Dependencia corresponsable: the table `action_unit`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Dependencia corresponsable. A unit that takes part in an action beside the one that leads it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "action_unit")]
pub struct Model {
    /// Acción.
    #[sea_orm(primary_key, auto_increment = false)]
    pub improvement_action_id: Id<super::improvement_action::Entity>,
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
