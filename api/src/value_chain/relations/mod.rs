//! How processes stand to what is around them: who answers for them, capabilities, national references, requirements,
//! norms (domain 3 and 4).

mod adoption;
mod adoptions;
mod alignment;
mod alignments;
mod capability;
mod code_pattern;
mod external_party;
mod norm;
mod responsibilities;
mod responsibility;
pub mod rules;
mod shared;

pub use shared::responsibility;

use crate::execution::act::{AnyAct, act};

/// The acts on what processes stand in relation to.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<responsibility::ProcessResponsibilityCreate>(),
    act::<responsibility::ProcessResponsibilityUpdate>(),
    act::<responsibility::ProcessResponsibilityEnd>(),
    act::<responsibility::ProcessLeadTransfer>(),
    act::<responsibilities::ProcessResponsibilitiesSet>(),
    act::<external_party::ExternalPartyCreate>(),
    act::<external_party::ExternalPartyUpdate>(),
    act::<external_party::ExternalPartyDelete>(),
    act::<capability::CapabilityCreate>(),
    act::<capability::CapabilityUpdate>(),
    act::<capability::CapabilityEnd>(),
    act::<code_pattern::CodePatternSet>(),
    act::<code_pattern::CodePatternDelete>(),
    act::<adoption::ReferenceAdoptionCreate>(),
    act::<adoption::ReferenceAdoptionUpdate>(),
    act::<adoption::ReferenceAdoptionEnd>(),
    act::<adoptions::ReferenceAdoptionsSet>(),
    act::<alignment::AlignmentCreate>(),
    act::<alignments::AlignmentsCreate>(),
    act::<alignment::AlignmentUpdate>(),
    act::<alignment::AlignmentEnd>(),
    act::<norm::ProcessNormCreate>(),
    act::<norm::ProcessNormUpdate>(),
    act::<norm::ProcessNormEnd>(),
];
