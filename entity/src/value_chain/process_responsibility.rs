//! Responsabilidad: the table `process_responsibility`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::ResponsibilityRole;
use crate::{Id, Kind, Kinded};

/// Responsabilidad. What a unit has to do with a process, from a day until a day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "process_responsibility")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Proceso.
    pub process_id: Id<super::process::Entity>,
    /// Dependencia.
    pub org_unit_id: Id<crate::organization::org_unit::Entity>,
    /// Papel.
    pub role: ResponsibilityRole,
    /// What exactly.
    pub note: Option<String>,
    /// Sucesión that brought it here; empty where an act of its own did.
    pub succession_id: Option<Id<crate::organization::succession::Entity>>,
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
    const KIND: Kind = Kind::ProcessResponsibility;
}
