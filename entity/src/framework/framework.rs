//! Marco de referencia: the table `framework`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Marco de referencia. A set of requirements by which an entity is managed, such as MIPG, over all its editions.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "framework")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Clave: the same in every edition.
    pub slug: String,
    /// Name in Spanish.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Name in English.
    pub name_en: String,
    /// Where the row was read: file, document, edition.
    pub source: String,
    /// Is it verified against an official source?
    pub official: bool,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Framework;
}
