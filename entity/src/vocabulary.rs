//! Closed lists of words (enums): the number that the database stores, the GraphQL name, the labels.

/// One word of a vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VocabularyTerm {
    /// What the database stores. Never reused.
    pub number: i16,
    /// The GraphQL name, UPPER_SNAKE.
    pub name: &'static str,
    /// What it means, Spanish term first.
    pub description: &'static str,
    /// Label in Spanish (es-CO).
    pub es: &'static str,
    /// Label in English.
    pub en: &'static str,
}

/// A closed list of words, as data.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary {
    /// The GraphQL name of the enum.
    pub name: &'static str,
    /// What it means, Spanish term first.
    pub description: &'static str,
    /// The words, in the order in which people expect them.
    pub terms: &'static [VocabularyTerm],
}

impl Vocabulary {
    /// The word with this GraphQL name.
    pub fn by_name(&self, name: &str) -> Option<&'static VocabularyTerm> {
        self.terms.iter().find(|term| term.name == name)
    }

    /// The word with this stored number.
    pub fn by_number(&self, number: i16) -> Option<&'static VocabularyTerm> {
        self.terms.iter().find(|term| term.number == number)
    }
}

/// Length of [`plain_doc`]'s answer in bytes.
#[doc(hidden)]
pub const fn plain_doc_length(doc: &str) -> usize {
    let (bytes, mut at, mut length) = (doc.as_bytes(), 0, 0);
    while at < bytes.len() {
        length += keeps(bytes, at) as usize;
        at += 1;
    }
    length
}

/// The lines of a doc comment, each without the space that the compiler leaves after `///`.
///
/// The compiler runs it: a wrong `LENGTH` does not build.
#[doc(hidden)]
pub const fn plain_doc<const LENGTH: usize>(doc: &str) -> [u8; LENGTH] {
    let (bytes, mut at, mut length, mut plain) = (doc.as_bytes(), 0, 0, [0; LENGTH]);
    while at < bytes.len() {
        if keeps(bytes, at) {
            plain[length] = bytes[at];
            length += 1;
        }
        at += 1;
    }
    plain
}

/// Is the byte text, neither a line's first space nor the last line's end?
const fn keeps(bytes: &[u8], at: usize) -> bool {
    let opens_line = at == 0 || bytes[at - 1] == b'\n';
    let ends_doc = at + 1 == bytes.len() && bytes[at] == b'\n';
    !(opens_line && bytes[at] == b' ' || ends_doc)
}

/// The text of one doc comment, given as its lines.
#[doc(hidden)]
#[macro_export]
macro_rules! doc_text {
    ($($line:literal)+) => {{
        const DOC: &str = concat!($($line, "\n"),+);
        const PLAIN: [u8; $crate::plain_doc_length(DOC)] = $crate::plain_doc(DOC);
        match str::from_utf8(&PLAIN) {
            Ok(text) => text,
            Err(_) => panic!("dropping whole ASCII characters leaves UTF-8"),
        }
    }};
}

/// Declares an enum that is stored as a number, shown as a GraphQL enum, and labelled in two languages.
///
/// ```ignore
/// vocabulary! {
///     /// Clase de acto. What kind of administrative act it is.
///     pub enum LegalActKind {
///         /// Decreto. An act of the head of the administration.
///         Decree = 2, "DECREE", "Decreto", "Decree";
///     }
/// }
/// ```
#[macro_export]
macro_rules! vocabulary {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident {
            $( $(#[doc = $meaning:literal])+ $variant:ident = $number:literal, $graphql:literal, $es:literal, $en:literal; )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sea_orm::EnumIter, sea_orm::DeriveActiveEnum, async_graphql::Enum)]
        #[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
        pub enum $name {
            $(
                $(#[doc = $meaning])+
                #[sea_orm(num_value = $number)]
                #[graphql(name = $graphql)]
                $variant,
            )+
        }

        impl $name {
            /// The list as data.
            pub const VOCABULARY: $crate::Vocabulary = $crate::Vocabulary {
                name: stringify!($name),
                description: $crate::doc_text!($($about)+),
                terms: &[$(
                    $crate::VocabularyTerm {
                        number: $number,
                        name: $graphql,
                        description: $crate::doc_text!($($meaning)+),
                        es: $es,
                        en: $en,
                    }
                ),+],
            };

            /// The number that the database stores.
            pub const fn number(self) -> i16 {
                match self { $( Self::$variant => $number ),+ }
            }

            /// The word with this stored number.
            pub const fn from_number(number: i16) -> Option<Self> {
                match number { $( $number => Some(Self::$variant), )+ _ => None }
            }
        }
    };
}
