//! Lists of short texts that live in one column.

use std::{fmt, str::FromStr};

use unicode_normalization::UnicodeNormalization;

/// Texts in an order that means something (aliases, functions of a unit): none blank, none with white
/// space at its ends, all in NFC. Stored as a JSON array in a text column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, sea_orm::DeriveValueType)]
#[sea_orm(value_type = "String", column_type = "Text")]
pub struct TextList(Vec<String>);

impl TextList {
    /// The list, its texts trimmed and normalized, or `None` when one of them is blank.
    pub fn new<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Option<Self> {
        let clean = |text: T| {
            let text: String = text.as_ref().trim().nfc().collect();
            (!text.is_empty()).then_some(text)
        };
        texts.into_iter().map(clean).collect::<Option<_>>().map(Self)
    }

    /// The texts in order.
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

/// What a column held is not a list of texts that [`TextList::new`] would make.
#[derive(Debug, thiserror::Error)]
#[error("not a JSON array of texts that are trimmed and not blank")]
pub struct NotATextList;

impl FromStr for TextList {
    type Err = NotATextList;

    fn from_str(json: &str) -> Result<Self, Self::Err> {
        let texts: Vec<String> = serde_json::from_str(json).map_err(|_| NotATextList)?;
        Self::new(&texts).filter(|list| list.0 == texts).ok_or(NotATextList)
    }
}

impl fmt::Display for TextList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_what_it_wrote(texts in proptest::collection::vec(".{0,12}", 0..5)) {
            match TextList::new(&texts) {
                Some(list) => prop_assert_eq!(list.to_string().parse::<TextList>().expect("own text"), list),
                None => prop_assert!(texts.iter().any(|text| text.trim().is_empty())),
            }
        }
    }

    #[test]
    fn trims_and_composes() {
        let list = TextList::new([" Ibague\u{301}\n"]).expect("not blank");
        assert_eq!(list.as_slice(), ["Ibagué"]);
    }

    #[test]
    fn refuses_what_it_would_not_write() {
        for json in ["", "{}", "[1]", r#"[""]"#, r#"[" a"]"#, "[\"e\u{301}\"]"] {
            assert!(json.parse::<TextList>().is_err(), "{json}");
        }
    }
}
