//! What is decided about improvement without looking anything up.

pub mod fields;
pub mod progress;
pub mod recurrence;
pub mod reformulated;
pub mod waiting;
pub mod window;
