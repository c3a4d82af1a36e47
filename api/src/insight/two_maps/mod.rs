//! The maps of two organizations beside each other, line by line of the national reference (`docs/decisions/0026`).
//!
//! Both are asked of the graph as the viewer reads them; what is made of the two answers is a pure function.

pub mod ask;
mod shapes;
#[cfg(test)]
mod tests;

use async_graphql::registry::MetaInputValue;
use chrono::NaiveDate;
use entity::{
    Kind, OpaqueId,
    insight::MapStanding,
    value_chain::{AdoptionStatus, ProcessLevel},
};
use serde_json::{Map, Value, json};

use self::ask::{Lines, line_fragment, lines, map_lines};
use super::share::NO_SECRETARIAT;
use crate::{
    execution::roots::{Drawing, Question, as_of},
    graph::{
        bridge::input,
        declaration::Shape,
        error::{ErrorCode, Locale, Refusal},
    },
};

const DOCUMENT: &str = concat!(
    "query ($of: ID!, $with: ID!, $asOf: Date) { of: organization(id: $of, asOf: $asOf) { ",
    map_lines!(),
    " } with: organization(id: $with, asOf: $asOf) { ",
    map_lines!(),
    " } }",
    line_fragment!()
);

/// The root field `processMapComparison`.
pub static COMPARISON: Drawing = Drawing { shape: &Shape::Object(&shapes::COMPARISON), ask: question, make };

/// What the root field is.
pub const DESCRIPTION: &str = "Comparación de dos mapas. The process maps of two secretariats beside each other, line by line of the \
     national reference: what each of them adopts, adapts, merges or lacks, and what each has of its own. NOT_FOUND when there is one of \
     the two that the viewer may not read.";

/// Its arguments.
pub fn arguments() -> Vec<MetaInputValue> {
    vec![
        input("of", "ID!", "Primera. The organization whose map stands first."),
        input("with", "ID!", "Segunda. The organization with whose map it is compared."),
        as_of(),
    ]
}

fn question(arguments: &Map<String, Value>, today: NaiveDate) -> Result<Question, Refusal> {
    let mut variables = Map::new();
    for name in ["of", "with"] {
        let id = arguments.get(name).cloned().unwrap_or_default();
        let number = id.as_str().and_then(OpaqueId::parse).map(|id| id.number);
        if number != Some(Kind::Organization as u8) {
            return Err(ErrorCode::NotFound.into());
        }
        variables.insert(name.to_owned(), id);
    }
    let day = arguments.get("asOf").filter(|day| !day.is_null()).cloned();
    variables.insert("asOf".to_owned(), day.unwrap_or_else(|| today.to_string().into()));
    Ok(Question { document: DOCUMENT, variables })
}

/// How two maps stand to a process of the reference, by what each does with it.
pub fn standing(of: Option<AdoptionStatus>, with: Option<AdoptionStatus>) -> MapStanding {
    let covered = |status: &AdoptionStatus| *status != AdoptionStatus::Absent;
    match (of.filter(covered), with.filter(covered)) {
        (Some(of), Some(with)) if of == with => MapStanding::Same,
        (Some(_), Some(_)) => MapStanding::Differing,
        (Some(_), None) => MapStanding::OnlyOf,
        (None, Some(_)) => MapStanding::OnlyWith,
        (None, None) => MapStanding::Neither,
    }
}

/// How many lines stand in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    same: u64,
    differing: u64,
    only_of: u64,
    only_with: u64,
    neither: u64,
}

impl Tally {
    fn add(&mut self, standing: MapStanding) {
        *match standing {
            MapStanding::Same => &mut self.same,
            MapStanding::Differing => &mut self.differing,
            MapStanding::OnlyOf => &mut self.only_of,
            MapStanding::OnlyWith => &mut self.only_with,
            MapStanding::Neither => &mut self.neither,
        } += 1;
    }

    fn shown(self, level: &str) -> Value {
        let both = self.same + self.differing;
        json!({
            "level": level,
            "reference": both + self.only_of + self.only_with + self.neither,
            "both": both,
            "differing": self.differing,
            "onlyOf": self.only_of,
            "onlyWith": self.only_with,
            "neither": self.neither,
        })
    }
}

fn status(line: &Value) -> Option<AdoptionStatus> {
    AdoptionStatus::from_number(AdoptionStatus::VOCABULARY.by_name(line["status"].as_str()?)?.number)
}

/// What one of the two has on a line.
fn side(line: &Value) -> Value {
    json!({
        "status": line["status"],
        "said": line["said"],
        "unjustifiedGap": line["unjustifiedGap"],
        "process": line["process"],
        "justification": line["adoption"]["justification"],
        "legalAct": line["adoption"]["legalAct"],
    })
}

/// The lines of two maps: those of the reference in its order, then what the first has of its own, then what the second has.
fn beside(of: &Lines<'_>, with: &Lines<'_>) -> Vec<(MapStanding, Value)> {
    let shown = |standing: MapStanding, any: &Value, of: Value, with: Value| {
        let word = MapStanding::VOCABULARY.by_number(standing.number()).map(|term| term.name);
        let reference = &any["referenceProcess"];
        (
            standing,
            json!({ "standing": word, "level": any["level"], "referenceProcess": reference, "of": of, "with": with }),
        )
    };
    let reference = of.reference.iter().filter_map(|one| {
        let id = &one["referenceProcess"]["id"];
        let other = with.reference.iter().find(|other| other["referenceProcess"]["id"] == *id)?;
        Some(shown(standing(status(one), status(other)), one, side(one), side(other)))
    });
    let own_of = of.own.iter().map(|line| shown(MapStanding::OnlyOf, line, side(line), Value::Null));
    let own_with = with.own.iter().map(|line| shown(MapStanding::OnlyWith, line, Value::Null, side(line)));
    reference.chain(own_of).chain(own_with).collect()
}

fn make(_: &Map<String, Value>, data: &Value, _: NaiveDate, locale: Locale) -> Result<Value, Refusal> {
    let sides = ["of", "with"].map(|name| &data[name]);
    let [of, with] = sides.map(lines);
    let secretariats = sides.iter().all(|side| side["kind"] == "EDUCATION_SECRETARIAT");
    let rows = if secretariats { beside(&of, &with) } else { Vec::new() };
    let mut levels = Vec::new();
    for term in ProcessLevel::VOCABULARY.terms {
        let of_level = rows.iter().filter(|(_, row)| row["level"] == term.name && !row["referenceProcess"].is_null());
        let mut tally = Tally::default();
        of_level.for_each(|(standing, _)| tally.add(*standing));
        if tally != Tally::default() {
            levels.push(tally.shown(term.name));
        }
    }
    let compared = |side: &Value, lines: &Lines<'_>| json!({ "id": side["id"], "name": side["name"], "own": secretariats.then_some(lines.own.len()) });
    let none = ("Ningún mapa de referencia está vigente en esa fecha.", "No reference map is in force on that day.");
    let (es, en) = if secretariats { none } else { NO_SECRETARIAT };
    Ok(json!({
        "of": compared(sides[0], &of),
        "with": compared(sides[1], &with),
        "reason": levels.is_empty().then(|| locale.either(es, en)),
        "levels": levels,
        "lines": rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>(),
        "truncated": of.cut || with.cut,
        "explain": { "formula": FORMULA },
    }))
}

const FORMULA: &str = "by level: reference = both + onlyOf + onlyWith + neither; both = lines that each of the two adopts, adapts or merges; \
     differing = those of both that they do not do in the same way; own processes are in no count of a level";
