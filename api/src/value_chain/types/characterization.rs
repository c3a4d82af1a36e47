//! What a characterization consists of: activities, inputs and outputs, and who outside takes part.

use entity::{
    Kind,
    value_chain::{FlowDirection, PhvaPhase},
};

use super::*;
use crate::{
    access::rules::Subject,
    graph::{
        Declaration,
        declaration::{Visibility, drafted, owned},
        words::*,
    },
    organization::types::{ORG_UNIT, POST},
};

/// What a version consists of is read as the version is.
const OF_VERSION: Visibility = drafted(
    Subject::Processes,
    "EXISTS (SELECT 1 FROM process_version pv WHERE pv.id = {t}.process_version_id AND pv.stage = 3)",
)
.of_unit("(SELECT pv.process_id FROM process_version pv WHERE pv.id = {t}.process_version_id)");

const fn of_version() -> Member {
    one("processVersion", &PROCESS_VERSION, &["process_version_id"], "Caracterización. The version that says it.")
}

/// Actividad.
pub static ACTIVITY: Declaration = Declaration {
    name: "Activity",
    singular: "activity",
    plural: "activities",
    kind: Some(Kind::Activity),
    table: "activity",
    description: "Actividad. A step of a process, in the part of the improvement cycle (PHVA) to which it belongs.",
    visibility: OF_VERSION,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        of_version(),
        column("phase", Enum(&PhvaPhase::VOCABULARY), "phase", "Fase PHVA. Plan, do, check or act.")
            .filtered()
            .ordered()
            .grouped(),
        column("position", Int, "position", "Orden. Its place among the activities of its phase, from 0.").ordered(),
        column("description", Text, "description", "Descripción. What is done.").filtered(),
        column("record", Text, "record", "Registro. What proves that it was done; null when nothing does.").nullable(),
        column("controlPoint", Boolean, "control_point", "Punto de control. Whether something is checked there.")
            .filtered()
            .grouped(),
        one(
            "responsibleUnit",
            &ORG_UNIT,
            &["responsible_unit_id"],
            "Dependencia responsable. The unit that does it; null where a post does, or nobody is named.",
        )
        .nullable(),
        one(
            "responsiblePost",
            &POST,
            &["responsible_post_id"],
            "Cargo responsable. The post that does it; null where a unit does, or nobody is named.",
        )
        .nullable(),
    ],
    lookups: &[],
    default_order: &["phase", "position"],
};

/// Entrada o salida.
pub static FLOW: Declaration = Declaration {
    name: "Flow",
    singular: "flow",
    plural: "flows",
    kind: Some(Kind::Flow),
    table: "flow",
    description: "Flujo (entrada o salida). Something that a process takes or gives. It is said once, by the characterization \
                  of one process, and seen from the processes at its other end too (`Process.flowsFromOthers`).",
    visibility: OF_VERSION,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        of_version(),
        column("direction", Enum(&FlowDirection::VOCABULARY), "direction", "Sentido. Input or output.")
            .filtered()
            .ordered()
            .grouped(),
        column("position", Int, "position", "Orden. Its place among the flows of its direction, from 0.").ordered(),
        name("Nombre. What flows."),
        column("description", Text, "description", "Descripción. What it is in more words; null mostly.").nullable(),
        many(
            "processes",
            &PROCESS,
            &["id"],
            "{t}.id IN (SELECT fp.process_id FROM flow_process fp WHERE fp.flow_id = {k0})",
            "Procesos. Those at its other end: suppliers of an input, consumers of an output.",
        ),
        many(
            "externalParties",
            &EXTERNAL_PARTY,
            &["id"],
            "{t}.id IN (SELECT fe.external_party_id FROM flow_party fe WHERE fe.flow_id = {k0})",
            "Partes externas. Those outside at its other end.",
        ),
    ],
    lookups: &[],
    default_order: &["direction", "position"],
};

/// Parte externa.
pub static EXTERNAL_PARTY: Declaration = Declaration {
    name: "ExternalParty",
    singular: "externalParty",
    plural: "externalParties",
    kind: Some(Kind::ExternalParty),
    table: "external_party",
    description: "Parte externa. Somebody outside of an organization who gives to its processes or takes from them: citizens, \
                  schools, the Ministry.",
    visibility: owned(Subject::Processes),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        name("Nombre. What it is called; unique in the organization, whatever the accents and case."),
        column("description", Text, "description", "Descripción. Who that is; null mostly.").nullable(),
        many(
            "flows",
            &FLOW,
            &["id"],
            "{t}.id IN (SELECT fe.flow_id FROM flow_party fe WHERE fe.external_party_id = {k0})",
            "Flujos. What it gives and takes, by all versions of all processes.",
        ),
    ],
    lookups: &[],
    default_order: &["name"],
};
