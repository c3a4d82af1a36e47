//! The process map of each secretariat over time: what it does, who answers for it, and what it is held to.

mod activities;
mod alignments;
mod capabilities;
mod catalogue;
mod characterizations;
mod documents;
mod exchanges;
mod faults;
mod flows;
mod map;
mod responsibilities;
mod timeline;

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use entity::{
    Id,
    organization::{LegalActKind, legal_act, person, post, post_holding},
};

pub use faults::{Faults, Planted, Rule};
pub use timeline::Timeline;

use super::{
    ANCHOR, DemoData, accounts::WHOLE, organizations::Secretariat, random::Chance, versions::Version as Structure,
};
use crate::exchange::reference::ReferenceData;

/// Days on which a secretariat put characterizations in force together, by one act.
struct Wave {
    day: NaiveDate,
    act: Id<legal_act::Entity>,
}

/// A secretariat while its process map is being made.
struct Maker<'a, 'b> {
    secretariat: &'a mut Secretariat<'b>,
    data: &'a ReferenceData,
    /// Keys of all requirements, by edition and slug.
    requirements: HashSet<&'a str>,
    timeline: Timeline,
    faults: &'a mut Faults,
    /// Its own chance: what is drawn here changes nothing in structure and staff.
    chance: Chance,
    /// Is it described in detail? The others are described as far as views and rules look.
    detailed: bool,
    /// The first day of the map.
    start: NaiveDate,
    waves: Vec<Wave>,
    /// The act by which the next versions are to come into force.
    next_act: Option<Id<legal_act::Entity>>,
}

/// Where the rows of a secretariat begin.
#[derive(Clone, Copy)]
pub struct Marks {
    posts: usize,
    holdings: usize,
}

impl Marks {
    /// What is written from now on belongs to the next secretariat.
    pub fn set(demo: &DemoData) -> Self {
        Self { posts: demo.posts.len(), holdings: demo.holdings.len() }
    }

    /// Its posts.
    pub fn posts(self, demo: &DemoData) -> &[post::Model] {
        &demo.posts[self.posts..]
    }

    /// Who holds them.
    pub fn holdings(self, demo: &DemoData) -> &[post_holding::Model] {
        &demo.holdings[self.holdings..]
    }
}

/// Writes the process map of a secretariat, and breaks in it what is to be broken.
pub fn write(
    secretariat: &mut Secretariat,
    structures: &[Structure],
    marks: Marks,
    data: &ReferenceData,
    faults: &mut Faults,
    demo: &mut DemoData,
) {
    let Some(first) = structures.first().and_then(|version| version.from) else { return };
    let timeline = Timeline::new(structures, marks.posts(demo), marks.holdings(demo));
    let chance = Chance::of(&format!("{}/processes", secretariat.code()));
    let start = first + Days::new(75);
    let detailed = detailed(secretariat.code());
    let mut maker = Maker {
        secretariat,
        data,
        requirements: data.requirements.iter().map(|row| row.key.as_str()).collect(),
        timeline,
        faults,
        chance,
        detailed,
        start,
        waves: Vec::new(),
        next_act: None,
    };
    maker.wave(start, demo);
    for structure in structures.iter().skip(1) {
        let day = structure.from.map(|from| from + Days::new(90 + u64::from(maker.chance.below(60))));
        if let Some(day) = day.filter(|day| *day < ANCHOR - Days::new(20)) {
            maker.wave(day, demo);
        }
    }
    maker.next_act = Some(maker.resolve(ANCHOR - Days::new(12), demo));
    let shape = map::shape(&mut maker);
    let mut made = map::processes(&mut maker, &shape);
    characterizations::history(&mut maker, &mut made);
    map::write(&maker, &made, demo);
    characterizations::write(&maker, &made, demo);
    responsibilities::write(&mut maker, &made, marks, demo);
    map::adoptions(&maker, &made, &shape, demo);
    activities::write(&mut maker, &made, demo);
    flows::write(&mut maker, &made, demo);
    documents::write(&mut maker, &made, demo);
    capabilities::write(&maker, &made, demo);
    alignments::write(&mut maker, &made, demo);
}

/// Is this secretariat described in detail? Those of the examples, and about one in sixteen of the others: every test copies
/// the demonstration.
fn detailed(divipola: &str) -> bool {
    WHOLE.contains(&divipola) || Chance::of(&format!("{divipola}/detail")).percent(6)
}

impl Maker<'_, '_> {
    fn wave(&mut self, day: NaiveDate, demo: &mut DemoData) {
        let act = self.resolve(day - Days::new(4), demo);
        self.waves.push(Wave { day, act });
    }

    fn resolve(&mut self, on: NaiveDate, demo: &mut DemoData) -> Id<legal_act::Entity> {
        let issuer = format!("Secretario de Educación de {}", self.secretariat.entity.name);
        let subject = "Por la cual se adoptan y actualizan los procesos del sistema de gestión de la calidad";
        self.secretariat.act(demo, LegalActKind::Resolution, issuer, on, subject.to_owned())
    }

    /// Who prepared, reviewed and approved on a day: three people, the last at the head of the secretariat.
    fn signatures(&self, leads: &[&str], on: NaiveDate) -> Signatures {
        let code = self.secretariat.code();
        let head = |unit: &str| self.timeline.head(self.timeline.unit(code, unit), on);
        let approved = head("100");
        let reviewed = head("110").filter(|person| Some(*person) != approved);
        let author = |person: &Id<person::Entity>| Some(*person) != approved && Some(*person) != reviewed;
        let prepared =
            leads.iter().copied().chain(["120", "200", "300", "400"]).find_map(|unit| head(unit).filter(author));
        (prepared, reviewed, approved)
    }
}

/// Prepared, reviewed, approved.
type Signatures = (Option<Id<person::Entity>>, Option<Id<person::Entity>>, Option<Id<person::Entity>>);
