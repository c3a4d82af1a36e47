//! The suite: one binary, one module a theme.

mod access;
mod areas;
mod attacks;
mod contract;
mod insight;
mod operation;
mod reader;
mod scenarios;
mod streams;
mod walks;
