//! The territory and the national catalogues: who runs the schools of which municipality, and since when.

pub mod types;
