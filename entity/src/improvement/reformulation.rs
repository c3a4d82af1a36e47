//! Reformulación: the table `reformulation`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::ReformulationState;
use crate::{Amount, Id, Kind, Kinded};

/// Reformulación. Another date or another target for an action, asked for and decided.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reformulation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Acción.
    pub improvement_action_id: Id<super::improvement_action::Entity>,
    /// Where it stands.
    pub state: ReformulationState,
    /// Justificación.
    pub justification: String,
    /// Last day before.
    pub before_due_on: NaiveDate,
    /// Last day asked for.
    pub after_due_on: NaiveDate,
    /// Target before.
    pub before_target: Amount,
    /// Target asked for.
    pub after_target: Amount,
    /// Day on which it was asked for.
    pub requested_on: NaiveDate,
    /// Who asked.
    pub requested_by_id: Option<Id<crate::organization::person::Entity>>,
    /// Day from which it counts, or on which it was rejected.
    pub decided_on: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Reformulation;
}
