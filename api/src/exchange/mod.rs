//! Bulk in and out of the service.

pub mod reference;
