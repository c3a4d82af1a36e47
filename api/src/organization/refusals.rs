//! What the rules found, as acts answer it.

use super::rules::Violation;
use crate::{graph::error::Refusal, store::ActFault};

/// A violation as a refusal.
pub fn refusal(violation: &Violation) -> Refusal {
    violation.clone().into()
}

/// Violations as the refusal of an act.
pub fn refused(violations: Vec<Violation>) -> ActFault {
    violations.into_iter().map(Refusal::from).collect::<Vec<_>>().into()
}

/// Passes when there is no violation.
pub fn pass(violations: Vec<Violation>) -> Result<(), ActFault> {
    if violations.is_empty() { Ok(()) } else { Err(refused(violations)) }
}
