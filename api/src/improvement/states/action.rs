//! The life cycle of an action.

use chrono::NaiveDate;
use entity::{
    Amount,
    improvement::{ActionState, PlanKind, PlanState, action_transition, improvement_action},
};
use uuid::Uuid;

use super::{live, missing, plan::weights};
use crate::{
    access::{actor::Actor, rules::Duty},
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
        error::ErrorCode,
    },
    improvement::{
        rules::{
            fields::{About, said_of_action, says},
            progress::Measure,
            waiting::{days_of_waiting, evaluated_from},
        },
        types::IMPROVEMENT_ACTION,
    },
    life_cycle::{
        self, Cells, Derived, Given, Judged, LifeCycle, Line, Read, available_steps, step_shape, stepped, submitted,
        takes_given, when,
    },
};

/// An act that changes the state of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionAct {
    /// Put it before those who approve; its plan does it too.
    Submit,
    /// Let it be done.
    Approve,
    /// Send it back.
    Reject,
    /// Go to work.
    Begin,
    /// Say that it is done.
    Execute,
    /// See that it is.
    Verify,
    /// See that it is not.
    Return,
    /// Judge its effect.
    Evaluate,
    /// Give it up.
    Cancel,
}

/// What the guards look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionFacts {
    /// Where it stands.
    pub state: ActionState,
    /// Where its plan stands.
    pub plan: PlanState,
    /// Of what kind that is.
    pub plan_kind: PlanKind,
    /// Its number.
    pub number: usize,
    /// What it says, see [`says`].
    pub says: String,
    /// The weights of the live actions of its plan.
    pub weights: Vec<Amount>,
    /// The person who acts; none for an account without one.
    pub actor: Option<Uuid>,
    /// Who submitted it.
    pub submitter: Option<Uuid>,
    /// Who executes it.
    pub executor: Option<Uuid>,
    /// Who had a hand in it: submitted, approved, executed, reported or signed.
    pub hands: Vec<Uuid>,
    /// Who verified it.
    pub verifier: Option<Uuid>,
    /// Does whoever acts answer for it: as its executor, or as one who signs for its unit?
    pub answers: bool,
    /// Is there evidence of what was reported and signed?
    pub evidence: bool,
    /// What is measured of it.
    pub measures: Vec<Measure>,
    /// Day of its verification.
    pub verified_on: Option<NaiveDate>,
    /// The day of the act.
    pub today: NaiveDate,
    /// What came with the act.
    pub given: Option<Given>,
}
takes_given!(ActionFacts);

type Guard = life_cycle::Guard<ActionFacts>;

const PLAN_SUBMITTED: Guard = Guard {
    about: "its plan was submitted",
    check: |facts| when(facts.plan == PlanState::Draft, || ErrorCode::PlanNotSubmitted.at(["plan"])),
};
const PLAN_APPROVED: Guard = Guard {
    about: "its plan was approved",
    check: |facts| {
        let waiting = matches!(facts.plan, PlanState::Draft | PlanState::Submitted);
        when(waiting, || ErrorCode::PlanNotApproved.at(["plan"]))
    },
};
const WEIGHTS: Guard = Guard {
    about: "the weights of the live actions of its plan add to 100",
    check: |facts| weights(facts.weights.iter().copied()),
};
const FIELDS: Guard = Guard {
    about: "it says what actions of plans of its kind say (`improvementPlanFields`)",
    check: |facts| {
        missing(facts.plan_kind, About::Action, &[], |datum| match says(&facts.says, datum) {
            true => Vec::new(),
            false => vec![facts.number.to_string()],
        })
    },
};
const OTHER_PERSON: Guard = Guard {
    about: "a person acts, and another one than submitted it or executes it",
    check: |facts| apart(facts.actor, facts.submitter.into_iter().chain(facts.executor)),
};
const IS_PERSON: Guard = Guard {
    about: "a person acts",
    check: |facts| when(facts.actor.is_none(), || ErrorCode::ActorWithoutPerson.into()),
};
const ANSWERS: Guard = Guard {
    about: "whoever acts executes it, or signs for its unit",
    check: |facts| when(!facts.answers, || ErrorCode::NotExecutor.into()),
};
const EVIDENCE: Guard = Guard {
    about: "there is evidence on a signed report",
    check: |facts| when(!facts.evidence, || ErrorCode::EvidenceRequired.at(["reports"])),
};
const REACHED: Guard = Guard {
    about: "its target, or that of each of its activities, is reached by what was signed",
    check: |facts| {
        let open: Vec<_> = facts.measures.iter().filter(|it| !it.is_reached()).map(ToString::to_string).collect();
        when(!open.is_empty(), || ErrorCode::TargetNotReached.at(["target"]).with("items", open))
    },
};
const NOT_A_HAND: Guard = Guard {
    about: "a person acts, and none who submitted, approved or executed it, reported or signed",
    check: |facts| apart(facts.actor, facts.executor.into_iter().chain(facts.hands.iter().copied())),
};
const NOT_THE_VERIFIER: Guard = Guard {
    about: "another person acts than verified it",
    check: |facts| {
        let same = facts.actor.is_some() && facts.actor == facts.verifier;
        when(same, || ErrorCode::SeparationOfDuties.into())
    },
};
const WAITED: Guard = Guard {
    about: concat!("the days have passed that plans of its kind wait from its verification (", days_of_waiting!(), ")"),
    check: |facts| {
        let from = facts.verified_on.map(|day| evaluated_from(facts.plan_kind, day));
        let early = from.is_none_or(|from| facts.today < from);
        when(early, || ErrorCode::EvaluationTooEarly.with("date", from.map(|from| from.to_string())))
    },
};
const REASON_GIVEN: Guard = Guard { about: "a reason is given", check: |facts| Given::lacks_reason(facts.given) };

/// ACTOR_WITHOUT_PERSON for nobody, SEPARATION_OF_DUTIES for one of these.
fn apart(actor: Option<Uuid>, mut from: impl Iterator<Item = Uuid>) -> Vec<crate::graph::error::Refusal> {
    match actor {
        None => vec![ErrorCode::ActorWithoutPerson.into()],
        Some(actor) => when(from.any(|one| one == actor), || ErrorCode::SeparationOfDuties.into()),
    }
}

/// The life cycle of actions.
pub struct ActionLife;

const fn line(
    from: ActionState,
    (act, label): (ActionAct, &'static str),
    to: ActionState,
    duty: Duty,
    guards: &'static [&'static Guard],
) -> Line<ActionLife> {
    Line::<ActionLife> { from, to, act, label, duty: Some(duty), guards }
}

const fn cancel(from: ActionState) -> Line<ActionLife> {
    line(from, (ActionAct::Cancel, "cancel"), ActionState::Cancelled, Duty::ControlPlans, &[&REASON_GIVEN])
}

impl LifeCycle for ActionLife {
    type State = ActionState;
    type Act = ActionAct;
    type Facts = ActionFacts;

    const TRANSITIONS: &'static [Line<Self>] = {
        use ActionState::{Approved, Closed, Draft, Executed, InProgress, PendingApproval, Verified};
        use Duty::{ApprovePlans, FormulatePlans, ReportProgress, VerifyActions};
        const APPROVE: &[&Guard] = &[&PLAN_SUBMITTED, &OTHER_PERSON];
        const REJECT: &[&Guard] = &[&PLAN_SUBMITTED, &OTHER_PERSON, &REASON_GIVEN];
        const EVALUATE: &[&Guard] = &[&NOT_A_HAND, &NOT_THE_VERIFIER, &WAITED];
        const EXECUTE: &[&Guard] = &[&IS_PERSON, &ANSWERS, &EVIDENCE, &REACHED];
        &[
            line(
                Draft,
                (ActionAct::Submit, "submit (so does its plan)"),
                PendingApproval,
                FormulatePlans,
                &[&PLAN_SUBMITTED, &FIELDS, &WEIGHTS],
            ),
            line(PendingApproval, (ActionAct::Approve, "approve"), Approved, ApprovePlans, APPROVE),
            line(PendingApproval, (ActionAct::Reject, "reject"), Draft, ApprovePlans, REJECT),
            line(Approved, (ActionAct::Begin, "begin"), InProgress, ReportProgress, &[&PLAN_APPROVED, &ANSWERS]),
            line(InProgress, (ActionAct::Execute, "say that it is done"), Executed, ReportProgress, EXECUTE),
            line(Executed, (ActionAct::Verify, "verify"), Verified, VerifyActions, &[&NOT_A_HAND]),
            line(
                Executed,
                (ActionAct::Return, "send back to work"),
                InProgress,
                VerifyActions,
                &[&NOT_A_HAND, &REASON_GIVEN],
            ),
            line(Verified, (ActionAct::Evaluate, "evaluate"), Closed, VerifyActions, EVALUATE),
            cancel(Draft),
            cancel(PendingApproval),
            cancel(Approved),
            cancel(InProgress),
            cancel(Executed),
            cancel(Verified),
        ]
    };
    const DERIVED: &'static [Derived<ActionState>] = &[];

    fn state(facts: &ActionFacts) -> ActionState {
        facts.state
    }

    fn name(state: ActionState) -> &'static str {
        ActionState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
    }

    fn mutation(act: ActionAct) -> &'static str {
        match act {
            ActionAct::Submit => "improvementActionSubmit",
            ActionAct::Approve => "improvementActionApprove",
            ActionAct::Reject => "improvementActionReject",
            ActionAct::Begin => "improvementActionBegin",
            ActionAct::Execute => "improvementActionExecute",
            ActionAct::Verify => "improvementActionVerify",
            ActionAct::Return => "improvementActionReturn",
            ActionAct::Evaluate => "improvementActionEvaluate",
            ActionAct::Cancel => "improvementActionCancel",
        }
    }
}

static STEP: ObjectShape = step_shape!("ActionAvailableTransition", "ActionState", "improvementActionApprove");

/// `availableTransitions`.
pub const AVAILABLE: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("state"), Scalar::Enum(&ActionState::VOCABULARY)),
        (Sql::Template(crate::access::involved::ACTION.units.text), Scalar::Text),
        (
            Sql::Template("(SELECT p.state FROM improvement_plan p WHERE p.id = {t}.improvement_plan_id)"),
            Scalar::Enum(&PlanState::VOCABULARY),
        ),
        (
            Sql::Template("(SELECT p.kind FROM improvement_plan p WHERE p.id = {t}.improvement_plan_id)"),
            Scalar::Enum(&PlanKind::VOCABULARY),
        ),
        (
            Sql::Template(concat!(
                "(SELECT string_agg(CAST(a.weight AS TEXT), '\n' ORDER BY a.number) FROM improvement_action a \
                 WHERE a.improvement_plan_id = {t}.improvement_plan_id AND ",
                live!(),
                ")"
            )),
            Scalar::Text,
        ),
        (Sql::Template("(SELECT {text}(e.id) FROM person e WHERE e.id = {t}.executor_id)"), Scalar::Text),
        (Sql::Template(HANDS), Scalar::Text),
        (
            Sql::Template(
                "(EXISTS (SELECT 1 FROM evidence e JOIN progress_report o ON o.id = e.progress_report_id \
                 WHERE o.improvement_action_id = {t}.id AND o.signed_on IS NOT NULL))",
            ),
            Scalar::Boolean,
        ),
        (Sql::Template(MEASURES), Scalar::Text),
        (
            Sql::Template(
                "(SELECT max(s.civil_date) FROM action_transition s \
                 WHERE s.improvement_action_id = {t}.id AND s.to_state = 6)",
            ),
            Scalar::Date,
        ),
        (Sql::Template(VERIFIER), Scalar::Text),
        submitted!(person, "action_transition", "improvement_action_id", "s.to_state = 2"),
        submitted!(account, "action_transition", "improvement_action_id", "s.to_state = 2"),
        submitted!(answerable, "action_transition", "improvement_action_id", "s.to_state = 2"),
        (Sql::Column("number"), Scalar::Int),
        (Sql::Template(said_of_action!("{t}")), Scalar::Text),
    ],
    output: &Shape::List(&Shape::Object(&STEP)),
    arguments: &[],
    compute: available_steps::<ActionLife>,
    reveals: None,
};

/// Who verified it last.
const VERIFIER: &str = "(SELECT {text}(e.id) FROM person e WHERE e.id = (SELECT s.person_id FROM action_transition s \
     WHERE s.improvement_action_id = {t}.id AND s.to_state = 6 ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1))";

/// Who submitted it, approved it, reported, signed, began or said that it is done.
const HANDS: &str = "(SELECT string_agg({text}(y.key), ' ') FROM (\
     SELECT o.reported_by_id AS key FROM progress_report o WHERE o.improvement_action_id = {t}.id \
     UNION SELECT o.signed_by_id FROM progress_report o WHERE o.improvement_action_id = {t}.id \
     UNION SELECT s.person_id FROM action_transition s WHERE s.improvement_action_id = {t}.id \
     AND (s.to_state IN (2, 3, 5) OR s.from_state = 3 AND s.to_state = 4)) y WHERE y.key IS NOT NULL)";

/// What is measured, see [`Measure::parse`]: each activity, or the action where it has none.
const MEASURES: &str = "COALESCE((SELECT string_agg(CAST(v.number AS TEXT) || '\t' || v.unit_of_measure || '\t' \
     || CAST(v.target AS TEXT) || '\t' || CAST((SELECT COALESCE(sum(o.quantity), 0) FROM progress_report o \
     WHERE o.action_activity_id = v.id AND o.signed_on IS NOT NULL) AS TEXT), '\n' ORDER BY v.number) \
     FROM action_activity v WHERE v.improvement_action_id = {t}.id), \
     '\t' || {t}.unit_of_measure || '\t' || CAST({t}.target AS TEXT) || '\t' || CAST((SELECT COALESCE(sum(o.quantity), 0) \
     FROM progress_report o WHERE o.improvement_action_id = {t}.id AND o.signed_on IS NOT NULL) AS TEXT))";

impl Judged for ActionLife {
    const OF: &'static Declaration = &IMPROVEMENT_ACTION;
    const FIGURE: Figure = AVAILABLE;

    fn read(cells: Cells<'_>, actor: &Actor, today: NaiveDate) -> Read<ActionFacts> {
        let organization = cells.key(0).unwrap_or_default();
        let units = cells.keys(2);
        let person = actor.person(organization);
        let executor = cells.keys(6).pop();
        let signs = actor.may(Duty::SignProgress, organization, &units).is_ok();
        let state = cells.word(1, &ActionState::VOCABULARY).and_then(ActionState::from_number);
        let facts = ActionFacts {
            state: state.unwrap_or(ActionState::Draft),
            plan: cells.word(3, &PlanState::VOCABULARY).and_then(PlanState::from_number).unwrap_or(PlanState::Draft),
            plan_kind: cells
                .word(4, &PlanKind::VOCABULARY)
                .and_then(PlanKind::from_number)
                .unwrap_or(PlanKind::Internal),
            number: cells.count(15),
            says: cells.text(16).unwrap_or_default().to_owned(),
            weights: cells.lines(5).filter_map(|weight| weight.parse().ok().map(Amount)).collect(),
            actor: person,
            verifier: cells.keys(11).pop(),
            submitter: cells.submitter(12, actor, person),
            executor,
            hands: cells.keys(7),
            answers: signs || person.is_some() && person == executor,
            evidence: cells.is_true(8),
            measures: cells.lines(9).filter_map(Measure::parse).collect(),
            verified_on: cells.date(10),
            today,
            given: None,
        };
        Read { facts, organization, units }
    }
}

stepped!(improvement_action, ActionState, ActionLife, action_transition, improvement_action_id);
