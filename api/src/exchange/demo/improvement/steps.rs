//! The steps that something took through its life cycle.

use chrono::{NaiveDate, TimeDelta};
use entity::{
    Id, Moment,
    audit::{
        AuditState, FindingState, ProgramState, audit, audit_program, audit_program_transition, audit_transition,
        finding, finding_transition,
    },
    improvement::{ActionState, PlanState, action_transition, improvement_action, improvement_plan, plan_transition},
};

use super::{Maker, ground::Who};
use crate::exchange::load::key;

/// A step: where to, when, who, by which act, why.
pub struct Step<S> {
    /// State after it.
    pub to: S,
    /// Its day.
    pub on: NaiveDate,
    /// Who did it.
    pub by: Who,
    /// The mutation.
    pub act: &'static str,
    /// Why.
    pub reason: Option<&'static str>,
}

/// A step without a reason.
pub fn step<S>(to: S, on: NaiveDate, by: Who, act: &'static str) -> Step<S> {
    Step { to, on, by, act, reason: None }
}

impl<S> Step<S> {
    /// The same with a reason.
    pub fn because(self, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..self }
    }
}

/// Eleven in the morning in Bogotá, and a minute later for each step before it.
fn recorded(on: NaiveDate, index: usize) -> Moment {
    let minutes = 16 * 60 + i64::try_from(index).unwrap_or_default();
    Moment::from(on.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc() + TimeDelta::minutes(minutes))
}

/// Declares how steps of each kind are written.
macro_rules! steps {
    ($( $write:ident: $rows:ident, $table:ident of $of:ident by $column:ident, $state:ty; )+) => {
        impl Maker<'_, '_> { $(
            pub(super) fn $write(&mut self, of: Id<$of::Entity>, steps: &[Step<$state>]) {
                let mut before = None;
                for (index, step) in steps.iter().enumerate() {
                    self.demo.$rows.push($table::Model {
                        id: key(&format!("{}/{index}", of.uuid())),
                        organization_id: self.secretariat.id,
                        $column: of,
                        from_state: before,
                        to_state: step.to,
                        civil_date: step.on,
                        recorded_at: recorded(step.on, index),
                        account_id: step.by.account,
                        person_id: step.by.person,
                        act: step.act.to_owned(),
                        reason: step.reason.map(ToOwned::to_owned),
                    });
                    before = Some(step.to);
                }
            }
        )+ }
    };
}

steps! {
    program_steps: audit_program_transitions, audit_program_transition of audit_program by audit_program_id, ProgramState;
    audit_steps: audit_transitions, audit_transition of audit by audit_id, AuditState;
    finding_steps: finding_transitions, finding_transition of finding by finding_id, FindingState;
    plan_steps: plan_transitions, plan_transition of improvement_plan by improvement_plan_id, PlanState;
    action_steps: action_transitions, action_transition of improvement_action by improvement_action_id, ActionState;
}
