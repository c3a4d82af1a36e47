//! Value chain: processes and their characterizations, who answers for them, documents, capabilities; how all that stands to
//! national references and requirements.

pub mod activity;
pub mod alignment;
pub mod capability;
pub mod capability_process;
pub mod capability_unit;
pub mod code_pattern;
pub mod controlled_document;
pub mod document_transition;
pub mod document_version;
pub mod external_party;
pub mod flow;
pub mod flow_party;
pub mod flow_process;
pub mod process;
pub mod process_norm;
pub mod process_responsibility;
pub mod process_transition;
pub mod process_version;
pub mod reference_adoption;
pub mod vocabulary;

pub use vocabulary::{
    AdoptionStatus, AlignmentRole, CodeSubject, ControlledDocumentKind, ControlledStage, ControlledState,
    FlowDirection, PhvaPhase, ProcessKind, ProcessLevel, ResponsibilityRole,
};
