//! What is done for which requirement: by one organization, line by line, and by all of them.
//!
//! An alignment counts for the requirement that it points to, and so for its edition; a requirement counts while its edition is
//! in force.

use serde_json::{Value, json};

use super::{
    quality::may_read,
    share::{SHARE, share},
};
use crate::{
    access::{rules::Subject, visibility::Orgs},
    graph::{
        declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
        error::Refusal,
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

/// A requirement in force right under `q`, of which a condition holds.
macro_rules! part {
    ($condition:expr) => {
        concat!(
            "EXISTS (SELECT 1 FROM requirement c WHERE c.parent_id = q.id AND ",
            in_force!("c"),
            " AND ",
            $condition,
            ")"
        )
    };
}

/// Every requirement in force beside every secretariat. What consists of parts is done by doing them: a dimension by its
/// policies.
pub const LINES: &str = concat!(
    "(SELECT {m} AS moment, o.id AS organization_id, 1 AS part, q.id AS id, q.kind AS kind, q.position AS position, \
     CAST(CASE WHEN EXISTS (SELECT 1 ",
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
     WHERE o.kind = 2 AND (o.id {of:organization_id}) AND (q.id {of:id}) AND ",
    in_force!("q"),
    ")"
);

/// How many requirements right under a line are in force.
pub const PARTS: &str = concat!(
    "(SELECT CAST(count(*) AS INTEGER) FROM requirement c WHERE c.parent_id = {t}.id AND ",
    in_force!("c"),
    ")"
);

/// How many of those something leads.
pub const PARTS_ALIGNED: &str = concat!(
    "(SELECT CAST(count(*) AS INTEGER) FROM requirement c WHERE c.parent_id = {t}.id AND ",
    in_force!("c"),
    " AND EXISTS (SELECT 1 ",
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

/// Counts the policies of MIPG in force of which a condition holds.
macro_rules! policies {
    ($condition:expr) => {
        count!(concat!(
            "requirement q JOIN framework_edition fe ON fe.id = q.framework_edition_id JOIN framework w ON w.id = fe.framework_id \
             WHERE w.slug = 'MIPG' AND q.kind = 2 AND ",
            in_force!("q"),
            " AND ",
            $condition
        ))
    };
}

/// The processes in force of the row's organization.
macro_rules! processes {
    () => {
        concat!("process_version v WHERE v.organization_id = {t}.id AND v.stage = 3 AND ", in_force!("v"))
    };
}

static COVERAGE_EXPLANATION: ObjectShape = ObjectShape {
    name: "AlignmentCoverageExplanation",
    description: "Explicación de la cobertura. From what it was computed, and how.",
    fields: &[
        ShapeField {
            name: "formula",
            description: "Fórmula. How the counts make the share.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "inputs",
            description: "Insumos. Which records are counted, and where they are shown.",
            shape: &TEXT,
            nullable: false,
        },
    ],
};

static OF_ORGANIZATION: ObjectShape = ObjectShape {
    name: "AlignmentCoverage",
    description: "Cobertura de la alineación. How many policies of the edition of MIPG in force something leads, of one \
                  organization on the day asked for; `alignmentLines` show each requirement of every framework.",
    fields: &[
        ShapeField {
            name: "aligned",
            description: "Alineadas. Policies that something leads, over all of the edition.",
            shape: &Shape::Object(&SHARE),
            nullable: false,
        },
        ShapeField {
            name: "contributed",
            description: "Solo con contribuciones. Policies to which something contributes and which nothing leads.",
            shape: &COUNT,
            nullable: false,
        },
        ShapeField {
            name: "notAligned",
            description: "No alineadas. Policies for which nothing is done.",
            shape: &COUNT,
            nullable: false,
        },
        ShapeField { name: "processes", description: "Procesos. Those in force.", shape: &COUNT, nullable: false },
        ShapeField {
            name: "processesWithoutAlignment",
            description: "Procesos sin alineación. Those in force that do nothing for any requirement, of whatever level.",
            shape: &COUNT,
            nullable: false,
        },
        ShapeField {
            name: "explain",
            description: "Explicación. From what it was computed, and how.",
            shape: &Shape::Object(&COVERAGE_EXPLANATION),
            nullable: false,
        },
    ],
};

/// `Organization.alignmentCoverage`.
pub const COVERAGE: Figure = Figure {
    needs: &[
        (Sql::Column("id"), Scalar::Id),
        policies!("q.id IS NOT NULL"),
        policies!(concat!("EXISTS (SELECT 1 ", alignments!("{t}.id", "q.id", "1"), ")")),
        policies!(concat!("EXISTS (SELECT 1 ", alignments!("{t}.id", "q.id", "1, 2"), ")")),
        count!(processes!()),
        count!(concat!(
            processes!(),
            " AND NOT EXISTS (SELECT 1 FROM alignment a WHERE a.process_id = v.process_id AND ",
            in_force!("a"),
            ")"
        )),
    ],
    output: &Shape::Object(&OF_ORGANIZATION),
    arguments: &[],
    compute: of_organization,
    reveals: None,
};

fn of_organization(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    may_read(input, Subject::Processes)?;
    let count = |number: usize| input.cells[number].as_u64().unwrap_or(0);
    let (policies, led, any) = (count(1), count(2), count(3));
    let none = ("No hay edición de MIPG vigente en esa fecha.", "No edition of MIPG is in force on that day.");
    Ok(json!({
        "aligned": share(led, policies, none, input.locale),
        "contributed": any - led,
        "notAligned": policies - any,
        "processes": count(4),
        "processesWithoutAlignment": count(5),
        "explain": {
            "formula": "aligned = policies with an alignment LEADS ÷ policies of the edition",
            "inputs": "alignments in force to requirements of kind POLICY in force: alignmentLines { leads contributions }",
        },
    }))
}

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
            shape: &Shape::Object(&COVERAGE_EXPLANATION),
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
        return Err(crate::access::rules::reads_not(Subject::Processes));
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
