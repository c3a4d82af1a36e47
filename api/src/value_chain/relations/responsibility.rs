//! Acts on single responsibilities: what a unit has to do with a process, and who leads it.

use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::NaiveDate;
use entity::{
    Id, Interval,
    value_chain::{ResponsibilityRole, process, process_responsibility},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{
    rules::responsibility::{Responsibility, conflict},
    shared::{in_the_way, responsibility, unit_on},
};
use crate::{
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    organization::{
        entry::{Path, Texts, end, interval, not_over, obtain, take_effect},
        rules::validate,
        staff::within_unit,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
    value_chain::types::PROCESS_RESPONSIBILITY,
};

type Process = Granted<process::Entity, FormulateProcess>;

/// Datos de una responsabilidad. What a unit has to do with the process, and when.
#[derive(InputObject)]
pub(super) struct ProcessResponsibilityCreateInput {
    /// Dependencia. The unit; in force on the first day, and as long as the responsibility.
    unit: ID,
    /// Papel. What it has to do with the process; one unit leads it on a day.
    role: ResponsibilityRole,
    /// Nota. What exactly, up to 4,000 characters.
    note: Option<String>,
    /// Vigente desde. First day on which it holds.
    valid_from: Date,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Asignar una responsabilidad. Says what a unit has to do with a process. A first day in the past takes the right to
/// backdate and a reason.
#[derive(InputObject)]
pub(super) struct ProcessResponsibilityCreate {
    /// Proceso. The process.
    process: ID,
    /// Datos. What the unit has to do with it.
    input: ProcessResponsibilityCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for ProcessResponsibilityCreate {
    const NAME: &'static str = "processResponsibilityCreate";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::DateRangeEmpty,
        ErrorCode::Backdated,
        ErrorCode::UnitNotInForce,
        ErrorCode::UnitEnds,
        ErrorCode::LeadTaken,
        ErrorCode::RolesExclude,
    ];
    const PAYLOAD: &'static Declaration = &PROCESS_RESPONSIBILITY;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let process = obtain::<process::Entity, FormulateProcess>(changes, &self.process, &["process"], None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let note = texts.optional("note", input.note.as_deref(), validate::note);
        texts.done()?;
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_effect(changes, &process, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        let unit = unit_on(changes, &process, &input.unit, days, &["input", "unit"]).await?;
        let row = process_responsibility::ActiveModel {
            process_id: Set(process.id()),
            org_unit_id: Set(unit),
            role: Set(input.role),
            note: Set(note),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..Default::default()
        };
        let new =
            Responsibility { id: Uuid::nil(), process: process.id().uuid(), unit: unit.uuid(), role: input.role, days };
        admit(changes, &process, &new, &["input", "role"]).await?;
        Ok(changes.create::<process_responsibility::Entity, _>(&process, row).await?.id().uuid())
    }
}

/// Is there room for it beside the others of the process? LEAD_TAKEN, DUPLICATE, ROLES_EXCLUDE.
async fn admit(changes: &ChangeSet, process: &Process, new: &Responsibility, path: Path<'_>) -> Result<(), ActFault> {
    match conflict(&of_process(changes, process).await?, new) {
        None => Ok(()),
        Some(found) => Err(in_the_way(changes, process, found).await?.at(path.iter().copied()).into()),
    }
}

/// What all units have, had and will have to do with a process.
async fn of_process(changes: &ChangeSet, process: &Process) -> Result<Vec<Responsibility>, ActFault> {
    let same = Condition::all().add(process_responsibility::Column::ProcessId.eq(process.id()));
    let rows = changes.find::<process_responsibility::Entity, _>(process, same).await?;
    Ok(rows.iter().filter_map(responsibility).collect())
}

/// Cambios a una responsabilidad. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct ProcessResponsibilityUpdateInput {
    /// Nota. What exactly, up to 4,000 characters.
    note: MaybeUndefined<String>,
}

/// Corregir una responsabilidad. Corrects the note of one that has not ended; unit, role and first day stay: end it and
/// assign another.
#[derive(InputObject)]
pub(super) struct ProcessResponsibilityUpdate {
    /// Responsabilidad. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: ProcessResponsibilityUpdateInput,
}

impl Act for ProcessResponsibilityUpdate {
    const NAME: &'static str = "processResponsibilityUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &PROCESS_RESPONSIBILITY;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found =
            obtain::<process_responsibility::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
        let mut texts = Texts::default();
        let note = texts.edit_optional("note", &self.input.note, validate::note);
        texts.done()?;
        let row = process_responsibility::ActiveModel { note, ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

/// Terminar una responsabilidad. Sets the day from which it no longer holds; a later day than the known one extends it.
/// What ended before today stays as it is.
#[derive(InputObject)]
pub(super) struct ProcessResponsibilityEnd {
    /// Responsabilidad. The one to end.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Vigente hasta. The day after the last on which it holds.
    valid_to: Date,
    /// Motivo. Why it is entered only now, when the day lies in the past.
    reason: Option<String>,
}

impl Act for ProcessResponsibilityEnd {
    const NAME: &'static str = "processResponsibilityEnd";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::Frozen,
        ErrorCode::DateRangeEmpty,
        ErrorCode::Backdated,
        ErrorCode::UnitEnds,
        ErrorCode::LeadTaken,
        ErrorCode::RolesExclude,
    ];
    const PAYLOAD: &'static Declaration = &PROCESS_RESPONSIBILITY;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found =
            obtain::<process_responsibility::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
        let days = (found.model().valid_from, found.model().valid_to);
        let left = end(changes, &found, days, self.valid_to.0, self.reason.as_deref())?;
        within_unit(changes, &found, found.model().org_unit_id, left, &["validTo"]).await?;
        let process = changes.follow::<process::Entity, _>(&found, found.model().process_id).await?;
        if let Some(known) = responsibility(found.model()) {
            admit(changes, &process, &Responsibility { days: left, ..known }, &["validTo"]).await?;
        }
        let row = process_responsibility::ActiveModel { valid_to: Set(left.to()), ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

/// Trasladar el liderazgo de un proceso. Lets another unit lead a process from a day on: the lead that holds then ends on
/// that day, and the new one holds as long as it would have.
#[derive(InputObject)]
pub(super) struct ProcessLeadTransfer {
    /// Proceso. The process.
    process: ID,
    /// Dependencia. The unit that leads it from then on.
    unit: ID,
    /// Desde. First day of the new lead.
    from: Date,
    /// Nota. What exactly, up to 4,000 characters.
    note: Option<String>,
    /// Motivo. Why it is entered only now, when the day lies in the past.
    reason: Option<String>,
}

impl Act for ProcessLeadTransfer {
    const NAME: &'static str = "processLeadTransfer";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::Frozen,
        ErrorCode::DateRangeEmpty,
        ErrorCode::Backdated,
        ErrorCode::UnitNotInForce,
        ErrorCode::UnitEnds,
        ErrorCode::LeadTaken,
        ErrorCode::RolesExclude,
    ];
    const PAYLOAD: &'static Declaration = &PROCESS_RESPONSIBILITY;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let process = obtain::<process::Entity, FormulateProcess>(changes, &self.process, &["process"], None).await?;
        let mut texts = Texts::default();
        let note = texts.optional("note", self.note.as_deref(), validate::note);
        texts.done().map_err(|_| ErrorCode::TooLong.at(["note"]).with("maximum", validate::NOTE_LIMIT))?;
        let from = self.from.0;
        take_effect(changes, &process, from, &["from"], self.reason.as_deref())?;
        let present = lead_on(&of_process(changes, &process).await?, from);
        let days = Interval::new(from, present.and_then(|lead| lead.days.to()));
        let days = days.ok_or_else(|| Refusal::from(ErrorCode::DateRangeEmpty).at(["from"]))?;
        let unit = unit_on(changes, &process, &self.unit, days, &["unit"]).await?;
        if let Some(present) = present {
            if present.unit == unit.uuid() {
                return Err(ErrorCode::Duplicate.at(["unit"]).into());
            }
            hand_on(changes, &process, present, from).await?;
        }
        let role = ResponsibilityRole::Leads;
        let (process_id, new_unit) = (process.id().uuid(), unit.uuid());
        let new = Responsibility { id: Uuid::nil(), process: process_id, unit: new_unit, role, days };
        admit(changes, &process, &new, &["from"]).await?;
        let row = process_responsibility::ActiveModel {
            process_id: Set(process.id()),
            org_unit_id: Set(unit),
            role: Set(role),
            note: Set(note),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..Default::default()
        };
        Ok(changes.create::<process_responsibility::Entity, _>(&process, row).await?.id().uuid())
    }
}

fn lead_on(all: &[Responsibility], day: NaiveDate) -> Option<Responsibility> {
    all.iter().find(|row| row.role == ResponsibilityRole::Leads && row.days.contains(day)).copied()
}

/// The lead ends on the day. FROZEN for one that is over, DATE_RANGE_EMPTY for one that begins on that very day.
async fn hand_on(
    changes: &mut ChangeSet,
    process: &Process,
    lead: Responsibility,
    on: NaiveDate,
) -> Result<(), ActFault> {
    not_over(changes, lead.days.to()).map_err(|refusal| refusal.at(["from"]))?;
    let left = lead.days.ended_on(on).ok_or_else(|| ErrorCode::DateRangeEmpty.at(["from"]))?;
    let row = changes.follow::<process_responsibility::Entity, _>(process, Id::from_uuid(lead.id)).await?;
    let ended = process_responsibility::ActiveModel { valid_to: Set(left.to()), ..Default::default() };
    changes.update(row, ended).await.map(drop)
}
