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

/// The field `can` of every node.
pub struct Can {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// What its argument is.
    pub action: &'static str,
}

/// The field `can` of every node.
pub static CAN: Can = Can {
    name: "can",
    description: "¿Puede? Whether the viewer may do an act on this object, as far as roles, scopes and the life cycle say; \
                  the act itself judges by the same table, and besides by what is given with it and by facts that only it looks at.",
    action: "Acción. The act asked about; one that is done on another kind of object is not allowed here. What is made in a unit \
             is asked of the unit, or of the organization: whether in any unit.",
};

/// An answer to `can`.
pub static PERMISSION: ObjectShape = ObjectShape {
    name: "Permission",
    description: "Permiso. Whether an act may be done, and if not, why.",
    fields: &[
        ShapeField {
            name: "allowed",
            description: "Permitido. Whether nothing stands against it.",
            shape: &TRUTH,
            nullable: false,
        },
        ShapeField {
            name: "code",
            description: "Código. With what the act would be refused; null when it is allowed.",
            shape: &Shape::Leaf("ErrorCode"),
            nullable: true,
        },
        ShapeField {
            name: "message",
            description: "Mensaje. Why not, and what would help, in the language of `Accept-Language`; null when it is allowed.",
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

const COUNT: Shape = Shape::Leaf("Int");

static KEY: ObjectShape = ObjectShape {
    name: "GroupKey",
    description: "Clave de un grupo. One of the values that the rows of a group share.",
    fields: &[
        ShapeField {
            name: "field",
            description: "Campo. The word of `by` that it belongs to.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "value",
            description: "Valor. As a text; null where the rows have no value.",
            shape: &TEXT,
            nullable: true,
        },
        ShapeField {
            name: "label",
            description: "Rótulo. What to show for it, in the language of the request.",
            shape: &TEXT,
            nullable: true,
        },
    ],
};
static GROUP: ObjectShape = ObjectShape {
    name: "Group",
    description: "Grupo. Rows that share the values asked for, counted.",
    fields: &[
        ShapeField {
            name: "key",
            description: "Claves. One for each word of `by`, in its order; at most 3.",
            shape: &Shape::List(&Shape::Object(&KEY)),
            nullable: false,
        },
        ShapeField { name: "count", description: "Cantidad. How many rows.", shape: &COUNT, nullable: false },
    ],
};
/// The answer of a `…Groups` field.
pub static GROUPS: ObjectShape = ObjectShape {
    name: "Groups",
    description: "Grupos. Counts by group, the largest first.",
    fields: &[ShapeField {
        name: "nodes",
        description: "Los grupos. At most `first`, by count, then by key.",
        shape: &Shape::List(&Shape::Object(&GROUP)),
        nullable: false,
    }],
};
