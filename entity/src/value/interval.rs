//! Half-open intervals of civil dates: true *from* a date *until* a date, the end excluded.

use chrono::NaiveDate;

/// `[from, to)`; without `to` it is open. Never empty: `from < to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    from: NaiveDate,
    to: Option<NaiveDate>,
}

impl Interval {
    /// The interval, or `None` when it would be empty.
    pub fn new(from: NaiveDate, to: Option<NaiveDate>) -> Option<Self> {
        to.is_none_or(|to| from < to).then_some(Self { from, to })
    }

    /// From a date on, for ever.
    pub fn since(from: NaiveDate) -> Self {
        Self { from, to: None }
    }

    /// The first day.
    pub fn from(self) -> NaiveDate {
        self.from
    }

    /// The first day after it, if it ends.
    pub fn to(self) -> Option<NaiveDate> {
        self.to
    }

    /// Is it in force on this day? The one place that knows.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// Do the two share a day?
    pub fn overlaps(self, other: Self) -> bool {
        other.to.is_none_or(|to| self.from < to) && self.to.is_none_or(|to| other.from < to)
    }

    /// The same, ended on `day` (excluded); `None` when nothing would be left.
    pub fn ended_on(self, day: NaiveDate) -> Option<Self> {
        Self::new(self.from, Some(self.to.map_or(day, |to| to.min(day))))
    }

    /// The day of the interval that is nearest to `day`.
    pub fn clamp(self, day: NaiveDate) -> NaiveDate {
        let last = self.to.and_then(|to| to.pred_opt()).unwrap_or(NaiveDate::MAX);
        day.clamp(self.from, last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(n: i32) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(738_000 + n).expect("a date of this century")
    }

    prop_compose! {
        fn intervals()(from in 0..40, length in proptest::option::of(1..20)) -> Interval {
            Interval::new(day(from), length.map(|l| day(from + l))).expect("not empty")
        }
    }

    proptest! {
        #[test]
        fn overlap_means_a_common_day(a in intervals(), b in intervals()) {
            let common = (0..200).any(|n| a.contains(day(n)) && b.contains(day(n)));
            prop_assert_eq!(a.overlaps(b), common);
            prop_assert_eq!(a.overlaps(b), b.overlaps(a));
        }

        #[test]
        fn ending_keeps_exactly_the_days_before(a in intervals(), end in 0..60) {
            for n in 0..100 {
                let kept = a.ended_on(day(end)).is_some_and(|e| e.contains(day(n)));
                prop_assert_eq!(kept, a.contains(day(n)) && n < end);
            }
        }

        #[test]
        fn clamping_gives_a_day_inside_and_moves_no_inner_day(a in intervals(), n in 0..100) {
            prop_assert!(a.contains(a.clamp(day(n))));
            if a.contains(day(n)) {
                prop_assert_eq!(a.clamp(day(n)), day(n));
            }
        }
    }

    #[test]
    fn an_empty_interval_cannot_be_made() {
        assert_eq!(Interval::new(day(1), Some(day(1))), None);
        assert_eq!(Interval::new(day(2), Some(day(1))), None);
    }
}
