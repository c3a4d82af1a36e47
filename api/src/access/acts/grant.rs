//! Acts on roles: given, ended; and whom the Nation names.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::{
    Id, Interval,
    access::{Role, access_grant, access_grant_process, member},
    organization::{org_unit, organization},
    value_chain::process,
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{facts::administrators_beside, member::Invited};
use crate::{
    access::{
        administrators::{fits, is_last, takes_scope, without_scope},
        guards::{APPOINTS, RECEIVES, administered},
        rules::{self, Subject},
        types::{ACCESS_GRANT, MEMBER},
    },
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    organization::{
        entry::{follow, interval, link, obtain, take_effect},
        types::ORGANIZATION,
    },
    store::{ActFault, ChangeSet, Granted, KeepMember, NameAdministrator, Verb},
};

/// Datos de una asignación. Which role, for what, when.
#[derive(InputObject)]
pub struct AccessGrantCreateInput {
    /// Rol. What the member may read and do; `docs/permissions.md` says who gives which.
    pub role: Role,
    /// Alcance. The unit to which, with all that hangs under it, the role is limited; absent: the whole organization.
    pub scope_unit: Option<ID>,
    /// Alcance por procesos. The processes to which, with all that stands under them, the role is limited, at most 50; not
    /// together with a unit.
    pub scope_processes: Option<Vec<ID>>,
    /// Vigente desde. First day on which it holds; absent: today.
    pub valid_from: Option<Date>,
    /// Vigente hasta. The day after the last on which it holds; absent: without a known end.
    pub valid_to: Option<Date>,
}

/// Asignar un rol. Gives a role to a member, in its organization. Nobody gives himself one, by whatever account; a first
/// day in the past takes the right to backdate and a reason.
#[derive(InputObject)]
pub struct AccessGrantCreate {
    /// Miembro. Who gets the role.
    pub member: ID,
    /// Datos. The role.
    pub input: AccessGrantCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    pub reason: Option<String>,
}

/// What [`give`] can answer.
const GIVING: &[ErrorCode] = &[
    ErrorCode::RoleNotGrantable,
    ErrorCode::RoleTakesNoScope,
    ErrorCode::AdministratorExists,
    ErrorCode::SelfGrant,
    ErrorCode::MemberSuspended,
    ErrorCode::DateRangeEmpty,
    ErrorCode::Backdated,
];

impl Act for AccessGrantCreate {
    const NAME: &'static str = "accessGrantCreate";
    const CODES: &'static [ErrorCode] = GIVING;
    const PAYLOAD: &'static Declaration = &ACCESS_GRANT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let member = obtain::<member::Entity, KeepMember>(changes, &self.member, &["member"], None).await?;
        let organization = changes.follow(&member, member.organization()).await?;
        let input = self.input;
        let unit = link(changes, &member, input.scope_unit.as_ref(), &["input", "scopeUnit"]).await?;
        let scope = Scope { unit, processes: processes(changes, &member, input.scope_processes.as_deref()).await? };
        if scope.unit.is_some() && scope.processes.is_some() {
            return Err(ErrorCode::InvalidArgument.at(SCOPE_PROCESSES).into());
        }
        let from = input.valid_from.map_or(changes.today(), |from| from.0);
        let days = interval(from, input.valid_to.map(|to| to.0))?;
        let given = Given { role: input.role, scope, days };
        take_effect(changes, &member, from, &["input", "validFrom"], self.reason.as_deref())?;
        Ok(give(changes, &organization, &member, given).await?.uuid())
    }
}

const SCOPE_PROCESSES: [&str; 2] = ["input", "scopeProcesses"];
/// Most processes to which a role is limited.
const PROCESSES_LIMIT: usize = 50;

/// To what a role is limited: a unit, processes, or nothing.
#[derive(Default)]
pub(super) struct Scope {
    unit: Option<Id<org_unit::Entity>>,
    processes: Option<BTreeSet<Id<process::Entity>>>,
}

/// The processes that an argument names. INVALID_ARGUMENT for none: that would be no limit at all.
async fn processes(
    changes: &ChangeSet,
    member: &Granted<member::Entity, KeepMember>,
    given: Option<&[ID]>,
) -> Result<Option<BTreeSet<Id<process::Entity>>>, ActFault> {
    let Some(given) = given else { return Ok(None) };
    if given.is_empty() {
        return Err(ErrorCode::InvalidArgument.at(SCOPE_PROCESSES).into());
    }
    if given.len() > PROCESSES_LIMIT {
        return Err(ErrorCode::TooLong.at(SCOPE_PROCESSES).with("maximum", PROCESSES_LIMIT).into());
    }
    let mut known = BTreeSet::new();
    for (at, id) in given.iter().enumerate() {
        let path = ["input", "scopeProcesses", &at.to_string()];
        let process = follow::<process::Entity, _>(changes, member, id, &path).await?;
        // Whoever keeps members and reads no drafts learns of none.
        let reach = changes.intent().actor.reach(Subject::Processes);
        let reads = reach.whole.contains(member.organization().uuid()) || process.model().published;
        if !reads {
            return Err(ErrorCode::NotFound.at(path).into());
        }
        known.insert(process.id());
    }
    Ok(Some(known))
}

/// A role that is to be given.
pub(super) struct Given {
    pub role: Role,
    pub scope: Scope,
    pub days: Interval,
}

impl Given {
    /// A role in the whole organization, from a day on.
    pub fn since(role: Role, day: NaiveDate) -> Self {
        Self { role, scope: Scope::default(), days: Interval::since(day) }
    }
}

/// Gives a member a role, if the actor may give it and the member may have it.
pub(super) async fn give<V: Verb>(
    changes: &mut ChangeSet,
    organization: &Granted<organization::Entity, V>,
    member: &Granted<member::Entity, V>,
    given: Given,
) -> Result<Id<access_grant::Entity>, ActFault> {
    const ROLE: [&str; 2] = ["input", "role"];
    let Given { role, scope, days } = given;
    may_give(changes, organization, role).await?;
    RECEIVES.judge(changes, member, &MEMBER).await?;
    let row = member.model();
    if !fits(role, organization.model().kind, &changes.issuer_of(row.account_id).await?) {
        return Err(not_grantable(role).into());
    }
    let limits = [("scopeUnit", scope.unit.is_some()), ("scopeProcesses", scope.processes.is_some())];
    if let Some((field, _)) = limits.into_iter().find(|(_, limited)| *limited && !takes_scope(role)) {
        return Err(ErrorCode::RoleTakesNoScope.at(["input", field]).with("roles", without_scope()).into());
    }
    let same = Condition::all()
        .add(access_grant::Column::AccountId.eq(row.account_id))
        .add(access_grant::Column::Role.eq(role));
    let known = changes.find::<access_grant::Entity, _>(organization, same).await?;
    let overlaps = |it: &&access_grant::Model| {
        it.scope_unit_id == scope.unit && Interval::new(it.valid_from, it.valid_to).is_some_and(|it| it.overlaps(days))
    };
    let wanted = scope.processes.unwrap_or_default();
    for other in known.iter().filter(overlaps) {
        let named = Condition::all().add(access_grant_process::Column::AccessGrantId.eq(other.id));
        let named = changes.find::<access_grant_process::Entity, _>(organization, named).await?;
        if named.into_iter().map(|row| row.process_id).collect::<BTreeSet<_>>() == wanted {
            return Err(ErrorCode::Duplicate.at(ROLE).into());
        }
    }
    let row = access_grant::ActiveModel {
        account_id: Set(row.account_id),
        role: Set(role),
        scope_unit_id: Set(scope.unit),
        valid_from: Set(days.from()),
        valid_to: Set(days.to()),
        granted_by_id: Set(changes.account()),
        ..Default::default()
    };
    let grant = changes.create::<access_grant::Entity, _>(organization, row).await?;
    for process in wanted {
        let link = access_grant_process::ActiveModel {
            access_grant_id: Set(grant.id()),
            process_id: Set(process),
            ..Default::default()
        };
        changes.link::<access_grant_process::Entity, _, _>(&grant, link).await?;
    }
    Ok(grant.id())
}

/// ROLE_NOT_GRANTABLE when the actor's roles do not include giving this one here; ADMINISTRATOR_EXISTS when they only
/// do not include it because there is one.
async fn may_give<V: Verb>(
    changes: &ChangeSet,
    organization: &Granted<organization::Entity, V>,
    role: Role,
) -> Result<(), ActFault> {
    let (actor, at) = (&changes.intent().actor, organization.id().uuid());
    if actor.may_give(role, at, true) {
        return Ok(());
    }
    if !actor.may_give(role, at, false) {
        return Err(not_grantable(role).into());
    }
    let roster = changes.needs(organization, &ORGANIZATION, &APPOINTS.needs[2..]).await?;
    let roster = roster.first().and_then(serde_json::Value::as_str);
    administered(roster, changes.today()).map_or(Ok(()), |refusal| Err(refusal.into()))
}

fn not_grantable(role: Role) -> Refusal {
    ErrorCode::RoleNotGrantable.at(["input", "role"]).with("role", rules::name(role))
}

/// Terminar la asignación de un rol. Sets the first day on which the role no longer holds: absent or today, it ends at
/// once. An end is only brought forward; whoever shall have the role longer is given it anew. What has not begun before
/// that day never holds. The last administrator of an organization stays.
#[derive(InputObject)]
pub(super) struct AccessGrantEnd {
    /// Asignación. The one to end.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Vigente hasta. First day on which it no longer holds; absent: today.
    valid_to: Option<Date>,
    /// Motivo. Why it is entered only now, when the day lies in the past.
    reason: Option<String>,
}

impl Act for AccessGrantEnd {
    const NAME: &'static str = "accessGrantEnd";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen, ErrorCode::Backdated, ErrorCode::LastAdministrator];
    const PAYLOAD: &'static Declaration = &ACCESS_GRANT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let grant =
            obtain::<access_grant::Entity, KeepMember>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let (from, present) = (grant.model().valid_from, grant.model().valid_to);
        let to = self.valid_to.map_or(changes.today(), |to| to.0);
        if present.is_some_and(|present| to > present) {
            return Err(ErrorCode::InvalidArgument.at(["validTo"]).into());
        }
        take_effect(changes, &grant, to, &["validTo"], self.reason.as_deref())?;
        if is_last(&administrators_beside(changes, &grant).await?, to.max(changes.today())) {
            return Err(ErrorCode::LastAdministrator.into());
        }
        let ended = access_grant::ActiveModel { valid_to: Set(Some(to.max(from))), ..Default::default() };
        Ok(changes.update(grant, ended).await?.id().uuid())
    }
}

/// Datos de una designación. Whom the Nation names, and for what.
#[derive(InputObject)]
pub struct OrganizationAppointInput {
    /// Rol. ORGANIZATION_ADMIN, while the organization has none, or a role that is national.
    pub role: Role,
    /// Emisor. Who vouches for the sign-in: the issuer of the account's tokens, byte by byte, up to 255 bytes.
    pub issuer: String,
    /// Sujeto. What the issuer calls the account, byte by byte, up to 255 bytes.
    pub subject: String,
    /// Nombre. What the organization shall call it, up to 200 characters; one that is a member keeps its name.
    pub name: String,
}

/// Designar. The Nation names the first administrator of an organization, who then invites everybody else, or gives a
/// national role. Who is no member yet is invited; the role holds from today on.
#[derive(InputObject)]
pub struct OrganizationAppoint {
    /// Organización. Where the role holds.
    pub organization: ID,
    /// Datos. Whom, and for what.
    pub input: OrganizationAppointInput,
}

impl Act for OrganizationAppoint {
    const NAME: &'static str = "organizationAppoint";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::RoleNotGrantable,
        ErrorCode::AdministratorExists,
        ErrorCode::SelfGrant,
        ErrorCode::MemberSuspended,
    ];
    const PAYLOAD: &'static Declaration = &ORGANIZATION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization =
            obtain::<organization::Entity, NameAdministrator>(changes, &self.organization, &["organization"], None)
                .await?;
        let OrganizationAppointInput { role, issuer, subject, name } = self.input;
        // Before anything tells who is a member there.
        may_give(changes, &organization, role).await?;
        let row = Invited { issuer: &issuer, subject: &subject, name: &name }.row(changes).await?;
        let same = Condition::all().add(member::Column::AccountId.eq(row.account_id.clone().take()));
        let member = match changes.follow_all::<member::Entity, _>(&organization, same).await?.pop() {
            Some(member) => member,
            None => changes.create::<member::Entity, _>(&organization, row).await?,
        };
        let today = changes.today();
        give(changes, &organization, &member, Given::since(role, today)).await?;
        Ok(organization.id().uuid())
    }
}
