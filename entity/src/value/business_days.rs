//! Business days of Colombia, computed: Saturdays, Sundays and holidays are none (Ley 51 de 1983, *Ley Emiliani*).

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// The first year of the law.
const SINCE: i32 = 1984;

/// Holidays that stay on their day.
const FIXED: [(u32, u32); 6] = [(1, 1), (5, 1), (7, 20), (8, 7), (12, 8), (12, 25)];
/// Holidays that go to the Monday after, unless they fall on one.
const MOVED: [(u32, u32); 7] = [(1, 6), (3, 19), (6, 29), (8, 15), (10, 12), (11, 1), (11, 11)];
/// Our Lady of Chiquinquirá, which goes to the Monday too, from this year on (as the oracle of the tests has it).
const CHIQUINQUIRA: (i32, (u32, u32)) = (2026, (7, 9));
/// Days from Easter: Thursday and Friday before it; then Ascension, Corpus Christi and Sacred Heart, each on its Monday.
const OF_EASTER: [i64; 5] = [-3, -2, 43, 64, 71];

/// Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm, Nature, 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

/// The Monday on or after a day.
fn monday(day: NaiveDate) -> NaiveDate {
    let left = (7 - day.weekday().num_days_from_monday()) % 7;
    day.checked_add_days(Days::new(left.into())).unwrap_or(day)
}

/// The holidays of a year, sorted, each once; none before the law.
pub fn holidays(year: i32) -> Vec<NaiveDate> {
    if year < SINCE {
        return Vec::new();
    }
    let day = |(month, day): (u32, u32)| NaiveDate::from_ymd_opt(year, month, day);
    let fixed = FIXED.into_iter().filter_map(day);
    let newest = Some(CHIQUINQUIRA.1).filter(|_| year >= CHIQUINQUIRA.0);
    let moved = MOVED.into_iter().chain(newest).filter_map(day).map(monday);
    let easter = easter(year);
    let of_easter = OF_EASTER.into_iter().filter_map(|days| easter?.checked_add_signed(chrono::TimeDelta::days(days)));
    let mut all: Vec<_> = fixed.chain(moved).chain(of_easter).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Is it a day on which offices work?
pub fn is_business_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && holidays(day.year()).binary_search(&day).is_err()
}

/// The day on which a term of so many business days ends: the first of them is the one after `from`. A term of none ends that day.
pub fn after_business_days(from: NaiveDate, days: u32) -> NaiveDate {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        let Some(next) = day.succ_opt() else { return day };
        day = next;
        if is_business_day(day) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Made with `holidays.Colombia(years=range(1984, 2101))` of PyPI `holidays` 0.109: a year, then month and day of each.
    const ORACLE: &str = include_str!("holidays.txt");

    #[test]
    fn the_years_are_as_another_program_has_them() {
        let mut years = 0;
        for line in ORACLE.lines() {
            let mut words = line.split(' ');
            let year: i32 = words.next().expect("a year").parse().expect("a number");
            let own: Vec<_> = holidays(year).iter().map(|day| day.format("%m%d").to_string()).collect();
            assert_eq!(own, words.collect::<Vec<_>>(), "{year}");
            years += 1;
        }
        assert_eq!(years, 117);
    }

    /// By hand: 2026-03-27 is a Friday; Monday, Tuesday and Wednesday follow, then Holy Thursday and Good Friday, the week-end, and
    /// Monday 6 April is the fourth.
    #[test]
    fn terms_leap_over_holidays() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(after_business_days(day("2026-03-27"), 4), day("2026-04-06"));
        assert_eq!(after_business_days(day("2026-03-27"), 0), day("2026-03-27"));
        assert!(!is_business_day(day("2026-07-20")) && is_business_day(day("2026-07-21")));
    }

    proptest! {
        #[test]
        fn a_term_holds_as_many_business_days_as_it_says(offset in 0..20_000_u64, days in 0..60_u32) {
            let from = NaiveDate::from_ymd_opt(1990, 1, 1).expect("a date") + Days::new(offset);
            let end = after_business_days(from, days);
            let inside = from.iter_days().skip(1).take_while(|day| *day <= end).filter(|day| is_business_day(*day));
            prop_assert_eq!(inside.count(), days as usize);
            prop_assert!(days == 0 || is_business_day(end));
        }
    }
}
