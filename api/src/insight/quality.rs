//! The quality score of an organization: how much of what the rules look at is not broken, by their weights.

use entity::OpaqueId;
use serde_json::{Value, json};

use super::{
    broken_links::{RULES, Rule},
    share::counts,
};
use crate::{
    access::rules::Subject,
    graph::{
        declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
        error::{ErrorCode, Refusal},
    },
};

/// What one rule looked at and found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The weight of the rule.
    pub weight: u32,
    /// How many objects it looked at.
    pub checked: u64,
    /// At how many of them the link is broken.
    pub found: u64,
}

/// 100 × (1 − Σ weight × found ÷ Σ weight × checked) in tenths, half a tenth rounded up; `None` when nothing was checked.
pub fn score_in_tenths(tallies: &[Tally]) -> Option<u64> {
    let sum =
        |count: fn(&Tally) -> u64| -> u64 { tallies.iter().map(|tally| u64::from(tally.weight) * count(tally)).sum() };
    let (checked, found) = (sum(|tally| tally.checked), sum(|tally| tally.found));
    tenths(checked.checked_sub(found)?, checked)
}

/// 100 × part ÷ whole in tenths, half a tenth rounded up; `None` of nothing.
pub fn tenths(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| (2000 * part + whole) / (2 * whole))
}

/// Tenths as a decimal number with one decimal.
pub fn decimal(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

const TEXT: Shape = Shape::Leaf("String");
const COUNT: Shape = Shape::Leaf("Int");
const DECIMAL: Shape = Shape::Leaf("Decimal");

static LINE: ObjectShape = ObjectShape {
    name: "QualityRule",
    description: "Regla en el puntaje de calidad. What one rule looked at and found.",
    fields: &[
        ShapeField {
            name: "rule",
            description: "Regla. By its code.",
            shape: &Shape::Leaf("BrokenLinkRule"),
            nullable: false,
        },
        ShapeField {
            name: "weight",
            description: "Peso. How much one broken link counts.",
            shape: &COUNT,
            nullable: false,
        },
        ShapeField {
            name: "checked",
            description: "Revisados. How many objects it looked at.",
            shape: &COUNT,
            nullable: false,
        },
        ShapeField {
            name: "found",
            description: "Hallados. At how many of them the link is broken.",
            shape: &COUNT,
            nullable: false,
        },
    ],
};

static EXPLANATION: ObjectShape = ObjectShape {
    name: "QualityExplanation",
    description: "Explicación del puntaje. From what it was computed, and how.",
    fields: &[
        ShapeField {
            name: "formula",
            description: "Fórmula. How the counts make the score.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "rules",
            description: "Reglas. Every rule of the catalogue with its counts; those on findings, plans and decisions only for whoever reads all of them.",
            shape: &Shape::List(&Shape::Object(&LINE)),
            nullable: false,
        },
    ],
};

static OUTPUT: ObjectShape = ObjectShape {
    name: "Quality",
    description: "Calidad. How whole the graph of an organization is on a day, by the published rules and weights.",
    fields: &[
        ShapeField {
            name: "score",
            description: "Puntaje. From 0.0 to 100.0, one decimal; null when no rule found anything to look at.",
            shape: &DECIMAL,
            nullable: true,
        },
        ShapeField {
            name: "reason",
            description: "Motivo. Why there is no score, in the language of the request; null when there is one.",
            shape: &TEXT,
            nullable: true,
        },
        ShapeField {
            name: "explain",
            description: "Explicación. From what it was computed, and how.",
            shape: &Shape::Object(&EXPLANATION),
            nullable: false,
        },
    ],
};

const FORMULA: &str = "100 × (1 − Σ weight × found ÷ Σ weight × checked)";

/// The organization, then the counts of each rule.
const NEEDS: [(Sql, Scalar); 1 + RULES.len()] = {
    let mut needs = [(Sql::Column("id"), Scalar::Id); 1 + RULES.len()];
    let mut number = 0;
    while number < RULES.len() {
        needs[1 + number] = (Sql::Template(RULES[number].counts), Scalar::Text);
        number += 1;
    }
    needs
};

/// `Organization.quality`.
pub const QUALITY: Figure =
    Figure { needs: &NEEDS, output: &Shape::Object(&OUTPUT), arguments: &[], compute: quality, reveals: None };

fn quality(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    may_read(input, Subject::Processes)?;
    let tally = |(rule, cell): (&Rule, &Value)| {
        let [checked, found] = counts(cell)?;
        Ok(Tally { weight: rule.weight, checked, found })
    };
    let all = reads_all(input, Subject::Improvement);
    let read: Vec<_> =
        RULES.iter().zip(&input.cells[1..]).filter(|(rule, _)| all || !rule.is_of_improvement()).collect();
    let tallies = read.iter().copied().map(tally).collect::<Result<Vec<_>, ErrorCode>>()?;
    let rules = read.iter().zip(&tallies).map(|((rule, _), tally)| {
        json!({ "rule": rule.term().name, "weight": tally.weight, "checked": tally.checked, "found": tally.found })
    });
    let score = score_in_tenths(&tallies);
    let reason = input.locale.either("Ninguna regla encontró qué revisar.", "No rule found anything to look at.");
    Ok(json!({
        "score": score.map(decimal),
        "reason": score.is_none().then_some(reason),
        "explain": { "formula": FORMULA, "rules": rules.collect::<Value>() },
    }))
}

/// Does the viewer read everything under a heading in the organization of the first need?
fn reads_all(input: &FigureInput<'_>, subject: Subject) -> bool {
    let organization = input.cells[0].as_str().and_then(OpaqueId::parse);
    organization.is_some_and(|organization| input.viewer.reach(subject).whole.contains(organization.uuid))
}

/// Refuses a figure over rows that the viewer does not read in the organization of the first need.
pub(crate) fn may_read(input: &FigureInput<'_>, subject: Subject) -> Result<(), Refusal> {
    let organization = input.cells[0].as_str().and_then(OpaqueId::parse).ok_or(ErrorCode::Internal)?;
    if input.viewer.reach(subject).published.contains(organization.uuid) {
        Ok(())
    } else {
        Err(input.viewer.reads_not(subject))
    }
}

#[cfg(test)]
mod tests;
