//! Why a request was not let in.

use std::fmt;

use thiserror::Error;

/// A place in a document, as GraphQL's `locations` count: both from one, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Position {
    /// The place of the byte `offset` of `text`. Reads the text up to there, so it is asked for once, when refusing.
    pub(super) fn of(text: &str, offset: usize) -> Self {
        let mut at = Self { line: 1, column: 1 };
        let mut chars = text.char_indices().take_while(|(index, _)| *index < offset).map(|(_, c)| c).peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' if chars.peek() == Some(&'\n') => {}
                '\r' | '\n' => at = Self { line: at.line + 1, column: 1 },
                _ => at.column += 1,
            }
        }
        at
    }
}

impl From<async_graphql::Pos> for Position {
    fn from(pos: async_graphql::Pos) -> Self {
        Self { line: pos.line, column: pos.column }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Declares [`Limit`] with the code of each.
macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// The bound that a request went over: one for each field of [`super::Limits`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Limit { $($(#[$doc])* $name,)* }

        impl Limit {
            /// Every bound, so that the catalogue of errors can prove that it knows them all.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable code of the error that going over this bound is.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

limits! {
    /// Bytes of the body.
    Body = "BODY_TOO_LARGE",
    /// Bytes of the document.
    Document = "DOCUMENT_TOO_LARGE",
    /// Tokens of the document.
    Tokens = "DOCUMENT_TOO_MANY_TOKENS",
    /// Open brackets, open selection sets, or fields inside fields.
    Depth = "DOCUMENT_TOO_DEEP",
    /// Bytes of a name.
    Name = "NAME_TOO_LONG",
    /// Operations of the document.
    Operations = "TOO_MANY_OPERATIONS",
    /// Fragments of the document.
    Fragments = "TOO_MANY_FRAGMENTS",
    /// Variables of an operation.
    Variables = "TOO_MANY_VARIABLES",
    /// Arguments of a field or directive.
    Arguments = "TOO_MANY_ARGUMENTS",
    /// Fields, nodes or comparisons after expansion.
    Selection = "SELECTION_TOO_LARGE",
    /// Aliases after expansion.
    Aliases = "TOO_MANY_ALIASES",
    /// Directives after expansion.
    Directives = "TOO_MANY_DIRECTIVES",
    /// Fields at the root.
    RootFields = "TOO_MANY_ROOT_FIELDS",
    /// Lists inside lists of the introspection.
    Introspection = "INTROSPECTION_TOO_DEEP",
    /// Values of arguments, with variables put in their places.
    ArgumentValues = "ARGUMENT_VALUES_TOO_LARGE",
    /// Number of values, or bytes of one text, in the variables.
    VariableValues = "VARIABLES_TOO_LARGE",
    /// Open brackets in the variables.
    VariablesDepth = "VARIABLES_TOO_DEEP",
}

/// A request that the guard does not let in. It carries numbers and places, and of the document at most the name
/// of a fragment: the text that a person reads is made from the catalogue of errors by [`Refusal::code`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// A bound was passed. `actual` is what was counted when counting stopped: it may be less than the whole.
    #[error("{}: {actual} where {allowed} are allowed", .limit.code())]
    Exceeded {
        /// The bound.
        limit: Limit,
        /// What was counted, in the unit of the bound.
        actual: u64,
        /// The largest that is accepted.
        allowed: u64,
        /// Where in the document, if it is one place.
        at: Option<Position>,
    },
    /// The text is no GraphQL: an unknown character, a text without end, brackets that do not match.
    #[error("DOCUMENT_SYNTAX at {at}: {reason}")]
    Syntax {
        /// What is wrong, in English, for the log.
        reason: &'static str,
        /// Where.
        at: Position,
    },
    /// A fragment that contains itself, directly or through others.
    #[error("FRAGMENT_CYCLE at {at}: {fragment}")]
    FragmentCycle {
        /// Name of a fragment of the cycle.
        fragment: String,
        /// Where it is spread again.
        at: Position,
    },
}

impl Refusal {
    /// The stable code for clients.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Exceeded { limit, .. } => limit.code(),
            Self::Syntax { .. } => "DOCUMENT_SYNTAX",
            Self::FragmentCycle { .. } => "FRAGMENT_CYCLE",
        }
    }

    /// Where in the document, if it is one place.
    #[must_use]
    pub const fn position(&self) -> Option<Position> {
        match self {
            Self::Exceeded { at, .. } => *at,
            Self::Syntax { at, .. } | Self::FragmentCycle { at, .. } => Some(*at),
        }
    }

    /// What the message of the catalogue needs: names of parameters and their values, in a fixed order.
    #[must_use]
    pub fn params(&self) -> Vec<(&'static str, String)> {
        let mut params = match self {
            Self::Exceeded { actual, allowed, .. } => {
                vec![("actual", actual.to_string()), ("maximum", allowed.to_string())]
            }
            Self::Syntax { reason, .. } => vec![("reason", (*reason).to_owned())],
            Self::FragmentCycle { fragment, .. } => vec![("fragment", fragment.clone())],
        };
        if let Some(at) = self.position() {
            params.extend([("line", at.line.to_string()), ("column", at.column.to_string())]);
        }
        params
    }
}

/// Refuses when `actual` is over `allowed`.
pub(super) fn within(limit: Limit, actual: u64, allowed: u64, at: Option<Position>) -> Result<(), Refusal> {
    if actual > allowed { Err(Refusal::Exceeded { limit, actual, allowed, at }) } else { Ok(()) }
}
