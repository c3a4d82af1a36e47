//! Who is it, what may he: token, actor, grants, the one table of rules.

pub mod account;
pub mod act_rules;
pub mod actor;
pub mod acts;
pub mod administrators;
pub mod command;
mod development;
pub mod guards;
pub mod involved;
pub mod key;
pub mod origin;
mod published;
pub mod rules;
pub mod scopes;
mod signing_key;
pub mod states;
pub mod subtree;
pub mod token;
pub mod types;
pub mod visibility;

pub use development::{DEVELOPMENT_ISSUER, DevelopmentKey, DevelopmentKeyFault};
pub use published::{FetchFault, count_published};
