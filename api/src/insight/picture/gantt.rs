//! An improvement plan as a Gantt chart at a cut-off: a bar for each action and each of its activities, filled as far as it is
//! done, with the last day of before and after a reformulation, its traffic light and its milestones.

mod sheet;

use chrono::NaiveDate;
use entity::improvement::{PlanKind, PlanState};
use serde_json::Value;

use super::{
    acted::{Acted, Light, Steps, day, items, short, text},
    draw::{
        Drawn, Tongue,
        mermaid::{coded, titled},
        scene::Scene,
        svg::svg,
        text::clean,
    },
};

/// A part of an action that is measured by itself.
#[derive(Clone, Debug)]
struct Activity {
    number: String,
    name: String,
    from: NaiveDate,
    due: NaiveDate,
    /// What was done of how much, in words; in hundredths of a percent.
    quantity: String,
    done: i64,
}

/// A whole plan.
pub struct Gantt {
    title: String,
    below: Vec<String>,
    actions: Vec<(Acted, Vec<Activity>)>,
    /// The day as of which it is seen.
    cutoff: Option<NaiveDate>,
    notes: Vec<String>,
    tongue: Tongue,
}

/// A quantity in hundredths.
fn amount(value: &Value) -> i64 {
    text(value).parse::<entity::Amount>().map_or(0, |amount| amount.0)
}

fn activity(value: &Value, action: &str) -> Option<Activity> {
    let (done, target) = (amount(&value["done"]), amount(&value["target"]));
    let hundredths = if target > 0 { i128::from(done.max(0)) * 10_000 / i128::from(target) } else { 0 };
    Some(Activity {
        number: format!("{action}.{}", value["number"].as_i64().unwrap_or(0)),
        name: clean(text(&value["description"])),
        from: day(&value["startsOn"])?,
        due: day(&value["dueOn"])?,
        quantity: format!(
            "{} / {} {}",
            short(text(&value["done"])),
            short(text(&value["target"])),
            clean(text(&value["unitOfMeasure"]))
        ),
        done: hundredths.min(10_000) as i64,
    })
}

/// What is said of the plan under its name.
fn below(plan: &Value, date: &str, tongue: Tongue) -> Vec<String> {
    let steps = Steps::by(date, &plan["transitions"]);
    let state = steps.state(text(&plan["state"])).map(|state| tongue.label(&PlanState::VOCABULARY, state));
    let state = state.unwrap_or_else(|| tongue.say("aún no registrado", "not yet recorded").to_owned());
    let kind = tongue.label(&PlanKind::VOCABULARY, text(&plan["kind"]));
    let unit = plan["unit"]["name"].as_str().map(|unit| format!(" · {}", clean(unit))).unwrap_or_default();
    let body = plan["controlBody"].as_str().map(|body| format!(" · {}", clean(body))).unwrap_or_default();
    let organization = clean(text(&plan["organization"]["name"]));
    let first = format!("{organization} · {kind}{body}{unit} · {state}");
    let figures = &plan["progress"];
    let count = |name: &str| figures[name].as_u64().unwrap_or(0);
    let mut second = vec![format!("{} {date}", tongue.say("Corte", "Cut-off"))];
    for (name, es, en) in [
        ("percent", "Avance ponderado", "Weighted progress"),
        ("compliancePercent", "Cumplimiento por semanas", "Compliance by weeks"),
        ("advancePercent", "Avance por semanas", "Advance by weeks"),
    ] {
        if let Some(percent) = figures[name].as_str() {
            second.push(format!("{} {} %", tongue.say(es, en), short(percent)));
        }
    }
    second.extend(figures["reason"].as_str().map(|why| clean(why.trim_end_matches('.'))));
    second.push(format!(
        "{} {} · {} {} · {} {} · {} {} · {} {}",
        tongue.say("Acciones vivas", "Live actions"),
        count("actions"),
        tongue.say("ejecutadas", "executed"),
        count("finished"),
        Light::Green.name(tongue).to_lowercase(),
        count("green"),
        Light::Amber.name(tongue).to_lowercase(),
        count("amber"),
        Light::Red.name(tongue).to_lowercase(),
        count("red"),
    ));
    vec![first, second.join(". ")]
}

/// From `improvementPlan { … actions { nodes { … } } }`.
pub fn gantt(data: &Value, date: &str, tongue: Tongue) -> Gantt {
    let plan = &data["improvementPlan"];
    let (mut actions, mut absent) = (Vec::new(), 0);
    for action in items(&plan["actions"]["nodes"]) {
        match Acted::of(action, date, tongue) {
            Some(acted) => {
                let parts = items(&action["activities"]).filter_map(|part| activity(part, &acted.number)).collect();
                actions.push((acted, parts));
            }
            None => absent += 1,
        }
    }
    let mut notes = Vec::new();
    if absent > 0 {
        let count = tongue.count(
            absent,
            ("acción aún no estaba registrada en esta fecha", "action was not yet recorded on this day"),
            ("acciones aún no estaban registradas en esta fecha", "actions were not yet recorded on this day"),
        );
        notes.push(format!("{count}."));
    }
    if plan["actions"]["pageInfo"]["hasNextPage"] == true {
        notes.push(
            tongue
                .say(
                    "Hay más de 100 acciones; se muestran las primeras.",
                    "There are more than 100 actions; the first are shown.",
                )
                .to_owned(),
        );
    }
    let name = format!("{} {}", text(&plan["code"]), text(&plan["name"]));
    Gantt {
        title: format!("{}: {}", tongue.say("Plan en el tiempo", "Plan over time"), clean(&name)),
        below: below(plan, date, tongue),
        actions,
        cutoff: date.parse().ok(),
        notes,
        tongue,
    }
}

impl Gantt {
    /// Draws it.
    pub fn draw(&self) -> Drawn {
        let text = self.told();
        Drawn { svg: svg(&self.scene(&text)), mermaid: self.mermaid(), text }
    }

    /// It as a drawing.
    pub fn scene(&self, told: &str) -> Scene {
        sheet::scene(self, told)
    }

    fn nothing(&self) -> &'static str {
        self.tongue.say(
            "En esta fecha el plan no tiene acciones que usted pueda ver.",
            "On this day the plan has no actions that you may see.",
        )
    }

    fn mermaid(&self) -> String {
        let tongue = self.tongue;
        let mut chart = Chart::titled(&self.title, &self.below);
        if let Some(cutoff) = self.cutoff {
            chart.section(tongue.say("Corte", "Cut-off"));
            chart.milestone(tongue.say("Corte", "Cut-off"), cutoff);
        }
        for (acted, parts) in &self.actions {
            // Mermaid leaves little room for the names of sections.
            chart.section(&format!("{}.", acted.number));
            let tags = match acted.light {
                _ if acted.marks.iter().any(|mark| mark.sign != "V") => "done",
                Light::Red => "crit",
                Light::Out => "",
                _ => "active",
            };
            let words = format!("{} {} ({}, {})", acted.number, acted.name, acted.percent(), acted.light.name(tongue));
            chart.task(&words, tags, (acted.from, acted.due));
            if let Some(before) = acted.before {
                chart.task(tongue.say("Antes de reformular", "Before the reformulation"), "", (acted.from, before));
            }
            for part in parts {
                chart.task(&format!("{} {} ({})", part.number, part.name, part.quantity), "", (part.from, part.due));
            }
            for mark in &acted.marks {
                chart.milestone(&mark.name, mark.on);
            }
        }
        chart.text
    }

    /// It in words: a list of the actions, each with its activities.
    fn told(&self) -> String {
        let tongue = self.tongue;
        let mut out = vec![format!("{}.", self.title)];
        out.extend(self.below.iter().map(|line| format!("{line}.")));
        for (acted, parts) in &self.actions {
            out.push(format!(
                "- {}. {} ({}). {}. {} {}. {}.",
                acted.number,
                acted.name,
                acted.whose(tongue),
                acted.days(tongue),
                tongue.say("Avance", "Progress"),
                acted.percent(),
                acted.standing(tongue)
            ));
            for part in parts {
                let days = format!("{} → {}", part.from, part.due);
                out.push(format!("  - {} {}. {days}. {}.", part.number, part.name, part.quantity));
            }
        }
        if self.actions.is_empty() {
            out.push(self.nothing().to_owned());
        }
        out.extend(self.notes.iter().cloned());
        out.join("\n") + "\n"
    }
}

/// The text of a Mermaid chart of bars. Whatever is written by people is said behind a number of ours, so that no line begins
/// with a word of Mermaid's: a test looks at that.
pub(super) struct Chart {
    pub text: String,
    count: usize,
}

impl Chart {
    pub fn titled(title: &str, below: &[String]) -> Self {
        let mut text = String::from("gantt\n");
        text.push_str(&titled(title, &below.join(", ")));
        text.push_str(&format!("title {}\n", coded(&clean(title))));
        text.push_str("dateFormat YYYY-MM-DD\naxisFormat %Y-%m\ntodayMarker off\ninclusiveEndDates\n");
        Self { text, count: 0 }
    }

    /// Begins a section. A bare number is no name: Mermaid would put it before all others.
    pub fn section(&mut self, name: &str) {
        self.text.push_str(&format!("section {}\n", coded(&clean(name))));
    }

    pub fn task(&mut self, name: &str, tags: &str, (from, to): (NaiveDate, NaiveDate)) {
        let tags = if tags.is_empty() { String::new() } else { format!("{tags}, ") };
        self.line(name, &format!("{tags}{{id}}, {from}, {}", to.max(from)));
    }

    pub fn milestone(&mut self, name: &str, on: NaiveDate) {
        self.line(name, &format!("milestone, {{id}}, {on}, 0d"));
    }

    fn line(&mut self, name: &str, data: &str) {
        self.count += 1;
        let data = data.replace("{id}", &format!("t{}", self.count));
        self.text.push_str(&format!("{} :{data}\n", coded(&clean(name))));
    }
}
