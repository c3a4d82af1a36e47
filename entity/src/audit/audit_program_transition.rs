//! Paso de un programa de auditorías: the table `audit_program_transition`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::ProgramState;
use crate::{Id, Kind, Kinded, Moment};

/// Paso de un programa de auditorías. When, by whom and by which act a program changed its state, or was changed after its approval.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_program_transition")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// What changed its state.
    pub audit_program_id: Id<super::audit_program::Entity>,
    /// State before; empty when it was created.
    pub from_state: Option<ProgramState>,
    /// State after.
    pub to_state: ProgramState,
    /// Day from which the new state counts (America/Bogota).
    pub civil_date: NaiveDate,
    /// Instant at which it was recorded.
    pub recorded_at: Moment,
    /// Cuenta that did it.
    pub account_id: Id<crate::access::account::Entity>,
    /// Persona that the account was at that instant; empty when it was nobody there.
    pub person_id: Option<Id<crate::organization::person::Entity>>,
    /// Mutation by which it was done, by its GraphQL name.
    pub act: String,
    /// Motivo, where the step asks for one.
    pub reason: Option<String>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::AuditProgramTransition;
}
