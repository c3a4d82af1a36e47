//! The life cycles of audits, each as one table.

pub mod audit;
pub mod finding;
pub mod program;

pub use audit::{AuditAct, AuditFacts, AuditLife};
pub use finding::{FindingAct, FindingFacts, FindingLife};
pub use program::{ProgramAct, ProgramFacts, ProgramLife};

use crate::life_cycle;

/// The part of `docs/life-cycles.md` about audits.
pub fn audits_markdown() -> String {
    use entity::audit::{AuditState, FindingState, ProgramState};
    let program = life_cycle::section::<ProgramLife>(
        "Audit program (programa anual de auditorías)",
        "What is changed in an approved program takes a reason; the change stands among its steps.",
        ProgramState::Draft,
        Some(ProgramState::Closed),
    );
    let audit = life_cycle::section::<AuditLife>(
        "Audit (auditoría)",
        "Audits of control bodies and certification bodies are transcribed by control interno: they have no team of ours.",
        AuditState::Planned,
        Some(AuditState::Closed),
    );
    let finding = life_cycle::section::<FindingLife>(
        "Finding (hallazgo)",
        "What follows from plans and actions has no act of its own.",
        FindingState::Draft,
        Some(FindingState::ClosedEffective),
    );
    program + &audit + &finding
}
