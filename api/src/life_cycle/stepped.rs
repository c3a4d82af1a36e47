//! Rows that keep their state in a column, and the one way in which an act changes it.

use sea_orm::EntityTrait;

use super::{Given, Judged, LifeCycle, Line, Said, StepRow, check, judge, record};
use crate::store::{ActFault, ChangeSet, Granted, Recorded, Verb};

/// A row of which the state is kept.
pub trait Stepped: Recorded {
    /// Where it stands.
    type State: Copy + PartialEq + std::fmt::Debug + 'static;
    /// Its life cycle.
    type Life: Judged<State = Self::State, Facts: Taking>;
    /// Where its steps are written down.
    type Step: StepRow<Of = Self, State = Self::State>;

    /// A change of the row that leaves it in this state.
    fn leading_to(change: Self::ActiveModel, state: Self::State) -> Self::ActiveModel;
    /// Where it stands.
    fn standing(row: &Self::Model) -> Self::State;
}

/// Facts that take what comes with an act.
pub trait Taking {
    /// What the caller says.
    fn take(&mut self, given: Given);
}

/// Says that the facts have a field for what comes with an act.
macro_rules! takes_given {
    ($facts:ty) => {
        impl $crate::life_cycle::Taking for $facts {
            fn take(&mut self, given: $crate::life_cycle::Given) {
                self.given = Some(given);
            }
        }
    };
}
pub(crate) use takes_given;

/// Says that a table keeps its state in the column `state`.
macro_rules! stepped {
    ($table:ident, $state:ty, $life:ty, $steps:ident, $column:ident) => {
        $crate::life_cycle::step_row!($steps, $column, $table::Entity, $state);

        impl $crate::life_cycle::Stepped for $table::Entity {
            type State = $state;
            type Life = $life;
            type Step = $steps::Entity;

            fn leading_to(change: $table::ActiveModel, state: $state) -> $table::ActiveModel {
                $table::ActiveModel { state: ::sea_orm::ActiveValue::Set(state), ..change }
            }

            fn standing(row: &$table::Model) -> $state {
                row.state
            }
        }
    };
}
pub(crate) use stepped;

/// The act of a life cycle of a table.
pub type ActOf<E> = <<E as Stepped>::Life as LifeCycle>::Act;

/// Does an act of the life cycle on a row, with whatever else it changes. TRANSITION_NOT_ALLOWED, or what the guards found.
pub async fn step<E: Stepped, V: Verb>(
    changes: &mut ChangeSet,
    row: Granted<E, V>,
    act: ActOf<E>,
    (given, reason): (Given, Option<String>),
    change: E::ActiveModel,
) -> Result<Granted<E, V>, ActFault> {
    debug_assert_eq!(<E::Life as LifeCycle>::mutation(act), changes.intent().act, "the table names the act");
    let (line, _) = judge::<E::Life, E, V>(changes, &row, act, |facts| facts.take(given)).await?;
    lead(changes, row, line, reason, change).await
}

/// Takes a step that follows from another object's act, when its guards let it; says whether it was taken.
pub async fn follow_step<E: Stepped, V: Verb>(
    changes: &mut ChangeSet,
    row: Granted<E, V>,
    act: ActOf<E>,
    change: E::ActiveModel,
) -> Result<(Granted<E, V>, bool), ActFault> {
    follow_step_because(changes, row, act, None, change).await
}

/// The same with the reason that was given for that act.
pub async fn follow_step_because<E: Stepped, V: Verb>(
    changes: &mut ChangeSet,
    row: Granted<E, V>,
    act: ActOf<E>,
    reason: Option<String>,
    change: E::ActiveModel,
) -> Result<(Granted<E, V>, bool), ActFault> {
    let cells = changes.needs(&row, <E::Life as Judged>::OF, <E::Life as Judged>::FIGURE.needs).await?;
    let read = <E::Life as Judged>::read(super::Cells(&cells), &changes.intent().actor, changes.today());
    match check::<E::Life>(&read.facts, act) {
        Ok(line) => Ok((lead(changes, row, line, reason, change).await?, true)),
        Err(_) => Ok((row, false)),
    }
}

/// Takes the step of a part that an act on the whole takes with it. What the part's guards found, if they do not let it.
pub async fn part_step<E: Stepped, V: Verb>(
    changes: &mut ChangeSet,
    part: Granted<E, V>,
    act: ActOf<E>,
) -> Result<Granted<E, V>, ActFault>
where
    E::ActiveModel: Default,
{
    let cells = changes.needs(&part, <E::Life as Judged>::OF, <E::Life as Judged>::FIGURE.needs).await?;
    let read = <E::Life as Judged>::read(super::Cells(&cells), &changes.intent().actor, changes.today());
    let line = check::<E::Life>(&read.facts, act)?;
    lead(changes, part, line, None, Default::default()).await
}

async fn lead<E: Stepped, V: Verb>(
    changes: &mut ChangeSet,
    row: Granted<E, V>,
    line: &'static Line<E::Life>,
    reason: Option<String>,
    change: E::ActiveModel,
) -> Result<Granted<E, V>, ActFault> {
    // A step that leads back to where it was counts as a change too: `expectedVersion` guards it.
    let row = match line.to == line.from {
        true => changes.touch(row).await?,
        false => row,
    };
    let row = changes.update(row, E::leading_to(change, line.to)).await?;
    let said = Said { from: Some(line.from), to: line.to, date: changes.today(), reason };
    record::<E::Step, V>(changes, &row, said).await?;
    Ok(row)
}

/// Writes down how a row begins.
pub async fn begun<E: Stepped, V: Verb>(
    changes: &mut ChangeSet,
    row: &Granted<E, V>,
    reason: Option<String>,
) -> Result<(), ActFault> {
    let said = Said { from: None, to: E::standing(row.model()), date: changes.today(), reason };
    record::<E::Step, V>(changes, row, said).await
}

/// Writes down a change of a row that leaves it where it stands, with its reason.
pub async fn noted<E: Stepped, V: Verb>(
    changes: &mut ChangeSet,
    row: &Granted<E, V>,
    reason: String,
) -> Result<(), ActFault> {
    let state = E::standing(row.model());
    let said = Said { from: Some(state), to: state, date: changes.today(), reason: Some(reason) };
    record::<E::Step, V>(changes, row, said).await
}

/// Removes the steps of a row that is to be removed.
pub async fn forgotten<E: Stepped, V: Verb>(
    changes: &mut ChangeSet,
    row: &Granted<E, V>,
    steps: sea_orm::Condition,
) -> Result<(), ActFault>
where
    E::Step: EntityTrait,
{
    for step in changes.follow_all::<E::Step, V>(row, steps).await? {
        changes.remove(step).await?;
    }
    Ok(())
}

/// Acts of a life cycle that say no more than which object, as it was read, and why.
macro_rules! step_acts {
    ($table:ident, $payload:ident; $( $(#[doc = $about:literal])+ $Act:ident = $name:literal, $act:expr, $verb:ty, [$($code:ident),* $(,)?]; )+) => { $(
        $(#[doc = $about])+
        #[derive(InputObject)]
        pub(crate) struct $Act {
            /// Objeto. The one on which it is done.
            id: ID,
            /// Versión del registro. The one that was read.
            expected_version: i32,
            /// Motivo. Why, at most 4,000 characters; required where the life cycle says so.
            reason: Option<String>,
        }

        impl $crate::execution::act::Act for $Act {
            const NAME: &'static str = $name;
            const CODES: &'static [$crate::graph::error::ErrorCode] = &[
                $crate::graph::error::ErrorCode::TransitionNotAllowed,
                $( $crate::graph::error::ErrorCode::$code, )*
            ];
            const PAYLOAD: &'static $crate::graph::Declaration = &$payload;

            async fn perform(self, changes: &mut $crate::store::ChangeSet) -> Result<::uuid::Uuid, $crate::store::ActFault> {
                use $crate::organization::entry::{obtain, reason};
                let row = obtain::<$table::Entity, $verb>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
                let reason = reason(self.reason.as_deref())?;
                let given = $crate::life_cycle::Given { date: None, reason: reason.is_some() };
                let row = $crate::life_cycle::step(changes, row, $act, (given, reason), Default::default()).await?;
                Ok(row.id().uuid())
            }
        }
    )+ };
}
pub(crate) use step_acts;
