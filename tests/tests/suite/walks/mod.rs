//! Walks over the whole schema: every mutation, every type, every way to ask, by everybody. What they do follows from the
//! declarations, the rules table and one stock of calls, so that what is new is walked too, or missed by name.

mod calls;
mod coverage;
mod discipline;
mod matrix;
mod permissions;
mod personal;
mod questions;
mod rewriting;
mod selections;
mod stock;
mod traces;
mod twins;
