//! What is known of a person goes when the person asks for it and nothing needs it any more (Ley 1581 de 2012).

use async_graphql::{ID, InputObject};
use entity::organization::person;
use uuid::Uuid;

use crate::{
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
    },
    organization::{entry::obtain, guards::erased, rules::validate::NOTE_LIMIT, types::PERSON},
    store::{ActFault, ChangeSet, KeepPersonalData},
};

/// Suprimir los datos de una persona. Takes name, document and contact from a person, here and in the whole history,
/// for ever; who held which post stays, without a name. The history still verifies. Not while the person fills a post or
/// will.
#[derive(InputObject)]
pub(super) struct PersonErase {
    /// Persona. The one whose data go.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Motivo. Why; it stays in the history, so it names nobody.
    reason: String,
}

impl Act for PersonErase {
    const NAME: &'static str = "personErase";
    const CODES: &'static [ErrorCode] = &[ErrorCode::PersonInService, ErrorCode::PersonErased];
    const PAYLOAD: &'static Declaration = &PERSON;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found = obtain::<person::Entity, KeepPersonalData>(changes, &self.id, &["id"], Some(self.expected_version));
        let found = found.await?;
        if self.reason.trim().is_empty() {
            return Err(ErrorCode::ReasonRequired.at(["reason"]).into());
        }
        if self.reason.chars().nth(NOTE_LIMIT).is_some() {
            return Err(ErrorCode::TooLong.at(["reason"]).with("maximum", NOTE_LIMIT).into());
        }
        Ok(changes.erase(found).await?.id().uuid())
    }
}

/// PERSON_ERASED for a person of whom nothing is known any more: nothing is written about nobody.
pub(super) fn not_erased(person: &person::Model, path: &[&str]) -> Result<(), Refusal> {
    erased(person.erased_on.is_some()).map_or(Ok(()), |refusal| Err(refusal.at(path.iter().copied())))
}
