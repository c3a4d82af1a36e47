//! What requests cost.

use std::sync::LazyLock;

use async_graphql::{OutputType, parser::parse_query, registry::Registry};
use entity::{Kind, OpaqueId, picture::PictureKind};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Cost, CostTable};
use crate::{
    contract::Articula,
    execution::roots::Drawing,
    graph::bridge::{MutationRoot, QueryRoot},
    insight::{picture, two_maps},
    reader::collect::Source,
};

static TABLE: LazyLock<CostTable> = LazyLock::new(|| {
    let mut registry = Registry::default();
    QueryRoot::<Articula>::create_type_info(&mut registry);
    MutationRoot::<Articula>::create_type_info(&mut registry);
    CostTable::read(&registry.types)
});

/// What a document costs, and what an answer to it does.
fn costs(document: &str, variables: Value, data: &Value) -> (Cost<'static>, u64) {
    let document = parse_query(document).unwrap_or_else(|fault| panic!("{document}: {fault}"));
    let variables = variables.as_object().cloned().unwrap_or_else(Map::new);
    let source = Source { document: &document, variables: &variables };
    let (_, operation) = document.operations.iter().next().expect("an operation");
    let requested = TABLE.requested(source, &operation.node);
    let actual = TABLE.actual(source, &operation.node, data).total();
    (requested, actual)
}

fn requested(document: &str) -> u64 {
    costs(document, json!({}), &Value::Null).0.total()
}

#[test]
fn objects_cost_one_and_lists_as_often_as_they_are_long() {
    for (document, expected) in [
        ("{ __typename }", 0),
        ("{ organization(id: 1) { id name } }", 1),
        ("{ organization(id: 1) { id structure { id } } }", 2),
        ("{ organizations(first: 7) { totalCount pageInfo { hasNextPage } nodes { id } } }", 8),
        ("{ organizations(last: 7) { edges { cursor node { id } } } }", 7),
        ("{ organizations(first: 7) { edges { node { id } } nodes { id } } }", 14),
        ("{ organizations(first: 10) { nodes { units(first: 5) { totalCount nodes { current { name } } } } } }", 120),
        ("{ structureVersions(first: 2) { nodes { tree { name } } } }", 202),
        ("{ nodes(ids: [1, 2, 3]) { id } }", 3),
        ("{ orgUnitGroups(by: [KIND], first: 4) { nodes { count key { value } } } }", 100),
        ("{ myWork(first: 10) { items { node { id } } } }", 5_000 + 10),
        ("{ trace(id: 1, first: 2) { hits { path { node { id } } } } }", 5_000 + 12),
        ("mutation { postDelete(id: 1, expectedVersion: 1) { post { id } errors { code } } }", 11),
        ("{ apiLimits { cost { request } } }", 0),
        (
            "{ findings(first: 5) { nodes { daysOverdue availableTransitions { act blockedBy { code } } can(action: FINDING_CONFIRM) { allowed } } } }",
            15,
        ),
    ] {
        assert_eq!(requested(document), expected, "{document}");
    }
}

#[test]
fn nothing_makes_it_cheaper_and_repeating_not_dearer() {
    let plain = requested("{ organizations(first: 10) { nodes { units(first: 10) { nodes { id } } } } }");
    assert_eq!(plain, 110);
    let units = "units(first: $n) { nodes { id } }";
    for document in [
        format!("query($n: Int) {{ organizations(first: $n) {{ nodes {{ {units} }} }} }}"),
        format!("query($n: Int) {{ a: organizations(first: $n) {{ b: edges {{ c: node {{ d: {units} }} }} }} }}"),
        format!(
            "query($n: Int) {{ organizations(first: $n) {{ nodes {{ ...A ...A ...B }} }} }} fragment A on Organization {{ ...B {units} }} fragment B on Organization {{ {units} }}"
        ),
        format!(
            "query($n: Int) {{ organizations(first: $n) {{ nodes {{ ... on Node {{ ... on Organization {{ {units} }} }} }} }} }}"
        ),
        format!("query($n: Int) {{ organizations(first: $n) {{ nodes {{ id }} nodes {{ {units} }} }} }}"),
        format!(
            "query($n: Int) {{ organizations(first: $n) {{ nodes {{ x: units(first: $n) @skip(if: true) {{ nodes {{ id }} }} {units} }} }} }}"
        ),
    ] {
        assert_eq!(costs(&document, json!({ "n": 10 }), &Value::Null).0.total(), plain, "{document}");
    }
    // Under another name it is another list.
    let twice = "{ organizations(first: 10) { nodes { a: units(first: 10) { nodes { id } } b: units(first: 10) { nodes { id } } } } }";
    assert_eq!(requested(twice), 210);
    assert_eq!(requested("{ organizations { nodes { id } } }"), 0, "it is refused by itself, and reads nothing");
    assert_eq!(requested("{ organizations(first: -7) { nodes { id } } }"), 0);
    assert_eq!(requested("{ organizations(first: 2147483647) { nodes { id } } }"), 1_000, "so is this");
}

#[test]
fn of_several_types_the_dearest_counts() {
    let cheap = "... on Department { name }";
    let dear = "... on Organization { units(first: 50) { nodes { id } } }";
    for selections in [format!("{cheap} {dear}"), format!("{dear} {cheap}"), dear.to_owned()] {
        assert_eq!(requested(&format!("{{ node(id: 1) {{ {selections} }} }}")), 51, "{selections}");
    }
    let answer =
        |node| costs(&format!("{{ node(id: 1) {{ id {cheap} {dear} }} }}"), json!({}), &json!({ "node": node })).1;
    assert_eq!(answer(json!({ "id": "a", "name": "Meta" })), 1);
    assert_eq!(answer(json!({ "id": "a", "units": { "nodes": [{ "id": "b" }, { "id": "c" }] } })), 3);
    assert_eq!(answer(Value::Null), 0);
}

#[test]
fn an_answer_costs_what_it_brings() {
    let document =
        "{ organizations(first: 10) { totalCount nodes { units(first: 5) { edges { node { current { name } } } } } } }";
    let unit = |current: Value| json!({ "node": { "current": current } });
    let data = json!({ "organizations": { "totalCount": 97, "nodes": [
        { "units": { "edges": [unit(json!({ "name": "A" })), unit(Value::Null)] } },
        { "units": Value::Null },
    ] } });
    assert_eq!(costs(document, json!({}), &data).1, 1 + 2 + 2 + 1);
    // What a list of assumed size brings beyond that is free.
    let tree: Value = (0..150).map(|_| json!({ "name": "A" })).collect();
    let data = json!({ "structureVersion": { "tree": tree } });
    let (requested, actual) = costs("{ structureVersion(id: 1) { tree { name } } }", json!({}), &data);
    assert_eq!((requested.total(), actual), (101, 101));
}

#[test]
fn the_dearest_coordinates_are_named() {
    let document = "{ organizations(first: 10) { nodes { units(first: 5) { edges { node { current { name } } } } } } viewer { name } }";
    let (cost, _) = costs(document, json!({}), &Value::Null);
    let named = |most| cost.dearest(most).into_iter().map(|(name, cost)| format!("{name} {cost}")).collect::<Vec<_>>();
    let expected = ["OrgUnit.current 50", "Organization.units 50", "Query.organizations 10", "Query.viewer 1"];
    assert_eq!(named(9), expected);
    assert_eq!(named(1), expected[..1]);
    assert_eq!(cost.breakdown()[0], json!({ "coordinate": "OrgUnit.current", "cost": 50 }));
}

#[test]
fn questions_about_the_schema_are_free() {
    let canonical = include_str!("../../../../tests/tests/suite/contract/introspection.graphql");
    assert_eq!(requested(canonical), 0);
    assert_eq!(requested("{ __type(name: \"Organization\") { fields { name type { name } } } }"), 0);
}

/// What is made of the answer to a document of the service's own is charged a weight: not less than that document would be.
#[test]
fn pictures_cost_not_less_than_what_they_read() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 6, 30).expect("a date");
    let inner = |drawing: &Drawing, arguments: Value| {
        let question = (drawing.ask)(arguments.as_object().expect("an object"), today).ok()?;
        Some(costs(question.document, question.variables.into(), &Value::Null).0.total())
    };
    let mut dearest = Vec::new();
    for kind in PictureKind::VOCABULARY.terms {
        let of_all = (0..=u8::MAX).filter_map(|number| {
            let mut arguments = json!({ "kind": kind.name, "of": OpaqueId { number, uuid: Uuid::nil() }.to_string() });
            match kind.name {
                "STRUCTURE_DIFF" => (arguments["from"], arguments["to"]) = ("2020-01-01".into(), "2024-01-01".into()),
                "TRACE" => arguments["depth"] = 6.into(),
                _ => {}
            }
            inner(&picture::PICTURE, arguments)
        });
        dearest.push((kind.name, of_all.max().unwrap_or_else(|| panic!("nothing can be drawn as {}", kind.name))));
    }
    let picture = requested("{ picture(kind: ORG_CHART, of: 1) { hash } }");
    assert!(dearest.iter().all(|(_, cost)| (1..picture).contains(cost)), "{picture}: {dearest:?}");
    let of = OpaqueId { number: Kind::Organization as u8, uuid: Uuid::nil() }.to_string();
    let comparison = inner(&two_maps::COMPARISON, json!({ "of": of, "with": of })).expect("two maps");
    let weight = requested("{ processMapComparison(of: 1, with: 2) { of { name } } }");
    assert!((1..weight).contains(&comparison), "{comparison} of {weight}");
}

#[test]
fn what_multiplies_saturates() {
    let deep = (0..14)
        .fold("id".to_owned(), |inner, _| format!("units(first: 1000) {{ nodes {{ organization {{ {inner} }} }} }}"));
    let cost = requested(&format!("{{ organizations(first: 1000) {{ nodes {{ {deep} }} }} }}"));
    assert_eq!((cost, super::told(cost)), (u64::MAX, i32::MAX as u64));
}
