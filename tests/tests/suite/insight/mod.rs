//! What is found out, against rules said again over the rows in plain Rust.

mod naive;
mod promises;
