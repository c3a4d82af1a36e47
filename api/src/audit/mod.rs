//! Audits: programs, audits, their teams, checklists and reports; findings and certificates.

mod audits;
mod certificate;
mod checklist;
pub mod evidence;
pub mod figures;
mod finding;
pub mod guards;
pub mod inputs;
mod program;
pub mod report;
pub mod rules;
pub mod states;
mod team;
pub mod types;

use std::sync::LazyLock;

use crate::execution::act::AnyAct;

/// The acts of this area.
pub static ACTS: LazyLock<Vec<&'static dyn AnyAct>> = LazyLock::new(|| {
    [program::ACTS, audits::ACTS, team::ACTS, checklist::ACTS, report::ACTS, finding::ACTS, certificate::ACTS].concat()
});
