//! How an organization writes codes: place by place.

use crate::organization::rules::{Violation, code, validate::is_hidden};

/// Most characters of a pattern.
pub const PATTERN_LIMIT: usize = 60;

/// What stands for the code of the process above.
const PARENT: &str = "{parent}";

/// A place of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `A`: a capital letter, `A`–`Z`.
    Letter,
    /// `9`: a digit.
    Digit,
    /// `{parent}`: the code of the process above; for a document, that of its process.
    Parent,
    /// Anything else stands for itself.
    Literal(char),
}

/// The places of a pattern. None when braces hold anything but `parent`, or it stands there twice.
pub fn places(pattern: &str) -> Option<Vec<Place>> {
    let mut places = Vec::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let (place, length) = match first {
            'A' => (Place::Letter, 1),
            '9' => (Place::Digit, 1),
            '{' if rest.starts_with(PARENT) && !places.contains(&Place::Parent) => (Place::Parent, PARENT.len()),
            '{' | '}' => return None,
            other => (Place::Literal(other), other.len_utf8()),
        };
        places.push(place);
        rest = &rest[length..];
    }
    Some(places)
}

/// Patrón de codificación. 1 to 60 characters without white space, with a letter or a digit to tell codes apart;
/// `{parent}` once at most, and only where something stands above. REQUIRED, TOO_LONG(limit), MALFORMED(expected).
pub fn pattern(text: &str, has_parent: bool) -> Option<Violation> {
    if text.is_empty() {
        return Some(Violation::new(code::REQUIRED));
    }
    if text.chars().nth(PATTERN_LIMIT).is_some() {
        return Some(Violation::new(code::TOO_LONG).with("limit", PATTERN_LIMIT));
    }
    let legible = !text.chars().any(|c| c.is_whitespace() || is_hidden(c));
    let tells_apart = |places: &Vec<Place>| places.iter().any(|it| matches!(it, Place::Letter | Place::Digit));
    let fits = |places: &Vec<Place>| tells_apart(places) && (has_parent || !places.contains(&Place::Parent));
    let good = legible && places(text).as_ref().is_some_and(fits);
    let expected = if has_parent { "code pattern" } else { "code pattern without parent" };
    (!good).then(|| Violation::new(code::MALFORMED).with("expected", expected))
}

/// Is the code written so? `parent` is the code above; nothing matches `{parent}` without one.
pub fn matches(pattern: &str, text: &str, parent: Option<&str>) -> bool {
    let Some(places) = places(pattern) else { return false };
    let mut rest = text;
    for place in places {
        let left = match (place, parent) {
            (Place::Parent, Some(parent)) => rest.strip_prefix(parent),
            (Place::Parent, None) => None,
            (Place::Letter, _) => rest.strip_prefix(|c: char| c.is_ascii_uppercase()),
            (Place::Digit, _) => rest.strip_prefix(|c: char| c.is_ascii_digit()),
            (Place::Literal(literal), _) => rest.strip_prefix(literal),
        };
        let Some(left) = left else { return false };
        rest = left;
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organization::rules::cases;
    use proptest::prelude::*;

    #[test]
    fn codes_are_held_against_their_pattern() {
        for (pattern, text, parent, expected) in [
            ("A", "N", None, true),
            ("A99", "N02", None, true),
            ("A99", "N2", None, false),
            ("A99", "n02", None, false),
            ("A99", "N021", None, false),
            ("{parent}.99", "N02.04", Some("N02"), true),
            ("{parent}.99", "M02.04", Some("N02"), false),
            ("{parent}.99", "N02.04", None, false),
            ("P-{parent}-Ñ9", "P-N02-Ñ7", Some("N02"), true),
        ] {
            assert_eq!(matches(pattern, text, parent), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_pattern_says_what_stands_where() {
        for (text, has_parent, expected) in [
            ("{parent}.A99", true, None),
            ("", true, Some(code::REQUIRED)),
            ("{parent}", true, Some(code::MALFORMED)),
            ("{parent}{parent}9", true, Some(code::MALFORMED)),
            ("{other}9", true, Some(code::MALFORMED)),
            ("{parent9", true, Some(code::MALFORMED)),
            ("9}", true, Some(code::MALFORMED)),
            ("A 9", true, Some(code::MALFORMED)),
            ("A\u{200B}9", true, Some(code::MALFORMED)),
            ("{parent}.99", false, Some(code::MALFORMED)),
            ("--", false, Some(code::MALFORMED)),
        ] {
            assert_eq!(pattern(text, has_parent).map(|fault| fault.code), expected, "{text}");
        }
        assert_eq!(pattern(&"9".repeat(61), true).map(|fault| fault.code), Some(code::TOO_LONG));
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn what_is_written_by_a_pattern_matches_it(given in "[A9.\\-x]{1,12}", parent in "[A-Z][0-9]{2}") {
            let written = given.replace('A', "Q").replace('9', "4");
            let below = [parent.as_str(), &written].concat();
            let longer = [written.as_str(), "4"].concat();
            prop_assert!(matches(&given, &written, None));
            prop_assert!(matches(&[PARENT, &given].concat(), &below, Some(&parent)));
            prop_assert!(!matches(&given, &longer, None));
        }

        #[test]
        fn nothing_that_is_written_breaks_it(given in ".{0,20}", text in ".{0,20}") {
            let _ = pattern(&given, true);
            let _ = matches(&given, &text, Some("N01"));
        }
    }
}
