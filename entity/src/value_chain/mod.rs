//! The value chain: what an organization does.

pub mod vocabulary;

pub use vocabulary::{ProcessKind, ProcessLevel};
