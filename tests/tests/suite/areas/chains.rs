//! Broken links by pages and groups, two maps beside each other, and the coverage of alignment by edition.
//!
//! A secretariat of its own is laid out row by row: it holds what no act could bring about today.

use articula_tests::{
    chain::{BEGIN, Chain, opaque},
    demonstration::{self, LEADER, MONITOR, OTHER_LEADER},
    service::Service,
};
use entity::{Kind, OpaqueId};
use serde_json::{Value, json};
use uuid::Uuid;

/// Reads one thing of an organization on a day, as the Ministry does.
async fn of(service: &Service, chain: &Chain, day: &str, selection: &str) -> Value {
    let id = opaque(Kind::Organization, chain.organization);
    let query = format!("{{ organization(id: \"{id}\", asOf: \"{day}\") {{ {selection} }} }}");
    service.user(MONITOR).data(&query, json!({})).await["organization"].clone()
}

fn uuid(id: &Value) -> Uuid {
    OpaqueId::parse(id.as_str().expect("an id")).expect("an id").uuid
}

/// Who has nothing to do with the secretariat learns nothing of it.
async fn nobody_else_learns(service: &Service, chain: &Chain) {
    let id = opaque(Kind::Organization, chain.organization);
    for who in [LEADER, OTHER_LEADER] {
        for list in ["brokenLinks", "referenceLines", "alignmentLines"] {
            let query = format!(
                "{{ it: {list}(first: 5, asOf: \"2026-03-10\", where: {{ organization: {{ id: {{ eq: \"{id}\" }} }} }}) {{ totalCount nodes {{ __typename }} }} }}"
            );
            let seen = service.user(who).data(&query, json!({})).await;
            assert_eq!(seen["it"], json!({ "totalCount": 0, "nodes": [] }), "{list}");
        }
        let query = format!("{{ organization(id: \"{id}\") {{ quality {{ score }} }} }}");
        assert_eq!(service.user(who).ask(&query, json!({})).await.codes(), ["NOT_FOUND"]);
    }
}

#[test]
fn the_same_links_are_counted_by_group_and_found_by_filters_and_pages() {
    demonstration::on_each(async |service| {
        let mut chain = Chain::new("Secretaría de páginas");
        let process = chain.process("A", "Proceso", 1);
        let version = chain.version(process, 1, 1, (BEGIN, None));
        for number in 0..5 {
            chain.flow(version, 2, &format!("Salida {number}"), &[]);
        }
        chain.write(&service.fresh).await;
        let id = opaque(Kind::Organization, chain.organization);
        let own = format!("organization: {{ id: {{ eq: \"{id}\" }} }}");
        let query = format!(
            "{{ brokenLinkGroups(by: [RULE, ORGANIZATION_NAME], asOf: \"2026-01-01\", where: {{ {own} }}) {{ nodes {{ count key {{ value label }} }} }}
               organizations(first: 5, asOf: \"2026-01-01\", where: {{ brokenLinks: {{ some: {{ rule: {{ eq: OUTPUT_WITHOUT_CONSUMER }} }} }}, name: {{ eq: \"Secretaría de páginas\" }} }}) {{ totalCount }} }}"
        );
        let seen = service.user(MONITOR).data(&query, json!({})).await;
        let counts: Vec<_> =
            seen["brokenLinkGroups"]["nodes"].as_array().expect("groups").iter().map(|it| &it["count"]).collect();
        assert_eq!(counts, [14, 5, 1], "{seen}");
        assert_eq!(seen["brokenLinkGroups"]["nodes"][1]["key"][0]["label"], "Salida sin consumidor");
        assert_eq!(seen["organizations"]["totalCount"], 1);

        let (mut after, mut objects) = (String::new(), Vec::new());
        loop {
            let query = format!(
                "{{ organization(id: \"{id}\", asOf: \"2026-01-01\") {{ brokenLinks(first: 3 {after}) {{ edges {{ cursor node {{ rule object }} }} pageInfo {{ hasNextPage }} }} }} }}"
            );
            let page = service.user(MONITOR).data(&query, json!({})).await["organization"]["brokenLinks"].clone();
            let edges = page["edges"].as_array().expect("a page");
            objects.extend(edges.iter().map(|edge| format!("{} {}", edge["node"]["rule"], edge["node"]["object"])));
            after = format!(", after: {}", edges.last().expect("a last one")["cursor"]);
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        let all = objects.len();
        objects.sort();
        objects.dedup();
        assert_eq!((all, objects.len()), (20, 20), "each once");
    });
}

/// The macroprocesses of the national reference, A to N.
async fn macroprocesses(service: &Service) -> Vec<Uuid> {
    let query = "{ referenceProcesses(first: 100, where: { level: { eq: MACROPROCESS } }) { nodes { id } } }";
    let found = service.user(MONITOR).data(query, json!({})).await;
    let found: Vec<_> =
        found["referenceProcesses"]["nodes"].as_array().expect("a list").iter().map(|it| uuid(&it["id"])).collect();
    assert_eq!(found.len(), 14);
    found
}

/// Two maps in one field: for whoever reads both, and for nobody else.
async fn two_maps(service: &Service, [chain, other]: [&Chain; 2]) {
    let ids = [chain, other].map(|chain| opaque(Kind::Organization, chain.organization));
    let query = "query($of: ID!, $with: ID!) { processMapComparison(of: $of, with: $with, asOf: \"2026-05-01\") { of { name own } with { own } reason
        truncated levels { level reference both differing onlyOf onlyWith neither } explain { formula }
        lines { standing level referenceProcess { code } of { status process { name } justification unjustifiedGap } with { status process { name } } } } }";
    let told = service.user(MONITOR).data(query, json!({ "of": ids[0], "with": ids[1] })).await;
    let told = &told["processMapComparison"];
    assert_eq!((&told["of"]["own"], &told["with"]["own"], &told["reason"]), (&json!(1), &json!(0), &Value::Null));
    let top = &told["levels"][0];
    let expected = json!({ "level": "MACROPROCESS", "reference": 14, "both": 1, "differing": 1, "onlyOf": 11, "onlyWith": 1, "neither": 1 });
    assert_eq!(*top, expected);
    let lines = told["lines"].as_array().expect("a list");
    assert_eq!(
        (&lines[0]["standing"], &lines[0]["of"]["status"], &lines[0]["with"]["process"]["name"]),
        (&json!("DIFFERING"), &json!("ADOPTED"), &json!("Proceso"))
    );
    let twelfth =
        lines.iter().find(|line| line["of"]["justification"] == "Se hace con otra entidad").expect("it is told");
    assert_eq!((&twelfth["standing"], &twelfth["of"]["status"]), (&json!("ONLY_OF"), &json!("ADAPTED")));
    let last = lines.last().expect("an own one");
    assert_eq!(
        (&last["standing"], &last["referenceProcess"], &last["with"]),
        (&json!("ONLY_OF"), &Value::Null, &Value::Null)
    );

    // Who reads only one of the two, or neither, is told what he is told of a wrong id.
    let query_of = |of: &str, with: &str| json!({ "of": of, "with": with });
    let found = service.user(LEADER).data("{ organizations(first: 1) { nodes { id } } }", json!({})).await;
    let mine = found["organizations"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
    let wrong = opaque(Kind::Organization, Uuid::from_u128(7));
    let mut answers = Vec::new();
    for (of, with) in [(&mine, &ids[0]), (&mine, &wrong), (&ids[0], &mine), (&wrong, &mine), (&ids[0], &ids[1])] {
        let answer = service.user(LEADER).ask(query, query_of(of, with)).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"], "{}", answer.text);
        answers.push(answer.anonymous());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    let own = service.user(LEADER).data(query, query_of(&mine, &mine)).await;
    assert!(own["processMapComparison"]["levels"][0]["differing"] == 0, "{own}");
    // The Ministry is no secretariat: nothing to compare, and why.
    let query_kind = "{ organizations(first: 1, where: { kind: { eq: MINISTRY } }) { nodes { id referenceComparison { adopted coverage { percent } reason }
        alignmentCoverage { aligned { part } processes reason } } } }";
    let found = service.user(MONITOR).data(query_kind, json!({})).await;
    let ministry = &found["organizations"]["nodes"][0];
    for figure in ["referenceComparison", "alignmentCoverage"] {
        let figure = ministry[figure].as_object().expect("a figure");
        assert!(figure.iter().all(|(name, value)| value.is_null() == (name != "reason")), "{figure:?}");
    }
    let told = service.user(MONITOR).data(query, query_of(&ids[0], ministry["id"].as_str().expect("an id"))).await;
    let told = &told["processMapComparison"];
    assert!(told["reason"].is_string() && told["levels"] == json!([]) && told["lines"] == json!([]), "{told}");
}

#[test]
fn two_maps_stand_beside_each_other() {
    demonstration::on_each(async |service| {
        let references = macroprocesses(service).await;
        let mut chain = Chain::new("Secretaría de once");
        let process = chain.process("X", "Proceso propio", 1);
        chain.version(process, 1, 2, (BEGIN, None));
        for reference in &references[..11] {
            chain.adoption(1, Some(*reference), Some(process), None, BEGIN);
        }
        chain.adoption(2, Some(references[11]), Some(process), Some("Se hace con otra entidad"), BEGIN);
        chain.adoption(5, None, Some(process), None, BEGIN);
        chain.write(&service.fresh).await;
        let mut other = Chain::new("Otra secretaría");
        let merged = other.process("Y", "Todo en uno", 1);
        other.version(merged, 1, 2, (BEGIN, None));
        other.adoption(3, Some(references[0]), Some(merged), None, BEGIN);
        other.adoption(3, Some(references[13]), Some(merged), None, BEGIN);
        other.write(&service.fresh).await;
        two_maps(service, [&chain, &other]).await;
    });
}

/// The policies of MIPG in force on a day, by slug.
async fn policies(service: &Service, day: &str) -> Vec<(String, Uuid)> {
    let query = format!(
        "{{ framework(by: {{ slug: \"MIPG\" }}, asOf: \"{day}\") {{ current {{ requirements(first: 100, where: {{ kind: {{ eq: POLICY }} }}) {{ nodes {{ id slug }} }} }} }} }}"
    );
    let found = service.user(MONITOR).data(&query, json!({})).await;
    let found = found["framework"]["current"]["requirements"]["nodes"].as_array().expect("a list").clone();
    found.iter().map(|it| (it["slug"].as_str().expect("a slug").to_owned(), uuid(&it["id"]))).collect()
}

#[test]
fn alignment_counts_for_the_edition_that_it_points_to() {
    demonstration::on_each(async |service| {
        let (before, now) = (policies(service, "2020-12-31").await, policies(service, "2026-01-01").await);
        assert!(now.len() >= 18 && !before.is_empty() && before[0].1 != now[0].1);
        let mut chain = Chain::new("Secretaría alineada");
        let unit = chain.unit("Planeación");
        let (one, two) = (chain.process("A", "Uno", 2), chain.process("B", "Dos", 2));
        for process in [one, two] {
            chain.version(process, 1, 2, ("2018-01-01", None));
        }
        chain.alignment(1, before[0].1, ("process_id", one), ("2020-01-01", None));
        chain.alignment(1, now[0].1, ("process_id", one), ("2022-03-01", Some("2025-03-01")));
        chain.alignment(2, now[1].1, ("org_unit_id", unit), ("2022-03-01", None));
        chain.write(&service.fresh).await;
        let selection = "alignmentCoverage { aligned { part whole percent } contributed notAligned processes processesWithoutAlignment
            explain { formula inputs } }
            alignmentLines(first: 100, where: { kind: { eq: POLICY } }) { totalCount nodes { status requirement { id edition { code } }
              leads(first: 3) { nodes { process { code } } } contributions(first: 3) { nodes { unit { name } } } } }";
        let all = |day: &str| if day < "2021-01-01" { before.len() } else { now.len() } as i64;
        for (day, led, contributed, without) in [
            ("2019-12-31", 0, 0, 2),
            ("2020-12-31", 1, 0, 1),
            ("2021-01-01", 0, 0, 1),
            ("2022-02-28", 0, 0, 1),
            ("2022-03-01", 1, 1, 1),
            ("2025-02-28", 1, 1, 1),
            ("2025-03-01", 0, 1, 1),
        ] {
            let told = of(service, &chain, day, selection).await;
            let figures = &told["alignmentCoverage"];
            assert_eq!(
                (&figures["aligned"]["part"], &figures["aligned"]["whole"]),
                (&json!(led), &json!(all(day))),
                "{day}"
            );
            assert_eq!(figures["contributed"], contributed, "{day}");
            assert_eq!(figures["notAligned"], all(day) - led - contributed, "{day}");
            assert_eq!(
                (&figures["processes"], &figures["processesWithoutAlignment"]),
                (&json!(2), &json!(without)),
                "{day}"
            );
            let lines = told["alignmentLines"]["nodes"].as_array().expect("a list");
            let of = |status: &str| lines.iter().filter(|line| line["status"] == status).collect::<Vec<_>>();
            assert_eq!(told["alignmentLines"]["totalCount"], all(day));
            assert_eq!((of("ALIGNED").len() as i64, of("CONTRIBUTED").len() as i64), (led, contributed), "{day}");
            assert!(
                of("ALIGNED").iter().all(|line| line["leads"]["nodes"] == json!([{ "process": { "code": "P" } }])),
                "{told}"
            );
            assert!(
                of("CONTRIBUTED")
                    .iter()
                    .all(|line| line["contributions"]["nodes"] == json!([{ "unit": { "name": "Planeación" } }]))
            );
        }
        // The same of an edition that is not in force on the day: what holds on the day and points to it.
        let edition = |policy: Uuid| {
            format!("{{ requirement(id: \"{}\") {{ edition {{ id }} }} }}", opaque(Kind::Requirement, policy))
        };
        let old =
            service.user(MONITOR).data(&edition(before[0].1), json!({})).await["requirement"]["edition"]["id"].clone();
        for (day, whole, led) in
            [("2019-12-31", before.len(), 0), ("2020-06-30", before.len(), 1), ("2026-01-01", before.len(), 1)]
        {
            let asked = format!(
                "alignmentCoverage(edition: {old}) {{ aligned {{ part whole }} explain {{ edition level rule }} }}
                 alignmentLines(edition: {old}, first: 100, where: {{ kind: {{ eq: POLICY }} }}) {{ totalCount nodes {{ inForce status requirement {{ id }} }} }}"
            );
            let told = of(service, &chain, day, &asked).await;
            let figures = &told["alignmentCoverage"];
            assert_eq!(figures["aligned"], json!({ "part": led, "whole": whole }), "{day}");
            assert_eq!(
                figures["explain"],
                json!({ "edition": "2019", "level": "PROCESS", "rule": "PROCESS_WITHOUT_ALIGNMENT" }),
                "{day}"
            );
            let lines = told["alignmentLines"]["nodes"].as_array().expect("a list");
            assert_eq!(told["alignmentLines"]["totalCount"], whole, "{day}");
            assert!(lines.iter().all(|line| line["inForce"] == (day < "2021-01-01")), "{day}: {lines:?}");
            let led_lines: Vec<_> = lines.iter().filter(|line| line["status"] == "ALIGNED").collect();
            assert_eq!(led_lines.len(), led, "{day}: {lines:?}");
        }
        let id = opaque(Kind::Organization, chain.organization);
        for wrong in
            [opaque(Kind::FrameworkEdition, Uuid::from_u128(7)), opaque(Kind::Requirement, now[0].1), "x".to_owned()]
        {
            let query = format!(
                "{{ organization(id: \"{id}\") {{ alignmentCoverage(edition: \"{wrong}\") {{ contributed }} }} }}"
            );
            assert_eq!(service.user(MONITOR).ask(&query, json!({})).await.codes(), ["NOT_FOUND"], "{wrong}");
        }
        // By all secretariats: one leads it; those without a map tell nothing.
        let requirement = opaque(Kind::Requirement, now[0].1);
        let query = |day: &str| {
            format!(
                "{{ requirement(id: \"{requirement}\", asOf: \"{day}\") {{ coverage {{ aligned {{ part whole }} contributed notAligned noDatum secretariats }} }} }}"
            )
        };
        let coverage = |told: Value| told["requirement"]["coverage"].clone();
        let [then, after] = ["2025-02-28", "2025-03-01"].map(query);
        let then = coverage(service.user(MONITOR).data(&then, json!({})).await);
        let after = coverage(service.user(MONITOR).data(&after, json!({})).await);
        let number = |told: &Value, name: &str| told[name].as_i64().expect("a number");
        assert_eq!(number(&then["aligned"], "part"), number(&after["aligned"], "part") + 1);
        assert_eq!(number(&then, "notAligned"), number(&after, "notAligned") - 1);
        for told in [&then, &after] {
            assert_eq!(number(told, "noDatum") + number(&told["aligned"], "whole"), number(told, "secretariats"));
            let parts = number(&told["aligned"], "part") + number(told, "contributed") + number(told, "notAligned");
            assert_eq!(parts, number(&told["aligned"], "whole"), "{told}");
        }
        let refused = service.user(LEADER).ask(&query("2025-02-28"), json!({})).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"], "figures over all are for who reads all");
        let roles = &refused.body["errors"][0]["extensions"]["roles"];
        assert_eq!(*roles, json!(["SFI_MONITOR"]), "who lacks national reach is not sent for a role that he has");
        assert_eq!(refused.body["data"]["requirement"]["coverage"], Value::Null);
        nobody_else_learns(service, &chain).await;
    });
}
