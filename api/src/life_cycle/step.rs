//! The steps that a version has taken, as rows beside it.

use chrono::NaiveDate;
use entity::{Id, Moment};
use sea_orm::EntityTrait;

use crate::store::{ActFault, ChangeSet, Granted, Recorded, Verb};

/// A step that is to be written down.
pub struct Said<S> {
    /// The state before; none for the step that creates the version.
    pub from: Option<S>,
    /// The state after.
    pub to: S,
    /// The day from which it counts.
    pub date: NaiveDate,
    /// Why.
    pub reason: Option<String>,
}

/// Who took a step, when, by which act.
pub struct Taken {
    /// The instant.
    pub at: Moment,
    /// The account.
    pub account: Id<entity::access::account::Entity>,
    /// The person that it was.
    pub person: Option<Id<entity::organization::person::Entity>>,
    /// The mutation.
    pub act: String,
}

/// A table of steps.
pub trait StepRow: Recorded {
    /// The table of which the rows take the steps.
    type Of: EntityTrait;
    /// Its states.
    type State;

    /// The row of a step.
    fn row(of: Id<Self::Of>, said: Said<Self::State>, taken: Taken) -> Self::ActiveModel;
}

/// Says that a table has the columns of a step: the table, the column and the table of the version, the states.
macro_rules! step_row {
    ($table:ident, $column:ident, $of:path, $state:path) => {
        impl $crate::life_cycle::StepRow for $table::Entity {
            type Of = $of;
            type State = $state;

            fn row(
                of: ::entity::Id<$of>,
                said: $crate::life_cycle::Said<$state>,
                taken: $crate::life_cycle::Taken,
            ) -> $table::ActiveModel {
                use ::sea_orm::ActiveValue::Set;
                $table::ActiveModel {
                    $column: Set(of),
                    from_state: Set(said.from),
                    to_state: Set(said.to),
                    civil_date: Set(said.date),
                    recorded_at: Set(taken.at),
                    account_id: Set(taken.account),
                    person_id: Set(taken.person),
                    act: Set(taken.act),
                    reason: Set(said.reason),
                    ..Default::default()
                }
            }
        }
    };
}
pub(crate) use step_row;

/// Writes a step down under the version.
pub async fn record<R: StepRow, V: Verb>(
    changes: &mut ChangeSet,
    version: &Granted<R::Of, V>,
    said: Said<R::State>,
) -> Result<(), ActFault> {
    let taken = Taken {
        at: changes.now(),
        account: changes.account(),
        person: changes.intent().actor.person(version.organization().uuid()).map(Id::from_uuid),
        act: changes.intent().act.to_owned(),
    };
    changes.create::<R, V>(version, R::row(version.id(), said, taken)).await.map(drop)
}
