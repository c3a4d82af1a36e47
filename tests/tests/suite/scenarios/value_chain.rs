//! S3 and S4: a map against the national reference, and broken links. Everything comes to be by acts, of whoever may do them.

use articula_tests::{
    demonstration::MONITOR,
    founding::{self, Secretariat},
    service::Service,
};
use serde_json::{Value, json};

/// From which day everything holds that says nothing else.
const BEGIN: &str = "2025-01-01";

/// Reads one thing of an organization on a day, as the Ministry does.
async fn of(service: &Service, secretariat: &Secretariat<'_>, day: &str, selection: &str) -> Value {
    let query = format!("{{ organization(id: {}, asOf: \"{day}\") {{ {selection} }} }}", secretariat.id);
    service.user(MONITOR).data(&query, json!({})).await["organization"].clone()
}

/// The macroprocesses of the national reference, A to N.
async fn macroprocesses(service: &Service) -> Vec<Value> {
    let query = "{ referenceProcesses(first: 100, where: { level: { eq: MACROPROCESS } }) { nodes { id } } }";
    let found = service.user(MONITOR).data(query, json!({})).await;
    let nodes = found["referenceProcesses"]["nodes"].as_array().expect("a list").iter();
    let found: Vec<_> = nodes.map(|it| it["id"].clone()).collect();
    assert_eq!(found.len(), 14);
    found
}

/// Who has nothing to do with the secretariat learns nothing of it.
async fn nobody_else_learns(service: &Service, secretariat: &Secretariat<'_>, other: &Secretariat<'_>) {
    let id = &secretariat.id;
    for who in [&other.leader, &other.management] {
        for list in ["brokenLinks", "referenceLines", "alignmentLines"] {
            let query = format!(
                "{{ it: {list}(first: 5, asOf: \"2026-03-10\", where: {{ organization: {{ id: {{ eq: {id} }} }} }}) {{ totalCount nodes {{ __typename }} }} }}"
            );
            let seen = service.user(who).data(&query, json!({})).await;
            assert_eq!(seen["it"], json!({ "totalCount": 0, "nodes": [] }), "{list}");
        }
        let query = format!("{{ organization(id: {id}) {{ quality {{ score }} }} }}");
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
    founding::on_each(BEGIN, async |service| {
        let funza = Secretariat::found(service, "25286", "Secretaría de Funza").await;
        let told = of(service, &funza, "2026-03-09", LINKS).await;
        assert_eq!((&told["quality"]["score"], rules(&told)), (&Value::Null, vec![]), "{told}");
        assert!(told["quality"]["reason"].is_string());

        let unit = funza.structure("Calidad", BEGIN).await;
        let name = json!(HOSTILE);
        let output = format!(", outputs: [{{ name: {name} }}]");
        let one = funza.process(("D", HOSTILE, "SUPPORT"), &output, BEGIN).await;
        let input = format!(", inputs: [{{ name: \"Informes\", processes: [{}] }}]", one["process"]["id"]);
        let two = funza.process(("N", "Sistema de gestión", "EVALUATION"), &input, BEGIN).await;
        funza.leads(&unit, &one["process"]["id"], BEGIN).await;
        let absent =
            |reference: &Value| format!("referenceProcess: {reference}, status: ABSENT, justification: \"Por tamaño\"");
        let absences: Vec<_> = macroprocesses(service).await.iter().map(absent).collect();
        funza.declares(&absences, BEGIN).await;

        let told = of(service, &funza, "2026-03-09", LINKS).await;
        assert_eq!(rules(&told), ["OUTPUT_WITHOUT_CONSUMER", "PROCESS_WITHOUT_LEAD"], "{told}");
        let links = told["brokenLinks"]["nodes"].as_array().expect("a list");
        // The gravest first, each with its node and what to do about it.
        assert_eq!((&links[0]["severity"], &links[0]["weight"]), (&json!("HIGH"), &json!(8)));
        assert_eq!(links[0]["object"], two["process"]["id"]);
        assert_eq!(links[0]["process"]["id"], links[0]["object"]);
        assert_eq!((&links[1]["severity"], &links[1]["weight"]), (&json!("MEDIUM"), &json!(3)));
        assert_eq!(links[1]["object"], one["outputs"][0]["id"]);
        assert_eq!(links[1]["flow"], json!({ "id": links[1]["object"], "name": HOSTILE }));
        assert!(links.iter().all(|link| link["about"]["hint"].as_str().is_some_and(|hint| !hint.is_empty())));
        assert_eq!(told["quality"]["score"], score(&told, 11.0), "{told}");
        let by_process = format!(
            "{{ process(id: {}, asOf: \"2026-03-09\") {{ brokenLinks(first: 5) {{ nodes {{ rule }} }} }} }}",
            two["process"]["id"]
        );
        let seen = service.user(MONITOR).data(&by_process, json!({})).await;
        assert_eq!(seen["process"]["brokenLinks"]["nodes"], json!([{ "rule": "PROCESS_WITHOUT_LEAD" }]));

        // A lead from the tenth of March on, and from April a version that says who takes the output.
        service.turn_to("2026-03-10");
        funza.leads(&unit, &two["process"]["id"], "2026-03-10").await;
        let next = format!(
            "processVersionCreate(process: {}, input: {{ changeReason: \"Tiene consumidor\" }})",
            one["process"]["id"]
        );
        let next = funza.act(&next, "processVersion", "").await;
        let mend = format!(
            "processVersionUpdate(id: {}, expectedVersion: {}, input: {{ outputs: [{{ name: {name}, processes: [{}] }}] }})",
            next["id"], next["version"], two["process"]["id"]
        );
        let mended = funza.act(&mend, "processVersion", "").await;
        funza.approved(&mended, "2026-04-01").await;
        for (day, left, broken) in [
            ("2024-12-31", vec![], None),
            ("2026-03-09", vec!["OUTPUT_WITHOUT_CONSUMER", "PROCESS_WITHOUT_LEAD"], Some(11.0)),
            ("2026-03-10", vec!["OUTPUT_WITHOUT_CONSUMER"], Some(3.0)),
            ("2026-03-31", vec!["OUTPUT_WITHOUT_CONSUMER"], Some(3.0)),
            ("2026-04-01", vec![], Some(0.0)),
        ] {
            let told = of(service, &funza, day, LINKS).await;
            assert_eq!(rules(&told), left, "{day}: {told}");
            assert_eq!(
                told["quality"]["score"].as_str().map(str::to_owned),
                broken.map(|broken| score(&told, broken)),
                "{day}"
            );
        }
        assert_eq!(of(service, &funza, "2026-04-01", LINKS).await["quality"]["score"], "100.0");
        let other = Secretariat::found(service, "05001", "Secretaría de Medellín").await;
        nobody_else_learns(service, &funza, &other).await;
    });
}

const COMPARISON: &str =
    "referenceComparison { adopted adapted merged absent own reference coverage { part whole percent reason }
    unjustifiedGaps explain { formula level justifiedAbsences } }";

#[test]
fn s3_a_process_map_against_the_national_reference() {
    const HOSTILE: &str = "\"]--><script>";
    founding::on_each(BEGIN, async |service| {
        let funza = Secretariat::found(service, "25286", "Secretaría de Funza").await;
        let references = macroprocesses(service).await;
        let mut processes = Vec::new();
        for code in 'A'..='M' {
            let name = if code == 'A' { HOSTILE.to_owned() } else { format!("Proceso {code}") };
            let made = funza.process((&code.to_string(), &name, "CORE"), "", BEGIN).await;
            processes.push(made["process"]["id"].clone());
        }
        let same = |at: usize| format!("referenceProcess: {}, process: {}", references[at], processes[at]);
        let mut items: Vec<_> = (0..11).map(|at| format!("{}, status: ADOPTED", same(at))).collect();
        items.push(format!("{}, status: ADAPTED, justification: \"Se hace con otra entidad\"", same(11)));
        items.push(format!("process: {}, status: OWN", processes[12]));
        funza.declares(&items, BEGIN).await;
        // One of the two absences is justified later.
        service.turn_to("2026-05-01");
        let justified = format!(
            "referenceAdoptionCreate(organization: {}, input: {{ referenceProcess: {}, status: ABSENT,
             justification: \"No aplica por tamaño\", validFrom: \"2026-05-01\" }})",
            funza.id, references[12]
        );
        funza.act(&justified, "referenceAdoption", "").await;
        let expected = |absences: i64| {
            json!({ "adopted": 11, "adapted": 1, "merged": 0, "absent": 2, "own": 1, "reference": 14,
                "coverage": { "part": 12, "whole": 14, "percent": "85.7", "reason": null }, "unjustifiedGaps": 2 - absences })
        };
        for (day, absences) in [("2026-04-30", 0), ("2026-05-01", 1), ("2026-05-02", 1)] {
            let mut told = of(service, &funza, day, COMPARISON).await["referenceComparison"].clone();
            let explanation = told.as_object_mut().and_then(|told| told.remove("explain")).expect("an explanation");
            assert_eq!(told, expected(absences), "{day}");
            assert_eq!(
                (&explanation["level"], &explanation["justifiedAbsences"]),
                (&json!("MACROPROCESS"), &json!(absences))
            );
        }
        let before = of(service, &funza, "2010-12-31", COMPARISON).await;
        assert_eq!(before["referenceComparison"]["coverage"]["percent"], Value::Null);
        assert!(before["referenceComparison"]["coverage"]["reason"].is_string());

        let lines = "referenceLines(first: 20, where: { level: { eq: MACROPROCESS } }) { totalCount nodes { status said unjustifiedGap
            referenceProcess { code } process { name } adoption { justification legalAct { id } } } }";
        let told = of(service, &funza, "2026-05-01", lines).await["referenceLines"].clone();
        assert_eq!(told["totalCount"], 15, "the reference, and what is own");
        let line = |number: usize| &told["nodes"][number];
        assert_eq!((&line(0)["status"], &line(0)["process"]["name"]), (&json!("ADOPTED"), &json!(HOSTILE)));
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
        let told = of(service, &funza, "2026-05-01", gaps).await;
        assert_eq!(told["brokenLinks"]["nodes"].as_array().map(Vec::len), Some(1), "{told}");
        assert_eq!(told["brokenLinks"]["nodes"][0]["object"], references[13]);

        // The map as a picture: the same bytes twice, and no name of it is more than text.
        for format in ["SVG", "MERMAID"] {
            let query =
                format!("{{ picture(kind: PROCESS_MAP, of: {}, format: {format}) {{ content hash }} }}", funza.id);
            let drawn = async || service.user(&funza.leader).data(&query, json!({})).await["picture"].clone();
            let (first, again) = (drawn().await, drawn().await);
            assert_eq!(first, again, "{format}");
            let content = first["content"].as_str().expect("a picture");
            assert!(!content.contains("<script") && content.contains("Proceso B"), "{content}");
        }

        // Two secretariats beside each other, by reference process.
        let other = Secretariat::found(service, "05001", "Secretaría de Medellín").await;
        let merged = other.process(("Y", "Todo en uno", "CORE"), "", "2026-05-01").await["process"]["id"].clone();
        let items =
            [0, 13].map(|at: usize| format!("referenceProcess: {}, process: {merged}, status: MERGED", references[at]));
        other.declares(&items, "2026-05-01").await;
        let ids = [&funza, &other].map(|secretariat| secretariat.id.clone());
        let query = format!(
            "{{ referenceProcesses(first: 14, asOf: \"2026-05-01\", where: {{ level: {{ eq: MACROPROCESS }} }}) {{ nodes {{ id
                referenceLines(first: 2, where: {{ organization: {{ id: {{ in: {} }} }} }}) {{ nodes {{ status organization {{ id }} }} }} }} }} }}",
            json!(ids)
        );
        let told = service.user(MONITOR).data(&query, json!({})).await;
        let beside = |reference: &Value| {
            let nodes = told["referenceProcesses"]["nodes"].as_array().expect("a list");
            let line = nodes.iter().find(|node| node["id"] == *reference).expect("a line");
            let lines = line["referenceLines"]["nodes"].as_array().expect("a list");
            let of = |id: &Value| {
                lines.iter().find(|line| line["organization"]["id"] == *id).expect("each")["status"].clone()
            };
            ids.each_ref().map(of)
        };
        assert_eq!(beside(&references[0]), ["ADOPTED", "MERGED"]);
        assert_eq!(beside(&references[1]), ["ADOPTED", "ABSENT"]);
        assert_eq!(beside(&references[13]), ["ABSENT", "MERGED"]);
        nobody_else_learns(service, &funza, &other).await;
    });
}
