//! Acts on code patterns: how an organization writes the codes of its processes and documents.

use async_graphql::{ID, InputObject};
use entity::{
    organization::organization,
    value_chain::{CodeSubject, code_pattern},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::rules::pattern;
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode},
    organization::{
        entry::{clean, obtain},
        refusals::pass,
    },
    store::{ActFault, ChangeSet, FormulateProcess},
    value_chain::types::CODE_PATTERN,
};

/// Fijar un patrón de codificación. Says how codes of one kind are written from now on; those given already stay.
#[derive(InputObject)]
pub(super) struct CodePatternSet {
    /// Organización. The one whose codes they are.
    organization: ID,
    /// Objeto. What the codes are for.
    subject: CodeSubject,
    /// Patrón. 1 to 60 characters: `A` a capital letter, `9` a digit, `{parent}` the code of the process above (for a
    /// document, of its process; nothing stands above a macroprocess), anything else itself.
    pattern: String,
}

impl Act for CodePatternSet {
    const NAME: &'static str = "codePatternSet";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &CODE_PATTERN;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization =
            obtain::<organization::Entity, FormulateProcess>(changes, &self.organization, at, None).await?;
        let text = clean(&self.pattern);
        let fault = pattern::pattern(&text, self.subject != CodeSubject::Macroprocess);
        pass(fault.map(|fault| fault.under(["pattern"])).into_iter().collect())?;
        let same = Condition::all().add(code_pattern::Column::Subject.eq(self.subject));
        let known = changes.follow_all::<code_pattern::Entity, _>(&organization, same).await?.pop();
        let row = code_pattern::ActiveModel { pattern: Set(text), ..Default::default() };
        let set = match known {
            Some(known) => changes.update(known, row).await?,
            None => {
                let row = code_pattern::ActiveModel { subject: Set(self.subject), ..row };
                changes.create::<code_pattern::Entity, _>(&organization, row).await?
            }
        };
        Ok(set.id().uuid())
    }
}

/// Eliminar un patrón de codificación. From now on any code of that kind will do.
#[derive(InputObject)]
pub(super) struct CodePatternDelete {
    /// Patrón. The one to remove.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
}

impl Act for CodePatternDelete {
    const NAME: &'static str = "codePatternDelete";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &CODE_PATTERN;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found = obtain::<code_pattern::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
        let id = found.id().uuid();
        changes.remove(found).await?;
        Ok(id)
    }
}
