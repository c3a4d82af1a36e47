//! Requisito de un hallazgo: the table `finding_requirement`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Requisito de un hallazgo. What it falls short of.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "finding_requirement")]
pub struct Model {
    /// Hallazgo.
    #[sea_orm(primary_key, auto_increment = false)]
    pub finding_id: Id<super::finding::Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Requisito, of one edition.
    #[sea_orm(primary_key, auto_increment = false)]
    pub requirement_id: Id<crate::framework::requirement::Entity>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
