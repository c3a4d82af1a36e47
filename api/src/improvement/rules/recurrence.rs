//! Recurrence: a finding repeats one that was closed effective within the 24 months before, when a process, a requirement and
//! the category of a cause are common to both.

use chrono::{Months, NaiveDate};
use entity::improvement::CauseCategory;
use uuid::Uuid;

/// How long after an effective closure a finding counts as its repetition.
const MONTHS: u32 = 24;

/// What is compared of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// Where it was found.
    pub processes: Vec<Uuid>,
    /// What it falls short of.
    pub requirements: Vec<Uuid>,
    /// The families of its causes.
    pub categories: Vec<CauseCategory>,
}

/// A finding that was closed effective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its key.
    pub key: Uuid,
    /// Day of the closure.
    pub closed_on: NaiveDate,
    /// What is compared.
    pub traits: Traits,
}

/// The finding that one found on a day repeats: of several the one that was closed last.
pub fn repeated<'a>(found_on: NaiveDate, traits: &Traits, earlier: &'a [Earlier]) -> Option<&'a Earlier> {
    let alike = earlier.iter().filter(|it| is_within(it.closed_on, found_on) && common(&it.traits, traits));
    alike.max_by_key(|it| (it.closed_on, it.key))
}

fn is_within(closed_on: NaiveDate, found_on: NaiveDate) -> bool {
    let until = closed_on.checked_add_months(Months::new(MONTHS)).unwrap_or(NaiveDate::MAX);
    closed_on <= found_on && found_on <= until
}

fn common(one: &Traits, other: &Traits) -> bool {
    meet(&one.processes, &other.processes)
        && meet(&one.requirements, &other.requirements)
        && meet(&one.categories, &other.categories)
}

fn meet<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.iter().any(|item| other.contains(item))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::organization::rules::cases;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn traits(process: u128, requirement: u128, category: CauseCategory) -> Traits {
        Traits {
            processes: vec![Uuid::from_u128(process)],
            requirements: vec![Uuid::from_u128(requirement)],
            categories: vec![category],
        }
    }

    #[test]
    fn what_has_all_three_in_common_within_two_years_repeats() {
        let own = traits(1, 2, CauseCategory::Method);
        for (closed, other, expected) in [
            ("2026-01-10", traits(1, 2, CauseCategory::Method), true),
            ("2024-09-10", traits(1, 2, CauseCategory::Method), true),
            ("2024-09-09", traits(1, 2, CauseCategory::Method), false),
            ("2026-09-11", traits(1, 2, CauseCategory::Method), false),
            ("2026-01-10", traits(9, 2, CauseCategory::Method), false),
            ("2026-01-10", traits(1, 9, CauseCategory::Method), false),
            ("2026-01-10", traits(1, 2, CauseCategory::People), false),
            ("2026-01-10", Traits::default(), false),
        ] {
            let earlier = [Earlier { key: Uuid::from_u128(7), closed_on: day(closed), traits: other }];
            assert_eq!(repeated(day("2026-09-10"), &own, &earlier).is_some(), expected, "{closed} {earlier:?}");
        }
    }

    proptest! {
        #![proptest_config(cases())]

        /// The one that is named was closed last of all that would do, and more of them change nothing but to a later one.
        #[test]
        fn the_last_one_is_named(closed in proptest::collection::vec((0..900_i64, 0..2_u128), 0..8)) {
            let found = day("2026-09-10");
            let own = traits(1, 2, CauseCategory::Method);
            let earlier: Vec<_> = (0_u128..).zip(closed).map(|(key, (days, process))| Earlier {
                key: Uuid::from_u128(key),
                closed_on: found - chrono::Duration::days(days),
                traits: traits(process, 2, CauseCategory::Method),
            }).collect();
            let all = repeated(found, &own, &earlier);
            for one in &earlier {
                if let Some(alone) = repeated(found, &own, std::slice::from_ref(one)) {
                    prop_assert!(all.is_some_and(|it| it.closed_on >= alone.closed_on));
                }
            }
        }
    }
}
