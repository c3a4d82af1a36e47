//! What is found out about the graph: broken links, how maps stand to the national reference, what is aligned to which
//! requirement, how two maps stand to each other. Nothing here is kept; everything is a view at a moment, or a figure over one.

pub mod broken_links;
pub mod comparison;
pub mod coverage;
pub mod picture;
pub mod quality;
pub(crate) mod share;
pub mod trace;
pub mod two_maps;
pub mod types;
pub mod work;
