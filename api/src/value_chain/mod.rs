//! Value chain (cadena de valor): processes, their characterizations, who answers for them, documents, capabilities.

pub mod relations;
pub mod types;
