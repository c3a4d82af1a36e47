//! Improvement: causes, plans, actions, progress, verification.

mod actions;
mod cause;
pub mod figures;
mod follow;
pub mod guards;
mod inputs;
mod plans;
mod reformulations;
mod reports;
pub mod rules;
pub mod states;
mod steps;
pub mod types;
mod windows;

use std::sync::LazyLock;

use crate::execution::act::AnyAct;

/// The acts of this area.
pub static ACTS: LazyLock<Vec<&'static dyn AnyAct>> = LazyLock::new(|| {
    [cause::ACTS, plans::ACTS, actions::ACTS, steps::ACTS, windows::ACTS, reports::ACTS, reformulations::ACTS].concat()
});
