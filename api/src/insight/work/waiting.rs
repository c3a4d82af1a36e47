//! What waits for whom, as data: which acts carry an object on, and by when that is due.
//!
//! An act of a life cycle waits in the states from which its table leads on to another; one that leads back to where it was
//! (answering again), gives up or takes back (cancel, annul, unschedule) waits for nobody and stands not here. Whether the
//! viewer may do it on the row is then asked of `can`, and of nothing else.

use crate::{
    audit::{
        states::{AuditLife, FindingLife, ProgramLife},
        types::{AUDIT, AUDIT_PROGRAM, FINDING},
    },
    direction::types::{DISSEMINATION, MANAGEMENT_REVIEW},
    graph::{Declaration, declaration::Member, words::*},
    improvement::{
        states::{ActionLife, PlanLife},
        types::{IMPROVEMENT_ACTION, IMPROVEMENT_PLAN, PROGRESS_REPORT, REFORMULATION},
    },
    life_cycle::LifeCycle,
    organization::{states::StructureLife, types::STRUCTURE_VERSION},
    value_chain::{
        states::{DocumentLife, ProcessLife},
        types::{DOCUMENT_VERSION, PROCESS_VERSION},
    },
};

/// Objects of one kind that can wait.
pub struct Waiting {
    /// The kind.
    pub on: &'static Declaration,
    /// Acts of its life cycle.
    pub steps: &'static [&'static str],
    /// The lines of that.
    lines: fn() -> Vec<Line>,
    /// Other acts, each with when it waits.
    pub acts: &'static [(&'static str, &'static Member)],
    /// Template of the last day on which that should be done; NULL where none is set.
    pub due: &'static str,
}

/// A line of a life cycle that takes an act.
struct Line {
    act: &'static str,
    from: &'static str,
    to: &'static str,
}

fn lines<C: LifeCycle>() -> Vec<Line> {
    let taken = C::TRANSITIONS.iter().filter(|line| line.duty.is_some());
    taken.map(|line| Line { act: C::mutation(line.act), from: C::name(line.from), to: C::name(line.to) }).collect()
}

/// Of what has no life cycle.
fn none() -> Vec<Line> {
    Vec::new()
}

impl Waiting {
    /// From which states an act of the life cycle leads on.
    pub fn from(&self, act: &str) -> Vec<&'static str> {
        let leads_on = |line: &Line| line.act == act && line.from != line.to;
        (self.lines)().into_iter().filter(leads_on).map(|line| line.from).collect()
    }
}

const fn waits(sql: &'static str) -> Member {
    computed("waits", Boolean, sql, "Espera. Whether an act on it waits.")
}

/// No day is set.
const NEVER: &str = "CAST(NULL AS DATE)";

/// The window `w` that is open for the action, in which it has no report yet.
macro_rules! open_window {
    () => {
        "reporting_window w WHERE w.organization_id = {t}.organization_id AND w.opens_on <= {m} AND w.closes_on >= {m} \
         AND {t}.starts_on < w.period_to AND NOT EXISTS (SELECT 1 FROM reporting_window o \
         WHERE o.organization_id = w.organization_id AND o.period_from > w.period_from AND o.opens_on <= {m}) \
         AND NOT EXISTS (SELECT 1 FROM progress_report p WHERE p.improvement_action_id = {t}.id AND p.reporting_window_id = w.id)"
    };
}

static REPORT_OWED: Member = waits(concat!("({t}.state = 4 AND EXISTS (SELECT 1 FROM ", open_window!(), "))"));
static UNSIGNED: Member = waits(
    "({t}.signed_on IS NULL AND EXISTS (SELECT 1 FROM improvement_action a WHERE a.id = {t}.improvement_action_id AND a.state = 4))",
);
static UNRATED: Member = waits(
    "({t}.signed_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM progress_rating r WHERE r.progress_report_id = {t}.id) \
     AND EXISTS (SELECT 1 FROM improvement_action a WHERE a.id = {t}.improvement_action_id AND a.state IN (4, 5)))",
);
static ASKED_FOR: Member = waits("({t}.state = 1)");
static UNFROZEN: Member = waits("({t}.state = 1)");
static UNKNOWN: Member = waits(
    "(EXISTS (SELECT 1 FROM dissemination_unit x WHERE x.dissemination_id = {t}.id AND NOT EXISTS (SELECT 1 FROM acknowledgement k \
     WHERE k.dissemination_id = x.dissemination_id AND k.org_unit_id = x.org_unit_id)))",
);

/// Everything that can wait, in the order in which items of one day are told.
pub static WAITING: &[Waiting] = &[
    Waiting {
        on: &IMPROVEMENT_ACTION,
        steps: &[
            "improvementActionSubmit",
            "improvementActionApprove",
            "improvementActionReject",
            "improvementActionBegin",
            "improvementActionExecute",
            "improvementActionVerify",
            "improvementActionReturn",
            "improvementActionEvaluate",
        ],
        lines: lines::<ActionLife>,
        acts: &[("progressReportCreate", &REPORT_OWED)],
        // Until work begins it should begin in time; then it should be reported, and done.
        due: concat!(
            "(CASE WHEN {t}.state < 4 THEN {t}.starts_on WHEN {t}.state = 4 THEN COALESCE((SELECT min(w.closes_on) FROM ",
            open_window!(),
            " AND w.closes_on < {t}.due_on), {t}.due_on) END)"
        ),
    },
    Waiting {
        on: &PROGRESS_REPORT,
        steps: &[],
        lines: none,
        acts: &[("progressReportSign", &UNSIGNED), ("progressRatingCreate", &UNRATED)],
        due: "(CASE WHEN {t}.signed_on IS NULL THEN (SELECT w.closes_on FROM reporting_window w \
                  WHERE w.id = {t}.reporting_window_id) END)",
    },
    Waiting {
        on: &REFORMULATION,
        steps: &[],
        lines: none,
        acts: &[("reformulationDecide", &ASKED_FOR), ("reformulationEndorse", &ASKED_FOR)],
        due: "{t}.before_due_on",
    },
    Waiting {
        on: &FINDING,
        steps: &["findingCommunicate", "findingAnswer", "findingConfirm", "findingDismiss", "findingClose"],
        lines: lines::<FindingLife>,
        acts: &[],
        due: "(CASE WHEN {t}.state = 2 THEN {t}.answer_due END)",
    },
    Waiting {
        on: &IMPROVEMENT_PLAN,
        steps: &["improvementPlanSubmit", "improvementPlanBegin", "improvementPlanClose"],
        lines: lines::<PlanLife>,
        acts: &[],
        due: "(SELECT CASE WHEN {t}.state < 4 THEN min(a.starts_on) ELSE max(a.due_on) END FROM improvement_action a \
                  WHERE a.improvement_plan_id = {t}.id AND a.state <> 8)",
    },
    Waiting {
        on: &AUDIT,
        steps: &[
            "auditPrepare",
            "auditBegin",
            "auditReportDraft",
            "auditHear",
            "auditReportFinish",
            "auditFollowUp",
            "auditClose",
        ],
        lines: lines::<AuditLife>,
        acts: &[],
        due: "(CASE WHEN {t}.state < 3 THEN {t}.planned_from WHEN {t}.state < 6 THEN {t}.planned_to END)",
    },
    Waiting {
        on: &AUDIT_PROGRAM,
        steps: &["auditProgramApprove", "auditProgramBegin", "auditProgramClose"],
        lines: lines::<ProgramLife>,
        acts: &[],
        due: NEVER,
    },
    Waiting {
        on: &STRUCTURE_VERSION,
        steps: &[
            "structureVersionSubmit",
            "structureVersionReturn",
            "structureVersionApprove",
            "structureVersionPutInForce",
        ],
        lines: lines::<StructureLife>,
        acts: &[],
        due: NEVER,
    },
    Waiting {
        on: &PROCESS_VERSION,
        steps: &["processVersionSubmit", "processVersionReturn", "processVersionApprove"],
        lines: lines::<ProcessLife>,
        acts: &[],
        due: NEVER,
    },
    Waiting {
        on: &DOCUMENT_VERSION,
        steps: &["documentVersionSubmit", "documentVersionReturn", "documentVersionApprove"],
        lines: lines::<DocumentLife>,
        acts: &[],
        due: NEVER,
    },
    Waiting {
        on: &MANAGEMENT_REVIEW,
        steps: &[],
        lines: none,
        acts: &[("managementReviewFreeze", &UNFROZEN)],
        due: NEVER,
    },
    Waiting { on: &DISSEMINATION, steps: &[], lines: none, acts: &[("acknowledgementCreate", &UNKNOWN)], due: NEVER },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::act_rules::{ACTS, act_rule};

    /// Acts of life cycles that wait for nobody.
    const GIVE_UP: &[&str] = &[
        "structureVersionUnschedule",
        "structureVersionRepeal",
        "structureVersionAnnul",
        "processVersionUnschedule",
        "processVersionRetire",
        "documentVersionUnschedule",
        "documentVersionRetire",
        "auditCancel",
        "improvementActionCancel",
        "memberSuspend",
        "memberReinstate",
    ];

    #[test]
    fn every_step_of_a_life_cycle_waits_or_gives_up() {
        let waiting: Vec<_> = WAITING.iter().flat_map(|it| it.steps.iter().copied()).collect();
        for rule in ACTS.iter().filter(|rule| rule.step.is_some()) {
            let known = (waiting.contains(&rule.name), GIVE_UP.contains(&rule.name));
            assert!(matches!(known, (true, false) | (false, true)), "{}: {known:?}", rule.name);
        }
    }

    #[test]
    fn what_waits_is_an_act_on_the_object_and_has_a_state_from_which_it_leads_on() {
        for waiting in WAITING.iter() {
            for act in waiting.steps.iter().copied().chain(waiting.acts.iter().map(|(act, _)| *act)) {
                let rule = act_rule(act).expect("an act");
                assert_eq!(Some(rule.on), waiting.on.kind, "{act}");
                // What waits is looked for where the viewer has a role.
                assert!(!rule.duty.is_national(), "{act}");
            }
            for step in waiting.steps {
                assert!(!waiting.from(step).is_empty(), "{step}");
            }
            // What no life cycle judges is judged by a guard.
            for (act, _) in waiting.acts {
                assert!(act_rule(act).is_some_and(|rule| rule.guard.is_some()), "{act}");
            }
        }
        let finding = WAITING.iter().find(|it| it.on.name == "Finding").expect("findings wait");
        assert_eq!(finding.from("findingAnswer"), ["COMMUNICATED"], "to answer again waits for nobody");
    }
}
