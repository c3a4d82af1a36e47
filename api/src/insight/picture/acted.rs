//! What pictures show of actions: how they stood on a day, their days before and after reformulations, their traffic light.

use chrono::NaiveDate;
use entity::improvement::{ActionResult, ActionState, Semaphore};
use serde_json::Value;

use super::draw::{
    Tongue,
    scene::{Block, Outline, sign},
    text::clean,
};

/// What is asked of an action.
macro_rules! action_fragment {
    () => {
        "
fragment Acted on ImprovementAction { id number description weight state result startsOn unit { name }
  progress { percent dueOn semaphore daysLate }
  reformulations { state decidedOn beforeDueOn }
  effectivenessReviews { result score reviewedOn }
  transitions { toState date } }"
    };
}
pub(super) use action_fragment;

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The items of a list.
pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A civil date.
pub(super) fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str()?.parse().ok()
}

/// The steps that something had taken by a day, in their order: the state that each led to, and its day.
pub(super) struct Steps<'a> {
    taken: Vec<(&'a str, &'a str)>,
    /// Were any taken, if later?
    told: bool,
}

impl<'a> Steps<'a> {
    /// From `transitions { toState date }`, by a day.
    pub fn by(day: &str, transitions: &'a Value) -> Self {
        let all: Vec<_> = items(transitions).map(|step| (text(&step["toState"]), text(&step["date"]))).collect();
        Self { told: !all.is_empty(), taken: all.into_iter().filter(|(_, on)| *on <= day).collect() }
    }

    /// The state that it was in. Of what tells no steps, what it says itself; `None` before there was anything.
    pub fn state(&self, says: &'a str) -> Option<&'a str> {
        match self.taken.last() {
            Some((state, _)) => Some(state),
            None => (!self.told).then_some(says),
        }
    }

    /// The day on which it last came into a state.
    pub fn reached(&self, state: &str) -> Option<&'a str> {
        self.taken.iter().rev().find(|(to, _)| *to == state).map(|(_, on)| *on)
    }
}

/// How an action stands against its days; colours, and a shape for those who do not see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Light {
    Green,
    Amber,
    Red,
    /// Only proposed, or given up: no day binds it.
    Out,
}

impl Light {
    pub const ALL: [Self; 4] = [Self::Green, Self::Amber, Self::Red, Self::Out];

    fn of(word: &str) -> Self {
        let term = Semaphore::VOCABULARY.by_name(word);
        match term.and_then(|term| Semaphore::from_number(term.number)) {
            Some(Semaphore::Green) => Self::Green,
            Some(Semaphore::Amber) => Self::Amber,
            Some(Semaphore::Red) => Self::Red,
            None => Self::Out,
        }
    }

    /// Light, of what is to be done; strong, of what was done and of outlines.
    pub fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Green => ("#dff3e1", "#2a7036"),
            Self::Amber => ("#fdf1c7", "#a36a00"),
            Self::Red => ("#fbdfdc", "#b3261e"),
            Self::Out => ("#eceff2", "#6b7480"),
        }
    }

    /// Its name.
    pub fn name(self, tongue: Tongue) -> String {
        let label = |light: Semaphore| {
            let term = Semaphore::VOCABULARY.by_number(light.number());
            term.map(|term| tongue.label(&Semaphore::VOCABULARY, term.name)).unwrap_or_default()
        };
        match self {
            Self::Green => label(Semaphore::Green),
            Self::Amber => label(Semaphore::Amber),
            Self::Red => label(Semaphore::Red),
            Self::Out => tongue.say("Sin semáforo", "No traffic light").to_owned(),
        }
    }

    fn meaning(self, tongue: Tongue) -> &'static str {
        match self {
            Self::Green => tongue.say("a tiempo", "on time"),
            Self::Amber => {
                tongue.say("por debajo de lo esperado, o terminada tarde", "behind what is expected, or finished late")
            }
            Self::Red => tongue.say("vencida", "overdue"),
            Self::Out => tongue.say("propuesta o cancelada", "proposed or cancelled"),
        }
    }

    /// Its shape, with its left upper corner at a place.
    pub fn mark(self, (x, y): (i32, i32)) -> Block {
        let (_, strong) = self.colours();
        let mut mark = Block::new(x, y, 18).coloured(strong, strong);
        mark.h = 18;
        mark.outline = match self {
            Self::Green => Outline::Disc,
            Self::Amber => Outline::Triangle,
            Self::Red => Outline::Diamond,
            Self::Out => Outline::Box,
        };
        if self == Self::Out {
            mark = mark.coloured("#ffffff", strong).dashed();
        }
        mark
    }

    /// Each shape with what it means.
    pub fn legend(tongue: Tongue) -> Vec<Block> {
        Self::ALL.into_iter().flat_map(|light| [light.mark((0, 0)), light.entry(tongue)]).collect()
    }

    fn entry(self, tongue: Tongue) -> Block {
        let words = format!("{}: {}", self.name(tongue), self.meaning(tongue));
        let mut entry = sign(&words, 13, "#ffffff", "#ffffff");
        // As high as the shape beside it.
        entry.h = entry.written() + 4;
        entry
    }

    /// Colours for Mermaid, by a class of this name.
    pub fn class(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// An action as it stood on a day.
#[derive(Clone, Debug)]
pub(super) struct Acted {
    pub number: String,
    pub name: String,
    pub unit: String,
    /// In percent of its plan.
    pub weight: String,
    pub from: NaiveDate,
    pub due: NaiveDate,
    /// The last day that was agreed first, where it was another one.
    pub before: Option<NaiveDate>,
    /// In hundredths of a percent.
    pub done: i64,
    pub light: Light,
    /// Its state in words.
    pub state: String,
    /// What became of it, and when: executed, verified, closed.
    pub marks: Vec<Mark>,
    /// Evaluations of its effect until the day.
    pub reviews: Vec<String>,
    pub late: i64,
}

/// A milestone of an action.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// The sign on the sheet.
    pub sign: &'static str,
    pub name: String,
    pub on: NaiveDate,
    pub light: Light,
}

impl Mark {
    /// It in words.
    pub fn told(&self) -> String {
        format!("{} {}", self.name, self.on)
    }
}

/// A percentage without the noughts that say nothing.
pub(super) fn short(number: &str) -> String {
    let short = if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    if short.is_empty() { "0".to_owned() } else { clean(short) }
}

fn hundredths(percent: &str) -> i64 {
    let (whole, part) = percent.split_once('.').unwrap_or((percent, "0"));
    let part = format!("{part:0<2}");
    let number = |text: &str| text.parse::<i64>().unwrap_or(0);
    (number(whole) * 100 + number(part.get(..2).unwrap_or("0"))).clamp(0, 10_000)
}

impl Acted {
    /// From the fragment; `None` where it was not there on that day, or has no days.
    pub fn of(action: &Value, as_of: &str, tongue: Tongue) -> Option<Self> {
        let steps = Steps::by(as_of, &action["transitions"]);
        let state = steps.state(text(&action["state"]))?;
        let progress = &action["progress"];
        let due = day(&progress["dueOn"])?;
        let known = ActionState::VOCABULARY.by_name(state);
        let approved = |asked: &&Value| asked["state"] == "APPROVED" && text(&asked["decidedOn"]) <= as_of;
        let mut asked: Vec<&Value> = items(&action["reformulations"]).filter(approved).collect();
        asked.sort_by_key(|asked| text(&asked["decidedOn"]));
        let before = asked.first().and_then(|first| day(&first["beforeDueOn"])).filter(|before| *before != due);
        let closed_with = if state == "CLOSED" { text(&action["result"]) } else { "" };
        let rank = |name: &str| ActionState::VOCABULARY.by_name(name).map_or(0, |term| term.number);
        let number = known.map_or(0, |term| term.number);
        let given_up = state == "CANCELLED";
        let mark = |name: &'static str, sign, light| {
            let on = steps.reached(name).filter(|_| !given_up && rank(name) <= number)?.parse().ok()?;
            let label = tongue.label(&ActionState::VOCABULARY, name);
            let result = if name == "CLOSED" { closed_with } else { "" };
            let result =
                ActionResult::VOCABULARY.by_name(result).map(|term| tongue.label(&ActionResult::VOCABULARY, term.name));
            let name = result.map_or(label.clone(), |result| format!("{label}, {}", result.to_lowercase()));
            Some(Mark { sign, name, on, light })
        };
        let end = if closed_with == "NOT_EFFECTIVE" { ("N", Light::Red) } else { ("C", Light::Green) };
        let marks =
            [mark("EXECUTED", "E", Light::Out), mark("VERIFIED", "V", Light::Out), mark("CLOSED", end.0, end.1)];
        let review = |review: &Value| {
            let result = tongue.label(&ActionResult::VOCABULARY, text(&review["result"]));
            let score = review["score"].as_str().map(|score| format!(", {} %", short(score))).unwrap_or_default();
            format!("{result} ({}{score})", text(&review["reviewedOn"]))
        };
        Some(Self {
            number: action["number"].as_i64().unwrap_or(0).to_string(),
            name: clean(text(&action["description"])),
            unit: clean(text(&action["unit"]["name"])),
            weight: short(text(&action["weight"])),
            from: day(&action["startsOn"])?,
            due,
            before,
            done: hundredths(text(&progress["percent"])),
            light: Light::of(text(&progress["semaphore"])),
            state: tongue.label(&ActionState::VOCABULARY, state),
            marks: marks.into_iter().flatten().collect(),
            reviews: items(&action["effectivenessReviews"])
                .filter(|review| text(&review["reviewedOn"]) <= as_of)
                .map(review)
                .collect(),
            late: progress["daysLate"].as_i64().unwrap_or(0),
        })
    }

    /// How far it is, for the eye.
    pub fn percent(&self) -> String {
        format!("{} %", short(&format!("{}.{:02}", self.done / 100, self.done % 100)))
    }

    /// Its days, those of before too.
    pub fn days(&self, tongue: Tongue) -> String {
        let before = self.before.map(|day| format!(" ({} {day})", tongue.say("antes:", "before:"))).unwrap_or_default();
        format!("{} → {}{before}", self.from, self.due)
    }

    /// Where it stands, and how it does.
    pub fn standing(&self, tongue: Tongue) -> String {
        let late = match self.late {
            0 => String::new(),
            days => format!(", {} {days} d", tongue.say("retraso", "late")),
        };
        match (self.light, self.marks.is_empty()) {
            (Light::Out, _) => self.state.clone(),
            (light, true) => format!("{} · {}{late}", self.state, light.name(tongue)),
            (light, false) => {
                let marks: Vec<_> = self.marks.iter().map(Mark::told).collect();
                format!("{} · {}{late}", marks.join(" · "), light.name(tongue))
            }
        }
    }

    /// Whose it is, and its share.
    pub fn whose(&self, tongue: Tongue) -> String {
        format!("{} · {} {} %", self.unit, tongue.say("Ponderación", "Weight"), self.weight)
    }

    /// A bar of a width with what is done of it: the frame, and what fills it.
    pub fn bar(&self, (x, y): (i32, i32), (w, h): (i32, i32)) -> Vec<Block> {
        bar(self.light, self.done, (x, y), (w, h)).into_iter().map(|block| block.told(self.told_bar())).collect()
    }

    fn told_bar(&self) -> String {
        format!("{}. {}: {}", self.number, self.name, self.percent())
    }
}

/// A bar in the colours of a light, filled by so many hundredths of a percent.
pub(super) fn bar(light: Light, done: i64, (x, y): (i32, i32), (w, h): (i32, i32)) -> Vec<Block> {
    let (pale, strong) = light.colours();
    let mut frame = Block::new(x, y, w).coloured(pale, strong);
    (frame.h, frame.holds, frame.dashed) = (h, true, light == Light::Out);
    let filled = (i64::from(w) * done / 10_000) as i32;
    let mut bar = vec![frame];
    if filled > 0 {
        let mut fill = Block::new(x, y, filled).coloured(strong, strong);
        fill.h = h;
        bar.push(fill);
    }
    bar
}
