//! Correspondencia: the table `crosswalk`.

use sea_orm::entity::prelude::*;

use super::vocabulary::CrosswalkRelation;
use crate::{Id, Kind, Kinded};

/// Correspondencia. How a requirement stands to one of another edition or framework.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "crosswalk")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Requirement that is compared, of the earlier edition.
    pub from_requirement_id: Id<super::requirement::Entity>,
    /// Requirement it is compared with.
    pub to_requirement_id: Id<super::requirement::Entity>,
    /// Relación.
    pub relation: CrosswalkRelation,
    /// How much of it corresponds, in percent, where that was judged.
    pub strength: Option<i32>,
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
    const KIND: Kind = Kind::Crosswalk;
}
