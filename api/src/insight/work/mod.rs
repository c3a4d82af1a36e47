//! `myWork`: what waits for the viewer's act, across all areas, the most urgent first (`docs/decisions/0028`).
//!
//! `waiting` says what can wait, `find` finds what does and asks `can` whether the viewer may act, `plan` shows it.

mod find;
mod plan;
mod waiting;

use async_graphql::registry::Registry;

pub use find::Asked;
pub use plan::{Found, Plan, write};

use super::trace::kind_word;
use crate::{
    execution::roots::root_field,
    graph::{
        bridge::{RootField, input, register_object},
        declaration::{ObjectShape, Shape},
        inputs::enumeration,
        words::{shown, shown_or_null},
    },
};

const COUNT: Shape = Shape::Leaf("Int");
const KIND: Shape = Shape::Leaf("WorkKind");

static ITEM: ObjectShape = ObjectShape {
    name: "WorkItem",
    description: "Pendiente. An object on which an act waits that the viewer may do now.",
    fields: &[
        shown("node", &Shape::Leaf("Node"), "Objeto. What waits."),
        shown("kind", &KIND, "Clase. What sort of object it is."),
        shown(
            "acts",
            &Shape::List(&Shape::Leaf("String")),
            "Acciones. The mutations that carry it on and that the viewer may do on it, as `can` says; at least one, at most 9.",
        ),
        shown_or_null(
            "dueOn",
            &Shape::Leaf("Date"),
            "Plazo. Last day on which that should be done: of an action that has not begun its first, then its last, or sooner \
             that of the open reporting window; of a finding the last to answer; of an audit its planned days; of a plan the \
             first day of its actions, then their last; of a report the last of its window; of a reformulation the last day as \
             it stands. Null where none is set.",
        ),
        shown("daysOverdue", &COUNT, "Días de vencido. How many days ago that was; 0 where it was not."),
        shown("organization", &Shape::Leaf("Organization"), "Organización. Whose it is."),
    ],
};

static KIND_COUNT: ObjectShape = ObjectShape {
    name: "WorkCount",
    description: "Pendientes por clase. How many objects of a kind wait.",
    fields: &[
        shown("kind", &KIND, "Clase. Which."),
        shown("count", &COUNT, "Cantidad. How many wait, be they shown or not."),
        shown("overdue", &COUNT, "Vencidos. How many of them should be done already."),
    ],
};

static WORK: ObjectShape = ObjectShape {
    name: "Work",
    description: "Mis pendientes. What waits for the viewer's act today.",
    fields: &[
        shown(
            "items",
            &Shape::List(&Shape::Object(&ITEM)),
            "Pendientes. The most urgent first: by last day, what has none at the end; at most `first`.",
        ),
        shown(
            "kinds",
            &Shape::List(&Shape::Object(&KIND_COUNT)),
            "Por clase. All that wait, counted by kind; kinds of which nothing waits are left out; at most 12.",
        ),
        shown_or_null(
            "count",
            &COUNT,
            "Cantidad. How many wait, be they shown or not; null where it is truncated, for then nobody knows.",
        ),
        shown(
            "truncated",
            &Shape::Leaf("Boolean"),
            "Truncada. Whether of some kind more than 300 objects are in a state in which something may wait: the least urgent \
             of them were not looked at.",
        ),
    ],
};

/// The root field `myWork`.
pub fn root() -> RootField {
    let about = "Mis pendientes. What waits for the viewer's act today, across all life cycles, most urgent first: versions of the \
                 structure, of processes and documents, audit programs, audits, findings, plans, actions, reports that are owed, to be \
                 signed or rated, reformulations, reviews, acknowledgements. Only what the viewer sees and may do now, as `can` of each \
                 object says. An act whose guards are not met yet (a plan with weights that do not add up) waits for nobody here, nor \
                 do acts that give up or take back, nor what an object still has to be made for (a finding without a plan).";
    let mut field = root_field(
        "myWork",
        about.to_owned(),
        "Work",
        vec![
            input("organization", "ID", "Organización. Only hers; all in which the viewer has a role when not given."),
            input("kinds", "[WorkKind!]", "Clases. Only these; all when not given."),
            input("first", "Int", "Primeros. How many items, 1 to 100; 25 when not given."),
        ],
    );
    field.register = Box::new(register);
    field
}

fn register(registry: &mut Registry) {
    register_object(registry, &WORK);
    let kinds = waiting::WAITING.iter().map(|waiting| (kind_word(waiting.on), waiting.on.description.to_owned()));
    enumeration(registry, "WorkKind", "Clase de pendiente. What can wait for somebody's act.", kinds);
}
