//! Acts on alignments: what processes, units, documents and capabilities do for requirements of frameworks.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};
use chrono::NaiveDate;
use entity::{
    Id, Interval, Kind,
    framework::{CrosswalkRelation, crosswalk, framework_edition, requirement},
    organization::organization,
    value_chain::{AlignmentRole, alignment, capability, controlled_document, process},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait};
use uuid::Uuid;

use super::shared::{days, ends, unit_in_force};
use crate::{
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Mention, Refusal},
        scalars::Date,
    },
    organization::{
        entry::{Path, Texts, end, follow, interval, key, obtain, take_effect},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
    value_chain::types::ALIGNMENT,
};

type Organization = Granted<organization::Entity, FormulateProcess>;

/// Sujeto de una alineación. What does something for a requirement: exactly one of these.
#[derive(OneofObject)]
pub(super) enum AlignmentSubjectInput {
    /// Proceso. A process.
    Process(ID),
    /// Dependencia. A unit, in force on the first day.
    Unit(ID),
    /// Documento. A controlled document.
    Document(ID),
    /// Capacidad. A capability.
    Capability(ID),
}

/// Datos de una alineación. What a subject does for a requirement.
#[derive(InputObject)]
pub(super) struct AlignmentCreateInput {
    /// Sujeto. What does it.
    subject: AlignmentSubjectInput,
    /// Requisito. Of an edition that is in force on the first day.
    requirement: ID,
    /// Papel. Leads or contributes.
    role: AlignmentRole,
    /// Justificación. Why it counts, up to 4,000 characters.
    rationale: Option<String>,
    /// Vigente desde. First day on which it holds.
    valid_from: Date,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Alinear con un requisito. Says what a process, a unit, a document or a capability does for a requirement. A first day in
/// the past takes the right to backdate and a reason.
#[derive(InputObject)]
pub(super) struct AlignmentCreate {
    /// Organización. The one whose subject it is.
    organization: ID,
    /// Datos. What is aligned.
    input: AlignmentCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

/// What aligning can answer.
pub(super) const CREATING: &[ErrorCode] = &[
    ErrorCode::DateRangeEmpty,
    ErrorCode::Backdated,
    ErrorCode::RequirementNotInForce,
    ErrorCode::UnitNotInForce,
    ErrorCode::RolesExclude,
];

impl Act for AlignmentCreate {
    const NAME: &'static str = "alignmentCreate";
    const CODES: &'static [ErrorCode] = CREATING;
    const PAYLOAD: &'static Declaration = &ALIGNMENT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization =
            obtain::<organization::Entity, FormulateProcess>(changes, &self.organization, at, None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let rationale = texts.optional("rationale", input.rationale.as_deref(), validate::note);
        texts.done()?;
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_effect(changes, &organization, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        let subject = subject(changes, &organization, &input.subject, days.from()).await?;
        let place = ["input", "requirement"];
        let requirement = in_force(changes, &input.requirement, days.from(), &place).await?;
        let row = alignment::ActiveModel {
            requirement_id: Set(requirement),
            role: Set(input.role),
            rationale: Set(rationale),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..subject.row()
        };
        let existing = of_subject(changes, &organization, subject).await?;
        let new = Known { id: None, requirement, role: input.role, days };
        distinct(&existing, &new).map_err(|refusal| refusal.at(place))?;
        Ok(changes.create::<alignment::Entity, _>(&organization, row).await?.id().uuid())
    }
}

/// What is aligned.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    Process(Id<process::Entity>),
    Unit(Id<entity::organization::org_unit::Entity>),
    Document(Id<controlled_document::Entity>),
    Capability(Id<capability::Entity>),
}

impl Subject {
    /// A row that names it.
    pub fn row(self) -> alignment::ActiveModel {
        let row = alignment::ActiveModel::default();
        match self {
            Self::Process(id) => alignment::ActiveModel { process_id: Set(Some(id)), ..row },
            Self::Unit(id) => alignment::ActiveModel { org_unit_id: Set(Some(id)), ..row },
            Self::Document(id) => alignment::ActiveModel { controlled_document_id: Set(Some(id)), ..row },
            Self::Capability(id) => alignment::ActiveModel { capability_id: Set(Some(id)), ..row },
        }
    }

    /// The subject of a row.
    fn of(row: &alignment::Model) -> Option<Self> {
        let process = row.process_id.map(Self::Process);
        let unit = || row.org_unit_id.map(Self::Unit);
        let document = || row.controlled_document_id.map(Self::Document);
        process.or_else(unit).or_else(document).or_else(|| row.capability_id.map(Self::Capability))
    }

    fn is(self) -> Condition {
        let column = match self {
            Self::Process(id) => alignment::Column::ProcessId.eq(id),
            Self::Unit(id) => alignment::Column::OrgUnitId.eq(id),
            Self::Document(id) => alignment::Column::ControlledDocumentId.eq(id),
            Self::Capability(id) => alignment::Column::CapabilityId.eq(id),
        };
        Condition::all().add(column)
    }
}

/// The subject at `input.subject`. NOT_FOUND, UNIT_NOT_IN_FORCE.
pub(super) async fn subject(
    changes: &ChangeSet,
    organization: &Organization,
    given: &AlignmentSubjectInput,
    day: NaiveDate,
) -> Result<Subject, ActFault> {
    let at = |field| ["input", "subject", field];
    Ok(match given {
        AlignmentSubjectInput::Process(id) => {
            Subject::Process(follow::<process::Entity, _>(changes, organization, id, &at("process")).await?.id())
        }
        AlignmentSubjectInput::Unit(id) => {
            Subject::Unit(unit_in_force(changes, organization, id, day, &at("unit")).await?)
        }
        AlignmentSubjectInput::Document(id) => {
            let found = follow::<controlled_document::Entity, _>(changes, organization, id, &at("document")).await?;
            Subject::Document(found.id())
        }
        AlignmentSubjectInput::Capability(id) => {
            let found = follow::<capability::Entity, _>(changes, organization, id, &at("capability")).await?;
            Subject::Capability(found.id())
        }
    })
}

/// The requirement that an argument names, of an edition in force on a day. NOT_FOUND, REQUIREMENT_NOT_IN_FORCE.
pub(super) async fn in_force(
    changes: &ChangeSet,
    id: &ID,
    day: NaiveDate,
    path: Path<'_>,
) -> Result<Id<requirement::Entity>, ActFault> {
    let id = key::<requirement::Entity>(id, path)?;
    let same = Condition::all().add(requirement::Column::Id.eq(id));
    let found = changes.catalogue::<requirement::Entity>(same).await?.pop();
    let found = found.ok_or_else(|| ErrorCode::NotFound.at(path.iter().copied()))?;
    if holds(&found, day) {
        return Ok(id);
    }
    let edition = Condition::all().add(framework_edition::Column::Id.eq(found.framework_edition_id));
    let edition = changes.catalogue::<framework_edition::Entity>(edition).await?.pop();
    let equal = equal_in_force(changes, id, day).await?;
    let refusal = ErrorCode::RequirementNotInForce.at(path.iter().copied());
    let refusal = refusal.with("edition", edition.map(|edition| edition.label));
    let refusal =
        refusal.with("from", found.valid_from.to_string()).with("to", found.valid_to.map(|to| to.to_string()));
    let equal = match equal {
        Some(equal) => Some(mention(changes, &equal).await?),
        None => None,
    };
    Err(refusal.with("requirement", equal).into())
}

/// A requirement as refusals name it: with its edition, for its name alone does not tell.
async fn mention(changes: &ChangeSet, requirement: &requirement::Model) -> Result<Mention, ActFault> {
    let edition = Condition::all().add(framework_edition::Column::Id.eq(requirement.framework_edition_id));
    let edition = changes.catalogue::<framework_edition::Entity>(edition).await?.pop();
    let label = edition.map(|edition| format!(" – {}", edition.label)).unwrap_or_default();
    let name = format!("{}{label}", requirement.name);
    Ok(Mention { kind: Kind::Requirement, key: requirement.id.uuid(), name })
}

fn holds(requirement: &requirement::Model, day: NaiveDate) -> bool {
    Interval::new(requirement.valid_from, requirement.valid_to).is_some_and(|days| days.contains(day))
}

/// The requirement in force on a day to which crosswalks of equality lead, through any number of editions.
async fn equal_in_force(
    changes: &ChangeSet,
    from: Id<requirement::Entity>,
    day: NaiveDate,
) -> Result<Option<requirement::Model>, ActFault> {
    let (mut seen, mut next) = (BTreeSet::from([from]), vec![from]);
    while !next.is_empty() {
        let near = Condition::any()
            .add(crosswalk::Column::FromRequirementId.is_in(next.clone()))
            .add(crosswalk::Column::ToRequirementId.is_in(next));
        let equal = Condition::all().add(crosswalk::Column::Relation.eq(CrosswalkRelation::Equal)).add(near);
        let ends = changes.catalogue::<crosswalk::Entity>(equal).await?;
        let ends = ends.into_iter().flat_map(|link| [link.from_requirement_id, link.to_requirement_id]);
        let reached: BTreeSet<_> = ends.filter(|id| !seen.contains(id)).collect();
        let rows = Condition::all().add(requirement::Column::Id.is_in(reached.iter().copied()));
        let mut rows = changes.catalogue::<requirement::Entity>(rows).await?;
        rows.sort_by_key(|row| row.id);
        if let Some(found) = rows.iter().find(|row| holds(row, day)) {
            return Ok(Some(found.clone()));
        }
        seen.extend(reached.iter().copied());
        next = reached.into_iter().collect();
    }
    Ok(None)
}

/// An alignment of the subject at hand.
pub(super) struct Known {
    /// Its row, once it has one.
    pub id: Option<Id<alignment::Entity>>,
    /// What is fulfilled.
    pub requirement: Id<requirement::Entity>,
    /// Leads or contributes.
    pub role: AlignmentRole,
    /// Its days.
    pub days: Interval,
}

fn known(row: &alignment::Model) -> Option<Known> {
    let days = Interval::new(row.valid_from, row.valid_to)?;
    Some(Known { id: Some(row.id), requirement: row.requirement_id, role: row.role, days })
}

pub(super) async fn of_subject(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, FormulateProcess>,
    subject: Subject,
) -> Result<Vec<Known>, ActFault> {
    let rows = changes.find::<alignment::Entity, _>(cause, subject.is()).await?;
    Ok(rows.iter().filter_map(known).collect())
}

/// DUPLICATE when the subject does this for the requirement already on some of the days, ROLES_EXCLUDE when it does the other:
/// who leads contributes anyway.
pub(super) fn distinct(existing: &[Known], new: &Known) -> Result<(), Refusal> {
    let same = |other: &&Known| {
        (new.id.is_none() || other.id != new.id)
            && other.requirement == new.requirement
            && other.days.overlaps(new.days)
    };
    let Some(other) = existing.iter().find(same) else { return Ok(()) };
    let refusal = match other.role == new.role {
        true => ErrorCode::Duplicate.into(),
        false => {
            let role = AlignmentRole::VOCABULARY.by_number(other.role.number()).map(|term| term.name);
            ErrorCode::RolesExclude.with("role", role)
        }
    };
    Err(days(refusal, other.days))
}

/// Cambios a una alineación. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct AlignmentUpdateInput {
    /// Justificación. Why it counts, up to 4,000 characters.
    rationale: MaybeUndefined<String>,
}

/// Justificar una alineación. Corrects the rationale of one that has not ended; subject, requirement and role stay: end it
/// and align anew.
#[derive(InputObject)]
pub(super) struct AlignmentUpdate {
    /// Alineación. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: AlignmentUpdateInput,
}

impl Act for AlignmentUpdate {
    const NAME: &'static str = "alignmentUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &ALIGNMENT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found = obtain::<alignment::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
        let mut texts = Texts::default();
        let rationale = texts.edit_optional("rationale", &self.input.rationale, validate::note);
        texts.done()?;
        let row = alignment::ActiveModel { rationale, ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

const ENDINGS: &[ErrorCode] =
    &[ErrorCode::Frozen, ErrorCode::DateRangeEmpty, ErrorCode::Backdated, ErrorCode::RolesExclude];

ends! {
    /// Terminar una alineación. Sets the day from which it no longer holds; a later day than the known one extends it. What
    /// ended before today stays as it is.
    AlignmentEnd = "alignmentEnd", alignment, ALIGNMENT, ENDINGS,
    /// Alineación. The one to end.
    |changes, row, days| {
        if let (Some(subject), Some(before)) = (Subject::of(row.model()), known(row.model())) {
            let existing = of_subject(changes, row, subject).await?;
            distinct(&existing, &Known { days, ..before }).map_err(|refusal| refusal.at(["validTo"]))?;
        }
    }
}
