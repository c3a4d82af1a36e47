//! Findings, and the steps of their life cycle.

use entity::{
    Kind,
    audit::{FindingKind, FindingOrigin, FindingSeverity, FindingState},
};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    audit::{figures, states},
    framework::types::REQUIREMENT,
    graph::{Declaration, declaration::involving, words::*},
    improvement::{
        figures::{days_left, days_overdue, due_then, state_then, under_way},
        types::{CAUSE_ANALYSIS, EVIDENCE, IMPROVEMENT_ACTION, IMPROVEMENT_PLAN},
    },
    organization::types::ORG_UNIT,
    value_chain::types::PROCESS,
};

/// Hallazgo.
pub static FINDING: Declaration = Declaration {
    name: "Finding",
    singular: "finding",
    plural: "findings",
    kind: Some(Kind::Finding),
    table: "finding",
    description: "Hallazgo. What an audit, an assessment, a review, a complaint, a risk or an indicator brought \
             up. Its links are read as of the day on which it was found; what is done about it since, as of the day asked for.",
    visibility: involving(Subject::Improvement, involved::FINDING),
    dated: false,
    moment: Within::Event("identified_on"),
    members: &[
        id(),
        row_version(),
        owner(),
        column("code", Text, "code", "Código. Hierarchical, such as 2.1.4; unique in its audit.").filtered().ordered(),
        name("Título. What it is called."),
        column("kind", Enum(&FindingKind::VOCABULARY), "kind", "Clase. How grave it is, by the regime of the audit.")
            .filtered()
            .ordered()
            .grouped(),
        one(
            "findingType",
            &FINDING_TYPE,
            &["finding_type_id"],
            "Tipo. What the regime of its audit calls it; null where nobody says.",
        )
        .nullable(),
        column("state", Enum(&FindingState::VOCABULARY), "state", "Estado. Where it stands.")
            .filtered()
            .ordered()
            .grouped(),
        column(
            "severity",
            Enum(&FindingSeverity::VOCABULARY),
            "severity",
            "Severidad. How much it weighs; null while nobody says.",
        )
        .nullable()
        .filtered()
        .ordered()
        .grouped(),
        one(
            "audit",
            &AUDIT,
            &["audit_id"],
            "Auditoría. The audit from which it comes; null for other origins, and for whoever does not read \
             the audit.",
        )
        .nullable(),
        column("origin", Enum(&FindingOrigin::VOCABULARY), "origin", "Origen. Whence it comes.")
            .filtered()
            .ordered()
            .grouped(),
        column("originSource", Text, "origin_source", "Fuente. Who or what brought it up, where that is no audit.")
            .nullable(),
        column("originNumber", Text, "origin_number", "Número de origen. Under which it is known there.")
            .nullable()
            .filtered(),
        column("originDate", Date, "origin_date", "Fecha de origen. Day of the origin; null for an audit.")
            .nullable()
            .filtered()
            .ordered(),
        column("condition", Text, "condition", "Condición. What is."),
        column("criterion", Text, "criterion", "Criterio. What should be; null where nobody says.").nullable(),
        column(
            "cause",
            Text,
            "cause",
            "Causa. As whoever found it says; the analysis of the audited stands in `causeAnalyses`.",
        )
        .nullable(),
        column("effect", Text, "effect", "Efecto. What comes of it; null where nobody says.").nullable(),
        column(
            "external",
            Boolean,
            "external",
            "Externo. Whether an external body found it; then it was transcribed, and the organization does \
             not edit it.",
        )
        .filtered()
        .grouped(),
        column("requiresAction", Boolean, "requires_action", "Requiere acción. Whether it asks for an action.")
            .filtered()
            .grouped(),
        column("revision", Int, "revision", "Revisión. Counts its corrections after it was communicated, from 1."),
        column(
            "revisionReason",
            Text,
            "revision_reason",
            "Motivo de la revisión. Why it was corrected; null for the first.",
        )
        .nullable(),
        column(
            "identifiedOn",
            Date,
            "identified_on",
            "Fecha. Day on which it was found; its links are read as of that day.",
        )
        .filtered()
        .ordered(),
        column(
            "answerDue",
            Date,
            "answer_due",
            "Plazo de respuesta. Last day to answer it; null until it is communicated.",
        )
        .nullable()
        .filtered()
        .ordered(),
        one(
            "recurrenceOf",
            &FINDING,
            &["recurrence_of_id"],
            "Recurrencia de. The finding that it repeats; null for most.",
        )
        .nullable(),
        many("recurrences", &FINDING, &["id"], "{t}.recurrence_of_id = {k0}", "Recurrencias. Those that repeat it.")
            .as_asked(),
        many(
            "processes",
            &PROCESS,
            &["id"],
            "{t}.id IN (SELECT x.process_id FROM finding_process x WHERE x.finding_id = {k0})",
            "Procesos. Where it was found.",
        )
        .grouped(),
        many(
            "macroprocesses",
            &PROCESS,
            &["id"],
            concat!(
                "{t}.id IN (WITH RECURSIVE up(id) AS (SELECT x.process_id FROM finding_process x WHERE x.finding_id = {k0} \
                 UNION SELECT v.parent_process_id FROM up JOIN process_version v ON v.process_id = up.id \
                 WHERE v.parent_process_id IS NOT NULL AND ",
                in_force!("v"),
                ") SELECT p.id FROM up JOIN process p ON p.id = up.id WHERE p.level = 1)"
            ),
            "Macroprocesos. Under which those processes stood on that day.",
        )
        .grouped(),
        many(
            "units",
            &ORG_UNIT,
            &["id"],
            "{t}.id IN (SELECT x.org_unit_id FROM finding_unit x WHERE x.finding_id = {k0})",
            "Dependencias. Whom it concerns, by their names of that day.",
        )
        .grouped(),
        many(
            "requirements",
            &REQUIREMENT,
            &["id"],
            "{t}.id IN (SELECT x.requirement_id FROM finding_requirement x WHERE x.finding_id = {k0})",
            "Requisitos. What it falls short of.",
        )
        .grouped(),
        few(
            "incidences",
            &FINDING_INCIDENCE,
            &["id"],
            "{t}.finding_id = {k0}",
            "{t}.kind, {t}.id",
            "Incidencias. What else it may lead to; at most 3.",
        ),
        few(
            "responses",
            &FINDING_RESPONSE,
            &["id"],
            "{t}.finding_id = {k0}",
            "{t}.responded_on, {t}.id",
            "Respuestas. What the audited says to it, the oldest first; mostly fewer than 5.",
        ),
        few(
            "causeAnalyses",
            &CAUSE_ANALYSIS,
            &["id"],
            "{t}.finding_id = {k0}",
            "{t}.recorded_on, {t}.id",
            "Análisis de causas. Why it came about, the oldest first; mostly 1.",
        ),
        many(
            "plans",
            &IMPROVEMENT_PLAN,
            &["id"],
            "{t}.id IN (SELECT x.improvement_plan_id FROM plan_finding x WHERE x.finding_id = {k0})",
            "Planes. Those that take it up.",
        )
        .as_asked(),
        many(
            "actions",
            &IMPROVEMENT_ACTION,
            &["id"],
            "{t}.id IN (SELECT x.improvement_action_id FROM action_finding x WHERE x.finding_id = {k0})",
            "Acciones. What is done about it.",
        )
        .as_asked(),
        computed(
            "daysOverdue",
            Int,
            concat!(
                "COALESCE((SELECT max(",
                days_overdue!("a", "{d}"),
                ") FROM improvement_action a JOIN action_finding x ON x.improvement_action_id = a.id \
                 WHERE x.finding_id = {t}.id), 0)"
            ),
            "Días de vencido. On the day asked for, those of the action about it that is overdue the longest; 0 where none is. \
             All its actions count, also those that the viewer does not read.",
        )
        .filtered()
        .ordered(),
        many("evidence", &EVIDENCE, &["id"], "{t}.finding_id = {k0}", "Evidencias. What shows it."),
        figure("age", figures::AGE, "Edad. How long it has been open on the day asked for."),
        figure(
            "availableTransitions",
            states::finding::AVAILABLE,
            "Pasos posibles. The acts that its state has, each with what stands against it for the viewer.",
        ),
        few(
            "transitions",
            &FINDING_TRANSITION,
            &["id"],
            "{t}.finding_id = {k0}",
            "{t}.recorded_at, {t}.id",
            "Ciclo de vida. The steps that it has taken, the oldest first; mostly fewer than 20.",
        ),
    ],
    lookups: &[],
    default_order: &["-identifiedOn", "code"],
};

/// Paso de un hallazgo.
pub static FINDING_TRANSITION: Declaration = Declaration {
    name: "FindingTransition",
    singular: "",
    plural: "",
    kind: Some(Kind::FindingTransition),
    table: "finding_transition",
    description: "Paso de un hallazgo. When, by whom and by which mutation a finding changed its state.",
    visibility: involving(Subject::Improvement, involved::OF_FINDING),
    dated: false,
    moment: Within::Asked,
    members: step_members!(
        FindingState,
        one("finding", &FINDING, &["finding_id"], "Hallazgo. What changed its state.")
    ),
    lookups: &[],
    default_order: &["recordedAt"],
};
