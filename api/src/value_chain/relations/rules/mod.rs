//! The decisions about who answers for processes and how these stand to references, pure: no database, no GraphQL.

pub mod adoption;
pub mod handover;
pub mod pattern;
pub mod responsibility;
pub mod whole_set;
