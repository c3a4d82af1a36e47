//! Planta. The acts on jobs, posts, persons and their holdings.

use crate::execution::act::AnyAct;

/// The acts on staff.
pub static ACTS: &[&dyn AnyAct] = &[];
