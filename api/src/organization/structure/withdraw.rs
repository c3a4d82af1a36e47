//! How an entry into force is undone before its day comes: everything is again as if it had not been scheduled, except
//! what somebody decided since.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    Id,
    organization::{StructureState, entry_effect, post, post_holding, structure_version, unit_version},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{
    consequences::{end, rename, undate},
    facts::step,
    handover::give_back,
};
use crate::{
    organization::rules::timeline::{earlier, given_back},
    store::{ActFault, Approve, ChangeSet, Granted},
};

type Version = Granted<structure_version::Entity, Approve>;
type Post = Granted<post::Entity, Approve>;
type Holding = Granted<post_holding::Entity, Approve>;
type Effects = HashMap<Uuid, entry_effect::Model>;
/// The ends of posts, by their keys.
type Ends = HashMap<Uuid, Option<NaiveDate>>;

/// Takes back the first day of a version that has not begun, and on which nothing rests (see `rests.rs`). `told` is what else
/// its row says.
pub async fn withdraw(
    changes: &mut ChangeSet,
    version: Version,
    told: structure_version::ActiveModel,
) -> Result<Version, ActFault> {
    let Some(from) = version.model().valid_from else { return changes.update(version, told).await };
    let of_version = Condition::all().add(entry_effect::Column::StructureVersionId.eq(version.id()));
    let effects = changes.find::<entry_effect::Entity, Approve>(&version, of_version.clone()).await?;
    let effects: Effects = effects.into_iter().map(|effect| (effect.object_id, effect)).collect();
    undate(changes, &version).await?;
    reopen_versions(changes, &version, &effects, from).await?;
    name_units(changes, &version).await?;

    let posts: Vec<Post> = changes.follow_all(&version, Condition::all()).await?;
    let (own, standing): (Vec<Post>, Vec<Post>) =
        posts.into_iter().partition(|post| post.model().structure_version_id == Some(version.id()));
    let ends = reopen_posts(changes, standing, &effects, from).await?;
    give_back_holdings(changes, &version, &own, &effects, &ends).await?;
    give_back(changes, &version, &effects, from).await?;
    for post in own {
        // The act of the version became the post's by the entry.
        let given = post.model().legal_act_id.filter(|act| Some(*act) != version.model().legal_act_id);
        let proposed = post::ActiveModel {
            valid_from: Set(None),
            valid_to: Set(None),
            legal_act_id: Set(given),
            ..Default::default()
        };
        changes.update(post, proposed).await?;
    }
    changes.unlink::<entry_effect::Entity, _, Approve>(&version, of_version).await?;
    changes.update(version, structure_version::ActiveModel { valid_from: Set(None), valid_to: Set(None), ..told }).await
}

/// The versions that the entry ended go on.
async fn reopen_versions(
    changes: &mut ChangeSet,
    version: &Version,
    effects: &Effects,
    from: NaiveDate,
) -> Result<(), ActFault> {
    let ended = Condition::all()
        .add(structure_version::Column::ValidTo.eq(from))
        .add(structure_version::Column::AnnulledFrom.is_null());
    for previous in changes.follow_all::<structure_version::Entity, Approve>(version, ended).await? {
        let Some(effect) = effects.get(&previous.id().uuid()) else { continue };
        if let Some(to) = given_back(previous.model().valid_to, from, effect.valid_to) {
            let previous = end(changes, previous, to, Default::default()).await?;
            step(changes, &previous, Some(StructureState::Repealed), (StructureState::InForce, from), None).await?;
        }
    }
    Ok(())
}

/// Units are known again by the name that the last of the other versions gives them.
async fn name_units(changes: &mut ChangeSet, version: &Version) -> Result<(), ActFault> {
    let dated = Condition::all().add(unit_version::Column::ValidFrom.is_not_null());
    let mut rows = changes.find::<unit_version::Entity, Approve>(version, dated).await?;
    rows.sort_by_key(|row| row.valid_from);
    let names = rows.into_iter().map(|row| (row.org_unit_id.uuid(), row.name)).collect();
    rename(changes, version, &names).await
}

/// Posts that the entry ended go on; gives the ends of all.
async fn reopen_posts(
    changes: &mut ChangeSet,
    posts: Vec<Post>,
    effects: &Effects,
    from: NaiveDate,
) -> Result<Ends, ActFault> {
    let mut ends = Ends::new();
    for post in posts {
        let (id, present) = (post.id().uuid(), post.model().valid_to);
        let to = effects.get(&id).and_then(|effect| given_back(present, from, effect.valid_to)).unwrap_or(present);
        ends.insert(id, to);
        changes.update(post, post::ActiveModel { valid_to: Set(to), ..Default::default() }).await?;
    }
    Ok(ends)
}

/// Holdings return to the posts from which the entry took them, and those that it ended go on there.
async fn give_back_holdings(
    changes: &mut ChangeSet,
    version: &Version,
    own: &[Post],
    effects: &Effects,
    ends: &Ends,
) -> Result<(), ActFault> {
    let replaced: HashMap<Uuid, Option<Id<post::Entity>>> =
        own.iter().map(|post| (post.id().uuid(), post.model().replaces_id)).collect();
    let (mut there, elsewhere): (Vec<Holding>, Vec<Holding>) = changes
        .follow_all::<post_holding::Entity, Approve>(version, Condition::all())
        .await?
        .into_iter()
        .partition(|holding| replaced.contains_key(&holding.model().post_id.uuid()));
    for holding in elsewhere {
        let Some(effect) = effects.get(&holding.id().uuid()) else { continue };
        let next = there.iter().position(|next| Some(next.id().uuid()) == effect.next_id);
        // Who ended it since, or ended the holding in which it went on, decided; the rest is as before.
        let Some(before) = given_back(holding.model().valid_to, begins(version), effect.valid_to) else { continue };
        let before = match next.map(|at| there.swap_remove(at)) {
            Some(next) => {
                let to = next.model().valid_to;
                changes.remove(next).await?;
                to
            }
            None => before,
        };
        let to = earlier(before, ends.get(&holding.model().post_id.uuid()).copied().flatten());
        changes.update(holding, post_holding::ActiveModel { valid_to: Set(to), ..Default::default() }).await?;
    }
    for holding in there {
        let row = holding.model();
        // Whatever could not return would have stood in the way.
        let Some(post) = replaced.get(&row.post_id.uuid()).copied().flatten() else { continue };
        let to = earlier(row.valid_to, ends.get(&post.uuid()).copied().flatten());
        let moved = post_holding::ActiveModel { post_id: Set(post), valid_to: Set(to), ..Default::default() };
        changes.update(holding, moved).await?;
    }
    Ok(())
}

fn begins(version: &Version) -> NaiveDate {
    version.model().valid_from.unwrap_or_default()
}
