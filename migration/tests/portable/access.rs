//! Rows of accounts and grants.

use entity::{
    Id,
    access::{Role, access_grant, account, account_person},
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
    let person = account_person::Model {
        account_id: account.id,
        organization_id: owner.organization_id,
        person_id: people.person_id,
    };
    bench.keeps(person).await;
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
