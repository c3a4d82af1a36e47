//! What is computed of findings and programs at a cut-off: the day that was asked for.

use chrono::NaiveDate;
use entity::audit::FindingState;
use serde_json::{Value, json};

use crate::{
    graph::{
        declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
        error::{ErrorCode, Refusal},
    },
    insight::share::{SHARE, share},
};

const DAY: Shape = Shape::Leaf("Date");
const COUNT: Shape = Shape::Leaf("Int");

const fn field(name: &'static str, description: &'static str, shape: &'static Shape, nullable: bool) -> ShapeField {
    ShapeField { name, description, shape, nullable }
}

static AGE_SHAPE: ObjectShape = ObjectShape {
    name: "FindingAge",
    description: "Edad de un hallazgo. How long it has been open at the cut-off, which is the day asked for.",
    fields: &[
        field("cutoff", "Fecha de corte. The day asked for.", &DAY, false),
        field("communicatedOn", "Comunicado el. Day on which it was first communicated; null until then.", &DAY, true),
        field(
            "closedOn",
            "Cerrado el. Day on which it was closed or dismissed and stayed so; null while it is open.",
            &DAY,
            true,
        ),
        field(
            "daysOpen",
            "Días abierto. From COMMUNICATED until it was closed, or until the cut-off; null until it is communicated.",
            &COUNT,
            true,
        ),
        field("reopened", "Reabierto. How often an action was found not to be effective.", &COUNT, false),
    ],
};

/// `Finding.age`. The links of a finding are read as of its own day; how old it is as of the day asked for, `{d}`.
pub const AGE: Figure = Figure {
    needs: &[
        (Sql::Template("{d}"), Scalar::Date),
        (
            Sql::Template(
                "(SELECT string_agg(CAST(w.civil_date AS TEXT) || ' ' || COALESCE(CAST(w.from_state AS TEXT), '0') || ' ' \
                 || CAST(w.to_state AS TEXT), '\n' ORDER BY w.recorded_at, w.id) FROM finding_transition w \
                 WHERE w.finding_id = {t}.id AND w.civil_date <= {d})",
            ),
            Scalar::Text,
        ),
    ],
    output: &Shape::Object(&AGE_SHAPE),
    arguments: &[],
    compute: age,
    reveals: None,
};

/// A step: its day, the states before and after.
type Step = (NaiveDate, Option<FindingState>, FindingState);

/// When a finding was communicated, when closed for good, how often reopened.
fn told(steps: &[Step]) -> (Option<NaiveDate>, Option<NaiveDate>, usize) {
    use FindingState::{ClosedEffective, ClosedNoAction, Communicated, Dismissed, InPlan, InVerification};
    let communicated = steps.iter().find(|(.., to)| *to == Communicated).map(|(day, ..)| *day);
    let closed = steps.last().filter(|(.., to)| matches!(to, ClosedEffective | ClosedNoAction | Dismissed));
    let reopened = steps.iter().filter(|(_, from, to)| *from == Some(InVerification) && *to == InPlan);
    (communicated, closed.map(|(day, ..)| *day), reopened.count())
}

fn age(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    let cutoff: NaiveDate = input.cells[0].as_str().and_then(|day| day.parse().ok()).ok_or(ErrorCode::Internal)?;
    let step = |line: &str| -> Option<Step> {
        let mut words = line.split(' ');
        let day = words.next()?.parse().ok()?;
        let from = FindingState::from_number(words.next()?.parse().ok()?);
        Some((day, from, FindingState::from_number(words.next()?.parse().ok()?)?))
    };
    let steps: Vec<_> = input.cells[1].as_str().unwrap_or_default().lines().filter_map(step).collect();
    let (communicated, closed, reopened) = told(&steps);
    let days = communicated.map(|from| (closed.unwrap_or(cutoff) - from).num_days());
    Ok(json!({
        "cutoff": cutoff.to_string(),
        "communicatedOn": communicated.map(|day| day.to_string()),
        "closedOn": closed.map(|day| day.to_string()),
        "daysOpen": days,
        "reopened": reopened,
    }))
}

/// `AuditProgram.execution`: audits with a final report, of those that were not cancelled.
pub const EXECUTION: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM audit s WHERE s.audit_program_id = {t}.id AND EXISTS (SELECT 1 FROM audit_transition w \
                 WHERE w.audit_id = s.id AND w.to_state = 6 AND w.civil_date <= {m})) AS INTEGER)",
            ),
            Scalar::Int,
        ),
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM audit s WHERE s.audit_program_id = {t}.id AND NOT EXISTS (SELECT 1 FROM audit_transition w \
                 WHERE w.audit_id = s.id AND w.to_state = 9 AND w.civil_date <= {m})) AS INTEGER)",
            ),
            Scalar::Int,
        ),
    ],
    output: &Shape::Object(&SHARE),
    arguments: &[],
    compute: |input| {
        let count = |at: usize| input.cells[at].as_u64().unwrap_or(0);
        let nothing = ("El programa no tiene auditorías.", "The program has no audits.");
        Ok(share(count(1), count(2), nothing, input.locale))
    },
    reveals: None,
};

#[cfg(test)]
mod tests {
    use super::*;
    use FindingState::{Answered, ClosedEffective, Communicated, Confirmed, Draft, InPlan, InVerification};

    /// By hand: communicated on 2 January, closed on 20 March, but an action was not effective in between: reopened once. On 1 March
    /// it is open for 58 days (30 of January, 28 of February).
    #[test]
    fn days_count_from_the_communication() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let steps = [
            ("2026-01-01", None, Draft),
            ("2026-01-02", Some(Draft), Communicated),
            ("2026-01-10", Some(Communicated), Answered),
            ("2026-01-12", Some(Answered), Confirmed),
            ("2026-01-20", Some(Confirmed), InPlan),
            ("2026-02-20", Some(InPlan), InVerification),
            ("2026-02-25", Some(InVerification), InPlan),
            ("2026-03-10", Some(InPlan), InVerification),
            ("2026-03-20", Some(InVerification), ClosedEffective),
        ];
        let steps: Vec<Step> = steps.iter().map(|(on, from, to)| (day(on), *from, *to)).collect();
        assert_eq!(told(&steps), (Some(day("2026-01-02")), Some(day("2026-03-20")), 1));
        assert_eq!(told(&steps[..7]), (Some(day("2026-01-02")), None, 1));
        assert_eq!((day("2026-03-01") - day("2026-01-02")).num_days(), 58);
        assert_eq!(told(&steps[..1]), (None, None, 0));
    }
}
