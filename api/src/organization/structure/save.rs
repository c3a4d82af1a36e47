//! Writing a draft back: only what differs from what is stored.

use std::collections::{HashMap, HashSet};

use entity::{
    Id, TextList,
    organization::{
        ResponsibilityFate, SuccessionKind, org_unit, post, responsibility_transfer, structure_version, succession,
        succession_predecessor, succession_successor, unit_version,
    },
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::draft::{Draft, Told, tree_unit};
use crate::{
    organization::{
        refusals::refused,
        rules::{
            reorganize::{Structure, Succession, Unit},
            tree::{Placed, place},
        },
    },
    store::{ActFault, ChangeSet, Formulate, Granted, Verb},
};

type Version<V> = Granted<structure_version::Entity, V>;
type Row = Granted<unit_version::Entity, Formulate>;
/// The row of a unit in this version, by the unit's identity.
type Rows = HashMap<Uuid, Id<unit_version::Entity>>;

impl Draft {
    /// Makes the stored draft equal to `after`, and gives the version's key.
    pub async fn save(self, changes: &mut ChangeSet, after: &Structure) -> Result<Uuid, ActFault> {
        let Self { version, base, rows, told, .. } = self;
        let places = places(&after.units)?;
        let by_id: HashMap<Uuid, &Unit> = after.units.iter().map(|unit| (unit.id, unit)).collect();
        let (kept, gone): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| by_id.contains_key(&row.model().org_unit_id.uuid()));
        let mut keys: Rows = kept.iter().map(|row| (row.model().org_unit_id.uuid(), row.id())).collect();
        let kept = detach(changes, kept, &gone, &by_id, &keys).await?;
        let left: Vec<_> = gone.iter().map(|row| row.model().org_unit_id).collect();
        remove_units(changes, &version, gone).await?;
        let fresh: Vec<&Unit> = after.units.iter().filter(|unit| !keys.contains_key(&unit.id)).collect();
        let known = base.iter().map(|unit| unit.id).collect();
        create_units(changes, &version, &fresh, &places, &known, &mut keys).await?;
        for row in kept {
            rewrite(changes, row, &by_id, &places, &keys, &known).await?;
        }
        tell(changes, &version, told, &after.successions).await?;
        remove_orphans(changes, &version, left, &known).await?;
        Ok(changes.touch(version).await?.id().uuid())
    }
}

/// Where each unit stands.
pub fn places(units: &[Unit]) -> Result<HashMap<Uuid, Placed>, ActFault> {
    if units.is_empty() {
        return Ok(HashMap::new());
    }
    let shape: Vec<_> = units.iter().map(tree_unit).collect();
    Ok(place(&shape).map_err(refused)?.into_iter().map(|placed| (placed.id, placed)).collect())
}

/// Takes the children off units that go, so that these can go first: a new unit may need their code. A child whose
/// new parent is yet to be created hangs under nothing for that moment.
async fn detach(
    changes: &mut ChangeSet,
    kept: Vec<Row>,
    gone: &[Row],
    units: &HashMap<Uuid, &Unit>,
    keys: &Rows,
) -> Result<Vec<Row>, ActFault> {
    let leaving: HashSet<Uuid> = gone.iter().map(|row| row.id().uuid()).collect();
    let mut detached = Vec::with_capacity(kept.len());
    for row in kept {
        let orphaned = row.model().parent_id.is_some_and(|parent| leaving.contains(&parent.uuid()));
        detached.push(if orphaned {
            let parent = units.get(&row.model().org_unit_id.uuid()).and_then(|unit| unit.parent);
            let parent = parent.and_then(|parent| keys.get(&parent).copied());
            changes.update(row, unit_version::ActiveModel { parent_id: Set(parent), ..Default::default() }).await?
        } else {
            row
        });
    }
    Ok(detached)
}

/// Removes units from the draft, with the posts that it proposed in them.
async fn remove_units(
    changes: &mut ChangeSet,
    version: &Version<Formulate>,
    mut gone: Vec<Row>,
) -> Result<(), ActFault> {
    if gone.is_empty() {
        return Ok(());
    }
    let units: HashSet<Uuid> = gone.iter().map(|row| row.model().org_unit_id.uuid()).collect();
    let proposed = Condition::all().add(post::Column::StructureVersionId.eq(version.id()));
    for proposed in changes.follow_all::<post::Entity, Formulate>(version, proposed).await? {
        if units.contains(&proposed.model().org_unit_id.uuid()) {
            changes.remove(proposed).await?;
        }
    }
    gone.sort_by_key(|row| std::cmp::Reverse(row.model().depth));
    for row in gone {
        changes.remove(row).await?;
    }
    Ok(())
}

/// Creates the rows of units that the version has not yet; `known` identities exist already. `keys` learns the rows.
pub async fn create_units(
    changes: &mut ChangeSet,
    version: &Version<Formulate>,
    units: &[&Unit],
    places: &HashMap<Uuid, Placed>,
    known: &HashSet<Uuid>,
    keys: &mut Rows,
) -> Result<(), ActFault> {
    let identity = |unit: &&&Unit| org_unit::ActiveModel {
        id: Set(Id::from_uuid(unit.id)),
        name: Set(unit.name.clone()),
        ..Default::default()
    };
    let fresh: Vec<_> = units.iter().filter(|unit| !known.contains(&unit.id)).collect();
    changes.create_many::<org_unit::Entity, Formulate>(version, fresh.iter().map(identity).collect()).await?;
    let mut units = units.to_vec();
    units.sort_by(|a, b| places.get(&a.id).map(|p| &p.path).cmp(&places.get(&b.id).map(|p| &p.path)));
    keys.extend(units.iter().map(|unit| (unit.id, Id::new())));
    let row = |unit: &&Unit| unit_version::ActiveModel {
        id: Set(keys.get(&unit.id).copied().unwrap_or_default()),
        structure_version_id: Set(version.id()),
        org_unit_id: Set(Id::from_uuid(unit.id)),
        ..described(unit, places, keys)
    };
    changes.create_many::<unit_version::Entity, Formulate>(version, units.iter().map(row).collect()).await.map(drop)
}

/// What a row says of a unit.
fn described(unit: &Unit, places: &HashMap<Uuid, Placed>, keys: &Rows) -> unit_version::ActiveModel {
    let (path, depth) = places.get(&unit.id).map(|placed| (placed.path.clone(), placed.depth)).unwrap_or_default();
    unit_version::ActiveModel {
        parent_id: Set(unit.parent.and_then(|parent| keys.get(&parent).copied())),
        code: Set(unit.code.clone()),
        name: Set(unit.name.clone()),
        kind: Set(unit.kind),
        functions: Set(TextList::new(&unit.functions).unwrap_or_default()),
        position: Set(i32::try_from(unit.position).unwrap_or(i32::MAX)),
        path: Set(path),
        depth: Set(i32::try_from(depth).unwrap_or(i32::MAX)),
        ..Default::default()
    }
}

/// Writes what changed of a unit. One that only this draft knows is known by its name in it.
async fn rewrite(
    changes: &mut ChangeSet,
    row: Row,
    units: &HashMap<Uuid, &Unit>,
    places: &HashMap<Uuid, Placed>,
    keys: &Rows,
    known: &HashSet<Uuid>,
) -> Result<(), ActFault> {
    let Some(unit) = units.get(&row.model().org_unit_id.uuid()) else { return Ok(()) };
    let row = changes.update(row, described(unit, places, keys)).await?;
    if !known.contains(&unit.id) {
        let identity = changes.follow::<org_unit::Entity, Formulate>(&row, row.model().org_unit_id).await?;
        let named = org_unit::ActiveModel { name: Set(unit.name.clone()), ..Default::default() };
        changes.update(identity, named).await?;
    }
    Ok(())
}

/// Removes identities that no version has any more.
async fn remove_orphans(
    changes: &mut ChangeSet,
    version: &Version<Formulate>,
    left: Vec<Id<org_unit::Entity>>,
    known: &HashSet<Uuid>,
) -> Result<(), ActFault> {
    for unit in left.into_iter().filter(|unit| !known.contains(&unit.uuid())) {
        let still = Condition::all().add(unit_version::Column::OrgUnitId.eq(unit));
        if changes.find::<unit_version::Entity, Formulate>(version, still).await?.is_empty() {
            let identity = changes.follow::<org_unit::Entity, Formulate>(version, unit).await?;
            changes.remove(identity).await?;
        }
    }
    Ok(())
}

/// Removes a whole draft: its successions, posts, units, and the identities that only it knew.
pub async fn clear(changes: &mut ChangeSet, draft: Draft) -> Result<Version<Formulate>, ActFault> {
    let Draft { version, base, rows, told, .. } = draft;
    let known = base.iter().map(|unit| unit.id).collect();
    let left = rows.iter().map(|row| row.model().org_unit_id).collect();
    tell(changes, &version, told, &[]).await?;
    remove_units(changes, &version, rows).await?;
    remove_orphans(changes, &version, left, &known).await?;
    Ok(version)
}

/// Makes the stored successions of a version equal to these.
pub async fn tell<V: Verb>(
    changes: &mut ChangeSet,
    version: &Version<V>,
    before: Vec<Told<V>>,
    after: &[Succession],
) -> Result<(), ActFault> {
    let mut wanted: Vec<&Succession> = after.iter().collect();
    for told in before {
        match wanted.iter().position(|said| meaning(said) == meaning(&told.said)) {
            Some(at) => drop(wanted.remove(at)),
            None => forget(changes, told).await?,
        }
    }
    for said in wanted {
        say(changes, version, said, after).await?;
    }
    Ok(())
}

/// What makes two successions the same, whatever the order in which they name units.
fn meaning(said: &Succession) -> impl PartialEq {
    let sorted = |units: &[Uuid]| {
        let mut units = units.to_vec();
        units.sort_unstable();
        units
    };
    let mut transfers: Vec<_> =
        said.transfers.iter().map(|it| (it.from, it.to, it.process, it.description.clone())).collect();
    transfers.sort();
    (said.kind, sorted(&said.predecessors), sorted(&said.successors), transfers, said.note.clone())
}

async fn forget<V: Verb>(changes: &mut ChangeSet, told: Told<V>) -> Result<(), ActFault> {
    for transfer in told.transfers {
        changes.remove(transfer).await?;
    }
    let of = Condition::all().add(succession_predecessor::Column::SuccessionId.eq(told.row.id()));
    changes.unlink::<succession_predecessor::Entity, _, V>(&told.row, of).await?;
    let of = Condition::all().add(succession_successor::Column::SuccessionId.eq(told.row.id()));
    changes.unlink::<succession_successor::Entity, _, V>(&told.row, of).await?;
    changes.remove(told.row).await
}

async fn say<V: Verb>(
    changes: &mut ChangeSet,
    version: &Version<V>,
    said: &Succession,
    all: &[Succession],
) -> Result<(), ActFault> {
    let row = succession::ActiveModel {
        structure_version_id: Set(version.id()),
        kind: Set(said.kind),
        responsibilities: Set(fate(said, all)),
        note: Set(said.note.clone()),
        ..Default::default()
    };
    let row = changes.create::<succession::Entity, V>(version, row).await?;
    for unit in &said.predecessors {
        let link = succession_predecessor::ActiveModel {
            succession_id: Set(row.id()),
            org_unit_id: Set(Id::from_uuid(*unit)),
            ..Default::default()
        };
        changes.link::<succession_predecessor::Entity, _, V>(&row, link).await?;
    }
    for unit in &said.successors {
        let link = succession_successor::ActiveModel {
            succession_id: Set(row.id()),
            org_unit_id: Set(Id::from_uuid(*unit)),
            ..Default::default()
        };
        changes.link::<succession_successor::Entity, _, V>(&row, link).await?;
    }
    let transfers = said.transfers.iter().map(|transfer| responsibility_transfer::ActiveModel {
        succession_id: Set(row.id()),
        from_unit_id: Set(Id::from_uuid(transfer.from)),
        to_unit_id: Set(transfer.to.map(Id::from_uuid)),
        process_id: Set(transfer.process.map(Id::from_uuid)),
        description: Set(transfer.description.clone()),
        ..Default::default()
    });
    changes.create_many::<responsibility_transfer::Entity, V>(&row, transfers.collect()).await.map(drop)
}

/// What becomes of the responsibilities; a suppression beside a split or merger says what that says.
fn fate(said: &Succession, all: &[Succession]) -> Option<ResponsibilityFate> {
    use SuccessionKind::{Merge, Split, Suppress};
    if !matches!(said.kind, Merge | Split | Suppress) {
        return None;
    }
    let same = all.iter().filter(|other| other.predecessors == said.predecessors);
    let goes_on = same.flat_map(|other| &other.transfers).any(|transfer| transfer.to.is_some());
    Some(if goes_on { ResponsibilityFate::Transferred } else { ResponsibilityFate::Ended })
}
