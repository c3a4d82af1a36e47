//! Proceso de un hallazgo: the table `finding_process`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Proceso de un hallazgo. Where it was found.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "finding_process")]
pub struct Model {
    /// Hallazgo.
    #[sea_orm(primary_key, auto_increment = false)]
    pub finding_id: Id<super::finding::Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Proceso.
    #[sea_orm(primary_key, auto_increment = false)]
    pub process_id: Id<crate::value_chain::process::Entity>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
