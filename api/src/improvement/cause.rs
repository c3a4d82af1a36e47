//! Acts on cause analyses. When one is recorded it is judged whether the finding repeats an earlier one.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    Id, TextList,
    audit::{FindingState, finding, finding_process, finding_requirement, finding_transition},
    improvement::{CauseCategory, CauseMethod, cause_analysis},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition,
};
use uuid::Uuid;

use super::{
    rules::recurrence::{Earlier, Traits, repeated},
    types::CAUSE_ANALYSIS,
};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode},
    organization::{
        entry::{Texts, obtain},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulatePlan, Granted},
};

/// The acts on cause analyses.
pub static ACTS: &[&dyn AnyAct] = &[act::<CauseAnalysisCreate>(), act::<CauseAnalysisUpdate>()];

/// Análisis de causas. How the cause was sought, and what it is; of an edit, what is absent stays as it is, null clears.
#[derive(InputObject)]
struct CauseAnalysisInput {
    /// Método. How the cause was sought. Required for a new one.
    method: MaybeUndefined<CauseMethod>,
    /// Categoría. The family of the root cause. Required for a new one.
    category: MaybeUndefined<CauseCategory>,
    /// Porqués. The chain of whys, or the branches, in order: at most 60 of up to 2,000 characters each; one at least where the
    /// method asks for whys (FIVE_WHYS).
    whys: Option<Vec<String>>,
    /// Causa raíz. What it comes down to, up to 4,000 characters. Required for a new one.
    root_cause: MaybeUndefined<String>,
    /// Desarrollo. The analysis in full, up to 4,000 characters.
    content: MaybeUndefined<String>,
}

impl CauseAnalysisInput {
    /// The row with what is said; `known` is what it says so far.
    fn row(&self, known: Option<&cause_analysis::Model>) -> Result<cause_analysis::ActiveModel, ActFault> {
        let is_new = known.is_none();
        let mut texts = Texts::default();
        for (field, missing) in [
            ("method", self.method.is_undefined()),
            ("category", self.category.is_undefined()),
            ("rootCause", self.root_cause.is_undefined()),
        ] {
            if missing && is_new {
                texts.refuse(ErrorCode::Required.at([field]));
            }
        }
        let whys = match &self.whys {
            Some(whys) => Set(texts.functions("whys", whys)),
            None if is_new => Set(TextList::default()),
            None => NotSet,
        };
        let root_cause = texts.edit("rootCause", &self.root_cause, validate::note);
        if matches!(&root_cause, Set(text) if text.is_empty()) {
            texts.refuse(ErrorCode::Required.at(["rootCause"]));
        }
        let method = texts.present("method", &self.method);
        let asks_why = match &method {
            Set(method) => Some(*method),
            _ => known.map(|known| known.method),
        } == Some(CauseMethod::FiveWhys);
        let told = match &whys {
            Set(whys) => !whys.as_slice().is_empty(),
            _ => known.is_some_and(|known| !known.whys.as_slice().is_empty()),
        };
        if asks_why && !told {
            texts.refuse(ErrorCode::Required.at(["whys"]));
        }
        let row = cause_analysis::ActiveModel {
            method,
            category: texts.present("category", &self.category),
            whys,
            root_cause,
            content: texts.edit_optional("content", &self.content, validate::note),
            ..Default::default()
        };
        texts.done()?;
        Ok(row)
    }
}

/// Registrar un análisis de causas. Says why a confirmed finding came about; whether it repeats one that was closed effective
/// within the 24 months before, with a process, a requirement and a category of cause in common, is judged now.
#[derive(InputObject)]
struct CauseAnalysisCreate {
    /// Hallazgo. One that was confirmed and is not closed.
    finding: ID,
    /// Datos. The analysis.
    input: CauseAnalysisInput,
}

impl Act for CauseAnalysisCreate {
    const NAME: &'static str = "causeAnalysisCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::FindingsNotConfirmed];
    const PAYLOAD: &'static Declaration = &CAUSE_ANALYSIS;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let finding = obtain::<finding::Entity, FormulatePlan>(changes, &self.finding, &["finding"], None).await?;
        let person = changes.intent().actor.person(finding.organization().uuid());
        let row = cause_analysis::ActiveModel {
            finding_id: Set(finding.id()),
            recorded_on: Set(changes.today()),
            person_id: Set(person.map(Id::from_uuid)),
            ..self.input.row(None)?
        };
        let analysis = changes.create::<cause_analysis::Entity, _>(&finding, row).await?;
        judge_recurrence(changes, finding).await?;
        Ok(analysis.id().uuid())
    }
}

/// Corregir un análisis de causas. Changes it while its finding is not closed; whether the finding repeats an earlier one is
/// judged anew.
#[derive(InputObject)]
struct CauseAnalysisUpdate {
    /// Análisis. Of a finding that is not closed.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: CauseAnalysisInput,
}

impl Act for CauseAnalysisUpdate {
    const NAME: &'static str = "causeAnalysisUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::FindingsNotConfirmed];
    const PAYLOAD: &'static Declaration = &CAUSE_ANALYSIS;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let analysis = obtain::<cause_analysis::Entity, FormulatePlan>(changes, &self.id, &["id"], expected).await?;
        let finding = changes.follow::<finding::Entity, _>(&analysis, analysis.model().finding_id).await?;
        let row = self.input.row(Some(analysis.model()))?;
        let analysis = changes.update(analysis, row).await?;
        judge_recurrence(changes, finding).await?;
        Ok(analysis.id().uuid())
    }
}

/// Says of a finding which one it repeats, if any.
async fn judge_recurrence(
    changes: &mut ChangeSet,
    finding: Granted<finding::Entity, FormulatePlan>,
) -> Result<(), ActFault> {
    let traits = traits(changes, &finding, finding.id()).await?;
    let mut earlier = Vec::new();
    for key in alike(changes, &finding, &traits).await? {
        let closed = Condition::all()
            .add(finding_transition::Column::FindingId.eq(key))
            .add(finding_transition::Column::ToState.eq(FindingState::ClosedEffective));
        let closed = changes.find::<finding_transition::Entity, _>(&finding, closed).await?;
        let Some(closed_on) = closed.iter().map(|step| step.civil_date).max() else { continue };
        earlier.push(Earlier { key: key.uuid(), closed_on, traits: self::traits(changes, &finding, key).await? });
    }
    let found = repeated(finding.model().identified_on, &traits, &earlier);
    let row =
        finding::ActiveModel { recurrence_of_id: Set(found.map(|it| Id::from_uuid(it.key))), ..Default::default() };
    changes.update(finding, row).await.map(drop)
}

/// The findings that were closed effective and have a process and a requirement in common with it.
async fn alike(
    changes: &ChangeSet,
    of: &Granted<finding::Entity, FormulatePlan>,
    traits: &Traits,
) -> Result<Vec<Id<finding::Entity>>, ActFault> {
    let there = Condition::all().add(finding_process::Column::ProcessId.is_in(traits.processes.iter().copied()));
    let there = changes.find::<finding_process::Entity, _>(of, there).await?;
    let same = Condition::all()
        .add(finding_requirement::Column::RequirementId.is_in(traits.requirements.iter().copied()))
        .add(finding_requirement::Column::FindingId.is_in(there.iter().map(|row| row.finding_id)));
    let same = changes.find::<finding_requirement::Entity, _>(of, same).await?;
    let closed = Condition::all()
        .add(finding::Column::Id.is_in(same.iter().map(|row| row.finding_id)))
        .add(finding::Column::Id.ne(of.id()))
        .add(finding::Column::State.eq(FindingState::ClosedEffective));
    Ok(changes.find::<finding::Entity, _>(of, closed).await?.iter().map(|row| row.id).collect())
}

async fn traits(
    changes: &ChangeSet,
    under: &Granted<finding::Entity, FormulatePlan>,
    key: Id<finding::Entity>,
) -> Result<Traits, ActFault> {
    let of = Condition::all().add(finding_process::Column::FindingId.eq(key));
    let processes = changes.find::<finding_process::Entity, _>(under, of).await?;
    let of = Condition::all().add(finding_requirement::Column::FindingId.eq(key));
    let requirements = changes.find::<finding_requirement::Entity, _>(under, of).await?;
    let of = Condition::all().add(cause_analysis::Column::FindingId.eq(key));
    let analyses = changes.find::<cause_analysis::Entity, _>(under, of).await?;
    Ok(Traits {
        processes: processes.iter().map(|row| row.process_id.uuid()).collect(),
        requirements: requirements.iter().map(|row| row.requirement_id.uuid()).collect(),
        categories: analyses.iter().map(|row| row.category).collect(),
    })
}
