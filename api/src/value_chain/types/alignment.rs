//! What subjects do for requirements.

use entity::{Kind, value_chain::AlignmentRole};

use super::*;
use crate::{
    access::rules::Subject,
    framework::types::REQUIREMENT,
    graph::{Declaration, declaration::drafted, words::*},
    organization::types::ORG_UNIT,
};

/// Alineación.
pub static ALIGNMENT: Declaration = Declaration {
    name: "Alignment",
    singular: "alignment",
    plural: "alignments",
    kind: Some(Kind::Alignment),
    table: "alignment",
    description: "Alineación. What a process, a unit, a document or a capability does for a requirement of one edition of a \
                  framework, from a day until a day. Exactly one of the four subjects is there.",
    visibility: drafted(
        Subject::Processes,
        "(({t}.process_id IS NULL OR EXISTS (SELECT 1 FROM process pp WHERE pp.id = {t}.process_id AND pp.published)) \
         AND ({t}.controlled_document_id IS NULL OR EXISTS (SELECT 1 FROM controlled_document pd \
         WHERE pd.id = {t}.controlled_document_id AND pd.published)))",
    )
    .of_unit("COALESCE({t}.process_id, {t}.org_unit_id)"),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("requirement", &REQUIREMENT, &["requirement_id"], "Requisito. What is fulfilled, of one edition."),
        column("role", Enum(&AlignmentRole::VOCABULARY), "role", "Papel. Leads or contributes.")
            .filtered()
            .ordered()
            .grouped(),
        column("rationale", Text, "rationale", "Justificación. Why it counts; null where nobody says.").nullable(),
        one("process", &PROCESS, &["process_id"], "Proceso. The subject, when it is a process.").nullable(),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia. The subject, when it is a unit.").nullable(),
        one(
            "document",
            &CONTROLLED_DOCUMENT,
            &["controlled_document_id"],
            "Documento. The subject, when it is a document.",
        )
        .nullable(),
        one("capability", &CAPABILITY, &["capability_id"], "Capacidad. The subject, when it is a capability.")
            .nullable(),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["role", "validFrom"],
};
