//! `ActionActivity.progress`: how far an activity is.

use entity::Amount;
use serde_json::{Value, json};

use super::measure::{Work, percent};
use crate::{
    graph::{
        declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
        error::{ErrorCode, Refusal},
    },
    life_cycle::Cells,
};

const DECIMAL: Shape = Shape::Leaf("Decimal");

const fn field(name: &'static str, description: &'static str, shape: &'static Shape) -> ShapeField {
    ShapeField { name, description, shape, nullable: false }
}

static OUTPUT: ObjectShape = ObjectShape {
    name: "ActivityProgress",
    description: "Avance de una actividad. How far it was at the cut-off, which is the day asked for (`asOf`).",
    fields: &[
        field("cutoff", "Fecha de corte. The day asked for.", &Shape::Leaf("Date")),
        field("percent", "Avance. In percent: min(done ÷ target, 1).", &DECIMAL),
        field("done", "Cantidad ejecutada. What was signed for until then, in units.", &DECIMAL),
        field("target", "Cantidad. How many units are to be done.", &DECIMAL),
    ],
};

/// `ActionActivity.progress`.
pub const PROGRESS: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("starts_on"), Scalar::Date),
        (Sql::Column("due_on"), Scalar::Date),
        (Sql::Column("target"), Scalar::Decimal),
        (
            Sql::Template(
                "CAST((SELECT COALESCE(sum(o.quantity), 0) FROM progress_report o \
                 WHERE o.action_activity_id = {t}.id AND o.signed_on <= {m}) AS TEXT)",
            ),
            Scalar::Text,
        ),
        (Sql::Template("{m}"), Scalar::Date),
    ],
    output: &Shape::Object(&OUTPUT),
    arguments: &[],
    compute: progress,
    reveals: None,
};

fn progress(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    let (cutoff, work) = work(Cells(input.cells)).ok_or(ErrorCode::Internal)?;
    Ok(json!({
        "cutoff": cutoff,
        "percent": percent(work.progress()),
        "done": work.done.to_string(),
        "target": work.target.to_string(),
    }))
}

fn work(cells: Cells<'_>) -> Option<(&str, Work)> {
    let work = Work {
        starts_on: cells.date(1)?,
        due_on: cells.date(2)?,
        target: cells.text(3)?.parse().ok()?,
        done: Amount(cells.text(4)?.parse().ok()?),
    };
    Some((cells.text(5)?, work))
}
