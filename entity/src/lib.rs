//! Tables and vocabulary: what every other crate means by a name.
//!
//! One file a table, in the folder of its area; `kind` numbers what has an id, `id` makes ids typed and
//! opaque, `value` holds small values that are checked once, when they are made.

pub mod access;
pub mod id;
pub mod kind;
pub mod machinery;
pub mod organization;
pub mod territory;
pub mod value;
#[macro_use]
mod vocabulary;

pub use id::{Id, Kinded, OpaqueId};
pub use kind::Kind;
pub use value::{fold::fold, interval::Interval, moment::Moment};
pub use vocabulary::{Vocabulary, VocabularyTerm};
