//! Who is it, what may he.

mod development;
pub mod token;

pub use development::{DevelopmentKey, DevelopmentKeyFault};
