//! `trace`: what an object reaches, and by which path (`docs/decisions/0024`).
//!
//! `links` says what is followed, `ask` reads the question and searches with one statement for each step, `search` is the search
//! itself without a database, `plan` and `answer` show what was found.

pub mod answer;
mod ask;
pub mod links;
pub mod plan;
mod search;

use async_graphql::registry::Registry;

pub use ask::{Asked, DEPTH, FIRST, MOST_LINKS, MOST_NODES, kind_word, number_of};
pub use search::Key;

use crate::{
    execution::roots::{as_of, root_field},
    graph::{
        bridge::{RootField, input, register_object},
        declaration::{ObjectShape, Shape},
        inputs::enumeration,
        words::{shown, shown_or_null},
    },
};

const NODE: Shape = Shape::Leaf("Node");
const COUNT: Shape = Shape::Leaf("Int");

static STEP: ObjectShape = ObjectShape {
    name: "TraceStep",
    description: "Paso. A link on a path, and where it leads.",
    fields: &[
        shown("edge", &Shape::Leaf("TraceEdge"), "Vínculo. Which link it is."),
        shown(
            "direction",
            &Shape::Leaf("TraceDirection"),
            "Sentido. `OUT` from its beginning to its end, `IN` the other way.",
        ),
        shown("node", &NODE, "Nodo. Where it leads, as of the day asked for."),
        shown_or_null(
            "through",
            &Shape::Leaf("ID"),
            "A través de. The id of the row that says the link, such as a responsibility or an alignment; null where one \
             of the two objects says it itself.",
        ),
    ],
};

static HIT: ObjectShape = ObjectShape {
    name: "TraceHit",
    description: "Hallado. An object that was reached, with the shortest path to it.",
    fields: &[
        shown("node", &NODE, "Nodo. The object, as of the day asked for."),
        shown("depth", &COUNT, "Profundidad. How many steps away it is, from 1."),
        shown(
            "path",
            &Shape::List(&Shape::Object(&STEP)),
            "Camino. The steps from the start; the last one leads to the object; at most 6.",
        ),
    ],
};

static TRACE: ObjectShape = ObjectShape {
    name: "Trace",
    description: "Trazabilidad. What an object reaches by links that hold on a day.",
    fields: &[
        shown(
            "hits",
            &Shape::List(&Shape::Object(&HIT)),
            "Hallados. Each object once, never the start: the nearest first, then by their paths, step by step in the order of \
             `TraceEdge` and then by key; at most `first`.",
        ),
        shown_or_null(
            "count",
            &COUNT,
            "Cantidad. How many objects of the kinds asked for are reached, be they shown or not; null where the search \
             was cut (`NODES`, `LINKS`), for then nobody knows.",
        ),
        shown(
            "atLeast",
            &COUNT,
            "Al menos. How many of them this search reached: the whole `count`, unless it was cut.",
        ),
        shown(
            "visited",
            &COUNT,
            "Visitados. How many objects were looked at: those of kinds from which one asked for can be reached.",
        ),
        shown("truncated", &Shape::Leaf("Boolean"), "Truncada. Whether anything was left out; `cut` says what."),
        shown(
            "cut",
            &Shape::List(&Shape::Leaf("TraceCut")),
            "Omitido. What was left out; empty for a whole trace; at most 3.",
        ),
    ],
};

/// The root field `trace`.
pub fn root() -> RootField {
    let about = "Trazar. What an object reaches by links, in either direction, each with its path: \"which policies, units and \
                 documents do the processes under C reach?\". Only what the viewer reads is found, and nothing is reached through \
                 what he does not; links hold on the day asked for. NOT_FOUND when there is no such object that the viewer may read.";
    let mut field = root_field(
        "trace",
        about.to_owned(),
        "Trace",
        vec![
            input(
                "id",
                "ID!",
                "Inicio. The object from which it starts. From a row that says a link, such as an alignment, both its ends are one step away.",
            ),
            input("to", "[TraceKind!]", "Hasta. The kinds of objects asked for; all when not given."),
            input("depth", "Int", "Profundidad. How many steps at the most, 1 to 6; 4 when not given."),
            input(
                "direction",
                "TraceDirection",
                "Sentido. In which direction every link is followed; `BOTH` when not given.",
            ),
            input("via", "[TraceEdge!]", "Por. Which links are followed; all when not given."),
            input("first", "Int", "Primeros. How many hits, 1 to 1000; 100 when not given."),
            as_of(),
        ],
    );
    field.register = Box::new(register);
    field
}

fn register(registry: &mut Registry) {
    register_object(registry, &TRACE);
    let edges = links::EDGES.iter().map(|edge| (edge.name.to_owned(), edge.description.to_owned()));
    enumeration(
        registry,
        "TraceEdge",
        "Vínculo. A link that traces follow, read from its beginning to its end.",
        edges,
    );
    let kinds = links::kinds().iter().map(|kind| (kind_word(kind), kind.description.to_owned()));
    enumeration(
        registry,
        "TraceKind",
        "Clase de objeto. What a trace can come to: what stands at an end of some link.",
        kinds,
    );
    let directions = [
        ("OUT", "Hacia adelante. From the beginning of a link to its end."),
        ("IN", "Hacia atrás. From the end of a link to its beginning."),
        ("BOTH", "Ambos. Either way, link by link; no step of an answer is so."),
    ];
    let owned = |(word, about): (&str, &str)| (word.to_owned(), about.to_owned());
    enumeration(registry, "TraceDirection", "Sentido. In which direction a link is followed.", directions.map(owned));
    let cuts = [
        ("HITS", "Hallados. There are more than `first`."),
        ("NODES", "Nodos. More than 5000 objects were reached; the farthest are missing."),
        ("LINKS", "Vínculos. One step had more than 50000 links; the last in their order were not followed."),
    ];
    enumeration(registry, "TraceCut", "Omisión. What was left out of a trace.", cuts.map(owned));
}

#[cfg(test)]
mod tests;
