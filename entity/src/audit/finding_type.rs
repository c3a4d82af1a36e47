//! Tipo de hallazgo: the table `finding_type`.

use sea_orm::entity::prelude::*;

use super::vocabulary::FindingRegime;
use crate::{Id, Kind, Kinded, TextList};

/// Tipo de hallazgo. What a regime of audit calls a kind of finding.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "finding_type")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Régimen.
    pub regime: FindingRegime,
    /// Código, unique in its regime.
    pub code: String,
    /// Its place among all types, from 0.
    pub position: i32,
    /// Name in Spanish.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Name in English.
    pub name_en: String,
    /// Kinds of findings that it names, as words of `FindingKind`.
    pub kinds: TextList,
    /// Does the regime ask for an action?
    pub requires_action: bool,
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
    const KIND: Kind = Kind::FindingType;
}
