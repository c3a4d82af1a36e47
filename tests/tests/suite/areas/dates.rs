//! One question, several dates: the moment belongs to a path.

use articula_tests::demonstration::{self, LEADER};
use serde_json::{Value, json};

#[test]
fn nested_fields_inherit_the_day_and_two_days_stand_in_one_question() {
    demonstration::on_each(async |service| {
        let query = r#"query($f: String! = "25286") {
            old: organization(by: { territorialEntity: { divipola: $f } }, asOf: "2021-06-30") { ...S }
            new: organization(by: { territorialEntity: { divipola: $f } }) { ...S then: structure(asOf: "2021-06-30") { number } }
            before: organization(by: { territorialEntity: { divipola: $f } }, asOf: "2019-02-28") { structure { number } } }
            fragment S on Organization { structure { number inForce state tree { name } units(first: 1) { totalCount } unitCount } }"#;
        let data = service.user(LEADER).data(query, json!({})).await;
        assert_eq!(
            (&data["old"]["structure"]["number"], &data["new"]["structure"]["number"]),
            (&json!(1), &json!(3)),
            "{data}"
        );
        assert_eq!(data["old"]["structure"]["inForce"], true, "on that day it was");
        assert_eq!(data["old"]["structure"]["state"], "IN_FORCE", "on that day it was");
        assert_eq!(data["new"]["then"]["number"], 1);
        assert_eq!(data["before"]["structure"], Value::Null, "there was none yet");
        let names = |version: &str| {
            let tree = data[version]["structure"]["tree"].as_array().expect("a tree").iter();
            tree.map(|unit| unit["name"].to_string()).collect::<Vec<_>>()
        };
        let has = |version: &str, name: &str| names(version).iter().any(|unit| unit.contains(name));
        assert!(has("old", "Área de Talento Humano") && !has("new", "Área de Talento Humano"));
        assert!(!has("old", "Área de Innovación") && has("new", "Área de Innovación"));
        for version in ["old", "new"] {
            let structure = &data[version]["structure"];
            assert_eq!(structure["unitCount"], structure["units"]["totalCount"]);
            assert_eq!(structure["unitCount"].as_u64(), Some(names(version).len() as u64));
        }
    });
}

#[test]
fn the_difference_of_two_days_lists_what_was_done_with_its_act() {
    demonstration::on_each(async |service| {
        let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) {
            structureDiff(from: "2022-12-31", to: "2025-12-31") { kind validFrom predecessors { name inForce } successors { name }
              legalAct { number kind date } transfers { fromUnit { name } toUnit { name } } }
            none: structureDiff(from: "2025-06-01", to: "2025-12-31") { kind } } }"#;
        let data = service.user(LEADER).data(query, json!({})).await;
        assert_eq!(data["organization"]["none"], json!([]));
        let differences = data["organization"]["structureDiff"].as_array().expect("a list");
        let of = |kind: &str, unit: &str| {
            let found = differences.iter().find(|it| it["kind"] == kind && it["predecessors"][0]["name"] == unit);
            found.unwrap_or_else(|| panic!("no {kind} of {unit}: {data}"))
        };
        let unit = "Área de Talento Humano";
        for kind in ["SPLIT", "SUPPRESS"] {
            let found = of(kind, unit);
            assert_eq!(found["validFrom"], "2025-02-01");
            assert_eq!(found["predecessors"][0]["inForce"], false);
            assert_eq!(found["successors"].as_array().map(Vec::len), Some(2), "{found}");
            assert!(found["legalAct"]["number"].is_string(), "{found}");
            assert_eq!(found["legalAct"], of("SPLIT", unit)["legalAct"]);
            assert!(found["legalAct"]["date"].as_str() <= Some("2025-02-01"), "{found}");
        }
        let kinds: Vec<_> = differences.iter().filter_map(|it| it["kind"].as_str()).collect();
        for kind in ["CREATE", "RENAME", "MOVE", "MERGE", "SPLIT", "SUPPRESS"] {
            assert!(kinds.contains(&kind), "no {kind} in {kinds:?}");
        }
        assert!(differences.is_sorted_by_key(|it| it["validFrom"].as_str().unwrap_or_default().to_owned()));
    });
}

#[test]
fn versions_of_one_organization_never_overlap() {
    demonstration::on_each(async |service| {
        let query = "query($after: String) { organizations(first: 50, after: $after) { pageInfo { hasNextPage endCursor }
            nodes { name structureVersions(first: 20, orderBy: [{ field: NUMBER }]) { nodes { validFrom validTo } } } } }";
        let monitor = service.user(demonstration::MONITOR);
        let mut after = Value::Null;
        loop {
            let page = monitor.data(query, json!({ "after": after })).await["organizations"].clone();
            for organization in page["nodes"].as_array().expect("nodes") {
                let mut open: Option<String> = None;
                for version in organization["structureVersions"]["nodes"].as_array().expect("versions") {
                    let Some(from) = version["validFrom"].as_str() else { continue };
                    assert!(open.as_deref().is_none_or(|until| until <= from), "{organization}");
                    open = Some(version["validTo"].as_str().unwrap_or("9999-12-31").to_owned());
                }
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    });
}
