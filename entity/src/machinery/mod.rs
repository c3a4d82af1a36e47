//! What every write leaves behind, and what the service keeps about itself.

pub mod chain_head;
pub mod history_entry;
pub mod idempotency;
pub mod outbox;
pub mod person_key;
pub mod personal_data_read;
pub mod setting;
pub mod vocabulary;

pub use vocabulary::{HistoryOperation, ObjectKind};
