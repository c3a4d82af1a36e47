//! Acts that write drafts of actions.

use async_graphql::{ID, InputObject};
use entity::improvement::{
    action_activity, action_finding, action_transition, action_unit, improvement_action, improvement_plan,
};
use sea_orm::{ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{follow::plan_of, inputs::ImprovementActionInput, types::IMPROVEMENT_ACTION};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode},
    life_cycle::forgotten,
    organization::entry::obtain,
    store::{ActFault, ChangeSet, FormulatePlan, Granted},
};

/// The acts on drafts of actions.
pub static ACTS: &[&dyn AnyAct] =
    &[act::<ImprovementActionCreate>(), act::<ImprovementActionUpdate>(), act::<ImprovementActionDelete>()];

/// Formular una acción de mejora. Adds a draft to a plan: to one that is a draft, or, where an action had no effect, to one
/// that was approved; there it is submitted by itself.
#[derive(InputObject)]
struct ImprovementActionCreate {
    /// Plan. One that is neither waiting for approval nor closed.
    plan: ID,
    /// Datos. The action.
    input: ImprovementActionInput,
}

impl Act for ImprovementActionCreate {
    const NAME: &'static str = "improvementActionCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen, ErrorCode::DateRangeEmpty];
    const PAYLOAD: &'static Declaration = &IMPROVEMENT_ACTION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let plan = obtain::<improvement_plan::Entity, FormulatePlan>(changes, &self.plan, &["plan"], None).await?;
        Ok(self.input.create(changes, &plan, &["input"]).await?.id().uuid())
    }
}

/// Corregir una acción de mejora. Changes a draft; what was approved changes by a reformulation only.
#[derive(InputObject)]
struct ImprovementActionUpdate {
    /// Acción. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: ImprovementActionInput,
}

impl Act for ImprovementActionUpdate {
    const NAME: &'static str = "improvementActionUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotADraft, ErrorCode::DateRangeEmpty];
    const PAYLOAD: &'static Declaration = &IMPROVEMENT_ACTION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let action = obtain::<improvement_action::Entity, FormulatePlan>(changes, &self.id, &["id"], expected).await?;
        let plan = plan_of(changes, &action).await?;
        let row = self.input.row(changes, &plan, &["input"], Some(action.model())).await?;
        let action = if self.input.has_parts() { changes.touch(action).await? } else { action };
        let action = changes.update(action, row).await?;
        self.input.parts(changes, &action, &["input"]).await?;
        Ok(action.id().uuid())
    }
}

/// Descartar una acción de mejora. Removes a draft that was never submitted; the payload holds nothing then.
#[derive(InputObject)]
struct ImprovementActionDelete {
    /// Acción. A draft that was never submitted.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for ImprovementActionDelete {
    const NAME: &'static str = "improvementActionDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotADraft, ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &IMPROVEMENT_ACTION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let action = obtain::<improvement_action::Entity, FormulatePlan>(changes, &self.id, &["id"], expected).await?;
        let id = action.id();
        discard(changes, action).await.map_err(|fault| fault.within(["id"]))?;
        Ok(id.uuid())
    }
}

/// Removes an action with what hangs on it.
pub(super) async fn discard(
    changes: &mut ChangeSet,
    action: Granted<improvement_action::Entity, FormulatePlan>,
) -> Result<(), ActFault> {
    let id = action.id();
    let own = Condition::all().add(action_finding::Column::ImprovementActionId.eq(id));
    changes.unlink::<action_finding::Entity, _, _>(&action, own).await?;
    let own = Condition::all().add(action_unit::Column::ImprovementActionId.eq(id));
    changes.unlink::<action_unit::Entity, _, _>(&action, own).await?;
    let own = Condition::all().add(action_activity::Column::ImprovementActionId.eq(id));
    for row in changes.follow_all::<action_activity::Entity, _>(&action, own).await? {
        changes.remove(row).await?;
    }
    let steps = Condition::all().add(action_transition::Column::ImprovementActionId.eq(id));
    forgotten(changes, &action, steps).await?;
    changes.remove(action).await.map(drop)
}
