//! The life cycle of controlled content, as one table: versions of processes and of documents go the same way.

use chrono::NaiveDate;
use entity::value_chain::{ControlledStage, ControlledState};
use uuid::Uuid;

use crate::{
    access::{actor::Actor, rules::Duty},
    graph::error::ErrorCode,
    life_cycle::{self, Cells, Derived, Given, LifeCycle, Line, Read, Use, in_use, left_after, read_uses, when},
};

/// An act that changes the state of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ControlledAct {
    /// Hand a draft in for review.
    Submit,
    /// Send it back to be worked on.
    Return,
    /// Approve it, from a day on.
    Approve,
    /// Take back an approval before its day.
    Unschedule,
    /// End it on a day, without another version in its place.
    Retire,
}

/// What the guards look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlledFacts {
    /// Where the version stands today, see [`state_on`].
    pub state: ControlledState,
    /// What it must say to be submitted and does not, by the names of its fields.
    pub missing: Vec<String>,
    /// Was the process to which it belongs, or under which it stands, ever approved?
    pub anchored: bool,
    /// Its code, where another process has it without a known end: no day would do.
    pub code_taken: Option<String>,
    /// The kind of the process above, where its own is another.
    pub kind_above: Option<String>,
    /// The first day after it, as stored.
    pub valid_to: Option<NaiveDate>,
    /// Another version of the same that was approved for a later day.
    pub later: Vec<Use>,
    /// What stands under its process, and on which days.
    pub below: Vec<Use>,
    /// The person who acts, in the organization of the version; none for an account without one.
    pub actor: Option<Uuid>,
    /// The persons who prepared and submitted it, as far as that is known.
    pub authors: Vec<Uuid>,
    /// What came with the act; none while one only asks what is possible, and then nothing is missed.
    pub given: Option<Given>,
}

type Guard = life_cycle::Guard<ControlledFacts>;

const COMPLETE: Guard = Guard {
    about: "it says what it must (a characterization its objective and an activity, a document where its file lies; \
            after the first version, why it changes)",
    check: |facts| facts.missing.iter().map(|field| ErrorCode::Required.at([field])).collect(),
};
const CODE_FREE: Guard = Guard {
    about: "no other process has its code without a known end",
    check: |facts| {
        let taken = |code: &String| ErrorCode::ProcessCodeTaken.at(["code"]).with("code", code.as_str());
        facts.code_taken.iter().map(taken).collect()
    },
};
const KIND_OF_ABOVE: Guard = Guard {
    about: "it is of the kind of the process above",
    check: |facts| {
        let other = |kind: &String| ErrorCode::ProcessKindMismatch.at(["kind"]).with("kind", kind.as_str());
        facts.kind_above.iter().map(other).collect()
    },
};
const ANCHORED: Guard = Guard {
    about: "the process above it, of a document its process, was approved",
    check: |facts| when(!facts.anchored, || ErrorCode::ProcessNotInForce.into()),
};
const OTHER_PERSON: Guard = Guard {
    about: "a person acts, and another one than prepared or submitted it",
    check: |facts| match facts.actor {
        None => vec![ErrorCode::ActorWithoutPerson.into()],
        Some(actor) => when(facts.authors.contains(&actor), || ErrorCode::SeparationOfDuties.into()),
    },
};
const LAST: Guard =
    Guard { about: "no other version was approved for a later day", check: |facts| in_use(&facts.later, "id") };
const NOTHING_BELOW: Guard = Guard {
    about: "nothing stands under the process on that day or later",
    check: |facts| {
        let day = facts.given.and_then(|given| given.date);
        in_use(left_after(&facts.below, day, facts.valid_to), "id")
    },
};
const REASON_GIVEN: Guard = Guard { about: "a reason is given", check: |facts| Given::lacks_reason(facts.given) };
const START_GIVEN: Guard =
    Guard { about: "a first day is given", check: |facts| Given::lacks_date(facts.given, "validFrom") };
const END_GIVEN: Guard =
    Guard { about: "the first day without it is given", check: |facts| Given::lacks_date(facts.given, "validTo") };

const LINES: &[life_cycle::Transition<ControlledState, ControlledAct, ControlledFacts>] = {
    use ControlledState::{Draft, InForce, InReview, Obsolete, Scheduled};
    use Duty::{ApproveProcesses, FormulateProcesses};
    const fn line(
        from: ControlledState,
        (act, label): (ControlledAct, &'static str),
        to: ControlledState,
        duty: Duty,
        guards: &'static [&'static Guard],
    ) -> Line<ProcessLife> {
        Line::<ProcessLife> { from, to, act, label, duty: Some(duty), guards }
    }
    &[
        line(
            Draft,
            (ControlledAct::Submit, "submit"),
            InReview,
            FormulateProcesses,
            &[&COMPLETE, &CODE_FREE, &KIND_OF_ABOVE],
        ),
        line(InReview, (ControlledAct::Return, "return"), Draft, ApproveProcesses, &[&REASON_GIVEN]),
        line(
            InReview,
            (ControlledAct::Approve, "approve"),
            InForce,
            ApproveProcesses,
            &[&ANCHORED, &CODE_FREE, &KIND_OF_ABOVE, &OTHER_PERSON, &START_GIVEN],
        ),
        line(Scheduled, (ControlledAct::Unschedule, "unschedule"), InReview, ApproveProcesses, &[&REASON_GIVEN, &LAST]),
        line(
            InForce,
            (ControlledAct::Retire, "retire"),
            Obsolete,
            ApproveProcesses,
            &[&REASON_GIVEN, &END_GIVEN, &NOTHING_BELOW],
        ),
    ]
};

const CALENDAR: &[Derived<ControlledState>] = &[
    Derived { from: ControlledState::InReview, to: ControlledState::Scheduled, when: "approved for a day to come" },
    Derived { from: ControlledState::Scheduled, to: ControlledState::InForce, when: "its first day comes" },
    Derived {
        from: ControlledState::InForce,
        to: ControlledState::Obsolete,
        when: "another version takes its place, or the first day after it comes",
    },
];

/// The life cycles that follow the table: of which rows, and by which mutations.
macro_rules! controlled {
    ($( $(#[doc = $about:literal])+ $life:ident: $($act:ident $mutation:literal),+; )+) => { $(
        $(#[doc = $about])+
        pub struct $life;

        impl $life {
            /// The mutation that does an act.
            pub const fn act(act: ControlledAct) -> &'static str {
                match act {
                    $( ControlledAct::$act => $mutation, )+
                }
            }
        }

        impl LifeCycle for $life {
            type State = ControlledState;
            type Act = ControlledAct;
            type Facts = ControlledFacts;

            const TRANSITIONS: &'static [Line<Self>] = LINES;
            const DERIVED: &'static [Derived<ControlledState>] = CALENDAR;

            fn state(facts: &ControlledFacts) -> ControlledState {
                facts.state
            }

            fn name(state: ControlledState) -> &'static str {
                ControlledState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
            }

            fn mutation(act: ControlledAct) -> &'static str {
                Self::act(act)
            }
        }
    )+ };
}

controlled! {
    /// The life cycle of characterizations.
    ProcessLife: Submit "processVersionSubmit", Return "processVersionReturn", Approve "processVersionApprove",
        Unschedule "processVersionUnschedule", Retire "processVersionRetire";
    /// The life cycle of versions of controlled documents.
    DocumentLife: Submit "documentVersionSubmit", Return "documentVersionReturn", Approve "documentVersionApprove",
        Unschedule "documentVersionUnschedule", Retire "documentVersionRetire";
}

/// Where a version stands on a day: drafts and submissions by their stage, an approved one by its interval.
pub fn state_on(
    stage: ControlledStage,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    day: NaiveDate,
) -> ControlledState {
    match (stage, valid_from) {
        (ControlledStage::Draft, _) => ControlledState::Draft,
        (ControlledStage::InReview, _) => ControlledState::InReview,
        (ControlledStage::Approved, Some(from)) if from <= day => match valid_to {
            Some(end) if end <= day => ControlledState::Obsolete,
            _ => ControlledState::InForce,
        },
        (ControlledStage::Approved, _) => ControlledState::Scheduled,
    }
}

/// What the facts are read from, in this order, whatever the version is of: the table of its steps, their column, the
/// process to which it belongs, what it misses (names of fields, apart by spaces), whether it is anchored, its number of a
/// kind, table and column of what it is a version of, what stands below, its code where it is taken, the
/// kind of the process above where its own is another.
macro_rules! controlled_needs {
    ($steps:literal, $column:literal, $process:expr, $missing:expr, $anchored:expr, $kind:literal, $of:literal, $whole:literal, $below:expr, $code:expr, $kind_above:expr) => {
        &[
            (Sql::Column("organization_id"), Scalar::Id),
            (Sql::Column("stage"), Scalar::Enum(&::entity::value_chain::ControlledStage::VOCABULARY)),
            (Sql::Column("valid_from"), Scalar::Date),
            (Sql::Column("valid_to"), Scalar::Date),
            (Sql::Column("prepared_by_id"), Scalar::Id),
            ($process, Scalar::Id),
            $crate::life_cycle::submitted!(person, $steps, $column, "s.from_state = 1 AND s.to_state = 2"),
            $crate::life_cycle::submitted!(account, $steps, $column, "s.from_state = 1 AND s.to_state = 2"),
            $crate::life_cycle::submitted!(answerable, $steps, $column, "s.from_state = 1 AND s.to_state = 2"),
            (Sql::Template($missing), Scalar::Text),
            (Sql::Template($anchored), Scalar::Boolean),
            (
                Sql::Template($crate::life_cycle::uses!(concat!(
                    $crate::life_cycle::used_by!($kind, "w", "1", "CAST(w.number AS TEXT)"),
                    " FROM ",
                    $of,
                    " w WHERE w.",
                    $whole,
                    " = {t}.",
                    $whole,
                    " AND w.stage = 3 AND w.valid_from > {t}.valid_from"
                ))),
                Scalar::Text,
            ),
            (Sql::Template($below), Scalar::Text),
            (Sql::Template($code), Scalar::Text),
            (Sql::Template($kind_above), Scalar::Enum(&::entity::value_chain::ProcessKind::VOCABULARY)),
        ]
    };
}
pub(super) use controlled_needs;

/// The facts in the cells of [`controlled_needs`].
pub(super) fn read(cells: Cells<'_>, actor: &Actor, today: NaiveDate) -> Read<ControlledFacts> {
    let organization = cells.key(0).unwrap_or_default();
    let person = actor.person(organization);
    let stage = cells.text(1).and_then(|name| ControlledStage::VOCABULARY.by_name(name));
    let stage = stage.and_then(|term| ControlledStage::from_number(term.number)).unwrap_or(ControlledStage::Draft);
    let submitter = cells.submitter(6, actor, person);
    let facts = ControlledFacts {
        state: state_on(stage, cells.date(2), cells.date(3), today),
        missing: cells.text(9).unwrap_or_default().split_whitespace().map(ToOwned::to_owned).collect(),
        anchored: cells.is_true(10),
        code_taken: cells.text(13).map(ToOwned::to_owned),
        kind_above: cells.text(14).map(ToOwned::to_owned),
        valid_to: cells.date(3),
        later: read_uses(cells.text(11), organization, actor),
        below: read_uses(cells.text(12), organization, actor),
        actor: person,
        authors: cells.key(4).into_iter().chain(submitter).collect(),
        given: None,
    };
    Read { facts, organization, units: cells.key(5).into_iter().collect() }
}

/// The part of `docs/life-cycles.md` about controlled content.
pub fn controlled_markdown() -> String {
    let about = "Versions of processes (`processVersion…`) and of controlled documents (`documentVersion…`) go the same \
                 way. The database keeps\nhow far the review has come and the interval; the rest follows from these. \
                 `approve` with a future first day leaves the version\nSCHEDULED until then; on that day it takes the place \
                 of the one before.";
    let (first, last) = (ControlledState::Draft, Some(ControlledState::Obsolete));
    life_cycle::section::<ProcessLife>(
        "Characterization and document version (caracterización, versión de documento)",
        about,
        first,
        last,
    )
}

#[cfg(test)]
mod tests;
