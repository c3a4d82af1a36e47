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
    assert_eq!(put, PutInForce { interval: days(60, None), ends: Some(version(1, 10, Some(60))), next: None });
    let first = put_in_force(&[], day(60), entry(false, false)).expect("the first");
    assert_eq!(first, PutInForce { interval: days(60, None), ends: None, next: None });
}

#[test]
fn after_a_repeal_nothing_is_left_to_end() {
    let put = put_in_force(&[version(1, 10, Some(55))], day(60), entry(false, false)).expect("after the gap");
    assert_eq!(put, PutInForce { interval: days(60, None), ends: None, next: None });
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
    fn an_entry_leaves_no_post_outlasting_its_unit(
        from in 0..DAYS, length in proptest::option::of(1..DAYS), begins in 0..DAYS, open in any::<bool>(),
        has_unit in any::<bool>(), continued in any::<bool>(),
    ) {
        let (post, version) = (days(from, length.map(|length| from + length)), days(begins, (!open).then_some(begins + 10)));
        let left = match fate(post, version, has_unit, continued) {
            Fate::Conflicts => return Ok(()),
            Fate::Ends => post.ended_on(version.from()).expect("some day is left"),
            Fate::Stays => post,
        };
        let seen = Structure { id: id(1), from: version.from(), has_unit };
        let leaves = unit_leaves_with(&[seen], post.from()).map(|version| version.from);
        prop_assert_eq!(post_outlasts_unit(left, leaves), None);
    }

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
    Holding { id: id(n), post: id(100), person: id(200 + n), appointment, interval: days(from, to) }
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

#[test]
fn nobody_holds_one_post_twice_on_one_day() {
    use AppointmentKind::{Acting, Career, Provisional};
    let by = |person, holding: Holding| Holding { person: id(person), ..holding };
    let held = [by(1, holding(1, Provisional, 10, Some(20)))];
    let told = person_in_post(&held, &by(1, holding(2, Acting, 19, None))).expect("day 19");
    assert_eq!((told.code, &told.params[0]), (code::ALREADY_IN_POST, &("from", day(10).to_string())));
    assert_eq!(person_in_post(&held, &by(1, holding(2, Acting, 20, None))), None, "the end is excluded");
    assert_eq!(person_in_post(&held, &by(2, holding(2, Acting, 12, None))), None, "another person acts");
    assert_eq!(person_in_post(&held, &by(1, holding(1, Provisional, 5, None))), None, "an edit of itself");
    let elsewhere = Holding { post: id(101), ..by(1, holding(2, Career, 12, None)) };
    assert_eq!(person_in_post(&held, &elsewhere), None);
}

#[test]
fn the_first_later_version_without_the_unit_takes_it_away() {
    let seen = |n: usize, from, has_unit| Structure { id: id(n), from: day(from), has_unit };
    let versions = [seen(1, 10, true), seen(2, 30, true), seen(3, 50, false), seen(4, 70, false)];
    let leaves = |on| unit_leaves_with(&versions, day(on)).map(|version| version.from);
    assert_eq!([leaves(10), leaves(40), leaves(50), leaves(70)], [Some(day(50)), Some(day(50)), Some(day(70)), None]);
    assert_eq!(unit_leaves_with(&versions[..2], day(10)), None);
    let outlasts = |from, to, leaves: Option<i32>| post_outlasts_unit(days(from, to), leaves.map(day));
    assert_eq!(outlasts(10, None, None), None);
    assert_eq!(outlasts(10, Some(50), Some(50)), None, "the end is excluded");
    for to in [None, Some(51)] {
        let told = outlasts(10, to, Some(50)).expect("too long");
        assert_eq!((told.code, &*told.params), (code::UNIT_ENDS, &[("date", day(50).to_string())][..]));
    }
}

#[test]
fn what_an_entry_does_to_a_post() {
    use Fate::{Conflicts, Ends, Stays};
    let last = days(50, None);
    let gap = days(50, Some(60));
    let cases = [
        // post, version, has its unit, is continued
        (days(10, None), last, true, false, Stays),
        (days(10, None), last, false, false, Ends),
        (days(10, None), last, true, true, Ends),
        (days(10, Some(50)), last, false, false, Stays),
        (days(10, Some(90)), last, false, false, Ends),
        (days(50, None), last, false, false, Conflicts),
        (days(70, None), last, false, false, Conflicts),
        (days(10, Some(60)), gap, false, false, Ends),
        (days(10, None), gap, false, false, Conflicts),
        (days(10, None), gap, true, false, Stays),
        (days(10, None), gap, true, true, Ends),
        (days(60, None), gap, false, false, Stays),
    ];
    for (post, version, has_unit, continued, expected) in cases {
        assert_eq!(fate(post, version, has_unit, continued), expected, "{post:?} {version:?} {has_unit} {continued}");
    }
}

#[test]
fn only_the_last_entry_is_withdrawn_and_gives_back_what_nobody_changed_since() {
    assert!(withdraw(&[version(1, 10, Some(60))], day(60)).is_empty());
    assert_eq!(codes_of(withdraw(&[version(1, 10, Some(60)), version(2, 80, None)], day(60))), [code::STILL_IN_USE]);
    assert_eq!(given_back(Some(day(60)), day(60), None), Some(None));
    assert_eq!(given_back(Some(day(60)), day(60), Some(day(90))), Some(Some(day(90))));
    assert_eq!(given_back(Some(day(55)), day(60), None), None, "ended since");
    assert_eq!(given_back(None, day(60), Some(day(90))), None);
}
