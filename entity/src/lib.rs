//! Tables and vocabulary: what every other crate means by a name.
//!
//! One file a table, in the folder of its area; `kind` numbers what has an id, `id` makes ids typed and
//! opaque, `value` holds small values that are checked once, when they are made.

#[macro_use]
mod vocabulary;

pub mod access;
pub mod audit;
pub mod direction;
pub mod framework;
pub mod id;
pub mod improvement;
pub mod insight;
pub mod kind;
pub mod machinery;
pub mod organization;
pub mod picture;
pub mod territory;
pub mod value;
pub mod value_chain;

pub use id::{Id, Kinded, OpaqueId};
pub use kind::Kind;
pub use value::{
    amount::Amount,
    business_days::{after_business_days, is_business_day},
    fold::fold,
    interval::Interval,
    moment::Moment,
    text_list::TextList,
};
pub use vocabulary::{Vocabulary, VocabularyTerm};
#[doc(hidden)]
pub use vocabulary::{plain_doc, plain_doc_length};

/// Every vocabulary, for what treats them alike: labels, glossary, tests.
pub const VOCABULARIES: &[Vocabulary] = &[
    territory::TerritorialEntityKind::VOCABULARY,
    territory::JobLevel::VOCABULARY,
    organization::OrganizationKind::VOCABULARY,
    organization::ClassificationScheme::VOCABULARY,
    organization::LegalActKind::VOCABULARY,
    organization::StructureStage::VOCABULARY,
    organization::StructureState::VOCABULARY,
    organization::OrgUnitKind::VOCABULARY,
    organization::SuccessionKind::VOCABULARY,
    organization::ResponsibilityFate::VOCABULARY,
    organization::AppointmentKind::VOCABULARY,
    organization::DocumentKind::VOCABULARY,
    value_chain::ProcessLevel::VOCABULARY,
    value_chain::ProcessKind::VOCABULARY,
    value_chain::ControlledStage::VOCABULARY,
    value_chain::ControlledState::VOCABULARY,
    value_chain::PhvaPhase::VOCABULARY,
    value_chain::FlowDirection::VOCABULARY,
    value_chain::ResponsibilityRole::VOCABULARY,
    value_chain::ControlledDocumentKind::VOCABULARY,
    value_chain::CodeSubject::VOCABULARY,
    value_chain::AdoptionStatus::VOCABULARY,
    value_chain::AlignmentRole::VOCABULARY,
    audit::ProgramState::VOCABULARY,
    audit::AuditKind::VOCABULARY,
    audit::AuditState::VOCABULARY,
    audit::TeamRole::VOCABULARY,
    audit::ChecklistResult::VOCABULARY,
    audit::FindingOrigin::VOCABULARY,
    audit::FindingKind::VOCABULARY,
    audit::FindingRegime::VOCABULARY,
    audit::FindingState::VOCABULARY,
    audit::FindingSeverity::VOCABULARY,
    audit::IncidenceKind::VOCABULARY,
    audit::ReportStage::VOCABULARY,
    improvement::CauseMethod::VOCABULARY,
    improvement::CauseCategory::VOCABULARY,
    improvement::PlanKind::VOCABULARY,
    improvement::PlanState::VOCABULARY,
    improvement::ActionKind::VOCABULARY,
    improvement::ActionState::VOCABULARY,
    improvement::ActionResult::VOCABULARY,
    improvement::ControlStatus::VOCABULARY,
    improvement::ReformulationState::VOCABULARY,
    improvement::DecisionCapacity::VOCABULARY,
    improvement::Semaphore::VOCABULARY,
    direction::ReviewKind::VOCABULARY,
    direction::ReviewState::VOCABULARY,
    direction::DisseminationChannel::VOCABULARY,
    framework::RequirementKind::VOCABULARY,
    framework::CrosswalkRelation::VOCABULARY,
    insight::Severity::VOCABULARY,
    insight::BrokenLinkRule::VOCABULARY,
    insight::AlignmentStanding::VOCABULARY,
    insight::MapStanding::VOCABULARY,
    access::Role::VOCABULARY,
    access::MemberState::VOCABULARY,
    machinery::HistoryOperation::VOCABULARY,
    machinery::ObjectKind::VOCABULARY,
    picture::PictureKind::VOCABULARY,
    picture::PictureFormat::VOCABULARY,
];
