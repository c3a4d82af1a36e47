//! Audits: programs, audits with their teams and checklists, findings and what becomes of them, reports, certificates.

#[expect(clippy::module_inception, reason = "the file is named after its table, the folder after its area")]
pub mod audit;
pub mod audit_criterion;
pub mod audit_program;
pub mod audit_program_transition;
pub mod audit_report;
pub mod audit_scope;
pub mod audit_team_member;
pub mod audit_transition;
pub mod certificate;
pub mod certificate_process;
pub mod checklist_item;
pub mod finding;
pub mod finding_incidence;
pub mod finding_process;
pub mod finding_requirement;
pub mod finding_response;
pub mod finding_transition;
pub mod finding_type;
pub mod finding_unit;
pub mod vocabulary;

pub use vocabulary::{
    AuditKind, AuditState, ChecklistResult, FindingKind, FindingOrigin, FindingRegime, FindingSeverity, FindingState,
    IncidenceKind, ProgramState, ReportStage, TeamRole,
};
