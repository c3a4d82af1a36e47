//! Rows of accounts and grants.

use entity::{
    Id,
    access::{MemberState, Role, access_grant, account, member},
};

use crate::{Bench, day, organization::Owner, structure::People};

/// One row a table.
pub async fn rows(bench: &mut Bench, owner: &Owner, people: &People) {
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
    bench.keeps(grant).await;
}
