//! Processes: their lasting identity, and how an organization writes their codes.

use entity::{
    Kind,
    value_chain::{CodeSubject, ProcessKind, ProcessLevel},
};

use super::*;
use crate::{
    access::rules::Subject,
    audit::types::{AUDIT, FINDING},
    graph::{
        Declaration,
        declaration::{drafted, owned},
        words::*,
    },
    insight::types::BROKEN_LINK,
    organization::types::ORG_UNIT,
};

/// Proceso.
pub static PROCESS: Declaration = Declaration {
    name: "Process",
    singular: "process",
    plural: "processes",
    kind: Some(Kind::Process),
    table: "process",
    description: "Proceso. A macroprocess, process, subprocess or procedure of an organization, the same through all its \
                  versions, whatever it is called and wherever it hangs.",
    visibility: drafted(Subject::Processes, "{t}.published").of_unit("{t}.id"),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column(
            "level",
            Enum(&ProcessLevel::VOCABULARY),
            "level",
            "Nivel. How far down the map it stands; never changes.",
        )
        .filtered()
        .ordered()
        .grouped(),
        computed(
            "code",
            Text,
            present_or_last!("process_version", "process_id", "code"),
            "Código. On the day asked for; once it is no longer in force, its last code.",
        )
        .filtered()
        .ordered(),
        computed(
            "name",
            Text,
            present_or_last!("process_version", "process_id", "name"),
            "Nombre. What it is called on the day asked for; once it is no longer in force, its last name.",
        )
        .folded(present_or_last!("process_version", "process_id", "name_key")),
        computed(
            "kind",
            Enum(&ProcessKind::VOCABULARY),
            concat!(
                "(SELECT v.kind FROM process_version v WHERE v.process_id = {t}.id AND ",
                in_force!("v"),
                " ORDER BY v.valid_from DESC LIMIT 1)"
            ),
            "Tipo. The band of the map in which it is drawn on the day asked for; null when it is not in force.",
        )
        .nullable()
        .filtered()
        .ordered()
        .grouped(),
        computed(
            "inForce",
            Boolean,
            concat!("EXISTS (SELECT 1 FROM process_version v WHERE v.process_id = {t}.id AND ", in_force!("v"), ")"),
            "Vigente. Whether a version of it holds on the day asked for.",
        )
        .filtered()
        .grouped(),
        one_where(
            "current",
            &PROCESS_VERSION,
            &["id"],
            "{t}.process_id = {k0}",
            "Caracterización vigente. The version that holds on the day asked for; null when none does.",
        )
        .dated(),
        many(
            "versions",
            &PROCESS_VERSION,
            &["id"],
            "{t}.process_id = {k0}",
            "Versiones. All over time; drafts for those who may read them.",
        ),
        one_where(
            "parent",
            &PROCESS,
            &["id"],
            concat!(
                "{t}.id = (SELECT v.parent_process_id FROM process_version v WHERE v.process_id = {k0} AND ",
                in_force!("v"),
                " ORDER BY v.valid_from DESC LIMIT 1)"
            ),
            "Proceso superior. Under which it stands on the day asked for; null for a macroprocess.",
        ),
        many(
            "children",
            &PROCESS,
            &["id"],
            concat!(
                "{t}.id IN (SELECT v.process_id FROM process_version v WHERE v.parent_process_id = {k0} AND ",
                in_force!("v"),
                ")"
            ),
            "Procesos inferiores. Those that stand directly under it on the day asked for.",
        ),
        one_where(
            "leadUnit",
            &ORG_UNIT,
            &["id"],
            concat!(
                "{t}.id = (SELECT r.org_unit_id FROM process_responsibility r WHERE r.process_id = {k0} AND r.role = 1 AND ",
                in_force!("r"),
                " ORDER BY r.valid_from DESC LIMIT 1)"
            ),
            "Dependencia líder. The unit that answers for it on the day asked for; null when none does.",
        ),
        many(
            "responsibilities",
            &PROCESS_RESPONSIBILITY,
            &["id"],
            "{t}.process_id = {k0}",
            "Responsabilidades. What units have to do with it on the day asked for.",
        )
        .dated(),
        many(
            "responsibilityHistory",
            &PROCESS_RESPONSIBILITY,
            &["id"],
            "{t}.process_id = {k0}",
            "Responsabilidades en el tiempo. What units had, have and will have to do with it.",
        ),
        many(
            "flowsFromOthers",
            &FLOW,
            &["id"],
            concat!(
                "{t}.id IN (SELECT fp.flow_id FROM flow_process fp JOIN flow ff ON ff.id = fp.flow_id \
                 JOIN process_version fv ON fv.id = ff.process_version_id WHERE fp.process_id = {k0} AND ",
                in_force!("fv"),
                ")"
            ),
            "Flujos desde otros procesos. Inputs and outputs that characterizations of other processes in force on the day \
             asked for say of it: their outputs are its inputs, their inputs its outputs.",
        ),
        many(
            "documents",
            &CONTROLLED_DOCUMENT,
            &["id"],
            "{t}.process_id = {k0}",
            "Documentos controlados. Those that belong to it.",
        ),
        many(
            "capabilities",
            &CAPABILITY_PROCESS,
            &["id"],
            "{t}.process_id = {k0}",
            "Capacidades. Which it realizes, and how much of each.",
        ),
        many(
            "alignments",
            &ALIGNMENT,
            &["id"],
            "{t}.process_id = {k0}",
            "Alineaciones. What it does for requirements on the day asked for.",
        )
        .dated(),
        many(
            "findings",
            &FINDING,
            &["id"],
            "{t}.id IN (SELECT x.finding_id FROM finding_process x WHERE x.process_id = {k0})",
            "Hallazgos. What was brought up there, at any time.",
        )
        .nullable(),
        many(
            "audits",
            &AUDIT,
            &["id"],
            "{t}.id IN (SELECT x.audit_id FROM audit_scope x WHERE x.process_id = {k0})",
            "Auditorías. Those that look at it, at any time.",
        )
        .nullable(),
        many(
            "brokenLinks",
            &BROKEN_LINK,
            &["id"],
            "{t}.process_id = {k0}",
            "Enlaces rotos. Where links around it are missing on the day asked for.",
        ),
        many(
            "adoptions",
            &REFERENCE_ADOPTION,
            &["id"],
            "{t}.process_id = {k0}",
            "Adopciones. How it stands to the national reference on the day asked for.",
        )
        .dated(),
        many(
            "norms",
            &PROCESS_NORM,
            &["id"],
            "{t}.process_id = {k0}",
            "Normograma. The norms that it is held to on the day asked for.",
        )
        .dated(),
    ],
    lookups: &[],
    default_order: &["code"],
};

/// Patrón de codificación.
pub static CODE_PATTERN: Declaration = Declaration {
    name: "CodePattern",
    singular: "codePattern",
    plural: "codePatterns",
    kind: Some(Kind::CodePattern),
    table: "code_pattern",
    description: "Patrón de codificación. How an organization writes the codes of its processes of one level, or of its \
                  documents; where it has none, any code does.",
    visibility: owned(Subject::Processes),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        column("subject", Enum(&CodeSubject::VOCABULARY), "subject", "Objeto. What the codes are for.")
            .filtered()
            .ordered()
            .grouped(),
        column(
            "pattern",
            Text,
            "pattern",
            "Patrón. Place by place: `A` a capital letter, `9` a digit, `{parent}` the code of the process above or, for a \
             document, of its process; anything else stands for itself.",
        ),
    ],
    lookups: &[],
    default_order: &["subject"],
};
