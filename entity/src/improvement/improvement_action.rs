//! Acción de mejora: the table `improvement_action`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::{ActionKind, ActionResult, ActionState, ControlStatus};
use crate::{Amount, Id, Kind, Kinded};

/// Acción de mejora. What is done about findings, by whom, by when.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "improvement_action")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Plan.
    pub improvement_plan_id: Id<super::improvement_plan::Entity>,
    /// Its number in the plan, from 1.
    pub number: i32,
    /// Clase.
    pub kind: ActionKind,
    /// Descripción, in the infinitive.
    pub description: String,
    /// Objetivo.
    pub objective: Option<String>,
    /// Indicador.
    pub indicator: Option<String>,
    /// Unidad de medida.
    pub unit_of_measure: String,
    /// Meta, in units.
    pub target: Amount,
    /// Ponderación, in percent of the plan.
    pub weight: Amount,
    /// Recursos.
    pub resources: Option<String>,
    /// Dependencia líder.
    pub org_unit_id: Id<crate::organization::org_unit::Entity>,
    /// Ejecutor.
    pub executor_id: Option<Id<crate::organization::person::Entity>>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: ActionState,
    /// Result of its closure.
    pub result: Option<ActionResult>,
    /// What the control body says of it.
    pub control_status: Option<ControlStatus>,
    /// Decisión from which it comes.
    pub decision_id: Option<Id<crate::direction::decision::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ImprovementAction;
}
