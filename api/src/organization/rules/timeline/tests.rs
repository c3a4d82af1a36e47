use proptest::prelude::*;

use super::*;
use crate::organization::rules::cases;

const TODAY: i32 = 50;
const DAYS: i32 = 120;

fn day(n: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(738_000 + n).expect("a date of this century")
}

fn id(n: usize) -> Uuid {
    Uuid::from_u128(n as u128)
}

fn days(from: i32, to: Option<i32>) -> Interval {
    Interval::new(day(from), to.map(day)).expect("not empty")
}

fn version(n: usize, from: i32, to: Option<i32>) -> InForce {
    InForce { id: id(n), interval: days(from, to) }
}

fn entry(may_backdate: bool, has_reason: bool) -> Entry {
    Entry { today: day(TODAY), may_backdate, has_reason }
}

const HISTORIAN: fn() -> Entry = || entry(true, true);

fn codes_of(violations: Vec<Violation>) -> Vec<&'static str> {
    violations.iter().map(|violation| violation.code).collect()
}

#[test]
fn the_previous_version_ends_on_the_day_on_which_the_new_one_begins() {
    let put = put_in_force(&[version(1, 10, None)], day(60), entry(false, false)).expect("in the future");
    assert_eq!(put, PutInForce { interval: days(60, None), ends: Some(version(1, 10, Some(60))) });
    let first = put_in_force(&[], day(60), entry(false, false)).expect("the first");
    assert_eq!(first, PutInForce { interval: days(60, None), ends: None });
}

#[test]
fn after_a_repeal_nothing_is_left_to_end() {
    let put = put_in_force(&[version(1, 10, Some(55))], day(60), entry(false, false)).expect("after the gap");
    assert_eq!(put, PutInForce { interval: days(60, None), ends: None });
}

#[test]
fn history_fills_gaps_and_only_gaps() {
    let known = [version(1, 10, Some(20)), version(2, 30, None)];
    let put = |from| put_in_force(&known, day(from), HISTORIAN());
    assert_eq!(put(5).expect("before all").interval, days(5, Some(10)));
    assert_eq!(put(20).expect("in the gap").interval, days(20, Some(30)));
    assert_eq!(put(25).expect("in the gap").interval, days(25, Some(30)));
    assert_eq!(put(25).expect("in the gap").ends, None);
    assert_eq!(put(31).expect("in the last").ends, Some(version(2, 30, Some(31))));
    for taken in [10, 15, 19, 30] {
        assert_eq!(codes_of(put(taken).expect_err("taken")), [code::VERSIONS_OVERLAP], "{taken}");
    }
}

#[test]
fn the_past_takes_the_right_and_a_reason() {
    for (may, why, allowed) in [(false, false, false), (true, false, false), (false, true, false), (true, true, true)] {
        assert_eq!(put_in_force(&[], day(TODAY - 1), entry(may, why)).is_ok(), allowed);
        assert_eq!(repeal(days(1, None), day(TODAY - 1), entry(may, why)).is_ok(), allowed);
        assert!(put_in_force(&[], day(TODAY), entry(may, why)).is_ok(), "today is not the past");
    }
    let refused = put_in_force(&[], day(TODAY - 1), entry(true, false)).expect_err("no reason");
    assert_eq!(refused[0].params, [("date", day(TODAY).to_string())], "the day before which it would take effect");
}

#[test]
fn a_repeal_leaves_a_day_and_gives_none_back() {
    assert_eq!(repeal(days(10, None), day(60), HISTORIAN()), Ok(days(10, Some(60))));
    assert_eq!(repeal(days(10, Some(70)), day(60), HISTORIAN()), Ok(days(10, Some(60))));
    let refused = |interval, on| codes_of(repeal(interval, day(on), HISTORIAN()).expect_err("refused"));
    assert_eq!(refused(days(10, None), 10), [code::DATE_RANGE_EMPTY]);
    assert_eq!(refused(days(10, Some(20)), 20), [code::TRANSITION_NOT_ALLOWED]);
    assert_eq!(refused(days(10, Some(20)), 60), [code::TRANSITION_NOT_ALLOWED]);
}

#[test]
fn a_ruling_cuts_the_interval() {
    assert_eq!(effective(None, None, None), None);
    assert_eq!(effective(Some(day(1)), None, None), Some(days(1, None)));
    assert_eq!(effective(Some(day(1)), Some(day(9)), Some(day(5))), Some(days(1, Some(5))));
    assert_eq!(effective(Some(day(1)), Some(day(9)), Some(day(20))), Some(days(1, Some(9))));
    assert_eq!(effective(Some(day(5)), None, Some(day(5))), None);
}

#[derive(Clone, Debug)]
enum Act {
    Put(i32),
    Repeal(usize, i32),
    Annul(usize, i32),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (0..DAYS).prop_map(Act::Put),
        2 => (0usize..8, 0..DAYS).prop_map(|(which, on)| Act::Repeal(which, on)),
        1 => (0usize..8, 0..DAYS).prop_map(|(which, on)| Act::Annul(which, on)),
    ];
    proptest::collection::vec(act, 1..20)
}

/// The versions after the act and the act's date; none when it was refused.
fn after(versions: &[InForce], act: &Act, new: Uuid) -> Option<(Vec<InForce>, NaiveDate)> {
    let mut next = versions.to_vec();
    let date = match *act {
        Act::Put(from) => {
            let put = put_in_force(versions, day(from), HISTORIAN()).ok()?;
            if let Some(ended) = put.ends {
                next.iter_mut().filter(|version| version.id == ended.id).for_each(|version| *version = ended);
            }
            next.push(InForce { id: new, interval: put.interval });
            from
        }
        Act::Repeal(which, on) => {
            let version = next.get_mut(which)?;
            version.interval = repeal(version.interval, day(on), HISTORIAN()).ok()?;
            on
        }
        Act::Annul(which, on) => {
            let version = *next.get(which)?;
            let left = effective(Some(version.interval.from()), version.interval.to(), Some(day(on)));
            next.retain(|other| other.id != version.id);
            next.extend(left.map(|interval| InForce { interval, ..version }));
            on
        }
    };
    Some((next, day(date)))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_act_changes_a_day_before_its_own_date_and_no_two_versions_share_one(acts in acts()) {
        let mut versions: Vec<InForce> = Vec::new();
        for (n, act) in acts.iter().enumerate() {
            let Some((next, date)) = after(&versions, act, id(n + 1)) else { continue };
            for n in (0..DAYS).map(day).filter(|n| *n < date) {
                prop_assert_eq!(as_of(&next, n), as_of(&versions, n));
            }
            for n in 0..DAYS + 1 {
                let in_force = next.iter().filter(|version| version.interval.contains(day(n))).count();
                prop_assert!(in_force <= 1, "{in_force} versions on day {n}: {next:?}");
            }
            versions = next;
        }
    }

    #[test]
    fn a_date_is_free_when_no_other_version_begins_on_it_or_needs_the_days_after_it(acts in acts(), from in 0..DAYS) {
        let versions = acts.iter().enumerate().fold(Vec::new(), |versions, (n, act)| {
            after(&versions, act, id(n + 1)).map_or(versions, |(next, _)| next)
        });
        let later = versions.iter().any(|version| version.interval.from() > day(from));
        let begins = versions.iter().any(|version| version.interval.from() == day(from));
        let free = !begins && (!later || as_of(&versions, day(from)).is_none());
        let put = put_in_force(&versions, day(from), HISTORIAN());
        prop_assert_eq!(put.is_ok(), free);
        if let Ok(put) = put {
            prop_assert_eq!(put.ends.map(|ended| ended.id), as_of(&versions, day(from)));
        }
    }
}

fn holding(n: usize, appointment: AppointmentKind, from: i32, to: Option<i32>) -> Holding {
    Holding { id: id(n), post: id(100), appointment, interval: days(from, to) }
}

#[test]
fn two_full_holdings_never_share_a_day_and_acting_ones_may() {
    use AppointmentKind::{Acting, Career, Provisional};
    let held = [holding(1, Career, 10, Some(20))];
    let clash = holding_conflict(&held, &holding(2, Provisional, 19, None)).expect("day 19");
    assert_eq!(clash.code, code::HOLDING_OVERLAP);
    assert_eq!(clash.params, [("from", day(10).to_string()), ("to", day(20).to_string())]);
    assert_eq!(holding_conflict(&held, &holding(2, Provisional, 20, None)), None, "the end is excluded");
    assert_eq!(holding_conflict(&held, &holding(2, Acting, 12, None)), None);
    assert_eq!(holding_conflict(&[holding(1, Acting, 10, None)], &holding(2, Career, 12, None)), None);
    assert_eq!(holding_conflict(&held, &holding(1, Career, 5, None)), None, "an edit of itself");
    let elsewhere = Holding { post: id(101), ..holding(2, Career, 12, None) };
    assert_eq!(holding_conflict(&held, &elsewhere), None);
}

#[test]
fn a_holding_lies_inside_its_post() {
    let outside = |post, from, to| holding_outside_post(post, &holding(1, AppointmentKind::Career, from, to)).is_some();
    assert!(!outside(Some(days(10, None)), 10, None));
    assert!(!outside(Some(days(10, Some(20))), 10, Some(20)));
    assert!(outside(Some(days(10, Some(20))), 9, Some(20)));
    assert!(outside(Some(days(10, Some(20))), 10, Some(21)));
    assert!(outside(Some(days(10, Some(20))), 10, None));
    assert!(outside(None, 10, None), "the post of a draft");
}
