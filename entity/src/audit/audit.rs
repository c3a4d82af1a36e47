//! Auditoría: the table `audit`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::{AuditKind, AuditState};
use crate::{Id, Kind, Kinded};

/// Auditoría. An audit of an organization, by itself or by somebody else.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Código, unique in the organization.
    pub code: String,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Who audits, to what end.
    pub kind: AuditKind,
    /// Where it stands.
    pub state: AuditState,
    /// Programa in which it stands.
    pub audit_program_id: Option<Id<super::audit_program::Entity>>,
    /// Organización that audits; empty for the audited itself and for a body that is not recorded.
    pub auditing_organization_id: Option<Id<crate::organization::organization::Entity>>,
    /// Ente that audits, where it is not recorded as an organization.
    pub auditing_body: Option<String>,
    /// Auditoría whose findings it follows up.
    pub followed_audit_id: Option<Id<Entity>>,
    /// Objetivo.
    pub objective: Option<String>,
    /// First planned day.
    pub planned_from: NaiveDate,
    /// Last planned day.
    pub planned_to: NaiveDate,
    /// Day on which it began.
    pub started_on: Option<NaiveDate>,
    /// Day of its final report.
    pub ended_on: Option<NaiveDate>,
    /// Conclusiones.
    pub conclusions: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Audit;
}
