//! Acts on the team of an audit, and who may act in an audit.

use async_graphql::{ID, InputObject};
use entity::{
    Id,
    audit::{TeamRole, audit, audit_team_member},
    organization::person,
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{
    rules::independence::{Held, binds},
    states::audit::{AVAILABLE, is_external, not_independent},
    types::{AUDIT, AUDIT_TEAM_MEMBER},
};
use crate::{
    access::rules::{self, Duty},
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode},
    life_cycle::Cells,
    organization::entry::{follow, obtain, reason},
    store::{ActFault, ChangeSet, DoAudit, Granted, Verb},
};

/// The acts on teams.
pub static ACTS: &[&dyn AnyAct] = &[act::<AuditTeamMemberCreate>(), act::<AuditTeamMemberDelete>()];

/// Integrar el equipo auditor. Lets somebody audit. Who holds a post in what is audited, or in a unit that leads it, or did in
/// the twelve months before, is refused; control interno may excuse him, and not himself, with a reason, which everybody sees.
#[derive(InputObject)]
struct AuditTeamMemberCreate {
    /// Auditoría. One that has not been reported on finally.
    audit: ID,
    /// Persona. Who.
    person: ID,
    /// Papel. In which part.
    role: TeamRole,
    /// Motivo de la excepción. Why somebody audits who is not independent; of control interno, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for AuditTeamMemberCreate {
    const NAME: &'static str = "auditTeamMemberCreate";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::NotOnTeam,
        ErrorCode::Frozen,
        ErrorCode::AuditorNotIndependent,
        ErrorCode::SeparationOfDuties,
        ErrorCode::Forbidden,
    ];
    const PAYLOAD: &'static Declaration = &AUDIT_TEAM_MEMBER;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let audit = obtain::<audit::Entity, DoAudit>(changes, &self.audit, &["audit"], None).await?;
        let person = follow::<person::Entity, _>(changes, &audit, &self.person, &["person"]).await?.id();
        let reason = reason(self.reason.as_deref())?;
        let actor = &changes.intent().actor;
        let plans = actor.has(Duty::PlanAudits, audit.organization().uuid());
        if reason.is_some() && !plans {
            return Err(rules::lacks(Duty::PlanAudits).at(["reason"]).into());
        }
        let by = actor.person(audit.organization().uuid()).map(Id::from_uuid);
        // Nobody excuses himself.
        if reason.is_some() && by == Some(person) {
            return Err(ErrorCode::SeparationOfDuties.at(["reason"]).into());
        }
        let row = audit_team_member::ActiveModel {
            audit_id: Set(audit.id()),
            person_id: Set(person),
            role: Set(self.role),
            override_by_id: Set(reason.is_some().then_some(by).flatten()),
            override_reason: Set(reason),
            ..Default::default()
        };
        let member = changes.create::<audit_team_member::Entity, _>(&audit, row).await;
        let member = member.map_err(|fault| fault.duplicate_at(&["person"]))?;
        independent(changes, &audit).await?;
        Ok(member.id().uuid())
    }
}

/// AUDITOR_NOT_INDEPENDENT, naming the posts that stand against it.
async fn independent<V: Verb>(changes: &ChangeSet, audit: &Granted<audit::Entity, V>) -> Result<(), ActFault> {
    let model = audit.model();
    if is_external(model.kind) {
        return Ok(());
    }
    // The very posts that the guard of the life cycle looks at.
    let posts = [AVAILABLE.needs[11]];
    let cells = changes.needs(audit, &AUDIT, &posts).await?;
    let bound = Cells(&cells).lines(0).filter_map(Held::parse);
    let bound: Vec<_> = bound.filter(|held| binds(held.days, model.planned_from, model.planned_to)).collect();
    match bound.is_empty() {
        true => Ok(()),
        false => Err(bound.iter().map(|held| not_independent(held).at(["person"])).collect::<Vec<_>>().into()),
    }
}

/// Retirar del equipo auditor. Takes somebody off the team; while the audit runs one lead must stay.
#[derive(InputObject)]
struct AuditTeamMemberDelete {
    /// Miembro. Who.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for AuditTeamMemberDelete {
    const NAME: &'static str = "auditTeamMemberDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotOnTeam, ErrorCode::Frozen, ErrorCode::LeadAuditorRequired];
    const PAYLOAD: &'static Declaration = &AUDIT_TEAM_MEMBER;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let member = obtain::<audit_team_member::Entity, DoAudit>(changes, &self.id, &["id"], expected).await?;
        let id = member.id().uuid();
        changes.remove(member).await?;
        Ok(id)
    }
}
