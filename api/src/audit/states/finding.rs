//! The life cycle of a finding.

use chrono::NaiveDate;
use entity::audit::{FindingKind, FindingState, finding, finding_transition};

use crate::{
    access::{
        actor::Actor,
        rules::{self, Duty},
    },
    audit::types::FINDING,
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
        error::ErrorCode,
    },
    life_cycle::{
        self, Cells, Derived, Given, Judged, LifeCycle, Line, Read, available_steps, step_shape, stepped, takes_given,
        when,
    },
};

/// An act that changes the state of a finding, or what follows from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FindingAct {
    /// Send it to the audited.
    Communicate,
    /// Answer it.
    Answer,
    /// Let it stand.
    Confirm,
    /// Let it fall.
    Dismiss,
    /// End it, for it asks for no action.
    Close,
    /// An approved plan takes it up.
    Plan,
    /// All its live actions are executed.
    Verify,
    /// All its live actions are effective.
    Resolve,
    /// One was not.
    Reopen,
}

/// What the guards look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingFacts {
    /// Where it stands.
    pub state: FindingState,
    /// Was it found by a body from outside, and transcribed?
    pub external: bool,
    /// May whoever acts do it: does he audit there, or plan audits?
    pub takes_part: bool,
    /// Does he plan audits?
    pub plans: bool,
    /// Does it name a process or a unit?
    pub placed: bool,
    /// Does it ask for an action?
    pub requires_action: bool,
    /// Last day to answer.
    pub answer_due: Option<NaiveDate>,
    /// The day of the act.
    pub today: NaiveDate,
    /// How many of its actions are live, how many of these are executed or further, how many effective.
    pub actions: Actions,
    /// What came with the act.
    pub given: Option<Given>,
}
takes_given!(FindingFacts);

/// Its live actions: neither cancelled nor closed without effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    /// All.
    pub live: usize,
    /// Executed, verified or closed.
    pub executed: usize,
    /// Closed with effect.
    pub effective: usize,
    /// Made after the last one that was closed without effect; all, where none was.
    pub renewing: usize,
}

type Guard = life_cycle::Guard<FindingFacts>;

const TAKES_PART: Guard = Guard {
    about: "whoever acts audits there, or plans audits",
    check: |facts| when(!facts.takes_part, || ErrorCode::NotOnTeam.into()),
};
const TRANSCRIBED: Guard = Guard {
    about: "that of an external body is transcribed by control interno",
    check: |facts| when(facts.external && !facts.plans, || rules::lacks(Duty::PlanAudits)),
};
const PLACED: Guard = Guard {
    about: "it names a process or a unit",
    check: |facts| when(!facts.placed, || ErrorCode::Required.at(["processes"])),
};
const HEARD: Guard = Guard {
    about: "the audited answered, or the last day to do so has passed",
    check: |facts| {
        let waiting =
            facts.state == FindingState::Communicated && facts.answer_due.is_none_or(|due| facts.today <= due);
        let due = || facts.answer_due.map(|due| due.to_string());
        when(waiting, || ErrorCode::AnswerPending.with("date", due()))
    },
};
const NO_ACTION: Guard = Guard {
    about: "it asks for no action",
    check: |facts| when(facts.requires_action, || ErrorCode::ActionRequired.into()),
};
const REASON_GIVEN: Guard = Guard { about: "a reason is given", check: |facts| Given::lacks_reason(facts.given) };
const ALL_EXECUTED: Guard = Guard {
    about: "it has a live action, a new one where one had no effect, and all of them are executed",
    check: |facts| {
        let Actions { live, executed, renewing, .. } = facts.actions;
        when(live == 0 || renewing == 0 || executed < live, || ErrorCode::ActionRequired.into())
    },
};
const ALL_EFFECTIVE: Guard = Guard {
    about: "it has a live action, a new one where one had no effect, and all of them are effective",
    check: |facts| {
        let Actions { live, effective, renewing, .. } = facts.actions;
        when(live == 0 || renewing == 0 || effective < live, || ErrorCode::ActionRequired.into())
    },
};

/// The life cycle of findings.
pub struct FindingLife;

const fn line(
    from: FindingState,
    (act, label): (FindingAct, &'static str),
    to: FindingState,
    duty: Option<Duty>,
    guards: &'static [&'static Guard],
) -> Line<FindingLife> {
    Line::<FindingLife> { from, to, act, label, duty, guards }
}

impl LifeCycle for FindingLife {
    type State = FindingState;
    type Act = FindingAct;
    type Facts = FindingFacts;

    const TRANSITIONS: &'static [Line<Self>] = {
        use FindingState::{
            Answered, ClosedEffective, ClosedNoAction, Communicated, Confirmed, Dismissed, Draft, InPlan,
            InVerification,
        };
        const AUDIT: Option<Duty> = Some(Duty::Audit);
        const ANSWER: Option<Duty> = Some(Duty::AnswerFindings);
        const DECIDE: &[&Guard] = &[&TAKES_PART, &TRANSCRIBED, &HEARD];
        const DISMISS: &[&Guard] = &[&TAKES_PART, &TRANSCRIBED, &HEARD, &REASON_GIVEN];
        &[
            line(
                Draft,
                (FindingAct::Communicate, "communicate (so does the draft report)"),
                Communicated,
                AUDIT,
                &[&TAKES_PART, &TRANSCRIBED, &PLACED],
            ),
            line(Communicated, (FindingAct::Answer, "answer"), Answered, ANSWER, &[]),
            line(Answered, (FindingAct::Answer, "answer again"), Answered, ANSWER, &[]),
            line(Communicated, (FindingAct::Confirm, "confirm"), Confirmed, AUDIT, DECIDE),
            line(Answered, (FindingAct::Confirm, "confirm"), Confirmed, AUDIT, DECIDE),
            line(Communicated, (FindingAct::Dismiss, "dismiss"), Dismissed, AUDIT, DISMISS),
            line(Answered, (FindingAct::Dismiss, "dismiss"), Dismissed, AUDIT, DISMISS),
            line(
                Confirmed,
                (FindingAct::Close, "close without action"),
                ClosedNoAction,
                AUDIT,
                &[&TAKES_PART, &TRANSCRIBED, &NO_ACTION],
            ),
            line(Confirmed, (FindingAct::Plan, "a plan with it is approved"), InPlan, None, &[]),
            line(InPlan, (FindingAct::Verify, "its live actions are executed"), InVerification, None, &[&ALL_EXECUTED]),
            line(
                InVerification,
                (FindingAct::Resolve, "its live actions are effective"),
                ClosedEffective,
                None,
                &[&ALL_EFFECTIVE],
            ),
            line(
                InVerification,
                (FindingAct::Reopen, "an action is not effective, or not executed after all"),
                InPlan,
                None,
                &[],
            ),
        ]
    };
    const DERIVED: &'static [Derived<FindingState>] = &[];

    fn state(facts: &FindingFacts) -> FindingState {
        facts.state
    }

    fn name(state: FindingState) -> &'static str {
        FindingState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
    }

    fn mutation(act: FindingAct) -> &'static str {
        match act {
            FindingAct::Communicate => "findingCommunicate",
            FindingAct::Answer => "findingAnswer",
            FindingAct::Confirm => "findingConfirm",
            FindingAct::Dismiss => "findingDismiss",
            FindingAct::Close => "findingClose",
            FindingAct::Plan => "improvementActionApprove",
            FindingAct::Verify => "improvementActionExecute",
            FindingAct::Resolve | FindingAct::Reopen => "improvementActionEvaluate",
        }
    }
}

/// Must a finding of this kind have an action, may it not, or is that decided of each?
pub fn action_by_kind(kind: FindingKind) -> Option<bool> {
    match kind {
        FindingKind::MajorNonconformity | FindingKind::MinorNonconformity | FindingKind::Administrative => Some(true),
        FindingKind::Strength => Some(false),
        FindingKind::Observation | FindingKind::Opportunity => None,
    }
}

static STEP: ObjectShape = step_shape!("FindingAvailableTransition", "FindingState", "findingConfirm");

/// The live actions of a finding that are in these states, with or without a result.
macro_rules! live {
    ($which:literal) => {
        Sql::Template(concat!(
            "CAST((SELECT count(*) FROM action_finding x JOIN improvement_action a ON a.id = x.improvement_action_id \
             WHERE x.finding_id = {t}.id AND a.state <> 8 AND (a.result IS NULL OR a.result <> 2)",
            $which,
            ") AS INTEGER)"
        ))
    };
}

/// `availableTransitions`.
pub const AVAILABLE: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("state"), Scalar::Enum(&FindingState::VOCABULARY)),
        (Sql::Column("external"), Scalar::Boolean),
        (Sql::Column("requires_action"), Scalar::Boolean),
        (Sql::Column("answer_due"), Scalar::Date),
        (Sql::Template(crate::access::involved::FINDING.units.text), Scalar::Text),
        (
            Sql::Template(
                "(SELECT string_agg({text}(w.person_id), ' ') FROM audit_team_member w \
                 WHERE w.audit_id = {t}.audit_id AND w.role IN (1, 2))",
            ),
            Scalar::Text,
        ),
        (
            Sql::Template(
                "(EXISTS (SELECT 1 FROM finding_process x WHERE x.finding_id = {t}.id) \
                 OR EXISTS (SELECT 1 FROM finding_unit x WHERE x.finding_id = {t}.id))",
            ),
            Scalar::Boolean,
        ),
        (live!(""), Scalar::Int),
        (live!(" AND a.state IN (5, 6, 7)"), Scalar::Int),
        (live!(" AND a.state = 7"), Scalar::Int),
        (
            live!(
                " AND NOT EXISTS (SELECT 1 FROM action_finding y JOIN improvement_action b ON b.id = y.improvement_action_id \
                 JOIN action_transition e ON e.improvement_action_id = b.id AND e.to_state = 7 \
                 JOIN action_transition o ON o.improvement_action_id = a.id AND o.from_state IS NULL \
                 WHERE y.finding_id = {t}.id AND b.result = 2 AND e.recorded_at > o.recorded_at)"
            ),
            Scalar::Int,
        ),
    ],
    output: &Shape::List(&Shape::Object(&STEP)),
    arguments: &[],
    compute: available_steps::<FindingLife>,
    reveals: None,
};

impl Judged for FindingLife {
    const OF: &'static Declaration = &FINDING;
    const FIGURE: Figure = AVAILABLE;

    fn read(cells: Cells<'_>, actor: &Actor, today: NaiveDate) -> Read<FindingFacts> {
        let organization = cells.key(0).unwrap_or_default();
        let person = actor.person(organization);
        let plans = actor.has(Duty::PlanAudits, organization);
        let auditors = cells.keys(6);
        let state = cells.word(1, &FindingState::VOCABULARY).and_then(FindingState::from_number);
        let facts = FindingFacts {
            state: state.unwrap_or(FindingState::Draft),
            external: cells.is_true(2),
            requires_action: cells.is_true(3),
            answer_due: cells.date(4),
            takes_part: plans || person.is_some_and(|person| auditors.contains(&person)),
            plans,
            placed: cells.is_true(7),
            today,
            actions: Actions {
                live: cells.count(8),
                executed: cells.count(9),
                effective: cells.count(10),
                renewing: cells.count(11),
            },
            given: None,
        };
        Read { facts, organization, units: cells.keys(5) }
    }
}

stepped!(finding, FindingState, FindingLife, finding_transition, finding_id);
