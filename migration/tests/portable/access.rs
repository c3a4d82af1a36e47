//! Rows of accounts and grants.

use entity::{
    Id, Moment,
    access::{MemberState, Role, access_grant, account, api_key, member},
};

use crate::{Bench, day, list, organization::Owner, structure::People};

/// One row a table; gives the account and its grant.
pub async fn rows(
    bench: &mut Bench,
    owner: &Owner,
    people: &People,
) -> (Id<account::Entity>, Id<access_grant::Entity>) {
    let account = account::Model {
        id: Id::new(),
        issuer: "https://ingreso.example.org".into(),
        subject: "Ana|1".into(),
        name: "Ana Peña".into(),
        suspended: true,
        row_version: 1,
    };
    bench.keeps(account.clone()).await;
    let member = member::Model {
        id: Id::new(),
        organization_id: owner.organization_id,
        account_id: account.id,
        person_id: Some(people.person_id),
        name: "Ana Peña".into(),
        name_key: "ana pena".into(),
        state: MemberState::Suspended,
        row_version: 1,
    };
    bench.keeps(member).await;
    let grant = access_grant::Model {
        id: Id::new(),
        organization_id: owner.organization_id,
        account_id: account.id,
        role: Role::SfiMonitor,
        scope_unit_id: Some(people.org_unit_id),
        valid_from: day(1),
        valid_to: Some(day(2)),
        granted_by_id: account.id,
        row_version: 1,
    };
    bench.keeps(grant.clone()).await;
    let key = api_key::Model {
        id: Id::new(),
        organization_id: owner.organization_id,
        account_id: account.id,
        name: "Cargue ñ".into(),
        name_key: "cargue n".into(),
        prefix: "abcdefgh".into(),
        secret_hash: "ab".repeat(32),
        previous_hash: Some("cd".repeat(32)),
        previous_until: Some(Moment(i64::MAX)),
        scopes: list(),
        valid_to: day(3),
        created_at: Moment(i64::MIN),
        last_used_at: Some(Moment(0)),
        revoked_at: Some(Moment(1)),
        answerable: list(),
        row_version: 1,
    };
    bench.keeps(key).await;
    (account.id, grant.id)
}
