//! How the map of an organization stands to the national reference: the rows of the comparison, and its figures.
//!
//! Nothing here refuses a deviation: it is told, and whether it is justified.

use serde_json::{Value, json};

use super::{
    quality::may_read,
    share::{IS_SECRETARIAT, REASON, SHARE, counts, no_figures, share},
};
use crate::{
    access::rules::Subject,
    graph::{
        declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
        error::Refusal,
        words::in_force,
    },
};

/// What the organization `o` says of the reference process `n`, best first: where it says several things, the one that covers most.
macro_rules! said {
    () => {
        concat!(
            "(SELECT e.id FROM reference_adoption e WHERE e.organization_id = o.id AND e.reference_process_id = n.id AND ",
            in_force!("e"),
            " ORDER BY e.status, CASE WHEN e.justification IS NULL THEN 1 ELSE 0 END, e.id LIMIT 1)"
        )
    };
}

/// Every process of the reference maps in force beside every secretariat, and the own processes of each.
pub const LINES: &str = concat!(
    "(SELECT {m} AS moment, o.id AS organization_id, 1 AS part, n.id AS id, n.id AS reference_process_id, n.level AS level, \
     n.position AS position, COALESCE(a.status, CAST(4 AS SMALLINT)) AS status, a.id AS adoption_id, a.process_id AS process_id, \
     (a.id IS NOT NULL) AS said, (COALESCE(a.status, 4) = 4 AND a.justification IS NULL) AS unjustified_gap \
     FROM {days}organization o CROSS JOIN reference_map g JOIN reference_process n ON n.reference_map_id = g.id \
     LEFT JOIN reference_adoption a ON a.id = ",
    said!(),
    " WHERE o.kind = 2 AND (o.id {of:organization_id}) AND (n.id {of:reference_process_id}) AND ",
    in_force!("g"),
    " UNION ALL SELECT {m} AS moment, a.organization_id AS organization_id, 2 AS part, a.id AS id, \
     CAST(NULL AS UUID) AS reference_process_id, p.level AS level, 1000000 AS position, a.status AS status, a.id AS adoption_id, \
     a.process_id AS process_id, (a.id IS NOT NULL) AS said, (a.id IS NULL) AS unjustified_gap \
     FROM {days}reference_adoption a JOIN process p ON p.id = a.process_id \
     WHERE (a.organization_id {of:organization_id}) AND (a.reference_process_id {of:reference_process_id}) AND a.status = 5 AND ",
    in_force!("a"),
    ")"
);

/// What the map says of the macroprocesses of the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Taken over as they are.
    pub adopted: u64,
    /// Taken over with changes.
    pub adapted: u64,
    /// Done together with others.
    pub merged: u64,
    /// All that the reference has.
    pub reference: u64,
    /// Those said to be absent, with a justification.
    pub justified: u64,
    /// Processes that the reference does not have.
    pub own: u64,
}

impl Counts {
    /// Those done here in one way or another.
    pub fn covered(&self) -> u64 {
        self.adopted + self.adapted + self.merged
    }

    /// Those not done, whether the map says so or not.
    pub fn absent(&self) -> u64 {
        self.reference.saturating_sub(self.covered())
    }

    /// Those of which nobody says why they are not done.
    pub fn unjustified_gaps(&self) -> u64 {
        self.absent().saturating_sub(self.justified)
    }
}

const COUNT: Shape = Shape::Leaf("Int");
const TEXT: Shape = Shape::Leaf("String");

static EXPLANATION: ObjectShape = ObjectShape {
    name: "ReferenceComparisonExplanation",
    description: "Explicación de la comparación. From what its figures were computed, and how.",
    fields: &[
        ShapeField {
            name: "formula",
            description: "Fórmula. How the counts make the coverage and the gaps.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "level",
            description: "Nivel. Of which processes of the reference the figures speak; `referenceLines` show every level.",
            shape: &Shape::Leaf("ProcessLevel"),
            nullable: false,
        },
        ShapeField {
            name: "justifiedAbsences",
            description: "Ausencias justificadas. Absent ones for which the map gives a justification.",
            shape: &COUNT,
            nullable: true,
        },
    ],
};

static OUTPUT: ObjectShape = ObjectShape {
    name: "ReferenceComparison",
    description: "Comparación con el mapa de referencia. How the map of a secretariat stands to the macroprocesses of the \
                  national reference in force on the day asked for. Without figures, and with a reason, for an organization that is \
                  no secretariat.",
    fields: &[
        ShapeField {
            name: "adopted",
            description: "Adoptados. Taken over as they are.",
            shape: &COUNT,
            nullable: true,
        },
        ShapeField {
            name: "adapted",
            description: "Adaptados. Taken over with changes.",
            shape: &COUNT,
            nullable: true,
        },
        ShapeField {
            name: "merged",
            description: "Fusionados. Done together with others in one process.",
            shape: &COUNT,
            nullable: true,
        },
        ShapeField {
            name: "absent",
            description: "Ausentes. Not done, or nothing is said of them.",
            shape: &COUNT,
            nullable: true,
        },
        ShapeField {
            name: "own",
            description: "Propios. Processes, of any level, that the reference does not have.",
            shape: &COUNT,
            nullable: true,
        },
        ShapeField {
            name: "reference",
            description: "Referencia. The macroprocesses of the reference.",
            shape: &COUNT,
            nullable: true,
        },
        ShapeField {
            name: "coverage",
            description: "Cobertura. Adopted, adapted and merged ones over those of the reference.",
            shape: &Shape::Object(&SHARE),
            nullable: true,
        },
        ShapeField {
            name: "unjustifiedGaps",
            description: "Brechas sin justificar. Absent ones of which nobody says why.",
            shape: &COUNT,
            nullable: true,
        },
        REASON,
        ShapeField {
            name: "explain",
            description: "Explicación. From what it was computed, and how.",
            shape: &Shape::Object(&EXPLANATION),
            nullable: false,
        },
    ],
};

/// The macroprocesses of the reference in force. Nothing here is of an organization: it is looked up once for all of them.
macro_rules! macroprocesses {
    ($what:literal) => {
        concat!(
            "(SELECT ",
            $what,
            " FROM reference_map g JOIN reference_process n ON n.reference_map_id = g.id WHERE n.level = 1 AND ",
            in_force!("g"),
            ")"
        )
    };
}

/// Macroprocesses of the reference in force: taken over, with changes, merged; all; absent with a justification. What is said of each
/// is a number, the best the least: twice the status, and one more where there is no justification.
const MACROPROCESSES: &str = concat!(
    "(SELECT count(CASE WHEN said.best IN (2, 3) THEN 1 END) || ' ' || count(CASE WHEN said.best IN (4, 5) THEN 1 END) || ' ' || \
     count(CASE WHEN said.best IN (6, 7) THEN 1 END) || ' ' || ",
    macroprocesses!("count(*)"),
    " || ' ' || count(CASE WHEN said.best = 8 THEN 1 END) \
     FROM (SELECT min(2 * e.status + CASE WHEN e.justification IS NULL THEN 1 ELSE 0 END) AS best FROM reference_adoption e \
     WHERE e.organization_id = {t}.id AND e.reference_process_id IN ",
    macroprocesses!("n.id"),
    " AND ",
    in_force!("e"),
    " GROUP BY e.reference_process_id) said)"
);

/// `Organization.referenceComparison`.
pub const COMPARISON: Figure = Figure {
    needs: &[
        (Sql::Column("id"), Scalar::Id),
        (Sql::Template(MACROPROCESSES), Scalar::Text),
        (
            Sql::Template(concat!(
                "(SELECT CAST(count(*) AS INTEGER) FROM reference_adoption e WHERE e.organization_id = {t}.id AND e.status = 5 AND ",
                in_force!("e"),
                ")"
            )),
            Scalar::Int,
        ),
        IS_SECRETARIAT,
    ],
    output: &Shape::Object(&OUTPUT),
    arguments: &[],
    compute: comparison,
    reveals: None,
};

fn comparison(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    may_read(input, Subject::Processes)?;
    let explain = |justified: Option<u64>| {
        json!({
            "formula": "coverage = (adopted + adapted + merged) ÷ reference; unjustifiedGaps = reference − adopted − adapted − merged − justifiedAbsences",
            "level": "MACROPROCESS",
            "justifiedAbsences": justified,
        })
    };
    if input.cells[3] != true {
        return Ok(no_figures(&OUTPUT, explain(None), input.locale));
    }
    let [adopted, adapted, merged, reference, justified] = counts(&input.cells[1])?;
    let own = input.cells[2].as_u64().unwrap_or(0);
    let counts = Counts { adopted, adapted, merged, reference, justified, own };
    let none = ("No hay mapa de referencia vigente en esa fecha.", "No reference map is in force on that day.");
    Ok(json!({
        "adopted": counts.adopted,
        "adapted": counts.adapted,
        "merged": counts.merged,
        "absent": counts.absent(),
        "own": counts.own,
        "reference": counts.reference,
        "coverage": share(counts.covered(), counts.reference, none, input.locale),
        "unjustifiedGaps": counts.unjustified_gaps(),
        "reason": null,
        "explain": explain(Some(counts.justified)),
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_covered_and_what_is_absent_is_all(adopted in 0_u64..20, adapted in 0_u64..20, merged in 0_u64..20,
            absent in 0_u64..20, justified in 0_u64..20, own in 0_u64..5) {
            prop_assume!(justified <= absent);
            let counts = Counts { adopted, adapted, merged, reference: adopted + adapted + merged + absent, justified, own };
            prop_assert_eq!(counts.covered() + counts.absent(), counts.reference);
            prop_assert_eq!(counts.absent(), absent);
            prop_assert_eq!(counts.unjustified_gaps() + justified, absent);
        }
    }

    #[test]
    fn justifying_an_absence_closes_a_gap_and_covers_nothing() {
        let before = Counts { adopted: 11, adapted: 1, merged: 0, reference: 14, justified: 0, own: 1 };
        let after = Counts { justified: 1, ..before };
        assert_eq!((before.covered(), before.absent(), before.unjustified_gaps()), (12, 2, 2));
        assert_eq!((after.covered(), after.absent(), after.unjustified_gaps()), (12, 2, 1));
    }
}
