//! Who an issuer's subject is: the account, where it is a member, the grants that hold today, the persons behind it.

use std::{collections::HashMap, sync::Arc};

use entity::{
    Id,
    access::{MemberState, access_grant, account, member},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};

use super::{ActFault, ChangeSet, Granted, Intent, KeepMember, Store, StoreFault, subtrees::subtrees};
use crate::access::{
    account::account_key,
    actor::{Actor, Credential, Held, Known, Via},
    scopes::Limit,
    subtree::Subtree,
};

impl Store {
    /// The actor behind a verified token; a visitor when no account is known by it, or the account is suspended. The
    /// first sign-in makes an invited member an active one; the history tells it of the request that brought it.
    pub async fn actor(&self, issuer: &str, subject: &str, via: Via<'_>) -> Result<Actor, StoreFault> {
        // Before anything else: what changes while this reads is noticed afterwards.
        let epoch = self.read_epoch().await?;
        let known = account::Entity::find()
            .filter(account::Column::Issuer.eq(issuer))
            .filter(account::Column::Subject.eq(subject))
            .filter(account::Column::Suspended.eq(false))
            .one(&self.reader())
            .await?;
        let Some(account) = known else { return Ok(Actor::visitor()) };
        let by = Credential::Token { issuer: issuer.to_owned(), subject: subject.to_owned() };
        Ok(Actor { known: Some(Known { by, epoch }), ..self.member_actor(account.id, via).await? })
    }

    /// The actor that is found now by what was shown then; a visitor when it opens nothing any more.
    pub async fn again(&self, shown: &Credential, via: Via<'_>) -> Result<Actor, StoreFault> {
        match shown {
            Credential::Token { issuer, subject } => self.actor(issuer, subject, via).await,
            Credential::Key { prefix, hash } => {
                let found = self.actor_of_key(prefix, hash, via).await?;
                Ok(found.map_or_else(Actor::visitor, |(_, actor)| actor))
            }
        }
    }

    /// The actor of an account that signed in: only where it is an active member do its grants count.
    pub(super) async fn member_actor(&self, account: Id<account::Entity>, via: Via<'_>) -> Result<Actor, StoreFault> {
        let mut members = self.members(account).await?;
        if members.iter().any(|member| member.state == MemberState::Invited) {
            self.welcome(account, via).await?;
            members = self.members(account).await?;
        }
        let active: HashMap<_, _> = members
            .iter()
            .filter(|member| member.state == MemberState::Active)
            .map(|member| (member.organization_id, member.person_id))
            .collect();
        let today = self.clock().today();
        let holds = Condition::all()
            .add(access_grant::Column::AccountId.eq(account))
            .add(access_grant::Column::ValidFrom.lte(today))
            .add(access_grant::Column::ValidTo.is_null().or(access_grant::Column::ValidTo.gt(today)));
        let grants = access_grant::Entity::find().filter(holds).all(&self.reader()).await?;
        let subtrees = subtrees(&self.reader(), &grants, today).await?;
        let held = |grant: &access_grant::Model| Held {
            role: grant.role,
            organization: grant.organization_id.uuid(),
            scope: grant.scope_unit_id.map(|unit| {
                // A scope that cannot be read is a narrow one, never none.
                let unknown = || Subtree { unit: unit.uuid(), units: vec![unit.uuid()] };
                subtrees.get(&unit.uuid()).cloned().unwrap_or_else(unknown)
            }),
        };
        let count = grants.iter().filter(|grant| active.contains_key(&grant.organization_id));
        let persons = active.iter().filter_map(|(organization, person)| Some((organization.uuid(), (*person)?.uuid())));
        let (held, persons): (Vec<_>, Vec<_>) = (count.map(held).collect(), persons.collect());
        Ok(Actor {
            account: Some(account.uuid()),
            origins: self.origins(account, &held, &persons).await?,
            grants: held,
            persons,
            limit: Limit::default(),
            known: None,
            grants_version: grants.iter().map(|grant| u64::from(grant.row_version.unsigned_abs())).sum(),
        })
    }

    async fn members(&self, account: Id<account::Entity>) -> Result<Vec<member::Model>, StoreFault> {
        let own = member::Column::AccountId.eq(account);
        Ok(member::Entity::find().filter(own).all(&self.reader()).await?)
    }

    /// Makes the account an active member wherever it is an invited one.
    async fn welcome(&self, account: Id<account::Entity>, via: Via<'_>) -> Result<(), StoreFault> {
        let intent = Intent {
            actor: Arc::new(Actor { account: Some(account.uuid()), ..Actor::visitor() }),
            act: "signIn",
            request_id: via.request_id.to_owned(),
            client: via.client.map(ToOwned::to_owned),
            idempotency: None,
            dry_run: false,
            reason: None,
            backdated: false,
            until: self.until(),
        };
        let welcomed = self.change(&intent, async |set| set.welcome().await, async |_, (), _| Ok(())).await;
        welcomed.map(drop).map_err(|fault| match fault {
            ActFault::Database(fault) => fault.into(),
            // Nothing is refused and nothing read; should it be, the sign-in fails and the next one tries again.
            other => sea_orm::DbErr::Custom(other.to_string()).into(),
        })
    }
}

impl ChangeSet {
    async fn welcome(&mut self) -> Result<(), ActFault> {
        let invited = Condition::all()
            .add(member::Column::AccountId.eq(self.account()))
            .add(member::Column::State.eq(MemberState::Invited));
        // In one order, so that two who sign in at once wait for each other and not each for both.
        let find = || member::Entity::find().filter(invited.clone()).order_by_asc(member::Column::OrganizationId);
        for row in find().all(&self.transaction).await? {
            self.chains.lock(&self.transaction, self.dialect, row.organization_id.uuid()).await?;
        }
        // Again, for whoever held a lock may have suspended it.
        for row in find().all(&self.transaction).await? {
            let organization = row.organization_id.uuid();
            let active = member::ActiveModel { state: Set(MemberState::Active), ..Default::default() };
            self.update(Granted::<member::Entity, KeepMember>::new(row, organization), active).await?;
        }
        Ok(())
    }

    /// The account of an issuer's subject. One that nobody knew comes to be, and nothing tells the caller whether it
    /// did: its key follows from its issuer and subject, and its name is the subject.
    pub async fn account_of(&mut self, issuer: &str, subject: &str) -> Result<Id<account::Entity>, ActFault> {
        let row = account::Model {
            id: account_key(issuer, subject),
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
            name: subject.to_owned(),
            suspended: false,
            row_version: 1,
        };
        let insert = account::Entity::insert(row.into_active_model());
        let insert = insert.on_conflict_do_nothing_on([account::Column::Issuer, account::Column::Subject]);
        insert.exec_without_returning(&self.transaction).await?;
        let same = Condition::all().add(account::Column::Issuer.eq(issuer)).add(account::Column::Subject.eq(subject));
        let known = account::Entity::find().filter(same).one(&self.transaction).await?;
        let known = known.ok_or_else(|| sea_orm::DbErr::RecordNotInserted)?;
        Ok(known.id)
    }

    /// The issuer of an account that a granted row names.
    pub async fn issuer_of(&self, account: Id<account::Entity>) -> Result<String, ActFault> {
        let known = account::Entity::find_by_id(account).one(&self.transaction).await?;
        Ok(known.map(|account| account.issuer).unwrap_or_default())
    }
}
