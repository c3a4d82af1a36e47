//! Acts on API keys. The secret is in the answer of the act that made it, and nowhere else.

use async_graphql::{ID, InputObject};
use chrono::{Days, NaiveDate};
use entity::{
    Moment, TextList,
    access::{MemberState, api_key, member},
    organization::organization,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    DbErr,
};
use uuid::Uuid;

use crate::{
    access::{
        account::KEY_ISSUER,
        key::{NewKey, new_key, new_prefix},
        scopes::{SCOPES, scope},
        types::API_KEY,
    },
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    organization::{
        entry::{Texts, obtain},
        refusals::pass,
        rules::validate,
    },
    store::{ActFault, ChangeSet, Granted, KeepMember},
};

/// Most days that a key is good before it is rotated with a later end.
const LONGEST_DAYS: u64 = 366;
/// Most hours that a replaced secret stays good.
const LONGEST_OVERLAP: i32 = 7 * 24;

/// Datos de una clave de API. What it is for, what it opens, until when.
#[derive(InputObject)]
pub struct ApiKeyCreateInput {
    /// Nombre. What it is for, up to 200 characters.
    pub name: String,
    /// Alcances. What of its roles it may use, such as `structure:write`; `docs/permissions.md` lists them.
    pub scopes: Vec<String>,
    /// Vigente hasta. First day on which it is no longer good, at most 366 days ahead.
    pub valid_to: Date,
}

/// Crear una clave de API. Makes a key and the account that signs in with it: an active member, without roles until
/// `accessGrantCreate` gives it SERVICE. The secret stands in this answer only: no reading shows it again, nor does the
/// same call repeated with its `idempotencyKey`, nor a dry run.
#[derive(InputObject)]
pub struct ApiKeyCreate {
    /// Organización. The one that makes it and may revoke it.
    pub organization: ID,
    /// Datos. The key.
    pub input: ApiKeyCreateInput,
}

impl Act for ApiKeyCreate {
    const NAME: &'static str = "apiKeyCreate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &API_KEY;
    const SECRET: bool = true;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization =
            obtain::<organization::Entity, KeepMember>(changes, &self.organization, &["organization"], None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let name = texts.required("name", &input.name, validate::name);
        let scopes = scopes(&mut texts, &input.scopes);
        texts.done()?;
        let valid_to = lifetime(changes.today(), input.valid_to.0, &["input", "validTo"])?;
        let NewKey { prefix, key, hash } = new_prefix().and_then(|prefix| new_key(&prefix)).map_err(random)?;
        let account = changes.account_of(KEY_ISSUER, &prefix).await?;
        let member = member::ActiveModel {
            account_id: Set(account),
            name: Set(name.clone()),
            state: Set(MemberState::Active),
            ..Default::default()
        };
        changes.create::<member::Entity, _>(&organization, member).await?;
        let row = api_key::ActiveModel {
            account_id: Set(account),
            name: Set(name),
            prefix: Set(prefix),
            secret_hash: Set(hash),
            scopes: Set(scopes),
            valid_to: Set(valid_to),
            created_at: Set(changes.now()),
            answerable: Set(answerable(changes, organization.id().uuid(), None)),
            ..Default::default()
        };
        let made = changes.create::<api_key::Entity, _>(&organization, row).await?;
        changes.reveal(key);
        Ok(made.id().uuid())
    }
}

/// Renovar una clave de API. Gives the key a new secret. The one before stays good for as many hours as said, so that a
/// script can be changed over; one that an earlier rotation left good is no longer. The secret stands in this answer
/// only: no reading shows it again, nor does the same call repeated with its `idempotencyKey`, nor a dry run.
#[derive(InputObject)]
pub struct ApiKeyRotate {
    /// Clave de API. The one to renew.
    pub id: ID,
    /// Versión esperada. Its `version` when it was read.
    pub expected_version: i32,
    /// Horas de traslape. How long the secret before stays good, 0 to 168; absent: not at all.
    pub overlap_hours: Option<i32>,
    /// Vigente hasta. A new first day on which the key is no longer good, at most 366 days ahead; absent: as it was.
    pub valid_to: Option<Date>,
}

impl Act for ApiKeyRotate {
    const NAME: &'static str = "apiKeyRotate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::KeyEnded];
    const PAYLOAD: &'static Declaration = &API_KEY;
    const SECRET: bool = true;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found = living(changes, &self.id, self.expected_version).await?;
        let hours = self.overlap_hours.unwrap_or(0);
        if !(0..=LONGEST_OVERLAP).contains(&hours) {
            let hours = ErrorCode::InvalidArgument.at(["overlapHours"]);
            return Err(hours.with("expected", format!("0…{LONGEST_OVERLAP}")).into());
        }
        let valid_to = match self.valid_to {
            Some(day) => Set(lifetime(changes.today(), day.0, &["validTo"])?),
            None => NotSet,
        };
        let NewKey { key, hash, .. } = new_key(&found.model().prefix).map_err(random)?;
        let until = (hours > 0).then(|| Moment(changes.now().0 + i64::from(hours) * 3_600_000_000));
        let row = api_key::ActiveModel {
            previous_hash: Set(until.map(|_| found.model().secret_hash.clone())),
            previous_until: Set(until),
            secret_hash: Set(hash),
            valid_to,
            answerable: Set(answerable(changes, found.organization().uuid(), Some(&found.model().answerable))),
            ..Default::default()
        };
        let rotated = changes.update(found, row).await?;
        changes.reveal(key);
        Ok(rotated.id().uuid())
    }
}

/// Revocar una clave de API. Neither of its secrets is good from this moment on, and none will be again.
#[derive(InputObject)]
pub struct ApiKeyRevoke {
    /// Clave de API. The one to revoke.
    pub id: ID,
    /// Versión esperada. Its `version` when it was read.
    pub expected_version: i32,
    /// Motivo. Why; the history keeps it.
    pub reason: String,
}

impl Act for ApiKeyRevoke {
    const NAME: &'static str = "apiKeyRevoke";
    const CODES: &'static [ErrorCode] = &[ErrorCode::KeyEnded];
    const PAYLOAD: &'static Declaration = &API_KEY;
    const SECRET: bool = true;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found = living(changes, &self.id, self.expected_version).await?;
        pass(validate::gather([("reason", validate::reason(Some(&self.reason)))]))?;
        let row = api_key::ActiveModel { revoked_at: Set(Some(changes.now())), ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

/// A key that is still good. KEY_ENDED.
async fn living(
    changes: &mut ChangeSet,
    id: &ID,
    expected_version: i32,
) -> Result<Granted<api_key::Entity, KeepMember>, ActFault> {
    let found = obtain::<api_key::Entity, KeepMember>(changes, id, &["id"], Some(expected_version)).await?;
    Ok(found)
}

/// Who answers for what a key does: whoever answered for it before, and the one who gets its secret now.
fn answerable(changes: &ChangeSet, organization: Uuid, before: Option<&TextList>) -> TextList {
    let mut all: Vec<String> = before.map(|list| list.as_slice().to_vec()).unwrap_or_default();
    for one in changes.intent().actor.answerable(organization) {
        let one = one.to_string();
        if !all.contains(&one) {
            all.push(one);
        }
    }
    TextList::new(all).unwrap_or_default()
}

fn lifetime(today: NaiveDate, valid_to: NaiveDate, path: &[&str]) -> Result<NaiveDate, Refusal> {
    let longest = today.checked_add_days(Days::new(LONGEST_DAYS)).unwrap_or(NaiveDate::MAX);
    let well = today < valid_to && valid_to <= longest;
    let days = || today.succ_opt().map(|first| format!("{first}…{longest}"));
    let refused = || ErrorCode::InvalidArgument.at(path.iter().copied()).with("expected", days());
    if well { Ok(valid_to) } else { Err(refused()) }
}

/// The scopes, each once, in the order of the table.
fn scopes(texts: &mut Texts, given: &[String]) -> TextList {
    if given.is_empty() {
        texts.refuse(ErrorCode::Required.at(["scopes"]));
    }
    for (index, _) in given.iter().enumerate().filter(|(_, name)| scope(name).is_none()).take(10) {
        let known: Vec<_> = SCOPES.iter().map(|scope| scope.name).collect();
        let index = index.to_string();
        texts.refuse(ErrorCode::Malformed.at(["scopes", &index]).with("format", known.join(" | ")));
    }
    let chosen = SCOPES.iter().map(|scope| scope.name).filter(|name| given.iter().any(|given| given == name));
    TextList::new(chosen).unwrap_or_default()
}

fn random(fault: getrandom::Error) -> ActFault {
    DbErr::Custom(format!("the system gives no random bytes: {fault}")).into()
}
