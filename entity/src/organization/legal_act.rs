//! Acto administrativo: the table `legal_act`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::LegalActKind;
use crate::{Id, Kind, Kinded};

/// Acto administrativo. The norm or decision on which structures, posts and appointments rest; the document itself
/// stays outside.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "legal_act")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Law, decree, ordinance and so on.
    pub kind: LegalActKind,
    /// Número as printed on the act.
    pub number: String,
    /// Folded number: an act is recognized by it.
    pub number_key: String,
    /// Who issued it.
    pub issuer: String,
    /// Day on which it was issued.
    pub date: NaiveDate,
    /// Asunto: what it rules.
    pub subject: String,
    /// Folded subject, for search.
    pub subject_key: String,
    /// Title of the document outside.
    pub document_title: Option<String>,
    /// Where the document lies.
    pub document_uri: Option<String>,
    /// Media type of the document, such as application/pdf.
    pub document_media_type: Option<String>,
    /// SHA-256 of the document, 64 lower-case hexadecimal digits.
    pub document_sha256: Option<String>,
    /// Radicado under which it was filed.
    pub filing_number: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::LegalAct;
}
