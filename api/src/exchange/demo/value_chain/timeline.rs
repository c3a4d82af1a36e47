//! The structure of a secretariat through time, as its processes see it: which units there are on a day, who heads them.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    Id, Interval,
    organization::{AppointmentKind, org_unit, person, post, post_holding, succession},
};
use uuid::Uuid;

use super::Structure;
use crate::exchange::load::key;

/// A structure that is or will be in force, with the codes of its units.
pub struct Segment {
    /// Its days.
    pub days: Interval,
    /// Codes of its units, in their order.
    pub units: Vec<String>,
    /// From which unit what passed to which, and by which succession.
    transfers: Vec<(Uuid, Uuid, Id<succession::Entity>)>,
}

impl Segment {
    /// Is the unit in it?
    pub fn has(&self, unit: &str) -> bool {
        self.units.iter().any(|code| code == unit)
    }

    /// The succession that brought what one unit did to another.
    pub fn succession(&self, from: Id<org_unit::Entity>, to: Id<org_unit::Entity>) -> Option<Id<succession::Entity>> {
        let found = self.transfers.iter().find(|(before, after, _)| (*before, *after) == (from.uuid(), to.uuid()));
        found.map(|(.., succession)| *succession)
    }
}

type Span = (NaiveDate, Option<NaiveDate>);

/// See the module.
pub struct Timeline {
    /// In the order of their days.
    pub segments: Vec<Segment>,
    /// Posts of each unit, its head first.
    posts: HashMap<Uuid, Vec<(Id<post::Entity>, Span)>>,
    holders: HashMap<Uuid, Vec<(Id<person::Entity>, Span)>>,
}

fn covers(span: Span, from: NaiveDate, until: NaiveDate) -> bool {
    span.0 <= from && span.1.is_none_or(|to| until < to)
}

impl Timeline {
    /// From the structures of a secretariat, its posts, and who holds them.
    pub fn new(structures: &[Structure], posts: &[post::Model], holdings: &[post_holding::Model]) -> Self {
        let segments = structures.iter().filter_map(|structure| {
            let successions = structure.structure.successions.iter().enumerate();
            let transfers = successions.flat_map(|(index, succession)| {
                let id = key(&format!("{}/{index}", structure.id.uuid()));
                succession.transfers.iter().filter_map(move |passed| Some((passed.from, passed.to?, id)))
            });
            let units = structure.structure.units.iter().map(|unit| unit.code.clone()).collect();
            Some(Segment { days: structure.days()?, units, transfers: transfers.collect() })
        });
        let mut timeline = Self { segments: segments.collect(), posts: HashMap::new(), holders: HashMap::new() };
        for row in posts {
            let Some(from) = row.valid_from else { continue };
            timeline.posts.entry(row.org_unit_id.uuid()).or_default().push((row.id, (from, row.valid_to)));
        }
        for row in holdings.iter().filter(|row| row.appointment != AppointmentKind::Acting) {
            let span = (row.valid_from, row.valid_to);
            timeline.holders.entry(row.post_id.uuid()).or_default().push((row.person_id, span));
        }
        timeline
    }

    /// The key of a unit.
    pub fn unit(&self, secretariat: &str, code: &str) -> Id<org_unit::Entity> {
        key(&format!("{secretariat}/{code}"))
    }

    /// The structure in force on a day.
    pub fn on(&self, day: NaiveDate) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.days.contains(day))
    }

    /// Is the unit there from one day to another, both included?
    pub fn lives(&self, unit: &str, from: NaiveDate, until: NaiveDate) -> bool {
        let meets = |segment: &&Segment| segment.days.from() <= until && segment.days.to().is_none_or(|to| from < to);
        self.segments.iter().filter(meets).all(|segment| segment.has(unit))
    }

    /// The post at the head of a unit from one day to another.
    pub fn post(&self, unit: Id<org_unit::Entity>, from: NaiveDate, until: NaiveDate) -> Option<Id<post::Entity>> {
        let posts = self.posts.get(&unit.uuid())?;
        posts.iter().find(|(_, span)| covers(*span, from, until)).map(|(post, _)| *post)
    }

    /// Who heads a unit on a day.
    pub fn head(&self, unit: Id<org_unit::Entity>, on: NaiveDate) -> Option<Id<person::Entity>> {
        let post = self.post(unit, on, on)?;
        let holders = self.holders.get(&post.uuid())?;
        holders.iter().find(|(_, span)| covers(*span, on, on)).map(|(person, _)| *person)
    }
}
