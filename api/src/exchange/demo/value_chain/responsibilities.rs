//! Which units answer for which processes, through the reorganizations.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use entity::{
    Id, Interval,
    organization::{org_unit, succession},
    value_chain::{
        ProcessKind, ProcessLevel,
        ResponsibilityRole::{self, Informed, Leads, Supports},
        process_responsibility,
    },
};

use super::{
    Maker, Marks, catalogue,
    faults::Rule,
    map::{Origin, Process},
    timeline::Segment,
};
use crate::exchange::{
    demo::{ANCHOR, DemoData, accounts::WHOLE},
    load::key,
};

/// What a unit is to a process during one structure.
struct Part {
    process: usize,
    unit: String,
    role: ResponsibilityRole,
}

/// A row that is not ended yet.
struct Open {
    from: NaiveDate,
    to: Option<NaiveDate>,
    succession: Option<Id<succession::Entity>>,
}

/// What is to be broken here.
#[derive(Default)]
struct Broken {
    /// The process that has lost its lead.
    leaderless: Option<usize>,
    /// The unit that nobody has thought of.
    forgotten: Option<&'static str>,
}

/// Since when the leaderless have no lead, and the unstaffed no staff.
const SINCE: Days = Days::new(40);

/// Writes the responsibilities.
pub fn write(maker: &mut Maker, made: &[Process], marks: Marks, demo: &mut DemoData) {
    let broken = broken(maker, made);
    let mut rows: BTreeMap<(usize, String, ResponsibilityRole), Vec<Open>> = BTreeMap::new();
    let mut before: BTreeMap<usize, String> = BTreeMap::new();
    for segment in &maker.timeline.segments {
        let parts = parts(maker, made, segment, &broken);
        let mut leads = BTreeMap::new();
        for part in parts {
            let Some((from, to)) = days(&made[part.process], segment.days) else { continue };
            if part.role == Leads {
                leads.insert(part.process, part.unit.clone());
            }
            let came = before.get(&part.process).filter(|_| part.role == Leads).and_then(|previous| {
                let unit = |code: &str| maker.timeline.unit(maker.secretariat.code(), code);
                segment.succession(unit(previous), unit(&part.unit))
            });
            let spans = rows.entry((part.process, part.unit, part.role)).or_default();
            match spans.last_mut() {
                Some(last) if last.to == Some(from) => last.to = to,
                _ => spans.push(Open { from, to, succession: came }),
            }
        }
        before = leads;
    }
    for ((process, unit, role), spans) in rows {
        for span in spans {
            let cut = (broken.leaderless == Some(process) && role == Leads).then_some(ANCHOR - SINCE);
            if cut.is_some_and(|cut| cut <= span.from) {
                continue;
            }
            let to = match (span.to, cut) {
                (Some(to), Some(cut)) => Some(to.min(cut)),
                (to, cut) => to.or(cut),
            };
            let unit = maker.timeline.unit(maker.secretariat.code(), &unit);
            push(maker, demo, &made[process], unit, role, Open { to, ..span });
        }
    }
    overlook(maker, made, demo);
    vacate(maker, made, marks, demo);
}

fn days(process: &Process, segment: Interval) -> Option<(NaiveDate, Option<NaiveDate>)> {
    let from = process.from.max(segment.from());
    let to = [segment.to(), process.until].into_iter().flatten().min();
    (process.origin != Origin::Prospect && to.is_none_or(|to| from < to)).then_some((from, to))
}

/// Everybody's part during one structure: whoever the catalogue names, and no unit without any.
fn parts(maker: &Maker, made: &[Process], segment: &Segment, broken: &Broken) -> Vec<Part> {
    let there = |unit: &&&str| segment.has(unit) && broken.forgotten != Some(**unit);
    let supporters = if maker.detailed { usize::MAX } else { 1 };
    let mut parts: Vec<Part> = Vec::new();
    let mut idle: Vec<&String> = segment.units.iter().collect();
    for (at, process) in made.iter().enumerate() {
        let known = catalogue::of(&process.code);
        let lead = known.leads.iter().find(there).copied().unwrap_or("100");
        parts.push(Part { process: at, unit: lead.to_owned(), role: Leads });
        if broken.leaderless != Some(at) && process.until.is_none() && process.origin != Origin::Prospect {
            idle.retain(|unit| *unit != lead);
        }
        if process.level > ProcessLevel::Process {
            continue;
        }
        for (place, unit) in
            known.supports.iter().filter(there).filter(|unit| **unit != lead).take(supporters).enumerate()
        {
            let role = [Supports, ResponsibilityRole::Consulted, Informed][place.min(2)];
            parts.push(Part { process: at, unit: (*unit).to_owned(), role });
            if process.until.is_none() && process.origin != Origin::Prospect {
                idle.retain(|other| other != unit);
            }
        }
    }
    let forgotten = |unit: &str| broken.forgotten == Some(unit);
    for unit in idle.into_iter().filter(|unit| !forgotten(unit)) {
        let letter = match &unit[..1] {
            "1" => "A",
            "2" => "D",
            "3" => "C",
            _ => "H",
        };
        if let Some(process) = made.iter().position(|process| process.code == letter) {
            parts.push(Part { process, unit: unit.clone(), role: Supports });
        }
    }
    parts
}

fn push(
    maker: &Maker,
    demo: &mut DemoData,
    process: &Process,
    unit: Id<org_unit::Entity>,
    role: ResponsibilityRole,
    span: Open,
) {
    demo.process_responsibilities.push(process_responsibility::Model {
        id: key(&format!("{}/{}/{}/{}", process.id.uuid(), unit.uuid(), role.number(), span.from)),
        organization_id: maker.secretariat.id,
        process_id: process.id,
        org_unit_id: unit,
        role,
        note: None,
        succession_id: span.succession,
        valid_from: span.from,
        valid_to: span.to,
        row_version: 1,
    });
}

fn broken(maker: &mut Maker, made: &[Process]) -> Broken {
    let code = maker.secretariat.code();
    let mut broken = Broken::default();
    if maker.faults.strikes(Rule::ProcessWithoutLead, code) {
        let fit = |process: &Process| matches!(process.code.as_str(), "C05" | "H04" | "H07" | "I02" | "J02" | "D01");
        let fitting: Vec<usize> = (0..made.len()).filter(|at| fit(&made[*at])).collect();
        let chosen = maker.chance.pick(&fitting);
        maker.faults.plant(Rule::ProcessWithoutLead, code, made[chosen].id.uuid());
        broken.leaderless = Some(chosen);
    }
    if maker.faults.strikes(Rule::UnitWithoutProcess, code) {
        let unit = maker.chance.pick(&["220", "420", "120"]);
        maker.faults.plant(Rule::UnitWithoutProcess, code, maker.timeline.unit(code, unit).uuid());
        broken.forgotten = Some(unit);
    }
    broken
}

/// A responsibility that nobody ended when its unit was.
fn overlook(maker: &mut Maker, made: &[Process], demo: &mut DemoData) {
    let code = maker.secretariat.code();
    let ended = |maker: &Maker| {
        let now = maker.timeline.on(ANCHOR)?;
        let past = maker.timeline.segments.iter().find(|segment| segment.days.contains(maker.start + Days::new(30)))?;
        past.units.iter().find(|unit| !now.has(unit)).cloned()
    };
    let Some(unit) = ended(maker) else { return };
    if !maker.faults.strikes(Rule::ResponsibleUnitEnded, code) {
        return;
    }
    let Some(process) = made.iter().find(|process| process.code == "N02") else { return };
    let unit = maker.timeline.unit(code, &unit);
    push(maker, demo, process, unit, Informed, Open { from: process.from, to: None, succession: None });
    if let Some(row) = demo.process_responsibilities.last() {
        maker.faults.plant(Rule::ResponsibleUnitEnded, code, row.id.uuid());
    }
}

/// Leaves the unit that leads inspection without anybody.
fn vacate(maker: &mut Maker, made: &[Process], marks: Marks, demo: &mut DemoData) {
    const UNIT: &str = "130";
    let code = maker.secretariat.code();
    if WHOLE.contains(&code) || !maker.faults.strikes(Rule::CoreProcessUnstaffed, code) {
        return;
    }
    let (unit, since) = (maker.timeline.unit(code, UNIT), ANCHOR - SINCE);
    let posts: Vec<_> =
        demo.posts[marks.posts..].iter().filter(|post| post.org_unit_id == unit).map(|post| post.id).collect();
    let mut own = demo.holdings.split_off(marks.holdings);
    own.retain(|row| row.valid_from < since || !posts.contains(&row.post_id));
    for row in own.iter_mut().filter(|row| posts.contains(&row.post_id)) {
        row.valid_to = Some(row.valid_to.map_or(since, |to| to.min(since)));
    }
    demo.holdings.append(&mut own);
    let led = |process: &&Process| {
        process.kind == ProcessKind::Core
            && process.level != ProcessLevel::Procedure
            && catalogue::of(&process.code).leads.first() == Some(&UNIT)
    };
    for process in made.iter().filter(led) {
        maker.faults.plant(Rule::CoreProcessUnstaffed, code, process.id.uuid());
    }
}
