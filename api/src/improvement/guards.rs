//! What acts on progress and on reformulations look at in the row on which they are done (see [`crate::access::guards`]).

use entity::improvement::{ActionState, DecisionCapacity, ReformulationState};
use uuid::Uuid;

use super::{
    rules::window::{Window, is_locked},
    windows::locked,
};
use crate::{
    access::{
        guards::{Found, Guard},
        involved,
        rules::Duty,
        visibility::keys,
    },
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
    reader::arguments::parse_date,
};

const ORGANIZATION: (Sql, Scalar) = (Sql::Column("organization_id"), Scalar::Id);

/// The person that acts in the row's organization, the first need. ACTOR_WITHOUT_PERSON.
fn person(found: &Found<'_>) -> Result<Uuid, Refusal> {
    let person = found.key(0).and_then(|organization| found.actor.person(organization));
    person.ok_or_else(|| ErrorCode::ActorWithoutPerson.into())
}

fn is_state(found: &Found<'_>, at: usize, state: ActionState) -> bool {
    found.text(at) == ActionState::VOCABULARY.by_number(state.number()).map(|term| term.name)
}

/// Work on the action goes on, and whoever acts executes it or signs for its unit. ACTION_NOT_IN_PROGRESS, ACTOR_WITHOUT_PERSON,
/// NOT_EXECUTOR.
pub static REPORTS: Guard = Guard {
    needs: &[
        ORGANIZATION,
        (Sql::Column("state"), Scalar::Enum(&ActionState::VOCABULARY)),
        (Sql::Column("executor_id"), Scalar::Id),
        (Sql::Template(involved::ACTION.units.text), Scalar::Text),
    ],
    check: |found| {
        if !is_state(found, 1, ActionState::InProgress) {
            return Some(ErrorCode::ActionNotInProgress.at(["action"]));
        }
        let person = match person(found) {
            Ok(person) => person,
            Err(refusal) => return Some(refusal),
        };
        let signs = found.actor.may(Duty::SignProgress, found.key(0).unwrap_or_default(), &keys(found.text(3))).is_ok();
        (found.key(2) != Some(person) && !signs).then(|| ErrorCode::NotExecutor.into())
    },
};

/// Nobody signed the report yet, work on its action goes on, another person reported it, and its period is not locked. FROZEN,
/// ACTION_NOT_IN_PROGRESS, ACTOR_WITHOUT_PERSON, SEPARATION_OF_DUTIES, PERIOD_LOCKED.
pub static SIGNS: Guard = Guard {
    needs: &[
        ORGANIZATION,
        (Sql::Column("signed_on"), Scalar::Date),
        (
            Sql::Template("(SELECT a.state FROM improvement_action a WHERE a.id = {t}.improvement_action_id)"),
            Scalar::Enum(&ActionState::VOCABULARY),
        ),
        (Sql::Column("reported_by_id"), Scalar::Id),
        (Sql::Template(PERIODS), Scalar::Text),
    ],
    check: |found| {
        if found.has(1) {
            return Some(ErrorCode::Frozen.at(["id"]));
        }
        if !is_state(found, 2, ActionState::InProgress) {
            return Some(ErrorCode::ActionNotInProgress.at(["id"]));
        }
        match person(found) {
            Err(refusal) => return Some(refusal),
            Ok(person) if found.key(3) == Some(person) => return Some(ErrorCode::SeparationOfDuties.into()),
            Ok(_) => {}
        }
        let periods: Vec<_> = found.text(4).unwrap_or_default().lines().filter_map(period).collect();
        let own = periods.first()?;
        is_locked(own, &periods, found.today).then(|| locked(own).at(["id"]))
    },
};

/// The period of a report, and those after it, the first one first: `from to opens closes`.
const PERIODS: &str = "(SELECT string_agg(CAST(o.period_from AS TEXT) || ' ' || CAST(o.period_to AS TEXT) || ' ' \
     || CAST(o.opens_on AS TEXT) || ' ' || CAST(o.closes_on AS TEXT), '\n' ORDER BY o.period_from) \
     FROM reporting_window o JOIN reporting_window p ON p.organization_id = o.organization_id AND p.period_from <= o.period_from \
     WHERE p.id = {t}.reporting_window_id)";

fn period(line: &str) -> Option<Window> {
    let mut days = line.split(' ').filter_map(parse_date);
    Some(Window { period_from: days.next()?, period_to: days.next()?, opens_on: days.next()?, closes_on: days.next()? })
}

/// The report was signed, and another person reported and signed it. REPORT_NOT_SIGNED, ACTOR_WITHOUT_PERSON,
/// SEPARATION_OF_DUTIES.
pub static RATES: Guard = Guard {
    needs: &[
        ORGANIZATION,
        (Sql::Column("signed_on"), Scalar::Date),
        (Sql::Column("reported_by_id"), Scalar::Id),
        (Sql::Column("signed_by_id"), Scalar::Id),
    ],
    check: |found| {
        if !found.has(1) {
            return Some(ErrorCode::ReportNotSigned.at(["report"]));
        }
        let apart = |person| ![found.key(2), found.key(3)].contains(&Some(person));
        match person(found) {
            Ok(person) => (!apart(person)).then(|| ErrorCode::SeparationOfDuties.into()),
            Err(refusal) => Some(refusal),
        }
    },
};

const ASKED: [(Sql, Scalar); 4] = [
    ORGANIZATION,
    (Sql::Column("state"), Scalar::Enum(&ReformulationState::VOCABULARY)),
    (Sql::Column("requested_by_id"), Scalar::Id),
    (
        Sql::Template(
            "(SELECT string_agg(CAST(v.capacity AS TEXT) || ' ' || CASE WHEN v.person_id IS NULL THEN '-' \
             ELSE {text}(v.person_id) END, '\n' ORDER BY v.id) FROM reformulation_decision v WHERE v.reformulation_id = {t}.id)",
        ),
        Scalar::Text,
    ),
];

/// Senior management has not said anything to it yet, and another person asked for it and endorsed it. FROZEN,
/// ACTOR_WITHOUT_PERSON, SEPARATION_OF_DUTIES.
pub static DECIDES: Guard =
    Guard { needs: &ASKED, check: |found| stands_against(found, DecisionCapacity::SeniorManagement) };
/// The same of control interno.
pub static ENDORSES: Guard =
    Guard { needs: &ASKED, check: |found| stands_against(found, DecisionCapacity::InternalControl) };

/// Who decides says so once: the other half is another person's, in the other capacity.
fn stands_against(found: &Found<'_>, capacity: DecisionCapacity) -> Option<Refusal> {
    let requested = ReformulationState::VOCABULARY.by_number(ReformulationState::Requested.number());
    let said = found.text(3).unwrap_or_default().lines().filter_map(|line| line.split_once(' '));
    let said: Vec<_> = said.map(|(capacity, person)| (capacity.parse(), Uuid::parse_str(person).ok())).collect();
    let again = said.iter().any(|(said, _)| *said == Ok(capacity.number()));
    if found.text(1) != requested.map(|term| term.name) {
        return Some(ErrorCode::Frozen.at(["id"]));
    }
    let person = match person(found) {
        Ok(person) => person,
        Err(refusal) => return Some(refusal),
    };
    if again {
        return Some(ErrorCode::Frozen.at(["id"]));
    }
    let involved = said.iter().any(|(_, by)| *by == Some(person)) || found.key(2) == Some(person);
    involved.then(|| ErrorCode::SeparationOfDuties.into())
}
