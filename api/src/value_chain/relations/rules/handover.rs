//! Where responsibilities go when a version of the structure does without a unit: decision 21.

use std::collections::HashSet;

use entity::{Interval, value_chain::ResponsibilityRole};
use uuid::Uuid;

use super::responsibility::{Responsibility, remaining};

/// What a succession says of the responsibilities of a unit that ceases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The succession that says it.
    pub succession: Uuid,
    /// The unit that had them.
    pub from: Uuid,
    /// The unit that gets them; none when they end.
    pub to: Option<Uuid>,
    /// The process that it is about; none for all that no other transfer of the unit names.
    pub process: Option<Uuid>,
}

/// A responsibility that begins in another unit because of a succession.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The row that it continues.
    pub continues: Uuid,
    /// The succession that says so.
    pub succession: Uuid,
    /// The process.
    pub process: Uuid,
    /// The unit that answers since.
    pub unit: Uuid,
    /// Its role.
    pub role: ResponsibilityRole,
    /// Its days.
    pub days: Interval,
}

/// What an entry into force does to responsibilities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// Rows that end on its first day.
    pub ends: Vec<Uuid>,
    /// Rows that begin then.
    pub begins: Vec<Begun>,
}

/// The units to which a responsibility goes and their roles there, in the declared order: transfers that name its
/// process go before those that name none; of several units the first leads, the others support it.
pub fn destinations(
    transfers: &[Transfer],
    (unit, process, role): (Uuid, Uuid, ResponsibilityRole),
) -> Vec<(Uuid, ResponsibilityRole, Uuid)> {
    let of_unit = || transfers.iter().filter(move |transfer| transfer.from == unit);
    let named = of_unit().any(|transfer| transfer.process == Some(process));
    let meant = of_unit().filter(|transfer| transfer.process == named.then_some(process));
    let mut found: Vec<(Uuid, ResponsibilityRole, Uuid)> = Vec::new();
    for (to, succession) in meant.filter_map(|transfer| Some((transfer.to?, transfer.succession))) {
        let role =
            if role == ResponsibilityRole::Leads && !found.is_empty() { ResponsibilityRole::Supports } else { role };
        if !found.iter().any(|(known, ..)| *known == to) {
            found.push((to, role, succession));
        }
    }
    found
}

/// Ends what units have that the version does without, and lets it go on where the transfers say, as long as it would
/// have, and on days on which the unit has not that role already; who gets the lead supports no more. A row that begins after the version, or goes on after
/// a version that fills a gap, stands in the way.
pub fn hand_over(
    existing: &[Responsibility],
    transfers: &[Transfer],
    here: &HashSet<Uuid>,
    version: Interval,
) -> Result<Handover, Responsibility> {
    let mut done = Handover::default();
    let mut standing = Vec::new();
    let mut leaving = Vec::new();
    for row in existing {
        let untouched = row.days.to().is_some_and(|to| to <= version.from());
        let after = version.to().is_some_and(|to| to <= row.days.from());
        if here.contains(&row.unit) || untouched || after {
            standing.push(*row);
            continue;
        }
        let beyond = version.to().is_some_and(|end| row.days.to().is_none_or(|to| to > end));
        match Interval::new(version.from(), row.days.to()) {
            Some(rest) if row.days.from() < version.from() && !beyond => leaving.push((row, rest)),
            _ => return Err(*row),
        }
    }
    // Who leads is settled first: a unit that gets the lead and the support of one process leads it.
    leaving.sort_by_key(|(row, _)| (row.role, row.id));
    for (row, rest) in leaving {
        done.ends.push(row.id);
        for (unit, role, succession) in destinations(transfers, (row.unit, row.process, row.role)) {
            let leads_there = |other: &&Responsibility| {
                other.unit == unit && (other.role == role || other.role == ResponsibilityRole::Leads)
            };
            let same = standing.iter().filter(|other| other.process == row.process);
            let taken: Vec<_> = same.filter(leads_there).map(|other| other.days).collect();
            for days in remaining(rest, &taken) {
                let process = row.process;
                if role == ResponsibilityRole::Leads {
                    done.ends.extend(lead_instead(&mut standing, (process, unit), days)?);
                }
                standing.push(Responsibility { id: Uuid::nil(), process, unit, role, days });
                done.begins.push(Begun { continues: row.id, succession, process, unit, role, days });
            }
        }
    }
    Ok(done)
}

/// Who gets the lead of a process supports it no more: what stood ends on the first day of the lead, unless it begins later.
fn lead_instead(
    standing: &mut [Responsibility],
    (process, unit): (Uuid, Uuid),
    lead: Interval,
) -> Result<Vec<Uuid>, Responsibility> {
    let mut ends = Vec::new();
    let supports = |row: &&mut Responsibility| {
        (row.process, row.unit, row.role) == (process, unit, ResponsibilityRole::Supports) && row.days.overlaps(lead)
    };
    for row in standing.iter_mut().filter(supports) {
        row.days = row.days.ended_on(lead.from()).ok_or(*row)?;
        ends.push(row.id);
    }
    Ok(ends)
}

#[cfg(test)]
mod tests {
    use super::{
        super::responsibility::tests::{admitted, any_responsibility, day, holds_every_day},
        *,
    };
    use crate::organization::rules::cases;
    use ResponsibilityRole::{Informed, Leads, Supports};
    use proptest::prelude::*;

    const fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn to(unit: Option<u128>, process: Option<u128>) -> Transfer {
        Transfer { succession: id(9), from: id(1), to: unit.map(id), process: process.map(id) }
    }

    fn led_by(unit: u128, role: ResponsibilityRole) -> Responsibility {
        Responsibility { id: id(100 + unit), process: id(5), unit: id(unit), role, days: Interval::since(day(0)) }
    }

    #[test]
    fn a_transfer_that_names_the_process_goes_before_the_others() {
        let transfers = [to(Some(2), None), to(Some(3), Some(5))];
        let goes = |process| destinations(&transfers, (id(1), id(process), Leads));
        assert_eq!(goes(5), [(id(3), Leads, id(9))]);
        assert_eq!(goes(6), [(id(2), Leads, id(9))]);
        assert_eq!(destinations(&[to(Some(2), None), to(None, Some(5))], (id(1), id(5), Leads)), []);
        assert_eq!(destinations(&[to(Some(2), Some(6))], (id(1), id(5), Leads)), [], "nothing says it of the rest");
    }

    #[test]
    fn of_several_the_first_leads_and_the_others_support() {
        let transfers = [to(Some(3), None), to(Some(2), None), to(Some(3), None), to(None, None)];
        assert_eq!(destinations(&transfers, (id(1), id(5), Leads)), [(id(3), Leads, id(9)), (id(2), Supports, id(9))]);
        let informed = [(id(3), Informed, id(9)), (id(2), Informed, id(9))];
        assert_eq!(destinations(&transfers, (id(1), id(5), Informed)), informed);
    }

    #[test]
    fn what_the_successor_has_already_it_does_not_get_twice() {
        let here = HashSet::from([id(2)]);
        let existing = [led_by(1, Supports), led_by(2, Supports)];
        let done = hand_over(&existing, &[to(Some(2), None)], &here, Interval::since(day(10))).expect("done");
        assert_eq!((done.ends, done.begins), (vec![id(101)], vec![]));
    }

    #[test]
    fn who_gets_the_lead_supports_no_more() {
        let here = HashSet::from([id(2)]);
        let (existing, version) = ([led_by(1, Leads), led_by(2, Supports)], Interval::since(day(10)));
        let done = hand_over(&existing, &[to(Some(2), None)], &here, version).expect("done");
        assert_eq!(done.ends, vec![id(101), id(102)]);
        assert_eq!(done.begins.iter().map(|it| (it.unit, it.role)).collect::<Vec<_>>(), [(id(2), Leads)]);
        let late = Responsibility { days: Interval::since(day(11)), ..led_by(2, Supports) };
        let refused = hand_over(&[led_by(1, Leads), late], &[to(Some(2), None)], &here, version);
        assert_eq!(refused, Err(late), "it was decided for a later day");
    }

    #[test]
    fn what_begins_after_the_version_stands_in_the_way() {
        let late = Responsibility { days: Interval::since(day(11)), ..led_by(1, Leads) };
        assert_eq!(hand_over(&[late], &[], &HashSet::new(), Interval::since(day(10))), Err(late));
        let gap = Interval::new(day(10), Some(day(20))).expect("days");
        assert_eq!(
            hand_over(&[led_by(1, Leads)], &[], &HashSet::new(), gap),
            Err(led_by(1, Leads)),
            "it goes on after"
        );
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn one_unit_leads_before_and_after_whatever_is_transferred(
            offered in prop::collection::vec(any_responsibility(), 0..10),
            gone in prop::collection::hash_set(0..3_u128, 0..3),
            wanted in prop::collection::vec((0..3_u128, proptest::option::of(3..6_u128), proptest::option::of(0..2_u128)), 0..6),
            from in 0..50,
        ) {
            let existing = admitted(offered);
            let here: HashSet<Uuid> = (0..6).filter(|unit| !gone.contains(unit)).map(id).collect();
            let transfers: Vec<_> = wanted.into_iter().map(|(from, to, process)| {
                Transfer { succession: id(9), from: id(from), to: to.map(id), process: process.map(id) }
            }).collect();
            let version = Interval::since(day(from));
            let Ok(done) = hand_over(&existing, &transfers, &here, version) else {
                let late = |row: &Responsibility| row.role == Supports || !here.contains(&row.unit);
                prop_assert!(existing.iter().any(|row| late(row) && row.days.from() >= day(from)));
                return Ok(());
            };
            let mut after: Vec<_> = existing.iter().filter_map(|row| {
                let days = if done.ends.contains(&row.id) { row.days.ended_on(day(from)) } else { Some(row.days) };
                Some(Responsibility { days: days?, ..*row })
            }).collect();
            after.extend(done.begins.iter().map(|begun| Responsibility {
                id: Uuid::now_v7(), process: begun.process, unit: begun.unit, role: begun.role, days: begun.days,
            }));
            prop_assert!(holds_every_day(&after));
            for n in 0..80 {
                let on = |rows: &[Responsibility]| {
                    let mut on: Vec<_> = rows.iter().filter(|row| row.days.contains(day(n))).copied().collect();
                    on.sort_by_key(|row| (row.process, row.unit, row.role));
                    on.into_iter().map(|row| (row.process, row.unit, row.role)).collect::<Vec<_>>()
                };
                if n < from {
                    prop_assert_eq!(on(&after), on(&existing));
                } else {
                    prop_assert!(on(&after).iter().all(|(_, unit, _)| here.contains(unit)));
                }
            }
        }
    }
}
