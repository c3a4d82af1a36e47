//! Dependencia de un hallazgo: the table `finding_unit`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Dependencia de un hallazgo. Whom it concerns.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "finding_unit")]
pub struct Model {
    /// Hallazgo.
    #[sea_orm(primary_key, auto_increment = false)]
    pub finding_id: Id<super::finding::Entity>,
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
