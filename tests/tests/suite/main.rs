//! The suite: one binary, one module a theme.

mod reader;
