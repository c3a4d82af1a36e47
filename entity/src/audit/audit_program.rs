//! Programa anual de auditorías: the table `audit_program`.

use sea_orm::entity::prelude::*;

use super::vocabulary::ProgramState;
use crate::{Id, Kind, Kinded};

/// Programa anual de auditorías. Which audits an organization means to do in a year.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_program")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Vigencia.
    pub year: i32,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Objetivo.
    pub objective: Option<String>,
    /// Where it stands.
    pub state: ProgramState,
    /// Who approved it.
    pub approved_by_id: Option<Id<crate::organization::person::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::AuditProgram;
}
