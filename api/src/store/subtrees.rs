//! The subtrees of grants, read from the structure of today.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    access::access_grant,
    organization::{succession, succession_predecessor, succession_successor, unit_version},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QuerySelect as _,
};
use uuid::Uuid;

use crate::access::subtree::Subtree;

/// The scope of each grant that has one, by the unit that it names. Grants without one cost no statement.
pub(super) async fn subtrees(
    db: &impl ConnectionTrait,
    grants: &[access_grant::Model],
    today: NaiveDate,
) -> Result<HashMap<Uuid, Subtree>, DbErr> {
    let mut subtrees = HashMap::new();
    for grant in grants {
        let Some(unit) = grant.scope_unit_id.map(|unit| unit.uuid()) else { continue };
        if subtrees.contains_key(&unit) {
            continue;
        }
        let organization = grant.organization_id.uuid();
        let tree = tree(db, organization, today).await?;
        let successions = match tree.contains_key(&unit) {
            true => Vec::new(),
            false => successions(db, organization, today).await?,
        };
        subtrees.insert(unit, Subtree::of(unit, &tree, &successions));
    }
    Ok(subtrees)
}

/// Unit → unit above, in the structure in force.
async fn tree(
    db: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<HashMap<Uuid, Option<Uuid>>, DbErr> {
    use unit_version::Column;
    let in_force = Condition::all()
        .add(Column::OrganizationId.eq(organization))
        .add(Column::ValidFrom.lte(today))
        .add(Column::ValidTo.is_null().or(Column::ValidTo.gt(today)));
    let rows: Vec<(Uuid, Uuid, Option<Uuid>)> = unit_version::Entity::find()
        .select_only()
        .columns([Column::Id, Column::OrgUnitId, Column::ParentId])
        .filter(in_force)
        .into_tuple()
        .all(db)
        .await?;
    let units: HashMap<Uuid, Uuid> = rows.iter().map(|(id, unit, _)| (*id, *unit)).collect();
    Ok(rows.into_iter().map(|(_, unit, above)| (unit, above.and_then(|above| units.get(&above).copied()))).collect())
}

/// Predecessor and successor of every succession that took effect.
async fn successions(
    db: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    let effective: Vec<Uuid> = succession::Entity::find()
        .select_only()
        .column(succession::Column::Id)
        .filter(succession::Column::OrganizationId.eq(organization))
        .filter(succession::Column::ValidFrom.lte(today))
        .into_tuple()
        .all(db)
        .await?;
    let from: Vec<(Uuid, Uuid)> = succession_predecessor::Entity::find()
        .select_only()
        .columns([succession_predecessor::Column::SuccessionId, succession_predecessor::Column::OrgUnitId])
        .filter(succession_predecessor::Column::OrganizationId.eq(organization))
        .into_tuple()
        .all(db)
        .await?;
    let to: Vec<(Uuid, Uuid)> = succession_successor::Entity::find()
        .select_only()
        .columns([succession_successor::Column::SuccessionId, succession_successor::Column::OrgUnitId])
        .filter(succession_successor::Column::OrganizationId.eq(organization))
        .into_tuple()
        .all(db)
        .await?;
    let mut pairs = Vec::new();
    for (succession, from) in from.iter().filter(|(succession, _)| effective.contains(succession)) {
        pairs.extend(to.iter().filter(|(other, _)| other == succession).map(|(_, to)| (*from, *to)));
    }
    Ok(pairs)
}
