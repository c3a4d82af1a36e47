//! Calificación de un avance: the table `progress_rating`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Amount, Id, Kind, Kinded};

/// Calificación de un avance. What control interno thinks of a report; each is kept.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "progress_rating")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Reporte.
    pub progress_report_id: Id<super::progress_report::Entity>,
    /// Calificación, in percent.
    pub percent: Amount,
    /// Concepto.
    pub concept: String,
    /// Day of the rating.
    pub rated_on: NaiveDate,
    /// Who rated.
    pub person_id: Option<Id<crate::organization::person::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ProgressRating;
}
