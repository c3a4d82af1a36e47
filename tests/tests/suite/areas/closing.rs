//! How organizations close: what `Organization.improvement` says at a cut-off is what one counts from the steps themselves.

use articula_tests::{
    demonstration::{self, LEADER},
    service::{Service, text},
};
use serde_json::{Value, json};

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

#[test]
fn the_figures_at_a_cut_off_are_what_one_counts_from_the_steps() {
    demonstration::on_each(async |service| {
        let findings = all(service, "findings", FINDINGS).await;
        let actions = all(service, "improvementActions", ACTIONS).await;
        let mut busy = 0;
        for day in ["2022-12-31", "2024-03-31", "2025-02-28", "2025-06-30", "2025-11-15", "2026-01-31", "2026-06-30"] {
            let query = format!(
                "{{ organization({FUNZA}, asOf: \"{day}\") {{ improvement {{ openFindings overdueActions onTimeClosure {{ part whole }}
                 effectiveness {{ part whole }} recurrence {{ part whole }} }} }} }}"
            );
            let told = service.user(LEADER).data(&query, json!({})).await["organization"]["improvement"].clone();
            assert_eq!(told, counted(&findings, &actions, day), "{day}");
            busy += usize::from(told["onTimeClosure"]["whole"].as_u64() > told["onTimeClosure"]["part"].as_u64());
        }
        assert!(busy > 1, "some were late on some of these days");
    });
}
