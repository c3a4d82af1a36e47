//! What identifies and reaches a person: personal data (Ley 1581 de 2012). Only who reads them writes them, so that no
//! refusal (DUPLICATE), version or history tells anybody what he may not read.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::organization::{DocumentKind, person};
use sea_orm::ActiveValue::{NotSet, Set};
use uuid::Uuid;

use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode},
    organization::{
        entry::{Texts, obtain},
        rules::{Violation, code, validate},
        types::PERSON,
    },
    store::{ActFault, ChangeSet, KeepPersonalData},
};

/// Datos personales. Document and contact of a person. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct PersonIdentifyInput {
    /// Tipo de documento. By what the person is identified; goes with `documentNumber`. Personal data.
    document_kind: MaybeUndefined<DocumentKind>,
    /// Número de documento. Without dots or spaces; goes with `documentKind`. Personal data.
    document_number: MaybeUndefined<String>,
    /// Correo electrónico. Up to 254 characters. Personal data.
    email: MaybeUndefined<String>,
    /// Teléfono. Digits and spaces, with the country's prefix if it is not Colombia's. Personal data.
    phone: MaybeUndefined<String>,
}

/// Identificar a una persona. Enters, corrects or clears its document and contact; the same identity document is entered
/// once in an organization. The history shows the values to those only who read them.
#[derive(InputObject)]
pub(super) struct PersonIdentify {
    /// Persona. The one whose data they are.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Datos personales. What to change.
    input: PersonIdentifyInput,
}

impl Act for PersonIdentify {
    const NAME: &'static str = "personIdentify";
    const CODES: &'static [ErrorCode] = &[ErrorCode::PersonErased];
    const PAYLOAD: &'static Declaration = &PERSON;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found = obtain::<person::Entity, KeepPersonalData>(changes, &self.id, &["id"], Some(self.expected_version));
        let found = found.await?;
        let (input, mut texts) = (self.input, Texts::default());
        let row = person::ActiveModel {
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
