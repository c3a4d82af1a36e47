//! The edge of HTTP: what a request may be, before anything of the graph sees it.

pub mod guard;
