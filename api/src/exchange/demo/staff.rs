//! Posts through the reorganizations, who holds them, and the work groups.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    Id, fold,
    organization::{
        LegalActKind, StructureStage, job, legal_act, org_unit, person, post, structure_version, work_group,
    },
};
use uuid::Uuid;

use super::{
    ANCHOR, DemoData, day,
    holdings::{self, Holder},
    jobs::{self, Manual, Place},
    organizations::Secretariat,
    versions::Version,
};
use crate::{exchange::load::key, organization::rules::reorganize::Unit};

/// Who works in a secretariat on the anchor's day: the heads by the code of their unit, and others; with their names.
#[derive(Default)]
pub struct Staffing {
    /// Heads of units.
    pub heads: BTreeMap<String, (Id<person::Entity>, String)>,
    /// Anybody else.
    pub others: Vec<(Id<person::Entity>, String)>,
}

/// A post whose end is not known yet.
struct Open {
    place: Place,
    head: bool,
    from: NaiveDate,
    holder: Option<Holder>,
    row: usize,
}

struct Work<'a, 'b> {
    secretariat: &'a mut Secretariat<'b>,
    demo: &'a mut DemoData,
    manual: Manual,
    open: BTreeMap<Uuid, Vec<Open>>,
    heads: HashSet<Id<post::Entity>>,
    persons: usize,
    posts: usize,
}

/// Writes jobs, posts, persons and holdings of a secretariat.
pub fn write(secretariat: &mut Secretariat, versions: &[Version], demo: &mut DemoData) -> Staffing {
    let Some(first) = versions.first().and_then(|version| version.from) else { return Staffing::default() };
    let subject = "Por la cual se adopta el manual específico de funciones y de competencias laborales".to_owned();
    let authority = secretariat.authority();
    let manual = Manual::new(secretariat.act(demo, LegalActKind::Resolution, authority, first, subject));
    let from = demo.holdings.len();
    let (open, heads) = (BTreeMap::new(), HashSet::new());
    let mut work = Work { secretariat, demo, manual, open, heads, persons: 0, posts: 0 };
    for version in versions {
        match version.days() {
            Some(days) => work.put_in_force(version, days.from()),
            None if version.stage != StructureStage::Approved => work.propose(version),
            None => {}
        }
    }
    work.finish();
    let heads = work.heads;
    holdings::acting(secretariat, demo, from);
    staffing(demo, from, &heads)
}

impl Work<'_, '_> {
    /// What vanishes ends on the day; its people go where its responsibilities go; what is new is staffed.
    fn put_in_force(&mut self, version: &Version, day: NaiveDate) {
        let present: HashSet<Uuid> = version.structure.units.iter().map(|unit| unit.id).collect();
        let mut arriving: HashMap<Uuid, Vec<(Place, Option<Holder>, usize)>> = HashMap::new();
        let gone: Vec<Uuid> = self.open.keys().filter(|unit| !present.contains(unit)).copied().collect();
        for unit in gone {
            let heir = heir(version, unit);
            for post in self.open.remove(&unit).unwrap_or_default() {
                let (place, head, row) = (post.place, post.head, post.row);
                let holder = self.close(post, Some(day));
                if let (Some(heir), false) = (heir, head) {
                    arriving.entry(heir).or_default().push((place, holder, row));
                }
            }
        }
        for unit in &version.structure.units {
            let arrived = arriving.remove(&unit.id).unwrap_or_default();
            if !self.open.contains_key(&unit.id) {
                self.add(unit, version, day, jobs::head(unit.kind), true);
                if arrived.is_empty() {
                    for place in jobs::staff(unit.kind, self.secretariat.size) {
                        self.add(unit, version, day, *place, false);
                    }
                }
            }
            for (place, holder, replaced) in arrived {
                let row = self.post(unit, version, Some(day), place);
                self.demo.posts[row].replaces_id = Some(self.demo.posts[replaced].id);
                self.open.entry(unit.id).or_default().push(Open { place, head: false, from: day, holder, row });
            }
        }
    }

    fn add(&mut self, unit: &Unit, version: &Version, from: NaiveDate, place: Place, head: bool) {
        let row = self.post(unit, version, Some(from), place);
        if head {
            self.heads.insert(self.demo.posts[row].id);
        }
        self.open.entry(unit.id).or_default().push(Open { place, head, from, holder: None, row });
    }

    /// The posts that a version which is not approved proposes for its new units.
    fn propose(&mut self, version: &Version) {
        for unit in &version.structure.units {
            if !self.open.contains_key(&unit.id) {
                self.post(unit, version, None, jobs::head(unit.kind));
                for place in jobs::staff(unit.kind, self.secretariat.size) {
                    self.post(unit, version, None, *place);
                }
            }
        }
    }

    /// A post's row; answers where it is.
    fn post(&mut self, unit: &Unit, version: &Version, valid_from: Option<NaiveDate>, place: Place) -> usize {
        let job_id: Id<job::Entity> = self.manual.job(self.secretariat, place, self.demo);
        self.posts += 1;
        let (unit, version_id): (Id<org_unit::Entity>, Id<structure_version::Entity>) =
            (Id::from_uuid(unit.id), version.id);
        self.demo.posts.push(post::Model {
            id: key(&format!("{}/{}", self.secretariat.code(), self.posts)),
            organization_id: self.secretariat.id,
            structure_version_id: Some(version_id),
            job_id,
            org_unit_id: unit,
            legal_act_id: version.act,
            replaces_id: None,
            valid_from,
            valid_to: None,
            row_version: 1,
        });
        self.demo.posts.len() - 1
    }

    /// Ends a post, tells who held it until when, and answers who held it last.
    fn close(&mut self, open: Open, to: Option<NaiveDate>) -> Option<Holder> {
        let row = &mut self.demo.posts[open.row];
        row.valid_to = to;
        let span = holdings::Span { post: row.id, place: open.place, head: open.head, from: open.from, to };
        holdings::fill(self.secretariat, self.demo, &mut self.persons, span, open.holder)
    }

    fn finish(&mut self) {
        for post in std::mem::take(&mut self.open).into_values().flatten() {
            self.close(post, None);
        }
    }
}

/// The first unit that takes over from one that vanished.
fn heir(version: &Version, unit: Uuid) -> Option<Uuid> {
    let transfers = version.structure.successions.iter().flat_map(|succession| &succession.transfers);
    transfers.filter(|transfer| transfer.from == unit).find_map(|transfer| transfer.to)
}

fn staffing(demo: &DemoData, from: usize, heads: &HashSet<Id<post::Entity>>) -> Staffing {
    let holdings = &demo.holdings[from..];
    let Some(organization) = holdings.first().map(|holding| holding.organization_id) else {
        return Staffing::default();
    };
    let owned = |id| id == organization;
    let names: HashMap<_, _> =
        demo.persons.iter().filter(|row| owned(row.organization_id)).map(|row| (row.id, &row.name)).collect();
    let units: HashMap<_, _> =
        demo.posts.iter().filter(|row| owned(row.organization_id)).map(|row| (row.id, row.org_unit_id)).collect();
    let in_force = |row: &&entity::organization::unit_version::Model| {
        owned(row.organization_id)
            && row.valid_from.is_some_and(|day| day <= ANCHOR)
            && row.valid_to.is_none_or(|day| day > ANCHOR)
    };
    let codes: HashMap<_, _> =
        demo.unit_versions.iter().filter(in_force).map(|row| (row.org_unit_id, &row.code)).collect();
    let mut staffing = Staffing::default();
    for holding in holdings.iter().filter(|holding| holdings::is_full_on(holding, ANCHOR)) {
        let Some(name) = names.get(&holding.person_id) else { continue };
        let somebody = (holding.person_id, (*name).clone());
        match units.get(&holding.post_id).and_then(|unit| codes.get(unit)) {
            Some(code) if heads.contains(&holding.post_id) => drop(staffing.heads.insert((*code).clone(), somebody)),
            _ => staffing.others.push(somebody),
        }
    }
    staffing
}

/// Groups that live by resolution: name, purpose, unit, and whether the task is done.
const GROUPS: &[(&str, &str, &str, bool)] = &[
    (
        "Grupo Interno de Trabajo de Proyectos Pedagógicos Transversales",
        "Acompañar los proyectos pedagógicos transversales.",
        "220",
        false,
    ),
    (
        "Grupo Interno de Trabajo del Modelo Integrado de Planeación y Gestión",
        "Apoyar la implementación de las políticas del MIPG.",
        "110",
        false,
    ),
    (
        "Grupo Interno de Trabajo para el Regreso a la Presencialidad",
        "Coordinar el retorno gradual y seguro a las aulas.",
        "300",
        true,
    ),
];

/// Writes the work groups of a secretariat.
pub fn groups(secretariat: &mut Secretariat, demo: &mut DemoData) {
    for (index, (name, purpose, unit, done)) in GROUPS.iter().enumerate() {
        if !secretariat.chance.percent(60) {
            continue;
        }
        let issued = if *done { day(2021, 7, 12) } else { day(2022, 2 + secretariat.chance.below(9), 14) };
        let issuer = format!("Secretario de Educación de {}", secretariat.entity.name);
        let subject = format!("Por la cual se conforma el {name}");
        let act: Id<legal_act::Entity> = secretariat.act(demo, LegalActKind::Resolution, issuer, issued, subject);
        demo.work_groups.push(work_group::Model {
            id: key(&format!("{}/{index}", secretariat.code())),
            organization_id: secretariat.id,
            org_unit_id: key(&format!("{}/{unit}", secretariat.code())),
            legal_act_id: act,
            name: (*name).to_owned(),
            name_key: fold(name),
            purpose: Some((*purpose).to_owned()),
            valid_from: issued,
            valid_to: done.then(|| day(2022, 7, 1)),
            row_version: 1,
        });
    }
}
