//! What the root fields share: the objects of every answer that are no entities.

use super::declaration::{ObjectShape, Shape, ShapeField};

const TEXT: Shape = Shape::Leaf("String");
const TRUTH: Shape = Shape::Leaf("Boolean");

/// A refusal as it stands in a payload.
pub static USER_ERROR: ObjectShape = ObjectShape {
    name: "UserError",
    description: "Rechazo. Why an act of the domain was refused; the act left nothing behind.",
    fields: &[
        ShapeField {
            name: "code",
            description: "Código. Stable; meant for programs. Explained under `documentation`.",
            shape: &Shape::Leaf("ErrorCode"),
            nullable: false,
        },
        ShapeField {
            name: "path",
            description: "Lugar. The argument that caused it, from the outside in; null when it is the act as a whole.",
            shape: &Shape::List(&TEXT),
            nullable: true,
        },
        ShapeField {
            name: "message",
            description: "Mensaje. Meant for people, in the language of `Accept-Language`.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "params",
            description: "Parámetros. The values that the message speaks of, by name.",
            shape: &Shape::Leaf("JSON"),
            nullable: true,
        },
        ShapeField {
            name: "documentation",
            description: "Documentación. Where the code is explained: a path on this server.",
            shape: &TEXT,
            nullable: true,
        },
    ],
};

/// `pageInfo` of a connection.
pub static PAGE_INFO: ObjectShape = ObjectShape {
    name: "PageInfo",
    description: "Información de la página. Whether there is more, and where to go on (Relay).",
    fields: &[
        ShapeField {
            name: "hasNextPage",
            description: "¿Hay más después? Whether rows follow this page.",
            shape: &TRUTH,
            nullable: false,
        },
        ShapeField {
            name: "hasPreviousPage",
            description: "¿Hay más antes? Whether rows come before this page.",
            shape: &TRUTH,
            nullable: false,
        },
        ShapeField {
            name: "startCursor",
            description: "Primer cursor. That of the first row; null on an empty page.",
            shape: &TEXT,
            nullable: true,
        },
        ShapeField {
            name: "endCursor",
            description: "Último cursor. That of the last row; null on an empty page.",
            shape: &TEXT,
            nullable: true,
        },
    ],
};
