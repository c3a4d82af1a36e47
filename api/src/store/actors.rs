//! Who an issuer's subject is: the account, the grants that hold today, the persons behind it.

use entity::access::{access_grant, account, account_person};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _};

use super::{Store, StoreFault};
use crate::access::actor::{Actor, Held, Known};

impl Store {
    /// The actor behind a verified token; a visitor when no account is known by it, or the account is suspended.
    pub async fn actor(&self, issuer: &str, subject: &str) -> Result<Actor, StoreFault> {
        // Before anything else: what changes while this reads is noticed afterwards.
        let epoch = self.read_epoch().await?;
        let known = account::Entity::find()
            .filter(account::Column::Issuer.eq(issuer))
            .filter(account::Column::Subject.eq(subject))
            .filter(account::Column::Suspended.eq(false))
            .one(&self.reader())
            .await?;
        let Some(account) = known else { return Ok(Actor::visitor()) };
        let today = self.clock().today();
        let holds = Condition::all()
            .add(access_grant::Column::AccountId.eq(account.id))
            .add(access_grant::Column::ValidFrom.lte(today))
            .add(access_grant::Column::ValidTo.is_null().or(access_grant::Column::ValidTo.gt(today)));
        let grants = access_grant::Entity::find().filter(holds).all(&self.reader()).await?;
        let persons = account_person::Entity::find();
        let persons = persons.filter(account_person::Column::AccountId.eq(account.id)).all(&self.reader()).await?;
        let held = |grant: &access_grant::Model| Held {
            role: grant.role,
            organization: grant.organization_id.uuid(),
            scope: grant.scope_unit_id.map(|unit| unit.uuid()),
        };
        Ok(Actor {
            account: Some(account.id.uuid()),
            grants: grants.iter().map(held).collect(),
            persons: persons.iter().map(|tie| (tie.organization_id.uuid(), tie.person_id.uuid())).collect(),
            known: Some(Known { issuer: issuer.to_owned(), subject: subject.to_owned(), epoch }),
            grants_version: grants.iter().map(|grant| u64::from(grant.row_version.unsigned_abs())).sum(),
        })
    }
}
