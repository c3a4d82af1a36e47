//! Fixtures of the tests: databases of their own, and the whole service over one.

pub mod database;
pub mod demonstration;
pub mod service;
