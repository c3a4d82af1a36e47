//! The acceptance scenarios, told through the API alone.

mod reach;
mod structure;
mod value_chain;
