//! Territory and national catalogues.

pub mod coverage;
pub mod department;
pub mod job_denomination;
pub mod municipality;
pub mod territorial_entity;
pub mod unit_kind;
pub mod vocabulary;

pub use vocabulary::{JobLevel, TerritorialEntityKind};
