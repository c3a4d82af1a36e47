//! What a declaration is, and how declared types enter the GraphQL library.

pub mod bridge;
pub mod declaration;
pub mod error;
pub mod inputs;
pub mod link;
pub mod names;
pub mod prices;
pub mod root;
pub mod scalars;
pub mod words;

pub use declaration::Declaration;
