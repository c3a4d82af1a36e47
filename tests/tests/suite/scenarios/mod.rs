//! The acceptance scenarios, told through the API alone.

mod structure;
mod value_chain;
