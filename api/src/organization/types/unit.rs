//! Units: their lasting identity, how each version describes them, and the work groups inside them.

use entity::{Kind, organization::OrgUnitKind};

use super::*;
use crate::{
    access::{rules::Subject, types::ACCESS_GRANT},
    audit::types::FINDING,
    graph::{
        Declaration,
        declaration::{drafted, owned},
        words::*,
    },
    improvement::types::IMPROVEMENT_ACTION,
    insight::types::BROKEN_LINK,
    value_chain::types::{ALIGNMENT, CAPABILITY, PROCESS, PROCESS_RESPONSIBILITY},
};

/// The column of the unit version in force at the moment, else the last known one of the unit itself.
macro_rules! present_or_last {
    ($column:literal) => {
        concat!(
            "COALESCE((SELECT v.",
            $column,
            " FROM unit_version v WHERE v.org_unit_id = {t}.id AND ",
            in_force!("v"),
            " ORDER BY v.valid_from DESC LIMIT 1), {t}.",
            $column,
            ")"
        )
    };
}

/// Units on the far side of the successions in which `{k0}` stands on the near side, once those took effect.
macro_rules! related_by_succession {
    ($near:literal, $far:literal) => {
        concat!(
            "{t}.id <> {k0} AND {t}.id IN (SELECT f.org_unit_id FROM ",
            $near,
            " n JOIN succession s ON s.id = n.succession_id JOIN ",
            $far,
            " f ON f.succession_id = n.succession_id WHERE n.org_unit_id = {k0} AND s.valid_from <= {m})"
        )
    };
}

/// Dependencia.
pub static ORG_UNIT: Declaration = Declaration {
    name: "OrgUnit",
    singular: "orgUnit",
    plural: "orgUnits",
    kind: Some(Kind::OrgUnit),
    table: "org_unit",
    description: "Dependencia. A unit of an organization, the same through all versions of the structure, whatever it is \
                  called and wherever it hangs.",
    visibility: drafted(
        Subject::Structure,
        "EXISTS (SELECT 1 FROM unit_version pu WHERE pu.org_unit_id = {t}.id AND (pu.valid_from IS NOT NULL \
         OR EXISTS (SELECT 1 FROM structure_version pv WHERE pv.id = pu.structure_version_id AND pv.stage = 3)))",
    )
    .of_unit("{t}.id"),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        computed(
            "name",
            Text,
            present_or_last!("name"),
            "Denominación. What it is called on the day asked for; once it is no longer in force, its last name.",
        )
        .folded(present_or_last!("name_key")),
        computed(
            "inForce",
            Boolean,
            concat!("EXISTS (SELECT 1 FROM unit_version v WHERE v.org_unit_id = {t}.id AND ", in_force!("v"), ")"),
            "Vigente. Whether the structure in force on the day asked for has it.",
        )
        .filtered()
        .grouped(),
        one_where(
            "current",
            &UNIT_VERSION,
            &["id"],
            "{t}.org_unit_id = {k0}",
            "Descripción vigente. How the structure in force on the day asked for describes it; null when it has it not.",
        )
        .dated(),
        many(
            "versions",
            &UNIT_VERSION,
            &["id"],
            "{t}.org_unit_id = {k0}",
            "Versiones. How each version of the structure describes it, over all time.",
        ),
        many(
            "ancestors",
            &ORG_UNIT,
            &["id"],
            concat!(
                "{t}.id IN (SELECT a.org_unit_id FROM unit_version v JOIN unit_version a ON a.structure_version_id = v.structure_version_id \
                 AND v.path >= a.path AND v.path < a.path || '/' WHERE v.org_unit_id = {k0} AND ",
                in_force!("v"),
                ")"
            ),
            "Línea superior. It and every unit above it in the structure in force on the day asked for: what is under a unit has \
             that among these.",
        ),
        few(
            "predecessors",
            &ORG_UNIT,
            &["id"],
            related_by_succession!("succession_successor", "succession_predecessor"),
            "{t}.name_key, {t}.id",
            "Antecesoras. Other units from which it came, by what took effect until the day asked for; mostly fewer than 10.",
        ),
        few(
            "successors",
            &ORG_UNIT,
            &["id"],
            related_by_succession!("succession_predecessor", "succession_successor"),
            "{t}.name_key, {t}.id",
            "Sucesoras. Other units that came from it, by what took effect until the day asked for; mostly fewer than 10.",
        ),
        many(
            "successions",
            &SUCCESSION,
            &["id"],
            "{t}.id IN (SELECT b.succession_id FROM succession_predecessor b WHERE b.org_unit_id = {k0} \
             UNION SELECT s.succession_id FROM succession_successor s WHERE s.org_unit_id = {k0})",
            "Sucesiones. Those in which it takes part, before or after, over all time.",
        ),
        many(
            "responsibilitiesGiven",
            &RESPONSIBILITY_TRANSFER,
            &["id"],
            "{t}.from_unit_id = {k0}",
            "Responsabilidades entregadas. What it handed over or gave up, over all time.",
        ),
        many(
            "responsibilitiesReceived",
            &RESPONSIBILITY_TRANSFER,
            &["id"],
            "{t}.to_unit_id = {k0}",
            "Responsabilidades recibidas. What it took over from other units, over all time.",
        ),
        many("posts", &POST, &["id"], "{t}.org_unit_id = {k0}", "Cargos. The posts that stand in it on the day asked for.")
            .dated(),
        many(
            "workGroups",
            &WORK_GROUP,
            &["id"],
            "{t}.org_unit_id = {k0}",
            "Grupos internos de trabajo. Those made inside it that exist on the day asked for.",
        )
        .dated(),
        many(
            "processResponsibilities",
            &PROCESS_RESPONSIBILITY,
            &["id"],
            "{t}.org_unit_id = {k0}",
            "Responsabilidades. What it has to do with processes on the day asked for.",
        )
        .dated()
        .nullable(),
        many(
            "findings",
            &FINDING,
            &["id"],
            "{t}.id IN (SELECT x.finding_id FROM finding_unit x WHERE x.org_unit_id = {k0})",
            "Hallazgos. What was brought up there, at any time.",
        )
        .nullable(),
        many(
            "improvementActions",
            &IMPROVEMENT_ACTION,
            &["id"],
            "{t}.org_unit_id = {k0}",
            "Acciones de mejora. Those that it leads.",
        )
        .nullable(),
        many(
            "brokenLinks",
            &BROKEN_LINK,
            &["id"],
            "{t}.org_unit_id = {k0}",
            "Enlaces rotos. Where links around it are missing on the day asked for.",
        )
        .nullable(),
        many(
            "ledProcesses",
            &PROCESS,
            &["id"],
            concat!(
                "{t}.id IN (SELECT r.process_id FROM process_responsibility r WHERE r.org_unit_id = {k0} AND r.role = 1 AND ",
                in_force!("r"),
                ")"
            ),
            "Procesos que lidera. Those for which it answers on the day asked for.",
        )
        .nullable(),
        many(
            "capabilities",
            &CAPABILITY,
            &["id"],
            "{t}.id IN (SELECT cu.capability_id FROM capability_unit cu WHERE cu.org_unit_id = {k0})",
            "Capacidades. Those of the day asked for that need it.",
        )
        .dated()
        .nullable(),
        many(
            "alignments",
            &ALIGNMENT,
            &["id"],
            "{t}.org_unit_id = {k0}",
            "Alineaciones. What it does for requirements on the day asked for.",
        )
        .dated()
        .nullable(),
        many(
            "accessGrants",
            &ACCESS_GRANT,
            &["id"],
            "{t}.scope_unit_id = {k0}",
            "Asignaciones de roles. Those limited to this unit and what hangs under it, over all time.",
        )
        .nullable(),
    ],
    lookups: &[],
    default_order: &["name"],
};

/// Dependencia en una versión.
pub static UNIT_VERSION: Declaration = Declaration {
    name: "UnitVersion",
    singular: "unitVersion",
    plural: "unitVersions",
    kind: Some(Kind::UnitVersion),
    table: "unit_version",
    description: "Dependencia en una versión. What a unit is called, does and hangs under in one version of the structure.",
    visibility: drafted(Subject::Structure, PUBLISHED_WITH_VERSION).of_unit("{t}.org_unit_id"),
    dated: true,
    moment: Within::Interval,
    members: &[
        id(),
        row_version(),
        owner(),
        column("code", Text, "code", "Código. Unique within its version.").filtered().ordered(),
        name("Denominación. What this version calls it, with its accents."),
        column("kind", Enum(&OrgUnitKind::VOCABULARY), "kind", "Tipo de dependencia. What sort of unit it is.")
            .filtered()
            .ordered()
            .grouped(),
        column("functions", TextList, "functions", "Funciones. In the order of the act; mostly fewer than 40."),
        column("position", Int, "position", "Posición. Its place among its siblings, from 0.").filtered().ordered(),
        column("depth", Int, "depth", "Profundidad. How many units stand above it, 0 at the top.")
            .filtered()
            .ordered()
            .grouped(),
        starts(),
        valid_to(),
        one(
            "structureVersion",
            &STRUCTURE_VERSION,
            &["structure_version_id"],
            "Versión. The version of which it is a part; null when that is a draft of which the viewer reads only some units.",
        )
        .nullable(),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia. The lasting unit that it describes."),
        one(
            "parent",
            &UNIT_VERSION,
            &["parent_id"],
            "Dependencia superior. The one above it in the version; null at the top.",
        )
        .nullable(),
        few(
            "children",
            &UNIT_VERSION,
            &["id"],
            "{t}.parent_id = {k0}",
            "{t}.position, {t}.code",
            "Dependencias inmediatas. Those right under it, in their order; mostly fewer than 30.",
        ),
        few(
            "subtree",
            &UNIT_VERSION,
            &["id", "structure_version_id"],
            // The range stands for "begins with": '.' parts the steps of a path and sorts right before '/'.
            "{t}.structure_version_id = {k1} AND {t}.path >= (SELECT s.path FROM unit_version s WHERE s.id = {k0}) \
             AND {t}.path < (SELECT s.path || '/' FROM unit_version s WHERE s.id = {k0})",
            "{t}.path",
            "Subárbol. It and all that hangs under it, at any depth, each before those under it; at most 2,000.",
        )
        .unfiltered(),
        many(
            "posts",
            &POST,
            &["org_unit_id", "structure_version_id"],
            concat!(
                "{t}.org_unit_id = {k0} AND (",
                in_force!("{t}"),
                " OR {t}.valid_from IS NULL AND {t}.structure_version_id = {k1})"
            ),
            "Cargos. The posts of the unit on the day asked for, and in a draft those that it proposes.",
        ),
        computed(
            "postCount",
            Int,
            concat!(
                "CAST((SELECT count(*) FROM post c WHERE c.org_unit_id = {t}.org_unit_id AND (",
                in_force!("c"),
                " OR c.valid_from IS NULL AND c.structure_version_id = {t}.structure_version_id)) AS INTEGER)"
            ),
            "Número de cargos. How many posts `posts` has, from 0.",
        )
        .ordered(),
    ],
    lookups: &[],
    default_order: &["code"],
};

/// Grupo interno de trabajo.
pub static WORK_GROUP: Declaration = Declaration {
    name: "WorkGroup",
    singular: "workGroup",
    plural: "workGroups",
    kind: Some(Kind::WorkGroup),
    table: "work_group",
    description: "Grupo interno de trabajo. A group that a resolution makes inside a unit for a task; it lives outside the \
                  versions of the structure, with dates of its own.",
    visibility: owned(Subject::Structure).of_unit("{t}.org_unit_id"),
    dated: true,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        name("Nombre. What the resolution calls it."),
        column("purpose", Text, "purpose", "Objeto. The task for which it was made.").nullable(),
        one("unit", &ORG_UNIT, &["org_unit_id"], "Dependencia. The unit inside which it works."),
        one("legalAct", &LEGAL_ACT, &["legal_act_id"], "Acto administrativo. The resolution that makes it."),
        valid_from(),
        valid_to(),
    ],
    lookups: &[],
    default_order: &["name"],
};
