//! What acts of this area look at in the row on which they are done (see [`crate::access::guards`]).

use chrono::NaiveDate;
use entity::{
    audit::FindingState,
    improvement::{ActionState, PlanKind, PlanState, ReformulationState},
};
use uuid::Uuid;

use super::{states::plan::is_confirmed, windows::locked};
use crate::{
    access::{
        guards::{Found, Guard, when},
        involved,
        rules::Duty,
    },
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
    life_cycle::Cells,
};

type Need = (Sql, Scalar);

const ORGANIZATION: Need = (Sql::Column("organization_id"), Scalar::Id);
const PLAN_STATE: Need = (Sql::Column("state"), Scalar::Enum(&PlanState::VOCABULARY));
const STATE: Need = (Sql::Column("state"), Scalar::Enum(&ActionState::VOCABULARY));
const FINDING: Scalar = Scalar::Enum(&FindingState::VOCABULARY);

/// ACTION_NOT_IN_PROGRESS unless work on the action goes on.
fn at_rest(found: &Found<'_>, at: usize) -> Option<Refusal> {
    when(found.text(at) != Some("IN_PROGRESS"), || ErrorCode::ActionNotInProgress.into())
}

/// The person who acts in the organization of the first need; ACTOR_WITHOUT_PERSON for nobody, SEPARATION_OF_DUTIES for one of
/// those at these places.
fn not_apart(found: &Found<'_>, hands: &[usize]) -> Option<Refusal> {
    match person(found) {
        None => Some(ErrorCode::ActorWithoutPerson.into()),
        Some(person) => {
            when(hands.iter().any(|at| found.key(*at) == Some(person)), || ErrorCode::SeparationOfDuties.into())
        }
    }
}

fn person(found: &Found<'_>) -> Option<Uuid> {
    found.actor.person(found.key(0).unwrap_or_default())
}

/// The plan is not closed. FROZEN.
pub static PLAN_OPEN: Guard =
    Guard { needs: &[PLAN_STATE], check: |found| when(found.text(0) == Some("CLOSED"), || ErrorCode::Frozen.into()) };

/// A draft that was never submitted. NOT_A_DRAFT.
pub static PLAN_NEVER_SUBMITTED: Guard = Guard {
    needs: &[
        PLAN_STATE,
        (
            Sql::Template(
                "(EXISTS (SELECT 1 FROM plan_transition s WHERE s.improvement_plan_id = {t}.id AND s.from_state IS NOT NULL))",
            ),
            Scalar::Boolean,
        ),
    ],
    check: |found| not_a_draft(found).or_else(|| when(found.is(1), || ErrorCode::NotADraft.into())),
};

/// The plan is neither waiting for approval nor closed. FROZEN.
pub static PLAN_TAKES_ACTIONS: Guard = Guard {
    needs: &[PLAN_STATE],
    check: |found| when(matches!(found.text(0), Some("SUBMITTED" | "CLOSED")), || ErrorCode::Frozen.into()),
};

fn not_a_draft(found: &Found<'_>) -> Option<Refusal> {
    when(found.text(0) != Some("DRAFT"), || ErrorCode::NotADraft.into())
}

/// The action is a draft. NOT_A_DRAFT.
pub static ACTION_DRAFT: Guard = Guard { needs: &[STATE], check: not_a_draft };

/// A draft that was never submitted: why it came back is part of the record. NOT_A_DRAFT.
pub static ACTION_NEVER_SUBMITTED: Guard = Guard {
    needs: &[
        STATE,
        (
            Sql::Template(
                "(EXISTS (SELECT 1 FROM action_transition s WHERE s.improvement_action_id = {t}.id \
                 AND s.from_state IS NOT NULL))",
            ),
            Scalar::Boolean,
        ),
    ],
    check: |found| not_a_draft(found).or_else(|| when(found.is(1), || ErrorCode::NotADraft.into())),
};

/// The action's plan is owed to a control body and approved. PLAN_NOT_OWED, PLAN_NOT_APPROVED.
pub static JUDGED_OUTSIDE: Guard = Guard {
    needs: &[
        (
            Sql::Template("(SELECT p.kind FROM improvement_plan p WHERE p.id = {t}.improvement_plan_id)"),
            Scalar::Enum(&PlanKind::VOCABULARY),
        ),
        (
            Sql::Template("(SELECT p.state FROM improvement_plan p WHERE p.id = {t}.improvement_plan_id)"),
            Scalar::Enum(&PlanState::VOCABULARY),
        ),
    ],
    check: |found| {
        let owed = matches!(found.text(0), Some("CONTROL_BODY" | "TERRITORIAL_CONTROL"));
        let waits = matches!(found.text(1), Some("DRAFT" | "SUBMITTED"));
        when(!owed, || ErrorCode::PlanNotOwed.into()).or_else(|| when(waits, || ErrorCode::PlanNotApproved.into()))
    },
};

/// FINDINGS_NOT_CONFIRMED, by its code, for a finding that was not let stand or is closed: the first two needs.
fn not_confirmed(found: &Found<'_>) -> Option<Refusal> {
    let state = Cells(found.cells).word(0, &FindingState::VOCABULARY).and_then(FindingState::from_number);
    when(!state.is_some_and(is_confirmed), || {
        let code: Vec<_> = found.text(1).into_iter().map(str::to_owned).collect();
        ErrorCode::FindingsNotConfirmed.with("findings", code)
    })
}

/// The finding was confirmed and is not closed. FINDINGS_NOT_CONFIRMED.
pub static CONFIRMED: Guard =
    Guard { needs: &[(Sql::Column("state"), FINDING), (Sql::Column("code"), Scalar::Text)], check: not_confirmed };

/// The same of the finding of an analysis.
pub static FINDING_CONFIRMED: Guard = Guard {
    needs: &[
        (Sql::Template("(SELECT f.state FROM finding f WHERE f.id = {t}.finding_id)"), FINDING),
        (Sql::Template("(SELECT f.code FROM finding f WHERE f.id = {t}.finding_id)"), Scalar::Text),
    ],
    check: not_confirmed,
};

/// What is read of the window at this column: its period, and when the next one opens.
macro_rules! window {
    ($what:literal, $window:literal) => {
        (
            Sql::Template(concat!("(SELECT w.", $what, " FROM reporting_window w WHERE w.id = {t}.", $window, ")")),
            Scalar::Date,
        )
    };
    (next $window:literal) => {
        (
            Sql::Template(concat!(
                "(SELECT min(o.opens_on) FROM reporting_window o JOIN reporting_window w \
                 ON o.organization_id = w.organization_id AND o.period_from > w.period_from WHERE w.id = {t}.",
                $window,
                ")"
            )),
            Scalar::Date,
        )
    };
}

/// PERIOD_LOCKED once a later period opened: three needs from this one on.
fn over(found: &Found<'_>, at: usize) -> Option<Refusal> {
    let opened = found.date(at + 2).is_some_and(|next: NaiveDate| next <= found.today);
    found.date(at).zip(found.date(at + 1)).filter(|_| opened).map(|(from, to)| locked(from, to))
}

/// No later period has opened. PERIOD_LOCKED.
pub static WINDOW_LIVE: Guard = Guard {
    needs: &[window!("period_from", "id"), window!("period_to", "id"), window!(next "id")],
    check: |found| over(found, 0),
};

/// Work on the action goes on, and whoever acts executes it or signs for one of its units. ACTION_NOT_IN_PROGRESS,
/// ACTOR_WITHOUT_PERSON, NOT_EXECUTOR.
pub static REPORTED: Guard = Guard {
    needs: &[
        ORGANIZATION,
        STATE,
        (Sql::Column("executor_id"), Scalar::Id),
        (Sql::Template(involved::ACTION.units.text), Scalar::Text),
    ],
    check: |found| {
        let stranger = || {
            let units = Cells(found.cells).keys(3);
            let signs = found.actor.may(Duty::SignProgress, found.key(0).unwrap_or_default(), &units).is_ok();
            when(found.key(2) != person(found) && !signs, || ErrorCode::NotExecutor.into())
        };
        at_rest(found, 1).or_else(|| not_apart(found, &[])).or_else(stranger)
    },
};

/// Nobody signed the report, work on its action goes on, another person than reported acts, and no later period has opened.
/// FROZEN, ACTION_NOT_IN_PROGRESS, ACTOR_WITHOUT_PERSON, SEPARATION_OF_DUTIES, PERIOD_LOCKED.
pub static SIGNED: Guard = Guard {
    needs: &[
        ORGANIZATION,
        (Sql::Column("signed_on"), Scalar::Date),
        (
            Sql::Template("(SELECT a.state FROM improvement_action a WHERE a.id = {t}.improvement_action_id)"),
            Scalar::Enum(&ActionState::VOCABULARY),
        ),
        (Sql::Column("reported_by_id"), Scalar::Id),
        window!("period_from", "reporting_window_id"),
        window!("period_to", "reporting_window_id"),
        window!(next "reporting_window_id"),
    ],
    check: |found| {
        when(found.has(1), || ErrorCode::Frozen.into())
            .or_else(|| at_rest(found, 2))
            .or_else(|| not_apart(found, &[3]))
            .or_else(|| over(found, 4))
    },
};

/// Nobody signed the report, and whoever made it acts. FROZEN, ACTOR_WITHOUT_PERSON, NOT_REPORTER.
pub static WITHDRAWN: Guard = Guard {
    needs: &[ORGANIZATION, (Sql::Column("signed_on"), Scalar::Date), (Sql::Column("reported_by_id"), Scalar::Id)],
    check: |found| {
        let stranger = || when(found.key(2) != person(found), || ErrorCode::NotReporter.into());
        when(found.has(1), || ErrorCode::Frozen.into()).or_else(|| not_apart(found, &[])).or_else(stranger)
    },
};

/// The report was signed, and a third person acts. REPORT_NOT_SIGNED, ACTOR_WITHOUT_PERSON, SEPARATION_OF_DUTIES.
pub static RATED: Guard = Guard {
    needs: &[
        ORGANIZATION,
        (Sql::Column("signed_on"), Scalar::Date),
        (Sql::Column("reported_by_id"), Scalar::Id),
        (Sql::Column("signed_by_id"), Scalar::Id),
    ],
    check: |found| when(!found.has(1), || ErrorCode::ReportNotSigned.into()).or_else(|| not_apart(found, &[2, 3])),
};

/// Dates and target of the action are settled and not met yet, and nobody asks for others. ACTION_NOT_IN_PROGRESS,
/// REFORMULATION_OPEN.
pub static REFORMULATED: Guard = Guard {
    needs: &[
        STATE,
        (
            Sql::Template(
                "(EXISTS (SELECT 1 FROM reformulation r WHERE r.improvement_action_id = {t}.id AND r.state = 1))",
            ),
            Scalar::Boolean,
        ),
    ],
    check: |found| {
        let settled = matches!(found.text(0), Some("APPROVED" | "IN_PROGRESS"));
        when(!settled, || ErrorCode::ActionNotInProgress.into())
            .or_else(|| when(found.is(1), || ErrorCode::ReformulationOpen.into()))
    },
};

/// The request is open, nobody decided it in this capacity, and whoever acts neither asked for it nor decided it in the other.
/// FROZEN, ACTOR_WITHOUT_PERSON, SEPARATION_OF_DUTIES.
macro_rules! decides {
    ($number:literal) => {
        Guard {
            needs: &[
                ORGANIZATION,
                (Sql::Column("state"), Scalar::Enum(&ReformulationState::VOCABULARY)),
                (
                    Sql::Template(concat!(
                        "(EXISTS (SELECT 1 FROM reformulation_decision d WHERE d.reformulation_id = {t}.id AND d.capacity = ",
                        $number,
                        "))"
                    )),
                    Scalar::Boolean,
                ),
                (Sql::Column("requested_by_id"), Scalar::Id),
                (
                    Sql::Template(
                        "(SELECT string_agg({text}(d.person_id), ' ') FROM reformulation_decision d \
                         WHERE d.reformulation_id = {t}.id)",
                    ),
                    Scalar::Text,
                ),
            ],
            check: |found| {
                let decided = found.text(1) != Some("REQUESTED") || found.is(2);
                let has_decided =
                    || person(found).is_some_and(|person| Cells(found.cells).keys(4).contains(&person));
                when(decided, || ErrorCode::Frozen.into())
                    .or_else(|| not_apart(found, &[3]))
                    .or_else(|| when(has_decided(), || ErrorCode::SeparationOfDuties.into()))
            },
        }
    };
}

/// Senior management (capacity 1) has not decided yet.
pub static DECIDED: Guard = decides!(1);
/// Control interno (capacity 2) has not decided yet.
pub static ENDORSED: Guard = decides!(2);
