//! .

pub mod exchange;
