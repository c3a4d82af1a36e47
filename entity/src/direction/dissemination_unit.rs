//! Dependencia destinataria: the table `dissemination_unit`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Dependencia destinataria. A unit to which material is made known.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "dissemination_unit")]
pub struct Model {
    /// Socialización.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dissemination_id: Id<super::dissemination::Entity>,
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
