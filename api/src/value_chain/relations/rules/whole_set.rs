//! A whole set from a day on: what ends, what begins, what goes on.

use chrono::NaiveDate;
use entity::Interval;
use uuid::Uuid;

/// What is to be done so that from a day on exactly the wanted things hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Rows that end on the day.
    pub ends: Vec<Uuid>,
    /// Rows that would begin on it and never hold.
    pub removes: Vec<Uuid>,
    /// Rows that go on, with the item that wants them.
    pub keeps: Vec<(Uuid, usize)>,
    /// Items that begin on the day.
    pub begins: Vec<usize>,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is over before the day, and stays as it is.
    Stays,
    /// It ends on the day.
    Ends,
    /// It is removed.
    Removed,
    /// It goes on, as this item says.
    GoesOn(usize),
}

impl Change {
    /// What becomes of a row.
    pub fn fate(&self, row: Uuid) -> Fate {
        match self.keeps.iter().find(|(id, _)| *id == row) {
            Some((_, at)) => Fate::GoesOn(*at),
            None if self.ends.contains(&row) => Fate::Ends,
            None if self.removes.contains(&row) => Fate::Removed,
            None => Fate::Stays,
        }
    }
}

/// Compares rows with what is wanted from a day on, each thing once. A row that begins later stands in the way, and its
/// first day is answered: what was decided for later is not swept away unseen.
pub fn whole_set<K: PartialEq>(
    existing: &[(Uuid, Interval, K)],
    from: NaiveDate,
    wanted: &[K],
) -> Result<Change, NaiveDate> {
    let mut change = Change::default();
    for (id, days, key) in existing {
        if days.from() > from {
            return Err(days.from());
        }
        if !days.contains(from) {
            continue;
        }
        match wanted.iter().position(|item| item == key) {
            Some(at) => change.keeps.push((*id, at)),
            None if days.from() == from => change.removes.push(*id),
            None => change.ends.push(*id),
        }
    }
    let kept = |at: &usize| change.keeps.iter().any(|(_, item)| item == at);
    change.begins = (0..wanted.len()).filter(|at| !kept(at)).collect();
    Ok(change)
}

#[cfg(test)]
mod tests {
    use super::{
        super::responsibility::tests::{day, intervals},
        *,
    };
    use crate::organization::rules::cases;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn the_days_before_stay_and_from_then_on_exactly_the_wanted_holds(
            offered in prop::collection::vec((0..4_u8, intervals()), 0..8), from in 0..60,
            wanted in prop::collection::btree_set(0..4_u8, 0..4),
        ) {
            let mut rows: Vec<(Uuid, Interval, u8)> = Vec::new();
            for (key, days) in offered {
                if !rows.iter().any(|(_, known, same)| *same == key && known.overlaps(days)) {
                    rows.push((Uuid::from_u128(rows.len() as u128), days, key));
                }
            }
            let (from, wanted): (_, Vec<u8>) = (day(from), wanted.into_iter().collect());
            let Ok(change) = whole_set(&rows, from, &wanted) else {
                prop_assert!(rows.iter().any(|(_, days, _)| days.from() > from));
                return Ok(());
            };
            let mut after: Vec<(Interval, u8)> = rows.iter().filter_map(|(id, days, key)| {
                let days = match change.fate(*id) {
                    Fate::Stays => Some(*days),
                    Fate::Ends => days.ended_on(from),
                    Fate::Removed => None,
                    Fate::GoesOn(_) => Some(Interval::since(days.from())),
                };
                Some((days?, *key))
            }).collect();
            after.extend(change.begins.iter().map(|at| (Interval::since(from), wanted[*at])));
            for n in 0..80 {
                let mut now: Vec<u8> = after.iter().filter(|(days, _)| days.contains(day(n))).map(|(_, key)| *key).collect();
                let mut expected: Vec<u8> = if day(n) < from {
                    rows.iter().filter(|(_, days, _)| days.contains(day(n))).map(|(.., key)| *key).collect()
                } else {
                    wanted.clone()
                };
                now.sort_unstable();
                expected.sort_unstable();
                prop_assert_eq!(now, expected);
            }
        }
    }
}
