//! How many effective closures did not last: `Organization.improvement { notSustained }`.

use std::collections::HashSet;

use articula_tests::{
    chain::{Chain, opaque},
    demonstration::{self, LEADER, MONITOR},
    service::Service,
};
use entity::{Kind, OpaqueId};
use serde_json::{Value, json};

/// States of a finding, by their numbers.
const IN_VERIFICATION: i64 = 8;
const EFFECTIVE: i64 = 9;
const NO_ACTION: i64 = 6;

/// By hand: A is closed effective on 1 March 2025, B on 1 June, C on 15 June; D is closed without an action. A is repeated twice,
/// as analyses of 10 October and 1 November 2025 say, and counts once; B once, of 15 January 2026; C by one that nobody has analysed,
/// so nobody has judged it. So before March nothing of nothing; then 0 of 1; of three none until 9 October, A on the 10th, A and B from
/// 15 January 2026: ⅔ = 66.7 %.
#[test]
fn a_closure_that_is_repeated_was_not_sustained() {
    demonstration::on_each(async |service| {
        let viewer = service.user(MONITOR).data("{ viewer { account { id } } }", json!({})).await;
        let account = viewer["viewer"]["account"]["id"].as_str().and_then(OpaqueId::parse).expect("an account").uuid;
        let mut chain = Chain::new("Secretaría que cierra");
        let mut closed = |code: &str, from, to, on: &str| {
            let finding = chain.finding(code, "2025-01-10", None);
            chain.step(finding, (from, to), on, account);
            finding
        };
        let first = closed("A", IN_VERIFICATION, EFFECTIVE, "2025-03-01");
        let second = closed("B", IN_VERIFICATION, EFFECTIVE, "2025-06-01");
        let third = closed("C", IN_VERIFICATION, EFFECTIVE, "2025-06-15");
        closed("D", 4, NO_ACTION, "2025-02-01");
        for (code, repeats, on, analysed) in [
            ("E", first, "2025-09-01", Some("2025-10-10")),
            ("F", first, "2025-10-20", Some("2025-11-01")),
            ("G", second, "2025-12-01", Some("2026-01-15")),
            ("H", third, "2025-12-02", None),
        ] {
            let again = chain.finding(code, on, Some(repeats));
            if let Some(day) = analysed {
                chain.cause(again, day);
            }
        }
        chain.write(&service.fresh).await;
        let id = opaque(Kind::Organization, chain.organization);
        for (day, part, whole, percent) in [
            ("2025-02-28", 0, 0, None),
            ("2025-03-01", 0, 1, Some("0.0")),
            ("2025-10-09", 0, 3, Some("0.0")),
            ("2025-10-10", 1, 3, Some("33.3")),
            ("2025-11-01", 1, 3, Some("33.3")),
            ("2026-01-14", 1, 3, Some("33.3")),
            ("2026-01-15", 2, 3, Some("66.7")),
        ] {
            let query = format!(
                "{{ organization(id: \"{id}\", asOf: \"{day}\") {{ improvement {{ notSustained {{ part whole percent reason }} }} }} }}"
            );
            let found = service.user(MONITOR).data(&query, json!({})).await;
            let reason = percent.is_none().then_some("No hay con qué calcularla a la fecha de corte.");
            assert_eq!(
                found["organization"]["improvement"]["notSustained"],
                json!({ "part": part, "whole": whole, "percent": percent, "reason": reason }),
                "{day}"
            );
            let stranger = service.user(LEADER).ask(&query, json!({})).await;
            assert_eq!(stranger.codes(), ["NOT_FOUND"], "{day}");
        }
    });
}

/// The findings of all secretariats, page by page.
async fn findings(service: &Service, filter: &str, selection: &str) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let query = format!(
            "query($after: String) {{ findings(first: 100, after: $after, asOf: \"2026-06-30\", where: {{ {filter} }}) {{
               pageInfo {{ hasNextPage endCursor }} nodes {{ id organization {{ id }} {selection} }} }} }}"
        );
        let page = service.user(MONITOR).data(&query, json!({ "after": after })).await["findings"].clone();
        found.extend(page["nodes"].as_array().expect("a page").iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// On the demonstration, secretariat by secretariat: what the figure says is what one counts through the findings.
#[test]
fn the_figure_is_what_one_counts() {
    demonstration::on_each(async |service| {
        let closed = findings(service, "state: { eq: CLOSED_EFFECTIVE }", "").await;
        let repeated = findings(service, "recurrenceOf: {}, causeAnalyses: { some: {} }", "recurrenceOf { id }").await;
        let query =
            "{ organizations(first: 100, asOf: \"2026-06-30\", where: { kind: { eq: EDUCATION_SECRETARIAT } }) {
            nodes { id improvement { notSustained { part whole } } } } }";
        let figures = service.user(MONITOR).data(query, json!({})).await["organizations"]["nodes"].clone();
        let mut sum = (0, 0);
        for secretariat in figures.as_array().expect("secretariats") {
            let own = |finding: &&Value| finding["organization"]["id"] == secretariat["id"];
            let whole = closed.iter().filter(own).count();
            let earlier: HashSet<_> =
                repeated.iter().filter(own).map(|finding| finding["recurrenceOf"]["id"].to_string()).collect();
            let told = &secretariat["improvement"]["notSustained"];
            assert_eq!(*told, json!({ "part": earlier.len(), "whole": whole }), "{secretariat}");
            sum = (sum.0 + earlier.len(), sum.1 + whole);
        }
        assert!(sum.0 >= 10 && sum.0 < sum.1, "the demonstration has some of both: {sum:?}");
    });
}
