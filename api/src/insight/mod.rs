//! What is found out about the graph: broken links, how maps stand to the national reference, what is aligned to which
//! requirement. Nothing here is kept; everything is a view at a moment, or a figure over one.

pub mod broken_links;
pub mod comparison;
pub mod coverage;
pub mod quality;
mod share;
pub mod trace;
pub mod types;
