//! Who is it, what may he: token, actor, grants, the one table of rules.

pub mod actor;
mod development;
mod key;
mod published;
pub mod rules;
pub mod token;
pub mod types;
pub mod visibility;

pub use development::{DEVELOPMENT_ISSUER, DevelopmentKey, DevelopmentKeyFault};
pub use published::{FetchFault, count_published};
