//! The life cycles of improvement, each as one table.

pub mod action;
pub mod plan;
#[cfg(test)]
mod walk;

pub use action::{ActionAct, ActionFacts, ActionLife};
pub use plan::{PlanAct, PlanFacts, PlanLife};

use entity::{
    Amount,
    improvement::{ActionResult, ActionState, PlanKind},
};

use super::rules::fields::{About, Datum, demanded};
use crate::{
    graph::error::{ErrorCode, Refusal},
    life_cycle,
};

/// All of a plan, in percent.
pub(super) const WHOLE: Amount = Amount(10_000);

/// Is an action live: neither cancelled nor closed without effect?
pub fn is_live(state: ActionState, result: Option<ActionResult>) -> bool {
    state != ActionState::Cancelled && result != Some(ActionResult::NotEffective)
}

/// PLAN_FIELD_MISSING for each field of this kind of plan that some of what it is about do not say; `lack` names these.
fn missing(kind: PlanKind, about: About, place: &[&str], lack: impl Fn(Datum) -> Vec<String>) -> Vec<Refusal> {
    let refusal = |field: &super::rules::fields::PlanField| {
        let items = lack(field.datum);
        let at = place.iter().copied().chain([field.datum.name()]);
        (!items.is_empty()).then(|| ErrorCode::PlanFieldMissing.at(at).with("field", field.es).with("items", items))
    };
    demanded(kind, about).filter_map(refusal).collect()
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
