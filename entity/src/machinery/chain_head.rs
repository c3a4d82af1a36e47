//! Cabeza de la cadena: the table `chain_head`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Cabeza de la cadena. The last link of an organization's history; a write locks it first, so writers wait their turn.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "chain_head")]
pub struct Model {
    /// Organización that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Number of the last entry; 0 before the first.
    pub sequence: i64,
    /// Hash of the last entry, in lower-case hexadecimal digits.
    pub hash: String,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
