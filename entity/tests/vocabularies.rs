//! What holds for every closed list of words.

use std::collections::HashSet;

use articula_entity::{
    VOCABULARIES, Vocabulary, access, audit, direction, framework, improvement, insight, machinery, organization,
    picture, territory, value_chain,
};
use async_graphql::resolver_utils::EnumType;
use sea_orm::{ActiveEnum, Iterable};

/// The enum, the database and GraphQL say the same words.
fn agrees<E: ActiveEnum<Value = i16> + Iterable + EnumType + PartialEq + std::fmt::Debug>(
    vocabulary: &Vocabulary,
) -> &'static str {
    let stored: Vec<i16> = E::iter().map(|word| word.to_value()).collect();
    let declared: Vec<i16> = vocabulary.terms.iter().map(|term| term.number).collect();
    assert_eq!(stored, declared, "{}", vocabulary.name);
    for (word, item) in E::iter().zip(E::items()) {
        let term = vocabulary.by_number(word.to_value()).expect("stored number");
        assert_eq!((item.name, &item.value), (term.name, &word));
        assert_eq!(vocabulary.by_name(item.name), Some(term));
        assert_eq!(E::try_from_value(&term.number).expect("own number"), word);
    }
    vocabulary.name
}

macro_rules! agree {
    ($($vocabulary:path),+ $(,)?) => {
        vec![$({
            use $vocabulary as Words;
            for word in Words::iter() {
                assert_eq!(Words::from_number(word.number()), Some(word));
            }
            agrees::<Words>(&Words::VOCABULARY)
        }),+]
    };
}

#[test]
fn enum_database_and_graphql_agree_in_every_vocabulary() {
    let checked = agree![
        territory::TerritorialEntityKind,
        territory::JobLevel,
        organization::OrganizationKind,
        organization::ClassificationScheme,
        organization::LegalActKind,
        organization::StructureStage,
        organization::StructureState,
        organization::OrgUnitKind,
        organization::SuccessionKind,
        organization::ResponsibilityFate,
        organization::AppointmentKind,
        organization::DocumentKind,
        value_chain::ProcessLevel,
        value_chain::ProcessKind,
        value_chain::ControlledStage,
        value_chain::ControlledState,
        value_chain::PhvaPhase,
        value_chain::FlowDirection,
        value_chain::ResponsibilityRole,
        value_chain::ControlledDocumentKind,
        value_chain::CodeSubject,
        value_chain::AdoptionStatus,
        value_chain::AlignmentRole,
        audit::ProgramState,
        audit::AuditKind,
        audit::AuditState,
        audit::TeamRole,
        audit::ChecklistResult,
        audit::FindingOrigin,
        audit::FindingKind,
        audit::FindingRegime,
        audit::FindingState,
        audit::FindingSeverity,
        audit::IncidenceKind,
        audit::ReportStage,
        improvement::CauseMethod,
        improvement::CauseCategory,
        improvement::PlanKind,
        improvement::PlanState,
        improvement::ActionKind,
        improvement::ActionState,
        improvement::ActionResult,
        improvement::ControlStatus,
        improvement::ReformulationState,
        improvement::DecisionCapacity,
        improvement::Semaphore,
        direction::ReviewKind,
        direction::ReviewState,
        direction::DisseminationChannel,
        framework::RequirementKind,
        framework::CrosswalkRelation,
        insight::Severity,
        insight::BrokenLinkRule,
        insight::AlignmentStanding,
        insight::MapStanding,
        access::Role,
        access::MemberState,
        machinery::HistoryOperation,
        machinery::ObjectKind,
        picture::PictureKind,
        picture::PictureFormat,
    ];
    assert_eq!(checked, VOCABULARIES.iter().map(|v| v.name).collect::<Vec<_>>());
}

#[test]
fn names_and_numbers_are_unique_and_well_formed() {
    let lists: HashSet<_> = VOCABULARIES.iter().map(|v| v.name).collect();
    assert_eq!(lists.len(), VOCABULARIES.len());
    for vocabulary in VOCABULARIES {
        let numbers: HashSet<_> = vocabulary.terms.iter().map(|term| term.number).collect();
        let names: HashSet<_> = vocabulary.terms.iter().map(|term| term.name).collect();
        assert_eq!((numbers.len(), names.len()), (vocabulary.terms.len(), vocabulary.terms.len()), "{vocabulary:?}");
        for term in vocabulary.terms {
            assert!(term.number > 0, "{term:?}");
            assert!(term.name.starts_with(|c: char| c.is_ascii_uppercase()), "{term:?}");
            assert!(term.name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'), "{term:?}");
        }
    }
}

#[test]
fn everything_is_labelled_and_described() {
    for vocabulary in VOCABULARIES {
        let labels = vocabulary.terms.iter().flat_map(|term| [term.es, term.en, term.description]);
        for text in labels.chain([vocabulary.description]) {
            assert!(!text.is_empty(), "{}", vocabulary.name);
            assert!(text.lines().all(|line| line == line.trim() && !line.is_empty()), "{text:?}");
        }
        let spanish: HashSet<_> = vocabulary.terms.iter().map(|term| term.es).collect();
        let english: HashSet<_> = vocabulary.terms.iter().map(|term| term.en).collect();
        assert_eq!((spanish.len(), english.len()), (vocabulary.terms.len(), vocabulary.terms.len()), "{vocabulary:?}");
    }
}

#[test]
fn a_description_of_two_lines_keeps_both_without_indent() {
    assert_eq!(
        territory::JobLevel::VOCABULARY.description,
        "Nivel jerárquico del empleo. The level that the first digit of a job's code tells (Decreto Ley 785 de\n\
         2005); the stored number is that digit plus one."
    );
}
