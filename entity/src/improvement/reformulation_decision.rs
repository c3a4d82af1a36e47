//! Decisión sobre una reformulación: the table `reformulation_decision`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::DecisionCapacity;
use crate::{Id, Kind, Kinded};

/// Decisión sobre una reformulación. What one of the two who decide says to a reformulation.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reformulation_decision")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Reformulación.
    pub reformulation_id: Id<super::reformulation::Entity>,
    /// In which capacity.
    pub capacity: DecisionCapacity,
    /// Is it a yes?
    pub approved: bool,
    /// Motivo.
    pub reason: Option<String>,
    /// Day of the decision.
    pub decided_on: NaiveDate,
    /// Cuenta that decided.
    pub account_id: Id<crate::access::account::Entity>,
    /// Who decided.
    pub person_id: Option<Id<crate::organization::person::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ReformulationDecision;
}
