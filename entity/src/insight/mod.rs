//! What is found out about the graph. Nothing here has a table: its rows are views.

mod vocabulary;

pub use vocabulary::*;
