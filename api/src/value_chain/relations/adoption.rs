//! Acts on adoptions: how the map of an organization stands to the national reference.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    Id, Interval,
    framework::reference_process,
    organization::{legal_act, organization},
    value_chain::{AdoptionStatus, process, reference_adoption},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait};
use uuid::Uuid;

use super::{
    rules::adoption::{End, EndFault, Statement, conflict, ends as ends_of},
    shared::{days, ends},
};
use crate::{
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    organization::{
        entry::{Path, Texts, end, interval, key, link, obtain, relink, take_effect},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
    value_chain::types::REFERENCE_ADOPTION,
};

type Organization = Granted<organization::Entity, FormulateProcess>;

/// Datos de una adopción. How the map stands to a reference process.
#[derive(InputObject)]
pub(super) struct ReferenceAdoptionCreateInput {
    /// Proceso de referencia. Of the national reference; required unless the process is `OWN`, then absent.
    reference_process: Option<ID>,
    /// Proceso. Of the organization; required unless it is `ABSENT`, then absent.
    process: Option<ID>,
    /// Estado. Several reference processes may share a process only as `MERGED`.
    status: AdoptionStatus,
    /// Justificación. Why it deviates, up to 4,000 characters.
    justification: Option<String>,
    /// Acto administrativo. The act that says so.
    legal_act: Option<ID>,
    /// Vigente desde. First day on which it holds.
    valid_from: Date,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Declarar una adopción. Says how the map of the organization stands to a process of the national reference; a
/// deviation is never refused. A first day in the past takes the right to backdate and a reason.
#[derive(InputObject)]
pub(super) struct ReferenceAdoptionCreate {
    /// Organización. The one whose map it is.
    organization: ID,
    /// Datos. How it stands.
    input: ReferenceAdoptionCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for ReferenceAdoptionCreate {
    const NAME: &'static str = "referenceAdoptionCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DateRangeEmpty, ErrorCode::Backdated, ErrorCode::AdoptionOverlap];
    const PAYLOAD: &'static Declaration = &REFERENCE_ADOPTION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization =
            obtain::<organization::Entity, FormulateProcess>(changes, &self.organization, at, None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let justification = texts.optional("justification", input.justification.as_deref(), validate::note);
        texts.done()?;
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_effect(changes, &organization, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        let said = Said {
            reference: input.reference_process.as_ref(),
            process: input.process.as_ref(),
            status: input.status,
            legal_act: input.legal_act.as_ref(),
        };
        let row = said.row(changes, &organization, days, &["input"]).await?;
        let existing = statements(changes, &organization).await?;
        if let Some(new) = statement(&row, Uuid::nil(), days) {
            admit(&existing, &new).map_err(|refusal| refusal.within(["input"]))?;
        }
        let row = reference_adoption::ActiveModel { justification: Set(justification), ..row };
        Ok(changes.create::<reference_adoption::Entity, _>(&organization, row).await?.id().uuid())
    }
}

/// What an input says.
pub(super) struct Said<'a> {
    pub reference: Option<&'a ID>,
    pub process: Option<&'a ID>,
    pub status: AdoptionStatus,
    pub legal_act: Option<&'a ID>,
}

impl Said<'_> {
    /// The row that says it, without its justification. REQUIRED, INVALID_ARGUMENT, NOT_FOUND.
    pub async fn row(
        &self,
        changes: &ChangeSet,
        organization: &Organization,
        days: Interval,
        path: Path<'_>,
    ) -> Result<reference_adoption::ActiveModel, ActFault> {
        let at = |field| [path, &[field]].concat();
        let fault = ends_of(self.status, self.reference.is_some(), self.process.is_some());
        match fault {
            Some(EndFault::Missing(end)) => return Err(ErrorCode::Required.at(at(field(end))).into()),
            Some(EndFault::Surplus(end)) => return Err(ErrorCode::InvalidArgument.at(at(field(end))).into()),
            None => {}
        }
        let reference = match self.reference {
            Some(id) => Some(reference(changes, id, &at("referenceProcess")).await?),
            None => None,
        };
        let process = link::<process::Entity, _>(changes, organization, self.process, &at("process")).await?;
        let legal_act = link::<legal_act::Entity, _>(changes, organization, self.legal_act, &at("legalAct")).await?;
        Ok(reference_adoption::ActiveModel {
            reference_process_id: Set(reference),
            process_id: Set(process),
            status: Set(self.status),
            legal_act_id: Set(legal_act),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..Default::default()
        })
    }
}

fn field(end: End) -> &'static str {
    match end {
        End::Reference => "referenceProcess",
        End::Process => "process",
    }
}

/// The national process that an argument names. NOT_FOUND.
async fn reference(changes: &ChangeSet, id: &ID, path: Path<'_>) -> Result<Id<reference_process::Entity>, ActFault> {
    let id = key::<reference_process::Entity>(id, path)?;
    let same = Condition::all().add(reference_process::Column::Id.eq(id));
    let found = changes.catalogue::<reference_process::Entity>(same).await?;
    if found.is_empty() { Err(ErrorCode::NotFound.at(path.iter().copied()).into()) } else { Ok(id) }
}

/// Everything that the organization states.
pub(super) async fn statements(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, FormulateProcess>,
) -> Result<Vec<Statement>, ActFault> {
    let rows = changes.find::<reference_adoption::Entity, _>(cause, Condition::all()).await?;
    Ok(rows.iter().filter_map(stated).collect())
}

/// A row as the rules see it.
pub(super) fn stated(row: &reference_adoption::Model) -> Option<Statement> {
    Some(Statement {
        id: row.id.uuid(),
        reference: row.reference_process_id.map(Id::uuid),
        process: row.process_id.map(Id::uuid),
        status: row.status,
        days: Interval::new(row.valid_from, row.valid_to)?,
    })
}

/// A row that is yet to be written as the rules see it.
pub(super) fn statement(row: &reference_adoption::ActiveModel, id: Uuid, days: Interval) -> Option<Statement> {
    let (Set(reference), Set(process), Set(status)) = (&row.reference_process_id, &row.process_id, &row.status) else {
        return None;
    };
    Some(Statement { id, reference: reference.map(Id::uuid), process: process.map(Id::uuid), status: *status, days })
}

/// ADOPTION_OVERLAP, at the end that is spoken of twice.
pub(super) fn admit(existing: &[Statement], new: &Statement) -> Result<(), Refusal> {
    let Some((end, other)) = conflict(existing, new) else { return Ok(()) };
    Err(days(ErrorCode::AdoptionOverlap.at([field(end)]), other.days))
}

/// Cambios a una adopción. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct ReferenceAdoptionUpdateInput {
    /// Justificación. Why it deviates, up to 4,000 characters.
    justification: MaybeUndefined<String>,
    /// Acto administrativo. The act that says so.
    legal_act: MaybeUndefined<ID>,
}

/// Justificar una adopción. Corrects the justification and the act of one that has not ended; what it says of which
/// process stays: end it and declare another.
#[derive(InputObject)]
pub(super) struct ReferenceAdoptionUpdate {
    /// Adopción. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: ReferenceAdoptionUpdateInput,
}

impl Act for ReferenceAdoptionUpdate {
    const NAME: &'static str = "referenceAdoptionUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &REFERENCE_ADOPTION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found =
            obtain::<reference_adoption::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
        let mut texts = Texts::default();
        let justification = texts.edit_optional("justification", &self.input.justification, validate::note);
        texts.done()?;
        let legal_act_id = relink(changes, &found, &self.input.legal_act, &["input", "legalAct"]).await?;
        let row = reference_adoption::ActiveModel { justification, legal_act_id, ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

const CODES: &[ErrorCode] =
    &[ErrorCode::Frozen, ErrorCode::DateRangeEmpty, ErrorCode::Backdated, ErrorCode::AdoptionOverlap];

ends! {
    /// Terminar una adopción. Sets the day from which it no longer holds; a later day than the known one extends it. What
    /// ended before today stays as it is.
    ReferenceAdoptionEnd = "referenceAdoptionEnd", reference_adoption, REFERENCE_ADOPTION, CODES,
    /// Adopción. The one to end.
    |changes, row, days| {
        let existing = statements(changes, row).await?;
        let extended = stated(row.model()).map(|known| Statement { days, ..known });
        if let Some(extended) = extended {
            admit(&existing, &extended).map_err(|refusal| refusal.at(["validTo"]))?;
        }
    }
}
