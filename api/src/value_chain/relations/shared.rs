//! What these acts share: units and days of their organization.

use async_graphql::ID;
use chrono::NaiveDate;
use entity::{
    Id, Interval,
    organization::{org_unit, unit_version},
    value_chain::{ResponsibilityRole, process_responsibility},
};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait};

use super::rules::responsibility::{Conflict, Responsibility};
use crate::{
    graph::error::{ErrorCode, Refusal},
    organization::{
        entry::{Path, follow},
        staff::within_unit,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
};

/// The unit that an argument names, in force on the first of these days and until their end. NOT_FOUND,
/// UNIT_NOT_IN_FORCE, UNIT_ENDS.
pub async fn unit_on(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, FormulateProcess>,
    unit: &ID,
    days: Interval,
    path: Path<'_>,
) -> Result<Id<org_unit::Entity>, ActFault> {
    let unit = unit_in_force(changes, cause, unit, days.from(), path).await?;
    within_unit(changes, cause, unit, days, path).await?;
    Ok(unit)
}

/// The unit that an argument names, in force on a day. NOT_FOUND, UNIT_NOT_IN_FORCE.
pub async fn unit_in_force(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, FormulateProcess>,
    unit: &ID,
    day: NaiveDate,
    path: Path<'_>,
) -> Result<Id<org_unit::Entity>, ActFault> {
    let unit = follow::<org_unit::Entity, _>(changes, cause, unit, path).await?.id();
    let open = Condition::any().add(unit_version::Column::ValidTo.is_null()).add(unit_version::Column::ValidTo.gt(day));
    let there = Condition::all()
        .add(unit_version::Column::OrgUnitId.eq(unit))
        .add(unit_version::Column::ValidFrom.lte(day))
        .add(open);
    if changes.find::<unit_version::Entity, _>(cause, there).await?.is_empty() {
        let refusal = ErrorCode::UnitNotInForce.at(path.iter().copied());
        return Err(refusal.with("date", day.to_string()).into());
    }
    Ok(unit)
}

/// A row as the rules see it.
pub fn responsibility(row: &process_responsibility::Model) -> Option<Responsibility> {
    Some(Responsibility {
        id: row.id.uuid(),
        process: row.process_id.uuid(),
        unit: row.org_unit_id.uuid(),
        role: row.role,
        days: Interval::new(row.valid_from, row.valid_to)?,
    })
}

/// What stands in the way, as the caller is told it: LEAD_TAKEN, DUPLICATE, ROLES_EXCLUDE.
pub async fn in_the_way(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, FormulateProcess>,
    conflict: Conflict,
) -> Result<Refusal, ActFault> {
    let other = match conflict {
        Conflict::Repeated(other) => return Ok(days(ErrorCode::Duplicate.into(), other.days)),
        Conflict::Excluded(other) => {
            let role = ResponsibilityRole::VOCABULARY.by_number(other.role.number()).map(|term| term.name);
            return Ok(days(ErrorCode::RolesExclude.with("role", role), other.days));
        }
        Conflict::LeadTaken(other) => other,
    };
    let unit = changes.follow::<org_unit::Entity, _>(cause, Id::from_uuid(other.unit)).await?;
    let refusal = Refusal::from(ErrorCode::LeadTaken).with("unit", unit.model().name.clone());
    Ok(days(refusal, other.days))
}

/// A refusal that says from when until when something holds; `to` is null while no end is known.
pub fn days(refusal: Refusal, days: Interval) -> Refusal {
    refusal.with("from", days.from().to_string()).with("to", days.to().map(|to| to.to_string()))
}

/// LATER_CHANGE_KNOWN: something that was decided for a later day stands in the way of a whole set from this one on.
pub fn later_change(day: NaiveDate) -> Refusal {
    Refusal::from(ErrorCode::LaterChangeKnown).with("date", day.to_string())
}

/// ENDS_ALL, at the list, for a whole set that is empty without saying so.
pub fn meant<T>(items: &[T], end_all: Option<bool>, list: &str) -> Result<(), Refusal> {
    if items.is_empty() && end_all != Some(true) { Err(ErrorCode::EndsAll.at([list])) } else { Ok(()) }
}

/// An act that ends a row which holds from a day until a day; `|changes, row, days|` says what stands in the way of the
/// days that are then left to it.
macro_rules! ends {
    ($(#[doc = $about:literal])+ $act:ident = $name:literal, $entity:ident, $payload:ident, $codes:expr,
     $(#[doc = $meaning:literal])+ $(|$changes:ident, $row:ident, $days:ident| $check:expr)?) => {
        $(#[doc = $about])+
        #[derive(InputObject)]
        pub(super) struct $act {
            $(#[doc = $meaning])+
            id: ID,
            /// Versión esperada. Its `version` when it was read.
            expected_version: i32,
            /// Vigente hasta. The day after the last on which it holds.
            valid_to: Date,
            /// Motivo. Why it is entered only now, when the day lies in the past.
            reason: Option<String>,
        }

        impl Act for $act {
            const NAME: &'static str = $name;
            const CODES: &'static [ErrorCode] = $codes;
            const PAYLOAD: &'static Declaration = &$payload;

            async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
                let expected = Some(self.expected_version);
                let found = obtain::<$entity::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
                let days = (found.model().valid_from, found.model().valid_to);
                let left = end(changes, &found, days, self.valid_to.0, self.reason.as_deref())?;
                $( let ($changes, $row, $days) = (&*changes, &found, left);
                $check; )?
                let row = $entity::ActiveModel { valid_to: Set(left.to()), ..Default::default() };
                Ok(changes.update(found, row).await?.id().uuid())
            }
        }
    };
}
pub(super) use ends;
