//! Alcance de una auditoría: the table `audit_scope`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Alcance de una auditoría. A process, a unit, or a process in a unit, that an audit looks at.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_scope")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Auditoría.
    pub audit_id: Id<super::audit::Entity>,
    /// Its place, from 0.
    pub position: i32,
    /// Proceso.
    pub process_id: Option<Id<crate::value_chain::process::Entity>>,
    /// Dependencia.
    pub org_unit_id: Option<Id<crate::organization::org_unit::Entity>>,
    /// Was it looked at?
    pub covered: bool,
    /// Why it was left out.
    pub exclusion_reason: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::AuditScope;
}
