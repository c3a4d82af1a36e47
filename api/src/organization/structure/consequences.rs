//! What follows when a version begins, ends or is annulled: for its units and the version before it. What follows for
//! posts and holdings stands in `staffing.rs`, for who answers for processes in `handover.rs`, how an entry into force is undone in `withdraw.rs`.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    Id, Interval,
    organization::{
        StructureStage, StructureState, legal_act, org_unit, post, post_holding, structure_version, succession,
        unit_version,
    },
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, sea_query::Query};
use uuid::Uuid;

use super::{
    draft::{as_units, base, successions, units},
    facts::step,
    handover::{begun_by, hand_over},
    save::tell,
    staffing::{Entry, staff},
    withdraw::withdraw,
};
use crate::{
    graph::error::ErrorCode,
    life_cycle::{Use, in_use},
    organization::{
        refusals::refused,
        rules::{
            reorganize::derive_successions,
            timeline::{self, InForce, PutInForce, effective},
        },
    },
    store::{ActFault, Approve, ChangeSet, Granted},
};

type Version = Granted<structure_version::Entity, Approve>;

/// The other versions of the organization that are, were or will be in force.
pub async fn in_force(changes: &ChangeSet, version: &Version) -> Result<Vec<InForce>, ActFault> {
    let others = Condition::all()
        .add(structure_version::Column::Id.ne(version.id()))
        .add(structure_version::Column::Stage.eq(StructureStage::Approved));
    let others = changes.find::<structure_version::Entity, Approve>(version, others).await?;
    let days = |row: &structure_version::Model| {
        let interval = effective(row.valid_from, row.valid_to, row.annulled_from)?;
        Some(InForce { id: row.id.uuid(), interval })
    };
    Ok(others.iter().filter_map(days).collect())
}

/// Lets the version begin; `brought` is the legal act that comes with this very call.
pub async fn begin(
    changes: &mut ChangeSet,
    version: Version,
    put: &PutInForce,
    brought: Option<Id<legal_act::Entity>>,
) -> Result<Version, ActFault> {
    let (from, to) = (put.interval.from(), put.interval.to());
    let legal_act_id = brought.or(version.model().legal_act_id);
    let entry = Entry { interval: put.interval, legal_act_id, next: next(changes, &version, put).await? };
    if let Some(ends) = put.ends {
        let previous = changes.follow::<structure_version::Entity, Approve>(&version, Id::from_uuid(ends.id)).await?;
        entry.note(changes, &version, ends.id, None, previous.model().valid_to).await?;
        let previous = end(changes, previous, ends.interval.to(), Default::default()).await?;
        step(changes, &previous, Some(StructureState::InForce), (StructureState::Repealed, from), None).await?;
    }
    entry.note_end(changes, version.id().uuid()).await?;
    let rows = units(changes, &version, version.id()).await?;
    let here: HashSet<Uuid> = rows.iter().map(|row| row.model().org_unit_id.uuid()).collect();
    tell_all(changes, &version, &as_units(rows.iter().map(Granted::model)), from).await?;
    if to.is_none() {
        name_units(changes, &version, &rows).await?;
    }
    for row in rows {
        let dated = unit_version::ActiveModel { valid_from: Set(Some(from)), valid_to: Set(to), ..Default::default() };
        changes.update(row, dated).await?;
    }
    staff(changes, &version, &here, &entry).await?;
    hand_over(changes, &version, &here, &entry).await?;
    let dated = structure_version::ActiveModel {
        valid_from: Set(Some(from)),
        valid_to: Set(to),
        legal_act_id: Set(legal_act_id),
        ..Default::default()
    };
    changes.update(version, dated).await
}

/// The version before which this one fills a gap.
async fn next(changes: &ChangeSet, version: &Version, put: &PutInForce) -> Result<Option<Version>, ActFault> {
    match put.next {
        Some(next) => Ok(Some(changes.follow(version, Id::from_uuid(next)).await?)),
        None => Ok(None),
    }
}

/// Completes the successions by comparison with the base, and dates them.
async fn tell_all(
    changes: &mut ChangeSet,
    version: &Version,
    drafted: &[crate::organization::rules::reorganize::Unit],
    from: NaiveDate,
) -> Result<(), ActFault> {
    let base = base(changes, version).await?;
    let told = successions(changes, version).await?;
    let declared: Vec<_> = told.iter().map(|told| told.said.clone()).collect();
    let complete = derive_successions(&base, drafted, &declared).map_err(refused)?;
    tell(changes, version, told, &complete).await?;
    date_successions(changes, version, Some(from)).await
}

async fn date_successions(changes: &mut ChangeSet, version: &Version, from: Option<NaiveDate>) -> Result<(), ActFault> {
    let own = Condition::all().add(succession::Column::StructureVersionId.eq(version.id()));
    for row in changes.follow_all::<succession::Entity, Approve>(version, own).await? {
        changes.update(row, succession::ActiveModel { valid_from: Set(from), ..Default::default() }).await?;
    }
    Ok(())
}

/// Units are known by the name that the last version gives them.
async fn name_units(
    changes: &mut ChangeSet,
    version: &Version,
    rows: &[Granted<unit_version::Entity, Approve>],
) -> Result<(), ActFault> {
    let names = rows.iter().map(|row| (row.model().org_unit_id.uuid(), row.model().name.clone())).collect();
    rename(changes, version, &names).await
}

/// Gives units of the version these names.
pub async fn rename(changes: &mut ChangeSet, version: &Version, names: &HashMap<Uuid, String>) -> Result<(), ActFault> {
    let keys = Query::select()
        .column(unit_version::Column::OrgUnitId)
        .from(unit_version::Entity)
        .and_where(unit_version::Column::StructureVersionId.eq(version.id()))
        .to_owned();
    let here = Condition::all().add(org_unit::Column::Id.in_subquery(keys));
    for unit in changes.follow_all::<org_unit::Entity, Approve>(version, here).await? {
        if let Some(name) = names.get(&unit.id().uuid()) {
            let named = org_unit::ActiveModel { name: Set(name.clone()), ..Default::default() };
            changes.update(unit, named).await?;
        }
    }
    Ok(())
}

/// Ends the version, and what it says of units, on a day; `told` is what else its row says from now on.
pub async fn end(
    changes: &mut ChangeSet,
    version: Version,
    to: Option<NaiveDate>,
    told: structure_version::ActiveModel,
) -> Result<Version, ActFault> {
    for row in units(changes, &version, version.id()).await? {
        changes.update(row, unit_version::ActiveModel { valid_to: Set(to), ..Default::default() }).await?;
    }
    changes.update(version, structure_version::ActiveModel { valid_to: Set(to), ..told }).await
}

/// Records the ruling: the version ends on its day, and one that had not begun by then never begins; STILL_IN_USE while
/// something rests on that.
pub async fn annul(
    changes: &mut ChangeSet,
    version: Version,
    ruling: NaiveDate,
    rests: &[Use],
) -> Result<Version, ActFault> {
    let told = structure_version::ActiveModel { annulled_from: Set(Some(ruling)), ..Default::default() };
    let row = version.model();
    let Some(from) = row.valid_from else { return changes.update(version, told).await };
    if let Some(left) = Interval::new(from, row.valid_to).and_then(|days| days.ended_on(ruling)) {
        return end(changes, version, left.to(), told).await;
    }
    let last = timeline::withdraw(&in_force(changes, &version).await?, from).is_empty();
    if last && from > changes.today() {
        let used = in_use(rests, "from");
        return if used.is_empty() { withdraw(changes, version, told).await } else { Err(used.into()) };
    }
    undate(changes, &version).await?;
    withdraw_posts(changes, &version).await?;
    let today = changes.today();
    if begun_by(changes, &version).await?.iter().any(|row| row.model().valid_from > today) {
        return Err(ErrorCode::StillInUse.at(["from"]).into());
    }
    changes.update(version, structure_version::ActiveModel { valid_from: Set(None), valid_to: Set(None), ..told }).await
}

/// What the version says of units and successions loses its days.
pub async fn undate(changes: &mut ChangeSet, version: &Version) -> Result<(), ActFault> {
    for row in units(changes, version, version.id()).await? {
        let undated = unit_version::ActiveModel { valid_from: Set(None), valid_to: Set(None), ..Default::default() };
        changes.update(row, undated).await?;
    }
    date_successions(changes, version, None).await
}

/// The posts of a version that never begins are proposals again, unless somebody holds one.
async fn withdraw_posts(changes: &mut ChangeSet, version: &Version) -> Result<(), ActFault> {
    let own = Condition::all().add(post::Column::StructureVersionId.eq(version.id()));
    let posts = changes.follow_all::<post::Entity, Approve>(version, own).await?;
    let keys = Query::select()
        .column(post::Column::Id)
        .from(post::Entity)
        .and_where(post::Column::StructureVersionId.eq(version.id()))
        .to_owned();
    let held = Condition::all().add(post_holding::Column::PostId.in_subquery(keys));
    if !changes.find::<post_holding::Entity, Approve>(version, held).await?.is_empty() {
        return Err(ErrorCode::StillInUse.at(["from"]).into());
    }
    for post in posts {
        let undated = post::ActiveModel { valid_from: Set(None), valid_to: Set(None), ..Default::default() };
        changes.update(post, undated).await?;
    }
    Ok(())
}
