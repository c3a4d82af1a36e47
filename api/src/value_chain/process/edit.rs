//! Drafts of characterizations: edited, discarded.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::value_chain::{ProcessKind, activity, flow, process, process_version};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition,
};
use uuid::Uuid;

use super::{inputs::CharacterizationInput, parts::remove_flow, place::Place};
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode},
    organization::{entry::Texts, rules::validate},
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
    value_chain::{
        types::PROCESS_VERSION,
        version::{draft, forget},
    },
};

/// Corregir una caracterización. Changes a draft, in one act whatever changes in it: texts, place, activities, inputs and
/// outputs.
#[derive(InputObject)]
pub struct ProcessVersionUpdate {
    /// Caracterización. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Datos. What changes.
    input: ProcessVersionUpdateInput,
}

/// Cambios a una caracterización. Absent: unchanged; null: cleared; a list that is given replaces the whole list.
#[derive(InputObject)]
pub struct ProcessVersionUpdateInput {
    /// Proceso superior. Under which it stands.
    parent: MaybeUndefined<ID>,
    /// Tipo. The band of the map in which it is drawn.
    kind: MaybeUndefined<ProcessKind>,
    /// Código. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`, as the organization's pattern asks.
    code: MaybeUndefined<String>,
    /// Nombre. One line of 1 to 200 characters.
    name: MaybeUndefined<String>,
    /// What else it says.
    #[graphql(flatten)]
    characterization: CharacterizationInput,
}

impl Act for ProcessVersionUpdate {
    const NAME: &'static str = "processVersionUpdate";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::NotADraft, ErrorCode::ProcessLevelMismatch, ErrorCode::CodePatternMismatch];
    const PAYLOAD: &'static Declaration = &PROCESS_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = draft::<process_version::Entity>(changes, &self.id, self.expected_version).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let mut row = process_version::ActiveModel {
            kind: texts.present("kind", &input.kind),
            code: texts.edit("code", &input.code, validate::unit_code),
            name: texts.edit("name", &input.name, validate::name),
            ..Default::default()
        };
        input.characterization.write(changes, &version, &mut row, texts).await?;
        row.parent_process_id = stand(changes, &version, &input.parent, &row).await?;
        let version = follow_name(changes, version, &row).await?;
        let before = version.model().row_version;
        let version = changes.update(version, row).await?;
        let parts = input.characterization.write_parts(changes, &version).await?;
        // Who read it before its parts were written has read another version, even when its own row says the same.
        let version = match parts && version.model().row_version == before {
            true => changes.touch(version).await?,
            false => version,
        };
        Ok(version.id().uuid())
    }
}

type Version = Granted<process_version::Entity, FormulateProcess>;

/// Where the draft stands from now on; its code is held against the place that it has then.
async fn stand(
    changes: &ChangeSet,
    version: &Version,
    parent: &MaybeUndefined<ID>,
    row: &process_version::ActiveModel,
) -> Result<sea_orm::ActiveValue<Option<entity::Id<process::Entity>>>, ActFault> {
    if parent.is_undefined() && row.code.is_not_set() {
        return Ok(NotSet);
    }
    let level = changes.follow::<process::Entity, _>(version, version.model().process_id).await?.model().level;
    let place = match parent {
        MaybeUndefined::Undefined => Place::of(changes, version, level, version.model().parent_process_id).await?,
        parent => Place::under(changes, version, level, parent.value()).await?,
    };
    let code = if let Set(code) = &row.code { code } else { &version.model().code };
    place.code(changes, version, code).await?;
    Ok(Set(place.above.map(|above| above.id)))
}

/// A process that was never approved is called what its draft calls it.
async fn follow_name(
    changes: &mut ChangeSet,
    version: Version,
    row: &process_version::ActiveModel,
) -> Result<Version, ActFault> {
    if row.code.is_set() || row.name.is_set() {
        let process = changes.follow::<process::Entity, _>(&version, version.model().process_id).await?;
        if !process.model().published {
            let named = process::ActiveModel { code: row.code.clone(), name: row.name.clone(), ..Default::default() };
            changes.update(process, named).await?;
        }
    }
    Ok(version)
}

/// Descartar una caracterización. Removes a draft with all that it consists of, and the process with it when it is its only
/// version; the payload holds nothing then. What was submitted once is kept: it is returned, and stays a draft.
#[derive(InputObject)]
pub struct ProcessVersionDelete {
    /// Caracterización. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for ProcessVersionDelete {
    const NAME: &'static str = "processVersionDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotADraft, ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &PROCESS_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = draft::<process_version::Entity>(changes, &self.id, self.expected_version).await?;
        forget(changes, &version).await?;
        let of = Condition::all().add(flow::Column::ProcessVersionId.eq(version.id()));
        for flow in changes.follow_all::<flow::Entity, _>(&version, of).await? {
            remove_flow(changes, flow).await?;
        }
        let of = Condition::all().add(activity::Column::ProcessVersionId.eq(version.id()));
        for activity in changes.follow_all::<activity::Entity, _>(&version, of).await? {
            changes.remove(activity).await?;
        }
        let id = version.id().uuid();
        let process = changes.follow::<process::Entity, _>(&version, version.model().process_id).await?;
        let of = Condition::all().add(process_version::Column::ProcessId.eq(process.id()));
        let only = changes.find::<process_version::Entity, _>(&version, of).await?.len() == 1;
        changes.remove(version).await.map_err(|fault| fault.within(["id"]))?;
        if only {
            changes.remove(process).await.map_err(|fault| fault.within(["id"]))?;
        }
        Ok(id)
    }
}
