//! Frameworks, their editions, what each edition asks for, and how editions correspond (domain 4).

use entity::{
    Kind,
    framework::{CrosswalkRelation, RequirementKind},
};

use super::name_en;
use crate::{
    graph::{
        Declaration,
        declaration::{Lookup, NATIONAL},
        words::*,
    },
    insight::{coverage::REQUIREMENT_COVERAGE, types::ALIGNMENT_LINE},
};

/// Marco de referencia.
pub static FRAMEWORK: Declaration = Declaration {
    name: "Framework",
    singular: "framework",
    plural: "frameworks",
    kind: Some(Kind::Framework),
    table: "framework",
    description: "Marco de referencia. What management is held against, such as MIPG, MECI or ISO 9001, over all its \
                  editions.",
    visibility: NATIONAL,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column("slug", Text, "slug", "Clave. The same in every edition: `MIPG`, `MECI`, `ISO_9001`.")
            .filtered()
            .ordered(),
        name("Nombre. In Spanish."),
        name_en(),
        source(),
        official(),
        many(
            "editions",
            &FRAMEWORK_EDITION,
            &["id"],
            "{t}.framework_id = {k0}",
            "Ediciones. All of them, whatever the date; two never share a day.",
        ),
        one_where(
            "current",
            &FRAMEWORK_EDITION,
            &["id"],
            concat!("{t}.framework_id = {k0} AND ", in_force!("{t}")),
            "Edición vigente. The one in force on the day asked for; null when none is.",
        ),
    ],
    lookups: &[Lookup {
        name: "slug",
        description: "Clave. Such as `MIPG`.",
        condition: "{t}.slug = {k0}",
        through: None,
    }],
    default_order: &["slug"],
};

/// Edición de un marco.
pub static FRAMEWORK_EDITION: Declaration = Declaration {
    name: "FrameworkEdition",
    singular: "frameworkEdition",
    plural: "frameworkEditions",
    kind: Some(Kind::FrameworkEdition),
    table: "framework_edition",
    description: "Edición de un marco. A framework as it stands from a day until a day. Records point to an edition, and a \
                  newer one leaves it as it was.",
    visibility: NATIONAL,
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        column("code", Text, "code", "Código. Unique in its framework, such as `2021`.").filtered().ordered(),
        column("label", Text, "label", "Etiqueta. What people call it; says so where a date is known by year only."),
        valid_from(),
        valid_to(),
        source(),
        official(),
        one("framework", &FRAMEWORK, &["framework_id"], "Marco de referencia. The one of which it is an edition."),
        many(
            "requirements",
            &REQUIREMENT,
            &["id"],
            "{t}.framework_edition_id = {k0}",
            "Requisitos. All of this edition, whatever the date.",
        ),
    ],
    lookups: &[],
    default_order: &["validFrom"],
};

/// Requisito.
pub static REQUIREMENT: Declaration = Declaration {
    name: "Requirement",
    singular: "requirement",
    plural: "requirements",
    kind: Some(Kind::Requirement),
    table: "requirement",
    description: "Requisito. What one edition of a framework asks for: a dimension, policy, guideline, component, principle \
                  or clause.",
    visibility: NATIONAL,
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        column(
            "slug",
            Text,
            "slug",
            "Clave. Unique in its edition and the same in others, such as `GOBIERNO_DIGITAL`: numbers and codes move.",
        )
        .filtered()
        .ordered(),
        column("kind", Enum(&RequirementKind::VOCABULARY), "kind", "Clase. What sort of requirement it is.")
            .filtered()
            .ordered()
            .grouped(),
        column("number", Text, "number", "Numeral. The number that this edition gives it; null where none is known.")
            .nullable()
            .filtered(),
        name("Nombre. What this edition calls it."),
        name_en().nullable(),
        column(
            "leadingEntity",
            Text,
            "leading_entity",
            "Entidad líder. Who leads it in the State; null where nobody does or it is not known.",
        )
        .nullable()
        .filtered()
        .ordered()
        .grouped(),
        column(
            "furagCode",
            Text,
            "furag_code",
            "Código FURAG. Of its index in the results of this edition, such as `POL07`; null where it is not known.",
        )
        .nullable()
        .filtered()
        .ordered(),
        column("position", Int, "position", "Posición. Its place in the tree of the edition, from 0.").ordered(),
        valid_from(),
        valid_to(),
        source(),
        official().described("Oficial. Whether every shown value was verified; of its dates its edition says it."),
        one("edition", &FRAMEWORK_EDITION, &["framework_edition_id"], "Edición. The one of which it is a part."),
        one(
            "parent",
            &REQUIREMENT,
            &["parent_id"],
            "Requisito superior. The one above it in the same edition, as a policy's dimension; null at the top.",
        )
        .nullable(),
        few(
            "children",
            &REQUIREMENT,
            &["id"],
            "{t}.parent_id = {k0}",
            "{t}.position",
            "Requisitos inmediatos. Those right under it, in their order; mostly fewer than 30.",
        ),
        many(
            "alignmentLines",
            &ALIGNMENT_LINE,
            &["id"],
            "{t}.id = {k0}",
            "Renglones de la cobertura. What organizations do for it on the day asked for; none when it is not in force.",
        )
        .nullable(),
        figure(
            "coverage",
            REQUIREMENT_COVERAGE,
            "Cobertura. What all secretariats do for it on the day asked for; refused to who does not read all of them.",
        ),
        many(
            "crosswalksFrom",
            &CROSSWALK,
            &["id"],
            "{t}.from_requirement_id = {k0}",
            "Correspondencias hacia otros. Those that compare it with another.",
        ),
        many(
            "crosswalksTo",
            &CROSSWALK,
            &["id"],
            "{t}.to_requirement_id = {k0}",
            "Correspondencias desde otros. Those that compare another with it.",
        ),
    ],
    lookups: &[],
    default_order: &["position"],
};

/// Correspondencia.
pub static CROSSWALK: Declaration = Declaration {
    name: "Crosswalk",
    singular: "",
    plural: "crosswalks",
    kind: Some(Kind::Crosswalk),
    table: "crosswalk",
    description: "Correspondencia. How a requirement stands to one of another edition or of another framework.",
    visibility: NATIONAL,
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        column(
            "relation",
            Enum(&CrosswalkRelation::VOCABULARY),
            "relation",
            "Relación. How the first stands to the second.",
        )
        .filtered()
        .ordered()
        .grouped(),
        column(
            "strength",
            Int,
            "strength",
            "Fuerza. How much of it corresponds, in percent from 0 to 100; null where nobody judged it.",
        )
        .nullable()
        .filtered()
        .ordered(),
        source(),
        official(),
        one(
            "from",
            &REQUIREMENT,
            &["from_requirement_id"],
            "Requisito comparado. Of the earlier edition, where there is one.",
        ),
        one("to", &REQUIREMENT, &["to_requirement_id"], "Requisito con el que se compara. Of the later edition."),
    ],
    lookups: &[],
    default_order: &["relation"],
};
