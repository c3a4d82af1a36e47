//! Versión de un documento: the table `document_version`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::ControlledStage;
use crate::{Id, Kind, Kinded};

/// Versión de un documento controlado. What it said, and where that lies, from a day until a day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "document_version")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Documento.
    pub controlled_document_id: Id<super::controlled_document::Entity>,
    /// Counts the versions of the document, from 1.
    pub number: i32,
    /// How far its review has come.
    pub stage: ControlledStage,
    /// Código, unique in the organization on any day.
    pub code: String,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Title of the file outside.
    pub document_title: Option<String>,
    /// Where the file lies.
    pub document_uri: Option<String>,
    /// Media type of the file, such as application/pdf.
    pub document_media_type: Option<String>,
    /// SHA-256 of the file, 64 lower-case hexadecimal digits.
    pub document_sha256: Option<String>,
    /// Radicado under which it was filed.
    pub filing_number: Option<String>,
    /// Why this version was made.
    pub change_reason: Option<String>,
    /// Day by which it is to be looked at again.
    pub next_review: Option<NaiveDate>,
    /// Acto that adopts it.
    pub legal_act_id: Option<Id<crate::organization::legal_act::Entity>>,
    /// Who prepared it (elaboró).
    pub prepared_by_id: Option<Id<crate::organization::person::Entity>>,
    /// Who reviewed it (revisó).
    pub reviewed_by_id: Option<Id<crate::organization::person::Entity>>,
    /// Who approved it (aprobó).
    pub approved_by_id: Option<Id<crate::organization::person::Entity>>,
    /// First day in force; empty until it is approved.
    pub valid_from: Option<NaiveDate>,
    /// Day after the last in force; empty while no end is known.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::DocumentVersion;
}
