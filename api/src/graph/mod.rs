//! What a declaration is, and how declared types enter the GraphQL library.

pub mod declaration;
pub mod error;
pub mod names;
pub mod words;

pub use declaration::Declaration;
