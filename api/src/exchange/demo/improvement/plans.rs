//! Plans and their actions, through their life cycles, and what that does to the findings.

use chrono::{Days, NaiveDate};
use entity::{
    Amount, Id,
    audit::FindingState,
    direction::decision,
    fold,
    improvement::{
        ActionKind, ActionResult, ActionState, ControlStatus, PlanKind, PlanState, action_activity, action_finding,
        action_unit, improvement_action, improvement_plan, plan_finding,
    },
    organization::org_unit,
};

use super::{
    Maker, progress,
    steps::{Step, step},
};
use crate::exchange::{demo::ANCHOR, load::key};

/// A plan as it is told.
pub struct Spec {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// To whom it is owed.
    pub kind: PlanKind,
    /// Where it stands.
    pub state: PlanState,
    /// The day on which it was begun to be written.
    pub created: NaiveDate,
    /// Was it sent back once?
    pub returned: bool,
    /// What it takes up.
    pub findings: Vec<usize>,
}

/// An action as it is told.
pub struct Task {
    /// What it answers.
    pub findings: Vec<usize>,
    /// Its weight in percent.
    pub weight: i64,
    /// How far it came.
    pub fate: Fate,
    /// Its days.
    pub days: (NaiveDate, NaiveDate),
    /// The day on which it came on top of an approved plan.
    pub added: Option<NaiveDate>,
    /// The decision from which it comes.
    pub decision: Option<Id<decision::Entity>>,
}

/// How far an action came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// As far as its plan.
    AsPlan,
    /// Work has begun, and so many percent of it are done on the anchor's day.
    Begun(i64),
    /// It was done, and sent back.
    SentBack,
    /// It is done; some are late.
    Executed,
    /// Somebody else saw it.
    Verified,
    /// It took the cause away.
    Effective,
    /// It did not.
    Ineffective,
    /// It was given up.
    Cancelled,
}

/// A plan whose rows are ready.
pub struct Plan {
    row: improvement_plan::Model,
    steps: Vec<Step<PlanState>>,
}

/// What became of an action, as far as its findings care.
struct Done {
    findings: Vec<usize>,
    fate: Fate,
    added: bool,
    executed: Option<NaiveDate>,
    closed: Option<NaiveDate>,
}

/// Days of a plan.
struct Calendar {
    submitted: NaiveDate,
    returned: Option<NaiveDate>,
    again: NaiveDate,
    approved: NaiveDate,
}

/// Days from being verified to being evaluated: the waiting period, and a few.
const WAITING: u64 = 95;

/// A task of a plan.
pub fn task(findings: &[usize], weight: i64, fate: Fate, from: NaiveDate, due: NaiveDate) -> Task {
    Task { findings: findings.to_vec(), weight, fate, days: (from, due), added: None, decision: None }
}

/// Writes a plan with its actions, and takes its findings along.
pub fn write(maker: &mut Maker, spec: Spec, tasks: Vec<Task>) {
    let Some(first) = spec.findings.first().map(|at| &maker.findings[*at]) else { return };
    let (process, unit) = (first.process, first.unit);
    let on = |days: u64| spec.created + Days::new(days);
    let calendar = Calendar {
        submitted: on(14),
        returned: spec.returned.then(|| on(18)),
        again: if spec.returned { on(30) } else { on(14) },
        approved: on(40),
    };
    let id: Id<improvement_plan::Entity> = key(&maker.code(spec.code));
    let external = matches!(spec.kind, PlanKind::ControlBody | PlanKind::TerritorialControl);
    let approved = spec.state.number() >= PlanState::Approved.number();
    let row = improvement_plan::Model {
        id,
        organization_id: maker.secretariat.id,
        code: spec.code.to_owned(),
        name: spec.name.to_owned(),
        name_key: fold(spec.name),
        kind: spec.kind,
        year: chrono::Datelike::year(&spec.created),
        state: spec.state,
        org_unit_id: unit,
        process_id: Some(process),
        objective: Some("Eliminar las causas de los hallazgos y evitar que se repitan.".to_owned()),
        filing_number: approved.then(|| format!("{}-{}", maker.secretariat.code(), spec.code)),
        control_body: external.then(|| "Contraloría General de la República".to_owned()),
        subscribed_on: (external && approved).then_some(calendar.approved),
        row_version: 1,
    };
    for at in &spec.findings {
        maker.demo.plan_findings.push(plan_finding::Model {
            improvement_plan_id: id,
            organization_id: maker.secretariat.id,
            finding_id: maker.findings[*at].row.id,
        });
    }
    let begun = tasks.iter().map(|task| task.days.0).min().unwrap_or(calendar.approved).max(calendar.approved);
    let mut done = Vec::new();
    for (at, task) in tasks.into_iter().enumerate() {
        done.push(act(maker, &spec, &calendar, (id, at), task));
    }
    let steps = steps(maker, &spec, &calendar, begun, &done);
    if approved {
        for at in &spec.findings {
            follow(maker, *at, calendar.approved, &done);
        }
    }
    maker.plans.push(Plan { row, steps });
}

fn steps(maker: &Maker, spec: &Spec, days: &Calendar, begun: NaiveDate, done: &[Done]) -> Vec<Step<PlanState>> {
    let cast = maker.ground.cast;
    let mut steps = vec![step(PlanState::Draft, spec.created, cast.leader, "improvementPlanCreate")];
    let reached = |state: PlanState| spec.state.number() >= state.number();
    if reached(PlanState::Submitted) || days.returned.is_some() {
        steps.push(step(PlanState::Submitted, days.submitted, cast.leader, "improvementPlanSubmit"));
    }
    if let Some(on) = days.returned {
        let reason = "La primera acción no ataca la causa raíz.";
        steps.push(step(PlanState::Draft, on, cast.management, "improvementActionReject").because(reason));
        if reached(PlanState::Submitted) {
            steps.push(step(PlanState::Submitted, days.again, cast.leader, "improvementPlanSubmit"));
        }
    }
    if reached(PlanState::Approved) {
        steps.push(step(PlanState::Approved, days.approved, cast.management, "improvementActionApprove"));
    }
    if reached(PlanState::InExecution) {
        steps.push(step(PlanState::InExecution, begun, cast.leader, "improvementPlanBegin"));
    }
    if reached(PlanState::Closed) {
        let last = done.iter().filter_map(|done| done.closed).max().unwrap_or(ANCHOR);
        steps.push(step(PlanState::Closed, last + Days::new(7), cast.control, "improvementPlanClose"));
    }
    steps
}

/// Writes an action with all that was reported and judged.
fn act(
    maker: &mut Maker,
    spec: &Spec,
    days: &Calendar,
    (plan, at): (Id<improvement_plan::Entity>, usize),
    task: Task,
) -> Done {
    let finding = &maker.findings[task.findings[0]];
    let (case, process) = (finding.case, finding.process);
    let (from, due) = task.days;
    let known = from.min(ANCHOR);
    let unit = maker.ground.lead(process, known).unwrap_or(finding.unit);
    let cast = maker.ground.cast;
    let own = maker.whole && at % 2 == 0;
    let executor = if own { cast.executor.person.filter(|who| maker.ground.works(*who, known)) } else { None };
    let executor = executor.or_else(|| maker.ground.executor(unit, known)).or(cast.leader.person);
    let kinds = [ActionKind::Corrective, ActionKind::Correction, ActionKind::Preventive, ActionKind::Improvement];
    let external = matches!(spec.kind, PlanKind::ControlBody | PlanKind::TerritorialControl);
    let mut row = improvement_action::Model {
        id: key(&format!("{}/{at}", plan.uuid())),
        organization_id: maker.secretariat.id,
        improvement_plan_id: plan,
        number: i32::try_from(at + 1).unwrap_or_default(),
        kind: kinds[at % kinds.len()],
        description: case.action.to_owned(),
        objective: Some(format!("Eliminar la causa: {}", case.cause.1)),
        indicator: Some(format!("{} / {} programados", case.measure.0, case.measure.1)),
        unit_of_measure: case.measure.0.to_owned(),
        target: Amount::whole(case.measure.1).unwrap_or_default(),
        weight: Amount::whole(task.weight).unwrap_or_default(),
        resources: Some("Equipo de la dependencia".to_owned()),
        org_unit_id: unit,
        executor_id: executor,
        starts_on: from,
        due_on: due,
        state: ActionState::Draft,
        result: None,
        control_status: external.then_some(ControlStatus::Open),
        decision_id: task.decision,
        row_version: 1,
    };
    for at in &task.findings {
        maker.demo.action_findings.push(action_finding::Model {
            improvement_action_id: row.id,
            organization_id: row.organization_id,
            finding_id: maker.findings[*at].row.id,
        });
    }
    let helper = maker.ground.unit("110", known).filter(|helper| *helper != unit && (maker.whole || at == 0));
    maker.demo.action_units.extend(helper.map(|helper| beside(&row, helper)));
    let activities = if external { activities(maker, &row) } else { Vec::new() };
    let mut steps = planned(maker, spec, days, at, &task);
    let mut done =
        Done { findings: task.findings, fate: task.fate, added: task.added.is_some(), executed: None, closed: None };
    if spec.state.number() >= PlanState::InExecution.number() && from <= ANCHOR {
        carry_out(maker, &mut row, &activities, task.fate, &mut steps, &mut done);
    }
    row.state = steps.last().map_or(ActionState::Draft, |step| step.to);
    let id = row.id;
    maker.demo.improvement_actions.push(row);
    maker.action_steps(id, &steps);
    done
}

fn beside(row: &improvement_action::Model, unit: Id<org_unit::Entity>) -> action_unit::Model {
    action_unit::Model { improvement_action_id: row.id, organization_id: row.organization_id, org_unit_id: unit }
}

/// The two halves of an action that is owed to a body of control.
fn activities(maker: &mut Maker, row: &improvement_action::Model) -> Vec<action_activity::Model> {
    let half =
        row.starts_on + Days::new(u64::try_from((row.due_on - row.starts_on).num_days() / 2).unwrap_or_default());
    let days = [(row.starts_on, half, "Preparar"), (half, row.due_on, "Ejecutar")];
    let made = days.into_iter().zip(1..).map(|((starts_on, due_on, what), number)| action_activity::Model {
        id: key(&format!("{}/{number}", row.id.uuid())),
        organization_id: row.organization_id,
        improvement_action_id: row.id,
        number,
        description: format!("{what}: {}", row.description.to_lowercase()),
        unit_of_measure: row.unit_of_measure.clone(),
        target: row.target,
        starts_on,
        due_on,
        row_version: 1,
    });
    let made: Vec<_> = made.collect();
    maker.demo.action_activities.extend(made.iter().cloned());
    made
}

/// Until it is approved.
fn planned(maker: &Maker, spec: &Spec, days: &Calendar, at: usize, task: &Task) -> Vec<Step<ActionState>> {
    use ActionState::{Approved, Draft, PendingApproval};
    let cast = maker.ground.cast;
    let created = task.added.unwrap_or(spec.created + Days::new(3));
    let mut steps = vec![step(Draft, created, cast.leader, "improvementActionCreate")];
    let reached = |state: PlanState| spec.state.number() >= state.number();
    if let Some(added) = task.added {
        steps.push(step(PendingApproval, added + Days::new(5), cast.leader, "improvementActionSubmit"));
        steps.push(step(Approved, added + Days::new(9), cast.management, "improvementActionApprove"));
        return steps;
    }
    if reached(PlanState::Submitted) || days.returned.is_some() {
        steps.push(step(PendingApproval, days.submitted, cast.leader, "improvementPlanSubmit"));
    }
    if let Some(on) = days.returned.filter(|_| at == 0) {
        let reason = "La acción no ataca la causa raíz.";
        steps.push(step(Draft, on, cast.management, "improvementActionReject").because(reason));
        if reached(PlanState::Submitted) {
            steps.push(step(PendingApproval, days.again, cast.leader, "improvementPlanSubmit"));
        }
    }
    if reached(PlanState::Approved) {
        steps.push(step(Approved, days.approved, cast.management, "improvementActionApprove"));
    }
    steps
}

/// From its beginning to its end, or to the anchor's day.
fn carry_out(
    maker: &mut Maker,
    row: &mut improvement_action::Model,
    activities: &[action_activity::Model],
    fate: Fate,
    steps: &mut Vec<Step<ActionState>>,
    done: &mut Done,
) {
    use ActionState::{Cancelled, Closed, Executed, InProgress, Verified};
    let cast = maker.ground.cast;
    let executor = if row.executor_id == cast.executor.person { cast.executor } else { cast.leader };
    steps.push(step(InProgress, row.starts_on, executor, "improvementActionBegin"));
    let share = match fate {
        Fate::Begun(share) => share,
        Fate::Cancelled => 0,
        _ => 100,
    };
    let executed = progress::report(maker, row, activities, share);
    match fate {
        Fate::Cancelled => {
            let reason = "La norma que la exigía fue derogada; se reemplaza por otra acción.";
            let on = row.starts_on + Days::new(30);
            steps.push(step(Cancelled, on, cast.control, "improvementActionCancel").because(reason));
        }
        Fate::AsPlan | Fate::Begun(_) => {}
        _ => {
            let Some(on) = executed else { return };
            steps.push(step(Executed, on, executor, "improvementActionExecute"));
            done.executed = Some(on);
            let verified = on + Days::new(10);
            // Who verified does not evaluate.
            let verifier = if cast.auditor.person.is_some() { cast.auditor } else { cast.control };
            if fate == Fate::SentBack {
                let reason = "Faltan las actas de dos visitas.";
                steps.push(step(InProgress, verified, verifier, "improvementActionReturn").because(reason));
                done.executed = None;
            } else if fate != Fate::Executed {
                steps.push(step(Verified, verified, verifier, "improvementActionVerify"));
            }
            if matches!(fate, Fate::Effective | Fate::Ineffective) {
                let on = verified + Days::new(WAITING);
                let effective = fate == Fate::Effective;
                let result = if effective { ActionResult::Effective } else { ActionResult::NotEffective };
                steps.push(step(Closed, on, cast.control, "improvementActionEvaluate"));
                row.result = Some(result);
                let status = if effective { ControlStatus::Fulfilled } else { ControlStatus::FulfilledIneffective };
                row.control_status = row.control_status.map(|_| status);
                progress::review(maker, row, result, on);
                done.closed = Some(on);
            }
        }
    }
}

/// What the actions do to one of the findings.
fn follow(maker: &mut Maker, at: usize, approved: NaiveDate, done: &[Done]) {
    use FindingState::{ClosedEffective, InPlan, InVerification};
    let cast = maker.ground.cast;
    let mut steps = vec![step(InPlan, approved, cast.management, "improvementActionApprove")];
    let own: Vec<_> = done.iter().filter(|done| done.findings.contains(&at) && done.fate != Fate::Cancelled).collect();
    let failed = own.iter().filter(|done| done.fate == Fate::Ineffective).filter_map(|done| done.closed).max();
    let at_first: Vec<_> = own.iter().filter(|done| failed.is_none() || !done.added).collect();
    let executed = |of: &[&&Done]| -> Option<NaiveDate> {
        of.iter().map(|done| done.executed).collect::<Option<Vec<_>>>()?.into_iter().max()
    };
    if let Some(on) = executed(&at_first) {
        steps.push(step(InVerification, on, cast.leader, "improvementActionExecute"));
        if let Some(failed) = failed {
            steps.push(step(InPlan, failed, cast.control, "improvementActionEvaluate"));
            let later: Vec<_> = own.iter().filter(|done| done.added).collect();
            if let Some(on) = executed(&later).filter(|_| !later.is_empty()) {
                steps.push(step(InVerification, on, cast.leader, "improvementActionExecute"));
            }
        }
        let live = own.iter().filter(|done| done.fate != Fate::Ineffective);
        let closed = live.map(|done| done.closed).collect::<Option<Vec<_>>>();
        if let Some(on) = closed.and_then(|days| days.into_iter().max()) {
            steps.push(step(ClosedEffective, on, cast.control, "improvementActionEvaluate"));
        }
    }
    maker.findings[at].steps.extend(steps);
}

/// Writes the plans.
pub fn flush(maker: &mut Maker) {
    for Plan { row, steps } in std::mem::take(&mut maker.plans) {
        let id = row.id;
        maker.demo.improvement_plans.push(row);
        maker.plan_steps(id, &steps);
    }
}
