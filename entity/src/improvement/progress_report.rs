//! Reporte de avance: the table `progress_report`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Amount, Id, Kind, Kinded};

/// Reporte de avance. What was done of an action in a period, in its units.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "progress_report")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Acción.
    pub improvement_action_id: Id<super::improvement_action::Entity>,
    /// Actividad, where the action has some.
    pub action_activity_id: Option<Id<super::action_activity::Entity>>,
    /// Periodo.
    pub reporting_window_id: Id<super::reporting_window::Entity>,
    /// What was done in the period, in units.
    pub quantity: Amount,
    /// Descripción.
    pub narrative: String,
    /// Day of the report.
    pub reported_on: NaiveDate,
    /// Who reported.
    pub reported_by_id: Option<Id<crate::organization::person::Entity>>,
    /// Day on which the head of the unit signed.
    pub signed_on: Option<NaiveDate>,
    /// Who signed.
    pub signed_by_id: Option<Id<crate::organization::person::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ProgressReport;
}
