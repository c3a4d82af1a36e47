//! What a request may cost, decided before it costs anything.
//!
//! A GraphQL request is a program sent by a stranger. Three of its stages can be made expensive by a few hundred bytes, so
//! three pure functions stand before them, in this order:
//!
//! 1. [`scan`] reads the text of the document once, before a recursive parser does ([`parse`]): size, tokens, nesting.
//! 2. [`check_body`] and [`weigh`] do the same for the JSON of the body and its variables.
//! 3. [`measure`] reads the parsed document, each fragment once, and says how large it becomes when fragments are
//!    expanded and variables put in their places: the library expands without remembering, and checks its own limits after.
//!
//! Everything here is linear in the bytes received, and says so: the results carry `work`, the number of steps taken,
//! which the tests compare with the length of the input. What is refused is a [`Refusal`], with a stable code.

mod expand;
mod json;
mod lexer;
mod limits;
mod parse;
mod refusal;
mod scan;
mod text;
mod weight;

#[cfg(test)]
pub(crate) mod hostile;
#[cfg(test)]
mod tests;

pub use expand::{Measured, measure};
pub use json::{Weighed, check_body, weigh};
pub use limits::Limits;
pub use parse::{Parsed, parse};
pub use refusal::{Limit, Position, Refusal};
pub use scan::{NESTING_CEILING, Scanned, scan};
