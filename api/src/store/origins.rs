//! Reads from whom an account's right to keep members comes: who gave the roles, who invited.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::{
    Id, Kind,
    access::{Role, access_grant, account, member},
    machinery::{HistoryOperation, history_entry},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{Store, StoreFault};
use crate::access::{
    actor::Held,
    administrators::ADMINISTRATORS,
    origin::{Link, Origin, above},
    rules::{self, Duty},
};

impl Store {
    /// Those behind an account, for each of its rights to keep members where it is no person.
    pub(super) async fn origins(
        &self,
        account: Id<account::Entity>,
        held: &[Held],
        persons: &[(Uuid, Uuid)],
    ) -> Result<Vec<Origin>, StoreFault> {
        let mut rights: BTreeSet<Option<Uuid>> = BTreeSet::new();
        for held in held.iter().filter(|held| !persons.iter().any(|(at, _)| *at == held.organization)) {
            let Some(rule) = rules::rule(held.role) else { continue };
            let keeps = rule.duties.contains(&Duty::KeepMembers).then_some(Some(held.organization));
            let names = (rule.national && rule.duties.contains(&Duty::NameAdministrators)).then_some(None);
            rights.extend(keeps.into_iter().chain(names).filter(|_| held.scope.is_none()));
        }
        if rights.is_empty() {
            return Ok(Vec::new());
        }
        let links = self.links(account).await?;
        let mut origins = Vec::new();
        for organization in rights {
            let accounts = above(account.uuid(), organization, &links);
            let tied = member::Entity::find()
                .filter(member::Column::AccountId.is_in(accounts.iter().copied()))
                .filter(member::Column::PersonId.is_not_null());
            let tied = tied.all(&self.reader()).await?.into_iter();
            let persons = tied.filter_map(|row| Some((row.organization_id.uuid(), row.person_id?.uuid()))).collect();
            origins.push(Origin { organization, accounts, persons });
        }
        Ok(origins)
    }

    /// Every way by which an account, and whoever stands above it, came to keep members; what ended counts too.
    async fn links(&self, account: Id<account::Entity>) -> Result<Vec<Link>, StoreFault> {
        let (mut links, mut known, mut next) = (Vec::new(), HashSet::from([account.uuid()]), vec![account.uuid()]);
        while !next.is_empty() {
            let grants = access_grant::Entity::find()
                .filter(access_grant::Column::AccountId.is_in(next.iter().copied()))
                .filter(access_grant::Column::Role.is_in(ADMINISTRATORS))
                .all(&self.reader())
                .await?;
            let seats: HashSet<_> = grants
                .iter()
                .filter(|grant| grant.role == Role::NationalAdmin)
                .map(|grant| (grant.account_id, grant.organization_id))
                .collect();
            let found = links.len();
            links.extend(grants.iter().map(|grant| Link {
                account: grant.account_id.uuid(),
                by: grant.granted_by_id.uuid(),
                organization: grant.organization_id.uuid(),
                national: grant.role == Role::NationalAdmin,
            }));
            let own = member::Column::AccountId.is_in(next.iter().copied());
            let members = member::Entity::find().filter(own).all(&self.reader()).await?;
            let inviters = self.inviters(&members).await?;
            links.extend(members.iter().filter_map(|member| {
                Some(Link {
                    account: member.account_id.uuid(),
                    by: *inviters.get(&member.id.uuid())?,
                    organization: member.organization_id.uuid(),
                    national: seats.contains(&(member.account_id, member.organization_id)),
                })
            }));
            next = links[found..].iter().map(|link| link.by).filter(|by| known.insert(*by)).collect();
        }
        Ok(links)
    }

    /// Who made these members, as the history tells it.
    async fn inviters(&self, members: &[member::Model]) -> Result<HashMap<Uuid, Uuid>, StoreFault> {
        let made = history_entry::Entity::find()
            .filter(history_entry::Column::ObjectId.is_in(members.iter().map(|member| member.id.uuid())))
            .filter(history_entry::Column::ObjectKind.eq(Kind::Member as i16))
            .filter(history_entry::Column::Operation.eq(HistoryOperation::Create));
        let made = made.all(&self.reader()).await?.into_iter();
        Ok(made.map(|entry| (entry.object_id, entry.account_id.uuid())).collect())
    }
}
