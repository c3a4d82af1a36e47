//! The versions of each process: when they were in force, who answers for them, and the steps of their life cycle.

use chrono::{Days, NaiveDate};
use entity::{
    Id, Moment, TextList, fold,
    organization::legal_act,
    value_chain::{
        ControlledStage::{self, Approved, Draft, InReview},
        ControlledState, ProcessLevel, process_transition, process_version,
    },
};

use super::{
    Maker,
    catalogue::{self, Outline},
    map::{Origin, Process},
};
use crate::exchange::{
    demo::{ANCHOR, DemoData, FUNZA, accounts, day},
    load::key,
};

/// A characterization while its rows are being made.
pub struct Version {
    /// Its key.
    pub id: Id<process_version::Entity>,
    /// Its number, from 1.
    pub number: i32,
    /// How far its review has come.
    pub stage: ControlledStage,
    /// The name that it gives the process.
    pub name: String,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Day after the last.
    pub to: Option<NaiveDate>,
    /// The day of its approval, or of the last step so far.
    pub decided: NaiveDate,
    /// Its act.
    pub act: Option<Id<legal_act::Entity>>,
}

impl Version {
    /// Is it in force on a day?
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from.is_some_and(|from| from <= on) && self.to.is_none_or(|to| on < to)
    }

    /// The days on which what it says must be so: as far as is known.
    pub fn window(&self) -> (NaiveDate, NaiveDate) {
        let from = self.from.unwrap_or(ANCHOR).min(ANCHOR);
        (from, self.to.map_or(ANCHOR, |to| to.pred_opt().unwrap_or(to)).min(ANCHOR).max(from))
    }
}

/// How the characterizations of a process have gone so far.
#[derive(Clone, Copy)]
enum Course {
    /// The first holds still.
    First,
    /// Another took its place in a wave.
    Renewed,
    /// Renewed, and the next is at this stage.
    Next(ControlledStage),
}

/// Gives each process its versions.
pub fn history(maker: &mut Maker, made: &mut [Process]) {
    for process in made.iter_mut() {
        let course = course(maker, process);
        process.versions = versions(maker, process, course);
    }
}

fn course(maker: &mut Maker, process: &Process) -> Course {
    let drawn = maker.chance.below(100);
    let fixed = match (maker.secretariat.code(), process.code.as_str()) {
        (FUNZA, "C" | "C02") => Some(Course::Renewed),
        (FUNZA, "C03") => Some(Course::Next(Draft)),
        (FUNZA, "D02") => Some(Course::Next(InReview)),
        (FUNZA, "E01") => Some(Course::Next(Approved)),
        _ if process.until.is_some() => Some(Course::First),
        _ => None,
    };
    let subordinate = process.level > ProcessLevel::Process;
    fixed.unwrap_or(match drawn {
        _ if process.level == ProcessLevel::Macroprocess && process.names.0 != process.names.1 => Course::Renewed,
        _ if process.level == ProcessLevel::Macroprocess => Course::First,
        _ if subordinate && (drawn < 75 || !maker.detailed) => Course::First,
        0..50 if maker.detailed || drawn < 12 => Course::Renewed,
        84..90 => Course::Next(Draft),
        90..95 => Course::Next(InReview),
        95.. => Course::Next(Approved),
        _ => Course::First,
    })
}

fn versions(maker: &mut Maker, process: &Process, course: Course) -> Vec<Version> {
    let mut versions: Vec<Version> = Vec::new();
    let mut push = |stage, from: Option<NaiveDate>, decided, act, renamed| {
        let number = i32::try_from(versions.len() + 1).unwrap_or(i32::MAX);
        if let (Some(before), Some(from)) = (versions.last_mut(), from) {
            before.to = Some(from);
        }
        let name = if renamed { process.names.1.clone() } else { process.names.0.clone() };
        let id = key(&format!("{}/{number}", process.id.uuid()));
        let to = if from.is_some() { process.until } else { None };
        versions.push(Version { id, number, stage, name, from, to, decided, act });
    };
    if process.origin == Origin::Prospect {
        push(Draft, None, ANCHOR - Days::new(25), None, true);
        return versions;
    }
    let first = maker.waves.first().map(|wave| wave.act);
    push(Approved, Some(process.from), maker.start - Days::new(4), first, false);
    let waves: Vec<_> = maker.waves.iter().skip(1).filter(|wave| wave.day > process.from + Days::new(60)).collect();
    if !matches!(course, Course::First) && !waves.is_empty() {
        let wave = waves[maker.chance.below(u32::try_from(waves.len()).unwrap_or(1)) as usize];
        push(Approved, Some(wave.day), wave.day - Days::new(4), Some(wave.act), true);
    }
    if let Course::Next(stage) = course {
        let from = (stage == Approved).then_some(day(2026, 9, 1));
        let (decided, act) = (ANCHOR - Days::new(12), from.and(maker.next_act));
        push(stage, from, decided, act, true);
    }
    versions
}

/// Writes the versions and their steps.
pub fn write(maker: &Maker, made: &[Process], demo: &mut DemoData) {
    for process in made {
        for (at, version) in process.versions.iter().enumerate() {
            let row = row(maker, process, version, at);
            demo.process_versions.push(row);
            steps(maker, process, at, demo);
        }
    }
}

fn row(maker: &Maker, process: &Process, version: &Version, at: usize) -> process_version::Model {
    let known = catalogue::of(&process.code);
    let whole = maker.detailed && process.level == ProcessLevel::Process;
    let on = version.decided.max(maker.start);
    let signed = version.stage == Approved;
    let (prepared, reviewed, approved) = maker.signatures(known.leads, on);
    let words = Words { known, name: version.name.to_lowercase() };
    process_version::Model {
        id: version.id,
        organization_id: maker.secretariat.id,
        process_id: process.id,
        number: version.number,
        stage: version.stage,
        code: process.code.clone(),
        name_key: fold(&version.name),
        name: version.name.clone(),
        kind: process.kind,
        parent_process_id: process.parent,
        objective: Some(known.objective.to_owned()),
        scope: whole.then(|| words.scope()),
        starts_with: whole.then(|| "Identificación de las necesidades y los requisitos de la vigencia.".to_owned()),
        ends_with: whole.then(|| "Evaluación de los resultados y acciones de mejora.".to_owned()),
        policies: list(if whole { POLICIES } else { &[] }),
        resources: list(if whole { RESOURCES } else { &[] }),
        change_reason: (at > 0).then(|| "Se ajusta a la estructura y a la operación vigentes.".to_owned()),
        legal_act_id: version.act,
        base_version_id: at.checked_sub(1).and_then(|before| process.versions.get(before)).map(|before| before.id),
        prepared_by_id: prepared,
        reviewed_by_id: reviewed.filter(|_| signed),
        approved_by_id: approved.filter(|_| signed),
        valid_from: version.from,
        valid_to: version.to,
        row_version: 1,
    }
}

const POLICIES: &[&str] = &[
    "Las actuaciones se registran en el sistema de información del proceso el mismo día.",
    "Los plazos son los de ley y se cuentan en días hábiles.",
];
const RESOURCES: &[&str] = &["Personal de planta de la dependencia", "Sistemas de información del sector"];

fn list(texts: &[&str]) -> TextList {
    TextList::new(texts).unwrap_or_default()
}

struct Words<'a> {
    known: &'a Outline,
    name: String,
}

impl Words<'_> {
    fn scope(&self) -> String {
        let whom = if self.known.supports.is_empty() {
            "la dependencia que lo lidera"
        } else {
            "todas las dependencias que participan"
        };
        format!("Comprende {}, en {whom}.", self.name)
    }
}

/// The steps of a version: drafted, submitted, approved, and replaced or retired.
fn steps(maker: &Maker, process: &Process, at: usize, demo: &mut DemoData) {
    use ControlledState as State;
    let version = &process.versions[at];
    let slug = &maker.secretariat.slug;
    let (leader, management) = (accounts::id("lider.calidad", slug), accounts::id("alta.direccion", slug));
    let before = |days: u64| version.decided - Days::new(days);
    let mut steps = Vec::new();
    // Where little is told, the first map was brought in as it stood.
    if maker.detailed || at > 0 || version.stage != Approved {
        steps.push((None, State::Draft, before(45), before(45), leader, "processVersionCreate"));
        if version.stage != Draft {
            steps.push((Some(State::Draft), State::InReview, before(10), before(10), leader, "processVersionSubmit"));
        }
    }
    if let (Approved, Some(from)) = (version.stage, version.from) {
        let came = steps.last().map(|(_, state, ..)| *state);
        steps.push((came, State::InForce, from, version.decided, management, "processVersionApprove"));
    }
    if let Some(end) = version.to {
        let next = process.versions.get(at + 1);
        let act = if next.is_some() { "processVersionApprove" } else { "processVersionRetire" };
        let entered = next.map_or(end, |next| next.decided);
        steps.push((Some(State::InForce), State::Obsolete, end, entered, management, act));
    }
    demo.process_transitions.extend(steps.into_iter().enumerate().map(
        |(index, (from_state, to_state, civil_date, entered, account_id, act))| process_transition::Model {
            id: key(&format!("{}/{index}", version.id.uuid())),
            organization_id: maker.secretariat.id,
            process_version_id: version.id,
            from_state,
            to_state,
            civil_date,
            recorded_at: recorded(entered, index),
            account_id,
            person_id: None,
            act: act.to_owned(),
            reason: None,
        },
    ));
}

/// Eleven in the morning in Bogotá, and a minute later for each step.
pub fn recorded(on: NaiveDate, index: usize) -> Moment {
    let minutes = 16 * 60 + i64::try_from(index).unwrap_or_default();
    Moment::from(on.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc() + chrono::TimeDelta::minutes(minutes))
}
