//! Reference maps and their processes (domain 3).

use entity::{
    Kind,
    value_chain::{ProcessKind, ProcessLevel},
};

use crate::{
    graph::{
        Declaration,
        declaration::{Lookup, NATIONAL},
        words::*,
    },
    insight::types::REFERENCE_LINE,
};

/// Mapa de referencia.
pub static REFERENCE_MAP: Declaration = Declaration {
    name: "ReferenceMap",
    singular: "referenceMap",
    plural: "referenceMaps",
    kind: Some(Kind::ReferenceMap),
    table: "reference_map",
    description: "Mapa de referencia. A national model of the processes of a Secretaría de Educación, in one edition: to \
                  compare with, never enforced.",
    visibility: NATIONAL,
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        column("code", Text, "code", "Código. The map with its edition, such as `MEN_2011`.").filtered().ordered(),
        name("Nombre. In Spanish."),
        column("edition", Text, "edition", "Edición. As people call it, such as `2011`.").filtered().ordered(),
        valid_from(),
        valid_to(),
        source(),
        official(),
        many(
            "processes",
            &REFERENCE_PROCESS,
            &["id"],
            "{t}.reference_map_id = {k0}",
            "Procesos de referencia. Those of the map, at every level.",
        ),
        few(
            "tree",
            &REFERENCE_PROCESS,
            &["id"],
            "{t}.reference_map_id = {k0}",
            "{t}.position",
            "Árbol. All of the map in the order of the tree, each before those under it; mostly fewer than 300.",
        )
        .unfiltered(),
    ],
    lookups: &[Lookup {
        name: "code",
        description: "Código. The map with its edition, such as `MEN_2011`.",
        condition: "{t}.code = {k0}",
        through: None,
    }],
    default_order: &["code"],
};

/// Proceso de referencia.
pub static REFERENCE_PROCESS: Declaration = Declaration {
    name: "ReferenceProcess",
    singular: "referenceProcess",
    plural: "referenceProcesses",
    kind: Some(Kind::ReferenceProcess),
    table: "reference_process",
    description: "Proceso de referencia. A macroprocess, process, subprocess or procedure of a reference map.",
    visibility: NATIONAL,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column("code", Text, "code", "Código. Unique in its map, such as `A`, `E01` or `N02.04`.").filtered().ordered(),
        name("Nombre. In Spanish."),
        column("level", Enum(&ProcessLevel::VOCABULARY), "level", "Nivel. Macroprocess, process, subprocess or procedure.")
            .filtered()
            .ordered()
            .grouped(),
        column(
            "kind",
            Enum(&ProcessKind::VOCABULARY),
            "kind",
            "Tipo. Strategic, core, support or evaluation; null below the macroprocess, which says it for all under it.",
        )
        .nullable()
        .filtered()
        .ordered()
        .grouped(),
        column("position", Int, "position", "Posición. Its place in the tree of the map, from 0.").ordered(),
        source(),
        official(),
        one("map", &REFERENCE_MAP, &["reference_map_id"], "Mapa de referencia. The edition of which it is a part."),
        one(
            "parent",
            &REFERENCE_PROCESS,
            &["parent_id"],
            "Proceso superior. The one above it in the map; null for a macroprocess.",
        )
        .nullable(),
        few(
            "children",
            &REFERENCE_PROCESS,
            &["id"],
            "{t}.parent_id = {k0}",
            "{t}.position",
            "Procesos inmediatos. Those right under it, in their order; mostly fewer than 20.",
        ),
        many(
            "referenceLines",
            &REFERENCE_LINE,
            &["id"],
            "{t}.reference_process_id = {k0}",
            "Renglones de la comparación. What organizations do with it on the day asked for: two of them beside each other with \
             `where`; none when its map is not in force.",
        )
        .nullable(),
    ],
    lookups: &[],
    default_order: &["code"],
};
