//! What stands in the cells: of a plan, one of its actions, one of the activities of that.

use chrono::NaiveDate;
use entity::{
    Amount, Vocabulary,
    audit::FindingOrigin,
    improvement::{ActionResult, ActionState, PlanKind, Semaphore},
};
use serde_json::Value;

use super::Layout;
use crate::{graph::error::Locale, improvement::rules::fields::Datum};

/// The value of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known, or there is nothing to know.
    Empty,
    /// A text, as people wrote it.
    Text(String),
    /// A number, as the graph writes it.
    Number(String),
    /// A civil date, `2026-06-30`.
    Day(String),
}

/// Of what a row tells.
struct Row<'a> {
    plan: &'a Value,
    action: &'a Value,
    /// The activity; none in a layout without them, and for an action that has none.
    activity: Option<&'a Value>,
    locale: Locale,
}

/// What follows the columns of a form, in every layout: the figures, at the cut-off.
type Column = (&'static str, &'static str, fn(&Row<'_>) -> Cell);

const FIGURES: &[Column] = &[
    ("Código del plan", "Code of the plan", |row| text(&row.plan["code"])),
    ("Acción n.º", "Action no.", |row| number(&row.action["number"])),
    ("Ponderación (%)", "Weight (%)", |row| number(&row.action["weight"])),
    ("Estado de la acción", "State of the action", |row| row.word(&ActionState::VOCABULARY, row.figure("state"))),
    ("Resultado", "Result", |row| row.word(&ActionResult::VOCABULARY, row.figure("result"))),
    ("Avance de la acción (%)", "Progress of the action (%)", |row| number(row.figure("percent"))),
    ("Avance esperado (%)", "Expected progress (%)", |row| number(row.figure("expectedPercent"))),
    ("Semáforo", "Traffic light", |row| row.word(&Semaphore::VOCABULARY, row.figure("semaphore"))),
    ("Vencida", "Overdue", |row| match row.figure("overdue").as_bool() {
        Some(true) => Cell::Text(row.locale.either("Sí", "Yes").to_owned()),
        Some(false) => Cell::Text(row.locale.either("No", "No").to_owned()),
        None => Cell::Empty,
    }),
    ("Días de retraso", "Days late", |row| number(row.figure("daysLate"))),
    ("Fecha de corte", "Cut-off", |row| day(&row.plan["progress"]["cutoff"])),
    ("Avance del plan (%)", "Progress of the plan (%)", |row| number(&row.plan["progress"]["percent"])),
    ("Cumplimiento del plan (%)", "Compliance of the plan (%)", |row| {
        number(&row.plan["progress"]["compliancePercent"])
    }),
    ("Avance del plan por semanas (%)", "Advance of the plan by weeks (%)", |row| {
        number(&row.plan["progress"]["advancePercent"])
    }),
];

/// The headings of a layout, in their order.
pub fn headings(layout: Layout, locale: Locale) -> Vec<&'static str> {
    let form = layout.fields().iter().map(|field| (field.es, field.en));
    let figures = FIGURES.iter().map(|(es, en, _)| (*es, *en));
    form.chain(figures).map(|(es, en)| locale.either(es, en)).collect()
}

/// The rows of an action: one, or one for each of its activities where the layout lists them.
pub fn rows(layout: Layout, plan: &Value, action: &Value, locale: Locale) -> Vec<Vec<Cell>> {
    let row = |activity| {
        let row = Row { plan, action, activity, locale };
        let form = layout.fields().iter().map(|field| row.cell(field.datum));
        form.chain(FIGURES.iter().map(|(_, _, cell)| cell(&row))).collect()
    };
    match action["activities"].as_array() {
        Some(activities) if layout == Layout::ControlBody && !activities.is_empty() => {
            activities.iter().map(|activity| row(Some(activity))).collect()
        }
        _ => vec![row(None)],
    }
}

impl Row<'_> {
    fn cell(&self, datum: Datum) -> Cell {
        let (plan, action) = (self.plan, self.action);
        match datum {
            Datum::PlanName => text(&plan["name"]),
            Datum::FilingNumber => text(&plan["filingNumber"]),
            Datum::FormulatingUnit => text(&plan["unit"]["name"]),
            Datum::PlanKind => self.word(&PlanKind::VOCABULARY, &plan["kind"]),
            Datum::OriginProcess => text(&plan["process"]["name"]),
            Datum::Registration => self.registration(),
            Datum::Origin => {
                self.findings("; ", |finding| match self.word(&FindingOrigin::VOCABULARY, &finding["origin"]) {
                    Cell::Text(word) => vec![word],
                    _ => vec![],
                })
            }
            Datum::FindingCode => self.findings("; ", |finding| told(&finding["code"])),
            Datum::FindingName => self.findings("\n", |finding| told(&finding["name"])),
            Datum::Condition => self.findings("\n", |finding| told(&finding["condition"])),
            Datum::Effect => self.findings("\n", |finding| told(&finding["effect"])),
            Datum::Cause => self.findings("\n", |finding| match causes(finding) {
                none if none.is_empty() => told(&finding["cause"]),
                causes => causes,
            }),
            Datum::CauseAnalysis => self.findings("\n", causes),
            Datum::Action => text(&action["description"]),
            Datum::Objective => text(&action["objective"]),
            Datum::Indicator => text(&action["indicator"]),
            Datum::Resources => text(&action["resources"]),
            Datum::LeadUnit => text(&action["unit"]["name"]),
            Datum::Remarks => text(&self.part()["reports"]["nodes"][0]["narrative"]),
            Datum::ActivityNumber => number(self.activity.map_or(&Value::from(1), |activity| &activity["number"])),
            Datum::Activity => text(&self.part()["description"]),
            Datum::UnitOfMeasure => text(&self.part()["unitOfMeasure"]),
            Datum::Target => number(self.target()),
            Datum::StartsOn => day(&self.part()["startsOn"]),
            Datum::DueOn => day(self.due_on()),
            Datum::Weeks => self.weeks().map_or(Cell::Empty, |weeks| Cell::Number(weeks.to_string())),
            Datum::Done => number(&self.part()["progress"]["done"]),
            // Of no layout, or not held.
            Datum::ActionKind
            | Datum::Executor
            | Datum::FollowUpAuditor
            | Datum::Evidence
            | Datum::FollowUp
            | Datum::Effectiveness
            | Datum::Closure => Cell::Empty,
        }
    }

    /// The activity, or the action that is its own only one.
    fn part(&self) -> &Value {
        self.activity.unwrap_or(self.action)
    }

    /// A figure of the action.
    fn figure(&self, name: &str) -> &Value {
        &self.action["progress"][name]
    }

    /// As it stood at the cut-off. The figure of an action with activities adds theirs, whatever they count.
    fn target(&self) -> &Value {
        match self.activity {
            None if self.action["activities"].as_array().is_none_or(Vec::is_empty) => self.figure("target"),
            _ => &self.part()["target"],
        }
    }

    /// As it stood at the cut-off.
    fn due_on(&self) -> &Value {
        self.activity.map_or(self.figure("dueOn"), |activity| &activity["dueOn"])
    }

    /// (due − start) ÷ 7.
    fn weeks(&self) -> Option<Amount> {
        let day = |value: &Value| value.as_str()?.parse::<NaiveDate>().ok();
        let days = (day(self.due_on())? - day(&self.part()["startsOn"])?).num_days().max(0);
        // Rounded to the hundredth; sevenths never lie between two.
        Some(Amount((days * 200 + 7) / 14))
    }

    /// Until work begins, as of the cut-off, a plan is registered as it was subscribed, from then on its progress is.
    fn registration(&self) -> Cell {
        let begun = matches!(self.plan["progress"]["state"].as_str(), Some("IN_EXECUTION" | "CLOSED"));
        let word = if begun { ("AVANCE", "PROGRESS") } else { ("SUSCRIPCIÓN", "SUBSCRIPTION") };
        Cell::Text(self.locale.either(word.0, word.1).to_owned())
    }

    /// What findings say, each once.
    fn findings(&self, between: &str, say: impl Fn(&Value) -> Vec<String>) -> Cell {
        let mut all: Vec<String> = Vec::new();
        for said in self.action["findings"]["nodes"].as_array().into_iter().flatten().flat_map(say) {
            if !all.contains(&said) {
                all.push(said);
            }
        }
        if all.is_empty() { Cell::Empty } else { Cell::Text(all.join(between)) }
    }

    /// The label of a word.
    fn word(&self, vocabulary: &Vocabulary, name: &Value) -> Cell {
        let term = name.as_str().and_then(|name| vocabulary.by_name(name));
        term.map_or(Cell::Empty, |term| Cell::Text(self.locale.label(term).to_owned()))
    }
}

fn causes(finding: &Value) -> Vec<String> {
    finding["causeAnalyses"].as_array().into_iter().flatten().flat_map(|cause| told(&cause["rootCause"])).collect()
}

fn told(value: &Value) -> Vec<String> {
    value.as_str().map(str::to_owned).into_iter().collect()
}

fn text(value: &Value) -> Cell {
    value.as_str().map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
}

fn day(value: &Value) -> Cell {
    value.as_str().map_or(Cell::Empty, |day| Cell::Day(day.to_owned()))
}

/// Counts come as numbers, decimals as texts.
fn number(value: &Value) -> Cell {
    match value {
        Value::Number(number) => Cell::Number(number.to_string()),
        Value::String(decimal) => Cell::Number(decimal.clone()),
        _ => Cell::Empty,
    }
}
