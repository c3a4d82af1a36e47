//! Accounts and the roles they are granted.

pub mod access_grant;
pub mod access_grant_process;
pub mod account;
pub mod api_key;
pub mod member;
pub mod vocabulary;

pub use vocabulary::{MemberState, Role};
