//! The reader against a naive resolver over the same declarations, and its other promises.

pub mod answer;
mod found;
pub mod generate;
mod oracle;
mod promises;
mod traces;
pub mod world;
