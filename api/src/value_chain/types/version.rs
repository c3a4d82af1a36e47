//! Versions of processes: the characterization, and the steps of its life cycle.

use entity::{
    Kind,
    value_chain::{FlowDirection, ProcessKind, ProcessLevel},
};

use super::*;
use crate::{
    access::rules::Subject,
    graph::{Declaration, declaration::drafted, words::*},
    value_chain::process,
};

/// Of a version: its rows.
const OF_VERSION: &str = "{t}.process_version_id = {k0}";
const _: () = assert!(FlowDirection::Input.number() == 1 && FlowDirection::Output.number() == 2);

/// Caracterización.
pub static PROCESS_VERSION: Declaration = Declaration {
    name: "ProcessVersion",
    singular: "processVersion",
    plural: "processVersions",
    kind: Some(Kind::ProcessVersion),
    table: "process_version",
    description: "Caracterización. A process as one version describes it: aim, scope, activities, inputs and outputs; of one \
                  process at most one holds on a day.",
    visibility: drafted(Subject::Processes, APPROVED).of_unit("{t}.process_id"),
    // A root list shows them all: one looks there for drafts and for what has been.
    dated: false,
    moment: Within::Interval,
    members: &[
        id(),
        row_version(),
        owner(),
        one("process", &PROCESS, &["process_id"], "Proceso. The one that it describes."),
        number("Número. Counts the versions of the process, from 1."),
        state(),
        in_force_then(),
        column("code", Text, "code", "Código. As the organization writes it; unique there on any day.")
            .filtered()
            .ordered(),
        name("Nombre. What the process is called."),
        computed(
            "level",
            Enum(&ProcessLevel::VOCABULARY),
            "(SELECT lp.level FROM process lp WHERE lp.id = {t}.process_id)",
            "Nivel. That of its process.",
        )
        .filtered()
        .ordered()
        .grouped(),
        column("kind", Enum(&ProcessKind::VOCABULARY), "kind", "Tipo. The band of the map in which it is drawn.")
            .filtered()
            .ordered()
            .grouped(),
        one(
            "parent",
            &PROCESS,
            &["parent_process_id"],
            "Proceso superior. Under which it stands; null for a macroprocess.",
        )
        .nullable(),
        column("objective", Text, "objective", "Objetivo. What the process is there for.").nullable(),
        column("scope", Text, "scope", "Alcance. What it covers and what not.").nullable(),
        column("startsWith", Text, "starts_with", "Inicio. With what it begins.").nullable(),
        column("endsWith", Text, "ends_with", "Fin. With what it ends.").nullable(),
        column(
            "policies",
            TextList,
            "policies",
            "Políticas de operación. What it holds to, in their order; at most 100.",
        ),
        column("resources", TextList, "resources", "Recursos. What it needs, in their order; at most 100."),
        change_reason(),
        legal_act(),
        one(
            "baseVersion",
            &PROCESS_VERSION,
            &["base_version_id"],
            "Versión base. The version from which it was written; null for the first.",
        )
        .nullable(),
        prepared_by(),
        reviewed_by(),
        approved_by(),
        few(
            "activities",
            &ACTIVITY,
            &["id"],
            OF_VERSION,
            "{t}.phase, {t}.position, {t}.id",
            "Actividades. By phase of the cycle, then in their order; at most 200.",
        ),
        few(
            "inputs",
            &FLOW,
            &["id"],
            "{t}.process_version_id = {k0} AND {t}.direction = 1",
            "{t}.position, {t}.id",
            "Entradas. What it takes, in their order; at most 200.",
        ),
        few(
            "outputs",
            &FLOW,
            &["id"],
            "{t}.process_version_id = {k0} AND {t}.direction = 2",
            "{t}.position, {t}.id",
            "Salidas. What it gives, in their order; at most 200.",
        ),
        few(
            "transitions",
            &PROCESS_TRANSITION,
            &["id"],
            OF_VERSION,
            "{t}.recorded_at, {t}.id",
            "Ciclo de vida. The steps that it has taken, the oldest first; mostly fewer than 20.",
        ),
        available_transitions(process::AVAILABLE),
        starts(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["code", "number"],
};

/// Paso del ciclo de vida de una caracterización.
pub static PROCESS_TRANSITION: Declaration = Declaration {
    name: "ProcessTransition",
    singular: "",
    plural: "",
    kind: Some(Kind::ProcessTransition),
    table: "process_transition",
    description: "Paso del ciclo de vida de una caracterización. When, by whom and by which mutation a version changed its state.",
    visibility: drafted(
        Subject::Processes,
        "EXISTS (SELECT 1 FROM process_version pv WHERE pv.id = {t}.process_version_id AND pv.stage = 3)",
    )
    .of_unit("(SELECT pv.process_id FROM process_version pv WHERE pv.id = {t}.process_version_id)"),
    dated: false,
    moment: Within::Asked,
    members: step_members!(
        ControlledState,
        one(
            "processVersion",
            &PROCESS_VERSION,
            &["process_version_id"],
            "Caracterización. The one that changed its state.",
        )
    ),
    lookups: &[],
    default_order: &["recordedAt"],
};
