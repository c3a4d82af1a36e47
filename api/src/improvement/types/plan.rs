//! Improvement plans, and the steps of their life cycle.

use entity::{
    Kind,
    improvement::{PlanKind, PlanState},
};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    audit::types::FINDING,
    graph::{Declaration, declaration::involving, words::*},
    improvement::{figures, states},
    organization::types::ORG_UNIT,
    value_chain::types::PROCESS,
};

/// Plan de mejoramiento.
pub static IMPROVEMENT_PLAN: Declaration = Declaration {
    name: "ImprovementPlan",
    singular: "improvementPlan",
    plural: "improvementPlans",
    kind: Some(Kind::ImprovementPlan),
    table: "improvement_plan",
    description: "Plan de mejoramiento. What an organization undertakes about findings.",
    visibility: involving(Subject::Improvement, involved::PLAN),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column("code", Text, "code", "Código. Unique in the organization.").filtered().ordered(),
        name("Nombre. What it is called."),
        column("kind", Enum(&PlanKind::VOCABULARY), "kind", "Clase. To whom it is owed.")
            .filtered()
            .ordered()
            .grouped(),
        column("year", Int, "year", "Vigencia. The calendar year.").filtered().ordered().grouped(),
        column("state", Enum(&PlanState::VOCABULARY), "state", "Estado. Where it stands.")
            .filtered()
            .ordered()
            .grouped(),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia. The unit that formulates it."),
        one(
            "process",
            &PROCESS,
            &["process_id"],
            "Proceso de origen. Where it begins; null where that is no single one.",
        )
        .nullable(),
        column("objective", Text, "objective", "Objetivo. What it is for; null where nobody says.").nullable(),
        column(
            "filingNumber",
            Text,
            "filing_number",
            "Radicado. The number under which it was filed; null until then.",
        )
        .nullable()
        .filtered(),
        column("controlBody", Text, "control_body", "Ente de control. To whom it is owed; null for an internal one.")
            .nullable()
            .filtered(),
        column(
            "subscribedOn",
            Date,
            "subscribed_on",
            "Fecha de suscripción. Day of its subscription; null until then.",
        )
        .nullable()
        .filtered()
        .ordered(),
        many(
            "findings",
            &FINDING,
            &["id"],
            "{t}.id IN (SELECT x.finding_id FROM plan_finding x WHERE x.improvement_plan_id = {k0})",
            "Hallazgos. Those that it takes up.",
        ),
        many("actions", &IMPROVEMENT_ACTION, &["id"], "{t}.improvement_plan_id = {k0}", "Acciones. What is done."),
        figure("progress", figures::plan::PROGRESS, "Avance. How far it is at the day asked for."),
        figure(
            "availableTransitions",
            states::plan::AVAILABLE,
            "Pasos posibles. The acts that its state has, each with what stands against it for the viewer.",
        ),
        few(
            "transitions",
            &PLAN_TRANSITION,
            &["id"],
            "{t}.improvement_plan_id = {k0}",
            "{t}.recorded_at, {t}.id",
            "Ciclo de vida. The steps that it has taken, the oldest first; mostly fewer than 20.",
        ),
    ],
    lookups: &[],
    default_order: &["-year", "code"],
};

/// Paso de un plan de mejoramiento.
pub static PLAN_TRANSITION: Declaration = Declaration {
    name: "PlanTransition",
    singular: "",
    plural: "",
    kind: Some(Kind::PlanTransition),
    table: "plan_transition",
    description: "Paso de un plan de mejoramiento. When, by whom and by which mutation a plan changed its state.",
    visibility: involving(Subject::Improvement, involved::OF_PLAN),
    dated: false,
    moment: Within::Asked,
    members: step_members!(
        PlanState,
        one("plan", &IMPROVEMENT_PLAN, &["improvement_plan_id"], "Plan. What changed its state.")
    ),
    lookups: &[],
    default_order: &["recordedAt"],
};
