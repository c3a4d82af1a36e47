//! Evaluación de eficacia: the table `effectiveness_review`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::ActionResult;
use crate::{Amount, Id, Kind, Kinded};

/// Evaluación de eficacia. Whether what was done took the cause away.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "effectiveness_review")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Acción.
    pub improvement_action_id: Id<super::improvement_action::Entity>,
    /// Resultado.
    pub result: ActionResult,
    /// Puntaje, in percent.
    pub score: Option<Amount>,
    /// Concepto.
    pub concept: String,
    /// Day of the evaluation.
    pub reviewed_on: NaiveDate,
    /// Who evaluated.
    pub verifier_id: Option<Id<crate::organization::person::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::EffectivenessReview;
}
