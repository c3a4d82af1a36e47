//! The edge, from outside: a real server, and requests written byte by byte.

pub(super) mod fixture;
mod hostility;
mod load;
mod protocol;
mod service;
