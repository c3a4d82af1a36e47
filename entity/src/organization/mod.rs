//! Organizations, their acts, and their structure: versions, units, jobs, posts, persons.

pub mod entry_effect;
pub mod job;
pub mod legal_act;
pub mod org_unit;
#[expect(clippy::module_inception, reason = "the file is named after its table, the folder after its area")]
pub mod organization;
pub mod organization_classification;
pub mod person;
pub mod post;
pub mod post_holding;
pub mod responsibility_transfer;
pub mod structure_transition;
pub mod structure_version;
pub mod succession;
pub mod succession_predecessor;
pub mod succession_successor;
pub mod temporary_takeover;
pub mod unit_version;
pub mod vocabulary;
pub mod work_group;

pub use vocabulary::{
    AppointmentKind, ClassificationScheme, DocumentKind, LegalActKind, OrgUnitKind, OrganizationKind,
    ResponsibilityFate, StructureStage, StructureState, SuccessionKind,
};
