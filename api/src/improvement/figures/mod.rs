//! What is computed of actions and plans at a cut-off: the day of the path, `asOf`.

pub mod action;
pub mod activity;
pub mod measure;
pub mod organization;
pub mod plan;

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    Amount,
    improvement::{ActionResult, ActionState},
};
use serde_json::Value;

use super::rules::reformulated::stood;
use crate::graph::declaration::FigureInput;
use measure::{ActionAt, Work};

/// What the figures of actions need, of those (under the alias `a`) that a condition keeps: the actions, their activities, what
/// was signed for them until the moment, the reformulations that were approved, the steps that were taken; the moment.
macro_rules! action_needs {
    ($first:expr, $kept:literal) => {
        &[
            $first,
            (
                Sql::Template(concat!(
                    "(SELECT string_agg({text}(a.id) || ' ' || CAST(a.starts_on AS TEXT) || ' ' || CAST(a.due_on AS TEXT) || ' ' \
                     || CAST(a.target AS TEXT) || ' ' || CAST(a.weight AS TEXT) || ' ' || COALESCE(CAST(a.result AS TEXT), '-'), \
                     '\n' ORDER BY a.id) FROM improvement_action a WHERE ",
                    $kept,
                    ")"
                )),
                Scalar::Text,
            ),
            (
                Sql::Template(concat!(
                    "(SELECT string_agg({text}(v.improvement_action_id) || ' ' || {text}(v.id) || ' ' || CAST(v.starts_on AS TEXT) \
                     || ' ' || CAST(v.due_on AS TEXT) || ' ' || CAST(v.target AS TEXT), '\n' ORDER BY v.id) \
                     FROM action_activity v JOIN improvement_action a ON a.id = v.improvement_action_id WHERE ",
                    $kept,
                    ")"
                )),
                Scalar::Text,
            ),
            (
                Sql::Template(concat!(
                    "(SELECT string_agg({text}(v.improvement_action_id) || ' ' || CASE WHEN v.action_activity_id IS NULL THEN '-' ELSE {text}(v.action_activity_id) END || ' ' \
                     || CAST(v.quantity AS TEXT), '\n' ORDER BY v.id) FROM progress_report v \
                     JOIN improvement_action a ON a.id = v.improvement_action_id WHERE v.signed_on <= {m} AND ",
                    $kept,
                    ")"
                )),
                Scalar::Text,
            ),
            (
                Sql::Template(concat!(
                    "(SELECT string_agg({text}(v.improvement_action_id) || ' ' || CAST(v.decided_on AS TEXT) || ' ' \
                     || CAST(v.before_due_on AS TEXT) || ' ' || CAST(v.after_due_on AS TEXT) || ' ' || CAST(v.before_target AS TEXT) \
                     || ' ' || CAST(v.after_target AS TEXT), '\n' ORDER BY v.decided_on, v.id) FROM reformulation v \
                     JOIN improvement_action a ON a.id = v.improvement_action_id WHERE v.state = 2 AND ",
                    $kept,
                    ")"
                )),
                Scalar::Text,
            ),
            (
                Sql::Template(concat!(
                    "(SELECT string_agg({text}(v.improvement_action_id) || ' ' || CAST(v.civil_date AS TEXT) || ' ' \
                     || CAST(v.to_state AS TEXT), '\n' ORDER BY v.recorded_at, v.id) FROM action_transition v \
                     JOIN improvement_action a ON a.id = v.improvement_action_id WHERE v.civil_date <= {m} AND ",
                    $kept,
                    ")"
                )),
                Scalar::Text,
            ),
            (Sql::Template("{m}"), Scalar::Date),
        ]
    };
}
pub(crate) use action_needs;

/// The state of a row at the moment, by its steps: the table of these, their column, the row's key; the word for the moment
/// where that is not `{m}`.
macro_rules! state_then {
    ($steps:literal, $column:literal, $row:expr) => {
        state_then!($steps, $column, $row, "{m}")
    };
    ($steps:literal, $column:literal, $row:expr, $moment:literal) => {
        concat!(
            "(SELECT w.to_state FROM ",
            $steps,
            " w WHERE w.",
            $column,
            " = ",
            $row,
            " AND w.civil_date <= ",
            $moment,
            " ORDER BY w.recorded_at DESC, w.id DESC LIMIT 1)"
        )
    };
}
pub(crate) use state_then;

/// The last day of the action under an alias as it stood at the moment, as [`stood`] says.
macro_rules! due_then {
    ($action:literal) => {
        due_then!($action, "{m}")
    };
    ($action:literal, $moment:literal) => {
        concat!(
            "COALESCE((SELECT r.after_due_on FROM reformulation r WHERE r.improvement_action_id = ",
            $action,
            ".id AND r.state = 2 AND r.decided_on <= ",
            $moment,
            " ORDER BY r.decided_on DESC, r.id DESC LIMIT 1), \
             (SELECT r.before_due_on FROM reformulation r WHERE r.improvement_action_id = ",
            $action,
            ".id AND r.state = 2 AND r.decided_on > ",
            $moment,
            " ORDER BY r.decided_on, r.id LIMIT 1), ",
            $action,
            ".due_on)"
        )
    };
}
pub(crate) use due_then;

/// Was the action under an alias under way at the moment, and not executed?
macro_rules! under_way {
    ($action:literal, $moment:literal) => {
        concat!(
            "COALESCE(",
            state_then!("action_transition", "improvement_action_id", concat!($action, ".id"), $moment),
            ", 0) IN (3, 4)"
        )
    };
}
pub(crate) use under_way;

/// Was the action under an alias overdue at the moment: under way, not executed, its last day over?
macro_rules! overdue {
    ($action:literal) => {
        concat!("(", under_way!($action, "{m}"), " AND ", due_then!($action), " < {m})")
    };
}
pub(crate) use overdue;

/// How many days the last day of the action under an alias was away at the moment, negative once it was over; NULL where it was
/// not under way, or was executed.
macro_rules! days_left {
    ($action:literal, $moment:literal) => {
        concat!(
            "CAST(CASE WHEN ",
            under_way!($action, $moment),
            " THEN {day}(",
            due_then!($action, $moment),
            ") - {day}(",
            $moment,
            ") END AS INTEGER)"
        )
    };
}
pub(crate) use days_left;

/// How many days the action under an alias was overdue at the moment, 0 where it was not.
macro_rules! days_overdue {
    ($action:literal, $moment:literal) => {
        concat!(
            "COALESCE((SELECT CASE WHEN y.days < 0 THEN -y.days ELSE 0 END FROM (SELECT ",
            days_left!($action, $moment),
            " AS days) y), 0)"
        )
    };
}
pub(crate) use days_overdue;

/// The cut-off, and the actions as they stood then, from the cells of [`action_needs`].
pub(super) fn actions(input: &FigureInput<'_>) -> Option<(NaiveDate, Vec<ActionAt>)> {
    let lines = |at: usize| input.cells[at].as_str().unwrap_or_default().lines().map(words);
    let cutoff = input.cells[6].as_str()?.parse().ok()?;
    let mut told: HashMap<&str, Told<'_>> = HashMap::new();
    let mut order = Vec::new();
    for action in lines(1) {
        order.push(action[0]);
        told.insert(action[0], Told { row: action, ..Default::default() });
    }
    for (at, part) in [(2, 0), (3, 1), (4, 2), (5, 3)] {
        for line in lines(at) {
            if let Some(told) = told.get_mut(line[0]) {
                told.parts[part].push(line);
            }
        }
    }
    let actions: Option<Vec<_>> = order.iter().map(|id| told.get(id)?.action(cutoff)).collect();
    Some((cutoff, actions?))
}

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

/// What is told of one action: its row; its activities, reports, reformulations and steps.
#[derive(Default)]
struct Told<'a> {
    row: Vec<&'a str>,
    parts: [Vec<Vec<&'a str>>; 4],
}

impl Told<'_> {
    fn action(&self, cutoff: NaiveDate) -> Option<ActionAt> {
        let [activities, reports, reformulations, steps] = &self.parts;
        let starts_on = self.row[1].parse().ok()?;
        let (due_on, target) = self.planned(reformulations, cutoff)?;
        let done = |activity: &str| -> Amount {
            let of = reports.iter().filter(|report| report[1] == activity);
            Amount(of.filter_map(|report| report[2].parse::<i64>().ok()).sum())
        };
        let work = |activity: &Vec<&str>| {
            Some(Work {
                starts_on: activity[2].parse().ok()?,
                due_on: activity[3].parse().ok()?,
                target: Amount(activity[4].parse().ok()?),
                done: done(activity[1]),
            })
        };
        let works = match activities.is_empty() {
            true => vec![Work { starts_on, due_on, target, done: done("-") }],
            false => activities.iter().map(work).collect::<Option<_>>()?,
        };
        let taken = steps.iter().filter_map(|step| {
            Some((step[1].parse::<NaiveDate>().ok()?, ActionState::from_number(step[2].parse().ok()?)?))
        });
        let taken: Vec<_> = taken.collect();
        let state = taken.last().map(|(_, state)| *state);
        let executed = taken.iter().rev().find(|(_, state)| *state == ActionState::Executed);
        let finished = matches!(state, Some(ActionState::Executed | ActionState::Verified | ActionState::Closed));
        Some(ActionAt {
            weight: Amount(self.row[4].parse().ok()?),
            starts_on,
            due_on,
            works,
            state,
            result: self.row[5]
                .parse()
                .ok()
                .and_then(ActionResult::from_number)
                .filter(|_| state == Some(ActionState::Closed)),
            finished_on: executed.filter(|_| finished).map(|(day, _)| *day),
        })
    }

    /// Last day and target as they stood.
    fn planned(&self, reformulations: &[Vec<&str>], cutoff: NaiveDate) -> Option<(NaiveDate, Amount)> {
        let plan = |due: &str, target: &str| Some((due.parse().ok()?, Amount(target.parse().ok()?)));
        let change = |line: &Vec<&str>| Some((line[1].parse().ok()?, plan(line[2], line[4])?, plan(line[3], line[5])?));
        let changes = reformulations.iter().map(change).collect::<Option<Vec<_>>>()?;
        Some(stood(&changes, cutoff, plan(self.row[2], self.row[3])?))
    }
}

/// A number as a share: `null` where there is none.
pub(super) fn optional(percent: Option<String>) -> Value {
    percent.map_or(Value::Null, Value::from)
}
