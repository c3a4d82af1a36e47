//! The decisions of the value chain, pure: no database, no GraphQL, no clock.

pub mod code;
pub mod nesting;
