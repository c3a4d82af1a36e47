//! Evidencia: the table `evidence`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Evidencia. A file, kept outside, that shows something.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Pregunta that it answers; exactly one of these is there.
    pub checklist_item_id: Option<Id<crate::audit::checklist_item::Entity>>,
    /// Hallazgo that it shows.
    pub finding_id: Option<Id<crate::audit::finding::Entity>>,
    /// Respuesta that it supports.
    pub finding_response_id: Option<Id<crate::audit::finding_response::Entity>>,
    /// Reporte that it proves.
    pub progress_report_id: Option<Id<super::progress_report::Entity>>,
    /// Evaluación that it supports.
    pub effectiveness_review_id: Option<Id<super::effectiveness_review::Entity>>,
    /// Day on which it was attached.
    pub recorded_on: NaiveDate,
    /// Título of the file.
    pub document_title: Option<String>,
    /// Where it is kept.
    pub document_uri: Option<String>,
    /// Its media type.
    pub document_media_type: Option<String>,
    /// SHA-256 of its bytes, 64 hexadecimal digits in small letters.
    pub document_sha256: Option<String>,
    /// Radicado.
    pub filing_number: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Evidence;
}
