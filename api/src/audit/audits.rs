//! Acts that make audits, change what they are about, and end them.

use std::collections::HashSet;

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    Id,
    audit::{
        AuditKind, AuditState, ProgramState, audit, audit_criterion, audit_program, audit_scope, audit_team_member,
    },
    organization::{org_unit, organization},
    value_chain::process,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition,
};
use uuid::Uuid;

use super::{
    inputs::{AuditCriterionInput, AuditScopeInput, bounded, requirement},
    program::changed,
    states::{AuditAct, ProgramAct},
    types::{AUDIT, AUDIT_SCOPE},
};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode, scalars::Date},
    life_cycle::{Given, begun, follow_step, step, step_acts},
    organization::{
        entry::{Texts, clean, follow, key, link, obtain, reason},
        rules::validate,
    },
    store::{ActFault, ChangeSet, DoAudit, Granted, PlanAudit, Verb},
};

/// The acts on audits.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<AuditCreate>(),
    act::<AuditUpdate>(),
    act::<AuditPrepare>(),
    act::<AuditBegin>(),
    act::<AuditScopeCover>(),
    act::<AuditHear>(),
    act::<AuditFollowUp>(),
    act::<AuditClose>(),
    act::<AuditCancel>(),
];

/// Auditoría nueva. What it is, when, and what it looks at.
#[derive(InputObject)]
struct AuditCreateInput {
    /// Programa. The annual program in which it stands; once that is approved, a reason is required.
    program: Option<ID>,
    /// Código. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`; unique in the organization.
    code: String,
    /// Nombre. One line of 1 to 200 characters.
    name: String,
    /// Clase. Who audits, to what end.
    kind: AuditKind,
    /// Organización auditora. Who audits, where that is another one.
    auditing_organization: Option<ID>,
    /// Ente auditor. Who audits, where that is recorded nowhere; up to 200 characters.
    auditing_body: Option<String>,
    /// Auditoría de origen. The one whose findings it follows up.
    followed_audit: Option<ID>,
    /// Objetivo. What it is to find out, up to 4,000 characters.
    objective: Option<String>,
    /// Inicio planeado. First planned day.
    planned_from: Date,
    /// Fin planeado. Last planned day, not before the first.
    planned_to: Date,
    /// Alcance. What it looks at, at most 200 entries.
    #[graphql(default)]
    scope: Vec<AuditScopeInput>,
    /// Criterios. Against what, at most 200 entries.
    #[graphql(default)]
    criteria: Vec<AuditCriterionInput>,
}

/// Programar una auditoría. Puts an audit into a program, or plans one outside of any, with its scope and its criteria.
#[derive(InputObject)]
struct AuditCreate {
    /// Organización. The one that is audited.
    organization: ID,
    /// Datos. The audit.
    input: AuditCreateInput,
    /// Motivo. Why it comes on top; required in a program that was approved.
    reason: Option<String>,
}

impl Act for AuditCreate {
    const NAME: &'static str = "auditCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DateRangeEmpty, ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &AUDIT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization = obtain::<organization::Entity, PlanAudit>(changes, &self.organization, at, None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let code = texts.required("code", &input.code, validate::unit_code);
        let name = texts.required("name", &input.name, validate::name);
        let body = texts.optional("auditingBody", input.auditing_body.as_deref(), validate::name);
        let objective = texts.optional("objective", input.objective.as_deref(), validate::note);
        if input.planned_from > input.planned_to {
            texts.refuse(ErrorCode::DateRangeEmpty.at(["plannedTo"]));
        }
        texts.done()?;
        let program = match &input.program {
            Some(program) => {
                let at = &["input", "program"];
                let program = follow::<audit_program::Entity, _>(changes, &organization, program, at).await?;
                changed(changes, &program, self.reason.as_deref(), "program").await?;
                Some(program.id())
            }
            None => None,
        };
        let followed = link::<audit::Entity, _>(
            changes,
            &organization,
            input.followed_audit.as_ref(),
            &["input", "followedAudit"],
        );
        let row = audit::ActiveModel {
            code: Set(code),
            name: Set(name),
            kind: Set(input.kind),
            state: Set(AuditState::Planned),
            audit_program_id: Set(program),
            auditing_organization_id: Set(auditing(changes, &organization, input.auditing_organization.as_ref()).await?),
            auditing_body: Set(body),
            followed_audit_id: Set(followed.await?),
            objective: Set(objective),
            planned_from: Set(input.planned_from.0),
            planned_to: Set(input.planned_to.0),
            ..Default::default()
        };
        let audit = changes.create::<audit::Entity, _>(&organization, row).await;
        let audit = audit.map_err(|fault| fault.duplicate_at(&["input", "code"]))?;
        begun(changes, &audit, None).await?;
        write_scope(changes, &audit, &input.scope).await?;
        write_criteria(changes, &audit, &input.criteria).await?;
        Ok(audit.id().uuid())
    }
}

/// The organization that audits: one that whoever acts can see. NOT_FOUND.
async fn auditing<V: Verb>(
    changes: &ChangeSet,
    own: &Granted<organization::Entity, V>,
    id: Option<&ID>,
) -> Result<Option<Id<organization::Entity>>, ActFault> {
    const AT: [&str; 2] = ["input", "auditingOrganization"];
    let Some(id) = id else { return Ok(None) };
    let id = key::<organization::Entity>(id, &AT)?;
    let seen = changes.intent().actor.reach(crate::access::rules::Subject::Organization).published.contains(id.uuid());
    if id == own.id() {
        return Ok(None);
    }
    if seen { Ok(Some(id)) } else { Err(ErrorCode::NotFound.at(AT).into()) }
}

async fn write_scope<V: Verb>(
    changes: &mut ChangeSet,
    audit: &Granted<audit::Entity, V>,
    items: &[AuditScopeInput],
) -> Result<(), ActFault> {
    bounded(items, &["input", "scope"])?;
    let mut rows = Vec::with_capacity(items.len());
    let mut named = Vec::with_capacity(items.len());
    for (position, item) in (0_i32..).zip(items) {
        let at = position.to_string();
        let place = ["input", "scope", &at];
        if item.process.is_none() && item.unit.is_none() {
            return Err(ErrorCode::Required.at([&place[..], &["process"]].concat()).into());
        }
        let process =
            link::<process::Entity, V>(changes, audit, item.process.as_ref(), &[&place[..], &["process"]].concat())
                .await?;
        let unit =
            link::<org_unit::Entity, V>(changes, audit, item.unit.as_ref(), &[&place[..], &["unit"]].concat()).await?;
        if named.contains(&(process, unit)) {
            return Err(ErrorCode::Duplicate.at(place).into());
        }
        named.push((process, unit));
        rows.push(audit_scope::ActiveModel {
            audit_id: Set(audit.id()),
            position: Set(position),
            process_id: Set(process),
            org_unit_id: Set(unit),
            covered: Set(false),
            ..Default::default()
        });
    }
    changes.create_many::<audit_scope::Entity, V>(audit, rows).await.map(drop)
}

async fn write_criteria<V: Verb>(
    changes: &mut ChangeSet,
    audit: &Granted<audit::Entity, V>,
    items: &[AuditCriterionInput],
) -> Result<(), ActFault> {
    bounded(items, &["input", "criteria"])?;
    let mut rows: Vec<audit_criterion::ActiveModel> = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let at = at.to_string();
        let (mut all, mut own) = (Texts::default(), Texts::default());
        let note = item.note(&mut own);
        all.nest_at(&["criteria", &at], own);
        all.done()?;
        let requirement = requirement(changes, &item.requirement, &["input", "criteria", &at, "requirement"]).await?;
        if rows.iter().any(|row| row.requirement_id == Set(requirement)) {
            return Err(ErrorCode::Duplicate.at(["input", "criteria", &at]).into());
        }
        rows.push(audit_criterion::ActiveModel {
            audit_id: Set(audit.id()),
            requirement_id: Set(requirement),
            note: Set(note),
            ..Default::default()
        });
    }
    changes.create_many::<audit_criterion::Entity, V>(audit, rows).await.map(drop)
}

/// Cambios a una auditoría. What is absent stays as it is, null clears; a list is given as a whole.
#[derive(InputObject)]
struct AuditUpdateInput {
    /// Nombre. One line of 1 to 200 characters.
    name: MaybeUndefined<String>,
    /// Objetivo. What it is to find out, up to 4,000 characters.
    objective: MaybeUndefined<String>,
    /// Inicio planeado. First planned day.
    planned_from: Option<Date>,
    /// Fin planeado. Last planned day.
    planned_to: Option<Date>,
    /// Alcance. All that it looks at, at most 200 entries; until it begins. Whoever was excused from independence is excused no
    /// longer once it changes.
    scope: Option<Vec<AuditScopeInput>>,
    /// Criterios. All of them, at most 200 entries; until it begins.
    criteria: Option<Vec<AuditCriterionInput>>,
}

/// Reprogramar una auditoría. Changes its name, its planned days, scope and criteria before it begins; in a program that was
/// approved with a reason, which stands among the program's steps.
#[derive(InputObject)]
struct AuditUpdate {
    /// Auditoría. One that has not begun.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: AuditUpdateInput,
    /// Motivo. Why; required where its program was approved, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for AuditUpdate {
    const NAME: &'static str = "auditUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen, ErrorCode::DateRangeEmpty];
    const PAYLOAD: &'static Declaration = &AUDIT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let audit = obtain::<audit::Entity, PlanAudit>(changes, &self.id, &["id"], expected).await?;
        if let Some(program) = audit.model().audit_program_id {
            let program = changes.follow::<audit_program::Entity, _>(&audit, program).await?;
            changed(changes, &program, self.reason.as_deref(), "id").await?;
        }
        let (input, mut texts) = (self.input, Texts::default());
        let name = texts.edit("name", &input.name, validate::name);
        let objective = texts.edit_optional("objective", &input.objective, validate::note);
        let from = input.planned_from.map_or(audit.model().planned_from, |day| day.0);
        let to = input.planned_to.map_or(audit.model().planned_to, |day| day.0);
        if from > to {
            texts.refuse(ErrorCode::DateRangeEmpty.at(["plannedTo"]));
        }
        texts.done()?;
        let parts = input.scope.is_some() || input.criteria.is_some();
        let audit = if parts { changes.touch(audit).await? } else { audit };
        if let Some(scope) = &input.scope {
            let before = places(changes, &audit).await?;
            clear::<audit_scope::Entity>(changes, &audit, audit_scope::Column::AuditId.eq(audit.id())).await?;
            write_scope(changes, &audit, scope).await?;
            if places(changes, &audit).await? != before {
                end_overrides(changes, &audit).await?;
            }
        }
        if let Some(criteria) = &input.criteria {
            clear::<audit_criterion::Entity>(changes, &audit, audit_criterion::Column::AuditId.eq(audit.id())).await?;
            write_criteria(changes, &audit, criteria).await?;
        }
        let row =
            audit::ActiveModel { name, objective, planned_from: Set(from), planned_to: Set(to), ..Default::default() };
        Ok(changes.update(audit, row).await?.id().uuid())
    }
}

/// What an audit looks at: processes and units.
async fn places(
    changes: &ChangeSet,
    audit: &Granted<audit::Entity, PlanAudit>,
) -> Result<HashSet<(Option<Uuid>, Option<Uuid>)>, ActFault> {
    let of = Condition::all().add(audit_scope::Column::AuditId.eq(audit.id()));
    let scope = changes.find::<audit_scope::Entity, _>(audit, of).await?;
    Ok(scope.iter().map(|row| (row.process_id.map(|it| it.uuid()), row.org_unit_id.map(|it| it.uuid()))).collect())
}

/// Whoever was excused was excused of what was audited then.
async fn end_overrides(changes: &mut ChangeSet, audit: &Granted<audit::Entity, PlanAudit>) -> Result<(), ActFault> {
    let excused = Condition::all()
        .add(audit_team_member::Column::AuditId.eq(audit.id()))
        .add(audit_team_member::Column::OverrideReason.is_not_null());
    for member in changes.follow_all::<audit_team_member::Entity, _>(audit, excused).await? {
        let bound = audit_team_member::ActiveModel {
            override_reason: Set(None),
            override_by_id: Set(None),
            ..Default::default()
        };
        changes.update(member, bound).await?;
    }
    Ok(())
}

async fn clear<E: crate::store::Recorded>(
    changes: &mut ChangeSet,
    audit: &Granted<audit::Entity, PlanAudit>,
    of: impl sea_orm::sea_query::IntoCondition,
) -> Result<(), ActFault> {
    for row in changes.follow_all::<E, _>(audit, Condition::all().add(of.into_condition())).await? {
        changes.remove(row).await?;
    }
    Ok(())
}

/// Iniciar una auditoría. The auditors go to work; its program, if it stands in one, is being carried out from now on.
#[derive(InputObject)]
struct AuditBegin {
    /// Auditoría. One that is prepared.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Motivo. A remark, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for AuditBegin {
    const NAME: &'static str = "auditBegin";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::TransitionNotAllowed,
        ErrorCode::NotOnTeam,
        ErrorCode::LeadAuditorRequired,
        ErrorCode::AuditorNotIndependent,
        ErrorCode::ProgramNotApproved,
    ];
    const PAYLOAD: &'static Declaration = &AUDIT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let audit = obtain::<audit::Entity, DoAudit>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let reason = reason(self.reason.as_deref())?;
        let given = Given { date: None, reason: reason.is_some() };
        let row = audit::ActiveModel { started_on: Set(Some(changes.today())), ..Default::default() };
        let audit = step(changes, audit, AuditAct::Begin, (given, reason), row).await?;
        if let Some(program) = audit.model().audit_program_id {
            let program = changes.follow::<audit_program::Entity, _>(&audit, program).await?;
            if program.model().state == ProgramState::Approved {
                follow_step(changes, program, ProgramAct::Begin, Default::default()).await?;
            }
        }
        Ok(audit.id().uuid())
    }
}

/// Cubrir el alcance. Says of an entry of the scope that it was looked at, or why it is left out.
#[derive(InputObject)]
struct AuditScopeCover {
    /// Alcance. The entry.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cubierto. Whether it was looked at.
    covered: bool,
    /// Motivo de exclusión. Why it is left out, up to 4,000 characters; required when it was not looked at.
    exclusion_reason: Option<String>,
}

impl Act for AuditScopeCover {
    const NAME: &'static str = "auditScopeCover";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotOnTeam, ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &AUDIT_SCOPE;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let item = obtain::<audit_scope::Entity, DoAudit>(changes, &self.id, &["id"], expected).await?;
        let excluded = self.exclusion_reason.as_deref().map(clean).filter(|text| !text.is_empty());
        if let Some(long) = excluded.as_deref().and_then(validate::note) {
            return Err(crate::graph::error::Refusal::from(long.under(["exclusionReason"])).into());
        }
        match (self.covered, excluded.is_some()) {
            (true, true) => return Err(ErrorCode::InvalidArgument.at(["exclusionReason"]).into()),
            (false, false) => return Err(ErrorCode::Required.at(["exclusionReason"]).into()),
            _ => {}
        }
        let row = audit_scope::ActiveModel {
            covered: Set(self.covered),
            exclusion_reason: if self.covered { Set(None) } else { Set(excluded) },
            id: NotSet,
            ..Default::default()
        };
        Ok(changes.update(item, row).await?.id().uuid())
    }
}

step_acts! {
    audit, AUDIT;
    /// Preparar una auditoría. Settles scope, criteria and team: exactly one lead, everybody independent or excused.
    AuditPrepare = "auditPrepare", AuditAct::Prepare, DoAudit, [NotOnTeam, LeadAuditorRequired, AuditorNotIndependent];
    /// Oír al auditado. From now on the audited answers what the draft report says.
    AuditHear = "auditHear", AuditAct::Hear, DoAudit, [NotOnTeam];
    /// Pasar a seguimiento. Its findings are followed up from now on.
    AuditFollowUp = "auditFollowUp", AuditAct::Follow, DoAudit, [NotOnTeam];
    /// Cerrar una auditoría. Ends it, once every finding is closed or dismissed.
    AuditClose = "auditClose", AuditAct::Close, DoAudit, [NotOnTeam, FindingsOpen];
    /// Cancelar una auditoría. Gives it up before its final report, with a reason.
    AuditCancel = "auditCancel", AuditAct::Cancel, PlanAudit, [];
}
