//! Acts on work groups: made by resolution, outside the versions of the structure.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::organization::work_group;
use sea_orm::ActiveValue::{NotSet, Set};
use uuid::Uuid;

use super::post::unit_on;
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode, scalars::Date},
    organization::{
        entry::{ENDING, Texts, end, follow, interval, not_over, obtain, obtain_in, take_effect},
        rules::validate,
        types::WORK_GROUP,
    },
    store::{ActFault, ChangeSet, Formulate},
};

/// Datos de un grupo interno de trabajo. What the resolution that makes it says.
#[derive(InputObject)]
pub(super) struct WorkGroupCreateInput {
    /// Dependencia. The unit to which it belongs; in force on the group's first day.
    unit: ID,
    /// Acto administrativo. The resolution that makes it.
    legal_act: ID,
    /// Nombre. As the resolution writes it, up to 200 characters.
    name: String,
    /// Objeto. What it is for, up to 4,000 characters.
    purpose: Option<String>,
    /// Vigente desde. First day on which it holds.
    valid_from: Date,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Conformar un grupo interno de trabajo. Makes a group inside a unit; a first day in the past takes the right to
/// backdate and a reason.
#[derive(InputObject)]
pub(super) struct WorkGroupCreate {
    /// Organización. The one whose group it is.
    organization: ID,
    /// Datos. What the resolution says.
    input: WorkGroupCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for WorkGroupCreate {
    const NAME: &'static str = "workGroupCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DateRangeEmpty, ErrorCode::Backdated];
    const PAYLOAD: &'static Declaration = &WORK_GROUP;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization = obtain_in::<Formulate>(changes, &self.organization, &self.input.unit).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let name = texts.required("name", &input.name, validate::name);
        let purpose = texts.optional("purpose", input.purpose.as_deref(), validate::note);
        texts.done()?;
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_effect(changes, &organization, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        let legal_act = follow(changes, &organization, &input.legal_act, &["input", "legalAct"]).await?;
        let row = work_group::ActiveModel {
            org_unit_id: Set(unit_on(changes, &organization, &input.unit, days.from()).await?),
            legal_act_id: Set(legal_act.id()),
            name: Set(name),
            purpose: Set(purpose),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..Default::default()
        };
        Ok(changes.create::<work_group::Entity, _>(&organization, row).await?.id().uuid())
    }
}

/// Cambios a un grupo interno de trabajo. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct WorkGroupUpdateInput {
    /// Dependencia. The unit to which it belongs; only before the group's first day.
    unit: MaybeUndefined<ID>,
    /// Acto administrativo. The resolution that makes it.
    legal_act: MaybeUndefined<ID>,
    /// Nombre. As the resolution writes it, up to 200 characters.
    name: MaybeUndefined<String>,
    /// Objeto. What it is for, up to 4,000 characters.
    purpose: MaybeUndefined<String>,
}

/// Modificar un grupo interno de trabajo. Corrects what is recorded of a group that has not ended; once it began, it
/// stays in its unit.
#[derive(InputObject)]
pub(super) struct WorkGroupUpdate {
    /// Grupo interno de trabajo. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: WorkGroupUpdateInput,
}

impl Act for WorkGroupUpdate {
    const NAME: &'static str = "workGroupUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &WORK_GROUP;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found =
            obtain::<work_group::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        not_over(changes, found.model().valid_to)?;
        let (input, mut texts) = (self.input, Texts::default());
        let mut row = work_group::ActiveModel {
            name: texts.edit("name", &input.name, validate::name),
            purpose: texts.edit_optional("purpose", &input.purpose, validate::note),
            ..Default::default()
        };
        for (field, given) in [("unit", &input.unit), ("legalAct", &input.legal_act)] {
            if given.is_null() {
                texts.refuse(ErrorCode::Required.at([field]));
            }
        }
        texts.done()?;
        row.legal_act_id = match &input.legal_act {
            MaybeUndefined::Value(id) => Set(follow(changes, &found, id, &["input", "legalAct"]).await?.id()),
            _ => NotSet,
        };
        if let MaybeUndefined::Value(id) = &input.unit {
            let unit = unit_on(changes, &found, id, found.model().valid_from).await?;
            if unit != found.model().org_unit_id && found.model().valid_from <= changes.today() {
                return Err(ErrorCode::Frozen.at(["input", "unit"]).into());
            }
            row.org_unit_id = Set(unit);
        }
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

/// Terminar un grupo interno de trabajo. Sets the day from which it no longer holds; a later day than the known one
/// extends it. What ended before today stays as it is.
#[derive(InputObject)]
pub(super) struct WorkGroupEnd {
    /// Grupo interno de trabajo. The one to end.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Vigente hasta. The day after the last on which it holds.
    valid_to: Date,
    /// Motivo. Why it is entered only now, when the day lies in the past.
    reason: Option<String>,
}

impl Act for WorkGroupEnd {
    const NAME: &'static str = "workGroupEnd";
    const CODES: &'static [ErrorCode] = ENDING;
    const PAYLOAD: &'static Declaration = &WORK_GROUP;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found =
            obtain::<work_group::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let days = (found.model().valid_from, found.model().valid_to);
        let left = end(changes, &found, days, self.valid_to.0, self.reason.as_deref())?;
        let row = work_group::ActiveModel { valid_to: Set(left.to()), ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}
