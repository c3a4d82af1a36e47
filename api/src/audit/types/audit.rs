//! Audits, and the steps of their life cycle.

use entity::{
    Kind,
    audit::{AuditKind, AuditState},
};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    audit::states,
    graph::{Declaration, declaration::involving, words::*},
    organization::types::ORGANIZATION,
};

/// Auditoría.
pub static AUDIT: Declaration = Declaration {
    name: "Audit",
    singular: "audit",
    plural: "audits",
    kind: Some(Kind::Audit),
    table: "audit",
    description: "Auditoría. What one looks at in processes and units, against which requirements, and what comes \
             of it.",
    visibility: involving(Subject::Improvement, involved::AUDIT),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column("code", Text, "code", "Código. Unique in the organization.").filtered().ordered(),
        name("Nombre. What it is called."),
        column("kind", Enum(&AuditKind::VOCABULARY), "kind", "Clase. Who audits, to what end.")
            .filtered()
            .ordered()
            .grouped(),
        column("state", Enum(&AuditState::VOCABULARY), "state", "Estado. Where it stands.")
            .filtered()
            .ordered()
            .grouped(),
        one(
            "program",
            &AUDIT_PROGRAM,
            &["audit_program_id"],
            "Programa. The annual program in which it stands; null for one outside of any, and for whoever \
             does not read programs.",
        )
        .nullable(),
        one(
            "auditingOrganization",
            &ORGANIZATION,
            &["auditing_organization_id"],
            "Organización auditora. Who audits; null for the audited itself, and for a body that is not \
             recorded.",
        )
        .nullable(),
        column(
            "auditingBody",
            Text,
            "auditing_body",
            "Ente auditor. Who audits, where that is no recorded organization.",
        )
        .nullable()
        .filtered(),
        one(
            "followedAudit",
            &AUDIT,
            &["followed_audit_id"],
            "Auditoría de origen. The one whose findings it follows up; null for most.",
        )
        .nullable(),
        column("objective", Text, "objective", "Objetivo. What it is to find out; null while that is not said.")
            .nullable(),
        column("plannedFrom", Date, "planned_from", "Inicio planeado. First planned day.").filtered().ordered(),
        column("plannedTo", Date, "planned_to", "Fin planeado. Last planned day.").filtered().ordered(),
        column("startedOn", Date, "started_on", "Inicio real. Day on which it began; null until then.")
            .nullable()
            .filtered()
            .ordered(),
        column("endedOn", Date, "ended_on", "Fin real. Day of its final report; null until then.")
            .nullable()
            .filtered()
            .ordered(),
        column("conclusions", Text, "conclusions", "Conclusiones. What the auditors conclude; null until then.")
            .nullable(),
        few(
            "scope",
            &AUDIT_SCOPE,
            &["id"],
            "{t}.audit_id = {k0}",
            "{t}.position, {t}.id",
            "Alcance. The processes and units that it looks at, in their order; mostly fewer than 50.",
        ),
        few(
            "criteria",
            &AUDIT_CRITERION,
            &["id"],
            "{t}.audit_id = {k0}",
            "{t}.id",
            "Criterios. The requirements against which it holds what it finds; mostly fewer than 100.",
        ),
        few(
            "team",
            &AUDIT_TEAM_MEMBER,
            &["id"],
            "{t}.audit_id = {k0}",
            "{t}.role, {t}.id",
            "Equipo. Who audits, the lead first; mostly fewer than 20.",
        ),
        many(
            "checklist",
            &CHECKLIST_ITEM,
            &["id"],
            "{t}.audit_id = {k0}",
            "Lista de verificación. What is asked; for the auditors and those who read all.",
        ),
        many(
            "findings",
            &FINDING,
            &["id"],
            "{t}.audit_id = {k0}",
            "Hallazgos. What it found; what is not communicated only for the auditors and those who read all.",
        ),
        few(
            "reports",
            &AUDIT_REPORT,
            &["id"],
            "{t}.audit_id = {k0}",
            "{t}.stage, {t}.id",
            "Informes. The draft and the final one; at most 2.",
        ),
        figure(
            "availableTransitions",
            states::audit::AVAILABLE,
            "Pasos posibles. The acts that its state has, each with what stands against it for the viewer.",
        ),
        few(
            "transitions",
            &AUDIT_TRANSITION,
            &["id"],
            "{t}.audit_id = {k0}",
            "{t}.recorded_at, {t}.id",
            "Ciclo de vida. The steps that it has taken, the oldest first; mostly fewer than 20.",
        ),
    ],
    lookups: &[],
    default_order: &["-plannedFrom", "code"],
};

/// Paso de una auditoría.
pub static AUDIT_TRANSITION: Declaration = Declaration {
    name: "AuditTransition",
    singular: "",
    plural: "",
    kind: Some(Kind::AuditTransition),
    table: "audit_transition",
    description: "Paso de una auditoría. When, by whom and by which mutation an audit changed its state.",
    visibility: involving(Subject::Improvement, involved::OF_AUDIT),
    dated: false,
    moment: Within::Asked,
    members: step_members!(AuditState, one("audit", &AUDIT, &["audit_id"], "Auditoría. What changed its state.")),
    lookups: &[],
    default_order: &["recordedAt"],
};
