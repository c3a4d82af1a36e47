//! Línea de defensa: the table `defence_line`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Línea de defensa. One of the lines of the internal control scheme: who answers for which part of it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "defence_line")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Código.
    pub code: String,
    /// Its place, from 0.
    pub position: i32,
    /// Name in Spanish.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Name in English.
    pub name_en: String,
    /// Who makes up the line.
    pub who: String,
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
    const KIND: Kind = Kind::DefenceLine;
}
