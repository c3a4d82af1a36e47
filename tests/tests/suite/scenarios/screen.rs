//! S19: a front end's screen. Findings of core processes, with an overdue action, of units under a directorate, with counts
//! beside the page and the buttons of each row, in one request; two tabs; abuse.

use std::collections::{BTreeMap, BTreeSet};

use articula::reader::sql::Dialect;
use articula_tests::{
    demonstration::{self, LEADER, MEMBER},
    service::{Service, User, text},
};
use serde_json::{Value, json};

const CONTROL: &str = "control.interno@funza";

/// The screen, in one request. The words of the facets are read back from it.
const SCREEN: &str = "query Screen($where: FindingWhere!, $first: Int!) {
    findings(first: $first, where: $where, orderBy: [{ field: DAYS_OVERDUE, direction: DESC }, { field: CODE }]) {
        totalCount
        nodes {
            id version code name kind state severity daysOverdue
            processes(first: 5) { nodes { name kind } }
            units(first: 5) { nodes { name } }
            actions(first: 20, where: { overdue: { eq: true } }, orderBy: [{ field: DAYS_OVERDUE, direction: DESC }]) {
                nodes {
                    id number dueOn daysOverdue
                    availableTransitions { act allowed blockedBy { code } }
                    execute: can(action: IMPROVEMENT_ACTION_EXECUTE) { allowed code }
                    report: can(action: PROGRESS_REPORT_CREATE) { allowed code }
                }
            }
            availableTransitions { act to allowed blockedBy { code message } }
            revise: can(action: FINDING_REVISE) { allowed code }
        }
    }
    kind: findingGroups(by: [KIND], where: $where) { nodes { key { field value label } count } }
    state: findingGroups(by: [STATE], where: $where) { nodes { key { field value label } count } }
    severity: findingGroups(by: [SEVERITY], where: $where) { nodes { key { field value label } count } }
    processes: findingGroups(by: [PROCESSES], where: $where) { nodes { key { field value label } count } }
    bands: findingGroups(by: [MACROPROCESSES_KIND], where: $where) { nodes { key { field value label } count } }
    units: findingGroups(by: [UNITS], where: $where) { nodes { key { field value label } count } }
    requirements: findingGroups(by: [REQUIREMENTS], where: $where) { nodes { key { field value label } count } }
}";

const FACTS: &str = "{ findings(first: 100) { totalCount nodes {
    id code kind state severity identifiedOn
    processes(first: 20) { nodes { id kind } } units(first: 20) { nodes { id } } requirements(first: 20) { nodes { id } }
    actions(first: 50) { nodes { progress { overdue daysLate } } } } } }";

fn filter(unit: &Value) -> Value {
    json!({
        "processes": { "some": { "kind": { "eq": "CORE" } } },
        "actions": { "some": { "overdue": { "eq": true } } },
        "units": { "some": { "ancestors": { "some": { "id": { "eq": unit } } } } },
    })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A unit and those above it, in the structure of a day.
async fn above(user: &User<'_>, day: &str) -> BTreeMap<String, BTreeSet<String>> {
    let query = format!(
        r#"{{ organization(by: {{ territorialEntity: {{ divipola: "25286" }} }}, asOf: "{day}") {{
            structure {{ tree {{ unit {{ id }} parent {{ unit {{ id }} }} }} }} }} }}"#
    );
    let found = user.data(&query, json!({})).await;
    let tree = list(&found["organization"]["structure"]["tree"]).to_vec();
    let parents: BTreeMap<String, String> =
        tree.iter().map(|one| (text(&one["unit"]["id"]), text(&one["parent"]["unit"]["id"]))).collect();
    let line = |unit: &String| {
        let next = |one: &String| parents.get(one).filter(|parent| !parent.is_empty()).cloned();
        std::iter::successors(Some(unit.clone()), next).collect()
    };
    parents.keys().map(|unit| (unit.clone(), line(unit))).collect()
}

/// The findings that the screen should show, worked out from plain lists: with the days of the action that is overdue the
/// longest.
async fn expected(user: &User<'_>, unit: &Value) -> Vec<(i64, Value)> {
    let found = user.data(FACTS, json!({})).await;
    let all = list(&found["findings"]["nodes"]);
    assert_eq!(found["findings"]["totalCount"], all.len(), "more findings than a page");
    let mut shown = Vec::new();
    for finding in all {
        let lines = above(user, &text(&finding["identifiedOn"])).await;
        let under = |one: &Value| lines.get(&text(&one["id"])).is_some_and(|line| line.contains(&text(unit)));
        let late = list(&finding["actions"]["nodes"]).iter().map(|action| &action["progress"]);
        let late = late.filter(|progress| progress["overdue"] == true).filter_map(|it| it["daysLate"].as_i64()).max();
        let core = list(&finding["processes"]["nodes"]).iter().any(|process| process["kind"] == "CORE");
        if let (Some(days), true) = (late, core && list(&finding["units"]["nodes"]).iter().any(under)) {
            shown.push((days, finding.clone()));
        }
    }
    shown.sort_by_key(|(days, finding)| (-days, text(&finding["code"]), text(&finding["id"])));
    shown
}

/// How many findings have each value; those with none under null.
fn counted(shown: &[(i64, Value)], values: impl Fn(&Value) -> Vec<Value>) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for (_, finding) in shown {
        let mut each = values(finding);
        each.sort_by_key(Value::to_string);
        each.dedup();
        if each.is_empty() {
            each.push(Value::Null);
        }
        for value in each {
            *counts.entry(value.to_string()).or_default() += 1;
        }
    }
    counts
}

fn facet(answer: &Value, name: &str) -> BTreeMap<String, i64> {
    let groups = list(&answer[name]["nodes"]).iter();
    let groups: Vec<_> = groups
        .map(|group| {
            let key = &group["key"][0];
            assert_eq!(key["label"].is_null(), key["value"].is_null(), "{key} is called nothing");
            (key["value"].to_string(), group["count"].as_i64().expect("a count"))
        })
        .collect();
    assert!(groups.windows(2).all(|pair| pair[0].1 >= pair[1].1), "the largest first: {groups:?}");
    groups.into_iter().collect()
}

async fn unit(service: &Service, name: &str) -> Value {
    let query = format!(
        r#"{{ orgUnits(first: 1, where: {{ name: {{ eq: "{name}" }}, organization: {{ territorialEntity: {{ divipola: {{ eq: "25286" }} }} }} }}) {{ nodes {{ id }} }} }}"#
    );
    service.user(CONTROL).data(&query, json!({})).await["orgUnits"]["nodes"][0]["id"].clone()
}

#[test]
fn s19_a_page_with_its_counts_and_buttons_in_one_request() {
    demonstration::on_each(async |service| {
        let mut seen = 0;
        for (day, name) in [
            ("2026-06-30", "Dirección de Cobertura Educativa"),
            ("2026-06-30", "Despacho del Secretario de Educación"),
            ("2027-03-31", "Despacho del Secretario de Educación"),
        ] {
            service.turn_to(day);
            let (control, unit) = (service.user(CONTROL), unit(service, name).await);
            let shown = expected(&control, &unit).await;
            seen += shown.len();
            let answer = control.data(SCREEN, json!({ "where": filter(&unit), "first": 25 })).await;
            let page = &answer["findings"];
            let told = |finding: &Value| (finding["daysOverdue"].as_i64(), finding["code"].clone());
            let rows: Vec<_> = list(&page["nodes"]).iter().map(told).collect();
            let wanted: Vec<_> = shown.iter().map(|(days, one)| (Some(*days), one["code"].clone())).take(25).collect();
            assert_eq!(rows, wanted, "{name} on {day}");
            assert_eq!(page["totalCount"], shown.len());
            for (name, of) in [("kind", "kind"), ("state", "state"), ("severity", "severity")] {
                let own = |finding: &Value| vec![finding[of].clone()];
                assert_eq!(facet(&answer, name), counted(&shown, own), "{name} on {day}");
            }
            for name in ["processes", "units", "requirements"] {
                let far = |finding: &Value| list(&finding[name]["nodes"]).iter().map(|far| far["id"].clone()).collect();
                assert_eq!(facet(&answer, name), counted(&shown, far), "{name} on {day}");
            }
            // Each button says what the table of the life cycle says.
            for action in list(&page["nodes"]).iter().flat_map(|finding| list(&finding["actions"]["nodes"])) {
                assert!(action["daysOverdue"].as_i64() > Some(0), "{action}");
                let steps = list(&action["availableTransitions"]);
                let execute = steps.iter().find(|step| step["act"] == "improvementActionExecute");
                if let Some(step) = execute {
                    assert_eq!(step["allowed"], action["execute"]["allowed"], "{action}");
                    assert_eq!(step["blockedBy"][0]["code"], action["execute"]["code"], "{action}");
                }
                assert_eq!(action["report"]["code"], "FORBIDDEN", "control interno reports nothing");
            }
            assert!(list(&page["nodes"]).iter().all(|finding| finding["revise"]["allowed"].is_boolean()));
        }
        assert!(seen > 3, "the demonstration has too little to show: {seen}");

        // What the page costs does not grow with its rows.
        let control = service.user(CONTROL);
        let top = unit(service, "Despacho del Secretario de Educación").await;
        let mut cost = Vec::new();
        for first in [1, 25, 100] {
            let asked = json!({ "where": filter(&top), "first": first });
            control.data(SCREEN, asked.clone()).await;
            cost.push(service.statements(control.data(SCREEN, asked)).await.0);
        }
        let most = if service.app.store().dialect() == Dialect::Postgres { 8 } else { 12 };
        assert!(cost[0] == cost[1] && cost[1] == cost[2] && cost[0] <= most, "{cost:?}");

        // Who sees less is shown, and counted, less.
        let head = service.user(MEMBER);
        let shown = expected(&head, &top).await;
        let answer = head.data(SCREEN, json!({ "where": filter(&top), "first": 25 })).await;
        assert_eq!(answer["findings"]["totalCount"], shown.len());
        let own = |finding: &Value| vec![finding["kind"].clone()];
        assert_eq!(facet(&answer, "kind"), counted(&shown, own));
    });
}

#[test]
fn s19_two_tabs_edit_one_action() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let drafts = "{ improvementActions(first: 1, where: { state: { eq: DRAFT }, plan: { state: { eq: DRAFT } } }) { nodes { id version } } }";
        let action = leader.data(drafts, json!({})).await["improvementActions"]["nodes"][0].clone();
        let version = action["version"].as_i64().expect("a draft");
        let save = |said: &str| {
            format!(
                "mutation {{ improvementActionUpdate(id: {}, expectedVersion: {version}, input: {{ description: \"{said}\" }}) {{ \
                 improvementAction {{ version description }} errors {{ code params message }} }} }}",
                action["id"]
            )
        };
        let (one, two) = (save("Lo que dice una pestaña"), save("Lo que dice la otra"));
        let (one, two) = tokio::join!(leader.data(&one, json!({})), leader.data(&two, json!({})));
        let [one, two] = [one, two].map(|answer| answer["improvementActionUpdate"].clone());
        let (won, lost) = if one["improvementAction"].is_null() { (two, one) } else { (one, two) };
        assert_eq!(won["improvementAction"]["version"], version + 1, "{won} {lost}");
        assert_eq!(lost["improvementAction"], Value::Null);
        assert_eq!(lost["errors"][0]["code"], "VERSION_CONFLICT");
        assert_eq!(lost["errors"][0]["params"]["current"], version + 1);
        let now = leader
            .data(&format!("{{ improvementAction(id: {}) {{ version description }} }}", action["id"]), json!({}))
            .await;
        assert_eq!(now["improvementAction"], won["improvementAction"]);
    });
}

#[test]
fn s19_a_deep_and_a_huge_query_are_refused_with_their_cost() {
    demonstration::on_each(async |service| {
        let control = service.user(CONTROL);
        control.data("{ viewer { name } }", json!({})).await;
        let huge = "{ findings(first: 100) { nodes { actions(first: 100) { nodes { reports(first: 100) { nodes { id } } } } } } }";
        let (statements, answer) = service.statements(control.ask(huge, json!({}))).await;
        let error = &answer.body["errors"][0]["extensions"];
        assert_eq!((answer.codes(), statements), (vec!["QUERY_TOO_COSTLY".to_owned()], 0), "{}", answer.text);
        assert!(error["cost"].as_u64() > error["maximum"].as_u64() && error["maximum"].as_u64() > Some(0), "{error}");
        let deep = (0..40).fold("id".to_owned(), |inner, _| format!("recurrenceOf {{ {inner} }}"));
        let deep = format!("{{ findings(first: 1) {{ nodes {{ {deep} }} }} }}");
        let (statements, answer) = service.statements(control.ask(&deep, json!({}))).await;
        assert_eq!((answer.codes(), statements), (vec!["DOCUMENT_TOO_DEEP".to_owned()], 0), "{}", answer.text);
        assert!(answer.body["errors"][0]["extensions"]["maximum"].as_u64() < Some(40), "{}", answer.text);
        // My work counts in the cost too.
        let works: String = (0..11).map(|number| format!("w{number}: myWork(first: 100) {{ count }} ")).collect();
        let answer = control.ask(&format!("{{ {works} }}"), json!({})).await;
        assert_eq!(answer.codes(), ["QUERY_TOO_COSTLY"], "{}", answer.text);
        let one = control.data("{ findings(first: 1) { totalCount } }", json!({})).await;
        assert!(one["findings"]["totalCount"].as_i64() > Some(0), "the service goes on");
    });
}
