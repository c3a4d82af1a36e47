//! How processes stand to national references: adoption of the reference map, and the normogram.

use entity::{Kind, value_chain::AdoptionStatus};

use super::*;
use crate::{
    access::rules::Subject,
    framework::types::{NORM, REFERENCE_PROCESS},
    graph::{Declaration, declaration::drafted, words::*},
};

/// Adopción de un proceso de referencia.
pub static REFERENCE_ADOPTION: Declaration = Declaration {
    name: "ReferenceAdoption",
    singular: "referenceAdoption",
    plural: "referenceAdoptions",
    kind: Some(Kind::ReferenceAdoption),
    table: "reference_adoption",
    description: "Adopción de un proceso de referencia. How the map of an organization stands to one process of the national \
                  reference, from a day until a day; a deviation is told, never refused.",
    visibility: drafted(
        Subject::Processes,
        "({t}.process_id IS NULL OR EXISTS (SELECT 1 FROM process pp WHERE pp.id = {t}.process_id AND pp.published))",
    ),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one(
            "referenceProcess",
            &REFERENCE_PROCESS,
            &["reference_process_id"],
            "Proceso de referencia. Null exactly for an own process.",
        )
        .nullable(),
        one("process", &PROCESS, &["process_id"], "Proceso. That of the organization; null exactly for an absent one.")
            .nullable(),
        column("status", Enum(&AdoptionStatus::VOCABULARY), "status", "Estado. Adopted, adapted, merged, absent, own.")
            .filtered()
            .ordered()
            .grouped(),
        column("justification", Text, "justification", "Justificación. Why it deviates; null where nobody says.")
            .nullable(),
        legal_act(),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["status", "validFrom"],
};

/// Entrada del normograma.
pub static PROCESS_NORM: Declaration = Declaration {
    name: "ProcessNorm",
    singular: "processNorm",
    plural: "processNorms",
    kind: Some(Kind::ProcessNorm),
    table: "process_norm",
    description: "Entrada del normograma. A norm that a process is held to, from a day until a day: one of the national \
                  catalogue, or one that the organization names.",
    visibility: drafted(
        Subject::Processes,
        "EXISTS (SELECT 1 FROM process pp WHERE pp.id = {t}.process_id AND pp.published)",
    )
    .of_unit("{t}.process_id"),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("process", &PROCESS, &["process_id"], "Proceso. The process that is held to it."),
        one("norm", &NORM, &["norm_id"], "Norma. That of the national catalogue; null for one that it lacks.")
            .nullable(),
        column("name", Text, "name", "Nombre propio. As the organization writes it; null for one of the catalogue.")
            .nullable(),
        column("articles", Text, "articles", "Artículos. Those that bear on the process; null: the whole.").nullable(),
        column("subject", Text, "subject", "Asunto. What it asks of the process; null where nobody says.").nullable(),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["validFrom"],
};
