//! What a request costs: counted from its document and variables before anything is read, by the prices that the schema shows
//! (`graph::prices`), and again from its answer.
//!
//! A field costs its weight each time it is answered, an object the weight of its type each time it is given; lists are as long
//! as `@listSize` says. Where a field gives one of several types the dearest counts. What asks about the schema itself is free: the
//! guard bounds it.

mod actual;
mod requested;
mod table;
mod told;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use table::CostTable;
pub use told::told;

/// What each coordinate of the schema adds to the cost of a request.
#[derive(Debug, Default)]
pub struct Cost<'t> {
    shares: HashMap<Coordinate<'t>, u64>,
}

/// A type and one of its fields.
type Coordinate<'t> = (&'t str, &'t str);

impl<'t> Cost<'t> {
    /// The sum.
    pub fn total(&self) -> u64 {
        self.shares.values().copied().fold(0, u64::saturating_add)
    }

    /// The dearest coordinates, each with what it adds; those that add nothing are left out.
    pub fn dearest(&self, most: usize) -> Vec<(String, u64)> {
        let mut shares: Vec<_> = self.shares.iter().filter(|(_, share)| **share > 0).collect();
        shares.sort_unstable_by_key(|(coordinate, share)| (std::cmp::Reverse(**share), **coordinate));
        shares.into_iter().take(most).map(|((ty, field), share)| (format!("{ty}.{field}"), *share)).collect()
    }

    fn add(&mut self, coordinate: Coordinate<'t>, cost: u64) {
        let share = self.shares.entry(coordinate).or_default();
        *share = share.saturating_add(cost);
    }

    fn merge(&mut self, other: Self) {
        for (coordinate, cost) in other.shares {
            self.add(coordinate, cost);
        }
    }
}
