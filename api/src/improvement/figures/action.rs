//! `ImprovementAction.progress`: how far an action is, and how it stands against its days.

use entity::{
    Amount,
    improvement::{ActionResult, ActionState, Semaphore},
};
use serde_json::{Value, json};

use super::{action_needs, actions, measure::percent};
use crate::graph::{
    declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
    error::{ErrorCode, Refusal},
};

const TEXT: Shape = Shape::Leaf("String");
const DAY: Shape = Shape::Leaf("Date");
const DECIMAL: Shape = Shape::Leaf("Decimal");

/// How many days before its last day an action is said to be due soon.
const SOON: i64 = 15;

const fn field(name: &'static str, description: &'static str, shape: &'static Shape, nullable: bool) -> ShapeField {
    ShapeField { name, description, shape, nullable }
}

static OUTPUT: ObjectShape = ObjectShape {
    name: "ActionProgress",
    description: "Avance de una acción. How far it was at the cut-off, which is the day asked for (`asOf`), and how it stood against \
                  its days.",
    fields: &[
        field("cutoff", "Fecha de corte. The day asked for.", &DAY, false),
        field(
            "percent",
            "Avance. In percent: min(done ÷ target, 1); of activities their mean, weighted by weeks.",
            &DECIMAL,
            false,
        ),
        field("expectedPercent", "Avance esperado. In percent: elapsed days ÷ planned days.", &DECIMAL, false),
        field(
            "done",
            "Cantidad ejecutada. What was signed for until then, in units; of an action with activities theirs together.",
            &DECIMAL,
            false,
        ),
        field("target", "Meta. As it stood then; of an action with activities theirs together.", &DECIMAL, false),
        field("dueOn", "Fin. Last day as it stood then.", &DAY, false),
        field("finishedOn", "Ejecutada el. Day on which it was executed; null while it is not.", &DAY, true),
        field(
            "semaphore",
            "Semáforo. Null for what is only proposed, or was given up.",
            &Shape::Leaf("Semaphore"),
            true,
        ),
        field(
            "overdue",
            "Vencida. Whether its last day had passed and it was not finished.",
            &Shape::Leaf("Boolean"),
            false,
        ),
        field(
            "dueSoon",
            "Próxima a vencer. Whether it was not finished and its last day came within 15 days.",
            &Shape::Leaf("Boolean"),
            false,
        ),
        field(
            "daysLate",
            "Días de retraso. After its last day, until it was finished or until the cut-off.",
            &Shape::Leaf("Int"),
            false,
        ),
        field("state", "Estado. Where it stood then; null before it was proposed.", &Shape::Leaf("ActionState"), true),
        field(
            "result",
            "Resultado. Whether it had an effect; null unless it was closed then.",
            &Shape::Leaf("ActionResult"),
            true,
        ),
        field("formula", "Fórmula. How it is computed.", &TEXT, false),
    ],
};

const FORMULA: &str = "progress = min(Σ signed quantity ÷ target, 1); activities: Σ days · progress ÷ Σ days; \
                       expected = elapsed days ÷ planned days";

/// `ImprovementAction.progress`.
pub const PROGRESS: Figure = Figure {
    needs: action_needs!((Sql::Column("organization_id"), Scalar::Id), "a.id = {t}.id"),
    output: &Shape::Object(&OUTPUT),
    arguments: &[],
    compute: progress,
    reveals: None,
};

fn progress(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    let (cutoff, actions) = actions(input).ok_or(ErrorCode::Internal)?;
    let action = actions.first().ok_or(ErrorCode::Internal)?;
    let sum =
        |amount: fn(&super::measure::Work) -> Amount| Amount(action.works.iter().map(|work| amount(work).0).sum());
    let left = (action.due_on - cutoff).num_days();
    let open = action.is_under_way() && action.finished_on.is_none();
    let word = |light: Semaphore| Semaphore::VOCABULARY.by_number(light.number()).map(|term| term.name);
    Ok(json!({
        "cutoff": cutoff.to_string(),
        "percent": percent(action.progress()),
        "expectedPercent": percent(action.expected(cutoff)),
        "done": sum(|work| work.done).to_string(),
        "target": sum(|work| work.target).to_string(),
        "dueOn": action.due_on.to_string(),
        "finishedOn": action.finished_on.map(|day| day.to_string()),
        "semaphore": action.semaphore(cutoff).and_then(word),
        "overdue": action.is_overdue(cutoff),
        "dueSoon": open && (0..=SOON).contains(&left),
        "daysLate": action.days_late(cutoff),
        "state": action.state.and_then(|state| ActionState::VOCABULARY.by_number(state.number())).map(|term| term.name),
        "result": action.result.and_then(|result| ActionResult::VOCABULARY.by_number(result.number())).map(|term| term.name),
        "formula": FORMULA,
    }))
}
