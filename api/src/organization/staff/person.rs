//! Acts on persons. Document and contact are personal data (Ley 1581 de 2012): no refusal and no history shows them.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::organization::{DocumentKind, organization, person};
use sea_orm::ActiveValue::{NotSet, Set};
use uuid::Uuid;

use super::erase::not_erased;
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode},
    organization::{
        entry::{Texts, obtain},
        rules::{Violation, code, validate},
        types::PERSON,
    },
    store::{ActFault, ChangeSet, Formulate},
};

/// Datos de una persona. Name and, where they are needed, document and contact, which are personal data.
#[derive(InputObject)]
pub(super) struct PersonCreateInput {
    /// Nombre. Given names and family names, up to 200 characters.
    name: String,
    /// Tipo de documento. By what the person is identified; goes with `documentNumber`. Personal data.
    document_kind: Option<DocumentKind>,
    /// Número de documento. Without dots or spaces; goes with `documentKind`. Personal data.
    document_number: Option<String>,
    /// Correo electrónico. Up to 254 characters. Personal data.
    email: Option<String>,
    /// Teléfono. Digits and spaces, with the country's prefix if it is not Colombia's. Personal data.
    phone: Option<String>,
}

/// Registrar una persona. Enters somebody who fills a post or will; the same identity document is entered once in an
/// organization.
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
        let (input, mut texts) = (self.input, Texts::default());
        let number = texts.optional("documentNumber", input.document_number.as_deref(), document_number);
        both_or_neither(&mut texts, input.document_kind, number.as_deref());
        let row = person::ActiveModel {
            name: Set(texts.required("name", &input.name, validate::name)),
            document_kind: Set(input.document_kind),
            document_number: Set(number),
            email: Set(texts.optional("email", input.email.as_deref(), email)),
            phone: Set(texts.optional("phone", input.phone.as_deref(), phone)),
            ..Default::default()
        };
        texts.done()?;
        let created = changes.create::<person::Entity, _>(&organization, row).await;
        Ok(created.map_err(|fault| fault.duplicate_at(&["input", "documentNumber"]))?.id().uuid())
    }
}

/// Cambios a una persona. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct PersonUpdateInput {
    /// Nombre. Given names and family names, up to 200 characters.
    name: MaybeUndefined<String>,
    /// Tipo de documento. Goes with `documentNumber`. Personal data.
    document_kind: MaybeUndefined<DocumentKind>,
    /// Número de documento. Without dots or spaces. Personal data.
    document_number: MaybeUndefined<String>,
    /// Correo electrónico. Up to 254 characters. Personal data.
    email: MaybeUndefined<String>,
    /// Teléfono. Digits and spaces, with the country's prefix if it is not Colombia's. Personal data.
    phone: MaybeUndefined<String>,
}

/// Modificar una persona. Corrects a name, a document or a contact; the history shows what personal data were to those
/// only who read them.
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
        not_erased(found.model(), &["id"])?;
        let (input, mut texts) = (self.input, Texts::default());
        let row = person::ActiveModel {
            name: texts.edit("name", &input.name, validate::name),
            document_kind: match input.document_kind {
                MaybeUndefined::Undefined => NotSet,
                given => Set(given.take()),
            },
            document_number: texts.edit_optional("documentNumber", &input.document_number, document_number),
            email: texts.edit_optional("email", &input.email, email),
            phone: texts.edit_optional("phone", &input.phone, phone),
            ..Default::default()
        };
        let old = found.model();
        let kind = if let Set(kind) = row.document_kind { kind } else { old.document_kind };
        let number = if let Set(number) = &row.document_number { number } else { &old.document_number };
        both_or_neither(&mut texts, kind, number.as_deref());
        texts.done()?;
        let changed = changes.update(found, row).await;
        Ok(changed.map_err(|fault| fault.duplicate_at(&["input", "documentNumber"]))?.id().uuid())
    }
}

/// A number without its kind identifies nobody, nor does a kind alone.
fn both_or_neither(texts: &mut Texts, kind: Option<DocumentKind>, number: Option<&str>) {
    match (kind, number) {
        (Some(_), None) => texts.refuse(ErrorCode::Required.at(["documentNumber"])),
        (None, Some(_)) => texts.refuse(ErrorCode::Required.at(["documentKind"])),
        _ => {}
    }
}

/// 3 to 20 of `A`–`Z` and `0`–`9`. One spelling, so that the same document is recognized.
fn document_number(text: &str) -> Option<Violation> {
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    form((3..=20).contains(&text.len()) && text.chars().all(allowed), "A-Z 0-9, 3…20")
}

/// Something before and after one `@`, without white space. Whether mail arrives there is only known by sending it.
fn email(text: &str) -> Option<Violation> {
    let parts = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.contains('@') && !domain.starts_with('.')
    });
    let plain = text.len() <= 254 && !text.chars().any(|c| c.is_whitespace() || validate::is_hidden(c));
    form(parts && plain && !text.ends_with('.'), "nombre@dominio")
}

/// 7 to 15 digits (ITU-T E.164), grouped with spaces, after an optional `+`.
fn phone(text: &str) -> Option<Violation> {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    form(
        (7..=15).contains(&digits) && rest.chars().all(|c| c.is_ascii_digit() || c == ' ') && text.len() <= 30,
        "+57 300 1234567",
    )
}

fn form(well: bool, expected: &str) -> Option<Violation> {
    (!well).then(|| Violation::new(code::MALFORMED).with("expected", expected))
}
