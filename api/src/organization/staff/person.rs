//! Acts on persons: who they are by name. What identifies and reaches them is written in [`super::identify`].

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::organization::{organization, person};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode},
    organization::{
        entry::{Texts, obtain},
        rules::validate,
        types::PERSON,
    },
    store::{ActFault, ChangeSet, Formulate},
};

/// Datos de una persona. Its name; document and contact are personal data and come with `personIdentify`.
#[derive(InputObject)]
pub(super) struct PersonCreateInput {
    /// Nombre. Given names and family names, up to 200 characters.
    name: String,
}

/// Registrar una persona. Enters somebody who fills a post or will.
#[derive(InputObject)]
pub(super) struct PersonCreate {
    /// Organización. The one that knows the person.
    organization: ID,
    /// Datos. What is recorded.
    input: PersonCreateInput,
}

impl Act for PersonCreate {
    const NAME: &'static str = "personCreate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &PERSON;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization =
            obtain::<organization::Entity, Formulate>(changes, &self.organization, &["organization"], None).await?;
        let mut texts = Texts::default();
        let name = texts.required("name", &self.input.name, validate::name);
        texts.done()?;
        let row = person::ActiveModel { name: Set(name), ..Default::default() };
        Ok(changes.create::<person::Entity, _>(&organization, row).await?.id().uuid())
    }
}

/// Cambios a una persona. What is absent stays as it is.
#[derive(InputObject)]
pub(super) struct PersonUpdateInput {
    /// Nombre. Given names and family names, up to 200 characters.
    name: MaybeUndefined<String>,
}

/// Modificar una persona. Corrects a name; `personIdentify` corrects document and contact.
#[derive(InputObject)]
pub(super) struct PersonUpdate {
    /// Persona. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: PersonUpdateInput,
}

impl Act for PersonUpdate {
    const NAME: &'static str = "personUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::PersonErased];
    const PAYLOAD: &'static Declaration = &PERSON;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found =
            obtain::<person::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let mut texts = Texts::default();
        let name = texts.edit("name", &self.input.name, validate::name);
        texts.done()?;
        let row = person::ActiveModel { name, ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}
