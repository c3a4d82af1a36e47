//! What a secretariat had on a day: its processes, who led them, who worked where, and whose account did what.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use entity::{
    Id, Interval,
    access::account,
    framework::requirement,
    organization::{org_unit, person},
    value_chain::{ControlledStage, ResponsibilityRole, process},
};
use uuid::Uuid;

use crate::{
    audit::rules::independence::binds,
    exchange::{
        demo::{
            DemoData, accounts,
            organizations::Secretariat,
            value_chain::{Marks, Timeline},
            versions::Version as Structure,
        },
        load::key,
        reference::ReferenceData,
    },
};

/// An account, and who it is.
#[derive(Clone, Copy)]
pub struct Who {
    /// The account.
    pub account: Id<account::Entity>,
    /// The person.
    pub person: Option<Id<person::Entity>>,
}

/// Who plays which part in improvement.
#[derive(Clone, Copy)]
pub struct Cast {
    /// Formulates.
    pub leader: Who,
    /// Approves.
    pub management: Who,
    /// Plans audits, rates, verifies.
    pub control: Who,
    /// Audits, where there is an account for it.
    pub auditor: Who,
    /// Executes, where there is an account for it.
    pub executor: Who,
}

/// Where somebody worked, and when.
type Worked = (Id<org_unit::Entity>, Interval);

/// See the module.
pub struct Ground {
    code: String,
    timeline: Timeline,
    /// Days on which a characterization of a process holds, by the code that it has.
    described: BTreeMap<String, Vec<Interval>>,
    leads: HashMap<Uuid, Vec<(Id<org_unit::Entity>, Interval)>>,
    /// Where each of the staff worked, in the order in which they came.
    staff: Vec<(Id<person::Entity>, Vec<Worked>)>,
    /// Who does what.
    pub cast: Cast,
    requirements: Vec<(String, Interval)>,
}

impl Ground {
    /// What has been written of a secretariat since its rows began.
    pub fn survey(
        secretariat: &Secretariat,
        structures: &[Structure],
        marks: Marks,
        data: &ReferenceData,
        demo: &DemoData,
    ) -> Self {
        let (posts, holdings) = (marks.posts(demo), marks.holdings(demo));
        let mut described: BTreeMap<String, Vec<Interval>> = BTreeMap::new();
        let own = demo.process_versions.iter().rev().take_while(|row| row.organization_id == secretariat.id);
        for row in own.filter(|row| row.stage == ControlledStage::Approved) {
            let days = row.valid_from.and_then(|from| Interval::new(from, row.valid_to));
            described.entry(row.code.clone()).or_default().extend(days);
        }
        let mut leads: HashMap<Uuid, Vec<_>> = HashMap::new();
        let own = demo.process_responsibilities.iter().rev().take_while(|row| row.organization_id == secretariat.id);
        for row in own.filter(|row| row.role == ResponsibilityRole::Leads) {
            let days = Interval::new(row.valid_from, row.valid_to).map(|days| (row.org_unit_id, days));
            leads.entry(row.process_id.uuid()).or_default().extend(days);
        }
        let units: HashMap<_, _> = posts.iter().map(|row| (row.id, row.org_unit_id)).collect();
        let mut staff: Vec<(Id<person::Entity>, Vec<_>)> = Vec::new();
        let mut places: HashMap<Uuid, usize> = HashMap::new();
        for row in holdings {
            let at = *places.entry(row.person_id.uuid()).or_insert_with(|| {
                staff.push((row.person_id, Vec::new()));
                staff.len() - 1
            });
            let place = units.get(&row.post_id).copied().zip(Interval::new(row.valid_from, row.valid_to));
            staff[at].1.extend(place);
        }
        let editions: HashMap<_, _> = data.framework_editions.iter().map(|row| (row.key.as_str(), row.valid)).collect();
        let requirements = data.requirements.iter();
        Self {
            code: secretariat.code().to_owned(),
            timeline: Timeline::new(structures, posts, holdings),
            described,
            leads,
            staff,
            cast: cast(secretariat, demo),
            requirements: requirements
                .filter_map(|row| Some((row.key.clone(), *editions.get(row.edition.as_str())?)))
                .collect(),
        }
    }

    /// A process, if a characterization of it holds on a day.
    pub fn process(&self, code: &str, on: NaiveDate) -> Option<Id<process::Entity>> {
        let holds = self.described.get(code)?.iter().any(|days| days.contains(on));
        holds.then(|| key(&format!("{}/{code}", self.code)))
    }

    /// Who leads a process on a day.
    pub fn lead(&self, process: Id<process::Entity>, on: NaiveDate) -> Option<Id<org_unit::Entity>> {
        let led = self.leads.get(&process.uuid())?;
        led.iter().find(|(_, days)| days.contains(on)).map(|(unit, _)| *unit)
    }

    /// All who lead it on some day of these.
    pub fn leading(&self, process: Id<process::Entity>, from: NaiveDate, to: NaiveDate) -> Vec<Id<org_unit::Entity>> {
        let meets = |days: &Interval| days.from() <= to && days.to().is_none_or(|end| from < end);
        let led = self.leads.get(&process.uuid()).into_iter().flatten();
        led.filter(|(_, days)| meets(days)).map(|(unit, _)| *unit).collect()
    }

    /// The key of a unit, if it stands in the structure on a day.
    pub fn unit(&self, code: &str, on: NaiveDate) -> Option<Id<org_unit::Entity>> {
        self.timeline.on(on)?.has(code).then(|| self.timeline.unit(&self.code, code))
    }

    /// The first units of the structure on a day.
    pub fn units(&self, on: NaiveDate, many: usize) -> Vec<Id<org_unit::Entity>> {
        let codes = self.timeline.on(on).map(|segment| segment.units.as_slice()).unwrap_or_default();
        codes.iter().take(many).map(|code| self.timeline.unit(&self.code, code)).collect()
    }

    /// Who heads a unit on a day.
    pub fn head(&self, unit: Id<org_unit::Entity>, on: NaiveDate) -> Option<Id<person::Entity>> {
        self.timeline.head(unit, on)
    }

    /// A requirement of the edition in force on a day: the framework, the slug.
    pub fn requirement(&self, (framework, slug): (&str, &str), on: NaiveDate) -> Option<Id<requirement::Entity>> {
        let is = |text: &str| {
            text.starts_with(framework) && text.strip_suffix(slug).is_some_and(|before| before.ends_with('/'))
        };
        self.requirements.iter().find(|(text, days)| is(text) && days.contains(on)).map(|(text, _)| key(text))
    }

    /// Is nobody's post in these units in the way of his auditing them on these days?
    pub fn independent(
        &self,
        person: Id<person::Entity>,
        units: &[Id<org_unit::Entity>],
        (from, to): (NaiveDate, NaiveDate),
    ) -> bool {
        let held = self.staff.iter().filter(|(who, _)| *who == person).flat_map(|(_, places)| places);
        held.filter(|(unit, _)| units.contains(unit)).all(|(_, days)| !binds(*days, from, to))
    }

    /// People who work there when an audit of these units begins and may audit it; those with an account for it first.
    pub fn auditors(
        &self,
        units: &[Id<org_unit::Entity>],
        days: (NaiveDate, NaiveDate),
        skip: usize,
    ) -> Vec<Id<person::Entity>> {
        let with_account = [self.cast.auditor.person, self.cast.control.person];
        let all = with_account.into_iter().flatten().chain(self.staff.iter().skip(skip).map(|(person, _)| *person));
        let mut found: Vec<Id<person::Entity>> = Vec::new();
        for person in all {
            let fit = self.works(person, days.0) && !found.contains(&person) && !self.leads_all(person);
            if fit && self.independent(person, units, days) {
                found.push(person);
            }
            if found.len() == 4 {
                break;
            }
        }
        found
    }

    /// Whoever holds a post in these units on a day, and therefore may not audit them.
    pub fn insider(&self, units: &[Id<org_unit::Entity>], on: NaiveDate) -> Option<Id<person::Entity>> {
        let there = |places: &[(Id<org_unit::Entity>, Interval)]| {
            places.iter().any(|(unit, days)| units.contains(unit) && days.contains(on))
        };
        self.staff.iter().find(|(person, places)| there(places) && !self.leads_all(*person)).map(|(person, _)| *person)
    }

    /// Somebody of a unit who is there on a day, and who neither heads it nor judges what is done.
    pub fn executor(&self, unit: Id<org_unit::Entity>, on: NaiveDate) -> Option<Id<person::Entity>> {
        let head = self.head(unit, on);
        let judges = [self.cast.control.person, self.cast.auditor.person, self.cast.management.person];
        let fit = |person: Id<person::Entity>| !judges.contains(&Some(person));
        let works = |(_, places): &&(Id<person::Entity>, Vec<(Id<org_unit::Entity>, Interval)>)| {
            places.iter().any(|(of, days)| *of == unit && days.contains(on))
        };
        let there: Vec<_> =
            self.staff.iter().filter(works).map(|(person, _)| *person).filter(|who| fit(*who)).collect();
        there.iter().copied().find(|person| Some(*person) != head).or_else(|| there.first().copied())
    }

    /// Does somebody hold a post on a day?
    pub fn works(&self, person: Id<person::Entity>, on: NaiveDate) -> bool {
        let places = self.staff.iter().filter(|(who, _)| *who == person).flat_map(|(_, places)| places);
        places.into_iter().any(|(_, days)| days.contains(on))
    }

    /// Is it whoever formulates or approves there?
    fn leads_all(&self, person: Id<person::Entity>) -> bool {
        [self.cast.leader.person, self.cast.management.person].contains(&Some(person))
    }
}

/// Who is who, by the accounts of the secretariat; what has no account of its own is done with that of the quality leader.
fn cast(secretariat: &Secretariat, demo: &DemoData) -> Cast {
    let member = |who: &str| {
        let account = accounts::id(who, &secretariat.slug);
        let members = demo.members.iter().rev().take_while(|row| row.organization_id == secretariat.id);
        let found = members.into_iter().find(|row| row.account_id == account);
        found.map(|row| Who { account, person: row.person_id })
    };
    let leader = member("lider.calidad")
        .unwrap_or(Who { account: accounts::id("lider.calidad", &secretariat.slug), person: None });
    let control = member("control.interno").unwrap_or(leader);
    Cast {
        leader,
        management: member("alta.direccion").unwrap_or(leader),
        control,
        auditor: member("auditor").unwrap_or(control),
        executor: member("ejecutor").unwrap_or(leader),
    }
}
