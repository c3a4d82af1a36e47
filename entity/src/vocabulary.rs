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
                description: concat!($($about, "\n"),+).trim_ascii(),
                terms: &[$(
                    $crate::VocabularyTerm {
                        number: $number,
                        name: $graphql,
                        description: concat!($($meaning, "\n"),+).trim_ascii(),
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
