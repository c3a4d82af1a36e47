//! What a characterization consists of, written as a whole: what is given and known goes on, the rest is new or goes.

use std::collections::{HashMap, HashSet};

use async_graphql::{ID, MaybeUndefined};
use entity::{
    Id, fold,
    organization::{org_unit, post},
    value_chain::{
        FlowDirection, PhvaPhase, activity, external_party, flow, flow_party, flow_process, process, process_version,
    },
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};

use super::inputs::{ActivityInput, CharacterizationInput, ENDS_LIMIT, FlowInput, PARTS_LIMIT};
use crate::{
    graph::error::{ErrorCode, Refusal},
    organization::{
        entry::{Texts, follow, key, link},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
};

type Version = Granted<process_version::Entity, FormulateProcess>;

impl CharacterizationInput {
    /// Writes the parts that are given; says whether there were any.
    pub(super) async fn write_parts(&self, changes: &mut ChangeSet, version: &Version) -> Result<bool, ActFault> {
        if let Some(given) = whole(&self.activities) {
            activities(changes, version, given).await?;
        }
        let flows = [(FlowDirection::Input, "inputs", &self.inputs), (FlowDirection::Output, "outputs", &self.outputs)];
        for (direction, field, given) in flows {
            if let Some(given) = whole(given) {
                write_flows(changes, version, (direction, field), given).await?;
            }
        }
        Ok([self.activities.is_undefined(), self.inputs.is_undefined(), self.outputs.is_undefined()].contains(&false))
    }
}

/// A list that is given as a whole; null gives an empty one.
fn whole<T>(given: &MaybeUndefined<Vec<T>>) -> Option<&[T]> {
    match given {
        MaybeUndefined::Undefined => None,
        given => Some(given.value().map_or(&[], Vec::as_slice)),
    }
}

fn bounded(length: usize, limit: usize, path: &[&str]) -> Result<(), Refusal> {
    if length <= limit { Ok(()) } else { Err(ErrorCode::TooLong.at(path.iter().copied()).with("maximum", limit)) }
}

/// The row of this version that an item of a list goes on with; each once.
fn known<E: crate::store::Recorded>(
    rows: &mut HashMap<Id<E>, Granted<E, FormulateProcess>>,
    id: Option<&ID>,
    path: &[&str],
) -> Result<Option<Granted<E, FormulateProcess>>, Refusal> {
    let Some(id) = id else { return Ok(None) };
    let key = key::<E>(id, path)?;
    let row = rows.remove(&key).ok_or_else(|| ErrorCode::NotFound.at(path.iter().copied()))?;
    Ok(Some(row))
}

async fn activities(changes: &mut ChangeSet, version: &Version, given: &[ActivityInput]) -> Result<(), ActFault> {
    bounded(given.len(), PARTS_LIMIT, &["input", "activities"])?;
    let of = Condition::all().add(activity::Column::ProcessVersionId.eq(version.id()));
    let rows = changes.follow_all::<activity::Entity, _>(version, of).await?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|row| (row.id(), row)).collect();
    let mut places: HashMap<PhvaPhase, i32> = HashMap::new();
    let mut fresh = Vec::new();
    for (at, input) in given.iter().enumerate() {
        let at = at.to_string();
        let path = ["input", "activities", at.as_str()];
        let place = places.entry(input.phase).or_default();
        let row = activity_row(changes, version, input, *place, &path).await?;
        *place += 1;
        match known(&mut rows, input.id.as_ref(), &[path.as_slice(), &["id"]].concat())? {
            Some(known) => drop(changes.update(known, row).await?),
            None => fresh.push(row),
        }
    }
    for row in in_order(rows) {
        changes.remove(row).await?;
    }
    changes.create_many::<activity::Entity, _>(version, fresh).await.map(drop)
}

/// The rows that nothing goes on with, always in the same order.
fn in_order<E: crate::store::Recorded>(
    rows: HashMap<Id<E>, Granted<E, FormulateProcess>>,
) -> Vec<Granted<E, FormulateProcess>> {
    let mut rows: Vec<_> = rows.into_values().collect();
    rows.sort_by_key(|row| row.id().uuid());
    rows
}

async fn activity_row(
    changes: &ChangeSet,
    version: &Version,
    input: &ActivityInput,
    position: i32,
    path: &[&str],
) -> Result<activity::ActiveModel, ActFault> {
    let mut texts = Texts::default();
    let description = texts.required("description", &input.description, text);
    let record = texts.optional("record", input.record.as_deref(), validate::note);
    below(texts, path)?;
    let at = |field| [path, &[field]].concat();
    if input.responsible_unit.is_some() && input.responsible_post.is_some() {
        return Err(ErrorCode::InvalidArgument.at(at("responsiblePost")).into());
    }
    let unit = input.responsible_unit.as_ref();
    let post = input.responsible_post.as_ref();
    Ok(activity::ActiveModel {
        process_version_id: Set(version.id()),
        phase: Set(input.phase),
        position: Set(position),
        description: Set(description),
        record: Set(record),
        control_point: Set(input.control_point),
        responsible_unit_id: Set(link::<org_unit::Entity, _>(changes, version, unit, &at("responsibleUnit")).await?),
        responsible_post_id: Set(link::<post::Entity, _>(changes, version, post, &at("responsiblePost")).await?),
        ..Default::default()
    })
}

/// Text of any number of lines that must be there.
fn text(text: &str) -> Option<crate::organization::rules::Violation> {
    if text.is_empty() { validate::name(text) } else { validate::note(text) }
}

/// What was noted of an item, below its place.
fn below(texts: Texts, path: &[&str]) -> Result<(), ActFault> {
    // The texts of an input count from `input` on, and so does the path.
    let inner: Vec<&str> = path.iter().skip(1).copied().collect();
    let mut all = Texts::default();
    all.nest_at(&inner, texts);
    all.done()
}

async fn write_flows(
    changes: &mut ChangeSet,
    version: &Version,
    (direction, field): (FlowDirection, &str),
    given: &[FlowInput],
) -> Result<(), ActFault> {
    bounded(given.len(), PARTS_LIMIT, &["input", field])?;
    let of = Condition::all()
        .add(flow::Column::ProcessVersionId.eq(version.id()))
        .add(flow::Column::Direction.eq(direction));
    let rows = changes.follow_all::<flow::Entity, _>(version, of).await?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|row| (row.id(), row)).collect();
    let (mut ends, mut said) = (Ends::default(), Vec::new());
    for (at, input) in given.iter().enumerate() {
        let at_text = at.to_string();
        let path = ["input", field, at_text.as_str()];
        let mut texts = Texts::default();
        let row = flow::ActiveModel {
            process_version_id: Set(version.id()),
            direction: Set(direction),
            position: Set(i32::try_from(at).unwrap_or(i32::MAX)),
            name: Set(texts.required("name", &input.name, validate::name)),
            description: Set(texts.optional("description", input.description.as_deref(), validate::note)),
            ..Default::default()
        };
        below(texts, &path)?;
        let processes = ends.processes(changes, version, input, &path).await?;
        let parties = ends.parties(changes, version, input, &path).await?;
        let flow = Said { name: fold(&input.name), processes: processes.clone(), parties: parties.clone() };
        if said.iter().any(|other| flow.repeats(other)) {
            return Err(ErrorCode::Duplicate.at([path.as_slice(), &["name"]].concat()).into());
        }
        said.push(flow);
        let flow = match known(&mut rows, input.id.as_ref(), &[path.as_slice(), &["id"]].concat())? {
            Some(known) => changes.update(known, row).await?,
            None => changes.create(version, row).await?,
        };
        join(changes, &flow, processes, parties).await?;
    }
    for row in in_order(rows) {
        remove_flow(changes, row).await?;
    }
    Ok(())
}

/// A flow as it is told from others of its direction.
struct Said {
    name: String,
    processes: Vec<Id<process::Entity>>,
    parties: Vec<Id<external_party::Entity>>,
}

impl Said {
    /// The same, to or from somebody whom the other names too; or both name nobody.
    fn repeats(&self, other: &Self) -> bool {
        let open = |flow: &Self| flow.processes.is_empty() && flow.parties.is_empty();
        let shared = self.processes.iter().any(|it| other.processes.contains(it))
            || self.parties.iter().any(|it| other.parties.contains(it));
        self.name == other.name && (shared || open(self) && open(other))
    }
}

/// Removes a flow with what it joins.
pub(super) async fn remove_flow(
    changes: &mut ChangeSet,
    flow: Granted<flow::Entity, FormulateProcess>,
) -> Result<(), ActFault> {
    join(changes, &flow, Vec::new(), Vec::new()).await?;
    changes.remove(flow).await
}

/// What is at the other ends of flows, each looked up once.
#[derive(Default)]
struct Ends {
    processes: HashSet<Id<process::Entity>>,
    parties: HashSet<Id<external_party::Entity>>,
}

impl Ends {
    async fn processes(
        &mut self,
        changes: &ChangeSet,
        version: &Version,
        input: &FlowInput,
        path: &[&str],
    ) -> Result<Vec<Id<process::Entity>>, ActFault> {
        looked_up(changes, version, &mut self.processes, input.processes.as_deref(), (path, "processes")).await
    }

    async fn parties(
        &mut self,
        changes: &ChangeSet,
        version: &Version,
        input: &FlowInput,
        path: &[&str],
    ) -> Result<Vec<Id<external_party::Entity>>, ActFault> {
        let parties = input.external_parties.as_deref();
        looked_up(changes, version, &mut self.parties, parties, (path, "externalParties")).await
    }
}

async fn looked_up<E: crate::store::Recorded>(
    changes: &ChangeSet,
    version: &Version,
    known: &mut HashSet<Id<E>>,
    given: Option<&[ID]>,
    (path, field): (&[&str], &str),
) -> Result<Vec<Id<E>>, ActFault> {
    let given = given.unwrap_or_default();
    bounded(given.len(), ENDS_LIMIT, &[path, &[field]].concat())?;
    let mut found = Vec::new();
    for (at, id) in given.iter().enumerate() {
        let at = at.to_string();
        let path = [path, &[field, &at]].concat();
        let key = key::<E>(id, &path)?;
        if !known.contains(&key) {
            known.insert(follow::<E, _>(changes, version, id, &path).await?.id());
        }
        if found.contains(&key) {
            return Err(ErrorCode::Duplicate.at(path).into());
        }
        found.push(key);
    }
    Ok(found)
}

/// Joins a flow with these processes and parties, and no others.
pub(super) async fn join(
    changes: &mut ChangeSet,
    flow: &Granted<flow::Entity, FormulateProcess>,
    processes: Vec<Id<process::Entity>>,
    parties: Vec<Id<external_party::Entity>>,
) -> Result<(), ActFault> {
    let own = Condition::all().add(flow_process::Column::FlowId.eq(flow.id()));
    let joined = changes.find::<flow_process::Entity, _>(flow, own.clone()).await?;
    let joined: Vec<_> = joined.into_iter().map(|link| link.process_id).collect();
    let gone: Vec<_> = joined.iter().filter(|process| !processes.contains(process)).copied().collect();
    if !gone.is_empty() {
        changes
            .unlink::<flow_process::Entity, _, _>(flow, own.add(flow_process::Column::ProcessId.is_in(gone)))
            .await?;
    }
    for process_id in processes.into_iter().filter(|process| !joined.contains(process)) {
        let link =
            flow_process::ActiveModel { flow_id: Set(flow.id()), process_id: Set(process_id), ..Default::default() };
        changes.link::<flow_process::Entity, _, _>(flow, link).await?;
    }
    let own = Condition::all().add(flow_party::Column::FlowId.eq(flow.id()));
    let joined = changes.find::<flow_party::Entity, _>(flow, own.clone()).await?;
    let joined: Vec<_> = joined.into_iter().map(|link| link.external_party_id).collect();
    let gone: Vec<_> = joined.iter().filter(|party| !parties.contains(party)).copied().collect();
    if !gone.is_empty() {
        changes
            .unlink::<flow_party::Entity, _, _>(flow, own.add(flow_party::Column::ExternalPartyId.is_in(gone)))
            .await?;
    }
    for party in parties.into_iter().filter(|party| !joined.contains(party)) {
        let link =
            flow_party::ActiveModel { flow_id: Set(flow.id()), external_party_id: Set(party), ..Default::default() };
        changes.link::<flow_party::Entity, _, _>(flow, link).await?;
    }
    Ok(())
}

/// Copies what another version consists of into a new one.
pub(super) async fn copy(
    changes: &mut ChangeSet,
    version: &Version,
    base: Id<process_version::Entity>,
) -> Result<(), ActFault> {
    let of = Condition::all().add(activity::Column::ProcessVersionId.eq(base));
    let activities = changes.find::<activity::Entity, _>(version, of).await?;
    let fresh = activities.into_iter().map(|row| activity::ActiveModel {
        process_version_id: Set(version.id()),
        phase: Set(row.phase),
        position: Set(row.position),
        description: Set(row.description),
        record: Set(row.record),
        control_point: Set(row.control_point),
        responsible_unit_id: Set(row.responsible_unit_id),
        responsible_post_id: Set(row.responsible_post_id),
        ..Default::default()
    });
    changes.create_many::<activity::Entity, _>(version, fresh.collect()).await?;
    let of = Condition::all().add(flow::Column::ProcessVersionId.eq(base));
    let mut flows = changes.find::<flow::Entity, _>(version, of).await?;
    flows.sort_by_key(|row| (row.direction, row.position, row.id.uuid()));
    for row in flows {
        let of = Condition::all().add(flow_process::Column::FlowId.eq(row.id));
        let processes = changes.find::<flow_process::Entity, _>(version, of).await?;
        let of = Condition::all().add(flow_party::Column::FlowId.eq(row.id));
        let parties = changes.find::<flow_party::Entity, _>(version, of).await?;
        let fresh = flow::ActiveModel {
            process_version_id: Set(version.id()),
            direction: Set(row.direction),
            position: Set(row.position),
            name: Set(row.name),
            description: Set(row.description),
            ..Default::default()
        };
        let flow = changes.create::<flow::Entity, _>(version, fresh).await?;
        let (processes, parties) = (
            processes.into_iter().map(|link| link.process_id).collect(),
            parties.into_iter().map(|link| link.external_party_id).collect(),
        );
        join(changes, &flow, processes, parties).await?;
    }
    Ok(())
}
