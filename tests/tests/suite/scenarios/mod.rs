//! The acceptance scenarios, told through the API alone.

mod audits;
mod direction;
mod funza;
mod plan_fields;
mod plans;
mod progress;
mod races;
mod reach;
mod screen;
mod structure;
mod teams;
mod value_chain;
