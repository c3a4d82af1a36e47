//! Life cycles, each as one table: the acts, `availableTransitions`, `can` and the documentation page with its diagram all
//! read it; what an act is blocked by and what is said beforehand to block it therefore cannot differ.

mod figure;
mod members;
mod page;
mod step;
mod stepped;
mod uses;

use std::fmt::Debug;

use chrono::NaiveDate;

use crate::{
    access::rules::Duty,
    graph::error::{ErrorCode, Refusal},
};

pub use figure::{BLOCK, Cells, Judged, Read, available_steps, judge};
pub(crate) use figure::{step_shape, submitted};
pub(crate) use members::step_members;
pub use page::{HEAD, section};
pub(crate) use step::step_row;
pub use step::{Said, StepRow, Taken, record};
pub use stepped::{ActOf, Stepped, Taking, begun, follow_step, follow_step_because, forgotten, noted, part_step, step};
pub(crate) use stepped::{step_acts, stepped, takes_given};
pub use uses::{Use, in_use, left_after, read as read_uses, still_in_use};
pub(crate) use uses::{used_by, uses};

/// A life cycle: which states there are, which acts lead from one to another, and what they look at.
pub trait LifeCycle: 'static {
    /// Where an object stands.
    type State: Copy + PartialEq + Debug + 'static;
    /// What changes that.
    type Act: Copy + PartialEq + Debug + 'static;
    /// What the guards look at.
    type Facts;

    /// Who takes a step that no duty is for.
    const BY_ITSELF: &'static str = "nobody: it follows";

    /// Every line, in the order of the documentation.
    const TRANSITIONS: &'static [Transition<Self::State, Self::Act, Self::Facts>];
    /// What the calendar does by itself.
    const DERIVED: &'static [Derived<Self::State>];

    /// The state of which the facts speak.
    fn state(facts: &Self::Facts) -> Self::State;
    /// A state as the schema writes it.
    fn name(state: Self::State) -> &'static str;
    /// The mutation that does an act; what the history calls it where none does.
    fn mutation(act: Self::Act) -> &'static str;
}

/// What a caller says together with an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The date from which the act takes effect.
    pub date: Option<NaiveDate>,
    /// Whether there is a reason.
    pub reason: bool,
}

impl Given {
    /// REASON_REQUIRED when an act came without one.
    pub fn lacks_reason(given: Option<Self>) -> Vec<Refusal> {
        when(given.is_some_and(|given| !given.reason), || ErrorCode::ReasonRequired.at(["reason"]))
    }

    /// START_DATE_REQUIRED when an act came without its date, which this argument says.
    pub fn lacks_date(given: Option<Self>, argument: &str) -> Vec<Refusal> {
        when(given.is_some_and(|given| given.date.is_none()), || ErrorCode::StartDateRequired.at([argument]))
    }
}

/// A condition of a transition.
pub struct Guard<F> {
    /// What must be so, for the documentation.
    pub about: &'static str,
    /// Everything that is not so.
    pub check: fn(&F) -> Vec<Refusal>,
}

/// One line of a life cycle.
pub struct Transition<S: 'static, A: 'static, F: 'static> {
    /// The state before.
    pub from: S,
    /// The state that the act leads to, once its date is reached.
    pub to: S,
    /// The act.
    pub act: A,
    /// The act as the documentation names it.
    pub label: &'static str,
    /// The duty that it takes, the table of rules says which roles have it; none for what comes by itself.
    pub duty: Option<Duty>,
    /// What must be so.
    pub guards: &'static [&'static Guard<F>],
}

/// A change of state that comes with the calendar, without an act.
pub struct Derived<S> {
    /// The state before.
    pub from: S,
    /// The state after.
    pub to: S,
    /// The day on which it happens.
    pub when: &'static str,
}

/// A line of a life cycle.
pub type Line<C> = Transition<<C as LifeCycle>::State, <C as LifeCycle>::Act, <C as LifeCycle>::Facts>;

/// An act as `availableTransitions` shows it.
pub struct Available<C: LifeCycle> {
    /// Its line.
    pub line: &'static Line<C>,
    /// What stands against it; empty when it is allowed.
    pub blocked_by: Vec<Refusal>,
}

/// The transition that this act makes, or everything that stands against it: TRANSITION_NOT_ALLOWED when the state has no
/// such act, else what the guards found. Duties are not looked at.
pub fn check<C: LifeCycle>(facts: &C::Facts, act: C::Act) -> Result<&'static Line<C>, Vec<Refusal>> {
    let state = C::state(facts);
    let Some(line) = C::TRANSITIONS.iter().find(|line| line.from == state && line.act == act) else {
        let to = C::TRANSITIONS.iter().find(|line| line.act == act).map_or(state, |line| line.to);
        return Err(vec![not_allowed::<C>(state, to)]);
    };
    let found: Vec<_> = line.guards.iter().flat_map(|guard| (guard.check)(facts)).collect();
    if found.is_empty() { Ok(line) } else { Err(found) }
}

/// Every act that the state has, with what blocks it: the lack of its duty, then what [`check`] finds.
pub fn available<C: LifeCycle>(facts: &C::Facts, lacks: impl Fn(Duty) -> Option<Refusal>) -> Vec<Available<C>> {
    let state = C::state(facts);
    let open = C::TRANSITIONS.iter().filter(|line| line.from == state).filter_map(|line| {
        let mut blocked_by: Vec<_> = lacks(line.duty?).into_iter().collect();
        blocked_by.extend(check::<C>(facts, line.act).err().unwrap_or_default());
        Some(Available { line, blocked_by })
    });
    open.collect()
}

/// TRANSITION_NOT_ALLOWED from one state to another.
pub fn not_allowed<C: LifeCycle>(from: C::State, to: C::State) -> Refusal {
    ErrorCode::TransitionNotAllowed.with("from", C::name(from)).with("to", C::name(to))
}

/// A refusal, if something is wrong.
pub fn when(wrong: bool, refusal: impl FnOnce() -> Refusal) -> Vec<Refusal> {
    if wrong { vec![refusal()] } else { Vec::new() }
}
