//! Organización. Organizations and their structures, with the acts that change them (domain 1 and 2).

pub mod entry;
pub mod guards;
pub mod keeping;
pub mod legal_act;
pub mod refusals;
pub mod rules;
pub mod staff;
pub mod states;
pub mod structure;
pub mod types;
