//! Senior management: reviews, decisions, socialization.

pub mod acknowledgement;
pub mod decision;
pub mod dissemination;
pub mod dissemination_unit;
pub mod management_review;
pub mod vocabulary;

pub use vocabulary::{DisseminationChannel, ReviewKind, ReviewState};
