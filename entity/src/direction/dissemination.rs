//! Socialización: the table `dissemination`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::DisseminationChannel;
use crate::{Id, Kind, Kinded};

/// Socialización. Material that was made known to units.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "dissemination")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Revisión that is made known.
    pub management_review_id: Option<Id<super::management_review::Entity>>,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Canal.
    pub channel: DisseminationChannel,
    /// Day on which it was published.
    pub published_on: NaiveDate,
    /// Remark.
    pub note: Option<String>,
    /// Título of the material.
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
    const KIND: Kind = Kind::Dissemination;
}
