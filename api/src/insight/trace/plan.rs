//! What of a trace is shown: its selection, and the levels of the objects once it is known which they are.

use std::collections::HashMap;

use async_graphql::parser::types::SelectionSet;

use super::{
    ask::{Asked, declaration},
    search::{Cut, Key, Search},
};
use crate::{
    execution::roots::by_id,
    reader::{
        collect::{Merged, Source, below},
        plan::{Moment, Object},
        planner::{Context, Planner},
    },
};

/// A trace that is to be made.
pub struct Plan<'a> {
    /// What is asked.
    pub asked: Asked,
    /// What is shown of it.
    pub fields: Fields<TraceField>,
    objects: Vec<Objects<'a>>,
    /// The document that shows it: that of the request, or one of the service's own.
    source: Source<'a>,
}

/// Response keys and what stands under them.
pub type Fields<T> = Vec<(String, T)>;

/// A selection of objects: those of hits, or those on their paths.
struct Objects<'a> {
    on_paths: bool,
    sets: Vec<&'a SelectionSet>,
}

/// What stands under a response key of `Trace`.
pub enum TraceField {
    /// `__typename`.
    TypeName,
    /// `hits`.
    Hits(Fields<HitField>),
    /// `count`.
    Count,
    /// `atLeast`.
    AtLeast,
    /// `visited`.
    Visited,
    /// `truncated`.
    Truncated,
    /// `cut`.
    Cut,
}

/// What stands under a response key of `TraceHit`.
pub enum HitField {
    /// `__typename`.
    TypeName,
    /// `node`, by the number of its selection.
    Node(usize),
    /// `depth`.
    Depth,
    /// `path`.
    Path(Fields<StepField>),
}

/// What stands under a response key of `TraceStep`.
pub enum StepField {
    /// `__typename`.
    TypeName,
    /// `edge`.
    Edge,
    /// `direction`.
    Direction,
    /// `node`, by the number of its selection.
    Node(usize),
    /// `through`.
    Through,
}

impl<'a> Plan<'a> {
    /// Plans what a selection shows.
    pub fn new(asked: Asked, context: Context<'a>, merged: &Merged<'a>) -> Self {
        let mut plan = Self { asked, fields: Vec::new(), objects: Vec::new(), source: context.source };
        plan.fields = fields(context, merged, "Trace", |name, merged| match name {
            "hits" => {
                TraceField::Hits(fields(context, merged, "TraceHit", |name, merged| plan.hit(context, name, merged)))
            }
            "count" => TraceField::Count,
            "atLeast" => TraceField::AtLeast,
            "visited" => TraceField::Visited,
            "truncated" => TraceField::Truncated,
            "cut" => TraceField::Cut,
            _ => TraceField::TypeName,
        });
        plan
    }

    fn hit(&mut self, context: Context<'a>, name: &str, merged: &Merged<'a>) -> HitField {
        match name {
            "node" => HitField::Node(self.add(false, merged)),
            "depth" => HitField::Depth,
            "path" => HitField::Path(fields(context, merged, "TraceStep", |name, merged| match name {
                "edge" => StepField::Edge,
                "direction" => StepField::Direction,
                "node" => StepField::Node(self.add(true, merged)),
                "through" => StepField::Through,
                _ => StepField::TypeName,
            })),
            _ => HitField::TypeName,
        }
    }

    fn add(&mut self, on_paths: bool, merged: &Merged<'a>) -> usize {
        self.objects.push(Objects { on_paths, sets: below(merged) });
        self.objects.len() - 1
    }

    /// Adds the levels that read the objects shown.
    pub fn show(&self, planner: &mut Planner<'a>, search: Search) -> Found {
        let reached = search.reached();
        let hits = (1..reached.len()).filter(|place| self.asked.is_hit(reached[*place].key.kind));
        let mut hits: Vec<_> = hits.collect();
        let count = hits.len();
        hits.truncate(self.asked.first);
        let paths: Vec<_> = hits.iter().map(|place| search.path(*place)).collect();
        let own = std::mem::replace(&mut planner.context.source, self.source);
        let objects = self.objects.iter().map(|objects| {
            let keys: Vec<Key> = match objects.on_paths {
                true => paths.iter().flatten().map(|hop| hop.to).collect(),
                false => hits.iter().map(|place| reached[*place].key).collect(),
            };
            levels(planner, keys, self.asked.day, &objects.sets)
        });
        let objects = objects.collect();
        planner.context.source = own;
        Found { cut: search.cut(), count, visited: reached.len() - 1, hits, paths, objects, search }
    }
}

/// The fields of an object, as its own enum of them.
pub(in crate::insight) fn fields<'a, T>(
    context: Context<'a>,
    merged: &Merged<'a>,
    type_name: &str,
    mut field: impl FnMut(&str, &Merged<'a>) -> T,
) -> Fields<T> {
    let fields = context.source.fields(&below(merged), &|name| name == type_name);
    fields
        .into_iter()
        .map(|(key, merged)| (key.to_owned(), field(merged[0].node.name.node.as_str(), &merged)))
        .collect()
}

/// One level for each kind among the keys.
pub(in crate::insight) fn levels<'a>(
    planner: &mut Planner<'a>,
    mut keys: Vec<Key>,
    day: chrono::NaiveDate,
    sets: &[&'a SelectionSet],
) -> HashMap<u8, Shown> {
    keys.sort_unstable();
    keys.dedup();
    let mut levels = HashMap::new();
    for of_kind in keys.chunk_by(|one, other| one.kind == other.kind) {
        let Some(declaration) = declaration(of_kind[0].kind) else { continue };
        let ids = of_kind.iter().map(|key| key.id).collect();
        let level = by_id(planner, declaration, Moment::Fixed(day), ids);
        let object = planner.rows(level, sets);
        levels.insert(of_kind[0].kind, Shown { level, id: planner.id_column(level), object });
    }
    levels
}

/// The objects of one kind that are shown.
pub struct Shown {
    /// Their level.
    pub level: usize,
    /// Its column of their keys.
    pub id: usize,
    /// What is shown of them.
    pub object: Object,
}

/// A trace that was made.
pub struct Found {
    /// The search.
    pub search: Search,
    /// The places of the hits that are shown.
    pub hits: Vec<usize>,
    /// The path of each.
    pub paths: Vec<Vec<super::search::Hop>>,
    /// For each selection of objects, their levels by kind.
    pub objects: Vec<HashMap<u8, Shown>>,
    /// How many hits the search reached.
    pub count: usize,
    /// How many objects were reached.
    pub visited: usize,
    /// What was left out of the search.
    pub cut: Cut,
}
