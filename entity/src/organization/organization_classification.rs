//! Clasificación de una organización: the table `organization_classification`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::ClassificationScheme;
use crate::{Id, Kind, Kinded};

/// Clasificación de una organización. Its category, region or size over time, as some source assigns it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_classification")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// What is classified.
    pub scheme: ClassificationScheme,
    /// The class under that scheme, in the source's own words.
    pub value: String,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Day after the last on which it holds; empty: open.
    pub valid_to: Option<NaiveDate>,
    /// Where it was read: document, data set, edition.
    pub source: String,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::OrganizationClassification;
}
