//! The subtrees of grants, read from the structure and the process map of today.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    Id,
    access::{access_grant, access_grant_process},
    organization::{succession, succession_predecessor, succession_successor, unit_version},
    value_chain::{ControlledStage, ResponsibilityRole, process_responsibility, process_version},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, FromQueryResult,
    QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::access::subtree::{Led, Subtree};

/// A grant, and whether it is limited to processes.
#[derive(FromQueryResult)]
pub(super) struct Found {
    #[sea_orm(nested)]
    pub grant: access_grant::Model,
    pub of_processes: bool,
}

impl Found {
    fn is_limited(&self) -> bool {
        self.of_processes || self.grant.scope_unit_id.is_some()
    }
}

/// The grants that meet a condition, in one statement.
pub(super) async fn found(db: &impl ConnectionTrait, holds: Condition) -> Result<Vec<Found>, DbErr> {
    use access_grant_process::{Column, Entity};
    let of = Expr::col((Entity, Column::AccessGrantId)).equals((access_grant::Entity, access_grant::Column::Id));
    let rows = Query::select().expr(Expr::val(1)).from(Entity).and_where(of).to_owned();
    let grants = access_grant::Entity::find().filter(holds).expr_as(Expr::exists(rows), "of_processes");
    grants.into_model::<Found>().all(db).await
}

/// The scope of each grant that has one, by the grant. Grants without one cost no statement.
pub(super) async fn subtrees(
    db: &impl ConnectionTrait,
    grants: &[Found],
    today: NaiveDate,
) -> Result<HashMap<Id<access_grant::Entity>, Subtree>, DbErr> {
    let mut subtrees = HashMap::new();
    let mut maps: HashMap<Uuid, Led> = HashMap::new();
    for found in grants.iter().filter(|found| found.is_limited()) {
        let grant = &found.grant;
        let organization = grant.organization_id.uuid();
        let map = match maps.remove(&organization) {
            Some(map) => map,
            None => map(db, organization, today).await?,
        };
        let scope = match grant.scope_unit_id {
            Some(unit) => of_unit(db, organization, unit.uuid(), today).await?.with_processes(&map),
            None => Subtree::of_processes(&processes(db, grant.id).await?, &map),
        };
        subtrees.insert(grant.id, scope);
        maps.insert(organization, map);
    }
    Ok(subtrees)
}

async fn of_unit(
    db: &impl ConnectionTrait,
    organization: Uuid,
    unit: Uuid,
    today: NaiveDate,
) -> Result<Subtree, DbErr> {
    let tree = tree(db, organization, today).await?;
    let successions = match tree.contains_key(&unit) {
        true => Vec::new(),
        false => successions(db, organization, today).await?,
    };
    Ok(Subtree::of(unit, &tree, &successions))
}

/// The processes that a grant names.
async fn processes(db: &impl ConnectionTrait, grant: Id<access_grant::Entity>) -> Result<Vec<Uuid>, DbErr> {
    use access_grant_process::Column;
    let named = access_grant_process::Entity::find().select_only().column(Column::ProcessId);
    named.filter(Column::AccessGrantId.eq(grant)).into_tuple().all(db).await
}

/// Who leads what, and what stands under what.
async fn map(db: &impl ConnectionTrait, organization: Uuid, today: NaiveDate) -> Result<Led, DbErr> {
    use process_responsibility::Column as Lead;
    use process_version::Column;
    let in_force = Condition::all()
        .add(Lead::OrganizationId.eq(organization))
        .add(Lead::Role.eq(ResponsibilityRole::Leads))
        .add(Lead::ValidFrom.lte(today))
        .add(Lead::ValidTo.is_null().or(Lead::ValidTo.gt(today)));
    let leads = process_responsibility::Entity::find().select_only().columns([Lead::OrgUnitId, Lead::ProcessId]);
    let in_force_version = Condition::all()
        .add(Column::OrganizationId.eq(organization))
        .add(Column::Stage.eq(ControlledStage::Approved))
        .add(Column::ParentProcessId.is_not_null())
        .add(Column::ValidFrom.lte(today))
        .add(Column::ValidTo.is_null().or(Column::ValidTo.gt(today)));
    let above = process_version::Entity::find().select_only().columns([Column::ProcessId, Column::ParentProcessId]);
    Ok(Led {
        leads: leads.filter(in_force).into_tuple().all(db).await?,
        above: above.filter(in_force_version).into_tuple().all(db).await?,
    })
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
