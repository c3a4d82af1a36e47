//! Random acts driven through both tables, as the acts would: no state is reached that must not be, and what is told
//! beforehand of an act is what becomes of it.

use chrono::{Days, NaiveDate};
use entity::{
    Amount,
    audit::{FindingKind, FindingState},
    improvement::{ActionResult, ActionState, PlanKind, PlanState},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    ActionAct, ActionFacts, ActionLife, PlanAct, PlanFacts, PlanLife, is_live,
    plan::{PlanAction, PlanFinding},
};
use crate::{
    improvement::rules::{progress::Measure, waiting::evaluated_from},
    life_cycle::{Given, LifeCycle, available, check},
    organization::rules::cases,
};

/// An action as a test knows it: what its row and its steps would say.
#[derive(Clone, Debug)]
struct Action {
    state: ActionState,
    result: Option<ActionResult>,
    weight: Amount,
    done: i64,
    submitter: Option<Uuid>,
    hands: Vec<Uuid>,
    verified_on: Option<NaiveDate>,
    approved_by: Option<Uuid>,
    verifier: Option<Uuid>,
    evaluator: Option<Uuid>,
    complete: bool,
}

#[derive(Clone, Debug)]
struct World {
    plan: PlanState,
    actions: Vec<Action>,
    analysed: bool,
    finding: FindingState,
    today: NaiveDate,
}

/// What somebody tries.
#[derive(Clone, Debug)]
enum Try {
    Plan(PlanAct),
    Action(usize, ActionAct, bool, bool),
    /// So many units of an action are signed.
    Sign(usize, i64),
    Weigh(usize, i64),
    /// Says of an action what its kind of plan demands.
    Complete(usize),
    Analyse,
    Wait(u64),
}

fn person(number: u8) -> Uuid {
    Uuid::from_u128(u128::from(number) + 1)
}

/// What an action says before it is complete, and then.
const SAID: [&str; 2] = ["o", "oir"];
/// Who executes every action.
const EXECUTOR: u8 = 0;

impl World {
    fn new(weights: &[i64]) -> Self {
        let action = |weight: &i64| Action {
            state: ActionState::Draft,
            result: None,
            weight: Amount(*weight),
            done: 0,
            submitter: None,
            hands: Vec::new(),
            verified_on: None,
            approved_by: None,
            verifier: None,
            evaluator: None,
            complete: false,
        };
        Self {
            plan: PlanState::Draft,
            actions: weights.iter().map(action).collect(),
            analysed: false,
            finding: FindingState::Confirmed,
            today: NaiveDate::from_ymd_opt(2026, 7, 1).expect("a date"),
        }
    }

    fn live(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|action| is_live(action.state, action.result))
    }

    fn plan_facts(&self, given: Option<Given>) -> PlanFacts {
        let finding = PlanFinding {
            code: "H1".to_owned(),
            kind: FindingKind::MajorNonconformity,
            state: self.finding,
            requires_action: true,
            answered: self.live().next().is_some(),
            says: if self.analysed { "ca" } else { "" }.to_owned(),
        };
        let actions = (1..).zip(&self.actions).map(|(number, it)| PlanAction {
            number,
            state: it.state,
            result: it.result,
            weight: it.weight,
            says: SAID[usize::from(it.complete)].to_owned(),
        });
        PlanFacts {
            state: self.plan,
            kind: PlanKind::Internal,
            findings: vec![finding],
            actions: actions.collect(),
            given,
        }
    }

    fn action_facts(&self, at: usize, actor: Option<Uuid>, given: Option<Given>) -> ActionFacts {
        let action = &self.actions[at];
        ActionFacts {
            state: action.state,
            plan: self.plan,
            plan_kind: PlanKind::Internal,
            number: at + 1,
            says: SAID[usize::from(action.complete)].to_owned(),
            weights: self.live().map(|action| action.weight).collect(),
            actor,
            submitter: action.submitter,
            executor: Some(person(EXECUTOR)),
            hands: action.hands.iter().copied().chain(action.submitter).chain(action.approved_by).collect(),
            verifier: action.verifier,
            answers: actor == Some(person(EXECUTOR)),
            evidence: action.done > 0,
            measures: vec![Measure {
                number: None,
                unit: "u".to_owned(),
                target: Amount(10),
                done: Amount(action.done),
            }],
            verified_on: action.verified_on,
            today: self.today,
            given,
        }
    }

    /// What is told beforehand is what becomes of the act; the new state, if it is done.
    fn judged<C: LifeCycle>(told: &C::Facts, said: &C::Facts, act: C::Act) -> Option<C::State>
    where
        C::Act: PartialEq,
    {
        let open = available::<C>(told, |_| None);
        let told = open.iter().find(|open| open.line.act == act);
        match (check::<C>(said, act), told) {
            (Ok(line), Some(told)) => {
                assert!(told.blocked_by.is_empty(), "blocked, and done: {:?}", told.blocked_by);
                Some(line.to)
            }
            (Err(found), Some(told)) => {
                let codes = |all: &[crate::graph::error::Refusal]| all.iter().map(|it| it.code).collect::<Vec<_>>();
                let lacking: Vec<_> = codes(&found)
                    .into_iter()
                    .filter(|code| *code != crate::graph::error::ErrorCode::ReasonRequired)
                    .collect();
                assert_eq!(lacking, codes(&told.blocked_by));
                None
            }
            (Err(found), None) => {
                assert_eq!(found.len(), 1);
                None
            }
            (Ok(_), None) => panic!("{act:?} was done and not told of"),
        }
    }

    fn follow(&mut self, act: PlanAct) {
        if let Ok(line) = check::<PlanLife>(&self.plan_facts(None), act) {
            self.plan = line.to;
            if line.to == PlanState::Approved {
                self.finding = FindingState::InPlan;
            }
        }
    }

    fn does(&mut self, tried: &Try, who: u8) {
        let actor = (who < 6).then(|| person(who));
        match *tried {
            Try::Plan(act) => {
                let given = Some(Given { date: None, reason: true });
                if let Some(to) = Self::judged::<PlanLife>(&self.plan_facts(None), &self.plan_facts(given), act) {
                    self.plan = to;
                    if act == PlanAct::Submit {
                        for action in self.actions.iter_mut().filter(|it| it.state == ActionState::Draft) {
                            (action.state, action.submitter) = (ActionState::PendingApproval, actor);
                        }
                        self.follow(PlanAct::Approve);
                    }
                }
            }
            Try::Action(at, act, reason, effective) => {
                self.acts(at % self.actions.len(), (act, reason, effective), actor)
            }
            Try::Sign(at, units) => {
                let at = at % self.actions.len();
                if self.actions[at].state == ActionState::InProgress {
                    self.actions[at].done += units;
                    self.actions[at].hands.push(person(EXECUTOR));
                }
            }
            Try::Weigh(at, weight) => {
                let at = at % self.actions.len();
                if self.actions[at].state == ActionState::Draft {
                    self.actions[at].weight = Amount(weight);
                }
            }
            Try::Complete(at) => {
                let at = at % self.actions.len();
                self.actions[at].complete |= self.actions[at].state == ActionState::Draft;
            }
            Try::Analyse => self.analysed = true,
            Try::Wait(days) => self.today = self.today + Days::new(days),
        }
    }

    fn acts(&mut self, at: usize, (act, reason, effective): (ActionAct, bool, bool), actor: Option<Uuid>) {
        let given = Some(Given { date: None, reason });
        let (told, said) = (self.action_facts(at, actor, None), self.action_facts(at, actor, given));
        let Some(to) = Self::judged::<ActionLife>(&told, &said, act) else { return };
        let today = self.today;
        let action = &mut self.actions[at];
        action.state = to;
        match act {
            ActionAct::Submit => action.submitter = actor,
            ActionAct::Approve => action.approved_by = actor,
            ActionAct::Verify => (action.verified_on, action.verifier) = (Some(today), actor),
            ActionAct::Evaluate => {
                action.evaluator = actor;
                action.result = Some(if effective { ActionResult::Effective } else { ActionResult::NotEffective });
            }
            _ => {}
        }
        match act {
            ActionAct::Approve | ActionAct::Cancel => self.follow(PlanAct::Approve),
            ActionAct::Reject => self.follow(PlanAct::Return),
            ActionAct::Begin => self.follow(PlanAct::Begin),
            ActionAct::Evaluate if self.live().all(|it| it.result.is_some()) && self.live().next().is_some() => {
                self.finding = FindingState::ClosedEffective;
            }
            _ => {}
        }
    }

    /// What must hold, whatever was done.
    fn holds(&self) {
        for action in &self.actions {
            let approved =
                !matches!(action.state, ActionState::Draft | ActionState::PendingApproval | ActionState::Cancelled);
            if !matches!(action.state, ActionState::Draft | ActionState::Cancelled) {
                assert!(action.complete, "submitted without what its kind of plan demands");
            }
            if approved {
                assert!(action.approved_by.is_some(), "approved by a person");
                assert_ne!(action.approved_by, action.submitter);
                assert_ne!(action.approved_by, Some(person(EXECUTOR)));
            }
            if matches!(action.state, ActionState::Executed | ActionState::Verified | ActionState::Closed) {
                assert!(action.done >= 10, "executed without reaching its target");
            }
            if action.state == ActionState::Closed {
                let from = evaluated_from(PlanKind::Internal, action.verified_on.expect("verified"));
                assert!(self.today >= from, "evaluated too early");
                // Formulated, approved, executed, verified and evaluated by five people.
                let five =
                    [action.submitter, action.approved_by, Some(person(EXECUTOR)), action.verifier, action.evaluator];
                let apart: std::collections::HashSet<_> = five.iter().flatten().collect();
                assert_eq!(apart.len(), five.iter().flatten().count(), "{five:?}");
                assert!(five[3..].iter().all(Option::is_some), "verified and evaluated by people");
            }
            assert_eq!(action.result.is_some(), action.state == ActionState::Closed);
            let begun = matches!(action.state, ActionState::InProgress | ActionState::Executed | ActionState::Verified);
            assert!(!begun || self.plan == PlanState::InExecution, "at work in a plan {:?}", self.plan);
        }
        if matches!(self.plan, PlanState::Approved | PlanState::InExecution) {
            assert!(self.analysed, "approved without causes");
        }
        if self.plan == PlanState::Closed {
            assert!(self.live().all(|it| it.state == ActionState::Closed), "closed with open actions");
        }
    }
}

fn tries() -> impl Strategy<Value = Try> {
    let plan = prop::sample::select(vec![PlanAct::Submit, PlanAct::Begin, PlanAct::Close]);
    let action = prop::sample::select(vec![
        ActionAct::Submit,
        ActionAct::Approve,
        ActionAct::Approve,
        ActionAct::Reject,
        ActionAct::Begin,
        ActionAct::Begin,
        ActionAct::Execute,
        ActionAct::Execute,
        ActionAct::Verify,
        ActionAct::Return,
        ActionAct::Evaluate,
        ActionAct::Cancel,
    ]);
    prop_oneof![
        3 => plan.prop_map(Try::Plan),
        8 => (0..3_usize, action, any::<bool>(), any::<bool>()).prop_map(|(at, act, reason, effective)| Try::Action(at, act, reason, effective)),
        3 => (0..3_usize, 0..12_i64).prop_map(|(at, units)| Try::Sign(at, units)),
        1 => (0..3_usize, prop::sample::select(vec![2_000, 5_000, 10_000])).prop_map(|(at, weight)| Try::Weigh(at, weight)),
        4 => (0..3_usize).prop_map(Try::Complete),
        2 => Just(Try::Analyse),
        2 => (0..120_u64).prop_map(Try::Wait),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_act_leads_where_it_must_not(whole in any::<bool>(), all in prop::collection::vec((tries(), 0..7_u8), 0..160)) {
        let mut world = World::new(if whole { &[5_000, 5_000] } else { &[10_000] });
        for (tried, who) in &all {
            let before = world.plan;
            world.does(tried, *who);
            world.holds();
            prop_assert!(before != PlanState::Closed || world.plan == PlanState::Closed, "what is closed stays so");
        }
    }
}
