//! Fixtures of the tests: databases of their own, rows to fill them with, and the whole service over one.

pub mod accounts;
pub mod chain;
pub mod database;
pub mod demonstration;
pub mod founding;
pub mod issuer;
pub mod national;
pub mod processes;
pub mod random;
pub mod rows;
pub mod seed;
pub mod service;
pub mod streams;
