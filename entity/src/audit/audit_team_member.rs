//! Miembro del equipo auditor: the table `audit_team_member`.

use sea_orm::entity::prelude::*;

use super::vocabulary::TeamRole;
use crate::{Id, Kind, Kinded};

/// Miembro del equipo auditor. Who audits, and in which part.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_team_member")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Auditoría.
    pub audit_id: Id<super::audit::Entity>,
    /// Persona.
    pub person_id: Id<crate::organization::person::Entity>,
    /// Papel.
    pub role: TeamRole,
    /// Why somebody audits who is not independent.
    pub override_reason: Option<String>,
    /// Who allowed it.
    pub override_by_id: Option<Id<crate::organization::person::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::AuditTeamMember;
}
