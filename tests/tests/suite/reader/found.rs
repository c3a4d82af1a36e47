//! Documents on which the reader and the oracle once disagreed.

use articula::graph::error::Locale;
use articula_tests::{database, seed::Data};
use serde_json::Map;

use super::{
    oracle::Oracle,
    promises::compared,
    world::{self, Asked},
};

/// Everybody answers alike: every database and the oracle.
fn agree(documents: &'static [&'static str]) {
    agree_on(1, documents);
}

/// The same on a data set of some size.
fn agree_on(scale: usize, documents: &'static [&'static str]) {
    database::on_all(move |all| async move {
        let data = Data::new(7, scale);
        let mut apps = Vec::new();
        for fresh in &all {
            apps.push(world::app(fresh, &data).await);
        }
        let oracle = Oracle::new(&data, &all[0].url).await;
        for document in documents {
            for (name, actor) in world::actors(&data) {
                let asked =
                    Asked { document: (*document).to_owned(), variables: Map::new(), actor, locale: Locale::EsCo };
                if let Err(fault) = compared(&apps, &oracle, &asked).await {
                    panic!("as {name}: {fault}\n{document}");
                }
            }
        }
    });
}

#[test]
fn a_computed_value_is_one_operand_of_a_filter() {
    agree(&[
        r#"{ municipalities(first: 100, asOf: "2020-01-01", where: {inForce: {eq: false}}) { nodes { name } } }"#,
        r#"{ posts(first: 100, where: {vacant: {isNull: true}}) { totalCount } }"#,
    ]);
}

#[test]
fn the_types_of_counts_are_in_the_schema() {
    agree(&[
        "{ orgUnitGroups(by: [IN_FORCE]) { ... on Groups { nodes { ... on Group { count key { ... on GroupKey { value } } } } } } }",
    ]);
}

#[test]
fn counts_by_group_count_what_the_list_shows() {
    agree(&[
        r#"{ postHoldingGroups(by: [APPOINTMENT], asOf: "2020-01-01") { nodes { count key { value label } } } }"#,
        r#"{ coverageGroups(by: [OFFICIAL], asOf: "2024-06-14") { nodes { count } } }"#,
    ]);
}

#[test]
fn the_state_of_a_version_is_that_of_the_day_asked_for() {
    agree(&[
        "{ structureVersions(first: 100) { nodes { number state inForce } } }",
        "{ structureVersions(first: 100, orderBy: [{field: STATE}], where: {state: {eq: REPEALED}}) { nodes { state } } }",
        r#"{ unitVersions(first: 100, asOf: "2014-07-01") { nodes { structureVersion { state inForce } } } }"#,
    ]);
}

#[test]
fn filters_and_orders_clamp_the_moment_as_edges_do() {
    agree(&[
        "{ orgUnits(first: 100) { nodes { versions(first: 100, orderBy: [{field: POST_COUNT}, {field: UNIT_NAME}]) { nodes { postCount unit { name } } } } } }",
        "{ orgUnits(first: 100, where: {versions: {some: {posts: {some: {vacant: {eq: true}}}}}}) { nodes { id } } }",
        "{ orgUnits(first: 100, where: {versions: {every: {unit: {inForce: {eq: true}}}}}) { nodes { id } } }",
    ]);
}

#[test]
fn a_missing_date_sorts_as_the_greatest_in_bounded_lists() {
    agree_on(
        4,
        &[
            "{ posts(first: 100) { nodes { id replacedBy { id validFrom } } } organizations(first: 3) { nodes { legalActs(first: 100) { nodes { posts(first: 100) { nodes { replacedBy { validFrom } } } } } } } }",
        ],
    );
}

#[test]
fn a_computed_value_of_a_row_that_is_not_there_is_missing() {
    agree(&[
        "{ structureVersionGroups(by: [BASE_VERSION_STATE]) { nodes { count key { value } } } }",
        "{ municipalities(first: 100, asOf: \"2010-12-31\", orderBy: [{field: TERRITORIAL_ENTITY_MUNICIPALITY_COUNT}, {field: CODE, direction: DESC}]) { nodes { code } } }",
    ]);
}

#[test]
fn no_template_stands_between_an_edge_and_its_parents() {
    agree(&[
        "{ orgUnits(first: 100) { nodes { successions(first: 100) { totalCount nodes { id } } } } structureVersions(first: 100) { nodes { preview { unitsWithoutFate { id } } } } }",
    ]);
}

#[test]
fn nested_conditions_lose_no_rows() {
    agree(&[
        "{ orgUnits(first: 100) { nodes { successions(first: 100, where: {successors: {some: {responsibilitiesGiven: {none: {organization: {id: {isNull: true}}}}}}}) { totalCount } } } }",
    ]);
}

#[test]
fn null_is_no_list_of_values() {
    agree(&[
        "{ posts(first: 1, where: {validTo: {in: null}}) { totalCount } organizations(first: 1, where: {kind: {notIn: null}}) { totalCount } }",
    ]);
}

#[test]
fn a_single_parent_binds_its_moment_only_where_it_is_used() {
    agree(&[
        "{ organizations(first: 1) { nodes { structure { tree { name } units(first: 3) { nodes { posts(first: 2) { nodes { id } } } } } } } }",
    ]);
}

#[test]
fn a_page_can_be_ordered_by_what_depends_on_the_moment_of_its_parent() {
    agree(&[
        "{ unitVersions(first: 50) { nodes { children { structureVersion { units(first: 5, orderBy: [{field: POST_COUNT, direction: DESC}]) { nodes { name postCount } } } } } } }",
    ]);
}

/// What each database says to a document with variables: all the same.
fn answers(document: &'static str, variables: serde_json::Value, expected: &'static str) {
    database::on_each(move |fresh| {
        let variables = variables.as_object().cloned().unwrap_or_default();
        async move {
            let data = Data::new(7, 1);
            let app = world::app(&fresh, &data).await;
            let actor = world::all_of_both(&data);
            let asked = Asked { document: document.to_owned(), variables, actor, locale: Locale::EsCo };
            let found = String::from_utf8(world::ask(&app, &asked).await).expect("UTF-8");
            assert!(found.contains(expected), "{:?}: {found}", fresh.dialect);
        }
    });
}

#[test]
fn a_text_that_no_database_can_hold_is_no_failure_of_ours() {
    let filter = "query($w: LegalActWhere) { legalActs(first: 1, where: $w) { totalCount } }";
    answers(filter, serde_json::json!({ "w": { "issuer": { "eq": "a\0b" } } }), "VARIABLES_INVALID");
    answers(filter, serde_json::json!({ "w": { "subject": { "contains": "\0" } } }), "VARIABLES_INVALID");
    let lookup = "query($by: DepartmentBy) { department(by: $by) { id } }";
    answers(lookup, serde_json::json!({ "by": { "code": "\0" } }), "VARIABLES_INVALID");
    // Written into the document it comes past the coercion of variables.
    answers(
        r#"{ legalActs(first: 1, where: {issuer: {eq: "a\u0000b"}}) { totalCount } }"#,
        serde_json::json!({}),
        "FILTER_INVALID",
    );
    answers(r#"{ department(by: {code: "\u0000"}) { id } }"#, serde_json::json!({}), "INVALID_ARGUMENT");
}

#[test]
fn nothing_is_read_for_a_list_that_is_refused() {
    database::on_each(|fresh| async move {
        let data = Data::new(7, 1);
        let app = world::app(&fresh, &data).await;
        let document = r#"{ legalActs(first: 1, after: "AAAA") { nodes { id } } legalActGroups(by: [KIND], where: {date: {in: null}}) { nodes { count } } }"#;
        let found = world::answer(&app, &world::all_of_both(&data), document).await;
        let codes: Vec<_> = found.failures.iter().map(|(_, code)| code.as_str()).collect();
        assert_eq!(codes, ["CURSOR_INVALID", "FILTER_INVALID"]);
        assert_eq!(app.store().statements().get(), 0);
    });
}
