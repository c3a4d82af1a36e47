//! Estructura. The acts that draft, reorganize, approve, put in force and end the versions of a structure.

mod consequences;
mod create;
mod draft;
mod edit;
mod facts;
mod handover;
mod inputs;
mod life_cycle;
mod reorganize;
mod rests;
mod save;
mod staffing;
mod withdraw;

pub use facts::AVAILABLE;

use crate::execution::act::{AnyAct, act};

/// The acts on structures.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<create::StructureVersionCreate>(),
    act::<edit::StructureVersionUpdate>(),
    act::<edit::StructureVersionDelete>(),
    act::<reorganize::StructureVersionAddUnit>(),
    act::<reorganize::StructureVersionEditUnit>(),
    act::<reorganize::StructureVersionRenameUnit>(),
    act::<reorganize::StructureVersionMoveUnit>(),
    act::<reorganize::StructureVersionMergeUnits>(),
    act::<reorganize::StructureVersionSplitUnit>(),
    act::<reorganize::StructureVersionSuppressUnit>(),
    act::<life_cycle::StructureVersionSubmit>(),
    act::<life_cycle::StructureVersionReturn>(),
    act::<life_cycle::StructureVersionApprove>(),
    act::<life_cycle::StructureVersionPutInForce>(),
    act::<life_cycle::StructureVersionUnschedule>(),
    act::<life_cycle::StructureVersionRepeal>(),
    act::<life_cycle::StructureVersionAnnul>(),
];

#[cfg(test)]
mod tests;
