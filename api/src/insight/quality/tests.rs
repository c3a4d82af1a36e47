use proptest::prelude::*;

use super::*;

fn tally() -> impl Strategy<Value = Tally> {
    (1_u32..10, 0_u64..2000)
        .prop_flat_map(|(weight, checked)| (0..=checked).prop_map(move |found| Tally { weight, checked, found }))
}

fn tallies() -> impl Strategy<Value = Vec<Tally>> {
    proptest::collection::vec(tally(), 0..15)
}

proptest! {
    #[test]
    fn a_score_lies_between_nothing_and_all(tallies in tallies()) {
        let score = score_in_tenths(&tallies);
        prop_assert_eq!(score.is_none(), tallies.iter().all(|tally| tally.checked == 0));
        prop_assert!(score.is_none_or(|score| score <= 1000));
    }

    #[test]
    fn nothing_broken_is_all_and_everything_broken_is_nothing(mut tallies in tallies()) {
        prop_assume!(tallies.iter().any(|tally| tally.checked > 0));
        for tally in &mut tallies {
            tally.found = 0;
        }
        prop_assert_eq!(score_in_tenths(&tallies), Some(1000));
        for tally in &mut tallies {
            tally.found = tally.checked;
        }
        prop_assert_eq!(score_in_tenths(&tallies), Some(0));
    }

    #[test]
    fn the_order_of_the_rules_does_not_matter(tallies in tallies()) {
        let turned: Vec<_> = tallies.iter().rev().copied().collect();
        prop_assert_eq!(score_in_tenths(&tallies), score_in_tenths(&turned));
    }

    /// By its weight over the weight of all that was looked at, up to the rounding of both scores.
    #[test]
    fn one_more_broken_link_lowers_it_by_its_weight(tallies in tallies(), place in 0_usize..15) {
        let Some(one) = tallies.get(place).filter(|tally| tally.found < tally.checked) else { return Ok(()) };
        let whole: u64 = tallies.iter().map(|tally| u64::from(tally.weight) * tally.checked).sum();
        let mut more = tallies.clone();
        more[place].found += 1;
        let fall = score_in_tenths(&tallies).unwrap_or_default() as f64 - score_in_tenths(&more).unwrap_or_default() as f64;
        let expected = 1000.0 * f64::from(one.weight) / whole as f64;
        prop_assert!((fall - expected).abs() <= 1.0, "{fall} instead of {expected}");
    }

    #[test]
    fn tenths_are_rounded_half_up(part in 0_u64..10_000, rest in 0_u64..10_000) {
        let whole = part + rest;
        prop_assume!(whole > 0);
        let exact = 1000.0 * part as f64 / whole as f64;
        let tenths = tenths(part, whole).unwrap_or_default() as f64;
        prop_assert!(tenths - exact <= 0.5 + 1e-9 && exact - tenths < 0.5 + 1e-9);
    }
}

#[test]
fn a_few_known_scores() {
    let of = |tallies: &[(u32, u64, u64)]| {
        let tallies =
            tallies.iter().map(|(weight, checked, found)| Tally { weight: *weight, checked: *checked, found: *found });
        score_in_tenths(&tallies.collect::<Vec<_>>()).map(decimal)
    };
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[(8, 0, 0)]), None);
    assert_eq!(of(&[(8, 1, 1)]).as_deref(), Some("0.0"));
    assert_eq!(of(&[(8, 3, 1)]).as_deref(), Some("66.7"));
    assert_eq!(of(&[(3, 4, 1), (8, 1, 0)]).as_deref(), Some("85.0"));
    assert_eq!(decimal(tenths(12, 14).unwrap_or_default()), "85.7");
}
