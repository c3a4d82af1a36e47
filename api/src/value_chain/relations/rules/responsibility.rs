//! Who answers for a process on which days: at most one unit leads, no unit holds one role twice, and who leads does not support
//! besides.

use entity::{Interval, value_chain::ResponsibilityRole};
use uuid::Uuid;

/// What a unit has to do with a process, on some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Responsibility {
    /// The row.
    pub id: Uuid,
    /// The process.
    pub process: Uuid,
    /// The unit.
    pub unit: Uuid,
    /// Its role.
    pub role: ResponsibilityRole,
    /// Its days.
    pub days: Interval,
}

/// What stands in the way of a responsibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Another unit leads the process on some of the days.
    LeadTaken(Responsibility),
    /// The unit has this role in the process on some of the days.
    Repeated(Responsibility),
    /// The unit has a role there on some of the days that does not go together with this one.
    Excluded(Responsibility),
}

/// What stands in the way of the new one; itself, before an edit, does not count.
pub fn conflict(existing: &[Responsibility], new: &Responsibility) -> Option<Conflict> {
    let others = existing
        .iter()
        .filter(|other| other.id != new.id && other.process == new.process && other.days.overlaps(new.days));
    let mut found = None;
    for other in others {
        let (same_unit, same_role) = (other.unit == new.unit, other.role == new.role);
        if same_unit && same_role {
            return Some(Conflict::Repeated(*other));
        }
        if same_unit && excludes(other.role, new.role) {
            return Some(Conflict::Excluded(*other));
        }
        if same_role && new.role == ResponsibilityRole::Leads {
            found.get_or_insert(Conflict::LeadTaken(*other));
        }
    }
    found
}

/// May one unit not have both roles in a process? Who answers for it takes part in doing it anyway.
fn excludes(one: ResponsibilityRole, other: ResponsibilityRole) -> bool {
    use ResponsibilityRole::{Leads, Supports};
    matches!((one, other), (Leads, Supports) | (Supports, Leads))
}

/// The first two that cannot stand beside each other.
#[cfg(test)]
pub fn clash(all: &[Responsibility]) -> Option<(Responsibility, Conflict)> {
    all.iter().enumerate().find_map(|(at, one)| Some((*one, conflict(&all[at + 1..], one)?)))
}

/// The days of an interval on which none of the others holds, in their order.
pub fn remaining(days: Interval, taken: &[Interval]) -> Vec<Interval> {
    let mut left = vec![days];
    for other in taken {
        left = left.into_iter().flat_map(|piece| outside(piece, *other)).collect();
    }
    left.sort_by_key(|piece| piece.from());
    left
}

/// The part of an interval before another, and the part after it.
fn outside(piece: Interval, other: Interval) -> impl Iterator<Item = Interval> {
    let before = piece.ended_on(other.from());
    let after = other.to().and_then(|to| Interval::new(piece.from().max(to), piece.to()));
    before.into_iter().chain(after)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::organization::rules::cases;
    use ResponsibilityRole::{Leads, Supports};
    use chrono::NaiveDate;
    use proptest::prelude::*;

    pub(in super::super) fn day(n: i32) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(738_000 + n).expect("a date of this century")
    }

    prop_compose! {
        pub(in super::super) fn intervals()(from in 0..40, length in proptest::option::of(1..20)) -> Interval {
            Interval::new(day(from), length.map(|l| day(from + l))).expect("not empty")
        }
    }

    prop_compose! {
        pub(in super::super) fn any_responsibility()(
            id in any::<u128>(), process in 0..2_u128, unit in 0..3_u128, leads in any::<bool>(), days in intervals(),
        ) -> Responsibility {
            let role = if leads { Leads } else { Supports };
            let (process, unit) = (Uuid::from_u128(process), Uuid::from_u128(unit));
            Responsibility { id: Uuid::from_u128(id), process, unit, role, days }
        }
    }

    /// Only those that stand in nobody's way.
    pub(in super::super) fn admitted(offered: Vec<Responsibility>) -> Vec<Responsibility> {
        let mut all = Vec::new();
        for new in offered {
            if conflict(&all, &new).is_none() {
                all.push(new);
            }
        }
        all
    }

    /// What the rule promises, day by day.
    pub(in super::super) fn holds_every_day(all: &[Responsibility]) -> bool {
        (0..80).all(|n| {
            let on: Vec<_> = all.iter().filter(|row| row.days.contains(day(n))).collect();
            on.iter().enumerate().all(|(at, one)| {
                on[at + 1..].iter().all(|other| {
                    let lead = one.role == Leads && other.role == Leads;
                    one.process != other.process
                        || !lead
                            && (one.unit != other.unit || one.role != other.role && !excludes(one.role, other.role))
                })
            })
        })
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn whatever_is_admitted_one_unit_leads_and_none_twice(offered in prop::collection::vec(any_responsibility(), 0..12)) {
            prop_assert_eq!(clash(&offered).is_none(), holds_every_day(&offered));
            let all = admitted(offered);
            prop_assert!(holds_every_day(&all) && clash(&all).is_none());
        }

        #[test]
        fn what_remains_are_exactly_the_free_days(days in intervals(), taken in prop::collection::vec(intervals(), 0..4)) {
            let left = remaining(days, &taken);
            for n in 0..120 {
                let free = days.contains(day(n)) && !taken.iter().any(|other| other.contains(day(n)));
                prop_assert_eq!(left.iter().filter(|piece| piece.contains(day(n))).count(), usize::from(free));
            }
        }
    }

    #[test]
    fn who_is_in_the_way_is_named() {
        let one = Responsibility {
            id: Uuid::from_u128(1),
            process: Uuid::from_u128(2),
            unit: Uuid::from_u128(3),
            role: Leads,
            days: Interval::since(day(0)),
        };
        let other = Responsibility { id: Uuid::from_u128(4), unit: Uuid::from_u128(5), ..one };
        assert_eq!(conflict(&[one], &other), Some(Conflict::LeadTaken(one)));
        assert_eq!(conflict(&[one], &Responsibility { unit: one.unit, ..other }), Some(Conflict::Repeated(one)));
        assert_eq!(conflict(&[one], &Responsibility { role: Supports, ..other }), None);
        let besides = Responsibility { role: Supports, unit: one.unit, ..other };
        assert_eq!(conflict(&[one], &besides), Some(Conflict::Excluded(one)));
        assert_eq!(conflict(&[one], &Responsibility { role: ResponsibilityRole::Informed, ..besides }), None);
        assert_eq!(conflict(&[one], &Responsibility { process: Uuid::from_u128(9), ..other }), None);
        assert_eq!(conflict(&[one], &one), None, "itself does not count");
    }
}
