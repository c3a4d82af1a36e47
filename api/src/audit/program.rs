//! Acts on annual programs.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    audit::{ProgramState, audit_program},
    organization::organization,
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{states::ProgramAct, types::AUDIT_PROGRAM};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode},
    life_cycle::{Given, begun, noted, step, step_acts},
    organization::{
        entry::{Texts, obtain, reason},
        rules::validate,
    },
    store::{ActFault, ChangeSet, DirectSystem, Granted, PlanAudit},
};

/// The acts on programs.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<AuditProgramCreate>(),
    act::<AuditProgramUpdate>(),
    act::<AuditProgramApprove>(),
    act::<AuditProgramBegin>(),
    act::<AuditProgramClose>(),
];

/// Years that a program may be of.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Programa nuevo. Which year it is of, and what for.
#[derive(InputObject)]
struct AuditProgramCreateInput {
    /// Vigencia. The calendar year, 1990 to 2100.
    year: i32,
    /// Nombre. One line of 1 to 200 characters; unique in the year.
    name: String,
    /// Objetivo. What it is for, up to 4,000 characters.
    objective: Option<String>,
}

/// Formular un programa de auditorías. Makes the draft of an annual program; audits are put into it by `auditCreate`.
#[derive(InputObject)]
struct AuditProgramCreate {
    /// Organización. Whose program it is.
    organization: ID,
    /// Datos. The program.
    input: AuditProgramCreateInput,
}

impl Act for AuditProgramCreate {
    const NAME: &'static str = "auditProgramCreate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &AUDIT_PROGRAM;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization = obtain::<organization::Entity, PlanAudit>(changes, &self.organization, at, None).await?;
        let mut texts = Texts::default();
        if !YEARS.contains(&self.input.year) {
            texts.refuse(
                ErrorCode::InvalidArgument.at(["year"]).with("expected", format!("{}…{}", YEARS.start(), YEARS.end())),
            );
        }
        let name = texts.required("name", &self.input.name, validate::name);
        let objective = texts.optional("objective", self.input.objective.as_deref(), validate::note);
        texts.done()?;
        let row = audit_program::ActiveModel {
            year: Set(self.input.year),
            name: Set(name),
            objective: Set(objective),
            state: Set(ProgramState::Draft),
            ..Default::default()
        };
        let program = changes.create::<audit_program::Entity, _>(&organization, row).await;
        let program = program.map_err(|fault| fault.duplicate_at(&["input", "name"]))?;
        begun(changes, &program, None).await?;
        Ok(program.id().uuid())
    }
}

/// Cambios a un programa. What is absent stays as it is, null clears.
#[derive(InputObject)]
struct AuditProgramUpdateInput {
    /// Nombre. One line of 1 to 200 characters.
    name: MaybeUndefined<String>,
    /// Objetivo. What it is for, up to 4,000 characters.
    objective: MaybeUndefined<String>,
}

/// Corregir un programa de auditorías. Changes it; once it is approved with a reason, which stands among its steps.
#[derive(InputObject)]
struct AuditProgramUpdate {
    /// Programa. One that is not closed.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: AuditProgramUpdateInput,
    /// Motivo. Why; required once it is approved, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for AuditProgramUpdate {
    const NAME: &'static str = "auditProgramUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &AUDIT_PROGRAM;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let program = obtain::<audit_program::Entity, PlanAudit>(changes, &self.id, &["id"], expected).await?;
        changed(changes, &program, self.reason.as_deref(), "id").await?;
        let mut texts = Texts::default();
        let name = texts.edit("name", &self.input.name, validate::name);
        let objective = texts.edit_optional("objective", &self.input.objective, validate::note);
        texts.done()?;
        let row = audit_program::ActiveModel { name, objective, ..Default::default() };
        let program = changes.update(program, row).await.map_err(|fault| fault.duplicate_at(&["input", "name"]))?;
        Ok(program.id().uuid())
    }
}

/// Lets an act change a program, or what stands in it: FROZEN for one that is closed, REASON_REQUIRED for one that was
/// approved, and then the reason is written down.
pub(super) async fn changed(
    changes: &mut ChangeSet,
    program: &Granted<audit_program::Entity, PlanAudit>,
    given: Option<&str>,
    at: &'static str,
) -> Result<(), ActFault> {
    let reason = reason(given)?;
    match program.model().state {
        ProgramState::Draft => Ok(()),
        ProgramState::Closed => Err(ErrorCode::Frozen.at([at]).into()),
        ProgramState::Approved | ProgramState::InExecution => {
            let reason = reason.ok_or_else(|| ErrorCode::ReasonRequired.at(["reason"]))?;
            noted(changes, program, reason).await
        }
    }
}

/// Aprobar un programa de auditorías. Senior management approves it, another person than wrote it; from now on a change takes
/// a reason.
#[derive(InputObject)]
struct AuditProgramApprove {
    /// Programa. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Motivo. A remark, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for AuditProgramApprove {
    const NAME: &'static str = "auditProgramApprove";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::TransitionNotAllowed, ErrorCode::ActorWithoutPerson, ErrorCode::SeparationOfDuties];
    const PAYLOAD: &'static Declaration = &AUDIT_PROGRAM;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let program = obtain::<audit_program::Entity, DirectSystem>(changes, &self.id, &["id"], expected).await?;
        let reason = reason(self.reason.as_deref())?;
        let person = changes.intent().actor.person(program.organization().uuid());
        let row =
            audit_program::ActiveModel { approved_by_id: Set(person.map(entity::Id::from_uuid)), ..Default::default() };
        let given = Given { date: None, reason: reason.is_some() };
        let program = step(changes, program, ProgramAct::Approve, (given, reason), row).await?;
        Ok(program.id().uuid())
    }
}

step_acts! {
    audit_program, AUDIT_PROGRAM;
    /// Iniciar un programa de auditorías. Says that it is being carried out; the first of its audits that begins does it too.
    AuditProgramBegin = "auditProgramBegin", ProgramAct::Begin, PlanAudit, [];
    /// Cerrar un programa de auditorías. Ends it, once all its audits are closed or cancelled.
    AuditProgramClose = "auditProgramClose", ProgramAct::Close, PlanAudit, [AuditsOpen];
}
