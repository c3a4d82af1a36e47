//! Acts on the checklist of an audit.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    audit::{ChecklistResult, audit, checklist_item},
    value_chain::process,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition,
};
use uuid::Uuid;

use super::{
    evidence::attach,
    inputs::{bounded, requirement},
    types::{AUDIT, CHECKLIST_ITEM},
};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode},
    organization::{
        entry::{DocumentReferenceInput, Texts, link, obtain},
        rules::validate,
    },
    store::{ActFault, ChangeSet, DoAudit},
};

/// The acts on checklists.
pub static ACTS: &[&dyn AnyAct] =
    &[act::<ChecklistItemsCreate>(), act::<ChecklistItemAnswer>(), act::<ChecklistItemDelete>()];

/// Pregunta nueva. What is asked.
#[derive(InputObject)]
struct ChecklistItemInput {
    /// Pregunta. Up to 4,000 characters.
    question: String,
    /// Requisito. Against what it is held.
    requirement: Option<ID>,
    /// Proceso. Where it is asked.
    process: Option<ID>,
}

/// Ampliar la lista de verificación. Adds questions at its end, at most 200 at once.
#[derive(InputObject)]
struct ChecklistItemsCreate {
    /// Auditoría. One without a final report.
    audit: ID,
    /// Preguntas. In their order.
    input: Vec<ChecklistItemInput>,
}

impl Act for ChecklistItemsCreate {
    const NAME: &'static str = "checklistItemsCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotOnTeam, ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &AUDIT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let audit = obtain::<audit::Entity, DoAudit>(changes, &self.audit, &["audit"], None).await?;
        bounded(&self.input, &["input"])?;
        let of = Condition::all().add(checklist_item::Column::AuditId.eq(audit.id()));
        let known = changes.find::<checklist_item::Entity, _>(&audit, of).await?;
        let first = known.iter().map(|item| item.position + 1).max().unwrap_or(0);
        let mut rows = Vec::with_capacity(self.input.len());
        for (at, (position, item)) in (first..).zip(&self.input).enumerate() {
            let at = at.to_string();
            let (mut all, mut own) = (Texts::default(), Texts::default());
            let question = own.required("question", &item.question, validate::note);
            all.nest_at(&[&at], own);
            all.done()?;
            let requirement_id = match &item.requirement {
                Some(id) => Some(requirement(changes, id, &["input", &at, "requirement"]).await?),
                None => None,
            };
            let place = ["input", &at, "process"];
            let process = link::<process::Entity, _>(changes, &audit, item.process.as_ref(), &place).await?;
            rows.push(checklist_item::ActiveModel {
                audit_id: Set(audit.id()),
                position: Set(position),
                question: Set(question),
                requirement_id: Set(requirement_id),
                process_id: Set(process),
                ..Default::default()
            });
        }
        changes.create_many::<checklist_item::Entity, _>(&audit, rows).await?;
        Ok(audit.id().uuid())
    }
}

/// Respuesta a una pregunta. What was found; what is absent stays as it is.
#[derive(InputObject)]
struct ChecklistItemAnswerInput {
    /// Resultado. Null: not answered after all.
    result: MaybeUndefined<ChecklistResult>,
    /// Observaciones. What was seen, up to 4,000 characters; null clears.
    remarks: MaybeUndefined<String>,
    /// Evidencias. Files that show it, at most 20 at once; they are added to those that are there.
    #[graphql(default)]
    evidence: Vec<DocumentReferenceInput>,
}

/// Responder una pregunta de la lista. Says what was found, while the auditors are at work.
#[derive(InputObject)]
struct ChecklistItemAnswer {
    /// Pregunta. The one that is answered.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Respuesta. What was found.
    input: ChecklistItemAnswerInput,
}

impl Act for ChecklistItemAnswer {
    const NAME: &'static str = "checklistItemAnswer";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotOnTeam, ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &CHECKLIST_ITEM;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let item = obtain::<checklist_item::Entity, DoAudit>(changes, &self.id, &["id"], expected).await?;
        let mut texts = Texts::default();
        let remarks = texts.edit_optional("remarks", &self.input.remarks, validate::note);
        texts.done()?;
        attach(changes, &item, &self.input.evidence, |row| row.checklist_item_id = Set(Some(item.id()))).await?;
        let result = match self.input.result {
            MaybeUndefined::Undefined => NotSet,
            given => Set(given.value().copied()),
        };
        let row = checklist_item::ActiveModel { result, remarks, ..Default::default() };
        Ok(changes.update(item, row).await?.id().uuid())
    }
}

/// Retirar una pregunta de la lista. Removes one that was not answered; the payload holds nothing then.
#[derive(InputObject)]
struct ChecklistItemDelete {
    /// Pregunta. One without a result.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for ChecklistItemDelete {
    const NAME: &'static str = "checklistItemDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotOnTeam, ErrorCode::Frozen, ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &CHECKLIST_ITEM;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let item = obtain::<checklist_item::Entity, DoAudit>(changes, &self.id, &["id"], expected).await?;
        let id = item.id().uuid();
        changes.remove(item).await.map_err(|fault| fault.within(["id"]))?;
        Ok(id)
    }
}
