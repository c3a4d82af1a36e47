//! Cobertura: the table `coverage`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Cobertura. Which ETC administers the schools of a municipality, from a day until a day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "coverage")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// ETC that administers.
    pub territorial_entity_id: Id<super::territorial_entity::Entity>,
    /// Municipio that is administered.
    pub municipality_id: Id<super::municipality::Entity>,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Day after the last on which it holds; empty: open.
    pub valid_to: Option<NaiveDate>,
    /// Where the row was read: file, document, edition.
    pub source: String,
    /// Is it verified against an official source?
    pub official: bool,
    /// Do the two dates come from an act? False where only the year is known.
    pub dates_official: bool,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Coverage;
}
