//! Management reviews and their decisions.

use entity::{
    Kind,
    direction::{ReviewKind, ReviewState},
};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    direction::gathered,
    graph::{
        Declaration,
        declaration::{Part, involving},
        words::*,
    },
    improvement::types::IMPROVEMENT_ACTION,
    organization::types::{ORG_UNIT, PERSON},
};

static MINUTES: Part = file_part!("MinutesFile", "Archivo de un acta. Where it lies, outside of this service.");

/// Revisión por la dirección.
pub static MANAGEMENT_REVIEW: Declaration = Declaration {
    name: "ManagementReview",
    singular: "managementReview",
    plural: "managementReviews",
    kind: Some(Kind::ManagementReview),
    table: "management_review",
    description: "Revisión por la dirección. What senior management looked at as of a day, and what it concluded; \
             a handover (empalme) is the same dossier at the end of an administration.",
    visibility: involving(Subject::Direction, involved::REVIEW),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column("kind", Enum(&ReviewKind::VOCABULARY), "kind", "Clase. Review or handover.")
            .filtered()
            .ordered()
            .grouped(),
        column("state", Enum(&ReviewState::VOCABULARY), "state", "Estado. Draft or frozen.")
            .filtered()
            .ordered()
            .grouped(),
        name("Nombre. What it is called."),
        column("cutoff", Date, "cutoff", "Fecha de corte. As of which day its inputs are gathered.")
            .filtered()
            .ordered(),
        column("heldOn", Date, "held_on", "Fecha. Day on which it was held; null until then.")
            .nullable()
            .filtered()
            .ordered(),
        column("conclusions", Text, "conclusions", "Conclusiones. What was concluded; null until then.").nullable(),
        part("minutes", &MINUTES, "Acta. Where the minutes lie."),
        column("contentHash", Text, "content_hash", "Huella. SHA-256 of what was gathered; null until it is frozen.")
            .nullable(),
        column("frozenOn", Date, "frozen_on", "Congelada. Day on which it was frozen; null until then.")
            .nullable()
            .filtered()
            .ordered(),
        figure(
            "inputs",
            gathered::INPUTS,
            "Entradas. What was gathered as of the cut-off, by kinds; frozen with the review.",
        ),
        many("decisions", &DECISION, &["id"], "{t}.management_review_id = {k0}", "Decisiones. What was decided."),
        many(
            "disseminations",
            &DISSEMINATION,
            &["id"],
            "{t}.management_review_id = {k0}",
            "Socializaciones. How it was made known.",
        ),
    ],
    lookups: &[],
    default_order: &["-cutoff", "name"],
};

/// Decisión de la dirección.
pub static DECISION: Declaration = Declaration {
    name: "Decision",
    singular: "decision",
    plural: "decisions",
    kind: Some(Kind::Decision),
    table: "decision",
    description: "Decisión de la dirección. What senior management decided, who sees to it, by when.",
    visibility: involving(Subject::Direction, involved::DECISION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one(
            "review",
            &MANAGEMENT_REVIEW,
            &["management_review_id"],
            "Revisión. The review; null for whoever does not read it.",
        )
        .nullable(),
        column("number", Int, "number", "Número. Counts the decisions of the review, from 1.").filtered().ordered(),
        column("text", Text, "text", "Decisión. What was decided.").filtered(),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia. The unit that sees to it."),
        one("owner", &PERSON, &["owner_id"], "Responsable. The person who sees to it; null where the unit does.")
            .nullable()
            .unfiltered(),
        column("dueOn", Date, "due_on", "Plazo. Last day; null where none is set.").nullable().filtered().ordered(),
        many("actions", &IMPROVEMENT_ACTION, &["id"], "{t}.decision_id = {k0}", "Acciones. What came of it.")
            .nullable(),
    ],
    lookups: &[],
    default_order: &["number"],
};
