//! `Organization.improvement`: how an organization closes, and whether what it does lasts.

use serde_json::{Value, json};

use super::{due_then, overdue, state_then, under_way};
use crate::{
    access::rules::Subject,
    graph::{
        declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
        error::Refusal,
    },
    insight::{
        quality::may_read,
        share::{SHARE, share},
    },
};

const SHARED: Shape = Shape::Object(&SHARE);
const COUNT: Shape = Shape::Leaf("Int");

const fn field(name: &'static str, description: &'static str, shape: &'static Shape) -> ShapeField {
    ShapeField { name, description, shape, nullable: false }
}

static OUTPUT: ObjectShape = ObjectShape {
    name: "ImprovementFigures",
    description: "Cifras de mejora. How an organization closed until the cut-off, which is the day asked for (`asOf`).",
    fields: &[
        field("openFindings", "Hallazgos abiertos. Communicated, and neither closed nor dismissed.", &COUNT),
        field("overdueActions", "Acciones vencidas. Their last day had passed, and they were not executed.", &COUNT),
        field("onTimeClosure", "Oportunidad. Actions executed on time, of those executed.", &SHARED),
        field("effectiveness", "Eficacia. Evaluations that found an action effective, of all.", &SHARED),
        field(
            "recurrence",
            "Recurrencia. Findings that repeat an earlier one, as a cause analysis showed by then, of those communicated.",
            &SHARED,
        ),
        field(
            "notSustained",
            "Cierres no sostenidos. Findings closed effective that a later one repeats, of all closed effective; a repetition counts from \
             the day on which a cause analysis of the later one was recorded.",
            &SHARED,
        ),
        field("formula", "Fórmula. From which records each is counted.", &Shape::Leaf("String")),
    ],
};

const FORMULA: &str = "openFindings: state at the cut-off from COMMUNICATED to IN_VERIFICATION; overdueActions: APPROVED or IN_PROGRESS \
                       with its last day before the cut-off; onTimeClosure: actions executed and not sent back, by their last day as it stood at the cut-off; effectiveness: \
                       evaluations until the cut-off; recurrence: findings communicated and analysed until the cut-off with recurrenceOf; \
                       notSustained: findings in CLOSED_EFFECTIVE at the cut-off, of these the ones that a finding with a cause analysis by then repeats";

macro_rules! count {
    ($($sql:expr),+ $(,)?) => {
        (Sql::Template(concat!("CAST((SELECT count(*) FROM ", $($sql),+, ") AS INTEGER)")), Scalar::Int)
    };
}

/// The day on which an action was executed, unless it was sent back since; by the moment.
macro_rules! executed {
    () => {
        concat!(
            "(SELECT max(e.civil_date) FROM action_transition e WHERE e.improvement_action_id = a.id AND e.to_state = 5 \
             AND e.civil_date <= {m} AND ",
            state_then!("action_transition", "improvement_action_id", "a.id"),
            " IN (5, 6, 7))"
        )
    };
}

/// The findings that were communicated, by the moment; one that was revised since counts once.
macro_rules! told {
    () => {
        "finding f WHERE f.organization_id = {t}.id AND EXISTS (SELECT 1 FROM finding_transition w WHERE w.finding_id = f.id \
         AND w.to_state = 2 AND w.civil_date <= {m})"
    };
}

/// The findings that stood closed with effect, by the moment.
macro_rules! closed_effective {
    () => {
        concat!(
            "finding f WHERE f.organization_id = {t}.id AND ",
            state_then!("finding_transition", "finding_id", "f.id"),
            " = 9"
        )
    };
}

/// `Organization.improvement`.
pub const IMPROVEMENT: Figure = Figure {
    needs: &[
        (Sql::Column("id"), Scalar::Id),
        count!(
            "finding f WHERE f.organization_id = {t}.id AND ",
            state_then!("finding_transition", "finding_id", "f.id"),
            " IN (2, 3, 4, 7, 8)"
        ),
        count!("improvement_action a WHERE a.organization_id = {t}.id AND ", overdue!("a")),
        count!("improvement_action a WHERE a.organization_id = {t}.id AND ", executed!(), " <= ", due_then!("a")),
        count!("improvement_action a WHERE a.organization_id = {t}.id AND ", executed!(), " IS NOT NULL"),
        count!("effectiveness_review w WHERE w.organization_id = {t}.id AND w.reviewed_on <= {m} AND w.result = 1"),
        count!("effectiveness_review w WHERE w.organization_id = {t}.id AND w.reviewed_on <= {m}"),
        count!(
            told!(),
            " AND f.recurrence_of_id IS NOT NULL \
             AND EXISTS (SELECT 1 FROM cause_analysis c WHERE c.finding_id = f.id AND c.recorded_on <= {m})"
        ),
        count!(told!()),
        count!(
            closed_effective!(),
            " AND EXISTS (SELECT 1 FROM finding r JOIN cause_analysis c ON c.finding_id = r.id \
             WHERE r.recurrence_of_id = f.id AND c.recorded_on <= {m})"
        ),
        count!(closed_effective!()),
    ],
    output: &Shape::Object(&OUTPUT),
    arguments: &[],
    compute: improvement,
    reveals: None,
};

fn improvement(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    may_read(input, Subject::Improvement)?;
    if !input.viewer.reach(Subject::Improvement).whole.contains(organization(input)) {
        return Err(input.viewer.reads_not(Subject::Improvement));
    }
    let count = |at: usize| input.cells[at].as_u64().unwrap_or(0);
    let nothing =
        ("No hay con qué calcularla a la fecha de corte.", "There is nothing to compute it from at the cut-off.");
    let of = |part, whole| share(count(part), count(whole), nothing, input.locale);
    Ok(json!({
        "openFindings": count(1),
        "overdueActions": count(2),
        "onTimeClosure": of(3, 4),
        "effectiveness": of(5, 6),
        "recurrence": of(7, 8),
        "notSustained": of(9, 10),
        "formula": FORMULA,
    }))
}

fn organization(input: &FigureInput<'_>) -> uuid::Uuid {
    input.cells[0].as_str().and_then(entity::OpaqueId::parse).map(|id| id.uuid).unwrap_or_default()
}
