//! The pictures of findings, plans and programs: how they stood on a day, and that whatever stands in them is laid out.

use entity::picture::PictureKind;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{DAYS, assert_harmless, assert_laid_out, scene, uncoded};
use crate::{
    graph::error::Locale,
    insight::picture::{Days, drawn},
};

/// Charts of bars have no quotation marks: before the colon of a line there are our own settings, or a name that is coded and
/// begins with a number or one of our own words; after it ids, tags and days of ours.
pub(super) fn assert_mermaid_chart(text: &str) {
    const SETTINGS: [&str; 5] =
        ["gantt", "dateFormat YYYY-MM-DD", "axisFormat %Y-%m", "todayMarker off", "inclusiveEndDates"];
    let named = |name: &str, line: &str| {
        let name = uncoded(name);
        assert!(name.chars().all(|c| c.is_alphanumeric() || " ,".contains(c)), "{line}");
    };
    for line in text.lines() {
        if SETTINGS.contains(&line) {
            continue;
        }
        if let Some(plain) = line.strip_prefix("accTitle: ").or_else(|| line.strip_prefix("accDescr: ")) {
            assert!(plain.chars().all(|c| c.is_alphanumeric() || " ,.-—".contains(c)), "{line}");
        } else if let Some(name) = line.strip_prefix("title ").or_else(|| line.strip_prefix("section ")) {
            named(name, line);
        } else {
            let (name, data) = line.split_once(" :").unwrap_or_else(|| panic!("{line}"));
            named(name, line);
            let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let ours = ["Corte", "Cut", "Antes", "Before", "Planeada", "Planned", "Real", "Ejecutada", "Executed"];
            let ours = ours.contains(&first) || ["Verificada", "Verified", "Cerrada", "Closed"].contains(&first);
            assert!(ours || first.chars().all(|c| c.is_ascii_digit()) && !first.is_empty(), "{line}");
            assert!(data.chars().all(|c| c.is_ascii_alphanumeric() || ", -".contains(c)), "{line}");
        }
    }
}

/// An action of a plan, in any state, on any days, with or without activities.
fn action(number: usize, (state, from, lasts, percent, name): &(usize, i64, i64, u32, String)) -> Value {
    let day = |days: i64| (chrono::NaiveDate::default() + chrono::Duration::days(19_000 + days)).to_string();
    let path = ["DRAFT", "PENDING_APPROVAL", "APPROVED", "IN_PROGRESS", "EXECUTED", "VERIFIED", "CLOSED", "CANCELLED"];
    let steps = (0..=state % 8).map(|at| json!({ "toState": path[at], "date": day(from + 20 * at as i64) }));
    let (result, light) =
        (["EFFECTIVE", "NOT_EFFECTIVE"][number % 2], [Some("GREEN"), Some("AMBER"), Some("RED"), None][number % 4]);
    let part = |at: i64| {
        json!({ "number": at, "description": name, "unitOfMeasure": name, "target": "3.00", "done": format!("{at}.50"),
                "startsOn": day(from + at * 30), "dueOn": day(from + lasts) })
    };
    json!({ "id": number.to_string(), "number": number, "description": name, "weight": "12.50", "state": path[state % 8], "result": result,
            "startsOn": day(*from), "unit": { "name": name }, "plan": { "id": (number % 3).to_string() },
            "progress": { "percent": format!("{percent}.{:02}", from.rem_euclid(100)), "dueOn": day(from + lasts), "semaphore": light,
                          "daysLate": number },
            "reformulations": [{ "state": "APPROVED", "decidedOn": day(from + 30), "beforeDueOn": day(from + lasts / 2) }],
            "effectivenessReviews": [{ "result": result, "score": "80.00", "reviewedOn": day(from + 200) }],
            "activities": (0..number as i64 % 4).map(part).collect::<Vec<_>>(),
            "transitions": steps.collect::<Vec<_>>() })
}

/// By hand: at the cut-off the reformulation was decided and the action verified; it was closed the day after.
#[test]
fn actions_are_drawn_as_they_stood() {
    let sample = |as_of: &'static str| {
        let steps = [("APPROVED", "2026-01-10"), ("IN_PROGRESS", "2026-02-01"), ("EXECUTED", "2026-04-01")];
        let steps = steps.into_iter().chain([("VERIFIED", "2026-05-01"), ("CLOSED", "2026-07-01")]);
        let steps: Vec<_> = steps.map(|(state, on)| json!({ "toState": state, "date": on })).collect();
        let data = json!({ "improvementPlan": { "code": "PM", "name": "Plan", "state": "IN_EXECUTION", "actions": { "nodes": [{
            "number": 1, "description": "Hacer", "weight": "100.00", "state": "CLOSED", "result": "EFFECTIVE", "startsOn": "2026-01-15",
            "unit": { "name": "Área" }, "transitions": steps,
            "progress": { "percent": "87.50", "dueOn": "2026-04-15", "semaphore": "GREEN", "daysLate": 0 },
            "reformulations": [{ "state": "APPROVED", "decidedOn": "2026-03-01", "beforeDueOn": "2026-03-20" },
                               { "state": "REJECTED", "decidedOn": "2026-02-20", "beforeDueOn": "2026-02-28" }] }] } } });
        drawn(PictureKind::PlanGantt, &data, Days { as_of, compared: ("", "") }, Locale::EsCo).text
    };
    let line = |as_of| sample(as_of).lines().find(|line| line.starts_with("- 1. ")).map(str::to_owned);
    let days = "- 1. Hacer (Área · Ponderación 100 %). 2026-01-15 → 2026-04-15 (antes: 2026-03-20). Avance 87.5 %.";
    assert_eq!(line("2026-06-30"), Some(format!("{days} Ejecutada 2026-04-01 · Verificada 2026-05-01 · Verde.")));
    let closed = "Cerrada, eficaz 2026-07-01";
    let then = format!("{days} Ejecutada 2026-04-01 · Verificada 2026-05-01 · {closed} · Verde.");
    assert_eq!(line("2026-07-01"), Some(then));
    let early = line("2026-02-10").expect("it is there");
    assert!(early.contains("2026-01-15 → 2026-04-15. Avance") && early.ends_with("En ejecución · Verde."), "{early}");
    assert_eq!(line("2026-01-09"), None);
    assert!(sample("2026-01-09").contains("1 acción aún no estaba registrada en esta fecha."));
}

proptest! {
    // Every block is held against every other one: a few large sheets tell as much as many.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_plan_is_laid_out(
        actions in prop::collection::vec((0..8_usize, 0..900_i64, -5..900_i64, 0..101_u32, ".{0,40}"), 0..40),
    ) {
        let actions: Vec<Value> = actions.iter().enumerate().map(|(number, seed)| action(number, seed)).collect();
        let nodes = json!({ "nodes": actions, "pageInfo": { "hasNextPage": true } });
        let data = json!({ "improvementPlan": { "code": "PM", "name": "x", "kind": "INTERNAL", "state": "CLOSED", "actions": nodes } });
        assert_laid_out(&scene(PictureKind::PlanGantt, &data, Locale::EsCo));
        assert_harmless(&drawn(PictureKind::PlanGantt, &data, DAYS, Locale::En));
        let plans: Vec<_> = (0..2).map(|id| json!({ "id": id.to_string(), "code": "PM", "name": "x", "state": "CLOSED" })).collect();
        let data = json!({ "finding": { "code": "1", "name": "x", "state": "CLOSED_EFFECTIVE", "condition": "x" },
                           "improvementPlans": { "nodes": plans }, "improvementActions": nodes });
        assert_laid_out(&scene(PictureKind::FindingChain, &data, Locale::EsCo));
        assert_harmless(&drawn(PictureKind::FindingChain, &data, DAYS, Locale::En));
    }

    #[test]
    fn any_program_is_laid_out(audits in prop::collection::vec((0..9_usize, -200..500_i64, 0..400_i64, ".{0,40}"), 0..40)) {
        let day = |days: i64| (chrono::NaiveDate::default() + chrono::Duration::days(20_454 + days)).to_string();
        let states = ["PLANNED", "PREPARED", "IN_EXECUTION", "DRAFT_REPORT", "AUDITEE_RESPONSE", "FINAL_REPORT", "FOLLOW_UP", "CLOSED", "CANCELLED"];
        let audits: Vec<Value> = audits.iter().map(|(state, from, lasts, name)| {
            json!({ "code": name, "name": name, "kind": "INTERNAL_QUALITY", "state": states[*state], "plannedFrom": day(*from), "plannedTo": day(from + lasts),
                    "startedOn": (*state > 1).then(|| day(from + 10)), "endedOn": (*state > 4).then(|| day(from + 2 * lasts)),
                    "team": [{ "role": "AUDITOR", "person": { "name": "no" } }, { "role": "LEAD", "person": { "name": name } }] })
        }).collect();
        let data = json!({ "auditProgram": { "year": 2026, "name": "x", "state": "APPROVED", "audits": { "nodes": audits } } });
        assert_laid_out(&scene(PictureKind::ProgramCalendar, &data, Locale::EsCo));
        assert_harmless(&drawn(PictureKind::ProgramCalendar, &data, DAYS, Locale::En));
    }
}
