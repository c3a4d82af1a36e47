//! What is decided about audits without looking anything up.

pub mod independence;
pub mod regime;
