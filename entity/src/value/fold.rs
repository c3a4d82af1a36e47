//! Folded text: what search and order compare, so that both databases answer alike.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The key of a text for search and order: without accents, in lower case, runs of white space as one
/// space, none at the ends. "  Núcleo  EDUCATIVO " and "nucleo educativo" have one key.
///
/// The ñ loses its tilde too, so "Nariño" is found by "narino": people type it so.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd().filter(|c| !is_combining_mark(*c)) {
        if !c.is_whitespace() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn accents_case_and_spaces_do_not_count() {
        assert_eq!(fold("  Núcleo\t EDUCATIVO "), "nucleo educativo");
        assert_eq!(fold("Nariño"), "narino");
        assert_eq!(fold("Ibagué"), fold("IBAGUE\u{301}"));
        assert_eq!(fold(" \n"), "");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
