//! Departamento: the table `department`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Departamento. A first-level division of Colombia, or Bogotá, as DIVIPOLA lists it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "department")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Código DIVIPOLA: two digits as text, with the leading zero.
    pub code: String,
    /// Official name with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
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
    const KIND: Kind = Kind::Department;
}
