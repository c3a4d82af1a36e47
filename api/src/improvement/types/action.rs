//! Actions, and the steps of their life cycle.

use entity::{
    Kind,
    improvement::{ActionKind, ActionResult, ActionState, ControlStatus},
};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    audit::types::FINDING,
    direction::types::DECISION,
    graph::{Declaration, declaration::involving, words::*},
    improvement::{
        figures::{self, days_left, days_overdue, due_then, overdue, state_then, under_way},
        states,
    },
    organization::types::{ORG_UNIT, PERSON},
};

/// Acción de mejora.
pub static IMPROVEMENT_ACTION: Declaration = Declaration {
    name: "ImprovementAction",
    singular: "improvementAction",
    plural: "improvementActions",
    kind: Some(Kind::ImprovementAction),
    table: "improvement_action",
    description: "Acción de mejora. What is done about findings, by whom, by when.",
    visibility: involving(Subject::Improvement, involved::ACTION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one(
            "plan",
            &IMPROVEMENT_PLAN,
            &["improvement_plan_id"],
            "Plan. The plan in which it stands; null for whoever does not read it.",
        )
        .nullable(),
        column("number", Int, "number", "Número. Counts the actions of the plan, from 1.").filtered().ordered(),
        column("kind", Enum(&ActionKind::VOCABULARY), "kind", "Clase. What it does about a finding.")
            .filtered()
            .ordered()
            .grouped(),
        column("description", Text, "description", "Descripción. What is done, in the infinitive.").filtered(),
        column("objective", Text, "objective", "Objetivo. What for; null where nobody says.").nullable(),
        column("indicator", Text, "indicator", "Indicador. By what it is measured; null where nobody says.").nullable(),
        column("unitOfMeasure", Text, "unit_of_measure", "Unidad de medida. In what its target is counted.").filtered(),
        column("target", Decimal, "target", "Meta. How many units are to be done; more than 0.").filtered().ordered(),
        column("weight", Decimal, "weight", "Ponderación. Its share of the plan, in percent.").filtered().ordered(),
        column("resources", Text, "resources", "Recursos. What it takes; null where nobody says.").nullable(),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia líder. The unit that answers for it.").grouped(),
        many(
            "coUnits",
            &ORG_UNIT,
            &["id"],
            "{t}.id IN (SELECT x.org_unit_id FROM action_unit x WHERE x.improvement_action_id = {k0})",
            "Dependencias corresponsables. Units that take part.",
        ),
        one("executor", &PERSON, &["executor_id"], "Ejecutor. Who does it; null while nobody is named.")
            .nullable()
            .unfiltered(),
        column("startsOn", Date, "starts_on", "Inicio. First day.").filtered().ordered(),
        column("dueOn", Date, "due_on", "Fin. Last day, as it stands now: reformulations change it.")
            .filtered()
            .ordered(),
        column("state", Enum(&ActionState::VOCABULARY), "state", "Estado. Where it stands.")
            .filtered()
            .ordered()
            .grouped(),
        column(
            "result",
            Enum(&ActionResult::VOCABULARY),
            "result",
            "Resultado. Effective or not; null until it is closed.",
        )
        .nullable()
        .filtered()
        .ordered()
        .grouped(),
        column(
            "controlStatus",
            Enum(&ControlStatus::VOCABULARY),
            "control_status",
            "Estado ante el ente de control. What a body of control says of it; null for a plan that is owed \
             to none.",
        )
        .nullable()
        .filtered()
        .ordered()
        .grouped(),
        one(
            "decision",
            &DECISION,
            &["decision_id"],
            "Decisión. The decision of senior management from which it comes; null for most.",
        )
        .nullable(),
        many(
            "findings",
            &FINDING,
            &["id"],
            "{t}.id IN (SELECT x.finding_id FROM action_finding x WHERE x.improvement_action_id = {k0})",
            "Hallazgos. Those that it answers.",
        ),
        few(
            "activities",
            &ACTION_ACTIVITY,
            &["id"],
            "{t}.improvement_action_id = {k0}",
            "{t}.number, {t}.id",
            "Actividades. Its parts that are measured by themselves, in their order; mostly fewer than 20.",
        ),
        many(
            "reports",
            &PROGRESS_REPORT,
            &["id"],
            "{t}.improvement_action_id = {k0}",
            "Reportes de avance. What was reported.",
        ),
        few(
            "reformulations",
            &REFORMULATION,
            &["id"],
            "{t}.improvement_action_id = {k0}",
            "{t}.requested_on, {t}.id",
            "Reformulaciones. Other dates and targets that were asked for, the oldest first; mostly fewer \
             than 5.",
        ),
        few(
            "effectivenessReviews",
            &EFFECTIVENESS_REVIEW,
            &["id"],
            "{t}.improvement_action_id = {k0}",
            "{t}.reviewed_on, {t}.id",
            "Evaluaciones de eficacia. The oldest first; mostly 1.",
        ),
        figure(
            "progress",
            figures::action::PROGRESS,
            "Avance. How far it is at the day asked for, and how it stands against its days.",
        ),
        computed(
            "overdue",
            Boolean,
            overdue!("{t}"),
            "Vencida. Whether, on the day asked for, it was under way, not executed, and its last day was over.",
        )
        .filtered()
        .grouped(),
        computed(
            "daysOverdue",
            Int,
            days_overdue!("{t}", "{m}"),
            "Días de vencida. How many days, on the day asked for, its last day was over while it was under way and not \
             executed; 0 where it was not overdue.",
        )
        .filtered()
        .ordered(),
        computed(
            "daysLeft",
            Int,
            days_left!("{t}", "{m}"),
            "Días restantes. How many days, on the day asked for, its last day was away, negative once it was over: what is \
             due within 15 days has from 0 to 15. Null where it was not under way, or was executed.",
        )
        .nullable()
        .filtered()
        .ordered(),
        figure(
            "availableTransitions",
            states::action::AVAILABLE,
            "Pasos posibles. The acts that its state has, each with what stands against it for the viewer.",
        ),
        few(
            "transitions",
            &ACTION_TRANSITION,
            &["id"],
            "{t}.improvement_action_id = {k0}",
            "{t}.recorded_at, {t}.id",
            "Ciclo de vida. The steps that it has taken, the oldest first; mostly fewer than 20.",
        ),
    ],
    lookups: &[],
    default_order: &["dueOn", "number"],
};

/// Paso de una acción de mejora.
pub static ACTION_TRANSITION: Declaration = Declaration {
    name: "ActionTransition",
    singular: "",
    plural: "",
    kind: Some(Kind::ActionTransition),
    table: "action_transition",
    description: "Paso de una acción de mejora. When, by whom and by which mutation an action changed its state.",
    visibility: involving(Subject::Improvement, involved::OF_ACTION),
    dated: false,
    moment: Within::Asked,
    members: step_members!(
        ActionState,
        one("action", &IMPROVEMENT_ACTION, &["improvement_action_id"], "Acción. What changed its state.")
    ),
    lookups: &[],
    default_order: &["recordedAt"],
};
