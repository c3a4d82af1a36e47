//! The suite: one binary, one module a theme.

mod areas;
mod attacks;
mod contract;
mod reader;
mod scenarios;
mod walks;
