//! What views and figures answer is what the naive rules say, on both databases, on days around every change.

use std::{collections::BTreeMap, sync::Arc};

use articula::{access::actor::Actor, app::App, insight::broken_links::RULES};
use articula_tests::{
    database,
    seed::{DAYS, Data, Val, day},
};
use entity::{Kind, OpaqueId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::naive::Graph;
use crate::reader::world;

const QUESTION: &str = "id
    quality { score reason explain { rules { rule weight checked found } } }
    brokenLinks(first: 100) { totalCount nodes { rule severity weight object about { rule severity weight } } }
    referenceComparison { adopted adapted merged absent own reference coverage { part whole percent reason } unjustifiedGaps }
    referenceLines(first: 100) { nodes { status level unjustifiedGap said referenceProcess { id } } }
    alignmentCoverage { processes processesWithoutAlignment reason }
    alignmentLines(first: 100) { nodes { status parts requirement { id } leads(first: 1) { totalCount } contributions(first: 1) { totalCount } } }";

fn opaque(kind: Kind, uuid: Uuid) -> String {
    OpaqueId { number: kind as u8, uuid }.to_string()
}

/// What each organization of those that the actor reads is told on a day.
async fn told(app: &App, actor: &Arc<Actor>, day: &str) -> Vec<Value> {
    let query = format!("{{ organizations(first: 100, asOf: \"{day}\") {{ nodes {{ {QUESTION} }} }} }}");
    let answer = world::answer(app, actor, &query).await;
    assert!(answer.failures.is_empty(), "{:?}", answer.failures);
    answer.data.value()["organizations"]["nodes"].as_array().expect("a list").clone()
}

/// Compares the broken links of an organization; gives what each rule looked at and found.
fn links(graph: &Graph<'_>, told: &Value) -> BTreeMap<&'static str, (usize, usize)> {
    let shown = told["brokenLinks"]["nodes"].as_array().expect("a list");
    let mut seen = BTreeMap::new();
    for rule in RULES {
        let name = rule.term().name;
        let mut expected: Vec<_> = graph.rule(name).found.into_iter().map(|id| opaque(rule.object, id)).collect();
        let mut found: Vec<_> = shown.iter().filter(|link| link["rule"] == name).collect();
        for link in &found {
            let kept = ["rule", "severity", "weight"].iter().all(|field| link[field] == link["about"][field]);
            assert!(kept && link["weight"] == rule.weight, "{link}");
        }
        let mut objects: Vec<_> =
            found.drain(..).map(|link| link["object"].as_str().expect("an id").to_owned()).collect();
        expected.sort();
        objects.sort();
        assert_eq!(objects, expected, "{name} on {} in {}", graph.day, graph.organization);
        seen.insert(name, (graph.rule(name).checked.len(), expected.len()));
    }
    assert_eq!(told["brokenLinks"]["totalCount"], shown.len(), "all are on the page");
    seen
}

fn quality(told: &Value, counts: &BTreeMap<&'static str, (usize, usize)>) {
    let lines = told["quality"]["explain"]["rules"].as_array().expect("a list");
    let (mut broken, mut whole) = (0.0, 0.0);
    for (rule, line) in RULES.iter().zip(lines) {
        let (checked, found) = counts[rule.term().name];
        let expected = json!({ "rule": rule.term().name, "weight": rule.weight, "checked": checked, "found": found });
        assert_eq!(*line, expected);
        broken += f64::from(rule.weight) * found as f64;
        whole += f64::from(rule.weight) * checked as f64;
    }
    assert_eq!(lines.len(), RULES.len());
    match told["quality"]["score"].as_str() {
        Some(score) => {
            let score: f64 = score.parse().expect("a number");
            assert!((score - 100.0 * (1.0 - broken / whole)).abs() <= 0.05 + 1e-9, "{score}: {broken} of {whole}");
        }
        None => assert!(whole == 0.0 && told["quality"]["reason"].is_string(), "{}", told["quality"]),
    }
}

fn reference(graph: &Graph<'_>, told: &Value) {
    let words = ["", "ADOPTED", "ADAPTED", "MERGED", "ABSENT"];
    let lines = graph.reference_lines();
    let mut expected: Vec<_> = lines
        .iter()
        .map(|(id, _, status, gap)| (opaque(Kind::ReferenceProcess, *id), words[*status as usize].to_owned(), *gap))
        .collect();
    let shown = told["referenceLines"]["nodes"].as_array().expect("a list");
    let (own, of_reference): (Vec<_>, Vec<_>) = shown.iter().partition(|line| line["status"] == "OWN");
    let mut found: Vec<_> = of_reference
        .iter()
        .map(|line| {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            (text(&line["referenceProcess"]["id"]), text(&line["status"]), line["unjustifiedGap"] == true)
        })
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "on {} in {}", graph.day, graph.organization);
    assert_eq!(own.len(), graph.own_processes());
    let top: Vec<_> = lines.iter().filter(|(_, level, ..)| *level == 1).collect();
    let count = |status: i64| top.iter().filter(|(_, _, is, _)| *is == status).count();
    let figures = &told["referenceComparison"];
    let gaps = top.iter().filter(|(.., gap)| *gap).count();
    let expected = [
        ("adopted", count(1)),
        ("adapted", count(2)),
        ("merged", count(3)),
        ("absent", count(4)),
        ("own", own.len()),
        ("reference", top.len()),
        ("unjustifiedGaps", gaps),
    ];
    for (name, count) in expected {
        assert_eq!(figures[name], count, "{name} on {}: {figures}", graph.day);
    }
    assert_eq!(figures["coverage"]["part"], count(1) + count(2) + count(3));
    assert_eq!(figures["coverage"]["percent"].is_null(), top.is_empty());
}

fn alignment(graph: &Graph<'_>, told: &Value, edition: Option<Uuid>) {
    let mut expected: Vec<_> = graph
        .alignment_lines(edition)
        .into_iter()
        .map(|(id, status)| (opaque(Kind::Requirement, id), status.to_owned()))
        .collect();
    let shown = told["alignmentLines"]["nodes"].as_array().expect("a list");
    let mut found: Vec<_> = shown
        .iter()
        .map(|line| {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            (text(&line["requirement"]["id"]), text(&line["status"]))
        })
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "on {} in {}", graph.day, graph.organization);
    for line in shown.iter().filter(|line| line["parts"] == 0) {
        let some = |name: &str| line[name]["totalCount"].as_u64() > Some(0);
        let standing = match (some("leads"), some("contributions")) {
            (true, _) => "ALIGNED",
            (false, true) => "CONTRIBUTED",
            (false, false) => "NOT_ALIGNED",
        };
        assert_eq!(line["status"], standing, "it is computed from what it shows: {line}");
    }
}

/// Compares what is told of each edition, in force or not, on a day.
async fn editions(app: &App, actor: &Arc<Actor>, data: &Data, date: &str) {
    for edition in data.table("framework_edition").ids() {
        let given = opaque(Kind::FrameworkEdition, edition);
        let query = format!(
            "{{ organizations(first: 100, asOf: \"{date}\") {{ nodes {{ id alignmentCoverage(edition: \"{given}\") {{
                aligned {{ part whole }} contributed notAligned explain {{ edition }} }}
              alignmentLines(edition: \"{given}\", first: 100) {{ nodes {{ status parts requirement {{ id kind }}
                leads(first: 1) {{ totalCount }} contributions(first: 1) {{ totalCount }} }} }} }} }} }}"
        );
        let answer = world::answer(app, actor, &query).await;
        assert!(answer.failures.is_empty(), "{:?}", answer.failures);
        for told in answer.data.value()["organizations"]["nodes"].as_array().expect("a list") {
            let id = OpaqueId::parse(told["id"].as_str().expect("an id")).expect("an id").uuid;
            alignment(&Graph { data, organization: id, day: day(date) }, told, Some(edition));
            let lines = told["alignmentLines"]["nodes"].as_array().expect("a list");
            let leaves: Vec<_> =
                lines.iter().filter(|line| line["requirement"]["kind"] == "POLICY" && line["parts"] == 0).collect();
            let count = |status: &str| leaves.iter().filter(|line| line["status"] == status).count();
            let figures = &told["alignmentCoverage"];
            if leaves.len() == lines.iter().filter(|line| line["requirement"]["kind"] == "POLICY").count() {
                assert_eq!(
                    figures["aligned"],
                    json!({ "part": count("ALIGNED"), "whole": leaves.len() }),
                    "{date}: {figures}"
                );
                assert_eq!(figures["contributed"], count("CONTRIBUTED"), "{date}: {figures}");
                assert_eq!(figures["notAligned"], count("NOT_ALIGNED"), "{date}: {figures}");
            }
        }
    }
}

/// Compares the maps of two organizations, line by line.
async fn beside(app: &App, actor: &Arc<Actor>, of: &Graph<'_>, with: &Graph<'_>) {
    let [first, second] = [of, with].map(|graph| opaque(Kind::Organization, graph.organization));
    let query = format!(
        "{{ processMapComparison(of: \"{first}\", with: \"{second}\", asOf: \"{}\") {{ truncated reason of {{ id own }} with {{ id own }}
            levels {{ level reference both differing onlyOf onlyWith neither }}
            lines {{ standing referenceProcess {{ id }} of {{ status unjustifiedGap }} with {{ status unjustifiedGap }} }} }} }}",
        of.day
    );
    let answer = world::answer(app, actor, &query).await;
    assert!(answer.failures.is_empty(), "{:?}", answer.failures);
    let told = answer.data.value()["processMapComparison"].clone();
    assert_eq!((&told["of"]["id"], &told["with"]["id"]), (&json!(first), &json!(second)));
    assert_eq!((&told["of"]["own"], &told["with"]["own"]), (&json!(of.own_processes()), &json!(with.own_processes())));
    let words = ["", "ADOPTED", "ADAPTED", "MERGED", "ABSENT"];
    let side = |status: i64, gap: bool| json!({ "status": words[status as usize], "unjustifiedGap": gap });
    let others = with.reference_lines();
    let expected = of.reference_lines().into_iter().map(|(id, _, status, gap)| {
        let (_, _, other, other_gap) = others.iter().find(|other| other.0 == id).expect("one reference for all");
        let standing = match (status < 4, *other < 4) {
            (true, true) if status == *other => "SAME",
            (true, true) => "DIFFERING",
            (true, false) => "ONLY_OF",
            (false, true) => "ONLY_WITH",
            (false, false) => "NEITHER",
        };
        let reference = json!({ "id": opaque(Kind::ReferenceProcess, id) });
        json!({ "standing": standing, "referenceProcess": reference, "of": side(status, gap), "with": side(*other, *other_gap) })
    });
    let mut expected: Vec<_> = expected.collect();
    let lines = told["lines"].as_array().expect("a list").iter();
    let (mut found, own): (Vec<_>, Vec<_>) = lines.cloned().partition(|line| !line["referenceProcess"].is_null());
    expected.sort_by_key(Value::to_string);
    found.sort_by_key(Value::to_string);
    assert_eq!(found, expected, "on {}", of.day);
    assert_eq!(own.len(), of.own_processes() + with.own_processes());
    let tallies = told["levels"].as_array().expect("a list");
    let sum = |name: &str| tallies.iter().map(|tally| tally[name].as_u64().expect("a count")).sum::<u64>() as usize;
    assert_eq!((sum("reference"), told["reason"].is_string()), (found.len(), found.is_empty()));
    assert_eq!(sum("differing"), found.iter().filter(|line| line["standing"] == "DIFFERING").count());
}

/// Makes everything last, lead and flow to one process, so that each rule finds something somewhere.
fn disturb(data: &mut Data) {
    let processes = data.table("process").clone();
    let first = |organization: &Val| {
        let mut ids = processes.ids().into_iter();
        ids.find(|id| processes.value(*id, "organization_id") == *organization).map_or(Val::Null, Val::Uuid)
    };
    for (table, column, value) in [
        ("alignment", "valid_from", Val::Date(day("2011-01-01"))),
        ("alignment", "valid_to", Val::Null),
        ("process_responsibility", "valid_from", Val::Date(day("2011-01-01"))),
        ("process_responsibility", "valid_to", Val::Null),
        ("process_responsibility", "role", Val::Int(1)),
        ("process_version", "kind", Val::Int(2)),
        ("flow", "name_key", Val::Text("lo mismo".to_owned())),
    ] {
        let table = data.tables.iter_mut().find(|known| known.name == table).expect("a table");
        let place = table.columns.iter().position(|known| *known == column).expect("a column");
        table.rows.iter_mut().for_each(|row| row[place] = value.clone());
    }
    // The last unit of each organization never holds.
    let units = data.table("org_unit").clone();
    let last = |organization: &Val| {
        let mut ids = units.ids().into_iter().rev();
        ids.find(|id| units.value(*id, "organization_id") == *organization).map_or(Val::Null, Val::Uuid)
    };
    let roles = data.tables.iter_mut().find(|known| known.name == "process_responsibility").expect("a table");
    let place = |column: &str| roles.columns.iter().position(|known| *known == column).expect("a column");
    let (organization, unit) = (place("organization_id"), place("org_unit_id"));
    roles.rows.iter_mut().step_by(2).for_each(|row| row[unit] = last(&row[organization]));
    let ends = data.tables.iter_mut().find(|known| known.name == "flow_process").expect("a table");
    let place = |column: &str| ends.columns.iter().position(|known| *known == column).expect("a column");
    let (organization, process) = (place("organization_id"), place("process_id"));
    ends.rows.iter_mut().for_each(|row| row[process] = first(&row[organization]));
}

#[test]
fn views_and_figures_say_what_the_naive_rules_say() {
    const SEEDS: [u64; 3] = [7, 11, 23];
    database::on_several(SEEDS.len(), |sets| async move {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for (set, seed) in sets.iter().zip(SEEDS) {
            let mut data = Data::new(seed, 1);
            if seed != SEEDS[0] {
                disturb(&mut data);
            }
            for fresh in set {
                let app = world::app(fresh, &data).await;
                let actor = world::all_of_both(&data);
                for date in DAYS {
                    let told = told(&app, &actor, date).await;
                    assert_eq!(told.len(), 2, "both secretariats, and nobody else");
                    editions(&app, &actor, &data, date).await;
                    let graphs = told.iter().map(|told| {
                        let id = OpaqueId::parse(told["id"].as_str().expect("an id")).expect("an id").uuid;
                        Graph { data: &data, organization: id, day: day(date) }
                    });
                    let graphs: Vec<_> = graphs.collect();
                    beside(&app, &actor, &graphs[0], &graphs[1]).await;
                    for told in &told {
                        let id = OpaqueId::parse(told["id"].as_str().expect("an id")).expect("an id").uuid;
                        let graph = Graph { data: &data, organization: id, day: day(date) };
                        let counts = links(&graph, told);
                        quality(told, &counts);
                        reference(&graph, told);
                        alignment(&graph, told, None);
                        let (looked_at, broken) = counts["PROCESS_WITHOUT_ALIGNMENT"];
                        let figures =
                            json!({ "processes": looked_at, "processesWithoutAlignment": broken, "reason": null });
                        assert_eq!(told["alignmentCoverage"], figures, "the coverage counts as the rule finds");
                        counts.into_iter().for_each(|(rule, (_, count))| *found.entry(rule).or_default() += count);
                    }
                }
            }
        }
        let never: Vec<_> = found.iter().filter(|(_, count)| **count == 0).map(|(rule, _)| *rule).collect();
        assert!(never.is_empty(), "nothing is ever found by {never:?}");
    });
}
