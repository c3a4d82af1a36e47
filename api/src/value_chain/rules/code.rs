//! How codes are written.

/// What stands in a pattern for the code of the process above or, for a document, of its process.
pub const PARENT: &str = "{parent}";

/// Is the code written as the pattern says? `A` is a capital letter, `9` a digit, [`PARENT`] the code above; anything else
/// stands for itself. Where there is nothing above, the pattern's parent matches nothing.
pub fn fits(pattern: &str, above: Option<&str>, code: &str) -> bool {
    let mut rest = code;
    let mut parts = pattern.split(PARENT).enumerate();
    parts.all(|(at, places)| {
        if at > 0 {
            let Some(after) = above.and_then(|above| rest.strip_prefix(above)) else { return false };
            rest = after;
        }
        places.chars().all(|place| {
            let mut letters = rest.chars();
            let fits = letters.next().is_some_and(|letter| stands_for(place, letter));
            rest = letters.as_str();
            fits
        })
    }) && rest.is_empty()
}

fn stands_for(place: char, letter: char) -> bool {
    match place {
        'A' => letter.is_ascii_uppercase(),
        '9' => letter.is_ascii_digit(),
        place => place == letter,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::organization::rules::cases;

    #[test]
    fn a_code_is_read_place_by_place() {
        for (pattern, above, code, expected) in [
            ("A", None, "N", true),
            ("A", None, "n", false),
            ("A", None, "NN", false),
            ("A99", None, "N02", true),
            ("A99", None, "N2", false),
            ("{parent}99", Some("N"), "N02", true),
            ("{parent}99", Some("M"), "N02", false),
            ("{parent}99", None, "N02", false),
            ("{parent}.99", Some("N02"), "N02.04", true),
            ("{parent}.99", Some("N02"), "N02-04", false),
            ("{parent}.A99", Some("N02.04"), "N02.04.I05", true),
            ("{parent}.A99", Some("N02.04"), "N02.04.I05X", false),
            ("PR-{parent}-999", Some("N02"), "PR-N02-014", true),
            ("{parent}{parent}", Some("N"), "NN", true),
            ("", None, "", true),
            ("", None, "N", false),
        ] {
            assert_eq!(fits(pattern, above, code), expected, "{pattern} {above:?} {code}");
        }
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn what_is_written_by_the_pattern_fits_and_nothing_longer(
            pattern in "[A9.-]{1,8}", above in "[A-Z][0-9]{2}", letter in "[A-Z]", digit in "[0-9]",
        ) {
            let written = pattern.replace('9', &digit).replace('A', &letter);
            prop_assert!(fits(&pattern, None, &written));
            let longer = format!("{written}7");
            prop_assert!(!fits(&pattern, None, &longer));
            let (under, code) = (format!("{PARENT}{pattern}"), format!("{above}{written}"));
            prop_assert!(fits(&under, Some(&above), &code));
            prop_assert!(!fits(&under, None, &code));
        }
    }
}
