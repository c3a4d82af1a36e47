//! Organizations, their legal acts, structures and staff.

pub mod types;
