//! What hangs on a finding.

use entity::{Kind, audit::IncidenceKind};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    graph::{Declaration, declaration::involving, words::*},
    improvement::types::EVIDENCE,
    organization::types::PERSON,
};

/// Incidencia de un hallazgo.
pub static FINDING_INCIDENCE: Declaration = Declaration {
    name: "FindingIncidence",
    singular: "findingIncidence",
    plural: "findingIncidences",
    kind: Some(Kind::FindingIncidence),
    table: "finding_incidence",
    description: "Incidencia de un hallazgo. What else a finding of a control body may lead to, and before whom.",
    visibility: involving(Subject::Improvement, involved::OF_FINDING),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("finding", &FINDING, &["finding_id"], "Hallazgo. The finding."),
        column("kind", Enum(&IncidenceKind::VOCABULARY), "kind", "Clase. Fiscal, disciplinary, criminal.")
            .filtered()
            .ordered()
            .grouped(),
        column("destination", Text, "destination", "Destino. Before whom it was brought; null while it was not.")
            .nullable(),
        column("amount", Decimal, "amount", "Cuantía. In Colombian pesos; null where none is named.")
            .nullable()
            .filtered()
            .ordered(),
    ],
    lookups: &[],
    default_order: &["kind"],
};

/// Respuesta a un hallazgo.
pub static FINDING_RESPONSE: Declaration = Declaration {
    name: "FindingResponse",
    singular: "findingResponse",
    plural: "findingResponses",
    kind: Some(Kind::FindingResponse),
    table: "finding_response",
    description: "Respuesta a un hallazgo. What the audited says to it (derecho de contradicción).",
    visibility: involving(Subject::Improvement, involved::OF_FINDING),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("finding", &FINDING, &["finding_id"], "Hallazgo. The finding."),
        column("text", Text, "text", "Respuesta. What is said."),
        column("respondedOn", Date, "responded_on", "Fecha. Day of the answer.").filtered().ordered(),
        one("person", &PERSON, &["person_id"], "Persona. Who answered; null for an account that is nobody.")
            .nullable()
            .unfiltered(),
        many("evidence", &EVIDENCE, &["id"], "{t}.finding_response_id = {k0}", "Evidencias. What supports it."),
    ],
    lookups: &[],
    default_order: &["respondedOn"],
};
