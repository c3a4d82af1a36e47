//! What follows when a version begins, ends or is annulled: for its units, the version before it, posts and holdings.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    Id, Interval,
    organization::{
        StructureStage, StructureState, org_unit, post, post_holding, structure_version, succession, unit_version,
    },
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, sea_query::Query};
use uuid::Uuid;

use super::{
    draft::{as_units, base, successions, units},
    facts::step,
    save::tell,
};
use crate::{
    graph::error::{ErrorCode, Refusal},
    organization::{
        refusals::refused,
        rules::{
            reorganize::derive_successions,
            timeline::{InForce, PutInForce, effective},
        },
    },
    store::{ActFault, Approve, ChangeSet, Granted},
};

type Version = Granted<structure_version::Entity, Approve>;
type Post = Granted<post::Entity, Approve>;
type Holding = Granted<post_holding::Entity, Approve>;

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

/// Lets the version begin.
pub async fn begin(changes: &mut ChangeSet, version: Version, put: &PutInForce) -> Result<Version, ActFault> {
    let (from, to) = (put.interval.from(), put.interval.to());
    if let Some(ends) = put.ends {
        let previous = changes.follow::<structure_version::Entity, Approve>(&version, Id::from_uuid(ends.id)).await?;
        let previous = end(changes, previous, ends.interval.to()).await?;
        let over = step(Some(StructureState::InForce), StructureState::Repealed, from, None);
        over.record(changes, &previous).await?;
    }
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
    staff(changes, &version, &here, put.interval).await?;
    let dated = structure_version::ActiveModel { valid_from: Set(Some(from)), valid_to: Set(to), ..Default::default() };
    changes.update(version, dated).await
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
    let names: HashMap<Uuid, &str> =
        rows.iter().map(|row| (row.model().org_unit_id.uuid(), row.model().name.as_str())).collect();
    let keys = Query::select()
        .column(unit_version::Column::OrgUnitId)
        .from(unit_version::Entity)
        .and_where(unit_version::Column::StructureVersionId.eq(version.id()))
        .to_owned();
    let here = Condition::all().add(org_unit::Column::Id.in_subquery(keys));
    for unit in changes.follow_all::<org_unit::Entity, Approve>(version, here).await? {
        if let Some(name) = names.get(&unit.id().uuid()) {
            let named = org_unit::ActiveModel { name: Set((*name).to_owned()), ..Default::default() };
            changes.update(unit, named).await?;
        }
    }
    Ok(())
}

/// Opens the version's posts, hands over those that they continue, and ends those whose unit is gone. A version that
/// fills a gap before another ends nothing: what came later is known already.
async fn staff(
    changes: &mut ChangeSet,
    version: &Version,
    here: &HashSet<Uuid>,
    interval: Interval,
) -> Result<(), ActFault> {
    let from = interval.from();
    let posts = changes.follow_all::<post::Entity, Approve>(version, Condition::all()).await?;
    let (proposed, standing): (Vec<Post>, Vec<Post>) = posts
        .into_iter()
        .partition(|post| post.model().structure_version_id == Some(version.id()) && post.model().valid_from.is_none());
    let mut continued: HashMap<Uuid, Id<post::Entity>> = HashMap::new();
    for post in proposed {
        let opened = post::ActiveModel {
            valid_from: Set(Some(from)),
            valid_to: Set(interval.to()),
            legal_act_id: Set(post.model().legal_act_id.or(version.model().legal_act_id)),
            ..Default::default()
        };
        let post = changes.update(post, opened).await?;
        if let Some(replaced) = post.model().replaces_id {
            continued.entry(replaced.uuid()).or_insert(post.id());
        }
    }
    let mut ended = HashSet::new();
    for post in standing.into_iter().filter(|post| post.model().valid_to.is_none_or(|to| to > from)) {
        let vanished = interval.to().is_none() && !here.contains(&post.model().org_unit_id.uuid());
        if !vanished && !continued.contains_key(&post.id().uuid()) {
            continue;
        }
        let Some(begun) = post.model().valid_from else { continue };
        if begun >= from {
            return Err(later().into());
        }
        ended.insert(post.id().uuid());
        changes.update(post, post::ActiveModel { valid_to: Set(Some(from)), ..Default::default() }).await?;
    }
    hand_over(changes, version, &ended, &continued, from).await
}

/// Ends the holdings of ended posts; those of a post that another continues go on there.
async fn hand_over(
    changes: &mut ChangeSet,
    version: &Version,
    ended: &HashSet<Uuid>,
    continued: &HashMap<Uuid, Id<post::Entity>>,
    from: NaiveDate,
) -> Result<(), ActFault> {
    if ended.is_empty() {
        return Ok(());
    }
    let open = post_holding::Column::ValidTo.is_null();
    let running = Condition::any().add(open).add(post_holding::Column::ValidTo.gt(from));
    let holdings: Vec<Holding> = changes.follow_all(version, running).await?;
    for holding in holdings.into_iter().filter(|holding| ended.contains(&holding.model().post_id.uuid())) {
        let row = holding.model().clone();
        let goes_on = continued.get(&row.post_id.uuid()).copied();
        match goes_on {
            Some(post) if row.valid_from >= from => {
                let moved = post_holding::ActiveModel { post_id: Set(post), ..Default::default() };
                changes.update(holding, moved).await?;
                continue;
            }
            None if row.valid_from >= from => return Err(later().into()),
            _ => {}
        }
        let over = post_holding::ActiveModel { valid_to: Set(Some(from)), ..Default::default() };
        changes.update(holding, over).await?;
        if let Some(post) = goes_on {
            let next = post_holding::ActiveModel {
                post_id: Set(post),
                person_id: Set(row.person_id),
                appointment: Set(row.appointment),
                legal_act_id: Set(row.legal_act_id),
                valid_from: Set(from),
                valid_to: Set(row.valid_to),
                ..Default::default()
            };
            changes.create::<post_holding::Entity, Approve>(version, next).await?;
        }
    }
    Ok(())
}

/// A post or a holding begins after the day on which it would have to end.
fn later() -> Refusal {
    ErrorCode::StillInUse.at(["validFrom"])
}

/// Ends the version, and what it says of units, on a day.
pub async fn end(changes: &mut ChangeSet, version: Version, to: Option<NaiveDate>) -> Result<Version, ActFault> {
    for row in units(changes, &version, version.id()).await? {
        changes.update(row, unit_version::ActiveModel { valid_to: Set(to), ..Default::default() }).await?;
    }
    changes.update(version, structure_version::ActiveModel { valid_to: Set(to), ..Default::default() }).await
}

/// Records the ruling: the version ends on its day, and one that had not begun by then never begins.
pub async fn annul(changes: &mut ChangeSet, version: Version, ruling: NaiveDate) -> Result<Version, ActFault> {
    let annulled = structure_version::ActiveModel { annulled_from: Set(Some(ruling)), ..Default::default() };
    let version = changes.update(version, annulled).await?;
    let row = version.model();
    let Some(from) = row.valid_from else { return Ok(version) };
    if let Some(left) = Interval::new(from, row.valid_to).and_then(|days| days.ended_on(ruling)) {
        return end(changes, version, left.to()).await;
    }
    for row in units(changes, &version, version.id()).await? {
        let undated = unit_version::ActiveModel { valid_from: Set(None), valid_to: Set(None), ..Default::default() };
        changes.update(row, undated).await?;
    }
    date_successions(changes, &version, None).await?;
    withdraw_posts(changes, &version).await?;
    let undated = structure_version::ActiveModel { valid_from: Set(None), valid_to: Set(None), ..Default::default() };
    changes.update(version, undated).await
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
