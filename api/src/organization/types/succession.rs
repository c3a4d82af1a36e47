//! What became of units, and where their responsibilities went.

use entity::{
    Kind,
    organization::{ResponsibilityFate, SuccessionKind},
};

use super::*;
use crate::{
    access::rules::Subject,
    graph::{Declaration, declaration::drafted, words::*},
    value_chain::types::PROCESS,
};

/// Sucesión de dependencias.
pub static SUCCESSION: Declaration = Declaration {
    name: "Succession",
    singular: "succession",
    plural: "successions",
    kind: Some(Kind::Succession),
    table: "succession",
    description: "Sucesión de dependencias. What becomes of units when a version of the structure replaces another; after a \
                  renaming or a move the unit is its own successor.",
    visibility: drafted(Subject::Structure, PUBLISHED_WITH_VERSION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column(
            "kind",
            Enum(&SuccessionKind::VOCABULARY),
            "kind",
            "Clase. Created, renamed, moved, merged, split, suppressed.",
        )
        .filtered()
        .ordered()
        .grouped(),
        column(
            "responsibilities",
            Enum(&ResponsibilityFate::VOCABULARY),
            "responsibilities",
            "Destino de las responsabilidades. What becomes of them; always said of a suppressed unit.",
        )
        .nullable()
        .filtered()
        .grouped(),
        computed(
            "nameBefore",
            Text,
            "(SELECT string_agg(b.name, '; ' ORDER BY b.path) FROM unit_version b JOIN succession_predecessor sp ON sp.org_unit_id = b.org_unit_id \
             JOIN structure_version sv ON sv.base_version_id = b.structure_version_id \
             WHERE sp.succession_id = {t}.id AND sv.id = {t}.structure_version_id)",
            "Nombre anterior. What the unit was called in the version on which this one builds; of several all, in the order of its tree, \
             with `; ` between them; null for a created one.",
        )
        .nullable(),
        computed(
            "nameAfter",
            Text,
            "(SELECT string_agg(a.name, '; ' ORDER BY a.path) FROM unit_version a JOIN succession_successor ss ON ss.org_unit_id = a.org_unit_id \
             WHERE ss.succession_id = {t}.id AND a.structure_version_id = {t}.structure_version_id)",
            "Nombre nuevo. What the unit is called in this version; of several all, in the order of its tree, with `; ` between them; null \
             when nothing succeeds it.",
        )
        .nullable(),
        column("note", Text, "note", "Nota. A remark by those who formulate it.").nullable(),
        starts(),
        one(
            "structureVersion",
            &STRUCTURE_VERSION,
            &["structure_version_id"],
            "Versión. The version that brings it about.",
        ),
        one_where(
            "legalAct",
            &LEGAL_ACT,
            &["structure_version_id"],
            "{t}.id = (SELECT v.legal_act_id FROM structure_version v WHERE v.id = {k0})",
            "Acto administrativo. The act that adopts its version; null in a draft without one.",
        ),
        few(
            "predecessors",
            &ORG_UNIT,
            &["id"],
            "{t}.id IN (SELECT b.org_unit_id FROM succession_predecessor b WHERE b.succession_id = {k0})",
            "{t}.name_key, {t}.id",
            "Antecesoras. The units before, by name; none for a created unit, mostly fewer than 10.",
        ),
        few(
            "successors",
            &ORG_UNIT,
            &["id"],
            "{t}.id IN (SELECT s.org_unit_id FROM succession_successor s WHERE s.succession_id = {k0})",
            "{t}.name_key, {t}.id",
            "Sucesoras. The units after, by name; mostly fewer than 10.",
        ),
        few(
            "transfers",
            &RESPONSIBILITY_TRANSFER,
            &["id"],
            "{t}.succession_id = {k0}",
            "{t}.id",
            "Traslados de responsabilidades. Which responsibilities go where; mostly fewer than 50.",
        ),
    ],
    lookups: &[],
    default_order: &["validFrom", "kind"],
};

/// Traslado de responsabilidades.
pub static RESPONSIBILITY_TRANSFER: Declaration = Declaration {
    name: "ResponsibilityTransfer",
    singular: "",
    plural: "",
    kind: Some(Kind::ResponsibilityTransfer),
    table: "responsibility_transfer",
    description: "Traslado de responsabilidades. Where responsibilities of a unit that ends go, or that they end with it.",
    visibility: drafted(
        Subject::Structure,
        "EXISTS (SELECT 1 FROM succession ps JOIN structure_version pv ON pv.id = ps.structure_version_id \
         WHERE ps.id = {t}.succession_id AND (ps.valid_from IS NOT NULL OR pv.stage = 3))",
    ),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("succession", &SUCCESSION, &["succession_id"], "Sucesión. The change to which it belongs."),
        one("fromUnit", &ORG_UNIT, &["from_unit_id"], "Dependencia que entrega. The unit that answered until then."),
        one(
            "toUnit",
            &ORG_UNIT,
            &["to_unit_id"],
            "Dependencia que recibe. The unit that answers since; null: they end.",
        )
        .nullable(),
        one(
            "process",
            &PROCESS,
            &["process_id"],
            "Proceso. The one process that it is about; null: all that no other transfer of the unit names.",
        )
        .nullable(),
        column("description", Text, "description", "Descripción. Which responsibilities; null: all of them.")
            .nullable(),
    ],
    lookups: &[],
    default_order: &[],
};
