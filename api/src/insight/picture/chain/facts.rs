//! What the chain says, from the answer to its question.

use entity::{
    audit::{AuditKind, AuditState, FindingKind, FindingOrigin, FindingSeverity, FindingState},
    improvement::{CauseCategory, CauseMethod, PlanKind, PlanState},
};
use serde_json::Value;

use super::{Card, Chain};
use crate::insight::picture::{
    acted::{Acted, Steps, items, text},
    draw::{Tongue, text::clean},
};

/// From `finding { … }`, `improvementPlans { … }` and `improvementActions { … }`. Plans and actions are asked for by themselves: what
/// is read within a finding is read as of the day on which it was found.
pub fn chain(data: &Value, date: &str, tongue: Tongue) -> Chain {
    let finding = &data["finding"];
    let steps = Steps::by(date, &finding["transitions"]);
    let state = steps.state(text(&finding["state"]));
    let organization = clean(text(&finding["organization"]["name"]));
    let plans: Vec<(&str, Card)> =
        items(&data["improvementPlans"]["nodes"]).filter_map(|plan| this_plan(plan, date, tongue)).collect();
    let all: Vec<&Value> = items(&data["improvementActions"]["nodes"]).collect();
    let place = |action: &Value| plans.iter().position(|(id, _)| *id == text(&action["plan"]["id"]));
    let mut actions: Vec<_> =
        all.iter().filter_map(|action| Some((Acted::of(action, date, tongue)?, place(action)))).collect();
    // Those of one plan beside each other; what belongs to none that is seen comes last.
    actions.sort_by_key(|(_, plan)| plan.unwrap_or(usize::MAX));
    let mut notes = Vec::new();
    if all.len() > actions.len() {
        let count = tongue.count(
            all.len() - actions.len(),
            ("acción aún no estaba registrada en esta fecha", "action was not yet recorded on this day"),
            ("acciones aún no estaban registradas en esta fecha", "actions were not yet recorded on this day"),
        );
        notes.push(format!("{count}."));
    }
    let lists = [
        &data["improvementActions"],
        &data["improvementPlans"],
        &finding["processes"],
        &finding["units"],
        &finding["requirements"],
        &finding["recurrences"],
    ];
    if lists.iter().any(|list| list["pageInfo"]["hasNextPage"] == true) {
        let words = tongue.say(
            "Hay más de lo que cabe; se muestra lo primero de cada lista.",
            "There is more than fits; the first of each list is shown.",
        );
        notes.push(words.to_owned());
    }
    let name = clean(&format!("{} {}", text(&finding["code"]), text(&finding["name"])));
    let judged = items(&finding["causeAnalyses"]).any(|cause| text(&cause["recordedOn"]) <= date);
    let earlier = &finding["recurrenceOf"];
    Chain {
        title: format!("{} {name}", tongue.say("Cadena del hallazgo", "Chain of the finding")),
        below: vec![format!("{organization} · {} {date}", tongue.say("visto al", "as of"))],
        origin: origin(finding, date, tongue),
        earlier: (judged && earlier.is_object())
            .then(|| repeated(tongue.say("Recurrencia de", "Repeats"), earlier, tongue)),
        finding: this(finding, &name, state, tongue),
        touched: touched(finding, tongue),
        causes: items(&finding["causeAnalyses"])
            .filter(|cause| text(&cause["recordedOn"]) <= date)
            .map(|cause| this_cause(cause, tongue))
            .collect(),
        plans: plans.iter().map(|(_, card)| card.clone()).collect(),
        actions,
        later: items(&finding["recurrences"]["nodes"])
            .filter(|later| items(&later["causeAnalyses"]).any(|cause| text(&cause["recordedOn"]) <= date))
            .map(|later| repeated("", later, tongue))
            .collect(),
        closed: state == Some("CLOSED_EFFECTIVE"),
        notes,
        tongue,
    }
}

fn origin(finding: &Value, date: &str, tongue: Tongue) -> Card {
    let kind = tongue.label(&FindingOrigin::VOCABULARY, text(&finding["origin"]));
    let audit = &finding["audit"];
    let mut about = Vec::new();
    let name = if audit.is_object() {
        let steps = Steps::by(date, &audit["transitions"]);
        about.push(tongue.label(&AuditKind::VOCABULARY, text(&audit["kind"])));
        let body = audit["auditingOrganization"]["name"].as_str().or(audit["auditingBody"].as_str());
        about.extend(body.map(clean));
        about.extend(steps.state(text(&audit["state"])).map(|state| tongue.label(&AuditState::VOCABULARY, state)));
        if audit["program"].is_object() {
            let program = &audit["program"];
            about.push(clean(&format!(
                "{} {}: {}",
                tongue.say("Programa", "Program"),
                program["year"],
                text(&program["name"])
            )));
        }
        clean(&format!("{} {}", text(&audit["code"]), text(&audit["name"])))
    } else {
        about.extend(finding["originNumber"].as_str().map(clean));
        about.extend(finding["originDate"].as_str().map(clean));
        clean(finding["originSource"].as_str().unwrap_or(tongue.say("Usted no la ve", "You do not see it")))
    };
    if finding["external"] == true {
        about.push(tongue.say("Externo: transcrito", "External: transcribed").to_owned());
    }
    Card { kind, name, about }
}

fn this(finding: &Value, name: &str, state: Option<&str>, tongue: Tongue) -> Card {
    let state = match state {
        Some(state) => tongue.label(&FindingState::VOCABULARY, state),
        None => tongue.say("Aún no registrado en esta fecha", "Not yet recorded on this day").to_owned(),
    };
    let mut about = vec![format!("{}: {state}", tongue.say("Estado", "State"))];
    if let Some(severity) = finding["severity"].as_str() {
        about.push(format!(
            "{}: {}",
            tongue.say("Severidad", "Severity"),
            tongue.label(&FindingSeverity::VOCABULARY, severity)
        ));
    }
    about.push(format!("{} {}", tongue.say("Identificado el", "Identified on"), text(&finding["identifiedOn"])));
    if let Some(days) = finding["age"]["daysOpen"].as_i64() {
        let reopened = finding["age"]["reopened"].as_i64().filter(|times| *times > 0);
        let reopened =
            reopened.map(|times| format!(" · {} {times}×", tongue.say("reabierto", "reopened"))).unwrap_or_default();
        about.push(format!("{} {days} d{reopened}", tongue.say("Abierto", "Open for")));
    }
    about.push(format!("{}: {}", tongue.say("Condición", "Condition"), clean(text(&finding["condition"]))));
    Card { kind: tongue.label(&FindingKind::VOCABULARY, text(&finding["kind"])), name: name.to_owned(), about }
}

fn touched(finding: &Value, tongue: Tongue) -> Vec<(String, Vec<String>)> {
    let names = |name: &str| -> Vec<String> {
        let parts = |node: &Value| clean(&format!("{} {}", text(&node["code"]), text(&node["name"])));
        items(&finding[name]["nodes"]).map(parts).collect()
    };
    [
        ("processes", tongue.say("Procesos", "Processes")),
        ("units", tongue.say("Dependencias", "Units")),
        ("requirements", tongue.say("Requisitos", "Requirements")),
    ]
    .into_iter()
    .map(|(list, heading)| (heading.to_owned(), names(list)))
    .filter(|(_, names)| !names.is_empty())
    .collect()
}

fn this_cause(cause: &Value, tongue: Tongue) -> Card {
    let category = tongue.label(&CauseCategory::VOCABULARY, text(&cause["category"]));
    Card {
        kind: format!("{}: {category}", tongue.say("Causa", "Cause")),
        name: clean(text(&cause["rootCause"])),
        about: vec![tongue.label(&CauseMethod::VOCABULARY, text(&cause["method"]))],
    }
}

fn this_plan<'a>(plan: &'a Value, date: &str, tongue: Tongue) -> Option<(&'a str, Card)> {
    let steps = Steps::by(date, &plan["transitions"]);
    let state = steps.state(text(&plan["state"]))?;
    let card = Card {
        kind: tongue.say("Plan de mejoramiento", "Improvement plan").to_owned(),
        name: clean(&format!("{} {}", text(&plan["code"]), text(&plan["name"]))),
        about: vec![
            tongue.label(&PlanKind::VOCABULARY, text(&plan["kind"])),
            tongue.label(&PlanState::VOCABULARY, state),
        ],
    };
    Some((text(&plan["id"]), card))
}

/// A finding that is repeated, or repeats.
fn repeated(kind: &str, finding: &Value, tongue: Tongue) -> Card {
    let mut about =
        vec![format!("{} {}", tongue.say("Identificado el", "Identified on"), text(&finding["identifiedOn"]))];
    if let Some(day) = finding["age"]["closedOn"].as_str() {
        about.push(format!("{} {day}", tongue.say("Cerrado el", "Closed on")));
    }
    Card {
        kind: kind.to_owned(),
        name: clean(&format!("{} {}", text(&finding["code"]), text(&finding["name"]))),
        about,
    }
}
