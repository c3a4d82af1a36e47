//! Who is it, what may he: actor, grants, the one table of rules.

pub mod actor;
pub mod rules;
pub mod types;
pub mod visibility;
