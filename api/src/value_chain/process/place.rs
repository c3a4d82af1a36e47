//! Where a process stands and what it is called: the level above, the pattern of its code.

use async_graphql::ID;
use entity::{
    Id,
    value_chain::{CodeSubject, ProcessLevel, code_pattern, process},
};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait};

use crate::{
    graph::error::{ErrorCode, Refusal},
    organization::entry::follow,
    store::{ActFault, ChangeSet, Granted, Verb},
    value_chain::rules::{code::fits, nesting::may_stand},
};

/// Where something stands: its level, the process above it.
pub(super) struct Place {
    pub level: ProcessLevel,
    pub above: Option<process::Model>,
}

impl Place {
    /// The place under the process that an argument names. NOT_FOUND; REQUIRED where one is missing, PROCESS_LEVEL_MISMATCH
    /// where it is of the wrong level.
    pub async fn under<V: Verb>(
        changes: &ChangeSet,
        cause: &Granted<impl EntityTrait, V>,
        level: ProcessLevel,
        above: Option<&ID>,
    ) -> Result<Self, ActFault> {
        const AT: [&str; 2] = ["input", "parent"];
        let above = match above {
            Some(id) => Some(follow::<process::Entity, V>(changes, cause, id, &AT).await?.model().clone()),
            None => None,
        };
        match (may_stand(level, above.as_ref().map(|above| above.level)), &above) {
            (true, _) => Ok(Self { level, above }),
            (false, None) => Err(ErrorCode::Required.at(AT).into()),
            (false, Some(_)) => Err(ErrorCode::ProcessLevelMismatch.at(AT).into()),
        }
    }

    /// The place that a version has already.
    pub async fn of<V: Verb>(
        changes: &ChangeSet,
        cause: &Granted<impl EntityTrait, V>,
        level: ProcessLevel,
        above: Option<Id<process::Entity>>,
    ) -> Result<Self, ActFault> {
        let above = match above {
            Some(id) => Some(changes.follow::<process::Entity, V>(cause, id).await?.model().clone()),
            None => None,
        };
        Ok(Self { level, above })
    }

    /// CODE_PATTERN_MISMATCH when the organization writes codes of this level otherwise.
    pub async fn code<V: Verb>(
        &self,
        changes: &ChangeSet,
        cause: &Granted<impl EntityTrait, V>,
        code: &str,
    ) -> Result<(), ActFault> {
        let subject = match self.level {
            ProcessLevel::Macroprocess => CodeSubject::Macroprocess,
            ProcessLevel::Process => CodeSubject::Process,
            ProcessLevel::Subprocess => CodeSubject::Subprocess,
            ProcessLevel::Procedure => CodeSubject::Procedure,
        };
        let above = self.above.as_ref().map(|above| above.code.as_str());
        follows_pattern(changes, cause, subject, (above, code)).await
    }
}

/// CODE_PATTERN_MISMATCH, at `input.code`, when the organization has a pattern for such codes that this one does not fit.
pub(in crate::value_chain) async fn follows_pattern<V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    subject: CodeSubject,
    (above, code): (Option<&str>, &str),
) -> Result<(), ActFault> {
    let of = Condition::all().add(code_pattern::Column::Subject.eq(subject));
    let patterns = changes.find::<code_pattern::Entity, V>(cause, of).await?;
    let odd = patterns.iter().find(|known| !fits(&known.pattern, above, code));
    let mismatch = |known: &code_pattern::Model| -> Refusal {
        ErrorCode::CodePatternMismatch.at(["input", "code"]).with("pattern", known.pattern.as_str())
    };
    odd.map_or(Ok(()), |known| Err(mismatch(known).into()))
}
