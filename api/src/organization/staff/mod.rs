//! Acts on the staff: jobs, posts, persons, who fills what, work groups (domain 2).

mod erase;
mod holding;
mod identify;
mod job;
mod person;
mod post;
mod work_group;

pub use post::within_unit;

use crate::execution::act::{AnyAct, act};

/// The acts on the staff.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<job::JobCreate>(),
    act::<job::JobUpdate>(),
    act::<job::JobDelete>(),
    act::<post::PostCreate>(),
    act::<post::PostUpdate>(),
    act::<post::PostEnd>(),
    act::<post::PostDelete>(),
    act::<person::PersonCreate>(),
    act::<person::PersonUpdate>(),
    act::<identify::PersonIdentify>(),
    act::<erase::PersonErase>(),
    act::<holding::PostHoldingCreate>(),
    act::<holding::PostHoldingEnd>(),
    act::<work_group::WorkGroupCreate>(),
    act::<work_group::WorkGroupUpdate>(),
    act::<work_group::WorkGroupEnd>(),
];

#[cfg(test)]
mod tests;
