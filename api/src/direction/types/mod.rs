//! The declared graph of senior management.

mod dissemination;
mod review;

pub use dissemination::{ACKNOWLEDGEMENT, DISSEMINATION};
pub use review::{DECISION, MANAGEMENT_REVIEW};

use crate::organization::types::owner;
