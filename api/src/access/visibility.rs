//! Which organizations' rows an actor reads under a heading of the rules table.

use uuid::Uuid;

use super::{
    actor::Held,
    rules::{self, Extent, Subject},
};

/// Some organizations, or every one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Orgs {
    /// All there are.
    Every,
    /// These, sorted.
    These(Vec<Uuid>),
}

impl Orgs {
    /// Is this organization among them?
    pub fn contains(&self, organization: Uuid) -> bool {
        match self {
            Self::Every => true,
            Self::These(orgs) => orgs.contains(&organization),
        }
    }

    fn add(&mut self, national: bool, organization: Uuid) {
        match self {
            Self::Every => {}
            _ if national => *self = Self::Every,
            Self::These(orgs) => {
                if let Err(place) = orgs.binary_search(&organization) {
                    orgs.insert(place, organization);
                }
            }
        }
    }
}

/// How far an actor sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Organizations of which it reads every row.
    pub whole: Orgs,
    /// Organizations of which it reads what is published (those of `whole` among them).
    pub published: Orgs,
    /// Units of which it reads every row, sorted: those of the scopes of its grants.
    pub within: Vec<Uuid>,
}

impl Reach {
    /// Sees nothing at all, anywhere.
    pub fn is_nothing(&self) -> bool {
        self.published == Orgs::These(Vec::new())
    }

    /// How far these grants reach under a heading.
    pub fn of(grants: &[Held], subject: Subject) -> Self {
        let mut reach = Self { whole: Orgs::These(Vec::new()), published: Orgs::These(Vec::new()), within: Vec::new() };
        for held in grants {
            let Some(rule) = rules::rule(held.role) else { continue };
            // Personal data belong to persons, not to units: who is limited to units reads none.
            if held.scope.is_some() && subject == Subject::PersonalData {
                continue;
            }
            reach.add(rule.extent(subject), rule.national, held);
            reach.add(rule.extent_at_home(subject), false, held);
        }
        reach.within.sort_unstable();
        reach.within.dedup();
        reach
    }

    fn add(&mut self, extent: Extent, national: bool, held: &Held) {
        if extent >= Extent::Published {
            self.published.add(national, held.organization);
        }
        match (&held.scope, extent) {
            (None, Extent::All) => self.whole.add(national, held.organization),
            (Some(scope), Extent::All | Extent::OfScope) => self.within.extend(&scope.units),
            _ => {}
        }
    }
}
