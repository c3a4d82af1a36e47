//! Requisito: the table `requirement`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::RequirementKind;
use crate::{Id, Kind, Kinded};

/// Requisito. A dimensión, política, lineamiento, componente, principio or numeral of one edition of a framework.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "requirement")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Edition of which it is a part.
    pub framework_edition_id: Id<super::framework_edition::Entity>,
    /// The one above it in the same edition.
    pub parent_id: Option<Id<Entity>>,
    /// Clave: unique in its edition, the same in others.
    pub slug: String,
    /// Clase.
    pub kind: RequirementKind,
    /// Number that the edition gives it.
    pub number: Option<String>,
    /// Name in Spanish.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Entity that leads it in the State.
    pub leading_entity: Option<String>,
    /// Code of its index in FURAG, in this edition.
    pub furag_code: Option<String>,
    /// Its place in the tree of the edition, each before those under it, from 0.
    pub position: i32,
    /// First day of the edition.
    pub valid_from: NaiveDate,
    /// Day after the last of the edition; empty: open.
    pub valid_to: Option<NaiveDate>,
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
    const KIND: Kind = Kind::Requirement;
}
