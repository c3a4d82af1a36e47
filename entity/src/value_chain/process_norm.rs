//! Entrada del normograma: the table `process_norm`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Entrada del normograma. A norm that a process is held to.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "process_norm")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Proceso.
    pub process_id: Id<super::process::Entity>,
    /// Norma of the national catalogue; empty for one that it lacks.
    pub norm_id: Option<Id<crate::framework::norm::Entity>>,
    /// Norma as the organization writes it; empty for one of the catalogue.
    pub name: Option<String>,
    /// Artículos that bear on the process.
    pub articles: Option<String>,
    /// What it asks of the process.
    pub subject: Option<String>,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Day after the last on which it holds; empty while no end is known.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ProcessNorm;
}
