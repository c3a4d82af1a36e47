//! Capabilities and the processes that realize them.

use entity::Kind;

use super::*;
use crate::{
    access::rules::Subject,
    graph::{
        Declaration,
        declaration::{drafted, owned},
        words::*,
    },
    organization::types::ORG_UNIT,
};

/// Capacidad.
pub static CAPABILITY: Declaration = Declaration {
    name: "Capability",
    singular: "capability",
    plural: "capabilities",
    kind: Some(Kind::Capability),
    table: "capability",
    description: "Capacidad. Something that an organization is able to do, by whichever processes and units.",
    visibility: owned(Subject::Processes),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        name("Nombre. What it is called."),
        column("description", Text, "description", "Descripción. What it means; null mostly.").nullable(),
        many(
            "realizations",
            &CAPABILITY_PROCESS,
            &["id"],
            "{t}.capability_id = {k0}",
            "Realizaciones. The processes that realize it, each with its weight.",
        ),
        many(
            "units",
            &ORG_UNIT,
            &["id"],
            "{t}.id IN (SELECT cu.org_unit_id FROM capability_unit cu WHERE cu.capability_id = {k0})",
            "Dependencias. Units without which it would not be there.",
        ),
        many(
            "alignments",
            &ALIGNMENT,
            &["id"],
            "{t}.capability_id = {k0}",
            "Alineaciones. What it does for requirements on the day asked for.",
        )
        .dated(),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["name"],
};

/// Realización de una capacidad.
pub static CAPABILITY_PROCESS: Declaration = Declaration {
    name: "CapabilityProcess",
    singular: "capabilityProcess",
    plural: "capabilityProcesses",
    kind: Some(Kind::CapabilityProcess),
    table: "capability_process",
    description: "Realización de una capacidad. A process that realizes a capability, and its weight beside the others.",
    visibility: drafted(
        Subject::Processes,
        "EXISTS (SELECT 1 FROM process pp WHERE pp.id = {t}.process_id AND pp.published)",
    )
    .of_unit("{t}.process_id"),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("capability", &CAPABILITY, &["capability_id"], "Capacidad. What is realized."),
        one("process", &PROCESS, &["process_id"], "Proceso. What realizes it."),
        column("weight", Int, "weight", "Peso. Its part beside the other processes, 1 to 100.").filtered().ordered(),
    ],
    lookups: &[],
    default_order: &["-weight"],
};
