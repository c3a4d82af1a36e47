//! Acts on legal acts: recorded, corrected, removed while nothing rests on them.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::organization::{LegalActKind, legal_act, organization};
use sea_orm::{ActiveValue::NotSet, Set};
use uuid::Uuid;

use super::{
    entry::{DocumentReferenceInput, Reference, Texts, obtain},
    rules::validate,
    types::LEGAL_ACT,
};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode, scalars::Date},
    store::{ActFault, ChangeSet, Formulate},
};

/// The acts on legal acts.
pub static ACTS: &[&dyn AnyAct] = &[act::<LegalActCreate>(), act::<LegalActUpdate>(), act::<LegalActDelete>()];

/// Datos de un acto administrativo. What is recorded of a legal act.
#[derive(InputObject)]
struct LegalActCreateInput {
    /// Clase. The form of the norm or decision.
    kind: LegalActKind,
    /// Número. As it is written on the act, up to 200 characters.
    number: String,
    /// Autoridad. Who issued it, such as `Gobernación de Antioquia`.
    issuer: String,
    /// Fecha de expedición. The civil day on which it was issued.
    date: Date,
    /// Asunto. What it decides, in its own words, up to 4,000 characters.
    subject: String,
    /// Documento. Where its file is kept.
    document: Option<DocumentReferenceInput>,
}

/// Registrar un acto administrativo. Records a law, decree, ordinance, agreement, resolution or circular; kind, number
/// and date together are recorded once in an organization.
#[derive(InputObject)]
struct LegalActCreate {
    /// Organización. The one that records it.
    organization: ID,
    /// Datos. What is recorded.
    input: LegalActCreateInput,
}

impl Act for LegalActCreate {
    const NAME: &'static str = "legalActCreate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &LEGAL_ACT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization =
            obtain::<organization::Entity, Formulate>(changes, &self.organization, &["organization"], None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let mut row = legal_act::ActiveModel {
            kind: Set(input.kind),
            number: Set(texts.required("number", &input.number, validate::name)),
            issuer: Set(texts.required("issuer", &input.issuer, validate::name)),
            date: Set(input.date.0),
            subject: Set(texts.required("subject", &input.subject, subject)),
            ..Default::default()
        };
        document(&input.document.unwrap_or_default(), &mut row, &mut texts);
        texts.done()?;
        let created = changes.create::<legal_act::Entity, _>(&organization, row).await;
        Ok(created.map_err(|fault| fault.duplicate_at(&["input", "number"]))?.id().uuid())
    }
}

/// Cambios a un acto administrativo. What is absent stays as it is.
#[derive(InputObject)]
struct LegalActUpdateInput {
    /// Clase. The form of the norm or decision.
    kind: MaybeUndefined<LegalActKind>,
    /// Número. As it is written on the act, up to 200 characters.
    number: MaybeUndefined<String>,
    /// Autoridad. Who issued it.
    issuer: MaybeUndefined<String>,
    /// Fecha de expedición. The civil day on which it was issued.
    date: MaybeUndefined<Date>,
    /// Asunto. What it decides, in its own words, up to 4,000 characters.
    subject: MaybeUndefined<String>,
    /// Documento. Where its file is kept, as a whole; null clears it.
    document: MaybeUndefined<DocumentReferenceInput>,
}

/// Corregir un acto administrativo. Corrects what was recorded of it; the history keeps what stood before.
#[derive(InputObject)]
struct LegalActUpdate {
    /// Acto administrativo. The one to correct.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: LegalActUpdateInput,
}

impl Act for LegalActUpdate {
    const NAME: &'static str = "legalActUpdate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &LEGAL_ACT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found =
            obtain::<legal_act::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let mut row = legal_act::ActiveModel {
            kind: texts.present("kind", &input.kind),
            number: texts.edit("number", &input.number, validate::name),
            issuer: texts.edit("issuer", &input.issuer, validate::name),
            date: texts.present("date", &input.date.map_value(|date| date.0)),
            subject: texts.edit("subject", &input.subject, subject),
            id: NotSet,
            ..Default::default()
        };
        match input.document {
            MaybeUndefined::Undefined => {}
            given => document(&given.take().unwrap_or_default(), &mut row, &mut texts),
        }
        texts.done()?;
        let changed = changes.update(found, row).await;
        Ok(changed.map_err(|fault| fault.duplicate_at(&["input", "number"]))?.id().uuid())
    }
}

/// Eliminar un acto administrativo. Removes one that was recorded by mistake, as long as nothing rests on it.
#[derive(InputObject)]
struct LegalActDelete {
    /// Acto administrativo. The one to remove.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
}

impl Act for LegalActDelete {
    const NAME: &'static str = "legalActDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &LEGAL_ACT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found =
            obtain::<legal_act::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let id = found.id().uuid();
        changes.remove(found).await.map_err(|fault| fault.within(["id"]))?;
        Ok(id)
    }
}

fn subject(text: &str) -> Option<super::rules::Violation> {
    // A subject is quoted whole, and those of laws run over several lines.
    if text.is_empty() { validate::name(text) } else { validate::note(text) }
}

fn document(given: &DocumentReferenceInput, row: &mut legal_act::ActiveModel, texts: &mut Texts) {
    let mut own = Texts::default();
    let Reference { title, uri, media_type, sha256, filing_number } = given.read(&mut own);
    texts.nest("document", own);
    row.document_title = Set(title);
    row.document_uri = Set(uri);
    row.document_media_type = Set(media_type);
    row.document_sha256 = Set(sha256);
    row.filing_number = Set(filing_number);
}
