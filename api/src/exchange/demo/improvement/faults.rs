//! What is broken on purpose in audits, plans and decisions.

use chrono::NaiveDate;
use entity::{
    Id,
    audit::finding,
    direction::management_review,
    improvement::{ActionState, improvement_action, improvement_plan},
};

use super::{
    Maker, direction,
    plans::{Fate, Task},
};
use crate::exchange::{
    demo::{day, value_chain::Rule},
    load::key,
};

/// Is a nonconformity taken up without asking for its causes?
pub fn unexplained(maker: &mut Maker, finding: usize) -> bool {
    let strikes = maker.strikes(Rule::NonconformityWithoutCause);
    if strikes {
        maker.plant(Rule::NonconformityWithoutCause, maker.findings[finding].row.id.uuid());
    }
    strikes
}

/// Lets all dates of a plan pass.
pub fn overdue(maker: &mut Maker, plan: &str, tasks: &mut [Task]) {
    if maker.strikes(Rule::PlanPastDue) {
        tasks[2].days.1 = day(2026, 5, 29);
        tasks[3].days = (day(2026, 1, 13), day(2026, 6, 19));
        tasks[3].fate = Fate::Begun(40);
        let plan: Id<improvement_plan::Entity> = key(&maker.code(plan));
        maker.plant(Rule::PlanPastDue, plan.uuid());
    }
}

/// Takes the name of whoever does it from an action under way.
pub fn nobody(maker: &mut Maker, plan: &str) {
    if !maker.strikes(Rule::ActionWithoutExecutor) {
        return;
    }
    let plan: Id<improvement_plan::Entity> = key(&maker.code(plan));
    let mut own = maker.demo.improvement_actions.iter_mut().rev().take_while(|row| row.improvement_plan_id == plan);
    let Some(action) = own.find(|row| row.state == ActionState::InProgress) else { return };
    action.executor_id = None;
    let id = action.id;
    for report in maker.demo.progress_reports.iter_mut().rev().filter(|row| row.improvement_action_id == id) {
        report.reported_by_id = None;
    }
    maker.plant(Rule::ActionWithoutExecutor, id.uuid());
}

/// Forgets to ask whether what was done about a finding had an effect.
pub fn unreviewed(maker: &mut Maker, finding: usize) {
    if !maker.strikes(Rule::FindingClosedUnreviewed) {
        return;
    }
    let finding: Id<finding::Entity> = maker.findings[finding].row.id;
    let answers = maker.demo.action_findings.iter().rev().filter(|row| row.finding_id == finding);
    let actions: Vec<Id<improvement_action::Entity>> = answers.map(|row| row.improvement_action_id).collect();
    maker.demo.effectiveness_reviews.retain(|row| !actions.contains(&row.improvement_action_id));
    maker.plant(Rule::FindingClosedUnreviewed, finding.uuid());
}

/// Takes a decision of which nothing comes.
pub fn forgotten(maker: &mut Maker, review: Id<management_review::Entity>, held: NaiveDate) {
    if !maker.strikes(Rule::DecisionWithoutAction) {
        return;
    }
    let what = (4, "Actualizar el plan de comunicaciones de la Secretaría.", "110");
    if let Some(decision) = direction::decide(maker, review, what, (held, day(2026, 2, 27))) {
        maker.plant(Rule::DecisionWithoutAction, decision.uuid());
    }
}
