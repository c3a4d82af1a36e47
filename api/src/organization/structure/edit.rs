//! The version's own attributes, and the end of a draft.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::organization::{structure_transition, structure_version};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{
    draft::{Draft, draft_version},
    inputs::{legal_act, remark},
    save::clear,
};
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode},
    organization::{refusals::pass, rules::validate, types::STRUCTURE_VERSION},
    store::{ActFault, ChangeSet, Formulate},
};

/// Corregir los datos de una estructura. Changes a draft's note and legal act.
#[derive(InputObject)]
pub struct StructureVersionUpdate {
    /// Versión de la estructura. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Datos. What changes; absent: unchanged, null: cleared.
    input: StructureVersionUpdateInput,
}

/// Datos de una estructura. Absent: unchanged; null: cleared.
#[derive(InputObject)]
pub struct StructureVersionUpdateInput {
    /// Nota. A remark by those who formulate it, at most 4,000 characters.
    note: MaybeUndefined<String>,
    /// Acto administrativo. The act that adopts it.
    legal_act: MaybeUndefined<ID>,
}

impl Act for StructureVersionUpdate {
    const NAME: &'static str = "structureVersionUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotADraft];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = draft_version(changes, &self.id, self.expected_version).await?;
        let mut change = structure_version::ActiveModel::default();
        if !self.input.note.is_undefined() {
            let note = remark(self.input.note.value().map(String::as_str));
            let check = pass(validate::gather([("note", note.as_deref().and_then(validate::note))]));
            check.map_err(|fault| fault.within(["input"]))?;
            change.note = Set(note);
        }
        match &self.input.legal_act {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => change.legal_act_id = Set(None),
            MaybeUndefined::Value(id) => {
                change.legal_act_id = Set(Some(legal_act(changes, &version, id, &["input", "legalAct"]).await?));
            }
        }
        Ok(changes.update(version, change).await?.id().uuid())
    }
}

/// Descartar un borrador. Removes a draft with its units and posts; the payload holds nothing then. What was submitted
/// once is kept: it is returned, and stays a draft.
#[derive(InputObject)]
pub struct StructureVersionDelete {
    /// Versión de la estructura. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for StructureVersionDelete {
    const NAME: &'static str = "structureVersionDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotADraft, ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let draft = Draft::load(changes, &self.id, self.expected_version).await?;
        let own = Condition::all().add(structure_transition::Column::StructureVersionId.eq(draft.version.id()));
        let steps = changes.follow_all::<structure_transition::Entity, Formulate>(&draft.version, own).await?;
        let version = clear(changes, draft).await?;
        for step in steps {
            changes.remove(step).await?;
        }
        let id = version.id().uuid();
        changes.remove(version).await?;
        Ok(id)
    }
}
