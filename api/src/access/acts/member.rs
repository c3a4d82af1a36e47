//! Acts on members: invited, suspended, reinstated; and who they are.

use async_graphql::{ID, InputObject};
use entity::{
    access::{MemberState, Role, member},
    organization::{organization, person},
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{facts::judge, grant};
use crate::{
    access::{
        account::{COMMAND_ISSUER, KEY_ISSUER},
        states::MemberAct,
        types::MEMBER,
    },
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
    },
    organization::{
        entry::{Texts, link, obtain},
        refusals::pass,
        rules::validate,
    },
    store::{ActFault, ChangeSet, KeepMember},
};

/// Most bytes of an issuer or a subject, as in tokens.
const IDENTIFIER_BYTES: usize = 255;

/// Datos de una invitación. How the account signs in, and who it is here.
#[derive(InputObject)]
pub struct MemberInviteInput {
    /// Emisor. Who vouches for the sign-in: the issuer of its tokens, byte by byte, up to 255 bytes. The accounts of API
    /// keys have the issuer `articula:keys`.
    pub issuer: String,
    /// Sujeto. What the issuer calls it, byte by byte, up to 255 bytes.
    pub subject: String,
    /// Nombre. What the organization calls it, up to 200 characters.
    pub name: String,
    /// Persona. Who it is; absent for a program, or when it is said later.
    pub person: Option<ID>,
    /// Rol. A first role from today on, without a known end; others by `accessGrantCreate`.
    pub role: Option<Role>,
}

/// Invitar a un miembro. Makes an account a member of an organization: with its first sign-in it is an active one. The
/// answer does not tell whether the account was known before.
#[derive(InputObject)]
pub struct MemberInvite {
    /// Organización. The one that invites.
    pub organization: ID,
    /// Datos. Whom.
    pub input: MemberInviteInput,
}

impl Act for MemberInvite {
    const NAME: &'static str = "memberInvite";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::RoleNotGrantable, ErrorCode::AdministratorExists, ErrorCode::SelfGrant];
    const PAYLOAD: &'static Declaration = &MEMBER;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization =
            obtain::<organization::Entity, KeepMember>(changes, &self.organization, &["organization"], None).await?;
        let input = self.input;
        let person =
            link::<person::Entity, _>(changes, &organization, input.person.as_ref(), &["input", "person"]).await?;
        if input.issuer == KEY_ISSUER && person.is_some() {
            return Err(ErrorCode::InvalidArgument.at(["input", "person"]).into());
        }
        let invited = Invited { issuer: &input.issuer, subject: &input.subject, name: &input.name };
        let row = member::ActiveModel { person_id: Set(person), ..invited.row(changes).await? };
        let member = changes.create::<member::Entity, _>(&organization, row).await?;
        if let Some(role) = input.role {
            let today = changes.today();
            grant::give(changes, &organization, &member, grant::Given::since(role, today)).await?;
        }
        Ok(member.id().uuid())
    }
}

/// Whom somebody invites.
pub(super) struct Invited<'a> {
    pub issuer: &'a str,
    pub subject: &'a str,
    pub name: &'a str,
}

impl Invited<'_> {
    /// The invited member's row, the account made where it was not known.
    pub async fn row(&self, changes: &mut ChangeSet) -> Result<member::ActiveModel, ActFault> {
        let mut texts = Texts::default();
        for (field, text) in [("issuer", self.issuer), ("subject", self.subject)] {
            identifier(field, text).into_iter().for_each(|refusal| texts.refuse(refusal));
        }
        let name = texts.required("name", self.name, validate::name);
        texts.done()?;
        Ok(member::ActiveModel {
            account_id: Set(changes.account_of(self.issuer, self.subject).await?),
            name: Set(name),
            state: Set(MemberState::Invited),
            ..Default::default()
        })
    }
}

/// What is wrong with an issuer or subject. They are compared byte by byte, so nothing is trimmed or composed.
fn identifier(field: &str, text: &str) -> Option<Refusal> {
    if text.trim().is_empty() {
        Some(ErrorCode::Required.at([field]))
    } else if text.len() > IDENTIFIER_BYTES {
        Some(ErrorCode::TooLong.at([field]).with("maximum", IDENTIFIER_BYTES))
    } else if text.trim() != text || text.chars().any(char::is_control) {
        Some(ErrorCode::Malformed.at([field]).with("format", "one line of text"))
    } else if field == "issuer" && text == COMMAND_ISSUER {
        Some(ErrorCode::InvalidArgument.at([field]))
    } else {
        None
    }
}

/// Suspender a un miembro. Its roles in the organization count no more, from this moment on; an invitation is withdrawn
/// so too. The last administrator of an organization stays.
#[derive(InputObject)]
pub(super) struct MemberSuspend {
    /// Miembro. The one to suspend.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Motivo. Why; the history keeps it.
    reason: String,
}

impl Act for MemberSuspend {
    const NAME: &'static str = MemberAct::Suspend.name();
    const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed, ErrorCode::LastAdministrator];
    const PAYLOAD: &'static Declaration = &MEMBER;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        advance(changes, &self.id, self.expected_version, MemberAct::Suspend, &self.reason).await
    }
}

/// Reintegrar a un miembro. The roles of a suspended member count again, those that still hold. Nobody reinstates
/// himself under another account.
#[derive(InputObject)]
pub(super) struct MemberReinstate {
    /// Miembro. The suspended one.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Motivo. Why; the history keeps it.
    reason: String,
}

impl Act for MemberReinstate {
    const NAME: &'static str = MemberAct::Reinstate.name();
    const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed, ErrorCode::SelfGrant];
    const PAYLOAD: &'static Declaration = &MEMBER;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        advance(changes, &self.id, self.expected_version, MemberAct::Reinstate, &self.reason).await
    }
}

async fn advance(
    changes: &mut ChangeSet,
    id: &ID,
    expected_version: i32,
    act: MemberAct,
    reason: &str,
) -> Result<Uuid, ActFault> {
    let member = obtain::<member::Entity, KeepMember>(changes, id, &["id"], Some(expected_version)).await?;
    pass(validate::gather([("reason", validate::note(reason))]))?;
    let line = judge(changes, &member, act, reason).await?;
    let moved = member::ActiveModel { state: Set(line.to), ..Default::default() };
    Ok(changes.update(member, moved).await?.id().uuid())
}

/// Asociar un miembro a una persona. Says who the member is: at most one person of the organization. Rules about
/// different people compare persons, so nobody says it of himself.
#[derive(InputObject)]
pub(super) struct MemberTie {
    /// Miembro. The one of whom it is said.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Persona. Who it is. One that is tied to another person is untied first.
    person: ID,
}

impl Act for MemberTie {
    const NAME: &'static str = "memberTie";
    const CODES: &'static [ErrorCode] = &[ErrorCode::SelfGrant, ErrorCode::MemberTied];
    const PAYLOAD: &'static Declaration = &MEMBER;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let member =
            obtain::<member::Entity, KeepMember>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let person = link::<person::Entity, _>(changes, &member, Some(&self.person), &["person"]).await?;
        // Another account for oneself would be a way to give oneself its roles.
        let (organization, tied) = (member.organization().uuid(), person.map(|person| person.uuid()));
        if changes.intent().actor.is_itself(organization, None, tied) {
            return Err(ErrorCode::SelfGrant.at(["person"]).into());
        }
        if member.model().person_id.is_some_and(|before| Some(before) != person) {
            return Err(ErrorCode::MemberTied.at(["id"]).into());
        }
        let tied = member::ActiveModel { person_id: Set(person), ..Default::default() };
        Ok(changes.update(member, tied).await?.id().uuid())
    }
}

/// Desasociar un miembro de su persona. Nothing says any more who the member is: it can no longer approve, verify or
/// evaluate.
#[derive(InputObject)]
pub(super) struct MemberUntie {
    /// Miembro. The one of whom nothing is said any more.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
}

impl Act for MemberUntie {
    const NAME: &'static str = "memberUntie";
    const CODES: &'static [ErrorCode] = &[ErrorCode::SelfGrant];
    const PAYLOAD: &'static Declaration = &MEMBER;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let member =
            obtain::<member::Entity, KeepMember>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let untied = member::ActiveModel { person_id: Set(None), ..Default::default() };
        Ok(changes.update(member, untied).await?.id().uuid())
    }
}
