//! Windows, what was reported in them and how it was rated, reformulations, and whether actions took effect.

use chrono::{Days, Months, NaiveDate};
use entity::{
    Amount, Id, fold,
    improvement::{
        ActionResult, DecisionCapacity, ReformulationState, action_activity, effectiveness_review, evidence,
        improvement_action, progress_rating, progress_report, reformulation, reformulation_decision, reporting_window,
    },
};

use super::{Maker, Window, audits::proof};
use crate::exchange::{
    demo::{ANCHOR, day},
    load::key,
};

/// Opens the windows: every month where everything is shown, every quarter elsewhere, in the first days after it.
pub fn windows(maker: &mut Maker) {
    let months = if maker.whole { 1 } else { 3 };
    let (mut from, mut windows) = (day(2024, 7, 1), Vec::new());
    while from < ANCHOR {
        let Some(to) = from.checked_add_months(Months::new(months)) else { break };
        // Who executes may report before the year's first half is over.
        let opens = if to > ANCHOR { ANCHOR - Days::new(1) } else { to };
        let name = format!("{} a {}", from.format("%Y-%m-%d"), (to - Days::new(1)).format("%Y-%m-%d"));
        let id: Id<reporting_window::Entity> = key(&maker.code(&from.to_string()));
        maker.demo.reporting_windows.push(reporting_window::Model {
            id,
            organization_id: maker.secretariat.id,
            name_key: fold(&name),
            name,
            period_from: from,
            period_to: to,
            opens_on: opens,
            closes_on: to + Days::new(4),
            row_version: 1,
        });
        windows.push(Window { id, opens, closes: to + Days::new(4) });
        from = to;
    }
    // The one that is open on the anchor's day waits for reports.
    windows.retain(|window| window.closes <= ANCHOR);
    maker.windows = windows;
}

/// Reports a share of an action, window by window; answers the day on which it was done, if it was.
pub fn report(
    maker: &mut Maker,
    row: &improvement_action::Model,
    activities: &[action_activity::Model],
    share: i64,
) -> Option<NaiveDate> {
    let fits = |window: &&Window| row.starts_on + Days::new(20) < window.opens;
    let last = if share == 100 { row.due_on } else { ANCHOR };
    let open = maker.windows.iter().filter(fits).filter(|window| window.closes <= last);
    let found: Vec<_> = open.map(|window| (window.id, window.opens)).collect();
    // Whoever is late reports in the first window after the day.
    let late = || maker.windows.iter().filter(fits).map(|window| (window.id, window.opens)).take(1).collect();
    let found = if found.is_empty() && share == 100 { late() } else { found };
    if share == 0 || found.is_empty() {
        return None;
    }
    let many = i64::try_from(found.len()).unwrap_or(1);
    let halves = i64::try_from(activities.len().max(1)).unwrap_or(1);
    let total = row.target.0 * share / 100 * halves;
    let mut before = 0;
    for ((window, opens), number) in found.iter().zip(1..) {
        // Whole units, the last brings what is left.
        let upto = if number == many { total } else { total * number / many / 100 * 100 };
        let mut rest = (before, upto);
        for activity in parts(activities) {
            let (from, to) = rest;
            let cut = match activity {
                Some((at, activity)) => {
                    let ends = activity.target.0 * at;
                    (from.min(ends), to.min(ends))
                }
                None => (from, to),
            };
            if cut.1 > cut.0 || activities.is_empty() {
                let activity = activity.map(|(_, activity)| activity);
                entry(maker, row, activity, (*window, *opens), Amount(cut.1 - cut.0), number == many && share == 100);
            }
            rest = (cut.1.max(from), to);
        }
        before = upto;
    }
    found.last().map(|(_, opens)| *opens + Days::new(3)).filter(|_| share == 100)
}

/// The activities with their number; one without, where there are none.
fn parts(activities: &[action_activity::Model]) -> Vec<Option<(i64, &action_activity::Model)>> {
    match activities {
        [] => vec![None],
        _ => activities.iter().map(|activity| Some((i64::from(activity.number), activity))).collect(),
    }
}

fn entry(
    maker: &mut Maker,
    row: &improvement_action::Model,
    activity: Option<&action_activity::Model>,
    (window, opens): (Id<reporting_window::Entity>, NaiveDate),
    quantity: Amount,
    last: bool,
) {
    let tail = activity.map(|activity| activity.number).unwrap_or_default();
    let id: Id<progress_report::Entity> = key(&format!("{}/{}/{tail}", row.id.uuid(), window.uuid()));
    let (reported, signed) = (opens + Days::new(1), opens + Days::new(2));
    maker.demo.progress_reports.push(progress_report::Model {
        id,
        organization_id: row.organization_id,
        improvement_action_id: row.id,
        action_activity_id: activity.map(|activity| activity.id),
        reporting_window_id: window,
        quantity,
        narrative: "Se adelantó lo programado para el periodo.".to_owned(),
        reported_on: reported,
        reported_by_id: row.executor_id,
        signed_on: Some(signed),
        signed_by_id: maker.ground.head(row.org_unit_id, signed).or(maker.ground.cast.leader.person),
        row_version: 1,
    });
    if last || maker.whole {
        let file = maker.file(&format!("avance-{}-{opens}-{tail}", row.number));
        let proof = proof(maker, &format!("{}", id.uuid()), reported, file);
        maker.demo.evidences.push(evidence::Model { progress_report_id: Some(id), ..proof });
    }
    if maker.whole || last {
        rate(maker, id, (opens + Days::new(8), 0), if last { 100 } else { 60 }, "Coherente con los soportes.");
    }
    // One opinion was changed; the earlier one is kept.
    if maker.whole && last {
        rate(maker, id, (opens + Days::new(9), 1), 90, "Un soporte no es legible.");
    }
}

fn rate(
    maker: &mut Maker,
    report: Id<progress_report::Entity>,
    (on, number): (NaiveDate, i32),
    percent: i64,
    concept: &str,
) {
    maker.demo.progress_ratings.push(progress_rating::Model {
        id: key(&format!("{}/{number}", report.uuid())),
        organization_id: maker.secretariat.id,
        progress_report_id: report,
        percent: Amount::whole(percent).unwrap_or_default(),
        concept: concept.to_owned(),
        rated_on: on,
        person_id: maker.ground.cast.control.person,
        row_version: 1,
    });
}

/// Writes what was thought of an action's effect.
pub fn review(maker: &mut Maker, row: &improvement_action::Model, result: ActionResult, on: NaiveDate) {
    let id: Id<effectiveness_review::Entity> = key(&format!("{}", row.id.uuid()));
    let effective = result == ActionResult::Effective;
    let concept =
        if effective { "No se encontraron nuevos casos en la muestra." } else { "Persisten casos en la muestra." };
    maker.demo.effectiveness_reviews.push(effectiveness_review::Model {
        id,
        organization_id: row.organization_id,
        improvement_action_id: row.id,
        result,
        score: Amount::whole(if effective { 95 } else { 40 }),
        concept: concept.to_owned(),
        reviewed_on: on,
        verifier_id: maker.ground.cast.control.person,
        row_version: 1,
    });
    if maker.whole {
        let file = maker.file(&format!("eficacia-{}-{on}", row.number));
        let proof = proof(maker, &format!("{}/review", id.uuid()), on, file);
        maker.demo.evidences.push(evidence::Model { effectiveness_review_id: Some(id), ..proof });
    }
}

/// Asks for more time for an action that is under way, and decides; the action has the days that count.
pub fn reformulate(
    maker: &mut Maker,
    action: Id<improvement_action::Entity>,
    state: ReformulationState,
    asked: NaiveDate,
) {
    let cast = maker.ground.cast;
    let Some(row) = maker.demo.improvement_actions.iter_mut().rev().find(|row| row.id == action) else { return };
    let (before, after) = (row.due_on, row.due_on + Days::new(60));
    let decided = asked + Days::new(6);
    // Told when the later date counts already.
    if state == ReformulationState::Approved {
        row.due_on = after;
    }
    let row = row.clone();
    let id: Id<reformulation::Entity> = key(&format!("{}/{asked}", row.id.uuid()));
    maker.demo.reformulations.push(reformulation::Model {
        id,
        organization_id: row.organization_id,
        improvement_action_id: row.id,
        state,
        justification: "El contrato de apoyo se firmó dos meses después de lo previsto.".to_owned(),
        before_due_on: before,
        after_due_on: after,
        before_target: row.target,
        after_target: row.target,
        requested_on: asked,
        requested_by_id: row.executor_id.or(cast.leader.person),
        decided_on: (state != ReformulationState::Requested).then_some(decided),
        row_version: 1,
    });
    let rejected = state == ReformulationState::Rejected;
    let decisions = match state {
        ReformulationState::Requested => Vec::new(),
        _ => vec![
            (DecisionCapacity::SeniorManagement, cast.management, true, asked + Days::new(4)),
            (DecisionCapacity::InternalControl, cast.control, !rejected, decided),
        ],
    };
    for (capacity, who, approved, on) in decisions {
        maker.demo.reformulation_decisions.push(reformulation_decision::Model {
            id: key(&format!("{}/{}", id.uuid(), capacity.number())),
            organization_id: row.organization_id,
            reformulation_id: id,
            capacity,
            approved,
            reason: (!approved).then(|| "La demora se conocía desde la formulación.".to_owned()),
            decided_on: on,
            account_id: who.account,
            person_id: who.person,
            row_version: 1,
        });
    }
}
