//! Fixtures of the tests: databases of their own, and rows to fill them with.

pub mod database;
pub mod random;
pub mod seed;
