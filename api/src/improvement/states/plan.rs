//! The life cycle of an improvement plan.

use chrono::NaiveDate;
use entity::{
    Amount,
    audit::{FindingKind, FindingState},
    improvement::{ActionResult, ActionState, PlanKind, PlanState, improvement_plan, plan_transition},
};

use super::{WHOLE, is_live, live, missing};
use crate::{
    access::{actor::Actor, rules::Duty},
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
        error::{ErrorCode, Refusal},
    },
    improvement::{
        rules::fields::{About, Datum, said_of_action, said_of_finding, says},
        types::IMPROVEMENT_PLAN,
    },
    life_cycle::{
        self, Cells, Derived, Given, Judged, LifeCycle, Line, Read, available_steps, step_shape, stepped, takes_given,
        when,
    },
};

/// An act that changes the state of a plan, or what follows from its actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanAct {
    /// Put it before those who approve.
    Submit,
    /// Its last action is approved.
    Approve,
    /// One of its actions is rejected.
    Return,
    /// Begin with it.
    Begin,
    /// End it.
    Close,
}

/// A finding that a plan takes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFinding {
    /// Its code.
    pub code: String,
    /// Its kind.
    pub kind: FindingKind,
    /// Where it stands.
    pub state: FindingState,
    /// Does it ask for an action?
    pub requires_action: bool,
    /// Has it a live action in this plan?
    pub answered: bool,
    /// What is said of it, see [`says`].
    pub says: String,
}

impl PlanFinding {
    /// Reads a line `kind⇥state⇥requires⇥answered⇥letters⇥code`, the words by their numbers.
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.splitn(6, '\t');
        let mut number = || words.next()?.parse::<i16>().ok();
        Some(Self {
            kind: FindingKind::from_number(number()?)?,
            state: FindingState::from_number(number()?)?,
            requires_action: number()? != 0,
            answered: number()? != 0,
            says: words.next()?.to_owned(),
            code: words.next()?.to_owned(),
        })
    }

    /// Was it let stand, and is it not closed? Only such ones are taken up.
    fn is_confirmed(&self) -> bool {
        is_confirmed(self.state)
    }

    fn is_nonconformity(&self) -> bool {
        matches!(self.kind, FindingKind::MajorNonconformity | FindingKind::MinorNonconformity)
    }

    /// Is it a nonconformity of which nobody analysed the causes?
    fn is_unexplained(&self) -> bool {
        self.is_nonconformity() && !says(&self.says, Datum::CauseAnalysis)
    }

    fn is_closed(&self) -> bool {
        matches!(self.state, FindingState::Dismissed | FindingState::ClosedNoAction | FindingState::ClosedEffective)
    }
}

/// Was a finding let stand, and is it not closed?
pub fn is_confirmed(state: FindingState) -> bool {
    matches!(state, FindingState::Confirmed | FindingState::InPlan | FindingState::InVerification)
}

/// An action of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanAction {
    /// Its number.
    pub number: i32,
    /// Where it stands.
    pub state: ActionState,
    /// The result of its closure.
    pub result: Option<ActionResult>,
    /// Its share.
    pub weight: Amount,
    /// What it says, see [`says`].
    pub says: String,
}

impl PlanAction {
    /// Reads a line `number⇥state⇥result⇥weight⇥letters`, the words by their numbers, the weight in hundredths.
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split('\t');
        let number = words.next()?.parse().ok()?;
        let state = ActionState::from_number(words.next()?.parse().ok()?)?;
        let result = ActionResult::from_number(words.next()?.parse().ok()?);
        let weight = Amount(words.next()?.parse().ok()?);
        Some(Self { number, state, result, weight, says: words.next()?.to_owned() })
    }

    fn is_live(&self) -> bool {
        is_live(self.state, self.result)
    }
}

/// What the guards look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFacts {
    /// Where it stands.
    pub state: PlanState,
    /// To whom it is owed.
    pub kind: PlanKind,
    /// What it takes up, by code.
    pub findings: Vec<PlanFinding>,
    /// What it does, by number.
    pub actions: Vec<PlanAction>,
    /// What came with the act.
    pub given: Option<Given>,
}
takes_given!(PlanFacts);

impl PlanFacts {
    fn live(&self) -> impl Iterator<Item = &PlanAction> {
        self.actions.iter().filter(|action| action.is_live())
    }

    /// The code, naming the findings of which this is so; nothing where there are none.
    fn naming(&self, code: ErrorCode, which: impl Fn(&PlanFinding) -> bool) -> Vec<Refusal> {
        let named: Vec<_> = self.findings.iter().filter(|it| which(it)).map(|it| it.code.clone()).collect();
        when(!named.is_empty(), || code.at(["findings"]).with("findings", named))
    }

    /// PLAN_FIELD_MISSING for each field that its kind demands and a finding that asks for an action, or a draft of an action,
    /// does not say. Nonconformities without a cause are told by another guard.
    fn missing(&self) -> Vec<Refusal> {
        let findings: Vec<_> = self.findings.iter().filter(|it| it.requires_action).collect();
        let lacks = |finding: &PlanFinding, datum| {
            let told = matches!(datum, Datum::Cause | Datum::CauseAnalysis) && finding.is_unexplained();
            !told && !says(&finding.says, datum)
        };
        let of_findings = missing(self.kind, About::Finding, &["findings"], |datum| {
            findings.iter().filter(|it| lacks(it, datum)).map(|it| it.code.clone()).collect()
        });
        let drafts: Vec<_> = self.actions.iter().filter(|it| it.state == ActionState::Draft).collect();
        let of_actions = missing(self.kind, About::Action, &["actions"], |datum| {
            drafts.iter().filter(|it| !says(&it.says, datum)).map(|it| it.number.to_string()).collect()
        });
        [of_findings, of_actions].concat()
    }
}

/// WEIGHTS_NOT_WHOLE unless the weights of live actions add to 100.
pub(super) fn weights(live: impl Iterator<Item = Amount>) -> Vec<Refusal> {
    let sum = Amount(live.fold(0_i64, |sum, weight| sum.saturating_add(weight.0)));
    when(sum != WHOLE, || ErrorCode::WeightsNotWhole.at(["actions"]).with("sum", sum.to_string()))
}

type Guard = life_cycle::Guard<PlanFacts>;

const HAS_ACTIONS: Guard = Guard {
    about: "it has a live action",
    check: |facts| when(facts.live().next().is_none(), || ErrorCode::Required.at(["actions"])),
};
const CONFIRMED: Guard = Guard {
    about: "its findings are confirmed and not closed",
    check: |facts| facts.naming(ErrorCode::FindingsNotConfirmed, |finding| !finding.is_confirmed()),
};
const ANSWERED: Guard = Guard {
    about: "each of its findings that asks for an action has a live one in it",
    check: |facts| {
        facts.naming(ErrorCode::FindingsWithoutAction, |finding| finding.requires_action && !finding.answered)
    },
};
const ANALYSED: Guard = Guard {
    about: "nonconformities have a cause analysis",
    check: |facts| facts.naming(ErrorCode::CauseAnalysisRequired, PlanFinding::is_unexplained),
};
const FIELDS: Guard = Guard {
    about: "its findings that ask for an action, and its drafts of actions, say what plans of its kind say (`improvementPlanFields`)",
    check: PlanFacts::missing,
};
const WEIGHTS: Guard = Guard {
    about: "the weights of its live actions add to 100",
    check: |facts| match facts.live().next() {
        Some(_) => weights(facts.live().map(|action| action.weight)),
        None => Vec::new(),
    },
};
const ALL_APPROVED: Guard = Guard {
    about: "each of its live actions is approved",
    check: |facts| {
        let waiting = |action: &PlanAction| matches!(action.state, ActionState::Draft | ActionState::PendingApproval);
        still_open(facts.live().filter(|action| waiting(action)))
    },
};
const FINDINGS_CLOSED: Guard = Guard {
    about: "each of its findings is closed",
    check: |facts| facts.naming(ErrorCode::FindingsOpen, |finding| !finding.is_closed()),
};
const ACTIONS_CLOSED: Guard = Guard {
    about: "each of its live actions is closed",
    check: |facts| still_open(facts.live().filter(|action| action.state != ActionState::Closed)),
};

/// ACTIONS_OPEN, naming them by number; nothing where there are none.
fn still_open<'a>(actions: impl Iterator<Item = &'a PlanAction>) -> Vec<Refusal> {
    let named: Vec<_> = actions.map(|action| action.number.to_string()).collect();
    when(!named.is_empty(), || ErrorCode::ActionsOpen.at(["actions"]).with("actions", named))
}

/// The life cycle of plans.
pub struct PlanLife;

const fn line(
    from: PlanState,
    (act, label): (PlanAct, &'static str),
    to: PlanState,
    duty: Option<Duty>,
    guards: &'static [&'static Guard],
) -> Line<PlanLife> {
    Line::<PlanLife> { from, to, act, label, duty, guards }
}

impl LifeCycle for PlanLife {
    type State = PlanState;
    type Act = PlanAct;
    type Facts = PlanFacts;

    const TRANSITIONS: &'static [Line<Self>] = {
        use PlanState::{Approved, Closed, Draft, InExecution, Submitted};
        const FORMULATE: Option<Duty> = Some(Duty::FormulatePlans);
        &[
            line(
                Draft,
                (PlanAct::Submit, "submit"),
                Submitted,
                FORMULATE,
                &[&HAS_ACTIONS, &CONFIRMED, &ANSWERED, &ANALYSED, &FIELDS, &WEIGHTS],
            ),
            line(
                Submitted,
                (PlanAct::Approve, "its last action is approved"),
                Approved,
                None,
                &[&HAS_ACTIONS, &ALL_APPROVED],
            ),
            line(Submitted, (PlanAct::Return, "one of its actions is rejected"), Draft, None, &[]),
            line(
                Approved,
                (PlanAct::Begin, "begin (the first of its actions that begins does it too)"),
                InExecution,
                FORMULATE,
                &[],
            ),
            line(
                InExecution,
                (PlanAct::Close, "close"),
                Closed,
                Some(Duty::ControlPlans),
                &[&FINDINGS_CLOSED, &ACTIONS_CLOSED],
            ),
        ]
    };
    const DERIVED: &'static [Derived<PlanState>] = &[];

    fn state(facts: &PlanFacts) -> PlanState {
        facts.state
    }

    fn name(state: PlanState) -> &'static str {
        PlanState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
    }

    fn mutation(act: PlanAct) -> &'static str {
        match act {
            PlanAct::Submit => "improvementPlanSubmit",
            PlanAct::Approve => "improvementActionApprove",
            PlanAct::Return => "improvementActionReject",
            PlanAct::Begin => "improvementPlanBegin",
            PlanAct::Close => "improvementPlanClose",
        }
    }
}

static STEP: ObjectShape = step_shape!("PlanAvailableTransition", "PlanState", "improvementPlanSubmit");

/// `availableTransitions`.
pub const AVAILABLE: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("state"), Scalar::Enum(&PlanState::VOCABULARY)),
        (Sql::Template(crate::access::involved::PLAN.units.text), Scalar::Text),
        (
            Sql::Template(concat!(
                "(SELECT string_agg(CAST(f.kind AS TEXT) || '\t' || CAST(f.state AS TEXT) || '\t' \
                 || CASE WHEN f.requires_action THEN '1' ELSE '0' END || '\t' \
                 || CASE WHEN EXISTS (SELECT 1 FROM action_finding x JOIN improvement_action a ON a.id = x.improvement_action_id \
                 WHERE x.finding_id = f.id AND a.improvement_plan_id = {t}.id AND ",
                live!(),
                ") THEN '1' ELSE '0' END || '\t' || ",
                said_of_finding!(),
                " || '\t' || f.code, '\n' ORDER BY f.code, f.id) \
                 FROM plan_finding y JOIN finding f ON f.id = y.finding_id WHERE y.improvement_plan_id = {t}.id)"
            )),
            Scalar::Text,
        ),
        (
            Sql::Template(concat!(
                "(SELECT string_agg(CAST(a.number AS TEXT) || '\t' || CAST(a.state AS TEXT) || '\t' \
                 || CAST(COALESCE(a.result, 0) AS TEXT) || '\t' || CAST(a.weight AS TEXT) || '\t' || ",
                said_of_action!("a"),
                ", '\n' ORDER BY a.number) FROM improvement_action a WHERE a.improvement_plan_id = {t}.id)",
            )),
            Scalar::Text,
        ),
        (Sql::Column("kind"), Scalar::Enum(&PlanKind::VOCABULARY)),
    ],
    output: &Shape::List(&Shape::Object(&STEP)),
    arguments: &[],
    compute: available_steps::<PlanLife>,
    reveals: None,
};

impl Judged for PlanLife {
    const OF: &'static Declaration = &IMPROVEMENT_PLAN;
    const FIGURE: Figure = AVAILABLE;

    fn read(cells: Cells<'_>, _: &Actor, _: NaiveDate) -> Read<PlanFacts> {
        let state = cells.word(1, &PlanState::VOCABULARY).and_then(PlanState::from_number);
        let facts = PlanFacts {
            state: state.unwrap_or(PlanState::Draft),
            kind: cells.word(5, &PlanKind::VOCABULARY).and_then(PlanKind::from_number).unwrap_or(PlanKind::Internal),
            findings: cells.lines(3).filter_map(PlanFinding::parse).collect(),
            actions: cells.lines(4).filter_map(PlanAction::parse).collect(),
            given: None,
        };
        Read { facts, organization: cells.key(0).unwrap_or_default(), units: cells.keys(2) }
    }
}

stepped!(improvement_plan, PlanState, PlanLife, plan_transition, improvement_plan_id);
