//! The life cycles of improvement, each as one table.

pub mod action;
pub mod plan;
#[cfg(test)]
mod walk;

pub use action::{ActionAct, ActionFacts, ActionLife};
pub use plan::{PlanAct, PlanFacts, PlanLife};

use entity::{
    Amount,
    improvement::{ActionResult, ActionState},
};

use crate::life_cycle;

/// All of a plan, in percent.
pub(super) const WHOLE: Amount = Amount(10_000);

/// Is an action live: neither cancelled nor closed without effect?
pub fn is_live(state: ActionState, result: Option<ActionResult>) -> bool {
    state != ActionState::Cancelled && result != Some(ActionResult::NotEffective)
}

/// The SQL of [`is_live`], of the action `a`.
macro_rules! live {
    () => {
        "a.state <> 8 AND (a.result IS NULL OR a.result <> 2)"
    };
}
use live;

/// The part of `docs/life-cycles.md` about improvement.
pub fn improvement_markdown() -> String {
    use entity::improvement::PlanState;
    let plan = life_cycle::section::<PlanLife>(
        "Improvement plan (plan de mejoramiento)",
        "It is approved by what is decided on each of its actions. An action is live while it is neither cancelled nor \
         closed without effect.",
        PlanState::Draft,
        Some(PlanState::Closed),
    );
    let action = life_cycle::section::<ActionLife>(
        "Improvement action (acción de mejora)",
        "Submitted with its plan, or by itself where it is added to an approved plan. It is closed with a result; one \
         without effect reopens its findings, which then ask for a new action.",
        ActionState::Draft,
        Some(ActionState::Closed),
    );
    plan + &action
}
