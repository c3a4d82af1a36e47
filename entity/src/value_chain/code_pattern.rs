//! Patrón de codificación: the table `code_pattern`.

use sea_orm::entity::prelude::*;

use super::vocabulary::CodeSubject;
use crate::{Id, Kind, Kinded};

/// Patrón de codificación. How an organization writes codes of one kind.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "code_pattern")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// What the codes are for.
    pub subject: CodeSubject,
    /// Patrón: what stands in a code, place by place.
    pub pattern: String,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::CodePattern;
}
