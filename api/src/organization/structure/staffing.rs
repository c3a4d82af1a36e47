//! What an entry into force does to posts and to who holds them, and what it notes so that it can be withdrawn.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    Id, Interval,
    organization::{entry_effect, legal_act, post, post_holding, structure_version},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use crate::{
    graph::error::{ErrorCode, Refusal},
    organization::rules::timeline::{Fate, earlier, fate},
    store::{ActFault, Approve, ChangeSet, Granted},
};

type Version = Granted<structure_version::Entity, Approve>;
type Post = Granted<post::Entity, Approve>;
type Holding = Granted<post_holding::Entity, Approve>;

/// An entry into force.
pub struct Entry {
    /// The days of the version.
    pub interval: Interval,
    /// The act that adopts it.
    pub legal_act_id: Option<Id<legal_act::Entity>>,
    /// The version that begins when it ends, when that one is known already.
    pub next: Option<Version>,
}

impl Entry {
    /// Notes that the entry ended or moved something, whose end was `before`; `goes_on` is the holding in which an
    /// ended one continues. Once its day has come an entry is not withdrawn, so nothing is noted then.
    pub async fn note(
        &self,
        changes: &mut ChangeSet,
        version: &Version,
        object: Uuid,
        goes_on: Option<Uuid>,
        before: Option<NaiveDate>,
    ) -> Result<(), ActFault> {
        note(changes, version, self.interval.from(), (object, goes_on, before)).await
    }

    /// Notes that an open object ends because the next version begins: it would open again without that one.
    pub async fn note_end(&self, changes: &mut ChangeSet, object: Uuid) -> Result<(), ActFault> {
        match (&self.next, self.interval.to()) {
            (Some(next), Some(on)) => note(changes, next, on, (object, None, None)).await,
            _ => Ok(()),
        }
    }
}

async fn note(
    changes: &mut ChangeSet,
    version: &Version,
    on: NaiveDate,
    (object_id, next_id, valid_to): (Uuid, Option<Uuid>, Option<NaiveDate>),
) -> Result<(), ActFault> {
    if on <= changes.today() {
        return Ok(());
    }
    let effect = entry_effect::ActiveModel {
        structure_version_id: Set(version.id()),
        object_id: Set(object_id),
        next_id: Set(next_id),
        valid_to: Set(valid_to),
        ..Default::default()
    };
    changes.link::<entry_effect::Entity, _, Approve>(version, effect).await
}

/// Opens the version's posts, hands over those that they continue, and ends those whose unit is gone.
pub async fn staff(
    changes: &mut ChangeSet,
    version: &Version,
    here: &HashSet<Uuid>,
    entry: &Entry,
) -> Result<(), ActFault> {
    let (from, to) = (entry.interval.from(), entry.interval.to());
    let posts = changes.follow_all::<post::Entity, Approve>(version, Condition::all()).await?;
    let (proposed, standing): (Vec<Post>, Vec<Post>) = posts
        .into_iter()
        .partition(|post| post.model().structure_version_id == Some(version.id()) && post.model().valid_from.is_none());
    let mut continued: HashMap<Uuid, Id<post::Entity>> = HashMap::new();
    for post in proposed {
        let opened = post::ActiveModel {
            valid_from: Set(Some(from)),
            valid_to: Set(to),
            legal_act_id: Set(post.model().legal_act_id.or(entry.legal_act_id)),
            ..Default::default()
        };
        let post = changes.update(post, opened).await?;
        entry.note_end(changes, post.id().uuid()).await?;
        if let Some(replaced) = post.model().replaces_id {
            continued.entry(replaced.uuid()).or_insert(post.id());
        }
    }
    let mut ended = HashSet::new();
    for post in standing {
        let row = post.model();
        let Some(days) = row.valid_from.and_then(|begun| Interval::new(begun, row.valid_to)) else { continue };
        let (has_unit, goes_on) = (here.contains(&row.org_unit_id.uuid()), continued.contains_key(&row.id.uuid()));
        match fate(days, entry.interval, has_unit, goes_on) {
            Fate::Stays => {}
            Fate::Conflicts => return Err(later().into()),
            Fate::Ends => {
                ended.insert(row.id.uuid());
                entry.note(changes, version, row.id.uuid(), None, row.valid_to).await?;
                changes.update(post, post::ActiveModel { valid_to: Set(Some(from)), ..Default::default() }).await?;
            }
        }
    }
    hand_over(changes, version, &ended, &continued, entry).await
}

/// Ends the holdings of ended posts; those of a post that another continues go on there.
async fn hand_over(
    changes: &mut ChangeSet,
    version: &Version,
    ended: &HashSet<Uuid>,
    continued: &HashMap<Uuid, Id<post::Entity>>,
    entry: &Entry,
) -> Result<(), ActFault> {
    if ended.is_empty() {
        return Ok(());
    }
    let (from, to) = (entry.interval.from(), entry.interval.to());
    let open = post_holding::Column::ValidTo.is_null();
    let running = Condition::any().add(open).add(post_holding::Column::ValidTo.gt(from));
    let holdings: Vec<Holding> = changes.follow_all(version, running).await?;
    for holding in holdings.into_iter().filter(|holding| ended.contains(&holding.model().post_id.uuid())) {
        let row = holding.model().clone();
        let goes_on = continued.get(&row.post_id.uuid()).copied();
        // The post that continues another may end before the holding does, when its version fills a gap.
        let end = earlier(row.valid_to, to);
        let Some(post) = goes_on else {
            if row.valid_from >= from {
                return Err(later().into());
            }
            entry.note(changes, version, row.id.uuid(), None, row.valid_to).await?;
            finish(changes, holding, from).await?;
            continue;
        };
        if to.is_some_and(|to| row.valid_from >= to) {
            return Err(later().into());
        }
        if row.valid_from >= from {
            entry.note(changes, version, row.id.uuid(), None, row.valid_to).await?;
            let moved = post_holding::ActiveModel { post_id: Set(post), valid_to: Set(end), ..Default::default() };
            changes.update(holding, moved).await?;
            continue;
        }
        let next = Id::<post_holding::Entity>::new();
        entry.note(changes, version, row.id.uuid(), Some(next.uuid()), row.valid_to).await?;
        finish(changes, holding, from).await?;
        let next = post_holding::ActiveModel {
            id: Set(next),
            post_id: Set(post),
            person_id: Set(row.person_id),
            appointment: Set(row.appointment),
            legal_act_id: Set(row.legal_act_id),
            valid_from: Set(from),
            valid_to: Set(end),
            ..Default::default()
        };
        changes.create::<post_holding::Entity, Approve>(version, next).await?;
    }
    Ok(())
}

async fn finish(changes: &mut ChangeSet, holding: Holding, on: NaiveDate) -> Result<(), ActFault> {
    let over = post_holding::ActiveModel { valid_to: Set(Some(on)), ..Default::default() };
    changes.update(holding, over).await.map(drop)
}

/// A post, a holding or a responsibility stands in the way of the day on which it would have to end.
pub fn later() -> Refusal {
    ErrorCode::StillInUse.at(["validFrom"])
}
