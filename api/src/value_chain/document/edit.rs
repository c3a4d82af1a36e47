//! New documents, and the drafts of their versions.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    organization::{legal_act, person},
    value_chain::{ControlledDocumentKind, ControlledStage, controlled_document, document_version, process},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait};
use uuid::Uuid;

use super::names::Of;
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode, scalars::Date},
    organization::{
        entry::{DocumentReferenceInput, Reference, Texts, obtain, relink},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
    value_chain::{
        types::DOCUMENT_VERSION,
        version::{begin, draft, forget},
    },
};

/// Versión de un documento. What a version says, and what the document is called from its first day on. Absent: unchanged;
/// null: cleared.
#[derive(InputObject)]
pub struct DocumentVersionInput {
    /// Código. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`, as the organization's pattern asks; unique in the organization. It takes
    /// effect with the version; a new version that says none keeps the document's.
    code: MaybeUndefined<String>,
    /// Nombre. One line of 1 to 200 characters; as with the code.
    name: MaybeUndefined<String>,
    /// What else it says.
    #[graphql(flatten)]
    content: DocumentContentInput,
}

/// What a version says besides its name.
#[derive(InputObject)]
pub struct DocumentContentInput {
    /// Archivo. Where it lies and how to know it again, as a whole; a version is not submitted without.
    file: MaybeUndefined<DocumentReferenceInput>,
    /// Motivo del cambio. Why this version is made, at most 4,000 characters; a version after the first is not submitted
    /// without one.
    change_reason: MaybeUndefined<String>,
    /// Próxima revisión. The day by which it is to be looked at again; after its first day.
    next_review: MaybeUndefined<Date>,
    /// Acto administrativo. The act that adopts it.
    legal_act: MaybeUndefined<ID>,
    /// Elaboró. The person who writes it: that person does not approve it.
    prepared_by: MaybeUndefined<ID>,
    /// Revisó. The person who looks through it.
    reviewed_by: MaybeUndefined<ID>,
}

impl DocumentVersionInput {
    /// The row with what is said; its code is held against those of other documents.
    async fn row(
        self,
        changes: &ChangeSet,
        cause: &Granted<impl EntityTrait, FormulateProcess>,
        of: Of<'_>,
    ) -> Result<document_version::ActiveModel, ActFault> {
        let mut texts = Texts::default();
        let code = texts.edit("code", &self.code, validate::unit_code);
        let name = texts.edit("name", &self.name, validate::name);
        let said = self.content.row(changes, cause, texts).await?;
        if let Set(code) = &code {
            of.may_be_called(changes, cause, code).await?;
        }
        Ok(document_version::ActiveModel { code, name, ..said })
    }
}

impl DocumentContentInput {
    /// The row with what is said.
    async fn row(
        self,
        changes: &ChangeSet,
        cause: &Granted<impl EntityTrait, FormulateProcess>,
        mut texts: Texts,
    ) -> Result<document_version::ActiveModel, ActFault> {
        let mut row = document_version::ActiveModel {
            change_reason: texts.edit_optional("changeReason", &self.change_reason, validate::note),
            ..Default::default()
        };
        match &self.next_review {
            MaybeUndefined::Undefined => {}
            given => row.next_review = Set(given.value().map(|date| date.0)),
        }
        match self.file {
            MaybeUndefined::Undefined => {}
            given => {
                let mut own = Texts::default();
                let Reference { title, uri, media_type, sha256, filing_number } =
                    given.take().unwrap_or_default().read(&mut own);
                texts.nest("file", own);
                row.document_title = Set(title);
                row.document_uri = Set(uri);
                row.document_media_type = Set(media_type);
                row.document_sha256 = Set(sha256);
                row.filing_number = Set(filing_number);
            }
        }
        texts.done()?;
        let at = |field| ["input", field];
        row.legal_act_id = relink::<legal_act::Entity, _>(changes, cause, &self.legal_act, &at("legalAct")).await?;
        row.prepared_by_id = relink::<person::Entity, _>(changes, cause, &self.prepared_by, &at("preparedBy")).await?;
        row.reviewed_by_id = relink::<person::Entity, _>(changes, cause, &self.reviewed_by, &at("reviewedBy")).await?;
        Ok(row)
    }
}

/// Formular un documento controlado. Makes a document of a process, and the draft of its first version.
#[derive(InputObject)]
pub struct ControlledDocumentCreate {
    /// Proceso. The one to which it belongs.
    process: ID,
    /// Datos. The document, and what its first version says.
    input: ControlledDocumentCreateInput,
}

/// Documento nuevo. What it is, and its first version.
#[derive(InputObject)]
pub struct ControlledDocumentCreateInput {
    /// Clase. What kind of document it is.
    kind: ControlledDocumentKind,
    /// Código. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`, as the organization's pattern asks; unique in the organization.
    code: String,
    /// Nombre. One line of 1 to 200 characters.
    name: String,
    /// What its first version says.
    #[graphql(flatten)]
    content: DocumentContentInput,
}

impl Act for ControlledDocumentCreate {
    const NAME: &'static str = "controlledDocumentCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::CodePatternMismatch];
    const PAYLOAD: &'static Declaration = &DOCUMENT_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let process = obtain::<process::Entity, FormulateProcess>(changes, &self.process, &["process"], None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let code = texts.required("code", &input.code, validate::unit_code);
        let name = texts.required("name", &input.name, validate::name);
        let said = input.content.row(changes, &process, texts).await?;
        Of { document: None, process: process.model() }.may_be_called(changes, &process, &code).await?;
        let document = controlled_document::ActiveModel {
            process_id: Set(process.id()),
            kind: Set(input.kind),
            code: Set(code),
            name: Set(name),
            published: Set(false),
            ..Default::default()
        };
        let document = changes.create::<controlled_document::Entity, _>(&process, document).await?;
        create(changes, &document, 1, said).await
    }
}

/// Formular una versión de un documento. Makes the draft of another version; its number is the next. One is prepared at a time:
/// another draft, or one in review, goes first.
#[derive(InputObject)]
pub struct DocumentVersionCreate {
    /// Documento. The one of which it will be a version.
    document: ID,
    /// Datos. What the version says.
    input: DocumentVersionInput,
}

impl Act for DocumentVersionCreate {
    const NAME: &'static str = "documentVersionCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DraftExists, ErrorCode::CodePatternMismatch];
    const PAYLOAD: &'static Declaration = &DOCUMENT_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let document =
            obtain::<controlled_document::Entity, FormulateProcess>(changes, &self.document, &["document"], None)
                .await?;
        let process = changes.follow::<process::Entity, _>(&document, document.model().process_id).await?;
        let of = Of { document: Some(document.id()), process: process.model() };
        let said = self.input.row(changes, &document, of).await?;
        let of = Condition::all().add(document_version::Column::ControlledDocumentId.eq(document.id()));
        let versions = changes.find::<document_version::Entity, _>(&document, of).await?;
        let number = versions.iter().map(|version| version.number).max().unwrap_or(0) + 1;
        create(changes, &document, number, said).await
    }
}

/// The draft of a version; it is called as the document is, where nothing else is said.
async fn create(
    changes: &mut ChangeSet,
    document: &Granted<controlled_document::Entity, FormulateProcess>,
    number: i32,
    said: document_version::ActiveModel,
) -> Result<Uuid, ActFault> {
    let mut row = document_version::ActiveModel {
        controlled_document_id: Set(document.id()),
        number: Set(number),
        stage: Set(ControlledStage::Draft),
        ..said
    };
    let known = document.model();
    for (column, known) in [(&mut row.code, &known.code), (&mut row.name, &known.name)] {
        if column.is_not_set() {
            *column = Set(known.clone());
        }
    }
    let version = changes.create::<document_version::Entity, _>(document, row).await?;
    begin(changes, &version).await?;
    Ok(version.id().uuid())
}

/// Corregir un documento. Changes the draft of a version; a document that was never approved is called as its draft.
#[derive(InputObject)]
pub struct DocumentVersionUpdate {
    /// Versión. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Datos. What changes.
    input: DocumentVersionInput,
}

impl Act for DocumentVersionUpdate {
    const NAME: &'static str = "documentVersionUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotADraft, ErrorCode::CodePatternMismatch];
    const PAYLOAD: &'static Declaration = &DOCUMENT_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = draft::<document_version::Entity>(changes, &self.id, self.expected_version).await?;
        let of = version.model().controlled_document_id;
        let document = changes.follow::<controlled_document::Entity, _>(&version, of).await?;
        let process = changes.follow::<process::Entity, _>(&version, document.model().process_id).await?;
        let of = Of { document: Some(document.id()), process: process.model() };
        let row = self.input.row(changes, &version, of).await?;
        if !document.model().published {
            let (code, name) = (row.code.clone(), row.name.clone());
            let named = controlled_document::ActiveModel { code, name, ..Default::default() };
            changes.update(document, named).await?;
        }
        Ok(changes.update(version, row).await?.id().uuid())
    }
}

/// Descartar un documento. Removes the draft of a version, and the document with it when it is its only version; the payload
/// holds nothing then. What was submitted once is kept: it is returned, and stays a draft.
#[derive(InputObject)]
pub struct DocumentVersionDelete {
    /// Versión. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for DocumentVersionDelete {
    const NAME: &'static str = "documentVersionDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotADraft, ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &DOCUMENT_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = draft::<document_version::Entity>(changes, &self.id, self.expected_version).await?;
        forget(changes, &version).await?;
        let id = version.id().uuid();
        let of = version.model().controlled_document_id;
        let document = changes.follow::<controlled_document::Entity, _>(&version, of).await?;
        let of = Condition::all().add(document_version::Column::ControlledDocumentId.eq(document.id()));
        let only = changes.find::<document_version::Entity, _>(&version, of).await?.len() == 1;
        changes.remove(version).await?;
        if only {
            changes.remove(document).await.map_err(|fault| fault.within(["id"]))?;
        }
        Ok(id)
    }
}
