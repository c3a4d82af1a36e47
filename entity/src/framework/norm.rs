//! Norma: the table `norm`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Norma. A law, decree or circular of the national normograma.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "norm")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Código made from kind, number and year.
    pub code: String,
    /// The norm as it is cited.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Articles that matter.
    pub articles: Option<String>,
    /// What it is about.
    pub subject: String,
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
    const KIND: Kind = Kind::Norm;
}
