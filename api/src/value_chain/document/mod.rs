//! Documentos controlados. The acts that make documents and write, review, approve and retire their versions.

mod edit;
mod names;
mod versions;

pub use versions::AVAILABLE;

use crate::execution::act::{AnyAct, act};

/// The acts on controlled documents.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<edit::ControlledDocumentCreate>(),
    act::<edit::DocumentVersionCreate>(),
    act::<edit::DocumentVersionUpdate>(),
    act::<edit::DocumentVersionDelete>(),
    act::<versions::DocumentVersionSubmit>(),
    act::<versions::DocumentVersionReturn>(),
    act::<versions::DocumentVersionApprove>(),
    act::<versions::DocumentVersionUnschedule>(),
    act::<versions::DocumentVersionRetire>(),
];
