//! Who shows an API key, and when one was last shown.

use std::collections::HashMap;

use entity::{
    Moment,
    access::{MemberState, account, api_key, member},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{Store, StoreFault};
use crate::access::{
    actor::{Actor, Credential, Known, Via},
    key,
    scopes::Limit,
};

impl Store {
    /// The key of the API key that this is and the actor behind it; none when it is no key, or not good today.
    pub async fn key_actor(&self, shown: &str, via: Via<'_>) -> Result<Option<(Uuid, Actor)>, StoreFault> {
        let Some(prefix) = key::prefix_of(shown) else { return Ok(None) };
        self.actor_of_key(prefix, &key::hash(shown), via).await
    }

    /// The same of what is stored of a key.
    pub(super) async fn actor_of_key(
        &self,
        prefix: &str,
        hash: &str,
        via: Via<'_>,
    ) -> Result<Option<(Uuid, Actor)>, StoreFault> {
        // Before anything else: what changes while this reads is noticed afterwards.
        let epoch = self.read_epoch().await?;
        let found = api_key::Entity::find().filter(api_key::Column::Prefix.eq(prefix)).one(&self.reader()).await?;
        let now = self.clock().now();
        let good = |row: &api_key::Model| is_good(row, hash, now.into(), super::clock::civil_date(now));
        let Some(found) = found.filter(good) else { return Ok(None) };
        let account = account::Entity::find_by_id(found.account_id).one(&self.reader()).await?;
        let home = member::Entity::find()
            .filter(member::Column::AccountId.eq(found.account_id))
            .filter(member::Column::OrganizationId.eq(found.organization_id))
            .one(&self.reader())
            .await?;
        // Who made it shuts it out everywhere by suspending it at home.
        let open = account.is_some_and(|account| !account.suspended)
            && home.is_some_and(|member| member.state != MemberState::Suspended);
        if !open {
            return Ok(None);
        }
        let actor = self.member_actor(found.account_id, via).await?;
        let by = Credential::Key { prefix: prefix.to_owned(), hash: hash.to_owned() };
        Ok(Some((
            found.id.uuid(),
            Actor { limit: Limit::to(found.scopes.as_slice()), known: Some(Known { by, epoch }), ..actor },
        )))
    }

    /// Writes down when keys were last shown. It is no act: it leaves no history, and versions stay.
    pub async fn record_uses(&self, uses: &HashMap<Uuid, Moment>) -> Result<(), StoreFault> {
        let transaction = self.begin(self.until()).await?;
        for (id, moment) in uses {
            let row = api_key::ActiveModel { last_used_at: Set(Some(*moment)), ..Default::default() };
            let earlier = api_key::Column::LastUsedAt.is_null().or(api_key::Column::LastUsedAt.lt(*moment));
            let update = api_key::Entity::update_many().set(row).filter(api_key::Column::Id.eq(*id)).filter(earlier);
            update.exec(&transaction).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// Is this the key, or the one that it replaced while that is good, and not revoked or expired?
fn is_good(row: &api_key::Model, hash: &str, now: Moment, today: chrono::NaiveDate) -> bool {
    let present = key::same(&row.secret_hash, hash);
    let replaced = row.previous_until.is_some_and(|until| now < until)
        && row.previous_hash.as_ref().is_some_and(|previous| key::same(previous, hash));
    (present || replaced) && row.revoked_at.is_none() && today < row.valid_to
}
