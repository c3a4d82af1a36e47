//! A version with its units and successions, as rows and as the rules see them.

use std::collections::{BTreeSet, HashMap};

use async_graphql::ID;
use entity::{
    Id,
    organization::{
        responsibility_transfer, structure_version, succession, succession_predecessor, succession_successor,
        unit_version,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition,
    sea_query::{Query, SelectStatement},
};
use uuid::Uuid;

use super::inputs::key;
use crate::{
    graph::error::ErrorCode,
    organization::rules::{
        reorganize::{Structure, Succession, Transfer, Unit},
        tree::TreeUnit,
    },
    store::{ActFault, ChangeSet, Formulate, Granted, Verb},
};

/// The version with this id, on which the actor may do `V`; refusals point to the arguments `id` and
/// `expectedVersion`.
pub async fn version<V: Verb>(
    changes: &mut ChangeSet,
    id: &ID,
    expected: i32,
) -> Result<Granted<structure_version::Entity, V>, ActFault> {
    let key = key::<structure_version::Entity>(id, &["id"])?;
    let obtained = changes.obtain::<structure_version::Entity, V>(key, Some(expected)).await;
    obtained.map_err(|fault| match &fault {
        ActFault::Refused(refusals) if refusals.iter().any(|refusal| refusal.code == ErrorCode::VersionConflict) => {
            fault.within(["expectedVersion"])
        }
        _ => fault.within(["id"]),
    })
}

/// The same, as long as it is a draft.
pub async fn draft_version(
    changes: &mut ChangeSet,
    id: &ID,
    expected: i32,
) -> Result<Granted<structure_version::Entity, Formulate>, ActFault> {
    let version = version::<Formulate>(changes, id, expected).await?;
    Ok(version)
}

/// A draft that is being edited.
pub struct Draft {
    /// The version.
    pub version: Granted<structure_version::Entity, Formulate>,
    /// The units of the version from which it started.
    pub base: Vec<Unit>,
    /// Its units, each before those under it.
    pub rows: Vec<Granted<unit_version::Entity, Formulate>>,
    /// Its successions.
    pub told: Vec<Told<Formulate>>,
    /// Both, as the rules see them.
    pub structure: Structure,
}

/// A succession and the rows that say it.
pub struct Told<V> {
    /// The succession.
    pub row: Granted<succession::Entity, V>,
    /// Its transfers.
    pub transfers: Vec<Granted<responsibility_transfer::Entity, V>>,
    /// What they say.
    pub said: Succession,
}

impl Draft {
    /// Reads the draft with this id, in few statements.
    pub async fn load(changes: &mut ChangeSet, id: &ID, expected: i32) -> Result<Self, ActFault> {
        let version = draft_version(changes, id, expected).await?;
        let rows = units(changes, &version, version.id()).await?;
        let base = base(changes, &version).await?;
        let told = successions(changes, &version).await?;
        let successions = told.iter().map(|told| told.said.clone()).collect();
        let structure = Structure { units: as_units(rows.iter().map(Granted::model)), successions };
        Ok(Self { version, base, rows, told, structure })
    }
}

/// The units of a version of the same organization, in the order of its tree.
pub async fn units<V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<structure_version::Entity, V>,
    version: Id<structure_version::Entity>,
) -> Result<Vec<Granted<unit_version::Entity, V>>, ActFault> {
    let own = Condition::all().add(unit_version::Column::StructureVersionId.eq(version));
    let mut rows = changes.follow_all::<unit_version::Entity, V>(cause, own).await?;
    rows.sort_by(|a, b| a.model().path.cmp(&b.model().path));
    Ok(rows)
}

/// The units of the version from which this one started; none when it started from nothing.
pub async fn base<V: Verb>(
    changes: &ChangeSet,
    version: &Granted<structure_version::Entity, V>,
) -> Result<Vec<Unit>, ActFault> {
    match version.model().base_version_id {
        Some(base) => Ok(as_units(units(changes, version, base).await?.iter().map(Granted::model))),
        None => Ok(Vec::new()),
    }
}

/// Rows as the rules see them: identities in the place of rows.
pub fn as_units<'a>(rows: impl Iterator<Item = &'a unit_version::Model> + Clone) -> Vec<Unit> {
    let identities: HashMap<_, _> = rows.clone().map(|row| (row.id.uuid(), row.org_unit_id.uuid())).collect();
    let unit = |row: &unit_version::Model| Unit {
        id: row.org_unit_id.uuid(),
        parent: row.parent_id.and_then(|parent| identities.get(&parent.uuid()).copied()),
        code: row.code.clone(),
        name: row.name.clone(),
        kind: row.kind,
        functions: row.functions.as_slice().to_vec(),
        position: u32::try_from(row.position).unwrap_or(0),
    };
    rows.map(unit).collect()
}

/// The part of a unit that its place in the tree depends on.
pub fn tree_unit(unit: &Unit) -> TreeUnit {
    TreeUnit { id: unit.id, parent: unit.parent, code: unit.code.clone(), position: unit.position, path: Vec::new() }
}

/// The keys of the version's successions, as a subquery.
pub fn succession_keys(version: Id<structure_version::Entity>) -> SelectStatement {
    Query::select()
        .column(succession::Column::Id)
        .from(succession::Entity)
        .and_where(succession::Column::StructureVersionId.eq(version))
        .to_owned()
}

/// The successions of a version, with all that belongs to them.
pub async fn successions<V: Verb>(
    changes: &ChangeSet,
    version: &Granted<structure_version::Entity, V>,
) -> Result<Vec<Told<V>>, ActFault> {
    let own = Condition::all().add(succession::Column::StructureVersionId.eq(version.id()));
    let mut rows = changes.follow_all::<succession::Entity, V>(version, own).await?;
    rows.sort_by_key(|row| (row.model().kind, row.id()));
    let of = |column: &dyn Fn(SelectStatement) -> Condition| column(succession_keys(version.id()));
    let within = of(&|keys| Condition::all().add(succession_predecessor::Column::SuccessionId.in_subquery(keys)));
    let before = changes.find::<succession_predecessor::Entity, V>(version, within).await?;
    let within = of(&|keys| Condition::all().add(succession_successor::Column::SuccessionId.in_subquery(keys)));
    let after = changes.find::<succession_successor::Entity, V>(version, within).await?;
    let within = of(&|keys| Condition::all().add(responsibility_transfer::Column::SuccessionId.in_subquery(keys)));
    let transfers = changes.follow_all::<responsibility_transfer::Entity, V>(version, within).await?;

    let mut predecessors: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for link in before {
        predecessors.entry(link.succession_id.uuid()).or_default().insert(link.org_unit_id.uuid());
    }
    let mut successors: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for link in after {
        successors.entry(link.succession_id.uuid()).or_default().insert(link.org_unit_id.uuid());
    }
    let mut handed: HashMap<Uuid, Vec<Granted<responsibility_transfer::Entity, V>>> = HashMap::new();
    for transfer in transfers {
        handed.entry(transfer.model().succession_id.uuid()).or_default().push(transfer);
    }
    let told = rows.into_iter().map(|row| {
        let key = row.id().uuid();
        let mut transfers = handed.remove(&key).unwrap_or_default();
        transfers.sort_by_key(Granted::id);
        let said = Succession {
            kind: row.model().kind,
            predecessors: predecessors.remove(&key).into_iter().flatten().collect(),
            successors: successors.remove(&key).into_iter().flatten().collect(),
            transfers: transfers.iter().map(|row| as_transfer(row.model())).collect(),
            note: row.model().note.clone(),
        };
        Told { row, transfers, said }
    });
    Ok(told.collect())
}

fn as_transfer(row: &responsibility_transfer::Model) -> Transfer {
    Transfer {
        from: row.from_unit_id.uuid(),
        to: row.to_unit_id.map(Id::uuid),
        process: row.process_id.map(Id::uuid),
        description: row.description.clone(),
    }
}
