//! Value chain (cadena de valor): processes, their characterizations, who answers for them, documents, capabilities.

pub mod document;
pub mod guards;
pub mod process;
pub mod relations;
pub mod rules;
pub mod states;
pub mod types;
mod version;
