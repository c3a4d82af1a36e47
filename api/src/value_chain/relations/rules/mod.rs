//! The decisions about who answers for processes and how these stand to references, pure: no database, no GraphQL.

pub mod handover;
pub mod responsibility;
