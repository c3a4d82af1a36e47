//! Acts on external parties: who is outside and gives to processes or takes from them.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{organization::organization, value_chain::external_party};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode},
    organization::{
        entry::{Texts, obtain},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulateProcess},
    value_chain::types::EXTERNAL_PARTY,
};

const NAME: &[&str] = &["input", "name"];

/// Datos de una parte externa. Who it is.
#[derive(InputObject)]
pub(super) struct ExternalPartyCreateInput {
    /// Nombre. One line of 1 to 200 characters, unique in the organization.
    name: String,
    /// Descripción. What it has to do with the organization, up to 4,000 characters.
    description: Option<String>,
}

/// Registrar una parte externa. Enters somebody outside who supplies processes or is served by them.
#[derive(InputObject)]
pub(super) struct ExternalPartyCreate {
    /// Organización. The one that knows it.
    organization: ID,
    /// Datos. Who it is.
    input: ExternalPartyCreateInput,
}

impl Act for ExternalPartyCreate {
    const NAME: &'static str = "externalPartyCreate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &EXTERNAL_PARTY;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization =
            obtain::<organization::Entity, FormulateProcess>(changes, &self.organization, at, None).await?;
        let mut texts = Texts::default();
        let row = external_party::ActiveModel {
            name: Set(texts.required("name", &self.input.name, validate::name)),
            description: Set(texts.optional("description", self.input.description.as_deref(), validate::note)),
            ..Default::default()
        };
        texts.done()?;
        let created = changes.create::<external_party::Entity, _>(&organization, row).await;
        Ok(created.map_err(|fault| fault.duplicate_at(NAME))?.id().uuid())
    }
}

/// Cambios a una parte externa. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct ExternalPartyUpdateInput {
    /// Nombre. One line of 1 to 200 characters, unique in the organization.
    name: MaybeUndefined<String>,
    /// Descripción. What it has to do with the organization, up to 4,000 characters.
    description: MaybeUndefined<String>,
}

/// Modificar una parte externa. Corrects what is recorded of it, wherever it is named.
#[derive(InputObject)]
pub(super) struct ExternalPartyUpdate {
    /// Parte externa. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: ExternalPartyUpdateInput,
}

impl Act for ExternalPartyUpdate {
    const NAME: &'static str = "externalPartyUpdate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &EXTERNAL_PARTY;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found = obtain::<external_party::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
        let mut texts = Texts::default();
        let row = external_party::ActiveModel {
            name: texts.edit("name", &self.input.name, validate::name),
            description: texts.edit_optional("description", &self.input.description, validate::note),
            ..Default::default()
        };
        texts.done()?;
        let updated = changes.update(found, row).await;
        Ok(updated.map_err(|fault| fault.duplicate_at(NAME))?.id().uuid())
    }
}

/// Eliminar una parte externa. Removes one that no flow names.
#[derive(InputObject)]
pub(super) struct ExternalPartyDelete {
    /// Parte externa. The one to remove.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
}

impl Act for ExternalPartyDelete {
    const NAME: &'static str = "externalPartyDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &EXTERNAL_PARTY;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found = obtain::<external_party::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
        let id = found.id().uuid();
        changes.remove(found).await.map_err(|fault| fault.within(["id"]))?;
        Ok(id)
    }
}
