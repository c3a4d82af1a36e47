//! What a question costs in SQL statements does not grow with the rows that answer it. PostgreSQL answers a question by one.

use articula::reader::sql::Dialect;
use articula_tests::{
    demonstration::{self, LEADER, MONITOR},
    service::Service,
};
use serde_json::{Value, json};

/// Statements of a question whose document and account are known already.
async fn statements(service: &Service, subject: &str, query: &str, variables: Value) -> (u64, Value) {
    let user = service.user(subject);
    user.data(query, variables.clone()).await;
    service.statements(user.data(query, variables)).await
}

/// What so many reads take: SQLite runs them one after another, PostgreSQL together.
fn statements_of(reads: u64, service: &Service) -> u64 {
    if service.app.store().dialect() == Dialect::Postgres { 1 } else { reads }
}

#[test]
fn they_do_not_grow_with_rows() {
    demonstration::on_each(async |service| {
        for query in [
            "query($n: Int!) { organizations(first: $n) { nodes { name territorialEntity { name department { name } } structure { number legalAct { number } tree { name } } } } }",
            "query($n: Int!) { posts(first: $n) { nodes { job { denomination { name } } unit { name } holders { name } currentHoldings { appointment person { name } } } } }",
            "query($n: Int!) { orgUnits(first: $n) { edges { cursor node { versions(first: 3) { nodes { code parent { name } structureVersion { number } } } predecessors { name } } } } }",
            "query($n: Int!) { municipalities(first: $n, orderBy: [{ field: NAME }]) { nodes { department { name } coverages(first: 5) { nodes { territorialEntity { name } } } } } }",
            "query($n: Int!) { organizations(first: $n) { nodes { quality { score } brokenLinks(first: 3) { totalCount nodes { rule unit { name } } } } } }",
            "query($n: Int!) { orgUnits(last: $n) { nodes { brokenLinks(first: 2) { totalCount nodes { rule organization { name } } } } } }",
            // Each version reads at a moment of its own.
            "query($n: Int!) { unitVersions(first: $n) { nodes { unit { brokenLinks(last: 2) { totalCount nodes { rule } } } } } }",
            "query($n: Int!) { organizations(first: $n) { nodes { referenceComparison { adopted } referenceLines(first: 5) { nodes { status adoption { justification } } } alignmentLines(first: 5) { nodes { status partsAligned leads(first: 2) { nodes { role } } } } } } }",
            "query($n: Int!) { territorialEntities(last: $n) { nodes { municipalities(first: 5) { nodes { name } } municipalityCount } } }",
        ] {
            let (few, _) = statements(service, MONITOR, query, json!({ "n": 5 })).await;
            let (many, _) = statements(service, MONITOR, query, json!({ "n": 97 })).await;
            assert_eq!(few, many, "{query}");
            assert!(few >= statements_of(2, service), "{query} was answered from nowhere: {few}");
        }
    });
}

#[test]
fn views_of_a_whole_country_or_map_are_few_statements() {
    demonstration::on_each(async |service| {
        let all = "organizations(first: 97, where: { kind: { eq: EDUCATION_SECRETARIAT } })";
        for figure in ["alignmentCoverage { notAligned }", "referenceComparison { absent }", "quality { score }"] {
            let (figures, _) =
                statements(service, MONITOR, &format!("{{ {all} {{ nodes {{ {figure} }} }} }}"), json!({})).await;
            assert_eq!(figures, 1, "{figure}");
        }
        let map = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { processes(first: 100) { nodes { name
            responsibilities(first: 10) { nodes { unit { name } } }
            alignments(first: 10) { nodes { requirement { name parent { name } } } } } } } }"#;
        assert_eq!(statements(service, LEADER, map, json!({})).await.0, statements_of(4, service));
        let (_, data) = statements(
            service,
            MONITOR,
            "{ requirements(first: 1, where: { kind: { eq: DIMENSION } }) { nodes { id } } }",
            json!({}),
        )
        .await;
        let trace = "query($id: ID!) { trace(id: $id, depth: 4, direction: IN, via: [REQUIREMENT_PART_OF, LEADS_REQUIREMENT, LEADS, \
            UNIT_PART_OF], to: [PROCESS, ORG_UNIT]) { count } }";
        let (steps, _) =
            statements(service, MONITOR, trace, json!({ "id": data["requirements"]["nodes"][0]["id"] })).await;
        assert_eq!(steps, 5, "the start, and one for each step");
    });
}

#[test]
fn a_total_is_counted_only_when_asked_for() {
    demonstration::on_each(async |service| {
        let page = |more: &str| format!("{{ organizations(first: 5) {{ {more} nodes {{ name }} }} }}");
        let (without, _) = statements(service, MONITOR, &page(""), json!({})).await;
        let (with, data) = statements(service, MONITOR, &page("totalCount"), json!({})).await;
        assert_eq!((without, with), (1, statements_of(2, service)));
        assert!(data["organizations"]["totalCount"].as_i64() >= Some(97));
        let skipped = "query($no: Boolean!) { organizations(first: 5) { totalCount @skip(if: $no) nodes { name } } }";
        assert_eq!(statements(service, MONITOR, skipped, json!({ "no": true })).await.0, 1);
        let (alone, _) = statements(service, MONITOR, "{ organizations(first: 5) { totalCount } }", json!({})).await;
        assert_eq!(alone, 1, "a count alone brings no rows");
    });
}

#[test]
fn a_whole_tree_is_one_statement() {
    demonstration::on_each(async |service| {
        let base = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { structure { number } } }"#;
        let tree = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { structure { number tree { code name depth } } } }"#;
        let (without, _) = statements(service, LEADER, base, json!({})).await;
        let (with, data) = statements(service, LEADER, tree, json!({})).await;
        assert_eq!((without, with), (1, statements_of(2, service)));
        let units = data["organization"]["structure"]["tree"].as_array().expect("a tree");
        assert!(units.len() >= 12, "{} units", units.len());
        // Depth first, and the root before all.
        let depths: Vec<_> = units.iter().filter_map(|unit| unit["depth"].as_i64()).collect();
        assert!(depths.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{depths:?}");
        assert!(depths.iter().skip(1).all(|depth| *depth > depths[0]), "{depths:?}");
    });
}

#[test]
fn reads_that_are_too_many_to_go_together_bring_the_same() {
    demonstration::on_each(async |service| {
        let one = "organizations(first: 3, orderBy: [{ field: NAME }]) { totalCount nodes { name \
            legalActs(last: 2) { totalCount nodes { number date } } } }";
        let (few, alone) = statements(service, MONITOR, &format!("{{ {one} }}"), json!({})).await;
        let several: Vec<_> = (0..5).map(|number| format!("a{number}: {one}")).collect();
        let (many, all) = statements(service, MONITOR, &format!("{{ {} }}", several.join(" ")), json!({})).await;
        assert_eq!((few, many), (statements_of(4, service), 20));
        assert!((0..5).all(|number| all[format!("a{number}")] == alone["organizations"]), "{all}\n{alone}");
    });
}
