//! Senior management: reviews, handovers and their decisions; what is made known to units.

mod dissemination;
mod gathered;
pub mod guards;
mod review;
pub mod types;

use std::sync::LazyLock;

use crate::execution::act::AnyAct;

/// The acts of this area.
pub static ACTS: LazyLock<Vec<&'static dyn AnyAct>> = LazyLock::new(|| [review::ACTS, dissemination::ACTS].concat());
