//! Annual programs of audits.

use entity::{Kind, audit::ProgramState};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    audit::{figures, states},
    graph::{Declaration, declaration::involving, words::*},
    organization::types::PERSON,
};

/// Programa anual de auditorías.
pub static AUDIT_PROGRAM: Declaration = Declaration {
    name: "AuditProgram",
    singular: "auditProgram",
    plural: "auditPrograms",
    kind: Some(Kind::AuditProgram),
    table: "audit_program",
    description: "Programa anual de auditorías. Which audits an organization means to do in a year.",
    visibility: involving(Subject::Improvement, involved::PROGRAM),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column("year", Int, "year", "Vigencia. The calendar year.").filtered().ordered().grouped(),
        name("Nombre. What it is called."),
        column("objective", Text, "objective", "Objetivo. What it is for; null while that is not said.").nullable(),
        column("state", Enum(&ProgramState::VOCABULARY), "state", "Estado. Where it stands.")
            .filtered()
            .ordered()
            .grouped(),
        one("approvedBy", &PERSON, &["approved_by_id"], "Aprobó. Who approved it; null until then.")
            .nullable()
            .unfiltered(),
        many("audits", &AUDIT, &["id"], "{t}.audit_program_id = {k0}", "Auditorías. What stands in it."),
        figure(
            "execution",
            figures::EXECUTION,
            "Ejecución. Audits with a final report, of those not cancelled, on the day asked for.",
        ),
        figure(
            "availableTransitions",
            states::program::AVAILABLE,
            "Pasos posibles. The acts that its state has, each with what stands against it for the viewer.",
        ),
        few(
            "transitions",
            &AUDIT_PROGRAM_TRANSITION,
            &["id"],
            "{t}.audit_program_id = {k0}",
            "{t}.recorded_at, {t}.id",
            "Ciclo de vida. The steps that it has taken, and its changes after approval, the oldest first; \
             mostly fewer than 50.",
        ),
    ],
    lookups: &[],
    default_order: &["-year", "name"],
};

/// Paso de un programa de auditorías.
pub static AUDIT_PROGRAM_TRANSITION: Declaration = Declaration {
    name: "AuditProgramTransition",
    singular: "",
    plural: "",
    kind: Some(Kind::AuditProgramTransition),
    table: "audit_program_transition",
    description: "Paso de un programa de auditorías. When, by whom and by which mutation a program changed its \
             state, or was changed after its approval.",
    visibility: involving(Subject::Improvement, involved::OF_PROGRAM),
    dated: false,
    moment: Within::Asked,
    members: step_members!(
        ProgramState,
        one("auditProgram", &AUDIT_PROGRAM, &["audit_program_id"], "Programa. What changed its state.")
    ),
    lookups: &[],
    default_order: &["recordedAt"],
};
