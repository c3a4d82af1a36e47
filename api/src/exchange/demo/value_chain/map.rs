//! Which processes a secretariat has, and how its map stands to the national reference.

use chrono::{Days, NaiveDate};
use entity::{
    Id, fold,
    framework::reference_process,
    value_chain::{AdoptionStatus, ProcessKind, ProcessLevel, process, reference_adoption},
};

use super::{
    Maker,
    catalogue::{ADAPTED, DISPENSABLE, GIVEN_UP, IN_OTHERS, LEFT_BEHIND, MERGED, OWN, PROCEDURES, PROSPECT},
    characterizations::Version,
    faults::Rule,
};
use crate::exchange::{
    demo::{ANCHOR, DemoData, FUNZA, blueprint::Size, day},
    load::key,
};

/// The map that secretariats are compared with.
pub const REFERENCE: &str = "MEN_2011";

/// A process of a secretariat while its rows are being made.
pub struct Process {
    /// Its key.
    pub id: Id<process::Entity>,
    /// Its code, which it keeps.
    pub code: String,
    /// Its name at first, and since it was adapted.
    pub names: (String, String),
    /// Its level.
    pub level: ProcessLevel,
    /// Its band of the map.
    pub kind: ProcessKind,
    /// The process above it.
    pub parent: Option<Id<process::Entity>>,
    /// How it came about.
    pub origin: Origin,
    /// Its first day.
    pub from: NaiveDate,
    /// The day after its last, where it was given up.
    pub until: Option<NaiveDate>,
    /// Its characterizations.
    pub versions: Vec<Version>,
}

/// What a process has to do with the reference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Adopted or adapted; with the reason for the latter.
    Reference(Option<&'static str>),
    /// The secretariat's own.
    Own,
    /// Its own, and not in force yet.
    Prospect,
}

impl Process {
    /// The characterization that is in force on the anchor's day.
    pub fn current(&self) -> Option<&Version> {
        self.versions.iter().find(|version| version.holds(ANCHOR))
    }

    /// The letter of its macroprocess.
    pub fn letter(&self) -> &str {
        &self.code[..1]
    }
}

/// What a secretariat leaves out of the reference, and what it does together.
pub struct Shape {
    /// Macroprocesses that it does without, with the reason if it gives one.
    pub absent: Vec<(&'static str, Option<&'static str>)>,
    /// The pair that it does together.
    pub merged: Option<(&'static str, &'static str, &'static str)>,
}

/// Decides what is left out.
pub fn shape(maker: &mut Maker) -> Shape {
    let code = maker.secretariat.code();
    let mut absent: Vec<(&str, Option<&str>)> = Vec::new();
    if code == FUNZA {
        absent
            .extend(DISPENSABLE.iter().filter(|(letter, _)| *letter == "B").map(|(letter, why)| (*letter, Some(*why))));
    } else {
        for (letter, why) in DISPENSABLE {
            let share = if maker.secretariat.size == Size::Large { 5 } else { 18 };
            if maker.chance.percent(share) && absent.len() < 2 && *letter != "F" {
                absent.push((letter, Some(why)));
            }
        }
    }
    if maker.faults.strikes(Rule::ReferenceGapUnjustified, code) {
        let (letter, _) = maker.chance.pick(&DISPENSABLE[2..]);
        absent.retain(|(known, _)| *known != letter);
        absent.push((letter, None));
        let reference: Id<reference_process::Entity> = key(&format!("{REFERENCE}/{letter}"));
        maker.faults.plant(Rule::ReferenceGapUnjustified, code, reference.uuid());
    }
    let gone = |letter: &str| absent.iter().any(|(known, _)| *known == letter);
    let merged = MERGED.iter().find(|(_, other, _)| !gone(other) && code != FUNZA && maker.chance.percent(14)).copied();
    Shape { absent, merged }
}

/// Makes the processes, each after the one above it, and without versions yet.
pub fn processes(maker: &mut Maker, shape: &Shape) -> Vec<Process> {
    let mut made: Vec<Process> = Vec::new();
    let share = match maker.secretariat.size {
        _ if !maker.detailed => 8,
        Size::Small => 10,
        Size::Medium => 25,
        Size::Large => 45,
    };
    let data = maker.data;
    for row in &data.reference_processes {
        let letter = &row.code[..1];
        let away = shape.absent.iter().any(|(absent, _)| *absent == letter);
        let into = shape.merged.filter(|(_, goes, _)| *goes == letter);
        let own_map = row.map != REFERENCE || away || into.is_some() && row.code.len() == 1;
        let example = maker.secretariat.code() == FUNZA && matches!(letter, "C" | "E" | "N");
        let within = !maker.detailed && IN_OTHERS.contains(&row.code.as_str()) && maker.chance.percent(70);
        let spared = row.code.contains('.') && row.code != "N02.04" && !example && !maker.chance.percent(share);
        if own_map || within || spared {
            continue;
        }
        let above = match (row.parent.as_deref(), into) {
            (Some(parent), Some((stays, goes, _))) if parent == goes => Some(stays.to_owned()),
            (parent, _) => parent.map(str::to_owned),
        };
        let level = match row.level.as_str() {
            "MACROPROCESS" => ProcessLevel::Macroprocess,
            "PROCESS" => ProcessLevel::Process,
            _ => ProcessLevel::Subprocess,
        };
        let adapted = ADAPTED.iter().find(|(code, ..)| *code == row.code && maker.chance.percent(35));
        let merged = shape.merged.filter(|(stays, ..)| *stays == row.code);
        let later = merged.map(|(.., name)| name).or(adapted.map(|(_, name, _)| *name));
        let kind = kind(row.kind.as_deref().unwrap_or_default());
        let new = Draft { code: &row.code, above: above.as_deref(), level, name: &row.name, kind };
        if let Some(mut process) = new.process(maker, &made) {
            later.unwrap_or(&row.name).clone_into(&mut process.names.1);
            process.origin = Origin::Reference(adapted.map(|(.., why)| *why));
            made.push(process);
        }
    }
    additions(maker, &mut made);
    made
}

/// What stands beside the reference: own processes, procedures, one that was given up, one that is to come.
fn additions(maker: &mut Maker, made: &mut Vec<Process>) {
    let funza = maker.secretariat.code() == FUNZA;
    let process = ProcessLevel::Process;
    for (at, (code, above, name)) in OWN.iter().enumerate() {
        if (funza && at == 0) || maker.chance.percent(40) {
            add(maker, made, (code, above, name), process, Origin::Own);
        }
    }
    for (code, above, name) in PROCEDURES {
        add(maker, made, (code, above, name), ProcessLevel::Procedure, Origin::Own);
    }
    if maker.faults.strikes(Rule::ProcessKindDiffers, maker.secretariat.code()) {
        estrange(maker, made);
    }
    add(maker, made, GIVEN_UP, process, Origin::Own);
    if let Some(given_up) = made.last_mut() {
        given_up.until = Some(day(2024, 7, 1).max(given_up.from + Days::new(400)));
    }
    if maker.faults.strikes(Rule::ParentNotInForce, maker.secretariat.code()) {
        let (code, name) = LEFT_BEHIND;
        add(maker, made, (code, GIVEN_UP.0, name), ProcessLevel::Subprocess, Origin::Own);
        let left = made.last().map(|process| process.id.uuid()).unwrap_or_default();
        maker.faults.plant(Rule::ParentNotInForce, maker.secretariat.code(), left);
    }
    if funza || maker.chance.percent(30) {
        add(maker, made, PROSPECT, process, Origin::Prospect);
    }
}

/// Leaves the last procedure the kind that its map gave it once.
fn estrange(maker: &mut Maker, made: &mut [Process]) {
    let Some(left) = made.iter_mut().rfind(|process| process.level == ProcessLevel::Procedure) else { return };
    left.kind = if left.kind == ProcessKind::Support { ProcessKind::Evaluation } else { ProcessKind::Support };
    maker.faults.plant(Rule::ProcessKindDiffers, maker.secretariat.code(), left.id.uuid());
}

fn add(
    maker: &mut Maker,
    made: &mut Vec<Process>,
    (code, above, name): (&str, &str, &str),
    level: ProcessLevel,
    origin: Origin,
) {
    let new = Draft { code, above: Some(above), level, name, kind: None };
    if let Some(process) = new.process(maker, made) {
        made.push(Process { origin, ..process });
    }
}

struct Draft<'a> {
    code: &'a str,
    above: Option<&'a str>,
    level: ProcessLevel,
    name: &'a str,
    kind: Option<ProcessKind>,
}

impl Draft<'_> {
    /// The process, unless the one above it is not there.
    fn process(&self, maker: &mut Maker, made: &[Process]) -> Option<Process> {
        let above = match self.above {
            Some(code) => Some(made.iter().find(|process| process.code == code)?),
            None => None,
        };
        // Whoever is below comes with the one above or some weeks later.
        let start = above.map_or(maker.start, |above| above.from);
        let later = if self.level == ProcessLevel::Macroprocess { 0 } else { u64::from(maker.chance.below(20)) };
        Some(Process {
            id: key(&format!("{}/{}", maker.secretariat.code(), self.code)),
            code: self.code.to_owned(),
            names: (self.name.to_owned(), self.name.to_owned()),
            level: self.level,
            kind: self.kind.or(above.map(|above| above.kind)).unwrap_or(ProcessKind::Support),
            parent: above.map(|above| above.id),
            origin: Origin::Own,
            from: start + Days::new(later),
            until: None,
            versions: Vec::new(),
        })
    }
}

fn kind(word: &str) -> Option<ProcessKind> {
    let term = ProcessKind::VOCABULARY.by_name(word)?;
    ProcessKind::from_number(term.number)
}

/// Writes the rows of the processes, each under the name that it had last.
pub fn write(maker: &Maker, made: &[Process], demo: &mut DemoData) {
    demo.processes.extend(made.iter().map(|process| {
        let approved = process.versions.iter().rfind(|version| version.from.is_some_and(|from| from <= ANCHOR));
        let name = approved.map_or(&process.names.1, |version| &version.name);
        process::Model {
            id: process.id,
            organization_id: maker.secretariat.id,
            level: process.level,
            code: process.code.clone(),
            name: name.clone(),
            name_key: fold(name),
            published: approved.is_some(),
            row_version: 1,
        }
    }));
}

/// Writes how the map stands to the reference.
pub fn adoptions(maker: &Maker, made: &[Process], shape: &Shape, demo: &mut DemoData) {
    let act = maker.waves.first().map(|wave| wave.act);
    let reference = |code: &str| Some(key(&format!("{REFERENCE}/{code}")));
    let mut adopt = |code: &str, to: Option<&Process>, status, why: Option<&str>| {
        let own = status == AdoptionStatus::Own;
        demo.reference_adoptions.push(reference_adoption::Model {
            id: key(&format!("{}/{code}", maker.secretariat.code())),
            organization_id: maker.secretariat.id,
            reference_process_id: if own { None } else { reference(code) },
            process_id: to.map(|process| process.id),
            status,
            justification: why.map(str::to_owned),
            legal_act_id: act,
            valid_from: to.map_or(maker.start, |process| process.from),
            valid_to: to.and_then(|process| process.until),
            row_version: 1,
        });
    };
    for process in made.iter().filter(|process| process.level <= ProcessLevel::Process) {
        match process.origin {
            Origin::Prospect => {}
            Origin::Own => adopt(
                &process.code,
                Some(process),
                AdoptionStatus::Own,
                Some("Responde a una necesidad del territorio."),
            ),
            Origin::Reference(why) => {
                let merged = shape.merged.is_some_and(|(stays, ..)| stays == process.code);
                let status = match why {
                    _ if merged => AdoptionStatus::Merged,
                    Some(_) => AdoptionStatus::Adapted,
                    None => AdoptionStatus::Adopted,
                };
                adopt(&process.code, Some(process), status, why);
            }
        }
    }
    if let Some((stays, goes, _)) = shape.merged {
        let process = made.iter().find(|process| process.code == stays);
        adopt(goes, process, AdoptionStatus::Merged, Some("Se gestiona en un solo macroproceso."));
    }
    for (at, (letter, why)) in shape.absent.iter().enumerate() {
        // Half of what nobody gave a reason for is not even said to be absent.
        if why.is_some() || at % 2 == 0 {
            adopt(letter, None, AdoptionStatus::Absent, *why);
        }
    }
}
