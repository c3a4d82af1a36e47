//! Accounts and the roles they are granted.

pub mod access_grant;
pub mod account;
pub mod account_person;
pub mod vocabulary;

pub use vocabulary::Role;
