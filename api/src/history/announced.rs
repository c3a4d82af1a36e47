//! `changes`: what happens, told as it happens to who may see it.

use crate::{
    execution::roots::root_field,
    graph::{
        bridge::{RootField, input, register_object},
        declaration::{ObjectShape, Shape, ShapeField},
    },
};

const TEXT: Shape = Shape::Leaf("String");

/// An event as it is told.
pub static CHANGE: ObjectShape = ObjectShape {
    name: "Change",
    description: "Novedad. An act changed an object that the viewer may see; what it is now tells `node`.",
    fields: &[
        ShapeField {
            name: "kind",
            description: "Clase de objeto. What kind of object changed.",
            shape: &Shape::Leaf("ObjectKind"),
            nullable: false,
        },
        ShapeField {
            name: "id",
            description: "Objeto. The id of what changed; `node` finds it while it exists.",
            shape: &Shape::Leaf("ID"),
            nullable: false,
        },
        ShapeField {
            name: "version",
            description: "Versión del registro. As it stands when this is told, so that who has it already need not read; null for what is \
                          gone, and for kinds without versions.",
            shape: &Shape::Leaf("Int"),
            nullable: true,
        },
        ShapeField {
            name: "position",
            description: "Posición. The place in the order of all changes: give it as `after` to go on from here.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "organization",
            description: "Organización. The id of that to which the object belongs.",
            shape: &Shape::Leaf("ID"),
            nullable: true,
        },
        ShapeField {
            name: "act",
            description: "Acto. The mutation by its name; `load` for data loaded in bulk.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "recordedAt",
            description: "Registrado el. When it was recorded.",
            shape: &Shape::Leaf("DateTime"),
            nullable: false,
        },
    ],
};

/// The root field of subscriptions.
pub fn changes() -> RootField {
    let about = "Novedades. Every change that the viewer may see, as it is committed: judged when it is told, row by row, with the grants that \
                 hold then. Nothing is skipped and nothing comes twice, also across connections, by `after`. Who falls too far behind, or \
                 begins at a position that is no longer kept, gets the error RESYNC, with the position to go on from after reading anew.";
    let kinds = input("kinds", "[ObjectKind!]", "Clases. Only changes of these kinds of objects; all when not given.");
    let after =
        input("after", "String", "Después de. A `position`: everything after it is told; from now on when not given.");
    let mut field = root_field("changes", about.to_owned(), "Change!", vec![kinds, after]);
    field.register = Box::new(|registry| register_object(registry, &CHANGE));
    field
}
