//! Why a request, a field or an act was refused: one table of codes, their texts in two languages, and the page that documents them.

mod locale;
mod markdown;
mod mention;
mod refusal;
mod table;
mod texts;
mod words;

pub use locale::Locale;
pub use markdown::errors_markdown;
pub use mention::Mention;
pub use refusal::{Refusal, documentation};
pub use table::{ErrorClass, ErrorCode, ErrorEntry};
pub use texts::message;
