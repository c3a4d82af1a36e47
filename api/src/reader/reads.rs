//! Which personal data an answer shows.

use std::collections::{BTreeMap, BTreeSet, btree_map::IntoIter};

use uuid::Uuid;

/// For each person of an organization, the fields that an answer shows.
#[derive(Debug, Default)]
pub struct PersonalReads(BTreeMap<(Uuid, Uuid), BTreeSet<&'static str>>);

impl PersonalReads {
    /// A field of a person is shown.
    pub fn add(&mut self, organization: Uuid, person: Uuid, field: &'static str) {
        self.0.entry((organization, person)).or_default().insert(field);
    }

    /// Is nothing personal shown?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what another part of the answer shows.
    pub fn merge(&mut self, other: Self) {
        for (person, fields) in other {
            self.0.entry(person).or_default().extend(fields);
        }
    }
}

impl IntoIterator for PersonalReads {
    type Item = ((Uuid, Uuid), BTreeSet<&'static str>);
    type IntoIter = IntoIter<(Uuid, Uuid), BTreeSet<&'static str>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
