//! When progress of a period may be reported, and until when what was reported may be signed.

use chrono::NaiveDate;

/// A period and the days on which it is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day of the period.
    pub period_from: NaiveDate,
    /// Day after its last.
    pub period_to: NaiveDate,
    /// First day on which it is open.
    pub opens_on: NaiveDate,
    /// Last day on which it is open.
    pub closes_on: NaiveDate,
}

/// Why a window does not take a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// It has not opened, or has closed.
    Closed,
    /// A later period is being reported already.
    Locked,
}

/// Has a later period been opened? Then this one is locked, whatever its own days say.
pub fn is_locked(window: &Window, all: &[Window], today: NaiveDate) -> bool {
    all.iter().any(|other| other.period_from > window.period_from && other.opens_on <= today)
}

/// Why progress of this period cannot be reported today, if it cannot.
pub fn shut(window: &Window, all: &[Window], today: NaiveDate) -> Option<Shut> {
    if is_locked(window, all, today) {
        return Some(Shut::Locked);
    }
    (today < window.opens_on || today > window.closes_on).then_some(Shut::Closed)
}

/// Do two periods have a day in common?
pub fn overlap(one: &Window, other: &Window) -> bool {
    one.period_from < other.period_to && other.period_from < one.period_to
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::organization::rules::cases;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn month(from: &str, to: &str, opens: &str, closes: &str) -> Window {
        Window { period_from: day(from), period_to: day(to), opens_on: day(opens), closes_on: day(closes) }
    }

    #[test]
    fn a_month_is_reported_while_its_window_is_open() {
        let may = month("2026-05-01", "2026-06-01", "2026-06-01", "2026-06-05");
        let june = month("2026-06-01", "2026-07-01", "2026-07-01", "2026-07-05");
        let all = [may, june];
        for (window, today, expected) in [
            (may, "2026-05-31", Some(Shut::Closed)),
            (may, "2026-06-01", None),
            (may, "2026-06-05", None),
            (may, "2026-06-06", Some(Shut::Closed)),
            (may, "2026-07-01", Some(Shut::Locked)),
            (june, "2026-06-30", Some(Shut::Closed)),
            (june, "2026-07-05", None),
            (june, "2026-07-06", Some(Shut::Closed)),
        ] {
            assert_eq!(shut(&window, &all, day(today)), expected, "{today}");
        }
        assert!(!overlap(&may, &june));
        assert!(overlap(&may, &may));
    }

    proptest! {
        #![proptest_config(cases())]

        /// On no day two periods are reported, whatever windows there are.
        #[test]
        fn one_period_at_a_time(opens in proptest::collection::vec((0..120_i64, 0..40_i64), 1..6), today in 0..200_i64) {
            let at = |n: i64| day("2026-01-01") + chrono::Duration::days(n);
            let all: Vec<_> = (0_i64..).zip(opens).map(|(number, (opens, length))| Window {
                period_from: at(number * 30),
                period_to: at(number * 30 + 30),
                opens_on: at(opens),
                closes_on: at(opens + length),
            }).collect();
            let open = all.iter().filter(|window| shut(window, &all, at(today)).is_none()).count();
            prop_assert!(open <= 1);
        }
    }
}
