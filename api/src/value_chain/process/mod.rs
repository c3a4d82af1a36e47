//! Procesos. The acts that make processes and write, review, approve and retire their characterizations.

mod create;
mod edit;
mod inputs;
mod parts;
mod place;
mod versions;

pub(super) use place::follows_pattern;
pub use versions::AVAILABLE;

use crate::execution::act::{AnyAct, act};

/// The acts on processes.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<create::ProcessCreate>(),
    act::<create::ProcessVersionCreate>(),
    act::<edit::ProcessVersionUpdate>(),
    act::<edit::ProcessVersionDelete>(),
    act::<versions::ProcessVersionSubmit>(),
    act::<versions::ProcessVersionReturn>(),
    act::<versions::ProcessVersionApprove>(),
    act::<versions::ProcessVersionUnschedule>(),
    act::<versions::ProcessVersionRetire>(),
];
