//! What is found out about the graph. Nothing here is kept; everything is a view at a moment, or a figure over one.

pub mod trace;
