//! The acts of the life cycle. What each may do stands in the table of `states.rs`; here is what it does.

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::organization::{StructureStage, structure_version};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{
    consequences,
    draft::version,
    facts::{Said, entry, judge, step},
    inputs::{legal_act, reason},
    withdraw::withdraw,
};
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode, scalars::Date},
    life_cycle::Given,
    organization::{
        refusals::{pass, refused},
        rules::timeline,
        states::StructureAct,
        types::STRUCTURE_VERSION,
    },
    store::{ActFault, Approve, ChangeSet, Formulate, Granted, Verb},
};

type Version<V> = Granted<structure_version::Entity, V>;

/// Judges an act that takes effect today, moves the stage, and writes the step down.
async fn advance<V: Verb>(
    changes: &mut ChangeSet,
    version: Version<V>,
    act: StructureAct,
    stage: StructureStage,
    reason: Option<&str>,
) -> Result<Uuid, ActFault> {
    let said = Said { given: Given { date: None, reason: reason.is_some() }, legal_act: false };
    let (line, _) = judge(changes, &version, act, said).await?;
    let moved = structure_version::ActiveModel { stage: Set(stage), ..Default::default() };
    let version = changes.update(version, moved).await?;
    let today = changes.today();
    step(changes, &version, Some(line.from), (line.to, today), reason).await?;
    Ok(version.id().uuid())
}

/// Enviar una estructura a aprobación. Hands a draft in; from now on it is not edited.
#[derive(InputObject)]
pub struct StructureVersionSubmit {
    /// Versión de la estructura. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for StructureVersionSubmit {
    const NAME: &'static str = StructureAct::Submit.mutation();
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::TransitionNotAllowed, ErrorCode::EmptyStructure, ErrorCode::NotOneTree, ErrorCode::UnitCodeTaken];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = version::<Formulate>(changes, &self.id, self.expected_version).await?;
        advance(changes, version, StructureAct::Submit, StructureStage::UnderApproval, None).await
    }
}

/// Devolver una estructura. Sends a submitted version back to be worked on, with a reason.
#[derive(InputObject)]
pub struct StructureVersionReturn {
    /// Versión de la estructura. One under approval.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Motivo. What must be mended; required, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for StructureVersionReturn {
    const NAME: &'static str = StructureAct::ReturnToDraft.mutation();
    const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = version::<Approve>(changes, &self.id, self.expected_version).await?;
        let reason = reason(self.reason.as_deref())?;
        advance(changes, version, StructureAct::ReturnToDraft, StructureStage::Draft, reason.as_deref()).await
    }
}

/// Aprobar una estructura. Another person than the one who submitted it approves it; it changes no more.
#[derive(InputObject)]
pub struct StructureVersionApprove {
    /// Versión de la estructura. One under approval.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for StructureVersionApprove {
    const NAME: &'static str = StructureAct::Approve.mutation();
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::TransitionNotAllowed,
        ErrorCode::EmptyStructure,
        ErrorCode::NotOneTree,
        ErrorCode::UnitCodeTaken,
        ErrorCode::ResponsibilitiesUnmapped,
        ErrorCode::ActorWithoutPerson,
        ErrorCode::SeparationOfDuties,
    ];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = version::<Approve>(changes, &self.id, self.expected_version).await?;
        advance(changes, version, StructureAct::Approve, StructureStage::Approved, None).await
    }
}

/// Poner en vigencia una estructura. Lets an approved version rule from a day on; the one that rules until then ends on
/// that day. Its posts begin, those of units that vanish end, and with them their holdings; what continues another post
/// takes over who holds it. What units that vanish have to do with processes goes where its transfers say, or ends.
#[derive(InputObject)]
pub struct StructureVersionPutInForce {
    /// Versión de la estructura. An approved one without a first day.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Vigente desde. Its first day (civil date, America/Bogota); required.
    valid_from: Option<Date>,
    /// Acto administrativo. The act that adopts it, when it does not name it yet.
    legal_act: Option<ID>,
    /// Retroactivo. Must be true for a first day in the past, which takes the right to backdate and a reason.
    backdate: Option<bool>,
    /// Motivo. Why it is entered late; at most 4,000 characters.
    reason: Option<String>,
}

impl Act for StructureVersionPutInForce {
    const NAME: &'static str = StructureAct::PutInForce.mutation();
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::TransitionNotAllowed,
        ErrorCode::LegalActRequired,
        ErrorCode::StartDateRequired,
        ErrorCode::Backdated,
        ErrorCode::VersionsOverlap,
        ErrorCode::StillInUse,
        ErrorCode::ResponsibilitiesUnmapped,
    ];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = version::<Approve>(changes, &self.id, self.expected_version).await?;
        let reason = reason(self.reason.as_deref())?;
        let brought = match &self.legal_act {
            Some(id) => Some(legal_act(changes, &version, id, &["legalAct"]).await?),
            None => None,
        };
        let date = self.valid_from.map(|date| date.0);
        let said = Said { given: Given { date, reason: reason.is_some() }, legal_act: brought.is_some() };
        let (line, _) = judge(changes, &version, StructureAct::PutInForce, said).await?;
        let from = date.ok_or_else(|| ErrorCode::StartDateRequired.at(["validFrom"]))?;
        let others = consequences::in_force(changes, &version).await?;
        let entry = entry(changes, &version, self.backdate, reason.is_some());
        let put = timeline::put_in_force(&others, from, entry).map_err(refused)?;
        mark(changes, from);
        let version = consequences::begin(changes, version, &put, brought).await?;
        step(changes, &version, Some(line.from), (line.to, from), reason.as_deref()).await?;
        Ok(version.id().uuid())
    }
}

/// Desprogramar la entrada en vigencia de una estructura. Takes back the first day of an approved version before it
/// comes, so that it can be put in force on another. What was to change on that day stays as it was: the version before
/// goes on, as do the posts, holdings and responsibilities that were to end; the version's own posts are proposals again. A version
/// after which another is scheduled waits for that one to be withdrawn first.
#[derive(InputObject)]
pub struct StructureVersionUnschedule {
    /// Versión de la estructura. An approved one with a first day that has not come.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Motivo. Why; required, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for StructureVersionUnschedule {
    const NAME: &'static str = StructureAct::Unschedule.mutation();
    const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed, ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = version::<Approve>(changes, &self.id, self.expected_version).await?;
        let reason = reason(self.reason.as_deref())?;
        let said = Said { given: Given { date: None, reason: reason.is_some() }, legal_act: false };
        let (line, _) = judge(changes, &version, StructureAct::Unschedule, said).await?;
        let version = withdraw(changes, version, Default::default()).await?;
        let today = changes.today();
        step(changes, &version, Some(line.from), (line.to, today), reason.as_deref()).await?;
        Ok(version.id().uuid())
    }
}

/// Derogar una estructura. Ends the version in force on a day; nothing need come after it. Posts and their holdings go
/// on until an act of their own ends them.
#[derive(InputObject)]
pub struct StructureVersionRepeal {
    /// Versión de la estructura. One in force.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Vigente hasta. The first day without it (civil date, America/Bogota); required.
    valid_to: Option<Date>,
    /// Acto administrativo. The act that repeals it.
    legal_act: Option<ID>,
    /// Motivo. Why; required, at most 4,000 characters.
    reason: Option<String>,
    /// Retroactivo. Must be true for a day in the past, which takes the right to backdate.
    backdate: Option<bool>,
}

impl Act for StructureVersionRepeal {
    const NAME: &'static str = StructureAct::Repeal.mutation();
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::TransitionNotAllowed,
        ErrorCode::StartDateRequired,
        ErrorCode::Backdated,
        ErrorCode::DateRangeEmpty,
    ];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = version::<Approve>(changes, &self.id, self.expected_version).await?;
        let reason = reason(self.reason.as_deref())?;
        let brought = match &self.legal_act {
            Some(id) => Some(legal_act(changes, &version, id, &["legalAct"]).await?),
            None => None,
        };
        let date = self.valid_to.map(|date| date.0);
        let said = Said { given: Given { date, reason: reason.is_some() }, legal_act: false };
        let (line, facts) = judge(changes, &version, StructureAct::Repeal, said).await?;
        let on = date.ok_or_else(|| ErrorCode::StartDateRequired.at(["validTo"]))?;
        let entry = entry(changes, &version, self.backdate, reason.is_some());
        let interval = timeline::effective(facts.valid_from, facts.valid_to, version.model().annulled_from);
        let interval = interval.ok_or_else(|| ErrorCode::DateRangeEmpty.at(["validTo"]))?;
        let left = timeline::repeal(interval, on, entry).map_err(refused)?;
        mark(changes, on);
        let told = structure_version::ActiveModel { repeal_act_id: Set(brought), ..Default::default() };
        let version = consequences::end(changes, version, left.to(), told).await?;
        step(changes, &version, Some(line.from), (line.to, on), reason.as_deref()).await?;
        Ok(version.id().uuid())
    }
}

/// Anular una estructura. Records that a court annulled its act: from the day of the ruling it rules no more. Posts go
/// on until an act of their own ends them.
#[derive(InputObject)]
pub struct StructureVersionAnnul {
    /// Versión de la estructura. An approved one, in force or not.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Desde. The day of the ruling (civil date, America/Bogota); required.
    from: Option<Date>,
    /// Motivo. Which court and which ruling; required, at most 4,000 characters.
    reason: Option<String>,
    /// Retroactivo. Must be true for a day in the past, which takes the right to backdate.
    backdate: Option<bool>,
}

impl Act for StructureVersionAnnul {
    const NAME: &'static str = StructureAct::Annul.mutation();
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::TransitionNotAllowed, ErrorCode::StartDateRequired, ErrorCode::Backdated, ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let version = version::<Approve>(changes, &self.id, self.expected_version).await?;
        let reason = reason(self.reason.as_deref())?;
        let date = self.from.map(|date| date.0);
        let said = Said { given: Given { date, reason: reason.is_some() }, legal_act: false };
        let (line, facts) = judge(changes, &version, StructureAct::Annul, said).await?;
        let from = date.ok_or_else(|| ErrorCode::StartDateRequired.at(["from"]))?;
        let entry = entry(changes, &version, self.backdate, reason.is_some());
        pass(timeline::backdated(from, entry).map(|past| past.under(["from"])).into_iter().collect())?;
        mark(changes, from);
        let version = consequences::annul(changes, version, from, &facts.rests).await?;
        step(changes, &version, Some(line.from), (line.to, from), reason.as_deref()).await?;
        Ok(version.id().uuid())
    }
}

/// Tells the history when the act takes effect before today.
fn mark(changes: &mut ChangeSet, date: NaiveDate) {
    if date < changes.today() {
        changes.mark_backdated();
    }
}
