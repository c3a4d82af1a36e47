//! Organización. Organizations and their structures, with the acts that change them (domain 1 and 2).

pub mod rules;
pub mod states;
