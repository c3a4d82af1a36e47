//! A query's price is known before it reads anything.

use articula_tests::demonstration::{self, LEADER, MONITOR};
use serde_json::json;

use super::lives;

#[test]
fn lists_in_lists_in_lists_are_refused_before_they_read() {
    demonstration::on_each(async |service| {
        let query = "{ organizations(first: 100) { nodes { units(first: 100) { nodes { versions(first: 100) { nodes { id } } } } } } }";
        let monitor = service.user(MONITOR);
        monitor.data("{ viewer { name } }", json!({})).await;
        let (statements, answer) = service.statements(monitor.ask(query, json!({}))).await;
        assert_eq!(answer.codes(), ["QUERY_TOO_COSTLY"], "{}", answer.text);
        assert!(
            answer.body["errors"][0]["extensions"]["cost"].as_u64()
                > answer.body["errors"][0]["extensions"]["maximum"].as_u64()
        );
        assert_eq!(statements, 0, "it read before it was refused");
        lives(service, "a costly query").await;
    });
}

#[test]
fn neither_variables_nor_fragments_nor_aliases_make_it_cheaper() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let inner = "units(first: $n) { nodes { versions(first: $n) { nodes { id } } } }";
        for query in [
            format!("query($n: Int = 100) {{ organizations(first: $n) {{ nodes {{ {inner} }} }} }}"),
            format!(
                "query($n: Int!) {{ organizations(first: $n) {{ ...C }} }} fragment C on OrganizationConnection {{ edges {{ node {{ {inner} }} }} }}"
            ),
            format!(
                "query($n: Int!) {{ organizations(last: $n) {{ nodes {{ ... on Node {{ ... on Organization {{ {inner} }} }} }} }} }}"
            ),
        ] {
            let answer = leader.ask(&query, json!({ "n": 100 })).await;
            assert_eq!(answer.codes(), ["QUERY_TOO_COSTLY"], "{query}: {}", answer.text);
        }
        let many: String = (0..19)
            .map(|n| {
                format!("a{n}: organizations(first: 100) {{ nodes {{ units(first: 100) {{ nodes {{ id }} }} }} }} ")
            })
            .collect();
        let answer = leader.ask(&format!("{{ {many} }}"), json!({})).await;
        assert_eq!(answer.codes(), ["QUERY_TOO_COSTLY"], "{}", answer.text);
        lives(service, "costly queries").await;
    });
}

#[test]
fn a_filter_is_bounded_in_depth_size_and_length() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let deep = (0..5).fold("name:{contains:\"zz\"}".to_owned(), |inner, _| {
            format!("organization:{{persons:{{every:{{{inner}}}}}}}")
        });
        let wide: String = (0..101).map(|n| format!("{{name:{{contains:\"a{n}\"}}}}")).collect();
        let long = "a".repeat(201);
        for filter in [deep, format!("or:[{wide}]"), format!("name:{{contains:\"{long}\"}}")] {
            let query = format!("{{ persons(first: 1, where: {{{filter}}}) {{ totalCount }} }}");
            let (statements, answer) = service.statements(leader.ask(&query, json!({}))).await;
            assert_eq!(answer.codes(), ["FILTER_INVALID"], "{query}: {}", answer.text);
            assert_eq!(statements, 0, "it read before it was refused");
        }
    });
}
