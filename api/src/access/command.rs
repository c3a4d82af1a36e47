//! What the command line does with accounts, roles and keys: the acts of everybody else, by an account that is the
//! service's own and under which nobody signs in.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::ID;
use entity::{
    Id,
    access::{Role, api_key},
    organization::{OrganizationKind, organization},
};
use sea_orm::ActiveValue::Set;

use super::{
    account::{COMMAND_ISSUER, KEY_ISSUER, account_key},
    actor::{Actor, Held},
    acts::{
        ApiKeyCreate, ApiKeyCreateInput, ApiKeyRevoke, ApiKeyRotate, OrganizationAppoint, OrganizationAppointInput,
    },
};
use crate::{
    config::Secret,
    execution::act::Act,
    graph::{
        error::{Locale, Refusal},
        scalars::Date,
    },
    organization::{refusals::pass, rules::validate},
    store::{ActFault, ChangeSet, Intent, Store, StoreFault},
    telemetry,
};

/// The subject of the command line's account.
const SUBJECT: &str = "articula";
/// The name of the Ministry where none is recorded yet.
const MINISTRY: &str = "Ministerio de Educación Nacional";

/// Why a command was not done, in words for whoever runs it.
#[derive(Debug, thiserror::Error)]
pub enum CommandFault {
    /// No organization is known by that.
    #[error("there is no organization `{0}`; name its id, its NIT, or the DIVIPOLA code of its territorial entity")]
    NoOrganization(String),
    /// No account is known by that.
    #[error("there is no account with that issuer and subject")]
    NoAccount,
    /// No key has that prefix.
    #[error("there is no API key with the prefix `{0}`; `articula key list` shows them")]
    NoKey(String),
    /// The act was refused.
    #[error("{}", .0.iter().map(|refusal| format!("{} ({})", refusal.message(Locale::En), refusal)).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refusal>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The database failed in an act.
    #[error("{0}")]
    Act(ActFault),
}

impl From<ActFault> for CommandFault {
    fn from(fault: ActFault) -> Self {
        match fault {
            ActFault::Refused(refusals) => Self::Refused(refusals),
            other => Self::Act(other),
        }
    }
}

/// An account, as whoever vouches for it knows it.
#[derive(Clone, Debug)]
pub struct Signing {
    /// The issuer of its tokens.
    pub issuer: String,
    /// What the issuer calls it.
    pub subject: String,
}

/// One run of the command line at work on a database.
pub struct Command<'a> {
    store: &'a Store,
    request_id: String,
}

impl<'a> Command<'a> {
    /// A run of its own, under an id of its own.
    pub fn on(store: &'a Store) -> Self {
        Self { store, request_id: telemetry::request_id(store.clock().now()) }
    }

    /// Under which the history tells what this run did.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The organization that is named by its id, its NIT or the DIVIPOLA code of its territorial entity; the Ministry
    /// when none is named, and it comes to be where there is none.
    pub async fn organization(&self, named: Option<&str>) -> Result<Id<organization::Entity>, CommandFault> {
        let Some(named) = named else { return self.ministry().await };
        let found = match Id::parse(named) {
            Some(id) => Some(id),
            None => self.store.organization_named(named).await?,
        };
        match found {
            Some(id) if self.store.has_organization(id).await? => Ok(id),
            _ => Err(CommandFault::NoOrganization(named.to_owned())),
        }
    }

    async fn ministry(&self) -> Result<Id<organization::Entity>, CommandFault> {
        if let Some(known) = self.store.ministry().await? {
            return Ok(known);
        }
        let id = Id::new();
        let row = organization::ActiveModel {
            id: Set(id),
            kind: Set(OrganizationKind::Ministry),
            name: Set(MINISTRY.to_owned()),
            ..Default::default()
        };
        let mut loader = self.store.loader().await?.under(&self.request_id);
        loader.insert_many::<organization::Entity>(vec![row]).await?;
        loader.commit().await?;
        Ok(id)
    }

    /// Gives an account a role from today on; who is no member yet is invited.
    pub async fn grant(
        &self,
        organization: Id<organization::Entity>,
        role: Role,
        account: &Signing,
        name: &str,
    ) -> Result<(), CommandFault> {
        let act = || OrganizationAppoint {
            organization: id(organization),
            input: OrganizationAppointInput {
                role,
                issuer: account.issuer.clone(),
                subject: account.subject.clone(),
                name: name.to_owned(),
            },
        };
        self.perform("grant", organization, None, act).await.map(drop)
    }

    /// Shuts an account out everywhere, or lets it in again; the history keeps why.
    pub async fn suspend(&self, account: &Signing, suspended: bool, reason: &str) -> Result<(), CommandFault> {
        let act = if suspended { "accountSuspend" } else { "accountReinstate" };
        let Signing { issuer, subject } = account;
        let work = async |changes: &mut ChangeSet| {
            pass(validate::gather([("reason", validate::reason(Some(reason)))]))?;
            itself(changes).await?;
            changes.suspend_account(issuer, subject, suspended).await
        };
        let intent = self.intent(act, Vec::new(), Some(reason));
        let done = self.store.change(&intent, work, async |_, _, _| Ok(())).await?;
        if done.outcome { Ok(()) } else { Err(CommandFault::NoAccount) }
    }

    /// Makes an API key; with `grant`, it has the role SERVICE in its organization.
    pub async fn create_key(
        &self,
        organization: Id<organization::Entity>,
        name: &str,
        scopes: &[String],
        valid_to: chrono::NaiveDate,
        grant: bool,
    ) -> Result<Secret, CommandFault> {
        let act = || ApiKeyCreate {
            organization: id(organization),
            input: ApiKeyCreateInput { name: name.to_owned(), scopes: scopes.to_vec(), valid_to: Date(valid_to) },
        };
        let secret =
            self.perform(ApiKeyCreate::NAME, organization, None, act).await?.unwrap_or_else(|| Secret::new(""));
        if grant && let Some(prefix) = super::key::prefix_of(secret.expose()) {
            let account = Signing { issuer: KEY_ISSUER.to_owned(), subject: prefix.to_owned() };
            self.grant(organization, Role::Service, &account, name).await?;
        }
        Ok(secret)
    }

    /// Gives an API key a new secret.
    pub async fn rotate_key(&self, prefix: &str, overlap_hours: i32) -> Result<Secret, CommandFault> {
        let key = self.key(prefix).await?;
        let act = || ApiKeyRotate {
            id: key.id.opaque().to_string().into(),
            expected_version: key.row_version,
            overlap_hours: Some(overlap_hours),
            valid_to: None,
        };
        let secret = self.perform(ApiKeyRotate::NAME, key.organization_id, None, act).await?;
        Ok(secret.unwrap_or_else(|| Secret::new("")))
    }

    /// Revokes an API key.
    pub async fn revoke_key(&self, prefix: &str, reason: &str) -> Result<(), CommandFault> {
        let key = self.key(prefix).await?;
        let act = || ApiKeyRevoke {
            id: key.id.opaque().to_string().into(),
            expected_version: key.row_version,
            reason: reason.to_owned(),
        };
        self.perform(ApiKeyRevoke::NAME, key.organization_id, Some(reason), act).await.map(drop)
    }

    async fn key(&self, prefix: &str) -> Result<api_key::Model, CommandFault> {
        self.store.api_key(prefix).await?.ok_or_else(|| CommandFault::NoKey(prefix.to_owned()))
    }

    /// Does an act with every right in an organization; gives the secret that it shows.
    async fn perform<A: Act>(
        &self,
        name: &'static str,
        organization: Id<organization::Entity>,
        reason: Option<&str>,
        act: impl Fn() -> A,
    ) -> Result<Option<Secret>, CommandFault> {
        let held = |role| Held { role, organization: organization.uuid(), scope: None };
        let grants = vec![held(Role::OrganizationAdmin), held(Role::NationalAdmin)];
        let secret = std::cell::RefCell::new(None);
        let work = async |changes: &mut ChangeSet| {
            itself(changes).await?;
            let outcome = act().perform(changes).await;
            *secret.borrow_mut() = changes.take_secret();
            outcome
        };
        self.store.change(&self.intent(name, grants, reason), work, async |_, _, _| Ok(())).await?;
        Ok(secret.into_inner())
    }

    fn intent(&self, act: &'static str, grants: Vec<Held>, reason: Option<&str>) -> Intent {
        let account = Some(account_key(COMMAND_ISSUER, SUBJECT).uuid());
        Intent {
            actor: Arc::new(Actor { account, grants, ..Actor::visitor() }),
            act,
            request_id: self.request_id.clone(),
            client: Some("articula".to_owned()),
            idempotency: None,
            dry_run: false,
            reason: reason.map(ToOwned::to_owned),
            backdated: false,
            until: Instant::now() + PATIENCE,
        }
    }
}

/// Makes the account under which the command line acts, where it is not yet.
async fn itself(changes: &mut ChangeSet) -> Result<(), ActFault> {
    changes.account_of(COMMAND_ISSUER, SUBJECT).await.map(drop)
}

/// How long a command works at its act: another writer may hold the organization.
const PATIENCE: Duration = Duration::from_secs(60);

fn id(organization: Id<organization::Entity>) -> ID {
    organization.opaque().to_string().into()
}
