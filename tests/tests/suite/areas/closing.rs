//! How organizations close: what `Organization.improvement` says at a cut-off is what one counts from the steps themselves.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT},
    service::{Service, text},
};
use serde_json::{Value, json};

const CONTROL: &str = "control.interno@funza";
const FUNZA: &str = r#"by: { territorialEntity: { divipola: "25286" } }"#;
const FINDINGS: &str = "recurrenceOf { id } causeAnalyses { recordedOn } transitions { toState date }";
const ACTIONS: &str = "dueOn result transitions { toState date } effectivenessReviews { result reviewedOn }
    reformulations { state beforeDueOn afterDueOn decisions { decidedOn } }";

/// All of the leader's own, as they are in the end.
async fn all(service: &Service, field: &str, selection: &str) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let query = format!(
            "query($after: String) {{ {field}(first: 25, after: $after) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {selection} }} }} }}"
        );
        let page = service.user(LEADER).data(&query, json!({ "after": after })).await[field].clone();
        found.extend(page["nodes"].as_array().expect("a page").iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The state in which a row stood at the end of a day: none before it was there.
fn state(row: &Value, day: &str) -> String {
    let mut steps = list(&row["transitions"]).iter().filter(|step| text(&step["date"]).as_str() <= day);
    steps.next_back().map_or(String::new(), |step| text(&step["toState"]))
}

/// The day on which it came into a state for the last time, until a day.
fn into(row: &Value, to: &str, day: &str) -> Option<String> {
    let steps = list(&row["transitions"]).iter().filter(|step| step["toState"] == to);
    steps.map(|step| text(&step["date"])).filter(|date| date.as_str() <= day).max()
}

/// The last day of an action as it stood: that of the newest reformulation approved until then, else what the first later one
/// replaced, else today's.
fn due(action: &Value, day: &str) -> String {
    let approved = list(&action["reformulations"]).iter().filter(|one| one["state"] == "APPROVED").map(|one| {
        let decided =
            list(&one["decisions"]).iter().map(|decision| text(&decision["decidedOn"])).max().unwrap_or_default();
        (decided, one)
    });
    let (before, later): (Vec<_>, Vec<_>) = approved.partition(|(decided, _)| decided.as_str() <= day);
    let newest = before.iter().max_by_key(|(decided, _)| decided.clone()).map(|(_, one)| text(&one["afterDueOn"]));
    let first = later.iter().min_by_key(|(decided, _)| decided.clone()).map(|(_, one)| text(&one["beforeDueOn"]));
    newest.or(first).unwrap_or_else(|| text(&action["dueOn"]))
}

/// What one counts at a cut-off.
fn counted(findings: &[Value], actions: &[Value], day: &str) -> Value {
    const OPEN: [&str; 5] = ["COMMUNICATED", "ANSWERED", "CONFIRMED", "IN_PLAN", "IN_VERIFICATION"];
    let open = findings.iter().filter(|one| OPEN.contains(&state(one, day).as_str())).count();
    let under_way = |one: &&Value| ["APPROVED", "IN_PROGRESS"].contains(&state(one, day).as_str());
    let overdue = actions.iter().filter(under_way).filter(|one| due(one, day).as_str() < day).count();
    let executed = actions.iter().filter(|one| ["EXECUTED", "VERIFIED", "CLOSED"].contains(&state(one, day).as_str()));
    let executed: Vec<_> = executed.filter_map(|one| Some((one, into(one, "EXECUTED", day)?))).collect();
    let on_time = executed.iter().filter(|(one, on)| *on <= due(one, day)).count();
    let reviews = actions.iter().flat_map(|one| list(&one["effectivenessReviews"]));
    let reviews: Vec<_> = reviews.filter(|one| text(&one["reviewedOn"]).as_str() <= day).collect();
    let effective = reviews.iter().filter(|one| one["result"] == "EFFECTIVE").count();
    let told: Vec<_> = findings.iter().filter(|one| into(one, "COMMUNICATED", day).is_some()).collect();
    let analysed = |one: &&&Value| {
        list(&one["causeAnalyses"]).iter().any(|analysis| text(&analysis["recordedOn"]).as_str() <= day)
    };
    let again = told.iter().filter(|one| one["recurrenceOf"].is_object()).filter(analysed).count();
    json!({
        "openFindings": open,
        "overdueActions": overdue,
        "onTimeClosure": { "part": on_time, "whole": executed.len() },
        "effectiveness": { "part": effective, "whole": reviews.len() },
        "recurrence": { "part": again, "whole": told.len() },
    })
}

/// As many records are named as are counted, each once, and every part belongs to its whole.
fn explains(explained: &Value, told: &Value, day: &str) {
    let inputs = list(&explained["inputs"]);
    assert_eq!(inputs.len(), 6);
    for input in inputs.iter().filter(|input| input["figure"] != "notSustained") {
        let figure = &told[text(&input["figure"])];
        let [part, whole] = ["part", "whole"].map(|name| {
            let ids = list(&input[name]).iter().map(text).collect::<std::collections::BTreeSet<_>>();
            assert_eq!(ids.len(), list(&input[name]).len());
            ids
        });
        assert_eq!(input["truncated"], false);
        match figure.as_u64() {
            Some(count) => assert_eq!((part.len() as u64, whole.len()), (count, 0), "{day} {input}"),
            None => {
                let lengths = json!({ "part": part.len(), "whole": whole.len() });
                assert_eq!(lengths, *figure, "{day} {input}");
                assert!(part.is_subset(&whole));
            }
        }
    }
}

#[test]
fn the_figures_at_a_cut_off_are_what_one_counts_from_the_steps() {
    demonstration::on_each(async |service| {
        let findings = all(service, "findings", FINDINGS).await;
        let actions = all(service, "improvementActions", ACTIONS).await;
        let mut busy = 0;
        for day in ["2022-12-31", "2024-03-31", "2025-02-28", "2025-06-30", "2025-11-15", "2026-01-31", "2026-06-30"] {
            let query = format!(
                "{{ organization({FUNZA}, asOf: \"{day}\") {{ explainImprovement {{ formula inputs {{ figure part whole truncated }} }} improvement {{ openFindings overdueActions onTimeClosure {{ part whole }}
                 effectiveness {{ part whole }} recurrence {{ part whole }} }} }} }}"
            );
            let answer = service.user(LEADER).data(&query, json!({})).await["organization"].clone();
            let told = &answer["improvement"];
            assert_eq!(*told, counted(&findings, &actions, day), "{day}");
            explains(&answer["explainImprovement"], told, day);
            busy += usize::from(told["onTimeClosure"]["whole"].as_u64() > told["onTimeClosure"]["part"].as_u64());
        }
        assert!(busy > 1, "some were late on some of these days");
    });
}

async fn act(service: &Service, who: &str, call: &str) -> Value {
    service.user(who).act(call, "finding", "id version", ("", json!({}))).await
}

#[test]
fn a_finding_that_was_revised_counts_once() {
    demonstration::on_each(async |service| {
        let query = format!(
            "{{ organization({FUNZA}) {{ id improvement {{ recurrence {{ part whole }} }} \
             processes(first: 1, where: {{ level: {{ eq: PROCESS }} }}) {{ nodes {{ id }} }} }} }}"
        );
        let before = service.user(LEADER).data(&query, json!({})).await["organization"].clone();
        let register = format!(
            r#"findingRegister(organization: {}, input: {{ origin: COMPLAINT, originSource: "PQRSD", originDate: "2026-06-29", code: "Q-1",
               name: "Demora", kind: OBSERVATION, condition: "Se demora", processes: [{}] }})"#,
            before["id"], before["processes"]["nodes"][0]["id"]
        );
        let finding = act(service, LEADER, &register).await;
        let told = format!(
            "findingCommunicate(id: {}, expectedVersion: {}, answerDue: \"2026-07-30\")",
            finding["id"], finding["version"]
        );
        let mut finding = act(service, CONTROL, &told).await;
        for word in ["mucho", "demasiado"] {
            let revise = format!(
                "findingRevise(id: {}, expectedVersion: {}, input: {{ condition: \"Se demora {word}\" }}, reason: \"Precisión\")",
                finding["id"], finding["version"]
            );
            finding = act(service, CONTROL, &revise).await;
        }
        let after =
            service.user(LEADER).data(&query, json!({})).await["organization"]["improvement"]["recurrence"].clone();
        let before = &before["improvement"]["recurrence"];
        assert_eq!(after["whole"].as_i64(), before["whole"].as_i64().map(|whole| whole + 1));
        assert_eq!(after["part"], before["part"]);
    });
}

#[test]
fn a_dossier_tells_the_last_day_that_held_at_its_cut_off() {
    demonstration::on_each(async |service| {
        let actions = all(service, "improvementActions", &format!("number plan {{ code }} {ACTIONS}")).await;
        let moved = actions.iter().find_map(|action| {
            let asked = list(&action["reformulations"]).iter().find(|one| one["state"] == "APPROVED")?;
            let decided = list(&asked["decisions"]).iter().map(|one| text(&one["decidedOn"])).max()?;
            let day: chrono::NaiveDate = decided.parse().expect("a day");
            let cutoff = day.pred_opt().expect("a day").to_string();
            (due(action, &cutoff) != text(&action["dueOn"])).then_some((action, cutoff))
        });
        let (action, cutoff) = moved.expect("an action whose last day was moved");
        let query = format!("{{ organization({FUNZA}) {{ id }} }}");
        let organization = service.user(LEADER).data(&query, json!({})).await["organization"]["id"].clone();
        let create = format!(
            "managementReviewCreate(organization: {organization}, input: {{ kind: MANAGEMENT_REVIEW, name: \"Revisión\", \
             cutoff: \"{cutoff}\" }})"
        );
        let review = service.user(MANAGEMENT).act(&create, "managementReview", "id version", ("", json!({}))).await;
        let hold = format!(
            "managementReviewUpdate(id: {}, expectedVersion: {}, input: {{ heldOn: \"2026-06-30\", conclusions: \"Adecuado\" }})",
            review["id"], review["version"]
        );
        let review = service.user(MANAGEMENT).act(&hold, "managementReview", "id version", ("", json!({}))).await;
        let freeze = format!("managementReviewFreeze(id: {}, expectedVersion: {})", review["id"], review["version"]);
        let shown = "inputs { section entries { code date } }";
        let frozen = service.user(MANAGEMENT).act(&freeze, "managementReview", shown, ("", json!({}))).await;
        let section = list(&frozen["inputs"]).iter().find(|section| section["section"] == "ACTIONS").expect("actions");
        let code = format!("{} {:03}", text(&action["plan"]["code"]), action["number"].as_i64().expect("a number"));
        let entry = list(&section["entries"]).iter().find(|entry| entry["code"] == code.as_str()).expect("the action");
        assert_eq!(text(&entry["date"]), due(action, &cutoff));
    });
}
