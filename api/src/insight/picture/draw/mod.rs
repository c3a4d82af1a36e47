//! Drawing: pure functions from what is to be seen to SVG and Mermaid. The same input gives the same bytes.

pub mod mermaid;
pub mod scene;
pub mod span;
pub mod svg;
pub mod text;

use crate::graph::error::Locale;

/// The language of a picture.
#[derive(Clone, Copy, Debug)]
pub struct Tongue(pub Locale);

impl Tongue {
    /// One of two texts.
    pub fn say(self, es: &'static str, en: &'static str) -> &'static str {
        if self.0 == Locale::En { en } else { es }
    }

    /// A text with a number in it.
    pub fn count(self, number: usize, one: (&str, &str), more: (&str, &str)) -> String {
        let (es, en) = if number == 1 { one } else { more };
        format!("{number} {}", if self.0 == Locale::En { en } else { es })
    }

    /// The label of a word of a vocabulary; the word itself where it is not known.
    pub fn label(self, vocabulary: &entity::Vocabulary, word: &str) -> String {
        vocabulary.by_name(word).map_or_else(|| word.to_owned(), |term| self.0.label(term).to_owned())
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        self.0.tag()
    }
}

/// A picture in its three forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The SVG file.
    pub svg: String,
    /// The Mermaid text.
    pub mermaid: String,
    /// What it shows, in words.
    pub text: String,
}
