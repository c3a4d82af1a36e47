//! What a declaration is, and what every answer has in common.

pub mod error;
