//! What is done for which requirement: by one organization, line by line, and by all of them.
//!
//! An alignment counts for the requirement that it points to, and so for its edition. A requirement counts while its edition is
//! in force, or when its edition is asked for by the argument `edition`, whatever the day.

use entity::{Kind, insight::BrokenLinkRule};
use serde_json::{Value, json};

use super::{
    broken_links::{RULES, Rule},
    quality::may_read,
    share::{IS_SECRETARIAT, REASON, SHARE, counts, no_figures, share},
};
use crate::{
    access::{rules::Subject, visibility::Orgs},
    graph::{
        declaration::{Argument, Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql, Takes},
        error::{ErrorCode, Refusal},
        words::in_force,
    },
};

/// The alignments in force of an organization to a requirement, in a role (`1`: leads; `1, 2`: any).
macro_rules! alignments {
    ($organization:literal, $requirement:literal, $roles:literal) => {
        concat!(
            "FROM alignment a WHERE a.organization_id = ",
            $organization,
            " AND a.requirement_id = ",
            $requirement,
            " AND a.role IN (",
            $roles,
            ") AND ",
            in_force!("a")
        )
    };
}

/// A requirement right under `q` of which a condition holds; one in force, where `q` is.
macro_rules! part {
    ($condition:expr) => {
        concat!(
            "EXISTS (SELECT 1 FROM requirement c WHERE c.parent_id = q.id AND (NOT (",
            in_force!("q"),
            ") OR ",
            in_force!("c"),
            ") AND ",
            $condition,
            ")"
        )
    };
}

/// Every requirement in force, or every one of the edition asked for, beside every secretariat. What consists of parts is done by
/// doing them: a dimension by its policies.
pub const LINES: &str = concat!(
    "(SELECT {m} AS moment, o.id AS organization_id, 1 AS part, q.id AS id, q.kind AS kind, q.position AS position, (",
    in_force!("q"),
    ") AS in_force, CAST(CASE WHEN EXISTS (SELECT 1 ",
    alignments!("o.id", "q.id", "1"),
    ") OR ",
    part!("1 = 1"),
    " AND NOT ",
    part!(concat!("NOT EXISTS (SELECT 1 ", alignments!("o.id", "c.id", "1"), ")")),
    " THEN 1 WHEN EXISTS (SELECT 1 ",
    alignments!("o.id", "q.id", "2"),
    ") OR ",
    part!(concat!("EXISTS (SELECT 1 ", alignments!("o.id", "c.id", "1, 2"), ")")),
    " THEN 2 ELSE 3 END AS SMALLINT) AS status FROM {days}organization o CROSS JOIN requirement q \
     WHERE o.kind = 2 AND (o.id {of:organization_id}) AND (q.id {of:id}) AND (q.framework_edition_id = {edition} OR {edition} IS NULL \
     AND ",
    in_force!("q"),
    "))"
);

/// The argument by which the requirements of an edition are asked for.
pub const EDITION: &[Argument] = &[Argument {
    name: "edition",
    takes: Takes::Key(Kind::FrameworkEdition),
    description: "Edición. Against which edition of a framework, be it in force on the day or not: the alignments that hold on the \
                  day and point to it. Those in force on the day when none is given.",
}];

/// How many requirements stand right under a line.
pub const PARTS: &str = concat!(
    "(SELECT CAST(count(*) AS INTEGER) FROM requirement c WHERE c.parent_id = {t}.id AND (NOT {t}.in_force OR ",
    in_force!("c"),
    "))"
);

/// How many of those something leads.
pub const PARTS_ALIGNED: &str = concat!(
    "(SELECT CAST(count(*) AS INTEGER) FROM requirement c WHERE c.parent_id = {t}.id AND (NOT {t}.in_force OR ",
    in_force!("c"),
    ") AND EXISTS (SELECT 1 ",
    alignments!("{t}.organization_id", "c.id", "1"),
    "))"
);

const COUNT: Shape = Shape::Leaf("Int");
const TEXT: Shape = Shape::Leaf("String");

/// Counts rows.
macro_rules! count {
    ($from:expr) => {
        (Sql::Template(concat!("(SELECT CAST(count(*) AS INTEGER) FROM ", $from, ")")), Scalar::Int)
    };
}

/// "This edition, of this framework, is meant": the one asked for, or that of MIPG in force.
macro_rules! is_meant {
    () => {
        concat!("(fe.id = {edition} OR {edition} IS NULL AND w.slug = 'MIPG' AND ", in_force!("fe"), ")")
    };
}

/// The policies of the edition meant. Nothing here is of an organization: they are looked up once for all of them.
macro_rules! policies {
    ($what:literal) => {
        concat!(
            "(SELECT ",
            $what,
            " FROM requirement q JOIN framework_edition fe ON fe.id = q.framework_edition_id JOIN framework w ON w.id = fe.framework_id \
             WHERE q.kind = 2 AND ({edition} IS NOT NULL OR ",
            in_force!("q"),
            ") AND ",
            is_meant!(),
            ")"
        )
    };
}

/// The policies of the edition meant: all, those that something of the organization leads, those for which anything is done. Its
/// alignments stand by requirement in one index: they are read through once (`IS TRUE` keeps PostgreSQL from asking it for each
/// policy, and from sorting them again).
const POLICIES: &str = concat!(
    "(SELECT ",
    policies!("count(*)"),
    " || ' ' || count(CASE WHEN done.role = 1 THEN 1 END) || ' ' || count(*) FROM (SELECT min(a.role) AS role FROM alignment a \
     WHERE a.organization_id = {t}.id AND (a.requirement_id IN ",
    policies!("q.id"),
    ") IS TRUE AND a.role IN (1, 2) AND ",
    in_force!("a"),
    " GROUP BY a.requirement_id) done)"
);

/// The rule that finds processes without alignment: what it looks at, and what it finds, is what the coverage counts.
const UNALIGNED: &Rule = &RULES[7];
const _: () = assert!(UNALIGNED.code.number() == BrokenLinkRule::ProcessWithoutAlignment.number());

const FORMULA: ShapeField = ShapeField {
    name: "formula",
    description: "Fórmula. How the counts make the share.",
    shape: &TEXT,
    nullable: false,
};
const INPUTS: ShapeField = ShapeField {
    name: "inputs",
    description: "Insumos. Which records are counted, and where they are shown.",
    shape: &TEXT,
    nullable: false,
};

static OF_ORGANIZATION_EXPLANATION: ObjectShape = ObjectShape {
    name: "AlignmentCoverageExplanation",
    description: "Explicación de la cobertura. From what it was computed, and how.",
    fields: &[
        FORMULA,
        INPUTS,
        ShapeField {
            name: "edition",
            description: "Edición. The code of the edition whose policies are counted; null where none is in force.",
            shape: &TEXT,
            nullable: true,
        },
        ShapeField {
            name: "level",
            description: "Nivel. Which processes count: those of this level with a characterization in force.",
            shape: &Shape::Leaf("ProcessLevel"),
            nullable: false,
        },
        ShapeField {
            name: "rule",
            description: "Regla. By which broken links show the processes without alignment, to any requirement of any edition.",
            shape: &Shape::Leaf("BrokenLinkRule"),
            nullable: false,
        },
    ],
};

static OF_ORGANIZATION: ObjectShape = ObjectShape {
    name: "AlignmentCoverage",
    description: "Cobertura de la alineación. How many policies of an edition of MIPG something leads, of one secretariat on the \
                  day asked for; `alignmentLines` show each requirement of every framework. Without figures, and with a reason, \
                  for an organization that is no secretariat.",
    fields: &[
        ShapeField {
            name: "aligned",
            description: "Alineadas. Policies that something leads, over all of the edition.",
            shape: &Shape::Object(&SHARE),
            nullable: true,
        },
        ShapeField {
            name: "contributed",
            description: "Solo con contribuciones. Policies to which something contributes and which nothing leads.",
            shape: &COUNT,
            nullable: true,
        },
        ShapeField {
            name: "notAligned",
            description: "No alineadas. Policies for which nothing is done.",
            shape: &COUNT,
            nullable: true,
        },
        ShapeField {
            name: "processes",
            description: "Procesos. Those in force of the level that `explain` says.",
            shape: &COUNT,
            nullable: true,
        },
        ShapeField {
            name: "processesWithoutAlignment",
            description: "Procesos sin alineación. Those of them that do nothing for any requirement: as many as the broken links of \
                          the rule that `explain` says.",
            shape: &COUNT,
            nullable: true,
        },
        REASON,
        ShapeField {
            name: "explain",
            description: "Explicación. From what it was computed, and how.",
            shape: &Shape::Object(&OF_ORGANIZATION_EXPLANATION),
            nullable: false,
        },
    ],
};

/// `Organization.alignmentCoverage`.
pub const COVERAGE: Figure = Figure {
    needs: &[
        (Sql::Column("id"), Scalar::Id),
        (Sql::Template(POLICIES), Scalar::Text),
        (Sql::Template(UNALIGNED.counts), Scalar::Text),
        IS_SECRETARIAT,
        (
            Sql::Template(concat!(
                "(SELECT fe.code FROM framework_edition fe JOIN framework w ON w.id = fe.framework_id WHERE ",
                is_meant!(),
                " LIMIT 1)"
            )),
            Scalar::Text,
        ),
    ],
    output: &Shape::Object(&OF_ORGANIZATION),
    arguments: EDITION,
    compute: of_organization,
    reveals: None,
};

fn of_organization(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    may_read(input, Subject::Processes)?;
    let edition = &input.cells[4];
    let asked = input.arguments.get("edition").is_some_and(|id| !id.is_null());
    if asked && edition.is_null() {
        return Err(ErrorCode::NotFound.at(["edition"]));
    }
    let explain = json!({
        "formula": "aligned = policies with an alignment LEADS ÷ policies of the edition",
        "inputs": "alignments in force to requirements of kind POLICY of the edition: alignmentLines { leads contributions }",
        "edition": edition,
        "level": "PROCESS",
        "rule": UNALIGNED.term().name,
    });
    if input.cells[3] != true {
        return Ok(no_figures(&OF_ORGANIZATION, explain, input.locale));
    }
    let [policies, led, any] = counts(&input.cells[1])?;
    let [processes, unaligned] = counts(&input.cells[2])?;
    let none = match asked {
        true => ("La edición no tiene políticas.", "The edition has no policies."),
        false => ("No hay edición de MIPG vigente en esa fecha.", "No edition of MIPG is in force on that day."),
    };
    Ok(json!({
        "aligned": share(led, policies, none, input.locale),
        "contributed": any - led,
        "notAligned": policies - any,
        "processes": processes,
        "processesWithoutAlignment": unaligned,
        "reason": null,
        "explain": explain,
    }))
}

static OF_ALL_EXPLANATION: ObjectShape = ObjectShape {
    name: "RequirementCoverageExplanation",
    description: "Explicación de la cobertura de un requisito. From what it was computed, and how.",
    fields: &[FORMULA, INPUTS],
};

static OF_ALL: ObjectShape = ObjectShape {
    name: "RequirementCoverage",
    description: "Cobertura de un requisito. What all secretariats do for it on the day asked for; for those who read the \
                  processes of all. A secretariat without a process in force that does nothing for it tells nothing and is \
                  counted apart.",
    fields: &[
        ShapeField {
            name: "aligned",
            description: "Alineadas. Secretariats in which something leads it, over those that tell something.",
            shape: &Shape::Object(&SHARE),
            nullable: false,
        },
        ShapeField {
            name: "contributed",
            description: "Solo con contribuciones. Secretariats in which something contributes and nothing leads.",
            shape: &COUNT,
            nullable: false,
        },
        ShapeField {
            name: "notAligned",
            description: "No alineadas. Secretariats with processes in force in which nothing is done for it.",
            shape: &COUNT,
            nullable: false,
        },
        ShapeField {
            name: "noDatum",
            description: "Sin dato. Secretariats without a process in force.",
            shape: &COUNT,
            nullable: false,
        },
        ShapeField { name: "secretariats", description: "Secretarías. All of them.", shape: &COUNT, nullable: false },
        ShapeField {
            name: "explain",
            description: "Explicación. From what it was computed, and how.",
            shape: &Shape::Object(&OF_ALL_EXPLANATION),
            nullable: false,
        },
    ],
};

/// Counts the secretariats of which a condition holds.
macro_rules! secretariats {
    ($condition:expr) => {
        count!(concat!("organization o WHERE o.kind = 2 AND ", $condition))
    };
}

/// `Requirement.coverage`.
pub const REQUIREMENT_COVERAGE: Figure = Figure {
    needs: &[
        secretariats!("o.id IS NOT NULL"),
        secretariats!(concat!("EXISTS (SELECT 1 ", alignments!("o.id", "{t}.id", "1"), ")")),
        secretariats!(concat!("EXISTS (SELECT 1 ", alignments!("o.id", "{t}.id", "1, 2"), ")")),
        secretariats!(concat!(
            "(EXISTS (SELECT 1 ",
            alignments!("o.id", "{t}.id", "1, 2"),
            ") OR EXISTS (SELECT 1 FROM process_version v WHERE v.organization_id = o.id AND v.stage = 3 AND ",
            in_force!("v"),
            "))"
        )),
    ],
    output: &Shape::Object(&OF_ALL),
    arguments: &[],
    compute: of_all,
    reveals: None,
};

fn of_all(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    if input.viewer.reach(Subject::Processes).published != Orgs::Every {
        return Err(crate::access::rules::reads_not_all(Subject::Processes));
    }
    let count = |number: usize| input.cells[number].as_u64().unwrap_or(0);
    let (secretariats, led, any, telling) = (count(0), count(1), count(2), count(3));
    let none = ("Ninguna secretaría tiene procesos vigentes.", "No secretariat has a process in force.");
    Ok(json!({
        "aligned": share(led, telling, none, input.locale),
        "contributed": any - led,
        "notAligned": telling - any,
        "noDatum": secretariats - telling,
        "secretariats": secretariats,
        "explain": {
            "formula": "aligned = secretariats with an alignment LEADS ÷ secretariats with a process in force or an alignment",
            "inputs": "alignments in force to this requirement: alignmentLines { organization leads contributions }",
        },
    }))
}
