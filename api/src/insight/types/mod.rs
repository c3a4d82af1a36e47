//! The declared graph of what is found out.

mod broken_link;
mod lines;

pub use broken_link::BROKEN_LINK;
pub use lines::{ALIGNMENT_LINE, REFERENCE_LINE};
