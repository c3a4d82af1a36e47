//! Revisión por la dirección: the table `management_review`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::{ReviewKind, ReviewState};
use crate::{Id, Kind, Kinded};

/// Revisión por la dirección. What senior management looked at as of a day, and what it concluded; a handover at the end of an administration is the same dossier.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "management_review")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Clase.
    pub kind: ReviewKind,
    /// Where it stands.
    pub state: ReviewState,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Fecha de corte.
    pub cutoff: NaiveDate,
    /// Day on which it was held.
    pub held_on: Option<NaiveDate>,
    /// Conclusiones.
    pub conclusions: Option<String>,
    /// Título of the minutes.
    pub document_title: Option<String>,
    /// Where it is kept.
    pub document_uri: Option<String>,
    /// Its media type.
    pub document_media_type: Option<String>,
    /// SHA-256 of its bytes, 64 hexadecimal digits in small letters.
    pub document_sha256: Option<String>,
    /// Radicado.
    pub filing_number: Option<String>,
    /// What was gathered, as JSON; frozen.
    pub content: Option<String>,
    /// SHA-256 of the content.
    pub content_hash: Option<String>,
    /// Day on which it was frozen.
    pub frozen_on: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ManagementReview;
}
