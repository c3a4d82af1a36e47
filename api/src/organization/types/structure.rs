//! Versions of the structure: their life cycle, their tree, and what a draft would break.

use entity::{Kind, organization::StructureState};

use super::*;
use crate::{
    access::{rules::Subject, types::ACCOUNT},
    graph::{
        Declaration,
        declaration::{Part, drafted},
        words::*,
    },
    organization::structure::AVAILABLE,
    value_chain::types::{PROCESS, PROCESS_VERSION},
};

/// Of a version: its rows.
const OF_VERSION: &str = "{t}.structure_version_id = {k0}";

/// A post `q` that the version `{k0}` leaves without its unit, and that no post of the version continues.
macro_rules! post_without_unit {
    ($post:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM unit_version w WHERE w.structure_version_id = {k0} AND w.org_unit_id = ",
            $post,
            ".org_unit_id) AND NOT EXISTS (SELECT 1 FROM post r WHERE r.structure_version_id = {k0} AND r.replaces_id = ",
            $post,
            ".id)"
        )
    };
}

/// A unit `{unit}` that the version `{k0}` lacks.
macro_rules! unit_lacking {
    ($unit:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM unit_version w WHERE w.structure_version_id = {k0} AND w.org_unit_id = ",
            $unit,
            ")"
        )
    };
}

/// A characterization in force with an activity of a unit or a post that ceases with the version `{k0}`.
const NAMES_WHAT_CEASES: &str = concat!(
    "{t}.organization_id = {k1} AND {t}.stage = 3 AND ",
    in_force!("{t}"),
    " AND EXISTS (SELECT 1 FROM activity a LEFT JOIN post q ON q.id = a.responsible_post_id \
     WHERE a.process_version_id = {t}.id AND (a.responsible_unit_id IS NOT NULL AND ",
    unit_lacking!("a.responsible_unit_id"),
    " OR q.id IS NOT NULL AND (",
    unit_lacking!("q.org_unit_id"),
    " OR EXISTS (SELECT 1 FROM post r WHERE r.structure_version_id = {k0} AND r.replaces_id = q.id))))"
);

static STRUCTURE_PREVIEW: Part = Part {
    name: "StructurePreview",
    description: "Vista previa de una estructura. What would break on the day asked for if this version were put in force \
                  as it stands.",
    members: &[
        many(
            "postsWithoutUnit",
            &POST,
            &["id", "organization_id"],
            concat!("{t}.organization_id = {k1} AND ", in_force!("{t}"), " AND ", post_without_unit!("{t}")),
            "Cargos sin dependencia. Posts that exist, whose unit this version lacks and that none of its posts continues.",
        )
        .unfiltered(),
        few(
            "unitsWithoutFate",
            &ORG_UNIT,
            &["id", "base_version_id"],
            "{t}.id IN (SELECT b.org_unit_id FROM unit_version b WHERE b.structure_version_id = {k1}) \
             AND NOT EXISTS (SELECT 1 FROM unit_version w WHERE w.structure_version_id = {k0} AND w.org_unit_id = {t}.id) \
             AND NOT EXISTS (SELECT 1 FROM succession s JOIN succession_predecessor f ON f.succession_id = s.id \
             WHERE s.structure_version_id = {k0} AND f.org_unit_id = {t}.id)",
            "{t}.name_key, {t}.id",
            "Dependencias sin destino. Units of the base version that are not here and whose end no succession of this \
             version tells; at most 2,000, by name.",
        )
        .unfiltered(),
        many(
            "holdingsEnding",
            &POST_HOLDING,
            &["id", "organization_id"],
            concat!(
                "{t}.organization_id = {k1} AND ",
                in_force!("{t}"),
                " AND EXISTS (SELECT 1 FROM post q WHERE q.id = {t}.post_id AND ",
                post_without_unit!("q"),
                ")"
            ),
            "Vinculaciones que terminarían. Who fills a post that would be left without its unit.",
        )
        .unfiltered(),
        many(
            "processesWithoutLead",
            &PROCESS,
            &["id", "organization_id"],
            concat!(
                "{t}.organization_id = {k1} AND EXISTS (SELECT 1 FROM process_version v WHERE v.process_id = {t}.id AND ",
                in_force!("v"),
                ") AND EXISTS (SELECT 1 FROM process_responsibility r WHERE r.process_id = {t}.id AND r.role = 1 AND ",
                in_force!("r"),
                " AND ",
                unit_lacking!("r.org_unit_id"),
                " AND NOT EXISTS (SELECT 1 FROM responsibility_transfer g JOIN succession s ON s.id = g.succession_id \
                 WHERE s.structure_version_id = {k0} AND g.from_unit_id = r.org_unit_id AND g.to_unit_id IS NOT NULL \
                 AND (g.process_id = {t}.id OR g.process_id IS NULL AND NOT EXISTS (SELECT 1 FROM responsibility_transfer h \
                 JOIN succession o ON o.id = h.succession_id WHERE o.structure_version_id = {k0} \
                 AND h.from_unit_id = r.org_unit_id AND h.process_id = {t}.id))))"
            ),
            "Procesos sin líder. Processes in force whose lead unit this version lacks and whose lead no transfer carries on.",
        )
        .unfiltered()
        .nullable(),
        many(
            "characterizationsAffected",
            &PROCESS_VERSION,
            &["id", "organization_id"],
            NAMES_WHAT_CEASES,
            "Caracterizaciones afectadas. Versions of processes in force whose activities name a unit or a post that would \
             cease: these need a new version.",
        )
        .unfiltered()
        .nullable(),
    ],
    present: Some("{t}.stage < 3 OR {t}.valid_from IS NULL"),
};

/// Versión de la estructura.
pub static STRUCTURE_VERSION: Declaration = Declaration {
    name: "StructureVersion",
    singular: "structureVersion",
    plural: "structureVersions",
    kind: Some(Kind::StructureVersion),
    table: "structure_version",
    description: "Versión de la estructura. The units of an organization as one act orders them, in force from a day until a \
                  day; two versions in force of one organization never overlap.",
    visibility: drafted(Subject::Structure, "{t}.stage = 3"),
    // A root list shows them all: one looks there for drafts and for what has been.
    dated: false,
    moment: Within::Interval,
    members: &[
        id(),
        row_version(),
        owner(),
        column("number", Int, "number", "Número. Counts the versions of the organization, from 1.")
            .filtered()
            .ordered(),
        computed(
            "state",
            Enum(&StructureState::VOCABULARY),
            // Of the day asked for, which entering the version has not clamped: else none were ever repealed.
            "CAST(CASE WHEN {t}.stage < 3 THEN {t}.stage WHEN {t}.annulled_from <= {d} THEN 6 \
             WHEN {t}.valid_from IS NULL OR {t}.valid_from > {d} THEN 3 \
             WHEN {t}.valid_to IS NULL OR {t}.valid_to > {d} THEN 4 ELSE 5 END AS SMALLINT)",
            "Estado. On the day asked for: how far its approval has come, then what its dates say.",
        )
        .filtered()
        .ordered()
        .grouped(),
        computed(
            "inForce",
            Boolean,
            "({t}.valid_from IS NOT NULL AND {t}.valid_from <= {d} AND ({t}.valid_to IS NULL OR {t}.valid_to > {d}))",
            "Vigente. Whether it is the structure that holds on the day asked for.",
        )
        .filtered()
        .grouped(),
        starts(),
        valid_to(),
        column(
            "annulledFrom",
            Date,
            "annulled_from",
            "Anulada desde. The day of the ruling that annuls its act; null mostly.",
        )
        .nullable()
        .filtered()
        .ordered(),
        column("note", Text, "note", "Nota. A remark by those who formulate it.").nullable(),
        legal_act("Acto administrativo. The act that adopts it; null in a draft. Nothing is put in force without one."),
        one(
            "repealAct",
            &LEGAL_ACT,
            &["repeal_act_id"],
            "Acto que la deroga. The act that repealed it; null while none did, where the repeal names none, and for a \
             version that ended because another began.",
        )
        .nullable(),
        one(
            "baseVersion",
            &STRUCTURE_VERSION,
            &["base_version_id"],
            "Versión base. The version from which it was formulated; null for the first.",
        )
        .nullable(),
        few(
            "derivedVersions",
            &STRUCTURE_VERSION,
            &["id", "organization_id"],
            "{t}.organization_id = {k1} AND {t}.base_version_id = {k0}",
            "{t}.number",
            "Versiones derivadas. Those formulated from this one, by number; mostly one or two.",
        ),
        few(
            "tree",
            &UNIT_VERSION,
            &["id"],
            OF_VERSION,
            "{t}.path",
            "Árbol de dependencias. All units of the version, each before those under it, siblings in their order: the \
             whole tree at once, at most 2,000 units; `depth` and `parent` tell its shape.",
        )
        .unfiltered(),
        many(
            "units",
            &UNIT_VERSION,
            &["id"],
            OF_VERSION,
            "Dependencias. The units of the version, to filter and to page.",
        ),
        computed(
            "unitCount",
            Int,
            "CAST((SELECT count(*) FROM unit_version c WHERE c.structure_version_id = {t}.id) AS INTEGER)",
            "Número de dependencias. How many units the version has, from 0.",
        )
        .filtered()
        .ordered(),
        few(
            "successions",
            &SUCCESSION,
            &["id"],
            OF_VERSION,
            "{t}.kind, {t}.id",
            "Sucesiones. What it does with units, by kind; at most 2,000.",
        ),
        few(
            "transitions",
            &STRUCTURE_TRANSITION,
            &["id"],
            OF_VERSION,
            "{t}.recorded_at, {t}.id",
            "Ciclo de vida. The steps that it has taken, the oldest first; mostly fewer than 20.",
        ),
        figure(
            "availableTransitions",
            AVAILABLE,
            "Pasos posibles. The acts that its state of today has, each with what stands against it for the viewer; at \
             most 3. The acts themselves judge by the same facts.",
        ),
        many(
            "posts",
            &POST,
            &["id"],
            OF_VERSION,
            "Cargos. The posts that this version brings, in a draft those proposed.",
        ),
        many(
            "characterizationsAffected",
            &PROCESS_VERSION,
            &["id", "organization_id"],
            NAMES_WHAT_CEASES,
            "Caracterizaciones por actualizar. Versions of processes that hold on the day asked for and whose activities name \
             a unit that this version does without, or a post that ceases with it: these need a new version.",
        )
        .unfiltered()
        .nullable(),
        part(
            "preview",
            &STRUCTURE_PREVIEW,
            "Vista previa. What putting it in force would break; null once a first day in force is set.",
        ),
    ],
    lookups: &[],
    default_order: &["number"],
};

/// Paso del ciclo de vida de una estructura.
pub static STRUCTURE_TRANSITION: Declaration = Declaration {
    name: "StructureTransition",
    singular: "",
    plural: "",
    kind: Some(Kind::StructureTransition),
    table: "structure_transition",
    description: "Paso del ciclo de vida de una estructura. When, by whom and by which mutation a version changed its state.",
    visibility: drafted(
        Subject::Structure,
        "EXISTS (SELECT 1 FROM structure_version pv WHERE pv.id = {t}.structure_version_id AND pv.stage = 3)",
    ),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        owner(),
        one(
            "structureVersion",
            &STRUCTURE_VERSION,
            &["structure_version_id"],
            "Versión. The one that changed its state.",
        ),
        column(
            "fromState",
            Enum(&StructureState::VOCABULARY),
            "from_state",
            "Estado anterior. The state before; null for the step that created the version.",
        )
        .nullable()
        .filtered()
        .ordered(),
        column("toState", Enum(&StructureState::VOCABULARY), "to_state", "Estado nuevo. The state after.")
            .filtered()
            .ordered(),
        column("date", Date, "civil_date", "Fecha. The civil day from which the new state counts (America/Bogota).")
            .filtered()
            .ordered(),
        column(
            "recordedAt",
            DateTime,
            "recorded_at",
            "Registrado. The instant at which the service recorded it (UTC).",
        )
        .filtered()
        .ordered(),
        column("act", Text, "act", "Acción. The mutation by which it was done, such as `structureVersionApprove`.")
            .filtered(),
        column("reason", Text, "reason", "Motivo. Why, where the step asks for a reason.").nullable(),
        one(
            "account",
            &ACCOUNT,
            &["account_id"],
            "Cuenta. Who did it; for those who keep or review the members of the organization.",
        )
        .nullable()
        .unfiltered(),
        one(
            "person",
            &PERSON,
            &["person_id"],
            "Persona. Who the account was in the organization at that instant: rules about different people compare these; null when it was nobody.",
        )
        .nullable()
        .unfiltered(),
    ],
    lookups: &[],
    default_order: &["recordedAt"],
};
