//! National reference content: reference maps, frameworks by edition, norms, lines of defence.

pub mod crosswalk;
pub mod defence_line;
#[expect(clippy::module_inception, reason = "the file is named after its table, the folder after its area")]
pub mod framework;
pub mod framework_edition;
pub mod norm;
pub mod reference_map;
pub mod reference_process;
pub mod requirement;
pub mod vocabulary;

pub use vocabulary::{CrosswalkRelation, RequirementKind};
