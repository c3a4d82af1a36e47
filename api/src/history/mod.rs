//! What was done, by whom, and proof of it: the history as people read it, its verification, receipts, and the log of
//! reads of personal data. The store writes and verifies; here it is declared and told.

pub mod announced;
mod changes;
pub mod receipt;
pub mod types;
pub mod verify;

#[cfg(test)]
mod tests;
