//! Tipo de dependencia: the table `unit_kind`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded, TextList, organization::OrgUnitKind};

/// Tipo de dependencia. The national catalogue of the kinds of units and where they usually hang.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_kind")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// The kind that this row describes.
    pub code: OrgUnitKind,
    /// Name in Spanish.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Name in English.
    pub name_en: String,
    /// Kinds under which it usually hangs, by their GraphQL names; empty: directly under the top or anywhere.
    pub typical_parents: TextList,
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
    const KIND: Kind = Kind::UnitKind;
}
