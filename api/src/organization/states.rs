//! The life cycle of a structure version, as one table.
//!
//! The acts, `availableTransitions`, the documentation page and its diagram all read [`TRANSITIONS`]; what an
//! act is blocked by and what is said beforehand to block it therefore cannot differ.

use chrono::NaiveDate;
use entity::Interval;
use uuid::Uuid;

use super::rules::vocabulary::{StructureStage, StructureState};
use super::rules::{Violation, code};
use crate::access::rules::Duty;

mod page;

pub use page::life_cycle_markdown;

/// An act that changes the state of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StructureAct {
    /// Hand a draft in for approval.
    Submit,
    /// Send it back to be worked on.
    ReturnToDraft,
    /// Approve it.
    Approve,
    /// Let it rule from a date on.
    PutInForce,
    /// Take back a first day that has not come.
    Unschedule,
    /// End it on a date.
    Repeal,
    /// Record that a court took its act away.
    Annul,
}

impl StructureAct {
    /// The mutation that does it, by its GraphQL name.
    pub const fn mutation(self) -> &'static str {
        match self {
            Self::Submit => "structureVersionSubmit",
            Self::ReturnToDraft => "structureVersionReturn",
            Self::Approve => "structureVersionApprove",
            Self::PutInForce => "structureVersionPutInForce",
            Self::Unschedule => "structureVersionUnschedule",
            Self::Repeal => "structureVersionRepeal",
            Self::Annul => "structureVersionAnnul",
        }
    }

    /// The act as the documentation names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::ReturnToDraft => "returnToDraft",
            Self::Approve => "approve",
            Self::PutInForce => "putInForce",
            Self::Unschedule => "unschedule",
            Self::Repeal => "repeal",
            Self::Annul => "annul",
        }
    }
}

/// What a caller says together with an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The date from which the act takes effect.
    pub date: Option<NaiveDate>,
    /// Whether there is a reason.
    pub reason: bool,
}

/// What the guards look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructureFacts {
    /// Where the version stands today, see [`state_on`].
    pub state: StructureState,
    /// Does it name a legal act, be it one that comes with this very call?
    pub has_legal_act: bool,
    /// Its first day as stored, not as given with this call; only putting it in force sets it.
    pub valid_from: Option<NaiveDate>,
    /// The first day after it, as stored.
    pub valid_to: Option<NaiveDate>,
    /// How many units it has; this and the three that follow are what [`super::rules::tree::shape`] counts.
    pub unit_count: usize,
    /// How many of them have no unit above.
    pub root_count: usize,
    /// How many stand on a cycle or name a unit above that is not there.
    pub adrift_count: usize,
    /// Codes that more than one unit has.
    pub repeated_codes: Vec<String>,
    /// Names of the units that vanish without word of their responsibilities.
    pub unmapped_units: Vec<String>,
    /// The person who acts, in the organization of the version; none for an account without one.
    pub actor: Option<Uuid>,
    /// The person who handed the version in last, where that is known.
    pub submitter: Option<Uuid>,
    /// What came with the act; none while one only asks what is possible, and then nothing is missed.
    pub given: Option<Given>,
}

/// A condition of a transition.
pub struct Guard {
    /// What must be so, for the documentation.
    pub about: &'static str,
    /// Everything that is not so.
    pub check: fn(&StructureFacts) -> Vec<Violation>,
}

/// One line of the life cycle.
pub struct Transition {
    /// The state before.
    pub from: StructureState,
    /// The state that the act leads to, once its date is reached.
    pub to: StructureState,
    /// The act.
    pub act: StructureAct,
    /// The duty that it takes; the table of rules says which roles have it.
    pub duty: Duty,
    /// What must be so.
    pub guards: &'static [&'static Guard],
}

/// A change of state that comes with the calendar, without an act.
pub struct Derived {
    /// The state before.
    pub from: StructureState,
    /// The state after.
    pub to: StructureState,
    /// The day on which it happens.
    pub when: &'static str,
}

static NOT_EMPTY: Guard = Guard {
    about: "has at least one unit",
    check: |facts| when(facts.unit_count == 0, || Violation::new(code::EMPTY_STRUCTURE).under(["units"])),
};
static ONE_TREE: Guard = Guard {
    about: "its units form one tree",
    check: |facts| {
        let whole = facts.unit_count == 0 || facts.root_count == 1 && facts.adrift_count == 0;
        when(!whole, || Violation::new(code::NOT_ONE_TREE).under(["units"]))
    },
};
static CODES_UNIQUE: Guard = Guard {
    about: "no two units have one code",
    check: |facts| {
        let taken = |unit_code| Violation::new(code::UNIT_CODE_TAKEN).with("code", unit_code).under(["units"]);
        facts.repeated_codes.iter().map(taken).collect()
    },
};
static MAPPED: Guard = Guard {
    about: "every vanished unit says where its responsibilities go, or that they end",
    check: |facts| {
        let unmapped = |unit| Violation::new(code::RESPONSIBILITIES_UNMAPPED).with("unit", unit).under(["successions"]);
        facts.unmapped_units.iter().map(unmapped).collect()
    },
};
static LEGAL_ACT: Guard = Guard {
    about: "names its legal act",
    check: |facts| when(!facts.has_legal_act, || Violation::new(code::LEGAL_ACT_REQUIRED).under(["legalAct"])),
};
static OTHER_PERSON: Guard = Guard {
    about: "a person acts, and another one than submitted it",
    check: |facts| match facts.actor {
        None => vec![Violation::new(code::ACTOR_WITHOUT_PERSON)],
        same => when(same == facts.submitter, || Violation::new(code::SEPARATION_OF_DUTIES)),
    },
};
static NOT_SCHEDULED: Guard = Guard {
    about: "its first day is not fixed yet",
    check: |facts| when(facts.valid_from.is_some(), || not_allowed(facts.state, StructureState::InForce)),
};
static SCHEDULED: Guard = Guard {
    about: "its first day is fixed and has not come",
    check: |facts| when(facts.valid_from.is_none(), || not_allowed(facts.state, StructureState::Approved)),
};
static START_GIVEN: Guard = Guard { about: "a first day is given", check: |facts| date_missing(facts, "validFrom") };
static END_GIVEN: Guard =
    Guard { about: "the first day without it is given", check: |facts| date_missing(facts, "validTo") };
static RULING_GIVEN: Guard =
    Guard { about: "the date of the ruling is given", check: |facts| date_missing(facts, "from") };
static REASON_GIVEN: Guard = Guard {
    about: "a reason is given",
    check: |facts| {
        when(facts.given.is_some_and(|given| !given.reason), || Violation::new(code::REASON_REQUIRED).under(["reason"]))
    },
};

/// The life cycle.
pub static TRANSITIONS: &[Transition] = {
    use Duty::{ApproveStructure, FormulateStructure};
    use StructureAct::{Annul, Approve, PutInForce, Repeal, ReturnToDraft, Submit, Unschedule};
    use StructureState::{Annulled, Approved, Draft, InForce, Repealed, UnderApproval};
    const fn line(
        from: StructureState,
        act: StructureAct,
        to: StructureState,
        duty: Duty,
        guards: &'static [&'static Guard],
    ) -> Transition {
        Transition { from, to, act, duty, guards }
    }
    &[
        line(Draft, Submit, UnderApproval, FormulateStructure, &[&NOT_EMPTY, &ONE_TREE, &CODES_UNIQUE]),
        line(UnderApproval, ReturnToDraft, Draft, ApproveStructure, &[&REASON_GIVEN]),
        line(
            UnderApproval,
            Approve,
            Approved,
            ApproveStructure,
            &[&NOT_EMPTY, &ONE_TREE, &CODES_UNIQUE, &MAPPED, &OTHER_PERSON],
        ),
        line(Approved, PutInForce, InForce, ApproveStructure, &[&NOT_SCHEDULED, &LEGAL_ACT, &START_GIVEN]),
        line(Approved, Unschedule, Approved, ApproveStructure, &[&SCHEDULED, &REASON_GIVEN]),
        line(InForce, Repeal, Repealed, ApproveStructure, &[&REASON_GIVEN, &END_GIVEN]),
        line(Approved, Annul, Annulled, ApproveStructure, &[&REASON_GIVEN, &RULING_GIVEN]),
        line(InForce, Annul, Annulled, ApproveStructure, &[&REASON_GIVEN, &RULING_GIVEN]),
        line(Repealed, Annul, Annulled, ApproveStructure, &[&REASON_GIVEN, &RULING_GIVEN]),
    ]
};

/// What the calendar does by itself.
pub static DERIVED: &[Derived] = &[
    Derived { from: StructureState::Approved, to: StructureState::InForce, when: "its first day comes" },
    Derived { from: StructureState::InForce, to: StructureState::Repealed, when: "the first day after it comes" },
];

/// An act as `availableTransitions` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// The state that it leads to.
    pub to: StructureState,
    /// The act.
    pub act: StructureAct,
    /// Would it be done, given a date and a reason where it takes one?
    pub allowed: bool,
    /// What stands against it; empty exactly when it is allowed.
    pub blocked_by: Vec<Violation>,
}

/// The transition that this act makes, or everything that stands against it: TRANSITION_NOT_ALLOWED(from, to)
/// when the state has no such act, else what the guards found. Duties are not looked at.
pub fn check(facts: &StructureFacts, act: StructureAct) -> Result<&'static Transition, Vec<Violation>> {
    match TRANSITIONS.iter().find(|line| line.from == facts.state && line.act == act) {
        Some(line) => {
            let violations: Vec<_> = line.guards.iter().flat_map(|guard| (guard.check)(facts)).collect();
            if violations.is_empty() { Ok(line) } else { Err(violations) }
        }
        None => {
            let to = TRANSITIONS.iter().find(|line| line.act == act).map_or(facts.state, |line| line.to);
            Err(vec![not_allowed(facts.state, to)])
        }
    }
}

/// Every act that the version's state has, with what blocks it for a caller who has these duties: what [`check`]
/// finds, after FORBIDDEN when the duty is missing.
pub fn available_transitions(facts: &StructureFacts, has: impl Fn(Duty) -> bool) -> Vec<Available> {
    let lines = TRANSITIONS.iter().filter(|line| line.from == facts.state);
    let answer = |line: &Transition| {
        let mut blocked_by = when(!has(line.duty), || Violation::new(code::FORBIDDEN));
        blocked_by.extend(check(facts, line.act).err().unwrap_or_default());
        Available { to: line.to, act: line.act, allowed: blocked_by.is_empty(), blocked_by }
    };
    lines.map(answer).collect()
}

/// Where a version stands on a day: drafts and submissions by their stage; an approved one by its interval
/// `[valid_from, valid_to)`, and from a ruling on it is annulled whatever the interval says.
pub fn state_on(
    stage: StructureStage,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    annulled_from: Option<NaiveDate>,
    day: NaiveDate,
) -> StructureState {
    match (stage, valid_from) {
        (StructureStage::Draft, _) => StructureState::Draft,
        (StructureStage::UnderApproval, _) => StructureState::UnderApproval,
        _ if annulled_from.is_some_and(|ruling| ruling <= day) => StructureState::Annulled,
        (StructureStage::Approved, Some(from)) if from <= day => match Interval::new(from, valid_to) {
            Some(interval) if interval.contains(day) => StructureState::InForce,
            _ => StructureState::Repealed,
        },
        (StructureStage::Approved, _) => StructureState::Approved,
    }
}

/// TRANSITION_NOT_ALLOWED(from, to).
pub fn not_allowed(from: StructureState, to: StructureState) -> Violation {
    Violation::new(code::TRANSITION_NOT_ALLOWED).with("from", state_name(from)).with("to", state_name(to))
}

/// The state as the schema writes it.
pub fn state_name(state: StructureState) -> &'static str {
    StructureState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
}

fn when(wrong: bool, violation: impl FnOnce() -> Violation) -> Vec<Violation> {
    if wrong { vec![violation()] } else { Vec::new() }
}

fn date_missing(facts: &StructureFacts, field: &str) -> Vec<Violation> {
    let missing = facts.given.is_some_and(|given| given.date.is_none());
    when(missing, || Violation::new(code::START_DATE_REQUIRED).under([field]))
}

#[cfg(test)]
mod tests;
