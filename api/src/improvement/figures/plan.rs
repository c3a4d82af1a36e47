//! `ImprovementPlan.progress`: how far a plan is, by the weights of its actions and, as control bodies count, by weeks.

use entity::improvement::{PlanState, Semaphore};
use serde_json::{Value, json};

use super::{
    action_needs, actions,
    measure::{advance, compliance, percent, plan_progress},
    optional, state_then,
};
use crate::graph::{
    declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
    error::{ErrorCode, Refusal},
};

const TEXT: Shape = Shape::Leaf("String");
const COUNT: Shape = Shape::Leaf("Int");
const DECIMAL: Shape = Shape::Leaf("Decimal");

const fn field(name: &'static str, description: &'static str, shape: &'static Shape, nullable: bool) -> ShapeField {
    ShapeField { name, description, shape, nullable }
}

static OUTPUT: ObjectShape = ObjectShape {
    name: "PlanProgress",
    description: "Avance de un plan. How far it was at the cut-off, which is the day asked for (`asOf`), from its live actions: neither \
                  cancelled nor closed without effect.",
    fields: &[
        field("cutoff", "Fecha de corte. The day asked for.", &Shape::Leaf("Date"), false),
        field(
            "percent",
            "Avance. In percent: Σ weight · progress ÷ Σ weight; null where no action is live.",
            &DECIMAL,
            true,
        ),
        field(
            "compliancePercent",
            "Cumplimiento. As control bodies count, in percent: of what was due by then, progress by weeks; null where nothing was due.",
            &DECIMAL,
            true,
        ),
        field(
            "advancePercent",
            "Avance por semanas. As control bodies count, in percent: of everything, progress by weeks; null where nothing is live.",
            &DECIMAL,
            true,
        ),
        field(
            "reason",
            "Motivo. Why a figure is missing, in the language of the request; null when none is.",
            &TEXT,
            true,
        ),
        field("actions", "Acciones. How many are live.", &COUNT, false),
        field("finished", "Ejecutadas. How many of them were executed.", &COUNT, false),
        field("green", "En verde. How many are on time.", &COUNT, false),
        field("amber", "En amarillo. How many are behind, or were finished late.", &COUNT, false),
        field("red", "En rojo. How many are overdue.", &COUNT, false),
        field(
            "state",
            "Estado. Where the plan stood then; null before it was formulated.",
            &Shape::Leaf("PlanState"),
            true,
        ),
        field("formula", "Fórmula. How it is computed.", &TEXT, false),
    ],
};

const FORMULA: &str = "percent = Σ weight · progress ÷ Σ weight; compliance = Σ weeks · progress ÷ Σ weeks of what was due; \
                       advance = the same of everything; weeks = (due − start) ÷ 7";

/// `ImprovementPlan.progress`.
pub const PROGRESS: Figure = Figure {
    needs: action_needs!(
        (
            Sql::Template(state_then!("plan_transition", "improvement_plan_id", "{t}.id")),
            Scalar::Enum(&PlanState::VOCABULARY),
        ),
        "a.improvement_plan_id = {t}.id"
    ),
    output: &Shape::Object(&OUTPUT),
    arguments: &[],
    compute: progress,
    reveals: None,
};

fn progress(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    let (cutoff, actions) = actions(input).ok_or(ErrorCode::Internal)?;
    let live: Vec<_> = actions.iter().filter(|action| action.is_live()).collect();
    let lights: Vec<_> = live.iter().filter_map(|action| action.semaphore(cutoff)).collect();
    let count = |light: Semaphore| lights.iter().filter(|one| **one == light).count();
    let due = compliance(&actions, cutoff).map(percent);
    let reason = match (live.is_empty(), &due) {
        (true, _) => Some(input.locale.either("El plan no tiene acciones vivas.", "The plan has no live actions.")),
        (false, None) => {
            Some(input.locale.either("Nada vencía a la fecha de corte.", "Nothing was due at the cut-off."))
        }
        _ => None,
    };
    Ok(json!({
        "cutoff": cutoff.to_string(),
        "percent": optional(plan_progress(&actions).map(percent)),
        "compliancePercent": optional(due),
        "advancePercent": optional(advance(&actions).map(percent)),
        "reason": reason,
        "actions": live.len(),
        "finished": live.iter().filter(|action| action.finished_on.is_some()).count(),
        "green": count(Semaphore::Green),
        "amber": count(Semaphore::Amber),
        "red": count(Semaphore::Red),
        "state": input.cells[0],
        "formula": FORMULA,
    }))
}
