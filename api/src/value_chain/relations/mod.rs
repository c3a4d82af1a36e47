//! How processes stand to what is around them: who answers for them, capabilities, national references, requirements,
//! norms (domain 3 and 4).

mod responsibilities;
mod responsibility;
pub mod rules;
mod shared;

pub use shared::responsibility;

use crate::execution::act::{AnyAct, act};

/// The acts on what processes stand in relation to.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<responsibility::ProcessResponsibilityCreate>(),
    act::<responsibility::ProcessResponsibilityUpdate>(),
    act::<responsibility::ProcessResponsibilityEnd>(),
    act::<responsibility::ProcessLeadTransfer>(),
    act::<responsibilities::ProcessResponsibilitiesSet>(),
];
