//! The acceptance scenarios, told through the API alone.

mod audits;
mod direction;
mod plans;
mod reach;
mod screen;
mod structure;
mod value_chain;
