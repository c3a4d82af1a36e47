//! Who is it, what may he: token, actor, grants, the one table of rules.

pub mod acts;
pub mod actor;
mod development;
pub mod rules;
pub mod scope;
pub mod token;
pub mod types;
pub mod visibility;

pub use development::{DEVELOPMENT_ISSUER, DevelopmentKey, DevelopmentKeyFault};
