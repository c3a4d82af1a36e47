//! Informe de auditoría: the table `audit_report`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::ReportStage;
use crate::{Id, Kind, Kinded};

/// Informe de auditoría. What an audit reports: a draft, and the final word.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_report")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Auditoría.
    pub audit_id: Id<super::audit::Entity>,
    /// Preliminar o final.
    pub stage: ReportStage,
    /// Day of the report.
    pub reported_on: NaiveDate,
    /// Resumen.
    pub summary: Option<String>,
    /// Título of the report.
    pub document_title: Option<String>,
    /// Where it is kept.
    pub document_uri: Option<String>,
    /// Its media type.
    pub document_media_type: Option<String>,
    /// SHA-256 of its bytes, 64 hexadecimal digits in small letters.
    pub document_sha256: Option<String>,
    /// Radicado.
    pub filing_number: Option<String>,
    /// SHA-256 of what it froze; empty for a draft.
    pub content_hash: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::AuditReport;
}
