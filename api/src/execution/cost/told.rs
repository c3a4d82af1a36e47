//! How costs are told.

use serde_json::{Value, json};

use super::Cost;

/// How many coordinates are named.
pub const NAMED: usize = 10;

/// A cost as an `Int`: what is more than the greatest of them is told as that.
pub fn told(cost: u64) -> u64 {
    cost.min(i32::MAX as u64)
}

impl Cost<'_> {
    /// The dearest coordinates, as `extensions.cost` and `estimateCost` show them.
    pub fn breakdown(&self) -> Value {
        let shares = self.dearest(NAMED).into_iter();
        shares.map(|(coordinate, cost)| json!({ "coordinate": coordinate, "cost": told(cost) })).collect()
    }

    /// The dearest coordinates, as a refusal names them.
    pub fn named(&self) -> Value {
        self.dearest(3).into_iter().map(|(coordinate, cost)| format!("{coordinate} {}", told(cost))).collect()
    }
}
