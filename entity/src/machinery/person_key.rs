//! Clave de una persona: the table `person_key`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Clave de una persona. What opens the personal values of one person in the history; without it they are gone.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person_key")]
pub struct Model {
    /// The person, or the member who is one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub object_id: Uuid,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// 32 random bytes, in lower-case hexadecimal digits.
    pub secret: String,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
