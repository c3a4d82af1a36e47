//! .

pub mod organization;
