//! Acts on capabilities, with the processes that realize them and the units that they take.

use std::collections::HashMap;

use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::NaiveDate;
use entity::{
    Id,
    organization::{org_unit, organization},
    value_chain::{capability, capability_process, capability_unit, process},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait};
use uuid::Uuid;

use super::shared::{ends, unit_in_force};
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode, scalars::Date},
    organization::{
        entry::{ENDING, Texts, end, follow, interval, obtain, take_effect},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
    value_chain::types::CAPABILITY,
};

type Capability = Granted<capability::Entity, FormulateProcess>;

/// Realización. A process that realizes a capability.
#[derive(InputObject)]
pub(super) struct CapabilityRealizationInput {
    /// Proceso. The process; once in the list.
    process: ID,
    /// Peso. Its part beside the other processes, 1 to 100.
    weight: i32,
}

/// Datos de una capacidad. What it is, and what realizes it.
#[derive(InputObject)]
pub(super) struct CapabilityCreateInput {
    /// Nombre. One line of 1 to 200 characters.
    name: String,
    /// Descripción. What it means, up to 4,000 characters.
    description: Option<String>,
    /// Realizaciones. The processes that realize it; absent: none yet.
    realizations: Option<Vec<CapabilityRealizationInput>>,
    /// Dependencias. Units without which it would not be there, in force on its first day; absent: none.
    units: Option<Vec<ID>>,
    /// Vigente desde. First day on which it holds.
    valid_from: Date,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Definir una capacidad. Names something that the organization is able to do, with the processes that realize it. A first
/// day in the past takes the right to backdate and a reason.
#[derive(InputObject)]
pub(super) struct CapabilityCreate {
    /// Organización. The one that is able to.
    organization: ID,
    /// Datos. What it is.
    input: CapabilityCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for CapabilityCreate {
    const NAME: &'static str = "capabilityCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DateRangeEmpty, ErrorCode::Backdated, ErrorCode::UnitNotInForce];
    const PAYLOAD: &'static Declaration = &CAPABILITY;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization =
            obtain::<organization::Entity, FormulateProcess>(changes, &self.organization, at, None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let name = texts.required("name", &input.name, validate::name);
        let description = texts.optional("description", input.description.as_deref(), validate::note);
        texts.done()?;
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_effect(changes, &organization, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        let realized = realizations(changes, &organization, &input.realizations.unwrap_or_default()).await?;
        let units = units(changes, &organization, &input.units.unwrap_or_default(), days.from()).await?;
        let row = capability::ActiveModel {
            name: Set(name),
            description: Set(description),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..Default::default()
        };
        let capability = changes.create::<capability::Entity, _>(&organization, row).await?;
        realize(changes, &capability, realized).await?;
        for unit in units {
            changes.link::<capability_unit::Entity, _, _>(&capability, part(&capability, unit)).await?;
        }
        Ok(capability.id().uuid())
    }
}

type Realized = Vec<(Id<process::Entity>, i32)>;

/// The processes with their weights. NOT_FOUND, DUPLICATE, INVALID_ARGUMENT.
async fn realizations(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, FormulateProcess>,
    given: &[CapabilityRealizationInput],
) -> Result<Realized, ActFault> {
    let mut found = Realized::new();
    for (at, item) in given.iter().enumerate() {
        let at = at.to_string();
        let place = ["input", "realizations", &at, "process"];
        let process = follow::<process::Entity, _>(changes, cause, &item.process, &place).await?.id();
        if found.iter().any(|(known, _)| *known == process) {
            return Err(ErrorCode::Duplicate.at(place).into());
        }
        if !(1..=100).contains(&item.weight) {
            let weight = ErrorCode::InvalidArgument.at(["input", "realizations", &at, "weight"]);
            return Err(weight.with("expected", "1…100").into());
        }
        found.push((process, item.weight));
    }
    Ok(found)
}

/// The units. NOT_FOUND, DUPLICATE, UNIT_NOT_IN_FORCE.
async fn units(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, FormulateProcess>,
    given: &[ID],
    day: NaiveDate,
) -> Result<Vec<Id<org_unit::Entity>>, ActFault> {
    let mut found = Vec::new();
    for (at, unit) in given.iter().enumerate() {
        let at = at.to_string();
        let place = ["input", "units", &at];
        let unit = unit_in_force(changes, cause, unit, day, &place).await?;
        if found.contains(&unit) {
            return Err(ErrorCode::Duplicate.at(place).into());
        }
        found.push(unit);
    }
    Ok(found)
}

fn part(capability: &Capability, unit: Id<org_unit::Entity>) -> capability_unit::ActiveModel {
    capability_unit::ActiveModel { capability_id: Set(capability.id()), org_unit_id: Set(unit), ..Default::default() }
}

async fn realize(changes: &mut ChangeSet, capability: &Capability, realized: Realized) -> Result<(), ActFault> {
    let rows = realized.into_iter().map(|(process, weight)| capability_process::ActiveModel {
        capability_id: Set(capability.id()),
        process_id: Set(process),
        weight: Set(weight),
        ..Default::default()
    });
    changes.create_many::<capability_process::Entity, _>(capability, rows.collect()).await.map(drop)
}

/// Cambios a una capacidad. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct CapabilityUpdateInput {
    /// Nombre. One line of 1 to 200 characters.
    name: MaybeUndefined<String>,
    /// Descripción. What it means, up to 4,000 characters.
    description: MaybeUndefined<String>,
    /// Realizaciones. All processes that realize it from now on.
    realizations: MaybeUndefined<Vec<CapabilityRealizationInput>>,
    /// Dependencias. All units without which it would not be there; those that are new, in force today or on its first day.
    units: MaybeUndefined<Vec<ID>>,
}

/// Modificar una capacidad. Corrects one that has not ended, what realizes it and the units that it takes.
#[derive(InputObject)]
pub(super) struct CapabilityUpdate {
    /// Capacidad. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: CapabilityUpdateInput,
}

impl Act for CapabilityUpdate {
    const NAME: &'static str = "capabilityUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen, ErrorCode::UnitNotInForce];
    const PAYLOAD: &'static Declaration = &CAPABILITY;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found = obtain::<capability::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let row = capability::ActiveModel {
            name: texts.edit("name", &input.name, validate::name),
            description: texts.edit_optional("description", &input.description, validate::note),
            ..Default::default()
        };
        texts.done()?;
        let before = found.model().row_version;
        let capability = changes.update(found, row).await?;
        let mut parts = false;
        if !input.realizations.is_undefined() {
            let wanted = input.realizations.take().unwrap_or_default();
            let wanted = realizations(changes, &capability, &wanted).await?;
            parts |= realize_anew(changes, &capability, wanted).await?;
        }
        if !input.units.is_undefined() {
            parts |= take_units(changes, &capability, &input.units.take().unwrap_or_default()).await?;
        }
        if parts && capability.model().row_version == before {
            return Ok(changes.touch(capability).await?.id().uuid());
        }
        Ok(capability.id().uuid())
    }
}

/// Makes the realizations equal to these; did anything differ?
async fn realize_anew(changes: &mut ChangeSet, capability: &Capability, wanted: Realized) -> Result<bool, ActFault> {
    let own = Condition::all().add(capability_process::Column::CapabilityId.eq(capability.id()));
    let mut wanted: HashMap<Uuid, (Id<process::Entity>, i32)> =
        wanted.into_iter().map(|item| (item.0.uuid(), item)).collect();
    let mut changed = false;
    for row in changes.follow_all::<capability_process::Entity, _>(capability, own).await? {
        match wanted.remove(&row.model().process_id.uuid()) {
            Some((_, weight)) => {
                changed |= weight != row.model().weight;
                let weighed = capability_process::ActiveModel { weight: Set(weight), ..Default::default() };
                changes.update(row, weighed).await?;
            }
            None => {
                changed = true;
                changes.remove(row).await?;
            }
        }
    }
    changed |= !wanted.is_empty();
    let mut fresh: Realized = wanted.into_values().collect();
    fresh.sort_by_key(|(process, _)| *process);
    realize(changes, capability, fresh).await?;
    Ok(changed)
}

/// Makes the units equal to these; did anything differ?
async fn take_units(changes: &mut ChangeSet, capability: &Capability, given: &[ID]) -> Result<bool, ActFault> {
    let of = Condition::all().add(capability_unit::Column::CapabilityId.eq(capability.id()));
    let known = changes.find::<capability_unit::Entity, _>(capability, of.clone()).await?;
    let known: Vec<_> = known.into_iter().map(|link| link.org_unit_id).collect();
    let day = capability.model().valid_from.max(changes.today());
    let mut wanted = Vec::new();
    for (at, unit) in given.iter().enumerate() {
        let at = at.to_string();
        let place = ["input", "units", &at];
        // One that it takes already may have ended since.
        let unit = match Id::parse(unit).filter(|unit| known.contains(unit)) {
            Some(unit) => unit,
            None => unit_in_force(changes, capability, unit, day, &place).await?,
        };
        if wanted.contains(&unit) {
            return Err(ErrorCode::Duplicate.at(place).into());
        }
        wanted.push(unit);
    }
    let gone = known.iter().filter(|unit| !wanted.contains(unit));
    let fresh: Vec<_> = wanted.iter().filter(|unit| !known.contains(unit)).collect();
    let gone: Vec<_> = gone.collect();
    for unit in &gone {
        let link = of.clone().add(capability_unit::Column::OrgUnitId.eq(**unit));
        changes.unlink::<capability_unit::Entity, _, _>(capability, link).await?;
    }
    for unit in &fresh {
        changes.link::<capability_unit::Entity, _, _>(capability, part(capability, **unit)).await?;
    }
    Ok(!gone.is_empty() || !fresh.is_empty())
}

ends! {
    /// Terminar una capacidad. Sets the day from which it no longer holds; a later day than the known one extends it. What
    /// ended before today stays as it is.
    CapabilityEnd = "capabilityEnd", capability, CAPABILITY, ENDING,
    /// Capacidad. The one to end.
}
