//! Which organizations' rows an actor reads under a heading of the rules table.

use uuid::Uuid;

use super::rules::{self, Extent, Subject};

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
}

impl Reach {
    /// Sees nothing at all, anywhere.
    pub fn is_nothing(&self) -> bool {
        self.published == Orgs::These(Vec::new())
    }

    /// How far these grants reach under a heading.
    pub fn of(grants: &[super::actor::Held], subject: Subject) -> Self {
        let mut reach = Self { whole: Orgs::These(Vec::new()), published: Orgs::These(Vec::new()) };
        for held in grants {
            let Some(rule) = rules::rule(held.role) else { continue };
            // A grant with a scope reads drafts and personal data only inside it; until scopes are read row by row
            // (issue 3) such a grant reads what every member reads.
            let narrowed = |extent: Extent| match held.scope {
                Some(_) if subject == Subject::PersonalData => Extent::Nothing,
                Some(_) => extent.min(Extent::Published),
                None => extent,
            };
            reach.add(narrowed(rule.extent(subject)), rule.national, held.organization);
            reach.add(narrowed(rule.extent_at_home(subject)), false, held.organization);
        }
        reach
    }

    fn add(&mut self, extent: Extent, national: bool, organization: Uuid) {
        if extent >= Extent::Published {
            self.published.add(national, organization);
        }
        if extent == Extent::All {
            self.whole.add(national, organization);
        }
    }
}
