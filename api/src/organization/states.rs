//! The life cycle of a structure version, as one table.

use chrono::NaiveDate;
use entity::Interval;
use uuid::Uuid;

use super::rules::vocabulary::{StructureStage, StructureState};
use crate::{
    access::rules::Duty,
    graph::error::ErrorCode,
    life_cycle::{self, Derived, Given, LifeCycle, Line, Use, in_use, not_allowed, when},
};

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
    /// What was decided since it was scheduled and rests on it.
    pub rests: Vec<Use>,
    /// The person who acts, in the organization of the version; none for an account without one.
    pub actor: Option<Uuid>,
    /// The person who handed the version in last, where that is known.
    pub submitter: Option<Uuid>,
    /// What came with the act; none while one only asks what is possible, and then nothing is missed.
    pub given: Option<Given>,
}

type Guard = life_cycle::Guard<StructureFacts>;

const NOT_EMPTY: Guard = Guard {
    about: "has at least one unit",
    check: |facts| when(facts.unit_count == 0, || ErrorCode::EmptyStructure.at(["units"])),
};
const ONE_TREE: Guard = Guard {
    about: "its units form one tree",
    check: |facts| {
        let whole = facts.unit_count == 0 || facts.root_count == 1 && facts.adrift_count == 0;
        when(!whole, || ErrorCode::NotOneTree.at(["units"]))
    },
};
const CODES_UNIQUE: Guard = Guard {
    about: "no two units have one code",
    check: |facts| {
        let taken = |unit_code: &String| ErrorCode::UnitCodeTaken.at(["units"]).with("code", unit_code.as_str());
        facts.repeated_codes.iter().map(taken).collect()
    },
};
const MAPPED: Guard = Guard {
    about: "every vanished unit says where its responsibilities go, or that they end",
    check: |facts| {
        let unmapped =
            |unit: &String| ErrorCode::ResponsibilitiesUnmapped.at(["successions"]).with("unit", unit.as_str());
        facts.unmapped_units.iter().map(unmapped).collect()
    },
};
const LEGAL_ACT: Guard = Guard {
    about: "names its legal act",
    check: |facts| when(!facts.has_legal_act, || ErrorCode::LegalActRequired.at(["legalAct"])),
};
const OTHER_PERSON: Guard = Guard {
    about: "a person acts, and another one than submitted it",
    check: |facts| match facts.actor {
        None => vec![ErrorCode::ActorWithoutPerson.into()],
        same => when(same == facts.submitter, || ErrorCode::SeparationOfDuties.into()),
    },
};
const NOT_SCHEDULED: Guard = Guard {
    about: "its first day is not fixed yet",
    check: |facts| {
        when(facts.valid_from.is_some(), || not_allowed::<StructureLife>(facts.state, StructureState::InForce))
    },
};
const SCHEDULED: Guard = Guard {
    about: "its first day is fixed and has not come",
    check: |facts| {
        when(facts.valid_from.is_none(), || not_allowed::<StructureLife>(facts.state, StructureState::Approved))
    },
};
const FREE: Guard = Guard {
    about: "nothing that was decided since rests on it: no later version, no holding of a post that it makes, nothing in a unit \
            that only it has, no responsibility that crosses one that would go on again",
    check: |facts| in_use(&facts.rests, "id"),
};
const START_GIVEN: Guard =
    Guard { about: "a first day is given", check: |facts| Given::lacks_date(facts.given, "validFrom") };
const END_GIVEN: Guard =
    Guard { about: "the first day without it is given", check: |facts| Given::lacks_date(facts.given, "validTo") };
const RULING_GIVEN: Guard =
    Guard { about: "the date of the ruling is given", check: |facts| Given::lacks_date(facts.given, "from") };
const REASON_GIVEN: Guard = Guard { about: "a reason is given", check: |facts| Given::lacks_reason(facts.given) };

/// The life cycle of structure versions.
pub struct StructureLife;

impl LifeCycle for StructureLife {
    type State = StructureState;
    type Act = StructureAct;
    type Facts = StructureFacts;

    const TRANSITIONS: &'static [Line<Self>] = {
        use Duty::{ApproveStructure, FormulateStructure};
        use StructureAct::{Annul, Approve, PutInForce, Repeal, ReturnToDraft, Submit, Unschedule};
        use StructureState::{Annulled, Approved, Draft, InForce, Repealed, UnderApproval};
        const fn line(
            from: StructureState,
            (act, label): (StructureAct, &'static str),
            to: StructureState,
            duty: Duty,
            guards: &'static [&'static Guard],
        ) -> Line<StructureLife> {
            Line::<StructureLife> { from, to, act, label, duty: Some(duty), guards }
        }
        const ANNUL: (StructureAct, &str) = (Annul, "annul");
        &[
            line(Draft, (Submit, "submit"), UnderApproval, FormulateStructure, &[&NOT_EMPTY, &ONE_TREE, &CODES_UNIQUE]),
            line(UnderApproval, (ReturnToDraft, "returnToDraft"), Draft, ApproveStructure, &[&REASON_GIVEN]),
            line(
                UnderApproval,
                (Approve, "approve"),
                Approved,
                ApproveStructure,
                &[&NOT_EMPTY, &ONE_TREE, &CODES_UNIQUE, &MAPPED, &OTHER_PERSON],
            ),
            line(
                Approved,
                (PutInForce, "putInForce"),
                InForce,
                ApproveStructure,
                &[&NOT_SCHEDULED, &LEGAL_ACT, &START_GIVEN],
            ),
            line(Approved, (Unschedule, "unschedule"), Approved, ApproveStructure, &[&SCHEDULED, &REASON_GIVEN, &FREE]),
            line(InForce, (Repeal, "repeal"), Repealed, ApproveStructure, &[&REASON_GIVEN, &END_GIVEN]),
            line(Approved, ANNUL, Annulled, ApproveStructure, &[&REASON_GIVEN, &RULING_GIVEN]),
            line(InForce, ANNUL, Annulled, ApproveStructure, &[&REASON_GIVEN, &RULING_GIVEN]),
            line(Repealed, ANNUL, Annulled, ApproveStructure, &[&REASON_GIVEN, &RULING_GIVEN]),
        ]
    };
    const DERIVED: &'static [Derived<StructureState>] = &[
        Derived { from: StructureState::Approved, to: StructureState::InForce, when: "its first day comes" },
        Derived { from: StructureState::InForce, to: StructureState::Repealed, when: "the first day after it comes" },
    ];

    fn state(facts: &StructureFacts) -> StructureState {
        facts.state
    }

    fn name(state: StructureState) -> &'static str {
        StructureState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
    }

    fn mutation(act: StructureAct) -> &'static str {
        act.mutation()
    }
}

/// The part of `docs/life-cycles.md` about structure versions.
pub fn structure_markdown() -> String {
    let about = "The database keeps only how far the writing has come, the interval and the date of a ruling. Whether an \
                 approved\nversion is in force on a day follows from these. `putInForce` with a future date therefore \
                 leaves the version\nAPPROVED until that day, and ends the one before it on that day.";
    let (first, last) = (StructureState::Draft, Some(StructureState::Annulled));
    life_cycle::section::<StructureLife>("Structure version (estructura)", about, first, last)
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

#[cfg(test)]
mod tests;
