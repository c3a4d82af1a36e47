//! Sucesión de dependencias: the table `succession`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::{ResponsibilityFate, SuccessionKind};
use crate::{Id, Kind, Kinded};

/// Sucesión de dependencias. What became of units when a version replaced another.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "succession")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Versión that brings it about.
    pub structure_version_id: Id<super::structure_version::Entity>,
    /// Create, rename, move, merge, split or suppress.
    pub kind: SuccessionKind,
    /// What becomes of the responsibilities; needed when a unit is suppressed.
    pub responsibilities: Option<ResponsibilityFate>,
    /// Remark by those who formulate it.
    pub note: Option<String>,
    /// Day on which it takes effect, as its version's; empty until a day is set.
    pub valid_from: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Succession;
}
