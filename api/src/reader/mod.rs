//! Selection → plan → rows → bytes.
//!
//! The planner turns the selection of a request, by the declarations, into *levels*: one SQL statement each,
//! to-one edges joined, only the columns asked for. All levels of a request are read in one snapshot, breadth
//! first; then the answer is written once, depth first, into the response buffer.

pub mod arguments;
pub mod collect;
pub mod cursor;
pub mod fetch;
pub mod groups;
mod keyset;
pub mod links;
pub mod listing;
pub mod permission;
pub mod plan;
pub mod planner;
pub mod reads;
mod render;
pub mod rows;
pub mod snapshot;
pub mod sql;
mod together;
pub mod write;

use plan::Level;
use sql::Dialect;

/// How many statements levels take on a database.
pub fn statements(levels: &[Level], dialect: Dialect) -> usize {
    if together::suits(levels, dialect) { 1 } else { parts(levels) }
}

/// How many times levels are read: each for its rows, and for its count.
fn parts(levels: &[Level]) -> usize {
    levels.iter().map(|level| usize::from(level.rows) + usize::from(level.count)).sum()
}

/// Does a filter ask about related rows? What that costs cannot be told from the page.
pub fn searches(levels: &[Level]) -> bool {
    levels.iter().any(|level| level.filter.as_ref().is_some_and(|filter| filter.size().1 > 0))
}

/// How many rows levels may bring at the most, with bounded lists taken as 20 rows: what much is read beside the workers.
pub fn cost(levels: &[Level]) -> u64 {
    const BOUNDED: u64 = 20;
    let mut rows: Vec<u64> = Vec::with_capacity(levels.len());
    for level in levels {
        let above = level.parent.as_ref().map_or(1, |parent| rows[parent.level]);
        let own = match (&level.page, &level.among, &level.parent) {
            (Some(page), ..) => page.size as u64,
            (None, Some(ids), _) => ids.len() as u64,
            (None, None, Some(_)) => BOUNDED,
            (None, None, None) => 1,
        };
        rows.push(above.saturating_mul(own));
    }
    rows.into_iter().fold(0, u64::saturating_add)
}
