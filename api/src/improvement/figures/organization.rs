//! `Organization.improvement`: how an organization closes, and whether what it does lasts.

use entity::{Kind, OpaqueId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{due_then, overdue, state_then, under_way};
use crate::{
    access::{rules::Subject, visibility::keys},
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

const IDS: Shape = Shape::List(&Shape::Leaf("ID"));

/// Most records of a figure that are named.
const NAMED: usize = 500;

static RECORDS: ObjectShape = ObjectShape {
    name: "FigureRecords",
    description: "Registros de una cifra. The records from which it is counted, the oldest first; at most 500 of each.",
    fields: &[
        field("figure", "Cifra. By its name in `ImprovementFigures`.", &Shape::Leaf("String")),
        field("part", "Parte. What is counted; of a share its numerator.", &IDS),
        field("whole", "Todo. The denominator of a share; empty for a count.", &IDS),
        field("truncated", "Recortado. Whether there are more than are named.", &Shape::Leaf("Boolean")),
    ],
};

static EXPLANATION: ObjectShape = ObjectShape {
    name: "ImprovementExplanation",
    description: "Explicación de las cifras de mejora. How they were counted, and from which records.",
    fields: &[
        field("formula", "Fórmula. From which records each is counted.", &Shape::Leaf("String")),
        field("inputs", "Entradas. The records of each figure.", &Shape::List(&Shape::Object(&RECORDS))),
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

/// What is counted: the rows (under the alias that is said) of an organization `{t}`, by the moment.
macro_rules! rows {
    (open_findings) => {
        concat!(
            "finding f WHERE f.organization_id = {t}.id AND ",
            state_then!("finding_transition", "finding_id", "f.id"),
            " IN (2, 3, 4, 7, 8)"
        )
    };
    (overdue_actions) => {
        concat!("improvement_action a WHERE a.organization_id = {t}.id AND ", overdue!("a"))
    };
    (on_time) => {
        concat!("improvement_action a WHERE a.organization_id = {t}.id AND ", executed!(), " <= ", due_then!("a"))
    };
    (executed) => {
        concat!("improvement_action a WHERE a.organization_id = {t}.id AND ", executed!(), " IS NOT NULL")
    };
    (effective) => {
        "effectiveness_review w WHERE w.organization_id = {t}.id AND w.reviewed_on <= {m} AND w.result = 1"
    };
    (evaluated) => {
        "effectiveness_review w WHERE w.organization_id = {t}.id AND w.reviewed_on <= {m}"
    };
    (recurring) => {
        concat!(
            told!(),
            " AND f.recurrence_of_id IS NOT NULL \
             AND EXISTS (SELECT 1 FROM cause_analysis c WHERE c.finding_id = f.id AND c.recorded_on <= {m})"
        )
    };
    (communicated) => {
        told!()
    };
    (not_sustained) => {
        concat!(
            closed_effective!(),
            " AND EXISTS (SELECT 1 FROM finding r JOIN cause_analysis c ON c.finding_id = r.id \
             WHERE r.recurrence_of_id = f.id AND c.recorded_on <= {m})"
        )
    };
    (closed_effective) => {
        closed_effective!()
    };
}

/// `Organization.improvement`.
pub const IMPROVEMENT: Figure = Figure {
    needs: &[
        (Sql::Column("id"), Scalar::Id),
        count!(rows!(open_findings)),
        count!(rows!(overdue_actions)),
        count!(rows!(on_time)),
        count!(rows!(executed)),
        count!(rows!(effective)),
        count!(rows!(evaluated)),
        count!(rows!(recurring)),
        count!(rows!(communicated)),
        count!(rows!(not_sustained)),
        count!(rows!(closed_effective)),
    ],
    output: &Shape::Object(&OUTPUT),
    arguments: &[],
    compute: improvement,
    reveals: None,
};

/// Only who reads all findings and plans of the organization is told what is counted of them.
fn may_count(input: &FigureInput<'_>) -> Result<(), Refusal> {
    may_read(input, Subject::Improvement)?;
    match input.viewer.reach(Subject::Improvement).whole.contains(organization(input)) {
        true => Ok(()),
        false => Err(input.viewer.reads_not(Subject::Improvement)),
    }
}

fn improvement(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    may_count(input)?;
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

/// Keys of rows, as one text: one more than are named, so that one knows whether there are more.
macro_rules! keys {
    ($alias:literal, $rows:expr) => {
        (
            Sql::Template(concat!(
                "(SELECT string_agg({text}(y.id), ' ' ORDER BY y.id) FROM (SELECT ",
                $alias,
                ".id AS id FROM ",
                $rows,
                " ORDER BY ",
                $alias,
                ".id LIMIT 501) y)"
            )),
            Scalar::Text,
        )
    };
}

/// `Organization.explainImprovement`: a field of its own, so that whoever asks for the figures only is not made to wait for it.
pub const EXPLAINED: Figure = Figure {
    needs: &[
        (Sql::Column("id"), Scalar::Id),
        keys!("f", rows!(open_findings)),
        keys!("a", rows!(overdue_actions)),
        keys!("a", rows!(on_time)),
        keys!("a", rows!(executed)),
        keys!("w", rows!(effective)),
        keys!("w", rows!(evaluated)),
        keys!("f", rows!(recurring)),
        keys!("f", rows!(communicated)),
        keys!("f", rows!(not_sustained)),
        keys!("f", rows!(closed_effective)),
    ],
    output: &Shape::Object(&EXPLANATION),
    arguments: &[],
    compute: explained,
    reveals: None,
};

/// Each figure: its name, the kind of its records, the cells of part and whole.
const FIGURES: [(&str, Kind, usize, Option<usize>); 6] = [
    ("openFindings", Kind::Finding, 1, None),
    ("overdueActions", Kind::ImprovementAction, 2, None),
    ("onTimeClosure", Kind::ImprovementAction, 3, Some(4)),
    ("effectiveness", Kind::EffectivenessReview, 5, Some(6)),
    ("recurrence", Kind::Finding, 7, Some(8)),
    ("notSustained", Kind::Finding, 9, Some(10)),
];

fn explained(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    may_count(input)?;
    let inputs = FIGURES.iter().map(|(figure, kind, part, whole)| {
        let [part, whole] =
            [Some(*part), *whole].map(|at| at.map_or_else(Vec::new, |at| keys(input.cells[at].as_str())));
        let named = |keys: &[Uuid]| -> Vec<String> {
            let id = |uuid: &Uuid| OpaqueId { number: *kind as u8, uuid: *uuid }.to_string();
            keys.iter().take(NAMED).map(id).collect()
        };
        json!({
            "figure": figure,
            "part": named(&part),
            "whole": named(&whole),
            "truncated": part.len() > NAMED || whole.len() > NAMED,
        })
    });
    Ok(json!({ "formula": FORMULA, "inputs": inputs.collect::<Value>() }))
}

fn organization(input: &FigureInput<'_>) -> Uuid {
    input.cells[0].as_str().and_then(OpaqueId::parse).map(|id| id.uuid).unwrap_or_default()
}
