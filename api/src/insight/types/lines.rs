//! Lines of comparisons: an organization beside each process of the national reference, and beside each requirement.

use entity::{
    framework::RequirementKind,
    insight::AlignmentStanding,
    value_chain::{AdoptionStatus, ProcessLevel},
};

use crate::{
    access::rules::Subject,
    framework::types::{REFERENCE_PROCESS, REQUIREMENT},
    graph::{Declaration, declaration::owned, words::*},
    insight::{comparison, coverage},
    organization::types::ORGANIZATION,
    value_chain::types::{ALIGNMENT, PROCESS, REFERENCE_ADOPTION},
};

/// Renglón de la comparación con la referencia.
pub static REFERENCE_LINE: Declaration = Declaration {
    name: "ReferenceLine",
    singular: "",
    plural: "referenceLines",
    kind: None,
    table: comparison::LINES,
    description: "Renglón de la comparación con la referencia. What the map of an organization does with one process of the \
                  national reference in force on the day asked for, or a process of its own that the reference does not have.",
    visibility: owned(Subject::Processes),
    dated: false,
    moment: Within::Asked,
    members: &[
        column(
            "status",
            Enum(&AdoptionStatus::VOCABULARY),
            "status",
            "Estado. Adopted, adapted, merged, own; absent also where nothing is said.",
        )
        .filtered()
        .ordered()
        .grouped(),
        column(
            "level",
            Enum(&ProcessLevel::VOCABULARY),
            "level",
            "Nivel. Of the process of the reference, or of the own one.",
        )
        .filtered()
        .ordered()
        .grouped(),
        column("position", Int, "position", "Posición. In the tree of the reference; own processes come last.")
            .ordered(),
        column("said", Boolean, "said", "Dicho. Whether the organization says so.").filtered().grouped(),
        column(
            "unjustifiedGap",
            Boolean,
            "unjustified_gap",
            "Brecha sin justificar. Whether it is absent and nobody says why.",
        )
        .filtered()
        .grouped(),
        one("organization", &ORGANIZATION, &["organization_id"], "Organización. Whose map it is.").nullable(),
        one(
            "referenceProcess",
            &REFERENCE_PROCESS,
            &["reference_process_id"],
            "Proceso de referencia. Null for an own process.",
        )
        .nullable(),
        one("process", &PROCESS, &["process_id"], "Proceso. That of the organization; null where it is absent.")
            .nullable(),
        one(
            "adoption",
            &REFERENCE_ADOPTION,
            &["adoption_id"],
            "Adopción. What the organization says, with justification and act; null where it says nothing.",
        )
        .nullable(),
    ],
    lookups: &[],
    default_order: &["level", "position"],
};

/// Renglón de la cobertura de la alineación.
pub static ALIGNMENT_LINE: Declaration = Declaration {
    name: "AlignmentLine",
    singular: "",
    plural: "alignmentLines",
    kind: None,
    table: coverage::LINES,
    description: "Renglón de la cobertura de la alineación. What an organization does on the day asked for for one requirement, \
                  of the editions in force or of the one asked for.",
    visibility: owned(Subject::Processes),
    dated: false,
    moment: Within::Asked,
    members: &[
        column(
            "status",
            Enum(&AlignmentStanding::VOCABULARY),
            "status",
            "Estado. Led, only contributed to, or neither.",
        )
        .filtered()
        .ordered()
        .grouped(),
        column("kind", Enum(&RequirementKind::VOCABULARY), "kind", "Clase. Of the requirement.")
            .filtered()
            .ordered()
            .grouped(),
        column("position", Int, "position", "Posición. Of the requirement in the tree of its edition.").ordered(),
        column("inForce", Boolean, "in_force", "Vigente. Whether the requirement is in force on the day.")
            .filtered()
            .grouped(),
        computed(
            "parts",
            Int,
            coverage::PARTS,
            "Partes. How many requirements stand right under it, as policies under a dimension.",
        ),
        computed("partsAligned", Int, coverage::PARTS_ALIGNED, "Partes alineadas. How many of those something leads."),
        one("organization", &ORGANIZATION, &["organization_id"], "Organización. Who does it.").nullable(),
        one("requirement", &REQUIREMENT, &["id"], "Requisito. What it is done for."),
        many(
            "leads",
            &ALIGNMENT,
            &["organization_id", "id"],
            "{t}.organization_id = {k0} AND {t}.requirement_id = {k1} AND {t}.role = 1",
            "Lideran. What leads it on the day asked for: processes, units, documents, capabilities.",
        )
        .dated(),
        many(
            "contributions",
            &ALIGNMENT,
            &["organization_id", "id"],
            "{t}.organization_id = {k0} AND {t}.requirement_id = {k1} AND {t}.role = 2",
            "Contribuyen. What contributes to it on the day asked for.",
        )
        .dated(),
    ],
    lookups: &[],
    default_order: &["position"],
};
