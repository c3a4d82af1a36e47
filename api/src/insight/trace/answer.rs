//! A trace, written.

use std::collections::HashMap;

use entity::OpaqueId;
use uuid::Uuid;

use super::{
    ask::number_of,
    links::steps,
    plan::{Found, HitField, Plan, Shown, StepField, TraceField},
    search::{Hop, Key},
};
use crate::{graph::error::ErrorCode, reader::write::Writer};

/// Writes what was found as its plan shows it.
pub fn write<'a>(writer: &mut Writer<'a>, plan: &'a Plan<'a>, found: &'a Found) {
    let rows = rows(writer, &found.objects);
    let told = Told { found, rows };
    writer.object(&plan.fields, |writer, field| match field {
        TraceField::TypeName => writer.string("Trace"),
        TraceField::Hits(fields) => writer.list(0..found.hits.len(), |writer, hit| {
            writer.object(fields, |writer, field| told.hit(writer, hit, field));
        }),
        TraceField::Count if found.cut.nodes || found.cut.links => writer.raw("null"),
        TraceField::Count | TraceField::AtLeast => writer.raw(&found.count.to_string()),
        TraceField::Visited => writer.raw(&found.visited.to_string()),
        TraceField::Truncated => writer.raw(if cut(found).is_empty() { "false" } else { "true" }),
        TraceField::Cut => {
            let words: Vec<_> = cut(found).into_iter().map(|word| format!("\"{word}\"")).collect();
            writer.raw(&format!("[{}]", words.join(",")));
        }
    });
}

/// What was left out.
fn cut(found: &Found) -> Vec<&'static str> {
    let all = [("HITS", found.count > found.hits.len()), ("NODES", found.cut.nodes), ("LINKS", found.cut.links)];
    all.into_iter().filter_map(|(word, is_cut)| is_cut.then_some(word)).collect()
}

/// For each selection of objects, in which row of its level each stands.
pub(in crate::insight) fn rows(writer: &Writer<'_>, objects: &[HashMap<u8, Shown>]) -> Vec<HashMap<Key, usize>> {
    let of_selection = |levels: &HashMap<u8, Shown>| {
        let all = levels.iter().flat_map(|(kind, shown)| {
            let rows = writer.rows(shown.level);
            let key = |row| Some((Key { kind: *kind, id: rows.uuid(row, shown.id)? }, row));
            (0..rows.len()).filter_map(key).collect::<Vec<_>>()
        });
        all.collect()
    };
    objects.iter().map(of_selection).collect()
}

struct Told<'a> {
    found: &'a Found,
    rows: Vec<HashMap<Key, usize>>,
}

impl<'a> Told<'a> {
    fn hit(&self, writer: &mut Writer<'a>, hit: usize, field: &'a HitField) {
        let path = &self.found.paths[hit];
        match field {
            HitField::TypeName => writer.string("TraceHit"),
            HitField::Node(selection) => {
                self.object(writer, *selection, self.found.search.reached()[self.found.hits[hit]].key);
            }
            HitField::Depth => writer.raw(&path.len().to_string()),
            HitField::Path(fields) => writer.list(0..path.len(), |writer, number| {
                writer.object(fields, |writer, field| self.step(writer, &path[number], field));
            }),
        }
    }

    fn step(&self, writer: &mut Writer<'a>, hop: &Hop, field: &'a StepField) {
        let step = &steps()[hop.step];
        match field {
            StepField::TypeName => writer.string("TraceStep"),
            StepField::Edge => writer.string(step.edge.name),
            StepField::Direction => writer.string(step.direction.name()),
            StepField::Node(selection) => self.object(writer, *selection, hop.to),
            StepField::Through => match hop.through {
                Some(uuid) => writer.string(&opaque(number_of(step.way.link.hub), uuid)),
                None => writer.raw("null"),
            },
        }
    }

    fn object(&self, writer: &mut Writer<'a>, selection: usize, key: Key) {
        show(writer, &self.found.objects[selection], &self.rows[selection], key);
    }
}

/// Writes an object that is shown.
pub(in crate::insight) fn show<'a>(
    writer: &mut Writer<'a>,
    objects: &'a HashMap<u8, Shown>,
    rows: &HashMap<Key, usize>,
    key: Key,
) {
    match (objects.get(&key.kind), rows.get(&key)) {
        (Some(shown), Some(row)) => writer.row(shown.level, *row, &shown.object),
        // It was seen in the same state of the database.
        _ => writer.fail(ErrorCode::Internal.into()),
    }
}

fn opaque(number: u8, uuid: Uuid) -> String {
    OpaqueId { number, uuid }.to_string()
}
