//! Which events who follows may see: read as `node` reads their objects, in one state of the database with the events.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use entity::{Id, OpaqueId, machinery::ObjectKind, organization::organization};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    access::actor::Actor,
    execution::roots::by_id,
    graph::{
        Declaration,
        declaration::{Owner, Source},
    },
    reader::{
        fetch::{Fetched, fetch},
        plan::{Decode, Moment, Reading},
        planner::{Context, Planner},
        write::object,
    },
    store::{Store, StoreFault, outbox::Announced},
};

/// Events that are read at once.
const PORTION: usize = 100;
/// How long a judgement holds: who takes longer for what was read is judged anew.
const HOLDS: Duration = Duration::from_secs(1);

/// Events that were read and may be seen, in order.
#[derive(Default)]
pub struct Judged {
    seen: VecDeque<(i64, Value)>,
    /// How far was read, whatever of it may be seen.
    end: Option<i64>,
    /// By whose rights, and when.
    by: Option<(Arc<Actor>, Instant)>,
}

impl Judged {
    /// Forgets what was judged with other rights than these, or too long ago.
    pub fn hold_to(&mut self, actor: &Arc<Actor>) {
        if self.by.as_ref().is_some_and(|(by, at)| !Arc::ptr_eq(by, actor) || at.elapsed() > HOLDS) {
            *self = Self::default();
        }
    }

    /// The next event and its position.
    pub fn next(&mut self) -> Option<(i64, Value)> {
        self.seen.pop_front()
    }

    /// How far was read, once all of it is told.
    pub fn end(&mut self) -> Option<i64> {
        if self.seen.is_empty() { self.end.take() } else { None }
    }

    /// Reads and judges the next events after a position, up to another.
    pub async fn read(
        store: &Store,
        context: Context<'_>,
        entities: &'static [&'static Declaration],
        kinds: Option<&[u8]>,
        (after, until): (i64, i64),
    ) -> Result<Self, StoreFault> {
        let at = Instant::now();
        let mut snapshot = store.snapshot().await?;
        snapshot.begin().await?;
        let events = store.announced(&mut snapshot, (after, until), PORTION).await?;
        let whole = events.len() == PORTION;
        let end = events.last().filter(|_| whole).map_or(until, |last| last.position);
        let mut planner = Planner::new(context);
        let kinds = plan(&mut planner, entities, &events, |kind| kinds.is_none_or(|kinds| kinds.contains(&kind)));
        let fetched = fetch(&planner.levels, context.actor, &mut snapshot, store.statements()).await?;
        snapshot.end().await?;
        let seen = events.iter().filter_map(|event| {
            let read = kinds.get(&event.object.number)?;
            let version = read.version(event, &fetched, context.actor)?;
            Some((event.position, told(event, version)?))
        });
        Ok(Self { seen: seen.collect(), end: Some(end), by: Some((context.actor.clone(), at)) })
    }
}

/// The objects of one kind among events, as they are read.
struct Read {
    declaration: &'static Declaration,
    level: usize,
    id: usize,
    owner: Option<usize>,
    version: Option<usize>,
}

/// One level for each kind that is asked for and of which the viewer reads anything.
fn plan(
    planner: &mut Planner<'_>,
    entities: &'static [&'static Declaration],
    events: &[Announced],
    asked: impl Fn(u8) -> bool,
) -> BTreeMap<u8, Read> {
    let mut objects: BTreeMap<u8, Vec<Uuid>> = BTreeMap::new();
    for event in events.iter().filter(|event| asked(event.object.number)) {
        let of_kind = objects.entry(event.object.number).or_default();
        if !of_kind.contains(&event.object.uuid) {
            of_kind.push(event.object.uuid);
        }
    }
    let mut kinds = BTreeMap::new();
    for (number, ids) in objects {
        let of_kind = |declaration: &&Declaration| declaration.kind.is_some_and(|kind| kind as u8 == number);
        let declaration = entities.iter().copied().find(of_kind);
        if let Some(declaration) = declaration.filter(|declaration| planner.allow(declaration).is_ok()) {
            kinds.insert(number, Read::plan(planner, declaration, ids));
        }
    }
    kinds
}

impl Read {
    fn plan(planner: &mut Planner<'_>, declaration: &'static Declaration, ids: Vec<Uuid>) -> Self {
        let today = planner.context.today;
        let level = by_id(planner, declaration, Moment::Fixed(today), ids);
        let id = planner.id_column(level);
        let owner = match declaration.visibility.owner {
            Owner::Column(column) => Some(planner.value(level, Reading::Column(column, Decode::Uuid))),
            Owner::Nation | Owner::Through { .. } => None,
        };
        let version = declaration.member("version").and_then(|member| match &member.source {
            Source::Column(sql, scalar) => Some(planner.value(level, Reading::of(*sql, *scalar))),
            _ => None,
        });
        Self { declaration, level, id, owner, version }
    }

    /// The version of an event's object, null where it has none; nothing when the viewer may not see the event.
    fn version(&self, event: &Announced, fetched: &[Fetched], actor: &Actor) -> Option<Value> {
        let rows = &fetched[self.level].rows;
        let row = (0..rows.len()).find(|row| rows.uuid(*row, self.id) == Some(event.object.uuid));
        let sees = match (row, self.owner) {
            // What is there was read as `node` reads it; the event is that of its organization.
            (Some(row), Some(owner)) => rows.uuid(row, owner) == Some(event.organization),
            // What is gone was seen by whoever sees all of its kind there; what several organizations share, by whoever reads
            // the one of which the event tells.
            _ => self.sees_all(event.organization, actor),
        };
        let version = row.zip(self.version).and_then(|(row, column)| rows.int(row, column));
        sees.then(|| version.map_or(Value::Null, Value::from))
    }

    fn sees_all(&self, organization: Uuid, actor: &Actor) -> bool {
        let visibility = self.declaration.visibility;
        let reach = actor.reach(visibility.subject);
        let all = if visibility.published.is_some() { &reach.whole } else { &reach.published };
        all.contains(organization)
    }
}

/// The number of a kind, by its name in the schema.
pub fn number(kind: &str) -> Option<u8> {
    ObjectKind::VOCABULARY.by_name(kind)?.number.try_into().ok()
}

/// An event as it is told, but for its position.
fn told(event: &Announced, version: Value) -> Option<Value> {
    let OpaqueId { number, .. } = event.object;
    Some(object([
        ("kind", ObjectKind::VOCABULARY.by_number(number.into())?.name.into()),
        ("id", event.object.to_string().into()),
        ("version", version),
        ("organization", Id::<organization::Entity>::from_uuid(event.organization).opaque().to_string().into()),
        ("act", event.act.clone().into()),
        ("recordedAt", event.recorded_at.rfc3339().map_or(Value::Null, Value::from)),
    ]))
}
