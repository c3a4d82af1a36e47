//! Acts on findings.

pub(super) mod steps;
mod typed;
mod write;

use crate::execution::act::{AnyAct, act};

/// The acts on findings.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<write::FindingCreate>(),
    act::<write::FindingRegister>(),
    act::<write::FindingUpdate>(),
    act::<write::FindingRevise>(),
    act::<write::FindingDelete>(),
    act::<steps::FindingCommunicate>(),
    act::<steps::FindingAnswer>(),
    act::<steps::FindingConfirm>(),
    act::<steps::FindingDismiss>(),
    act::<steps::FindingClose>(),
];
