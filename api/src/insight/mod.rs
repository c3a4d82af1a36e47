//! What spans areas.

pub mod picture;
