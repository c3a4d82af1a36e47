//! What hangs on an action.

use entity::{
    Kind,
    improvement::{ActionResult, DecisionCapacity, ReformulationState},
};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    graph::{Declaration, declaration::involving, words::*},
    improvement::figures,
    organization::types::PERSON,
};

/// Actividad de una acción.
pub static ACTION_ACTIVITY: Declaration = Declaration {
    name: "ActionActivity",
    singular: "actionActivity",
    plural: "actionActivities",
    kind: Some(Kind::ActionActivity),
    table: "action_activity",
    description: "Actividad de una acción. A part of an action that is measured by itself.",
    visibility: involving(Subject::Improvement, involved::OF_ACTION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("action", &IMPROVEMENT_ACTION, &["improvement_action_id"], "Acción. The action."),
        column("number", Int, "number", "Número. Counts the activities of the action, from 1.").filtered().ordered(),
        column("description", Text, "description", "Descripción. What is done.").filtered(),
        column("unitOfMeasure", Text, "unit_of_measure", "Unidad de medida. In what its target is counted."),
        column("target", Decimal, "target", "Cantidad. How many units are to be done; more than 0.")
            .filtered()
            .ordered(),
        column("startsOn", Date, "starts_on", "Inicio. First day.").filtered().ordered(),
        column("dueOn", Date, "due_on", "Fin. Last day.").filtered().ordered(),
        computed(
            "done",
            Decimal,
            "CAST(COALESCE((SELECT sum(v.quantity) FROM progress_report v WHERE v.action_activity_id = {t}.id \
             AND v.signed_on <= {m}), 0) AS BIGINT)",
            "Cantidad ejecutada. What was signed for until the day asked for, in units.",
        ),
        many(
            "reports",
            &PROGRESS_REPORT,
            &["id"],
            "{t}.action_activity_id = {k0}",
            "Reportes de avance. What was reported of it.",
        ),
        figure("progress", figures::activity::PROGRESS, "Avance. How far it is at the day asked for, by itself."),
    ],
    lookups: &[],
    default_order: &["number"],
};

/// Reformulación.
pub static REFORMULATION: Declaration = Declaration {
    name: "Reformulation",
    singular: "reformulation",
    plural: "reformulations",
    kind: Some(Kind::Reformulation),
    table: "reformulation",
    description: "Reformulación. Another last day or another target for an action, asked for and decided by two.",
    visibility: involving(Subject::Improvement, involved::OF_ACTION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("action", &IMPROVEMENT_ACTION, &["improvement_action_id"], "Acción. The action."),
        column("state", Enum(&ReformulationState::VOCABULARY), "state", "Estado. Where it stands.")
            .filtered()
            .ordered()
            .grouped(),
        column("justification", Text, "justification", "Justificación. Why."),
        column("beforeDueOn", Date, "before_due_on", "Fin anterior. Last day before.").filtered().ordered(),
        column("afterDueOn", Date, "after_due_on", "Fin solicitado. Last day asked for.").filtered().ordered(),
        column("beforeTarget", Decimal, "before_target", "Meta anterior. Target before.").filtered().ordered(),
        column("afterTarget", Decimal, "after_target", "Meta solicitada. Target asked for.").filtered().ordered(),
        column("requestedOn", Date, "requested_on", "Solicitada. Day on which it was asked for.").filtered().ordered(),
        one("requestedBy", &PERSON, &["requested_by_id"], "Solicitó. Who; null for an account that is nobody.")
            .nullable()
            .unfiltered(),
        column(
            "decidedOn",
            Date,
            "decided_on",
            "Decidida. Day from which it counts, or on which it was rejected; null until then.",
        )
        .nullable()
        .filtered()
        .ordered(),
        few(
            "decisions",
            &REFORMULATION_DECISION,
            &["id"],
            "{t}.reformulation_id = {k0}",
            "{t}.decided_on, {t}.id",
            "Decisiones. What those who decide said; at most 2.",
        ),
    ],
    lookups: &[],
    default_order: &["-requestedOn"],
};

/// Decisión sobre una reformulación.
pub static REFORMULATION_DECISION: Declaration = Declaration {
    name: "ReformulationDecision",
    singular: "reformulationDecision",
    plural: "reformulationDecisions",
    kind: Some(Kind::ReformulationDecision),
    table: "reformulation_decision",
    description: "Decisión sobre una reformulación. What one of the two who decide says to it.",
    visibility: involving(Subject::Improvement, involved::OF_REFORMULATION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("reformulation", &REFORMULATION, &["reformulation_id"], "Reformulación. What was asked for."),
        column("capacity", Enum(&DecisionCapacity::VOCABULARY), "capacity", "Calidad. In which capacity.")
            .filtered()
            .ordered()
            .grouped(),
        column("approved", Boolean, "approved", "Aprobada. Whether it is a yes.").filtered().grouped(),
        column("reason", Text, "reason", "Motivo. Why; always there for a no.").nullable(),
        column("decidedOn", Date, "decided_on", "Fecha. Day of the decision.").filtered().ordered(),
        one("person", &PERSON, &["person_id"], "Persona. Who decided; null for an account that is nobody.")
            .nullable()
            .unfiltered(),
    ],
    lookups: &[],
    default_order: &["decidedOn"],
};

/// Evaluación de eficacia.
pub static EFFECTIVENESS_REVIEW: Declaration = Declaration {
    name: "EffectivenessReview",
    singular: "effectivenessReview",
    plural: "effectivenessReviews",
    kind: Some(Kind::EffectivenessReview),
    table: "effectiveness_review",
    description: "Evaluación de eficacia. Whether what was done took the cause away, as somebody says who did not \
             do it.",
    visibility: involving(Subject::Improvement, involved::OF_ACTION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("action", &IMPROVEMENT_ACTION, &["improvement_action_id"], "Acción. The action."),
        column("result", Enum(&ActionResult::VOCABULARY), "result", "Resultado. Effective or not.")
            .filtered()
            .ordered()
            .grouped(),
        column("score", Decimal, "score", "Puntaje. In percent, 0 to 100; null where none is given.")
            .nullable()
            .filtered()
            .ordered(),
        column("concept", Text, "concept", "Concepto. What it rests on."),
        column("reviewedOn", Date, "reviewed_on", "Fecha. Day of the evaluation.").filtered().ordered(),
        one("verifier", &PERSON, &["verifier_id"], "Evaluó. Who; null for an account that is nobody.")
            .nullable()
            .unfiltered(),
        many("evidence", &EVIDENCE, &["id"], "{t}.effectiveness_review_id = {k0}", "Evidencias. What supports it."),
    ],
    lookups: &[],
    default_order: &["-reviewedOn"],
};
