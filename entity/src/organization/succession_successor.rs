//! Dependencia sucesora: the table `succession_successor`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Dependencia sucesora. A unit in which a succession ends.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "succession_successor")]
pub struct Model {
    /// Sucesión.
    #[sea_orm(primary_key, auto_increment = false)]
    pub succession_id: Id<super::succession::Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Dependencia after it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_unit_id: Id<super::org_unit::Entity>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
