//! .

pub mod http;
