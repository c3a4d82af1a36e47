//! The reader against a naive resolver over the same declarations, and its other promises.

mod answer;
mod found;
pub mod generate;
mod oracle;
mod promises;
mod traces;
mod world;
