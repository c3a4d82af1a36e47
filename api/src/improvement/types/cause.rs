//! Why findings came about, and what shows it.

use entity::{
    Kind,
    improvement::{CauseCategory, CauseMethod},
};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    audit::types::{CHECKLIST_ITEM, FINDING, FINDING_RESPONSE},
    graph::{
        Declaration,
        declaration::{Part, involving},
        words::*,
    },
    organization::types::PERSON,
};

static EVIDENCE_FILE: Part =
    file_part!("EvidenceFile", "Archivo de una evidencia. Where it lies, outside of this service.");

/// Análisis de causas.
pub static CAUSE_ANALYSIS: Declaration = Declaration {
    name: "CauseAnalysis",
    singular: "causeAnalysis",
    plural: "causeAnalyses",
    kind: Some(Kind::CauseAnalysis),
    table: "cause_analysis",
    description: "Análisis de causas. Why a finding came about.",
    visibility: involving(Subject::Improvement, involved::OF_FINDING),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("finding", &FINDING, &["finding_id"], "Hallazgo. The finding; null for whoever does not read findings.")
            .nullable(),
        column("method", Enum(&CauseMethod::VOCABULARY), "method", "Método. How the cause was sought.")
            .filtered()
            .ordered()
            .grouped(),
        column("category", Enum(&CauseCategory::VOCABULARY), "category", "Categoría. The family of the root cause.")
            .filtered()
            .ordered()
            .grouped(),
        column("whys", TextList, "whys", "Porqués. The chain of whys, or the branches, in order."),
        column("rootCause", Text, "root_cause", "Causa raíz. What it comes down to.").filtered(),
        column("content", Text, "content", "Desarrollo. The analysis in full; null where the rest says it.").nullable(),
        column("recordedOn", Date, "recorded_on", "Fecha. Day on which it was recorded.").filtered().ordered(),
        one("person", &PERSON, &["person_id"], "Persona. Who analysed; null for an account that is nobody.")
            .nullable()
            .unfiltered(),
    ],
    lookups: &[],
    default_order: &["recordedOn"],
};

/// Evidencia.
pub static EVIDENCE: Declaration = Declaration {
    name: "Evidence",
    singular: "evidence",
    plural: "evidences",
    kind: Some(Kind::Evidence),
    table: "evidence",
    description: "Evidencia. A file, kept outside, that shows something. Exactly one of the five things that it \
             may belong to is there; it is null too for whoever does not read that.",
    visibility: involving(Subject::Improvement, involved::EVIDENCE),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("checklistItem", &CHECKLIST_ITEM, &["checklist_item_id"], "Pregunta. What it answers.").nullable(),
        one("finding", &FINDING, &["finding_id"], "Hallazgo. What it shows.").nullable(),
        one("response", &FINDING_RESPONSE, &["finding_response_id"], "Respuesta. What it supports.").nullable(),
        one("report", &PROGRESS_REPORT, &["progress_report_id"], "Reporte de avance. What it proves.").nullable(),
        one(
            "effectivenessReview",
            &EFFECTIVENESS_REVIEW,
            &["effectiveness_review_id"],
            "Evaluación de eficacia. What it supports.",
        )
        .nullable(),
        column("recordedOn", Date, "recorded_on", "Fecha. Day on which it was attached.").filtered().ordered(),
        part("file", &EVIDENCE_FILE, "Archivo. Where it lies."),
    ],
    lookups: &[],
    default_order: &["recordedOn"],
};
