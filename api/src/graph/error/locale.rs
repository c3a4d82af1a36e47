//! The two languages of the answers, and how a client chooses.

use entity::VocabularyTerm;

/// A language of the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// Spanish of Colombia: what is spoken when nothing was asked.
    #[default]
    EsCo,
    /// English.
    En,
}

impl Locale {
    /// All of them, the default first.
    pub const ALL: [Locale; 2] = [Locale::EsCo, Locale::En];

    /// The tag for `Content-Language` (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::EsCo => "es-CO",
            Locale::En => "en",
        }
    }

    /// The label of a word in this language.
    pub const fn label(self, term: &VocabularyTerm) -> &'static str {
        match self {
            Locale::EsCo => term.es,
            Locale::En => term.en,
        }
    }

    /// One of two texts, in this language.
    pub const fn either(self, es: &'static str, en: &'static str) -> &'static str {
        match self {
            Locale::EsCo => es,
            Locale::En => en,
        }
    }

    /// Chooses by the header `Accept-Language` (RFC 9110, 12.5.4): the best weight wins, the earlier range on a tie. Any region of a
    /// language is that language; `*` stands for whatever the header does not name. Nothing acceptable or nothing
    /// legible gives the default: an answer in the wrong language is better than none.
    pub fn negotiate(accept_language: &str) -> Locale {
        let ranges: Vec<(&str, u16)> = accept_language.split(',').filter_map(range).collect();
        let named = |locale: Locale| ranges.iter().position(|(language, _)| locale.speaks(language));
        let wildcard = ranges.iter().position(|(language, _)| *language == "*");
        Locale::ALL
            .into_iter()
            .filter_map(|locale| named(locale).or(wildcard).map(|position| (locale, ranges[position].1, position)))
            .filter(|(_, weight, _)| *weight > 0)
            // `reduce` keeps the earlier locale where weight and place are equal: the wildcard means the default.
            .reduce(|best, next| if (next.1, best.2) > (best.1, next.2) { next } else { best })
            .map_or_else(Locale::default, |(locale, _, _)| locale)
    }

    fn speaks(self, range: &str) -> bool {
        let language = range.split('-').next().unwrap_or_default();
        let own = self.tag().split('-').next().unwrap_or_default();
        language.eq_ignore_ascii_case(own)
    }
}

/// One range with its weight in thousandths; `None` when it is not legible.
fn range(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let language = parts.next().filter(|language| !language.is_empty())?;
    let weight = match parts.next() {
        None => 1000,
        Some(parameter) => {
            let (name, value) = parameter.split_once('=')?;
            let weight: f32 = value.trim().parse().ok()?;
            let legible = name.trim().eq_ignore_ascii_case("q") && (0.0..=1.0).contains(&weight);
            legible.then_some((weight * 1000.0) as u16)?
        }
    };
    Some((language, weight))
}

#[cfg(test)]
mod tests {
    use super::Locale::{self, En, EsCo};

    #[test]
    fn negotiates() {
        for (header, expected) in [
            ("", EsCo),
            ("es-CO", EsCo),
            ("es", EsCo),
            ("ES-mx", EsCo),
            ("en", En),
            ("en-GB,en;q=0.9", En),
            ("en, es", En),
            ("es, en", EsCo),
            ("en;q=0.4, es;q=0.8", EsCo),
            ("es;q=0.4, en;q=0.8", En),
            ("es;q=0.5, en;q=0.5", EsCo),
            ("en;q=0.5, es;q=0.5", En),
            ("fr, en;q=0.3", En),
            ("fr-CA, de", EsCo),
            ("*", EsCo),
            ("en;q=0.2, *;q=0.9", EsCo),
            ("es;q=0, *", En),
            ("es;q=0, en;q=0", EsCo),
            ("en;q=0", EsCo),
            ("en;q=2, es;q=0.1", EsCo),
            ("en;level=1, es;q=0.1", EsCo),
            ("en ; q = 0.9 , es;q=0.1", En),
            (";;;,,q=,*;q=nan", EsCo),
            ("english", EsCo),
        ] {
            assert_eq!(Locale::negotiate(header), expected, "{header:?}");
        }
    }
}
