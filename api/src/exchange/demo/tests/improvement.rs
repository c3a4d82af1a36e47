//! Audits, plans and reviews, judged by what the domain demands of them.

use chrono::Days;
use entity::{
    Amount,
    audit::{AuditKind, AuditState, FindingKind, FindingState, ProgramState, ReportStage, TeamRole},
    direction::ReviewState,
    improvement::{ActionResult, ActionState, DecisionCapacity, PlanState, ReformulationState},
    value_chain::ResponsibilityRole,
};

use super::*;
use crate::{
    audit::{
        report::frozen,
        rules::independence::binds,
        states::{AuditLife, FindingLife, ProgramLife},
    },
    improvement::states::{ActionLife, PlanLife},
};

/// Checks the steps of everything in a table: they begin with a draft, each follows the one before and is allowed, the last is the
/// state; gives the days on which each state was last reached.
macro_rules! walked {
    ($rows:ident, $steps:ident, $of:ident, $first:expr, $allowed:expr) => {{
        let mut reached: HashMap<_, HashMap<_, NaiveDate>> = HashMap::new();
        let mut last = HashMap::new();
        for step in &DEMO.$steps {
            let before = last.insert(step.$of, step);
            assert_eq!(before.map(|step| step.to_state), step.from_state, "{step:?}");
            assert!(before.is_none_or(|before| before.recorded_at <= step.recorded_at), "{before:?} {step:?}");
            assert!(step.civil_date <= ANCHOR, "{step:?}");
            match step.from_state {
                None => assert_eq!(step.to_state, $first),
                Some(from) => assert!($allowed(from, step.to_state), "{step:?}"),
            }
            reached.entry(step.$of).or_default().insert(step.to_state, step.civil_date);
        }
        for row in &DEMO.$rows {
            assert_eq!(Some(row.state), last.get(&row.id).map(|step| step.to_state), "{row:?}");
        }
        reached
    }};
}

fn is_external(kind: AuditKind) -> bool {
    matches!(kind, AuditKind::Certification | AuditKind::ControlBody)
}

fn is_live(row: &improvement_action::Model) -> bool {
    row.state != ActionState::Cancelled && row.result != Some(ActionResult::NotEffective)
}

#[test]
fn every_secretariat_audits_and_improves() {
    let of = |organizations: Vec<Uuid>| organizations.into_iter().collect::<HashSet<_>>().len();
    assert_eq!(of(DEMO.audits.iter().map(|row| row.organization_id.uuid()).collect()), 97);
    assert_eq!(of(DEMO.findings.iter().map(|row| row.organization_id.uuid()).collect()), 97);
    assert_eq!(of(DEMO.improvement_plans.iter().map(|row| row.organization_id.uuid()).collect()), 97);
    assert_eq!(of(DEMO.progress_reports.iter().map(|row| row.organization_id.uuid()).collect()), 97);
    assert_eq!(of(DEMO.management_reviews.iter().map(|row| row.organization_id.uuid()).collect()), 97);
    let funza = crate::exchange::load::key(FUNZA);
    let audits: HashSet<_> =
        DEMO.audits.iter().filter(|row| row.organization_id == funza).map(|row| row.state).collect();
    let findings: HashSet<_> =
        DEMO.findings.iter().filter(|row| row.organization_id == funza).map(|row| row.state).collect();
    let plans: HashSet<_> =
        DEMO.improvement_plans.iter().filter(|row| row.organization_id == funza).map(|row| row.state).collect();
    let actions: HashSet<_> =
        DEMO.improvement_actions.iter().filter(|row| row.organization_id == funza).map(|row| row.state).collect();
    assert_eq!(audits.len(), AuditState::VOCABULARY.terms.len(), "{audits:?}");
    assert_eq!(findings.len(), FindingState::VOCABULARY.terms.len(), "{findings:?}");
    assert_eq!(plans.len(), PlanState::VOCABULARY.terms.len(), "{plans:?}");
    assert_eq!(actions.len(), ActionState::VOCABULARY.terms.len(), "{actions:?}");
}

#[test]
fn a_program_and_its_audits_go_together() {
    let allowed = |from, to| ProgramLife::TRANSITIONS.iter().any(|line| line.from == from && line.to == to);
    walked!(audit_programs, audit_program_transitions, audit_program_id, ProgramState::Draft, allowed);
    let allowed = |from, to| AuditLife::TRANSITIONS.iter().any(|line| line.from == from && line.to == to);
    let audits = walked!(audits, audit_transitions, audit_id, AuditState::Planned, allowed);
    for audit in &DEMO.audits {
        let Some(program) = audit.audit_program_id else { continue };
        let program = DEMO.audit_programs.iter().find(|row| row.id == program).expect("is there");
        let begun = audits[&audit.id].contains_key(&AuditState::InExecution);
        assert!(!begun || program.state.number() >= ProgramState::InExecution.number(), "{audit:?}");
        let over = matches!(audit.state, AuditState::Closed | AuditState::Cancelled);
        assert!(program.state != ProgramState::Closed || over, "{audit:?}");
        assert_eq!(audit.started_on, audits[&audit.id].get(&AuditState::InExecution).copied());
        assert_eq!(audit.ended_on, audits[&audit.id].get(&AuditState::FinalReport).copied());
    }
}

#[test]
fn a_team_has_one_lead_and_is_independent_or_excused() {
    let posts: HashMap<_, _> = DEMO.posts.iter().map(|row| (row.id, row.org_unit_id)).collect();
    let mut held: HashMap<_, Vec<_>> = HashMap::new();
    for row in &DEMO.holdings {
        let days = Interval::new(row.valid_from, row.valid_to).expect("days");
        held.entry(row.person_id).or_default().push((posts[&row.post_id], days));
    }
    let mut excused = 0;
    for audit in DEMO.audits.iter().filter(|row| !is_external(row.kind)) {
        let team: Vec<_> = DEMO.audit_team_members.iter().filter(|row| row.audit_id == audit.id).collect();
        assert_eq!(team.iter().filter(|row| row.role == TeamRole::Lead).count(), 1, "{audit:?}");
        let scope: Vec<_> = DEMO.audit_scopes.iter().filter(|row| row.audit_id == audit.id).collect();
        let mut units: HashSet<_> = scope.iter().filter_map(|row| row.org_unit_id).collect();
        let (from, to) = (audit.planned_from, audit.planned_to);
        units.extend(
            DEMO.process_responsibilities
                .iter()
                .filter(|row| row.role == ResponsibilityRole::Leads)
                .filter(|row| scope.iter().any(|item| item.process_id == Some(row.process_id)))
                .filter(|row| row.valid_from <= to && row.valid_to.is_none_or(|end| end > from))
                .map(|row| row.org_unit_id),
        );
        for member in team.iter().filter(|row| matches!(row.role, TeamRole::Lead | TeamRole::Auditor)) {
            let places = held.get(&member.person_id).into_iter().flatten();
            let bound = places.into_iter().any(|(unit, days)| units.contains(unit) && binds(*days, from, to));
            assert_eq!(bound, member.override_reason.is_some(), "{member:?}");
            assert_eq!(member.override_by_id.is_some(), member.override_reason.is_some());
            excused += usize::from(bound);
        }
        assert!(!scope.is_empty() && DEMO.audit_criteria.iter().any(|row| row.audit_id == audit.id), "{audit:?}");
    }
    assert!((1..=3).contains(&excused), "{excused} are excused");
}

#[test]
fn a_final_report_leaves_nothing_open_and_freezes() {
    let allowed = |from, to| FindingLife::TRANSITIONS.iter().any(|line| line.from == from && line.to == to);
    let findings = walked!(findings, finding_transitions, finding_id, FindingState::Draft, allowed);
    for report in &DEMO.audit_reports {
        assert_eq!(report.content_hash.is_some(), report.stage == ReportStage::Final);
        let own: Vec<_> = DEMO.findings.iter().filter(|row| row.audit_id == Some(report.audit_id)).cloned().collect();
        if report.stage == ReportStage::Draft {
            let told = |row: &finding::Model| findings[&row.id].contains_key(&FindingState::Communicated);
            assert!(own.iter().all(told), "{report:?}");
            continue;
        }
        let mut then = own;
        for row in &mut then {
            let reached = &findings[&row.id];
            let on = |state| reached.get(&state).copied().filter(|on| *on <= report.reported_on);
            row.state = match (on(FindingState::Confirmed), on(FindingState::Dismissed)) {
                (Some(_), None) => FindingState::Confirmed,
                (None, Some(_)) => FindingState::Dismissed,
                other => panic!("{row:?} {other:?}"),
            };
        }
        then.sort_by(|one, other| one.code.cmp(&other.code));
        assert_eq!(report.content_hash, Some(frozen(&then)));
        let left = |row: &&audit_scope::Model| row.audit_id == report.audit_id && !row.covered;
        assert!(DEMO.audit_scopes.iter().filter(left).all(|row| row.exclusion_reason.is_some()));
    }
    for audit in DEMO.audits.iter().filter(|row| row.state == AuditState::Closed) {
        let open = |row: &&finding::Model| {
            use FindingState::{ClosedEffective, ClosedNoAction, Dismissed};
            row.audit_id == Some(audit.id) && !matches!(row.state, Dismissed | ClosedNoAction | ClosedEffective)
        };
        assert_eq!(DEMO.findings.iter().find(open), None);
    }
    let repeated: Vec<_> = DEMO.findings.iter().filter(|row| row.recurrence_of_id.is_some()).collect();
    assert!(repeated.len() >= 10, "{}", repeated.len());
    for row in repeated {
        let closed = findings[&row.recurrence_of_id.expect("repeats")][&FindingState::ClosedEffective];
        let analysed = DEMO.cause_analyses.iter().find(|analysis| analysis.finding_id == row.id).expect("has one");
        let within = analysed.recorded_on < closed + Days::new(730);
        assert!(closed <= row.identified_on && within, "{row:?} {closed}");
    }
}

#[test]
fn a_plan_holds_what_its_findings_ask_for() {
    let allowed = |from, to| PlanLife::TRANSITIONS.iter().any(|line| line.from == from && line.to == to);
    let plans = walked!(improvement_plans, plan_transitions, improvement_plan_id, PlanState::Draft, allowed);
    for plan in &DEMO.improvement_plans {
        let actions: Vec<_> =
            DEMO.improvement_actions.iter().filter(|row| row.improvement_plan_id == plan.id).collect();
        let live: Vec<_> = actions.iter().filter(|row| is_live(row)).collect();
        let weights: i64 = live.iter().map(|row| row.weight.0).sum();
        assert_eq!(Some(Amount(weights)), Amount::whole(100), "{plan:?}");
        let taken: Vec<_> = DEMO.plan_findings.iter().filter(|row| row.improvement_plan_id == plan.id).collect();
        assert!(!taken.is_empty());
        for row in taken {
            let finding = DEMO.findings.iter().find(|known| known.id == row.finding_id).expect("is there");
            let answers = |action: &&&improvement_action::Model| {
                let pair = (action.id, finding.id);
                DEMO.action_findings.iter().any(|row| (row.improvement_action_id, row.finding_id) == pair)
            };
            let own: Vec<_> = live.iter().filter(|action| answers(action)).collect();
            assert!(!own.is_empty(), "{finding:?} has no live action");
            let submitted = plans[&plan.id].get(&PlanState::Submitted);
            if let Some(submitted) = submitted {
                let nonconformity =
                    matches!(finding.kind, FindingKind::MajorNonconformity | FindingKind::MinorNonconformity);
                let analysed =
                    |row: &cause_analysis::Model| row.finding_id == finding.id && row.recorded_on <= *submitted;
                let planted = DEMO.planted.iter().any(|row| row.object == finding.id.uuid());
                assert!(!nonconformity || planted || DEMO.cause_analyses.iter().any(analysed), "{finding:?}");
            }
            let effective = own.iter().all(|action| action.result == Some(ActionResult::Effective));
            let executed = own.iter().all(|action| {
                matches!(action.state, ActionState::Executed | ActionState::Verified | ActionState::Closed)
            });
            let expected = match (plan.state, effective, executed) {
                (PlanState::Draft | PlanState::Submitted, ..) => FindingState::Confirmed,
                (_, true, _) => FindingState::ClosedEffective,
                (_, false, true) => FindingState::InVerification,
                (_, false, false) => FindingState::InPlan,
            };
            assert_eq!(finding.state, expected, "{finding:?}");
        }
        let closed = live.iter().all(|action| action.result == Some(ActionResult::Effective));
        assert_eq!(plan.state == PlanState::Closed, closed, "{plan:?}");
    }
}

#[test]
fn an_action_is_done_seen_and_judged_in_that_order_by_different_people() {
    let allowed = |from, to| ActionLife::TRANSITIONS.iter().any(|line| line.from == from && line.to == to);
    let actions = walked!(improvement_actions, action_transitions, improvement_action_id, ActionState::Draft, allowed);
    let mut seen = HashSet::new();
    for row in &DEMO.improvement_actions {
        assert!(row.starts_on < row.due_on && row.target > Amount::ZERO);
        let reached = &actions[&row.id];
        assert_eq!(row.result.is_some(), row.state == ActionState::Closed);
        let reports: Vec<_> =
            DEMO.progress_reports.iter().filter(|report| report.improvement_action_id == row.id).collect();
        for report in &reports {
            let window = DEMO.reporting_windows.iter().find(|known| known.id == report.reporting_window_id);
            let window = window.expect("is there");
            let signed = report.signed_on.expect("is signed");
            assert!(window.opens_on <= report.reported_on && report.reported_on <= signed, "{report:?}");
            assert!(signed <= window.closes_on && signed <= ANCHOR && row.starts_on < window.period_to);
        }
        let done: i64 = reports.iter().map(|report| report.quantity.0).sum();
        let executed = reached.get(&ActionState::Executed);
        assert!(done <= row.target.0 * 2, "{row:?}");
        if let Some(executed) = executed {
            assert!(
                done >= row.target.0 && reports.iter().all(|report| report.signed_on <= Some(*executed)),
                "{row:?}"
            );
            let proven = |report: &&&progress_report::Model| {
                DEMO.evidences.iter().any(|proof| proof.progress_report_id == Some(report.id))
            };
            assert!(reports.iter().any(|report| proven(&report)));
        }
        let reviews: Vec<_> =
            DEMO.effectiveness_reviews.iter().filter(|review| review.improvement_action_id == row.id).collect();
        for review in &reviews {
            assert!(reached[&ActionState::Verified] + Days::new(90) <= review.reviewed_on);
            assert!(review.verifier_id.is_some() && review.verifier_id != row.executor_id, "{review:?}");
            assert_eq!(Some(review.result), row.result);
        }
        let who = |state| {
            let step =
                |step: &&action_transition::Model| step.improvement_action_id == row.id && step.to_state == state;
            DEMO.action_transitions.iter().find(step).map(|step| step.account_id)
        };
        assert!(who(ActionState::Verified).is_none_or(|judge| Some(judge) != who(ActionState::Executed)));
        assert_ne!(who(ActionState::Draft), who(ActionState::Approved));
        seen.extend(row.result);
    }
    assert_eq!(seen.len(), 2);
}

#[test]
fn a_reformulation_counts_when_both_agree() {
    let states: HashSet<_> = DEMO.reformulations.iter().map(|row| row.state).collect();
    assert_eq!(states.len(), ReformulationState::VOCABULARY.terms.len());
    for row in &DEMO.reformulations {
        let decided: Vec<_> =
            DEMO.reformulation_decisions.iter().filter(|one| one.reformulation_id == row.id).collect();
        let action = DEMO.improvement_actions.iter().find(|known| known.id == row.improvement_action_id);
        let capacities: HashSet<DecisionCapacity> = decided.iter().map(|one| one.capacity).collect();
        let accounts: HashSet<_> = decided.iter().map(|one| one.account_id).collect();
        assert_eq!((capacities.len(), accounts.len()), (decided.len(), decided.len()));
        match row.state {
            ReformulationState::Requested => assert_eq!(decided.len(), 0),
            ReformulationState::Rejected => assert!(decided.iter().any(|one| !one.approved)),
            ReformulationState::Approved => {
                assert!(decided.len() == 2 && decided.iter().all(|one| one.approved));
                assert_eq!(action.map(|action| action.due_on), Some(row.after_due_on));
            }
        }
    }
}

#[test]
fn what_was_reviewed_is_frozen_and_made_known() {
    for row in &DEMO.management_reviews {
        let frozen = row.state == ReviewState::Frozen;
        let hash = row.content.as_deref().map(|content| {
            use sha2::{Digest as _, Sha256};
            Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        });
        assert_eq!((frozen, &row.content_hash), (row.frozen_on.is_some(), &hash));
        assert_eq!(frozen, row.content.is_some() && row.held_on.is_some_and(|held| row.cutoff <= held));
    }
    let from_decisions = DEMO.improvement_actions.iter().filter(|row| row.decision_id.is_some()).count();
    assert!(from_decisions >= 97, "{from_decisions}");
    for row in &DEMO.disseminations {
        let audience = DEMO.dissemination_units.iter().filter(|unit| unit.dissemination_id == row.id).count();
        let known = DEMO.acknowledgements.iter().filter(|unit| unit.dissemination_id == row.id).count();
        assert_eq!((audience, known), (5, 4));
    }
}
