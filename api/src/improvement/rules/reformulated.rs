//! What an action was held to on a day: reformulations change its last day and its target, and both are kept.

use chrono::NaiveDate;

/// What stood on a day, of changes `(decided on, before, after)` in the order of their decisions: after the last one decided until
/// then; where there is none, what the first later one replaced, or what stands now.
pub fn stood<T: Copy>(changes: &[(NaiveDate, T, T)], day: NaiveDate, now: T) -> T {
    let last = changes.iter().rev().find(|(decided, ..)| *decided <= day);
    last.map(|(.., after)| *after).or_else(|| changes.first().map(|(_, before, _)| *before)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_on_a_day_is_what_was_decided_by_then() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let changes = [(day("2026-03-01"), 10, 20), (day("2026-06-01"), 20, 30)];
        for (on, expected) in [("2026-02-28", 10), ("2026-03-01", 20), ("2026-05-31", 20), ("2026-06-01", 30)] {
            assert_eq!(stood(&changes, day(on), 30), expected, "{on}");
        }
        assert_eq!(stood(&[], day("2026-03-01"), 7), 7);
    }
}
