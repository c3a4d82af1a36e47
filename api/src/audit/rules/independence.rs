//! Independence of auditors (domain 0, rule 5; ISO 19011, 4 e): nobody audits a unit in which he holds a post or held one in
//! the twelve months before, nor a process which that unit leads.

use chrono::{Months, NaiveDate};
use entity::Interval;

/// How long a post that was left still binds.
const MONTHS: u32 = 12;

/// A post that an auditor holds or held in a unit that is audited, or that leads what is audited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who, as the organization calls him.
    pub person: String,
    /// The post, by the denomination of its job.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// When.
    pub days: Interval,
}

impl Held {
    /// Reads a line `person⇥from⇥to⇥post⇥unit`. (Names hold neither tabs nor line breaks.)
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.split('\t');
        let mut next = || words.next();
        let person = next()?.to_owned();
        let from = next()?.parse().ok()?;
        let to = next()?;
        let to = if to.is_empty() { None } else { Some(to.parse().ok()?) };
        Some(Self { person, days: Interval::new(from, to)?, post: next()?.to_owned(), unit: next()?.to_owned() })
    }
}

/// The days that an audit takes, from the first until the last: those planned and, while it waits to begin, today as well. It begins
/// when it begins: what was planned for other days makes nobody independent on that one.
pub fn days((first, last): (NaiveDate, NaiveDate), waits: bool, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    if waits { (first.min(today), last.max(today)) } else { (first, last) }
}

/// Does the post stand against auditing from the first until the last of these days?
pub fn binds(held: Interval, first: NaiveDate, last: NaiveDate) -> bool {
    let since = first.checked_sub_months(Months::new(MONTHS)).unwrap_or(NaiveDate::MIN);
    // The day after the last in the post is the first on which it is not held: a post left twelve months ago to the day is free.
    held.from() <= last && held.to().is_none_or(|end| end > since)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::organization::rules::cases;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_post_binds_while_it_is_held_and_twelve_months_after() {
        let held = |from: &str, to: Option<&str>| Interval::new(day(from), to.map(day)).expect("days");
        let (first, last) = (day("2026-03-01"), day("2026-03-31"));
        for (days, expected) in [
            (held("2020-01-01", None), true),
            (held("2020-01-01", Some("2025-10-01")), true),
            (held("2020-01-01", Some("2025-03-02")), true),
            (held("2020-01-01", Some("2025-03-01")), false),
            (held("2026-03-31", None), true),
            (held("2026-04-01", None), false),
        ] {
            assert_eq!(binds(days, first, last), expected, "{days:?}");
        }
    }

    #[test]
    fn an_audit_begins_on_the_day_on_which_it_begins() {
        let left = Interval::new(day("2020-01-01"), Some(day("2025-09-01"))).expect("days");
        let taken = Interval::new(day("2026-10-01"), None).expect("days");
        let planned = (day("2026-09-15"), day("2026-09-30"));
        for (today, waits, expected) in [
            // Planned for days on which neither post binds.
            ("2026-07-01", false, (false, false)),
            // Begun before they do no longer, or once they do.
            ("2026-07-01", true, (true, false)),
            ("2026-10-01", true, (false, true)),
            ("2026-09-20", true, (false, false)),
        ] {
            let (first, last) = days(planned, waits, day(today));
            assert_eq!((binds(left, first, last), binds(taken, first, last)), expected, "{today} {waits}");
        }
    }

    proptest! {
        #![proptest_config(cases())]

        /// Whoever is bound on some days is bound on more days.
        #[test]
        fn longer_audits_bind_more(from in 0..4000_i32, length in proptest::option::of(1..4000_i32), first in 0..4000_i32, more in 0..300_i32) {
            let at = |n: i32| day("2015-01-01") + chrono::Duration::days(n.into());
            let held = Interval::new(at(from), length.map(|length| at(from + length))).expect("days");
            if binds(held, at(first), at(first)) {
                prop_assert!(binds(held, at(first), at(first + more)));
            }
            if held.contains(at(first)) {
                prop_assert!(binds(held, at(first), at(first)));
            }
        }
    }

    #[test]
    fn lines_are_read() {
        let read = Held::parse("Ana Ñ\t2025-01-01\t\tProfesional\tTalento Humano").expect("a post");
        assert_eq!((read.person.as_str(), read.unit.as_str(), read.days.to()), ("Ana Ñ", "Talento Humano", None));
        assert_eq!(Held::parse("Ana\t2025-01-01"), None);
    }
}
