//! S3 and S4: a map against the national reference, and broken links; with them the coverage of alignment.
//!
//! A secretariat of its own is laid out row by row, so that what the demonstration holds does not matter.

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

/// The macroprocesses of the national reference, A to N.
async fn macroprocesses(service: &Service) -> Vec<Uuid> {
    let query = "{ referenceProcesses(first: 100, where: { level: { eq: MACROPROCESS } }) { nodes { id } } }";
    let found = service.user(MONITOR).data(query, json!({})).await;
    let found: Vec<_> =
        found["referenceProcesses"]["nodes"].as_array().expect("a list").iter().map(|it| uuid(&it["id"])).collect();
    assert_eq!(found.len(), 14);
    found
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

const LINKS: &str = "brokenLinks(first: 50) { totalCount nodes { rule severity weight object about { hint label }
    process { id name } unit { id } flow { id name } } } quality { score reason explain { formula rules { rule weight checked found } } }";

fn rules(told: &Value) -> Vec<&str> {
    let links = told["brokenLinks"]["nodes"].as_array().expect("a list");
    let mut rules: Vec<_> = links.iter().map(|link| link["rule"].as_str().expect("a word")).collect();
    rules.sort_unstable();
    rules
}

/// The score by the published formula.
fn score(told: &Value, broken: f64) -> String {
    let lines = told["quality"]["explain"]["rules"].as_array().expect("a list");
    let weight =
        |line: &Value| line["weight"].as_f64().unwrap_or_default() * line["checked"].as_f64().unwrap_or_default();
    format!("{:.1}", 100.0 * (1.0 - broken / lines.iter().map(weight).sum::<f64>()))
}

#[test]
fn s4_a_characterization_is_consistent() {
    const HOSTILE: &str = r#""]--><script>alert('ñ')</script>{t}"#;
    demonstration::on_each(async |service| {
        let mut chain = Chain::new("Secretaría de S4");
        let nothing = "2024-12-31";
        chain.write(&service.fresh).await;
        let told = of(service, &chain, "2026-03-09", LINKS).await;
        assert_eq!((&told["quality"]["score"], rules(&told)), (&Value::Null, vec![]), "{told}");
        assert!(told["quality"]["reason"].is_string());

        let unit = chain.unit("Calidad");
        let (one, two) = (chain.process("D", HOSTILE, 1), chain.process("N", "Sistema de gestión", 1));
        let first = chain.version(one, 1, 3, (BEGIN, Some("2026-04-01")));
        let second = chain.version(two, 1, 4, (BEGIN, None));
        let output = chain.flow(first, 2, HOSTILE, &[]);
        chain.flow(second, 1, "Informes", &[one]);
        chain.leads(unit, one, (BEGIN, None));
        for reference in macroprocesses(service).await {
            chain.adoption(4, Some(reference), None, Some("Por tamaño"), BEGIN);
        }
        chain.write(&service.fresh).await;

        let told = of(service, &chain, "2026-03-09", LINKS).await;
        assert_eq!(rules(&told), ["OUTPUT_WITHOUT_CONSUMER", "PROCESS_WITHOUT_LEAD"], "{told}");
        let links = told["brokenLinks"]["nodes"].as_array().expect("a list");
        // The gravest first, each with its node and what to do about it.
        assert_eq!((&links[0]["severity"], &links[0]["weight"]), (&json!("HIGH"), &json!(8)));
        assert_eq!(links[0]["object"], opaque(Kind::Process, two));
        assert_eq!(links[0]["process"]["id"], links[0]["object"]);
        assert_eq!((&links[1]["severity"], &links[1]["weight"]), (&json!("MEDIUM"), &json!(3)));
        assert_eq!(links[1]["object"], opaque(Kind::Flow, output));
        assert_eq!(links[1]["flow"], json!({ "id": links[1]["object"], "name": HOSTILE }));
        assert!(links.iter().all(|link| link["about"]["hint"].as_str().is_some_and(|hint| !hint.is_empty())));
        assert_eq!(told["quality"]["score"], score(&told, 11.0), "{told}");
        let by_process = format!(
            "{{ process(id: \"{}\", asOf: \"2026-03-09\") {{ brokenLinks(first: 5) {{ nodes {{ rule }} }} }} }}",
            opaque(Kind::Process, two)
        );
        let seen = service.user(MONITOR).data(&by_process, json!({})).await;
        assert_eq!(seen["process"]["brokenLinks"]["nodes"], json!([{ "rule": "PROCESS_WITHOUT_LEAD" }]));

        // A lead from the tenth of March on, and from April a version that says who takes the output.
        chain.leads(unit, two, ("2026-03-10", None));
        let mended = chain.version(one, 2, 3, ("2026-04-01", None));
        chain.flow(mended, 2, HOSTILE, &[two]);
        chain.write(&service.fresh).await;
        for (day, left, broken) in [
            (nothing, vec![], None),
            ("2026-03-09", vec!["OUTPUT_WITHOUT_CONSUMER", "PROCESS_WITHOUT_LEAD"], Some(11.0)),
            ("2026-03-10", vec!["OUTPUT_WITHOUT_CONSUMER"], Some(3.0)),
            ("2026-03-31", vec!["OUTPUT_WITHOUT_CONSUMER"], Some(3.0)),
            ("2026-04-01", vec![], Some(0.0)),
        ] {
            let told = of(service, &chain, day, LINKS).await;
            assert_eq!(rules(&told), left, "{day}: {told}");
            assert_eq!(
                told["quality"]["score"].as_str().map(str::to_owned),
                broken.map(|broken| score(&told, broken)),
                "{day}"
            );
        }
        assert_eq!(of(service, &chain, "2026-04-01", LINKS).await["quality"]["score"], "100.0");
        nobody_else_learns(service, &chain).await;
    });
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

const COMPARISON: &str =
    "referenceComparison { adopted adapted merged absent own reference coverage { part whole percent reason }
    unjustifiedGaps explain { formula level justifiedAbsences } }";

#[test]
fn s3_a_process_map_against_the_national_reference() {
    demonstration::on_each(async |service| {
        let mut chain = Chain::new("Secretaría de S3");
        let references = macroprocesses(service).await;
        let process = chain.process("X", "\"]--><script>", 1);
        chain.version(process, 1, 2, (BEGIN, None));
        for reference in &references[..11] {
            chain.adoption(1, Some(*reference), Some(process), None, BEGIN);
        }
        chain.adoption(2, Some(references[11]), Some(process), Some("Se hace con otra entidad"), BEGIN);
        chain.adoption(5, None, Some(process), None, BEGIN);
        chain.adoption(4, Some(references[12]), None, Some("No aplica por tamaño"), "2026-05-01");
        chain.write(&service.fresh).await;
        let expected = |absences: i64| {
            json!({ "adopted": 11, "adapted": 1, "merged": 0, "absent": 2, "own": 1, "reference": 14,
                "coverage": { "part": 12, "whole": 14, "percent": "85.7", "reason": null }, "unjustifiedGaps": 2 - absences })
        };
        for (day, absences) in [("2026-04-30", 0), ("2026-05-01", 1), ("2026-05-02", 1)] {
            let mut told = of(service, &chain, day, COMPARISON).await["referenceComparison"].clone();
            let explanation = told.as_object_mut().and_then(|told| told.remove("explain")).expect("an explanation");
            assert_eq!(told, expected(absences), "{day}");
            assert_eq!(
                (&explanation["level"], &explanation["justifiedAbsences"]),
                (&json!("MACROPROCESS"), &json!(absences))
            );
        }
        let before = of(service, &chain, "2010-12-31", COMPARISON).await;
        assert_eq!(before["referenceComparison"]["coverage"]["percent"], Value::Null);
        assert!(before["referenceComparison"]["coverage"]["reason"].is_string());

        let lines = "referenceLines(first: 20, where: { level: { eq: MACROPROCESS } }) { totalCount nodes { status said unjustifiedGap
            referenceProcess { code } process { name } adoption { justification legalAct { id } } } }";
        let told = of(service, &chain, "2026-05-01", lines).await["referenceLines"].clone();
        assert_eq!(told["totalCount"], 15, "the reference, and what is own");
        let line = |number: usize| &told["nodes"][number];
        assert_eq!((&line(0)["status"], &line(0)["process"]["name"]), (&json!("ADOPTED"), &json!("Proceso")));
        assert_eq!(
            (&line(12)["status"], &line(12)["said"], &line(12)["unjustifiedGap"]),
            (&json!("ABSENT"), &json!(true), &json!(false))
        );
        assert_eq!(line(12)["adoption"]["justification"], "No aplica por tamaño");
        assert_eq!(
            (&line(13)["status"], &line(13)["said"], &line(13)["unjustifiedGap"]),
            (&json!("ABSENT"), &json!(false), &json!(true))
        );
        assert_eq!((&line(14)["status"], &line(14)["referenceProcess"]), (&json!("OWN"), &Value::Null));
        // The gap that is left is the broken link, and no other.
        let gaps = "brokenLinks(first: 20, where: { rule: { eq: REFERENCE_GAP_UNJUSTIFIED } }) { nodes { object referenceProcess { id code } } }";
        let told = of(service, &chain, "2026-05-01", gaps).await;
        assert_eq!(told["brokenLinks"]["nodes"].as_array().map(Vec::len), Some(1), "{told}");
        assert_eq!(told["brokenLinks"]["nodes"][0]["object"], opaque(Kind::ReferenceProcess, references[13]));

        // Two secretariats beside each other, by reference process.
        let mut other = Chain::new("Otra secretaría");
        let merged = other.process("Y", "Todo en uno", 1);
        other.version(merged, 1, 2, (BEGIN, None));
        other.adoption(3, Some(references[0]), Some(merged), None, BEGIN);
        other.adoption(3, Some(references[13]), Some(merged), None, BEGIN);
        other.write(&service.fresh).await;
        let ids = [&chain, &other].map(|chain| opaque(Kind::Organization, chain.organization));
        let query = format!(
            "{{ referenceProcesses(first: 14, asOf: \"2026-05-01\", where: {{ level: {{ eq: MACROPROCESS }} }}) {{ nodes {{ id
                referenceLines(first: 2, where: {{ organization: {{ id: {{ in: {} }} }} }}) {{ nodes {{ status organization {{ id }} }} }} }} }} }}",
            json!(ids)
        );
        let told = service.user(MONITOR).data(&query, json!({})).await;
        let beside = |reference: Uuid| {
            let nodes = told["referenceProcesses"]["nodes"].as_array().expect("a list");
            let line = nodes.iter().find(|node| uuid(&node["id"]) == reference).expect("a line");
            let lines = line["referenceLines"]["nodes"].as_array().expect("a list");
            let of = |id: &String| {
                lines.iter().find(|line| line["organization"]["id"] == *id).expect("each")["status"].clone()
            };
            ids.each_ref().map(of)
        };
        assert_eq!(beside(references[0]), ["ADOPTED", "MERGED"]);
        assert_eq!(beside(references[1]), ["ADOPTED", "ABSENT"]);
        assert_eq!(beside(references[13]), ["ABSENT", "MERGED"]);
        nobody_else_learns(service, &chain).await;
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
        assert_eq!(refused.body["data"]["requirement"]["coverage"], Value::Null);
        nobody_else_learns(service, &chain).await;
    });
}
