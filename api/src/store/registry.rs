//! What the command line looks up and writes of accounts, organizations and keys.

use entity::{
    Id, Kinded as _,
    access::{account, api_key, member},
    machinery::HistoryOperation,
    organization::{OrganizationKind, organization},
    territory::territorial_entity,
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Map, json};

use super::{ActFault, ChangeSet, Store, StoreFault, history::Event};

impl Store {
    /// The organization with this NIT, or of the territorial entity with this DIVIPOLA code.
    pub async fn organization_named(&self, named: &str) -> Result<Option<Id<organization::Entity>>, StoreFault> {
        let by_tax_id = organization::Entity::find().filter(organization::Column::TaxId.eq(named));
        if let Some(found) = by_tax_id.one(&self.reader()).await? {
            return Ok(Some(found.id));
        }
        let entity = territorial_entity::Entity::find().filter(territorial_entity::Column::Divipola.eq(named));
        let Some(entity) = entity.one(&self.reader()).await? else { return Ok(None) };
        let own = organization::Entity::find().filter(organization::Column::TerritorialEntityId.eq(entity.id));
        Ok(own.one(&self.reader()).await?.map(|found| found.id))
    }

    /// Is there an organization with this key?
    pub async fn has_organization(&self, id: Id<organization::Entity>) -> Result<bool, StoreFault> {
        Ok(organization::Entity::find_by_id(id).one(&self.reader()).await?.is_some())
    }

    /// The Ministry; the first by name, should several be recorded.
    pub async fn ministry(&self) -> Result<Option<Id<organization::Entity>>, StoreFault> {
        let ministries = organization::Entity::find().filter(organization::Column::Kind.eq(OrganizationKind::Ministry));
        let first = ministries.order_by_asc(organization::Column::NameKey).one(&self.reader()).await?;
        Ok(first.map(|found| found.id))
    }

    /// The API keys of an organization, or all, by name.
    pub async fn api_keys(
        &self,
        organization: Option<Id<organization::Entity>>,
    ) -> Result<Vec<api_key::Model>, StoreFault> {
        let mut keys = api_key::Entity::find().order_by_asc(api_key::Column::NameKey);
        if let Some(organization) = organization {
            keys = keys.filter(api_key::Column::OrganizationId.eq(organization));
        }
        Ok(keys.all(&self.reader()).await?)
    }

    /// The API key with this prefix.
    pub async fn api_key(&self, prefix: &str) -> Result<Option<api_key::Model>, StoreFault> {
        Ok(api_key::Entity::find().filter(api_key::Column::Prefix.eq(prefix)).one(&self.reader()).await?)
    }
}

impl ChangeSet {
    /// Shuts an account out everywhere, or lets it in again; told in the history of each organization where it is a
    /// member. Says whether there is such an account.
    pub async fn suspend_account(&mut self, issuer: &str, subject: &str, suspended: bool) -> Result<bool, ActFault> {
        let known = account::Entity::find()
            .filter(account::Column::Issuer.eq(issuer))
            .filter(account::Column::Subject.eq(subject))
            .one(&self.transaction)
            .await?;
        let Some(known) = known else { return Ok(false) };
        if known.suspended == suspended {
            return Ok(true);
        }
        let members = member::Entity::find()
            .filter(member::Column::AccountId.eq(known.id))
            .order_by_asc(member::Column::OrganizationId);
        for member in members.all(&self.transaction).await? {
            let organization = member.organization_id.uuid();
            self.chains.lock(&self.transaction, self.dialect, organization).await?;
            self.events.push(Event {
                organization,
                kind: account::Entity::KIND as i16,
                object: known.id.uuid(),
                operation: HistoryOperation::Update,
                changes: Map::from_iter([("suspended".to_owned(), json!([known.suspended, suspended]))]),
                personal: Map::new(),
            });
        }
        let row = account::ActiveModel {
            suspended: Set(suspended),
            row_version: Set(known.row_version + 1),
            ..Default::default()
        };
        let own = account::Entity::update_many().set(row).filter(account::Column::Id.eq(known.id));
        own.exec(&self.transaction).await?;
        Ok(true)
    }
}
