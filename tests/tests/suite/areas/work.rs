//! What waits for whom, and how late things are: worked out again from what the objects say of themselves.

use std::collections::{BTreeMap, BTreeSet};

use articula::reader::sql::Dialect;
use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER, MONITOR, OTHER_LEADER},
    service::{Service, User, text},
};
use chrono::NaiveDate;
use serde_json::{Value, json};

const CONTROL: &str = "control.interno@funza";
const EXECUTOR: &str = "ejecutor@funza";
const AUDITOR: &str = "auditor@funza";

/// Acts of life cycles that carry nothing on.
const GIVE_UP: &[&str] = &[
    "structureVersionUnschedule",
    "structureVersionRepeal",
    "structureVersionAnnul",
    "processVersionUnschedule",
    "processVersionRetire",
    "documentVersionUnschedule",
    "documentVersionRetire",
    "auditCancel",
    "improvementActionCancel",
];

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// All rows of a list, page by page.
async fn all(user: &User<'_>, field: &str, more: &str, selection: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut after = Value::Null;
    loop {
        let query = format!(
            "query($after: String) {{ it: {field}(first: 100, after: $after{more}) {{ nodes {{ {selection} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let answer = user.ask(&query, json!({ "after": after })).await;
        if answer.codes() == ["FORBIDDEN"] {
            return rows;
        }
        let page = &answer.body["data"]["it"];
        assert!(page.is_object(), "{}", answer.text);
        rows.extend(list(&page["nodes"]).iter().cloned());
        if page["pageInfo"]["hasNextPage"] != true {
            return rows;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

type Waiting = BTreeMap<String, BTreeSet<String>>;

/// Acts that wait by what the life cycles of all objects say to this user.
async fn steps(user: &User<'_>, waiting: &mut Waiting) {
    for field in [
        "improvementActions",
        "findings",
        "improvementPlans",
        "audits",
        "auditPrograms",
        "structureVersions",
        "processVersions",
        "documentVersions",
    ] {
        for row in all(user, field, "", "id state availableTransitions { act to allowed }").await {
            for step in list(&row["availableTransitions"]) {
                let leads_on = step["to"] != row["state"] && !GIVE_UP.contains(&text(&step["act"]).as_str());
                if leads_on && step["allowed"] == true {
                    waiting.entry(text(&row["id"])).or_default().insert(text(&step["act"]));
                }
            }
        }
    }
}

/// Other acts that wait.
async fn others(user: &User<'_>, today: &str, waiting: &mut Waiting) {
    let mut add = |row: &Value, act: &str, waits: bool, can: &Value| {
        if waits && can["allowed"] == true {
            waiting.entry(text(&row["id"])).or_default().insert(act.to_owned());
        }
    };
    let reports = "id signedOn ratings { id } action { state } sign: can(action: PROGRESS_REPORT_SIGN) { allowed } \
                   rate: can(action: PROGRESS_RATING_CREATE) { allowed }";
    for row in all(user, "progressReports", "", reports).await {
        let state = text(&row["action"]["state"]);
        add(&row, "progressReportSign", row["signedOn"].is_null() && state == "IN_PROGRESS", &row["sign"]);
        let rated = row["signedOn"].is_null() || !list(&row["ratings"]).is_empty();
        let under_way = ["IN_PROGRESS", "EXECUTED"].contains(&state.as_str());
        add(&row, "progressRatingCreate", !rated && under_way, &row["rate"]);
    }
    let asked = "id state decide: can(action: REFORMULATION_DECIDE) { allowed } endorse: can(action: REFORMULATION_ENDORSE) { allowed }";
    for row in all(user, "reformulations", "", asked).await {
        add(&row, "reformulationDecide", row["state"] == "REQUESTED", &row["decide"]);
        add(&row, "reformulationEndorse", row["state"] == "REQUESTED", &row["endorse"]);
    }
    let reviews = "id freeze: can(action: MANAGEMENT_REVIEW_FREEZE) { allowed }";
    for row in all(user, "managementReviews", "", reviews).await {
        add(&row, "managementReviewFreeze", true, &row["freeze"]);
    }
    let material = "id missing(first: 1) { totalCount } know: can(action: ACKNOWLEDGEMENT_CREATE) { allowed }";
    for row in all(user, "disseminations", "", material).await {
        add(&row, "acknowledgementCreate", row["missing"]["totalCount"].as_i64() > Some(0), &row["know"]);
    }
    // A report is owed in the window that is open, unless a later one has opened.
    let windows = all(user, "reportingWindows", "", "id periodFrom periodTo opensOn closesOn").await;
    let opened = windows.iter().filter(|window| text(&window["opensOn"]).as_str() <= today);
    let last = opened.max_by_key(|window| text(&window["periodFrom"]));
    let actions = "id state startsOn reports(first: 100) { nodes { window { id } } } report: can(action: PROGRESS_REPORT_CREATE) { allowed }";
    let window = last.filter(|window| text(&window["closesOn"]).as_str() >= today);
    for row in all(user, "improvementActions", "", actions).await {
        let Some(window) = window else { break };
        let reported = list(&row["reports"]["nodes"]).iter().any(|report| report["window"]["id"] == window["id"]);
        let fell_in = text(&row["startsOn"]) < text(&window["periodTo"]);
        add(&row, "progressReportCreate", fell_in && !reported && row["state"] == "IN_PROGRESS", &row["report"]);
    }
}

const WORK: &str = "query($organization: ID, $kinds: [WorkKind!], $first: Int) {
    myWork(organization: $organization, kinds: $kinds, first: $first) {
        count truncated kinds { kind count overdue }
        items { kind acts dueOn daysOverdue organization { id name } node { __typename id can(action: FINDING_ANSWER) { allowed } } }
    }
}";

#[test]
fn my_work_is_what_every_object_says_to_the_viewer() {
    demonstration::on_each(async |service| {
        let mut acts = BTreeSet::new();
        // The day of the demonstration, on which a window is open, and one half a year later.
        for day in ["2026-06-30", "2026-12-15"] {
            service.turn_to(day);
            for subject in [CONTROL, MANAGEMENT, LEADER, MEMBER, EXECUTOR, AUDITOR] {
                let user = service.user(subject);
                let mut waiting = Waiting::new();
                steps(&user, &mut waiting).await;
                others(&user, day, &mut waiting).await;
                let work = user.data(WORK, json!({ "first": 100 })).await["myWork"].clone();
                let items = list(&work["items"]);
                let told: Waiting = items
                    .iter()
                    .map(|item| (text(&item["node"]["id"]), list(&item["acts"]).iter().map(text).collect()))
                    .collect();
                assert_eq!(told, waiting, "{subject} on {day}");
                assert_eq!((&work["count"], &work["truncated"]), (&json!(waiting.len()), &json!(false)));
                acts.extend(waiting.into_values().flatten());
                urgent_first(items, day);
                for kind in list(&work["kinds"]) {
                    let of_kind: Vec<_> = items.iter().filter(|item| item["kind"] == kind["kind"]).collect();
                    let late = of_kind.iter().filter(|item| item["daysOverdue"].as_i64() > Some(0)).count();
                    assert_eq!((&kind["count"], &kind["overdue"]), (&json!(of_kind.len()), &json!(late)), "{kind}");
                }
                let counted: i64 = list(&work["kinds"]).iter().filter_map(|kind| kind["count"].as_i64()).sum();
                assert_eq!(work["count"], counted);
            }
        }
        assert!(acts.len() >= 14, "too little waits in the demonstration: {acts:?}");
    });
}

/// By last day, what has none at the end; and how many days ago that was.
fn urgent_first(items: &[Value], today: &str) {
    let today: NaiveDate = today.parse().expect("a date");
    let due = |item: &Value| item["dueOn"].as_str().map(|day| day.parse::<NaiveDate>().expect("a date"));
    assert!(
        items
            .windows(2)
            .all(|pair| (due(&pair[0]).is_none(), due(&pair[0])) <= (due(&pair[1]).is_none(), due(&pair[1])))
    );
    for item in items {
        let late = due(item).map_or(0, |due| (today - due).num_days().max(0));
        assert_eq!(item["daysOverdue"], late, "{item}");
    }
}

#[test]
fn my_work_is_ones_own_and_goes_when_it_is_done() {
    demonstration::on_each(async |service| {
        let executor = service.user(EXECUTOR);
        let work = async || executor.data(WORK, json!({ "kinds": ["IMPROVEMENT_ACTION"], "first": 100 })).await;
        let begins = |work: &Value| {
            let items = list(&work["myWork"]["items"]).to_vec();
            let begins =
                items.into_iter().filter(|item| list(&item["acts"]).contains(&json!("improvementActionBegin")));
            begins.map(|item| text(&item["node"]["id"])).collect::<Vec<_>>()
        };
        let before = work().await;
        assert!(list(&before["myWork"]["items"]).iter().all(|item| item["kind"] == "IMPROVEMENT_ACTION"));
        let id = begins(&before).first().expect("an action that can begin").clone();
        let version = executor.data(&format!("{{ improvementAction(id: \"{id}\") {{ version }} }}"), json!({})).await;
        let version = &version["improvementAction"]["version"];
        let begin = format!("improvementActionBegin(id: \"{id}\", expectedVersion: {version})");
        executor.act(&begin, "improvementAction", "id", ("", json!({}))).await;
        assert!(!begins(&work().await).contains(&id), "it has begun");

        // Nothing of another organization, whichever is asked for.
        let own = executor.data(WORK, json!({ "first": 1 })).await["myWork"]["items"][0]["organization"].clone();
        let other = service.user(OTHER_LEADER);
        let theirs = other.data(WORK, json!({ "first": 100 })).await["myWork"].clone();
        assert!(theirs["count"].as_i64() > Some(0));
        assert!(
            list(&theirs["items"])
                .iter()
                .all(|item| item["organization"]["name"] == "Secretaría de Educación de Medellín")
        );
        let none = json!({ "count": 0, "truncated": false, "kinds": [], "items": [] });
        assert_eq!(other.data(WORK, json!({ "organization": own["id"] })).await["myWork"], none);
        assert_eq!(service.user(MONITOR).data(WORK, json!({})).await["myWork"], none, "who only reads");
        for (asked, code) in [
            (json!({ "first": 0 }), "PAGE_SIZE_INVALID"),
            (json!({ "first": 101 }), "PAGE_SIZE_INVALID"),
            (json!({ "organization": "¿?" }), "NOT_FOUND"),
        ] {
            assert_eq!(executor.ask(WORK, asked).await.codes(), [code]);
        }
        assert_eq!(service.visitor().ask(WORK, json!({})).await.codes(), ["UNAUTHENTICATED"]);
    });
}

#[test]
fn my_work_takes_a_bounded_number_of_statements() {
    demonstration::on_each(async |service| {
        let control = service.user(CONTROL);
        let statements = async |asked: Value| {
            control.data(WORK, asked.clone()).await;
            service.statements(control.data(WORK, asked)).await
        };
        let (few, told) = statements(json!({ "kinds": ["FINDING"], "first": 1 })).await;
        let (many, all) = statements(json!({ "kinds": ["FINDING"], "first": 100 })).await;
        assert!(list(&all["myWork"]["items"]).len() > 5 && list(&told["myWork"]["items"]).len() == 1);
        assert_eq!(few, many);
        // One for each kind that can wait, one for each that is shown, one for the organizations.
        let (whole, told) = statements(json!({ "first": 100 })).await;
        let shown: BTreeSet<_> = list(&told["myWork"]["items"]).iter().map(|item| text(&item["kind"])).collect();
        assert!(shown.len() >= 4, "{shown:?}");
        let most = if service.app.store().dialect() == Dialect::Postgres { 2 } else { 12 + shown.len() as u64 + 1 };
        assert!((2..=most).contains(&whole), "{whole} of {most}");
    });
}

/// What SQL filters and orders by is what the figures compute in Rust, on any day.
#[test]
fn days_overdue_are_those_of_the_figures() {
    demonstration::on_each(async |service| {
        let control = service.user(CONTROL);
        let (mut late, mut soon) = (0, 0);
        for day in ["2024-12-31", "2025-09-30", "2026-05-10", "2026-06-30", "2026-08-05", "2027-01-31"] {
            let as_of = format!(", asOf: \"{day}\"");
            let selection = "id overdue daysOverdue daysLeft progress { cutoff overdue dueSoon daysLate dueOn }";
            let actions = all(&control, "improvementActions", &as_of, selection).await;
            assert!(actions.len() > 5);
            for action in &actions {
                let figure = &action["progress"];
                assert_eq!(figure["cutoff"], day);
                let days = if figure["overdue"] == true { figure["daysLate"].clone() } else { json!(0) };
                assert_eq!((&action["overdue"], &action["daysOverdue"]), (&figure["overdue"], &days), "{action}");
                let left = action["daysLeft"].as_i64();
                assert_eq!(left.is_some_and(|left| (0..=15).contains(&left)), figure["dueSoon"] == true, "{action}");
                assert_eq!(left.is_some_and(|left| left < 0), figure["overdue"] == true, "{action}");
                if let Some(left) = left {
                    let [due, day] =
                        [text(&figure["dueOn"]), day.to_owned()].map(|day| day.parse::<NaiveDate>().expect("a day"));
                    assert_eq!(left, (due - day).num_days(), "{action}");
                }
                late += usize::from(figure["overdue"] == true);
                soon += usize::from(figure["dueSoon"] == true);
            }
            ordered(service, &as_of, &actions).await;
            let findings = "id daysOverdue actions(first: 50) { nodes { progress { cutoff overdue daysLate } } }";
            for finding in all(&control, "findings", &as_of, findings).await {
                let figures = list(&finding["actions"]["nodes"]).iter().map(|action| &action["progress"]);
                let late =
                    figures.inspect(|figure| assert_eq!(figure["cutoff"], day)).filter(|it| it["overdue"] == true);
                let days = late.filter_map(|figure| figure["daysLate"].as_i64()).max().unwrap_or(0);
                assert_eq!(finding["daysOverdue"], days, "{finding} on {day}");
            }
        }
        assert!(late > 3 && soon > 0, "{late} were late, {soon} due soon");
    });
}

/// They come in the order of the days, and are found by them.
async fn ordered(service: &Service, as_of: &str, actions: &[Value]) {
    let control = service.user(CONTROL);
    let by_days = format!("{as_of}, orderBy: [{{ field: DAYS_OVERDUE, direction: DESC }}]");
    let days = |rows: &[Value]| rows.iter().map(|row| row["daysOverdue"].as_i64()).collect::<Vec<_>>();
    let mut wanted = days(actions);
    wanted.sort_by_key(|days| std::cmp::Reverse(*days));
    assert_eq!(days(&all(&control, "improvementActions", &by_days, "daysOverdue").await), wanted);
    let soon = format!("{as_of}, where: {{ daysLeft: {{ gte: 0, lte: 30 }} }}, orderBy: [{{ field: DAYS_LEFT }}]");
    let soon = all(&control, "improvementActions", &soon, "id daysLeft").await;
    let within = |row: &&Value| row["daysLeft"].as_i64().is_some_and(|left| (0..=30).contains(&left));
    assert_eq!(soon.len(), actions.iter().filter(within).count());
    assert!(soon.windows(2).all(|pair| pair[0]["daysLeft"].as_i64() <= pair[1]["daysLeft"].as_i64()));
}
