//! Acts on posts: proposed in a draft of the structure, or opened directly by a legal act.

use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::NaiveDate;
use entity::{
    Id, Interval,
    organization::{StructureStage, job, legal_act, org_unit, post, post_holding, structure_version, unit_version},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition, EntityTrait,
};
use uuid::Uuid;

use crate::{
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    organization::{
        entry::{Path, Texts, end, follow, interval, key, link, not_over, obtain, obtain_in, relink, take_effect},
        rules::timeline::{self, Structure},
        types::POST,
    },
    store::{ActFault, ChangeSet, Formulate, Granted, Verb},
};

const UNIT: Path<'static> = &["input", "unit"];
const VERSION: Path<'static> = &["input", "structureVersion"];

/// Datos de un cargo. Either `structureVersion`, a draft that opens the post when it is put in force, or `legalAct` and
/// `validFrom`, when an act of its own opens it.
#[derive(InputObject)]
pub(super) struct PostCreateInput {
    /// Empleo. Of which it is one place.
    job: ID,
    /// Dependencia. The unit in which it stands: one of the draft's, or one in force on the first day.
    unit: ID,
    /// Versión de la estructura. The draft that proposes it.
    structure_version: Option<ID>,
    /// Acto administrativo. The act that creates it; required outside a draft.
    legal_act: Option<ID>,
    /// Reemplaza a. The post that it continues, such as the same place in another unit.
    replaces: Option<ID>,
    /// Vigente desde. First day of the post; required outside a draft, not known inside one.
    valid_from: Option<Date>,
    /// Vigente hasta. The day after the last; absent: without a known end. Required where a version that is scheduled
    /// already does without the unit: the post ends on that version's first day or before.
    valid_to: Option<Date>,
}

/// Crear un cargo. Enters a post of the planta central, in a draft or in force from a date on; a date in the past takes
/// the right to backdate and a reason.
#[derive(InputObject)]
pub(super) struct PostCreate {
    /// Organización. The one whose post it is.
    organization: ID,
    /// Datos. The post.
    input: PostCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for PostCreate {
    const NAME: &'static str = "postCreate";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::NotADraft,
        ErrorCode::LegalActRequired,
        ErrorCode::StartDateRequired,
        ErrorCode::DateRangeEmpty,
        ErrorCode::Backdated,
        ErrorCode::UnitEnds,
    ];
    const PAYLOAD: &'static Declaration = &POST;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization = obtain_in::<Formulate>(changes, &self.organization, &self.input.unit).await?;
        let input = self.input;
        let job = follow::<job::Entity, _>(changes, &organization, &input.job, &["input", "job"]).await?;
        let mut row = post::ActiveModel {
            job_id: Set(job.id()),
            legal_act_id: Set(link(changes, &organization, input.legal_act.as_ref(), &["input", "legalAct"]).await?),
            replaces_id: Set(link(changes, &organization, input.replaces.as_ref(), &["input", "replaces"]).await?),
            ..Default::default()
        };
        if let Some(version) = &input.structure_version {
            undated(&input)?;
            let version = draft(changes, &organization, key(version, VERSION)?, VERSION).await?;
            row.structure_version_id = Set(Some(version));
            row.org_unit_id = Set(unit_in(changes, &organization, &input.unit, version).await?);
        } else {
            let from = opening(&input)?;
            let days = interval(from, input.valid_to.map(|to| to.0))?;
            take_effect(changes, &organization, from, &["input", "validFrom"], self.reason.as_deref())?;
            let unit = unit_on(changes, &organization, &input.unit, from).await?;
            within_unit(changes, &organization, unit, days, &["input", "validTo"]).await?;
            row.org_unit_id = Set(unit);
            (row.valid_from, row.valid_to) = (Set(Some(from)), Set(days.to()));
        }
        Ok(changes.create::<post::Entity, _>(&organization, row).await?.id().uuid())
    }
}

/// The days of a draft's post follow from its version.
fn undated(input: &PostCreateInput) -> Result<(), ActFault> {
    let given = [("validFrom", input.valid_from), ("validTo", input.valid_to)].into_iter();
    let refusals: Vec<Refusal> = given
        .filter(|(_, date)| date.is_some())
        .map(|(field, _)| ErrorCode::InvalidArgument.at(["input", field]))
        .collect();
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

/// The first day of a post that an act of its own opens.
fn opening(input: &PostCreateInput) -> Result<NaiveDate, ActFault> {
    let mut refusals = Vec::new();
    if input.legal_act.is_none() {
        refusals.push(ErrorCode::LegalActRequired.at(["input", "legalAct"]));
    }
    match input.valid_from {
        Some(from) if refusals.is_empty() => Ok(from.0),
        Some(_) => Err(refusals.into()),
        None => {
            refusals.push(ErrorCode::StartDateRequired.at(["input", "validFrom"]));
            Err(refusals.into())
        }
    }
}

/// Cambios a un cargo. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct PostUpdateInput {
    /// Empleo. Of which it is one place; only in a draft, or before the first day that an act of its own sets.
    job: MaybeUndefined<ID>,
    /// Dependencia. The unit in which it stands; only in a draft, or before the first day that an act of its own sets.
    unit: MaybeUndefined<ID>,
    /// Acto administrativo. The act that creates it; a post outside a draft keeps one.
    legal_act: MaybeUndefined<ID>,
    /// Reemplaza a. The post that it continues.
    replaces: MaybeUndefined<ID>,
}

/// Modificar un cargo. Changes a post of a draft, or corrects one that has not ended; once it began or its version was
/// approved, it stays the same job in the same unit, and a change of these is another post that replaces it.
#[derive(InputObject)]
pub(super) struct PostUpdate {
    /// Cargo. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: PostUpdateInput,
}

impl Act for PostUpdate {
    const NAME: &'static str = "postUpdate";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::NotADraft, ErrorCode::LegalActRequired, ErrorCode::Frozen, ErrorCode::UnitEnds];
    const PAYLOAD: &'static Declaration = &POST;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found = obtain::<post::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let (old, input) = (found.model().clone(), self.input);
        not_over(changes, old.valid_to)?;
        if let (None, Some(version)) = (old.valid_from, old.structure_version_id) {
            draft(changes, &found, version, &["id"]).await?;
        }
        complete(&old, &input)?;
        let mut row = post::ActiveModel {
            legal_act_id: relink::<legal_act::Entity, _>(changes, &found, &input.legal_act, &["input", "legalAct"])
                .await?,
            replaces_id: relink::<post::Entity, _>(changes, &found, &input.replaces, &["input", "replaces"]).await?,
            job_id: match &input.job {
                MaybeUndefined::Value(id) => Set(follow(changes, &found, id, &["input", "job"]).await?.id()),
                _ => NotSet,
            },
            ..Default::default()
        };
        if let MaybeUndefined::Value(id) = &input.unit {
            row.org_unit_id = Set(match (old.valid_from, old.structure_version_id) {
                (None, Some(version)) => unit_in(changes, &found, id, version).await?,
                (from, _) => {
                    let from = from.unwrap_or(changes.today());
                    let unit = unit_on(changes, &found, id, from).await?;
                    if let Some(days) = Interval::new(from, old.valid_to).filter(|_| unit != old.org_unit_id) {
                        within_unit(changes, &found, unit, days, UNIT).await?;
                    }
                    unit
                }
            });
        }
        if matches!(row.replaces_id, Set(Some(replaced)) if replaced == old.id) {
            return Err(ErrorCode::InvalidArgument.at(["input", "replaces"]).into());
        }
        // What an approved version opens is fixed even before its first day.
        if old.valid_from.is_some_and(|from| from <= changes.today() || old.structure_version_id.is_some()) {
            same_place(&old, &row)?;
        }
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

/// What a post cannot be without.
fn complete(old: &post::Model, input: &PostUpdateInput) -> Result<(), ActFault> {
    let mut texts = Texts::default();
    for (field, given) in [("job", &input.job), ("unit", &input.unit)] {
        if given.is_null() {
            texts.refuse(ErrorCode::Required.at([field]));
        }
    }
    if input.legal_act.is_null() && old.structure_version_id.is_none() {
        texts.refuse(ErrorCode::LegalActRequired.at(["legalAct"]));
    }
    texts.done()
}

/// FROZEN when job or unit would change after they took effect or were approved.
fn same_place(old: &post::Model, row: &post::ActiveModel) -> Result<(), ActFault> {
    let mut refusals = Vec::new();
    if matches!(row.job_id, Set(job) if job != old.job_id) {
        refusals.push(ErrorCode::Frozen.at(["input", "job"]));
    }
    if matches!(row.org_unit_id, Set(unit) if unit != old.org_unit_id) {
        refusals.push(ErrorCode::Frozen.at(UNIT.iter().copied()));
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

/// Suprimir un cargo. Sets the day from which the post no longer exists; a later day than the known one extends it.
/// Holdings must end with the post or before, and what ended before today stays as it is.
#[derive(InputObject)]
pub(super) struct PostEnd {
    /// Cargo. The one to end.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Vigente hasta. The day after the last on which the post exists.
    valid_to: Date,
    /// Motivo. Why it is entered only now, when the day lies in the past.
    reason: Option<String>,
}

impl Act for PostEnd {
    const NAME: &'static str = "postEnd";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::PostNotOpen,
        ErrorCode::Frozen,
        ErrorCode::DateRangeEmpty,
        ErrorCode::Backdated,
        ErrorCode::StillInUse,
        ErrorCode::UnitEnds,
    ];
    const PAYLOAD: &'static Declaration = &POST;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found = obtain::<post::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let from = found.model().valid_from.ok_or_else(|| ErrorCode::PostNotOpen.at(["id"]))?;
        let days = (from, found.model().valid_to);
        let left = end(changes, &found, days, self.valid_to.0, self.reason.as_deref())?;
        within_unit(changes, &found, found.model().org_unit_id, left, &["validTo"]).await?;
        let beyond = Condition::any()
            .add(post_holding::Column::ValidTo.is_null())
            .add(post_holding::Column::ValidTo.gt(self.valid_to.0));
        let beyond = Condition::all().add(post_holding::Column::PostId.eq(found.id())).add(beyond);
        if !changes.find::<post_holding::Entity, _>(&found, beyond).await?.is_empty() {
            return Err(ErrorCode::StillInUse.at(["validTo"]).into());
        }
        let row = post::ActiveModel { valid_to: Set(left.to()), ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

/// Eliminar un cargo. Removes a post that nobody holds or ever held and that no other continues: one of a draft, or one
/// that an act of its own opens; when it began before today, that takes the right to backdate and a reason. What an
/// approved version opens is ended, not removed.
#[derive(InputObject)]
pub(super) struct PostDelete {
    /// Cargo. The one to remove.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Motivo. Why it is removed, when it began in the past.
    reason: Option<String>,
}

impl Act for PostDelete {
    const NAME: &'static str = "postDelete";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::NotADraft, ErrorCode::Frozen, ErrorCode::Backdated, ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &POST;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found = obtain::<post::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let id = found.id().uuid();
        match (found.model().valid_from, found.model().structure_version_id) {
            (None, Some(version)) => drop(draft(changes, &found, version, &["id"]).await?),
            (Some(_), Some(_)) => return Err(ErrorCode::Frozen.at(["id"]).into()),
            (Some(from), None) => take_effect(changes, &found, from, &["id"], self.reason.as_deref())?,
            (None, None) => {}
        }
        changes.remove(found).await.map_err(|fault| fault.within(["id"]))?;
        Ok(id)
    }
}

/// UNIT_ENDS at the path when something in a unit would outlast it: a version that is known already does without it from
/// some day on.
pub async fn within_unit<V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    unit: Id<org_unit::Entity>,
    days: Interval,
    path: Path<'_>,
) -> Result<(), ActFault> {
    let dated = Condition::all().add(structure_version::Column::ValidFrom.is_not_null());
    let versions = changes.find::<structure_version::Entity, _>(cause, dated).await?;
    let of_unit = Condition::all().add(unit_version::Column::OrgUnitId.eq(unit));
    let rows = changes.find::<unit_version::Entity, _>(cause, of_unit).await?;
    let seen = |version: &structure_version::Model| {
        let has_unit = rows.iter().any(|row| row.structure_version_id == version.id);
        Some(Structure { id: version.id.uuid(), from: version.valid_from?, has_unit })
    };
    let seen: Vec<_> = versions.iter().filter_map(seen).collect();
    let leaves = timeline::unit_leaves_with(&seen, days.from());
    let Some(outlasts) = timeline::post_outlasts_unit(days, leaves.map(|version| version.from)) else { return Ok(()) };
    let version = versions.iter().find(|row| leaves.is_some_and(|version| version.id == row.id.uuid()));
    let act = match version.and_then(|version| version.legal_act_id) {
        Some(act) => {
            let act = changes.follow::<legal_act::Entity, _>(cause, act).await?;
            format!("{} ({})", act.model().number, act.model().date)
        }
        None => String::new(),
    };
    Err(Refusal::from(outlasts.with("act", act)).at(path.iter().copied()).into())
}

/// The version, while it is a draft. NOT_FOUND, NOT_A_DRAFT.
async fn draft<V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    version: Id<structure_version::Entity>,
    path: Path<'_>,
) -> Result<Id<structure_version::Entity>, ActFault> {
    let found = changes.follow::<structure_version::Entity, _>(cause, version).await;
    let found = found.map_err(|fault| fault.within(path.iter().copied()))?;
    match found.model().stage {
        StructureStage::Draft => Ok(found.id()),
        _ => Err(ErrorCode::NotADraft.at(path.iter().copied()).into()),
    }
}

/// The unit at `input.unit`, which must be one of a version. NOT_FOUND.
async fn unit_in<V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    unit: &ID,
    version: Id<structure_version::Entity>,
) -> Result<Id<org_unit::Entity>, ActFault> {
    unit_where(changes, cause, unit, Condition::all().add(unit_version::Column::StructureVersionId.eq(version))).await
}

/// The unit at `input.unit`, which must be in force on a day. NOT_FOUND.
pub(super) async fn unit_on<V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    unit: &ID,
    day: NaiveDate,
) -> Result<Id<org_unit::Entity>, ActFault> {
    let open = Condition::any().add(unit_version::Column::ValidTo.is_null()).add(unit_version::Column::ValidTo.gt(day));
    let in_force = Condition::all().add(unit_version::Column::ValidFrom.lte(day)).add(open);
    unit_where(changes, cause, unit, in_force).await
}

async fn unit_where<V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    unit: &ID,
    condition: Condition,
) -> Result<Id<org_unit::Entity>, ActFault> {
    let unit = key::<org_unit::Entity>(unit, UNIT)?;
    let condition = condition.add(unit_version::Column::OrgUnitId.eq(unit));
    let found = changes.find::<unit_version::Entity, _>(cause, condition).await?;
    if found.is_empty() { Err(ErrorCode::NotFound.at(UNIT.iter().copied()).into()) } else { Ok(unit) }
}
