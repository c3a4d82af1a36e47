//! Parte externa de un flujo: the table `flow_party`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Parte externa al otro lado de un flujo. Supplier of an input, consumer of an output.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "flow_party")]
pub struct Model {
    /// Flujo.
    #[sea_orm(primary_key, auto_increment = false)]
    pub flow_id: Id<super::flow::Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Parte externa at its other end.
    #[sea_orm(primary_key, auto_increment = false)]
    pub external_party_id: Id<super::external_party::Entity>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
