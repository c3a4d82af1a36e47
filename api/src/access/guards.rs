//! What an act looks at in the row on which it is done, beyond duty and life cycle: read as data, judged by a pure
//! function. `can` asks it beforehand, the act asks the same.

use chrono::NaiveDate;
use entity::{OpaqueId, access::MemberState, organization::OrganizationKind};
use serde_json::Value;
use uuid::Uuid;

use super::{
    account::KEY_ISSUER,
    actor::Actor,
    administrators::{administrators, has_administrator, is_last_ever, roster},
};
use crate::{
    graph::{
        Declaration,
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
    reader::arguments::parse_date,
    store::{ActFault, ChangeSet, Granted, Recorded},
};
use entity::access::Role;

/// A condition of an act that its arguments have no part in.
#[derive(Debug)]
pub struct Guard {
    /// What it needs of the row.
    pub needs: &'static [(Sql, Scalar)],
    /// What stands against the act.
    pub check: fn(&Found<'_>) -> Option<Refusal>,
}

/// What a guard judges.
pub struct Found<'a> {
    /// The values of its needs, in their order.
    pub cells: &'a [Value],
    /// Who acts, or asks whether he may.
    pub actor: &'a Actor,
    /// The day.
    pub today: NaiveDate,
}

impl Found<'_> {
    /// Is there a value?
    pub fn has(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| !cell.is_null())
    }

    /// Is it true?
    pub fn is(&self, at: usize) -> bool {
        self.cells.get(at).and_then(Value::as_bool) == Some(true)
    }

    /// A text, a word of a vocabulary.
    pub fn text(&self, at: usize) -> Option<&str> {
        self.cells.get(at).and_then(Value::as_str)
    }

    /// A key.
    pub fn key(&self, at: usize) -> Option<Uuid> {
        self.text(at).and_then(OpaqueId::parse).map(|id| id.uuid)
    }

    /// A day.
    pub fn date(&self, at: usize) -> Option<NaiveDate> {
        self.text(at).and_then(parse_date)
    }
}

impl Guard {
    /// Holds an act against it.
    ///
    /// # Errors
    /// What stands against the act; a database fault.
    pub async fn judge<E: Recorded, V>(
        &self,
        changes: &ChangeSet,
        row: &Granted<E, V>,
        declaration: &'static Declaration,
    ) -> Result<(), ActFault> {
        let cells = changes.needs(row, declaration, self.needs).await?;
        let found = Found { cells: &cells, actor: &changes.intent().actor, today: changes.today() };
        (self.check)(&found).map_or(Ok(()), |refusal| Err(refusal.into()))
    }
}

const ORGANIZATION: (Sql, Scalar) = (Sql::Column("organization_id"), Scalar::Id);
const MEMBER: [(Sql, Scalar); 3] =
    [ORGANIZATION, (Sql::Column("account_id"), Scalar::Id), (Sql::Column("person_id"), Scalar::Id)];
const ISSUER: (Sql, Scalar) =
    (Sql::Template("(SELECT c.issuer FROM account c WHERE c.id = {t}.account_id)"), Scalar::Text);

fn itself(found: &Found<'_>) -> Option<Refusal> {
    let itself = found.actor.is_itself(found.key(0).unwrap_or_default(), found.key(1), found.key(2));
    itself.then(|| ErrorCode::SelfGrant.into())
}

/// The member is somebody else than the one who acts. SELF_GRANT.
pub static SOMEBODY_ELSE: Guard = Guard { needs: &MEMBER, check: itself };

/// The same of a member that is to be tied; the account of a key is nobody. INVALID_ARGUMENT.
pub static TIES: Guard = Guard {
    needs: &[MEMBER[0], MEMBER[1], MEMBER[2], ISSUER],
    check: |found| {
        let key = found.text(3) == Some(KEY_ISSUER);
        itself(found).or_else(|| key.then(|| ErrorCode::InvalidArgument.into()))
    },
};

/// Somebody else, who is not suspended, gets a role. SELF_GRANT, MEMBER_SUSPENDED.
pub static RECEIVES: Guard = Guard {
    needs: &[MEMBER[0], MEMBER[1], MEMBER[2], (Sql::Column("state"), Scalar::Enum(&MemberState::VOCABULARY))],
    check: |found| {
        let suspended = found.text(3) == Some(super::states::name(MemberState::Suspended));
        itself(found).or_else(|| suspended.then(|| ErrorCode::MemberSuspended.into()))
    },
};

/// The role has not ended, and somebody else keeps the members on some day to come. FROZEN, LAST_ADMINISTRATOR.
pub static ENDS_ROLE: Guard = Guard {
    needs: &[
        (Sql::Column("valid_to"), Scalar::Date),
        (Sql::Template(roster!("{t}.organization_id", "g.id = {t}.id")), Scalar::Text),
    ],
    check: |found| {
        let last = || is_last_ever(&administrators(found.text(1)), found.today);
        over(found.date(0), found.today).or_else(|| last().then(|| ErrorCode::LastAdministrator.into()))
    },
};

/// A refusal when something stands against the act.
pub fn when(stands_against: bool, refusal: impl FnOnce() -> Refusal) -> Option<Refusal> {
    stands_against.then(refusal)
}

/// FROZEN for what ended before today: the past is read only.
pub fn over(valid_to: Option<NaiveDate>, today: NaiveDate) -> Option<Refusal> {
    valid_to.is_some_and(|end| end <= today).then(|| ErrorCode::Frozen.into())
}

/// What the Nation may name here is not taken: a secretariat has its first administrator once. ADMINISTRATOR_EXISTS.
pub static APPOINTS: Guard = Guard {
    needs: &[
        (Sql::Column("id"), Scalar::Id),
        (Sql::Column("kind"), Scalar::Enum(&OrganizationKind::VOCABULARY)),
        (Sql::Template(roster!("{t}.id", "1 = 0")), Scalar::Text),
    ],
    check: |found| {
        // No other role that it gives holds in a secretariat.
        let secretariat = OrganizationKind::EducationSecretariat.number();
        let secretariat = OrganizationKind::VOCABULARY.by_number(secretariat).map(|term| term.name);
        let free = found.actor.may_give(Role::OrganizationAdmin, found.key(0).unwrap_or_default(), true);
        if free || found.text(1) != secretariat {
            return None;
        }
        administered(found.text(2), found.today)
    },
};

/// ADMINISTRATOR_EXISTS when one of a roster holds the role today.
pub fn administered(roster: Option<&str>, today: NaiveDate) -> Option<Refusal> {
    let taken = has_administrator(&administrators(roster), Role::OrganizationAdmin, today);
    taken.then(|| ErrorCode::AdministratorExists.into())
}

/// A key that is still good. KEY_ENDED.
pub static KEY_IS_GOOD: Guard = Guard {
    needs: &[(Sql::Column("revoked_at"), Scalar::DateTime), (Sql::Column("valid_to"), Scalar::Date)],
    check: |found| {
        let good = !found.has(0) && found.date(1).is_some_and(|end| found.today < end);
        (!good).then(|| ErrorCode::KeyEnded.into())
    },
};
