//! What an audit consists of: scope, criteria, team, checklist, reports.

use entity::{
    Kind,
    audit::{ChecklistResult, ReportStage, TeamRole},
};

use super::*;
use crate::{
    access::{involved, rules::Subject},
    framework::types::REQUIREMENT,
    graph::{
        Declaration,
        declaration::{Part, involving},
        words::*,
    },
    improvement::types::EVIDENCE,
    organization::types::{ORG_UNIT, PERSON},
    value_chain::types::PROCESS,
};

static AUDIT_FILE: Part = file_part!("ReportFile", "Archivo de un informe. Where it lies, outside of this service.");

/// Alcance de una auditoría.
pub static AUDIT_SCOPE: Declaration = Declaration {
    name: "AuditScope",
    singular: "auditScope",
    plural: "auditScopes",
    kind: Some(Kind::AuditScope),
    table: "audit_scope",
    description: "Alcance de una auditoría. A process, a unit, or a process in a unit, that an audit looks at.",
    visibility: involving(Subject::Improvement, involved::OF_AUDIT),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("audit", &AUDIT, &["audit_id"], "Auditoría. The audit."),
        column("position", Int, "position", "Orden. Its place, from 0.").ordered(),
        one("process", &PROCESS, &["process_id"], "Proceso. The process; null where a whole unit is looked at.")
            .nullable(),
        one(
            "unit",
            &ORG_UNIT,
            &["org_unit_id"],
            "Dependencia. The unit; null where a process is looked at wherever it runs.",
        )
        .nullable(),
        column("covered", Boolean, "covered", "Cubierto. Whether it was looked at.").filtered().grouped(),
        column(
            "exclusionReason",
            Text,
            "exclusion_reason",
            "Motivo de exclusión. Why it was left out; null for what was not.",
        )
        .nullable(),
    ],
    lookups: &[],
    default_order: &["position"],
};

/// Criterio de auditoría.
pub static AUDIT_CRITERION: Declaration = Declaration {
    name: "AuditCriterion",
    singular: "",
    plural: "",
    kind: Some(Kind::AuditCriterion),
    table: "audit_criterion",
    description: "Criterio de auditoría. A requirement against which an audit holds what it finds.",
    visibility: involving(Subject::Improvement, involved::OF_AUDIT),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("audit", &AUDIT, &["audit_id"], "Auditoría. The audit."),
        one("requirement", &REQUIREMENT, &["requirement_id"], "Requisito. The requirement, of one edition."),
        column("note", Text, "note", "Nota. What exactly; null mostly.").nullable(),
    ],
    lookups: &[],
    default_order: &[],
};

/// Miembro del equipo auditor.
pub static AUDIT_TEAM_MEMBER: Declaration = Declaration {
    name: "AuditTeamMember",
    singular: "auditTeamMember",
    plural: "auditTeamMembers",
    kind: Some(Kind::AuditTeamMember),
    table: "audit_team_member",
    description: "Miembro del equipo auditor. Who audits, in which part, and whether he was let in although he is \
             not independent.",
    visibility: involving(Subject::Improvement, involved::OF_AUDIT),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("audit", &AUDIT, &["audit_id"], "Auditoría. The audit."),
        one("person", &PERSON, &["person_id"], "Persona. Who."),
        column("role", Enum(&TeamRole::VOCABULARY), "role", "Papel. Leads, audits, advises, looks on.")
            .filtered()
            .ordered()
            .grouped(),
        column(
            "overrideReason",
            Text,
            "override_reason",
            "Motivo de la excepción. Why somebody audits who held or holds a post in what is audited; null \
             for the independent.",
        )
        .nullable(),
        one("overrideBy", &PERSON, &["override_by_id"], "Autorizó. Who of control interno allowed it.")
            .nullable()
            .unfiltered(),
    ],
    lookups: &[],
    default_order: &["role"],
};

/// Pregunta de la lista de verificación.
pub static CHECKLIST_ITEM: Declaration = Declaration {
    name: "ChecklistItem",
    singular: "checklistItem",
    plural: "checklistItems",
    kind: Some(Kind::ChecklistItem),
    table: "checklist_item",
    description: "Pregunta de la lista de verificación. What is asked in an audit, and what was found.",
    visibility: involving(Subject::Improvement, involved::OF_AUDITORS),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("audit", &AUDIT, &["audit_id"], "Auditoría. The audit."),
        column("position", Int, "position", "Orden. Its place, from 0.").ordered(),
        column("question", Text, "question", "Pregunta. What is asked.").filtered(),
        one(
            "requirement",
            &REQUIREMENT,
            &["requirement_id"],
            "Requisito. Against what it is held; null where nothing exact is.",
        )
        .nullable(),
        one("process", &PROCESS, &["process_id"], "Proceso. Where it is asked; null for all of the scope.").nullable(),
        column("result", Enum(&ChecklistResult::VOCABULARY), "result", "Resultado. Null until it is answered.")
            .nullable()
            .filtered()
            .ordered()
            .grouped(),
        column("remarks", Text, "remarks", "Observaciones. What was seen; null until then.").nullable(),
        many("evidence", &EVIDENCE, &["id"], "{t}.checklist_item_id = {k0}", "Evidencias. What shows it."),
    ],
    lookups: &[],
    default_order: &["position"],
};

/// Informe de auditoría.
pub static AUDIT_REPORT: Declaration = Declaration {
    name: "AuditReport",
    singular: "auditReport",
    plural: "auditReports",
    kind: Some(Kind::AuditReport),
    table: "audit_report",
    description: "Informe de auditoría. What an audit reports: a draft, and the final word, which is frozen.",
    visibility: involving(Subject::Improvement, involved::OF_AUDIT),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("audit", &AUDIT, &["audit_id"], "Auditoría. The audit."),
        column("stage", Enum(&ReportStage::VOCABULARY), "stage", "Etapa. Draft or final.")
            .filtered()
            .ordered()
            .grouped(),
        column("reportedOn", Date, "reported_on", "Fecha. Day of the report.").filtered().ordered(),
        column("summary", Text, "summary", "Resumen. What it says in short; null where only the file says it.")
            .nullable(),
        part("file", &AUDIT_FILE, "Archivo. Where it lies."),
        column(
            "contentHash",
            Text,
            "content_hash",
            "Huella. SHA-256 of the findings as the final report froze them; null for a draft.",
        )
        .nullable(),
    ],
    lookups: &[],
    default_order: &["stage"],
};
