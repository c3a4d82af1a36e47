//! Arguments at the edge of what their types allow: each is answered, or refused by a code that says why; never INTERNAL.

use articula_tests::demonstration::{self, LEADER, MONITOR};
use serde_json::json;

use super::lives;

fn documents() -> Vec<String> {
    let mut all = Vec::new();
    for day in [
        "0001-01-01",
        "0000-01-01",
        "9999-12-31",
        "10000-01-01",
        "-0001-01-01",
        "2026-02-30",
        "2026-13-01",
        "2026-6-1",
        "",
        "x",
        "2026-06-30T00:00:00Z",
    ] {
        all.push(format!("{{ territorialEntities(first: 1, asOf: \"{day}\") {{ totalCount }} }}"));
        all.push(format!("{{ legalActs(first: 1, where: {{ date: {{ lt: \"{day}\" }} }}) {{ totalCount }} }}"));
        all.push(format!("{{ organizations(first: 1) {{ nodes {{ structureDiff(from: \"{day}\", to: \"2026-01-01\") {{ kind }} }} }} }}"));
    }
    let nested = |n: usize| format!("{}{}", "{ not: ".repeat(n) + "{ kind: { eq: DECREE } }", " }".repeat(n));
    for n in [1, 5, 12, 25] {
        all.push(format!("{{ legalActs(first: 1, where: {}) {{ totalCount }} }}", nested(n)));
    }
    let relation = |n: usize| "{ structureVersions: { some: { organization: ".repeat(n) + "{}" + &" } } }".repeat(n);
    for n in [1, 3, 6] {
        all.push(format!(
            "{{ territorialEntities(first: 1, where: {{ organization: {} }}) {{ totalCount }} }}",
            relation(n)
        ));
    }
    let order = "{ field: NUMBER }".repeat(6);
    let many = (0..500).map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(",");
    for text in [
        format!("{{ legalActs(first: 1, orderBy: [{order}]) {{ totalCount }} }}"),
        "{ legalActs(first: 1, orderBy: []) { totalCount } }".to_owned(),
        "{ legalActs(first: 1, where: { and: [], or: [] }) { totalCount } }".to_owned(),
        "{ legalActs(first: 1, where: { number: { in: [] } }) { totalCount } }".to_owned(),
        "{ legalActs(first: 1, where: { number: { notIn: [] } }) { totalCount } }".to_owned(),
        format!("{{ legalActs(first: 1, where: {{ number: {{ in: [{many}] }} }}) {{ totalCount }} }}"),
        format!("{{ nodes(ids: [{many}]) {{ id }} }}"),
        "{ nodes(ids: []) { id } }".to_owned(),
        "{ legalActs(first: 1, where: { number: { eq: null } }) { totalCount } }".to_owned(),
        "{ legalActs(first: 1, where: { number: {} }) { totalCount } }".to_owned(),
        "{ legalActs(first: 1, where: null, orderBy: null, after: null) { totalCount } }".to_owned(),
        "{ legalActGroups(by: []) { nodes { count } } }".to_owned(),
        "{ legalActGroups(by: [KIND, KIND, KIND, KIND]) { nodes { count } } }".to_owned(),
        "{ legalActGroups(by: [KIND, KIND]) { nodes { count } } }".to_owned(),
        "{ legalActGroups(by: [KIND], first: 0) { nodes { count } } }".to_owned(),
        "{ enumLabels(type: \"\") { value } }".to_owned(),
        "{ enumLabels(type: \"__Type\") { value } }".to_owned(),
        "{ department { id } }".to_owned(),
        "{ department(id: \"x\", by: { code: \"05\" }) { id } }".to_owned(),
        "{ department(by: {}) { id } }".to_owned(),
        "{ organization(by: { taxId: null }) { id } }".to_owned(),
        "{ organization(by: { taxId: \"\", territorialEntity: { divipola: \"05\" } }) { id } }".to_owned(),
        "{ organization(by: { territorialEntity: {} }) { id } }".to_owned(),
        "{ structureVersions(first: 1, where: { number: { gt: 2147483647 } }) { totalCount } }".to_owned(),
        "{ structureVersions(first: 1, where: { unitCount: { gte: -2147483648 } }, orderBy: [{ field: UNIT_COUNT }]) { totalCount } }".to_owned(),
    ] {
        all.push(text);
    }
    all
}

#[test]
fn arguments_at_their_edges_are_answered_or_refused_by_name() {
    demonstration::on_each(async |service| {
        let mut wrong = Vec::new();
        for document in documents() {
            for subject in [LEADER, MONITOR] {
                let answer = service.user(subject).ask(&document, json!({})).await;
                let known = |code: &String| code != "INTERNAL" && code != "UNAVAILABLE" && !code.is_empty();
                if answer.status >= 500 || answer.body.is_null() || !answer.codes().iter().all(known) {
                    wrong.push(format!("{subject}: {document}: {}", answer.text));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong[..wrong.len().min(8)].join("\n"));
        lives(service, "the edges").await;
    });
}

#[test]
fn both_databases_say_the_same_at_the_edges() {
    articula_tests::database::on_all(|all| async move {
        let mut told: Vec<Vec<String>> = Vec::new();
        for fresh in all {
            demonstration::fill(&fresh).await;
            let service = articula_tests::service::Service::start(&fresh, articula::exchange::demo::ANCHOR).await;
            let mut answers = Vec::new();
            for document in documents() {
                answers
                    .push(format!("{document}: {}", service.user(LEADER).ask(&document, json!({})).await.anonymous()));
            }
            told.push(answers);
            service.stop().await;
        }
        for other in &told[1..] {
            assert_eq!(&told[0], other);
        }
    });
}

#[test]
fn a_day_is_well_written_and_of_a_sensible_year() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        for day in ["2026-13-45", "0000-01-01", "1799-12-31", "2201-01-01", "ayer"] {
            for document in [
                format!("{{ organizations(first: 1, asOf: \"{day}\") {{ totalCount }} }}"),
                format!(
                    "{{ organizations(first: 1) {{ nodes {{ structureDiff(from: \"{day}\", to: \"2026-01-01\") {{ kind }} }} }} }}"
                ),
            ] {
                let answer = leader.ask(&document, json!({})).await;
                assert_eq!(answer.codes(), ["MALFORMED"], "{document}");
                assert!(answer.text.contains("una fecha del 1800-01-01 al 2200-12-31"), "{}", answer.text);
            }
            let given = "query($day: Date) { organizations(first: 1, asOf: $day) { totalCount } }";
            let answer = leader.ask(given, json!({ "day": day })).await;
            assert_eq!(answer.codes(), ["VARIABLES_INVALID"], "{day}");
            assert!(answer.text.contains("$day: una fecha del 1800-01-01"), "{}", answer.text);
        }
        for day in ["1800-01-01", "2200-12-31"] {
            let document = format!("{{ organizations(first: 1, asOf: \"{day}\") {{ totalCount }} }}");
            leader.data(&document, json!({})).await;
        }
    });
}
