//! Denominación de empleo: the table `job_denomination`.

use sea_orm::entity::prelude::*;

use super::vocabulary::JobLevel;
use crate::{Id, Kind, Kinded};

/// Denominación de empleo. A code and name of the nomenclature of Decreto Ley 785 de 2005.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job_denomination")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Código: three digits as text, the first tells the level.
    pub code: String,
    /// Denominación in Spanish.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Nivel jerárquico.
    pub level: JobLevel,
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
    const KIND: Kind = Kind::JobDenomination;
}
