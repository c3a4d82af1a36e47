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
pub mod listing;
pub mod plan;
pub mod planner;
mod render;
pub mod rows;
pub mod snapshot;
pub mod sql;
pub mod write;
