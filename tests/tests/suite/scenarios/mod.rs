//! The acceptance scenarios, told through the API alone.

mod audits;
mod direction;
mod plan_fields;
mod plans;
mod reach;
mod structure;
mod value_chain;
