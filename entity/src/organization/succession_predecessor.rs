//! Dependencia antecesora: the table `succession_predecessor`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Dependencia antecesora. A unit from which a succession starts.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "succession_predecessor")]
pub struct Model {
    /// Sucesión.
    #[sea_orm(primary_key, auto_increment = false)]
    pub succession_id: Id<super::succession::Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Dependencia before it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_unit_id: Id<super::org_unit::Entity>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
