//! Counting two maps.

use entity::{insight::MapStanding, value_chain::AdoptionStatus};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{make, standing};
use crate::graph::error::Locale;

const STATUSES: [&str; 4] = ["ADOPTED", "ADAPTED", "MERGED", "ABSENT"];

fn line(number: usize, status: &str, level: &str) -> Value {
    json!({ "status": status, "said": status != "ABSENT", "unjustifiedGap": status == "ABSENT", "level": level, "position": number,
            "referenceProcess": { "id": number.to_string(), "code": "A", "name": "a" }, "process": null, "adoption": null })
}

fn organization(statuses: &[usize], own: usize) -> Value {
    let of_level = |level: &str, place: usize| {
        let lines = statuses.iter().enumerate().filter(|(number, _)| number % 2 == place);
        json!({ "nodes": lines.map(|(number, status)| line(number, STATUSES[*status], level)).collect::<Vec<_>>() })
    };
    let own: Vec<_> = (0..own)
        .map(|number| {
            let mut line = line(number, "OWN", "PROCESS");
            line["referenceProcess"] = Value::Null;
            line
        })
        .collect();
    json!({ "id": "x", "name": "SE", "kind": "EDUCATION_SECRETARIAT", "macroprocesses": of_level("MACROPROCESS", 0),
            "processes": of_level("PROCESS", 1), "own": { "nodes": own } })
}

fn compared(of: Value, with: Value) -> Value {
    make(&serde_json::Map::new(), &json!({ "of": of, "with": with }), chrono::NaiveDate::MIN, Locale::EsCo)
        .expect("a comparison")
}

#[test]
fn a_line_stands_by_what_each_does() {
    use AdoptionStatus::{Absent, Adapted, Adopted, Merged};
    for (of, with, expected) in [
        (Adopted, Adopted, MapStanding::Same),
        (Merged, Merged, MapStanding::Same),
        (Adopted, Adapted, MapStanding::Differing),
        (Adopted, Absent, MapStanding::OnlyOf),
        (Absent, Merged, MapStanding::OnlyWith),
        (Absent, Absent, MapStanding::Neither),
    ] {
        assert_eq!(standing(Some(of), Some(with)), expected, "{of:?} {with:?}");
    }
}

#[test]
fn who_is_no_secretariat_has_no_figures() {
    let mut ministry = organization(&[], 0);
    ministry["kind"] = "MINISTRY".into();
    let told = compared(organization(&[0, 1, 2], 1), ministry);
    assert!(told["reason"].is_string() && told["levels"] == json!([]) && told["lines"] == json!([]), "{told}");
    assert_eq!(told["of"]["own"], Value::Null);
}

proptest! {
    #[test]
    fn counts_are_the_lines(of in prop::collection::vec(0..4_usize, 0..40), seed in 0..4_usize, own in 0..3_usize) {
        let with: Vec<usize> = of.iter().enumerate().map(|(number, status)| (status + number * seed) % 4).collect();
        let told = compared(organization(&of, own), organization(&with, 1));
        let lines = told["lines"].as_array().expect("a list");
        prop_assert_eq!(lines.len(), of.len() + own + 1);
        for tally in told["levels"].as_array().expect("a list") {
            let count = |name: &str| tally[name].as_u64().expect("a count");
            prop_assert_eq!(count("both") + count("onlyOf") + count("onlyWith") + count("neither"), count("reference"));
            prop_assert!(count("differing") <= count("both"));
            let of_level = lines.iter().filter(|line| line["level"] == tally["level"] && !line["referenceProcess"].is_null());
            let standing = |word: &str| of_level.clone().filter(|line| line["standing"] == word).count() as u64;
            prop_assert_eq!(standing("SAME") + standing("DIFFERING"), count("both"));
            prop_assert_eq!(standing("ONLY_WITH"), count("onlyWith"));
            prop_assert_eq!(standing("NEITHER"), count("neither"));
        }
        // The other way round it is the same, mirrored.
        let back = compared(organization(&with, 1), organization(&of, own));
        for (one, other) in told["levels"].as_array().into_iter().flatten().zip(back["levels"].as_array().into_iter().flatten()) {
            prop_assert_eq!((&one["onlyOf"], &one["both"], &one["differing"]), (&other["onlyWith"], &other["both"], &other["differing"]));
        }
    }
}
