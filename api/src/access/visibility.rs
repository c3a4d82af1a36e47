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

/// To whom a row belongs that no single unit owns: as sets, so that whoever is limited to one of the units, or is one of
/// the persons, reads it.
#[derive(Clone, Copy, Debug)]
pub struct Involved {
    /// The units and processes that it is about.
    pub units: Keys,
    /// The persons who work on it.
    pub persons: Keys,
}

/// A set of keys of a row.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// Template `SELECT … AS key …`; a key may be missing.
    pub rows: &'static str,
    /// Template of the same as one text, see [`keys`].
    pub text: &'static str,
}

/// A set of keys, by the `SELECT`s that give them.
macro_rules! keys_of {
    ($($rows:expr),+ $(,)?) => {
        $crate::access::visibility::Keys {
            rows: concat!($($rows),+),
            text: concat!("(SELECT string_agg({text}(s.key), ' ') FROM (", $($rows),+, ") s WHERE s.key IS NOT NULL)"),
        }
    };
}
pub(crate) use keys_of;

/// The keys in a text that [`Keys::text`] selected.
pub fn keys(text: Option<&str>) -> Vec<Uuid> {
    text.unwrap_or_default().split(' ').filter_map(|key| Uuid::parse_str(key).ok()).collect()
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
    /// Persons of whom it reads what they work on: itself, where a role reads its own work.
    pub persons: Vec<Uuid>,
}

impl Reach {
    /// Sees nothing at all, anywhere.
    pub fn is_nothing(&self) -> bool {
        self.published == Orgs::These(Vec::new()) && self.persons.is_empty()
    }

    /// Sees nothing of its own, anywhere.
    pub fn nothing() -> Self {
        let none = || Orgs::These(Vec::new());
        Self { whole: none(), published: none(), within: Vec::new(), persons: Vec::new() }
    }

    /// Sees everything.
    pub fn everything() -> Self {
        Self { whole: Orgs::Every, published: Orgs::Every, ..Self::nothing() }
    }

    /// How far these grants reach under a heading; `persons` are whom the actor is, by organization.
    pub fn of(grants: &[Held], persons: &[(Uuid, Uuid)], subject: Subject) -> Self {
        let mut reach = Self::nothing();
        for held in grants {
            let Some(rule) = rules::rule(held.role) else { continue };
            // Personal data belong to persons, not to units: who is limited to units reads none.
            if held.scope.is_some() && subject == Subject::PersonalData {
                continue;
            }
            reach.add(rule.extent(subject), rule.national, held);
            reach.add(rule.extent_at_home(subject), false, held);
            if rule.extent(subject) > Extent::Nothing {
                let own = persons.iter().filter(|(organization, _)| *organization == held.organization);
                reach.persons.extend(own.map(|(_, person)| *person));
            }
        }
        for keys in [&mut reach.within, &mut reach.persons] {
            keys.sort_unstable();
            keys.dedup();
        }
        reach
    }

    fn add(&mut self, extent: Extent, national: bool, held: &Held) {
        if extent >= Extent::Published {
            self.published.add(national, held.organization);
        }
        match (&held.scope, extent) {
            // What nothing limits is the whole organization.
            (None, Extent::All | Extent::OfScope) => self.whole.add(national, held.organization),
            (Some(scope), Extent::All | Extent::OfScope) => self.within.extend(&scope.units),
            _ => {}
        }
    }
}
