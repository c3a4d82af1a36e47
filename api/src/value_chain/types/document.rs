//! Controlled documents: their identity, their versions, and the steps of their life cycle.

use entity::{Kind, value_chain::ControlledDocumentKind};

use super::*;
use crate::{
    access::rules::Subject,
    graph::{
        Declaration,
        declaration::{Part, drafted},
        words::*,
    },
    value_chain::document,
};

/// Documento controlado.
pub static CONTROLLED_DOCUMENT: Declaration = Declaration {
    name: "ControlledDocument",
    singular: "controlledDocument",
    plural: "controlledDocuments",
    kind: Some(Kind::ControlledDocument),
    table: "controlled_document",
    description: "Documento controlado. A manual, procedure, form or record of a process, the same through all its versions.",
    visibility: drafted(Subject::Processes, "{t}.published").of_unit("{t}.process_id"),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("process", &PROCESS, &["process_id"], "Proceso. The process to which it belongs."),
        column("kind", Enum(&ControlledDocumentKind::VOCABULARY), "kind", "Clase. What kind of document it is.")
            .filtered()
            .ordered()
            .grouped(),
        computed(
            "code",
            Text,
            present_or_last!("document_version", "controlled_document_id", "code"),
            "Código. On the day asked for, such as N02.04.I05; once no version is in force, its last code.",
        )
        .filtered()
        .ordered(),
        computed(
            "name",
            Text,
            present_or_last!("document_version", "controlled_document_id", "name"),
            "Nombre. What it is called on the day asked for; once no version is in force, its last name.",
        )
        .folded(present_or_last!("document_version", "controlled_document_id", "name_key")),
        computed(
            "inForce",
            Boolean,
            concat!(
                "EXISTS (SELECT 1 FROM document_version v WHERE v.controlled_document_id = {t}.id AND ",
                in_force!("v"),
                ")"
            ),
            "Vigente. Whether a version of it holds on the day asked for.",
        )
        .filtered()
        .grouped(),
        one_where(
            "current",
            &DOCUMENT_VERSION,
            &["id"],
            "{t}.controlled_document_id = {k0}",
            "Versión vigente. The version that holds on the day asked for; null when none does.",
        )
        .dated(),
        many(
            "versions",
            &DOCUMENT_VERSION,
            &["id"],
            "{t}.controlled_document_id = {k0}",
            "Versiones. All over time; drafts for those who may read them.",
        ),
        many(
            "alignments",
            &ALIGNMENT,
            &["id"],
            "{t}.controlled_document_id = {k0}",
            "Alineaciones. What it does for requirements on the day asked for.",
        )
        .dated(),
    ],
    lookups: &[],
    default_order: &["code"],
};

static FILE: Part = file_part!("ControlledFile", "Archivo. Where the document lies, outside of this service.");

/// Versión de un documento controlado.
pub static DOCUMENT_VERSION: Declaration = Declaration {
    name: "DocumentVersion",
    singular: "documentVersion",
    plural: "documentVersions",
    kind: Some(Kind::DocumentVersion),
    table: "document_version",
    description: "Versión de un documento controlado. What it said, and where that lies; of one document at most one version \
                  holds on a day.",
    visibility: drafted(Subject::Processes, APPROVED)
        .of_unit("(SELECT pd.process_id FROM controlled_document pd WHERE pd.id = {t}.controlled_document_id)"),
    dated: false,
    moment: Within::Interval,
    members: &[
        id(),
        row_version(),
        owner(),
        one(
            "document",
            &CONTROLLED_DOCUMENT,
            &["controlled_document_id"],
            "Documento. The one of which it is a version.",
        ),
        number("Número. Counts the versions of the document, from 1."),
        state(),
        in_force_then(),
        column("code", Text, "code", "Código. As the organization writes it; unique there on any day.")
            .filtered()
            .ordered(),
        name("Nombre. What the document is called."),
        part("file", &FILE, "Archivo. Where it lies."),
        change_reason(),
        column(
            "nextReview",
            Date,
            "next_review",
            "Próxima revisión. The day by which it is to be looked at again; null when none is set.",
        )
        .nullable()
        .filtered()
        .ordered(),
        legal_act(),
        prepared_by(),
        reviewed_by(),
        approved_by(),
        few(
            "transitions",
            &DOCUMENT_TRANSITION,
            &["id"],
            "{t}.document_version_id = {k0}",
            "{t}.recorded_at, {t}.id",
            "Ciclo de vida. The steps that it has taken, the oldest first; mostly fewer than 20.",
        ),
        available_transitions(document::AVAILABLE),
        starts(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["number"],
};

/// Paso del ciclo de vida de un documento.
pub static DOCUMENT_TRANSITION: Declaration = Declaration {
    name: "DocumentTransition",
    singular: "",
    plural: "",
    kind: Some(Kind::DocumentTransition),
    table: "document_transition",
    description: "Paso del ciclo de vida de un documento. When, by whom and by which mutation a version changed its state.",
    visibility: drafted(
        Subject::Processes,
        "EXISTS (SELECT 1 FROM document_version pv WHERE pv.id = {t}.document_version_id AND pv.stage = 3)",
    )
    .of_unit(
        "(SELECT pd.process_id FROM document_version pv JOIN controlled_document pd ON pd.id = pv.controlled_document_id \
         WHERE pv.id = {t}.document_version_id)",
    ),
    dated: false,
    moment: Within::Asked,
    members: step_members!(ControlledState, one(
        "documentVersion",
        &DOCUMENT_VERSION,
        &["document_version_id"],
        "Versión. The one that changed its state.",
    )),
    lookups: &[],
    default_order: &["recordedAt"],
};
