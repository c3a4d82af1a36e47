//! The decisions of the organizational structure, pure: no database, no GraphQL, no clock.
//!
//! Each rule gets the facts and answers what follows, or every violation that it found.

mod refusal;
pub mod reorganize;
pub mod timeline;
pub mod tree;
pub mod validate;
pub mod vocabulary;

/// A broken rule: which one, where in the input, and what a message about it must name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    /// The rule's code, one of [`code`].
    pub code: &'static str,
    /// Where, from the outermost field inwards; list items by their index from 0. Empty: the whole object.
    pub path: Vec<String>,
    /// What the message names, in the order in which the code's description lists it.
    pub params: Vec<(&'static str, String)>,
}

impl Violation {
    /// A violation of the whole object, without parameters.
    pub fn new(code: &'static str) -> Self {
        Self { code, path: Vec::new(), params: Vec::new() }
    }

    /// The same with one more parameter.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// The same, seen from one level further out: `segments` come before the path that it has.
    pub fn under<S: ToString>(mut self, segments: impl IntoIterator<Item = S>) -> Self {
        let mut path: Vec<String> = segments.into_iter().map(|segment| segment.to_string()).collect();
        path.append(&mut self.path);
        self.path = path;
        self
    }
}

macro_rules! codes {
    ($( $(#[doc = $about:literal])+ $code:ident; )+) => {
        /// The codes of the violations, as they will stand in the catalogue of errors.
        pub mod code {
            $( $(#[doc = $about])+ pub const $code: &str = stringify!($code); )+
            /// Every code.
            pub const ALL: &[&str] = &[$($code),+];
        }
    };
}

codes! {
    /// No act leads from state `from` to state `to`.
    TRANSITION_NOT_ALLOWED;
    /// The caller's roles do not include one that may do this act.
    FORBIDDEN;
    /// The version names no legal act.
    LEGAL_ACT_REQUIRED;
    /// The act takes effect on a date, and none was given.
    START_DATE_REQUIRED;
    /// The act must say why.
    REASON_REQUIRED;
    /// The effective day lies before `date`, today: that takes the right to backdate, and a reason.
    BACKDATED;
    /// On some day two versions of one organization would be in force.
    VERSIONS_OVERLAP;
    /// The account that acts belongs to no person of the organization.
    ACTOR_WITHOUT_PERSON;
    /// The same person did the step before.
    SEPARATION_OF_DUTIES;
    /// Only a draft can be edited.
    NOT_A_DRAFT;
    /// The units do not hang together under exactly one root.
    NOT_ONE_TREE;
    /// A unit would stand above itself.
    UNIT_CYCLE;
    /// Another unit of the version has this `code`.
    UNIT_CODE_TAKEN;
    /// The unit above is not a unit of this version.
    PARENT_NOT_IN_VERSION;
    /// The unit is not one of the draft, or, where units merge or split, not one of the base version.
    UNIT_NOT_IN_BASE;
    /// Nothing says where the responsibilities of `unit` go, nor that they end.
    RESPONSIBILITIES_UNMAPPED;
    /// `unit` is named as a successor and is not a unit of this version.
    SUCCESSOR_NOT_IN_VERSION;
    /// A split needs at least two successors.
    SPLIT_NEEDS_TWO;
    /// A merger needs at least two predecessors.
    MERGE_NEEDS_TWO;
    /// A structure has at least one unit.
    EMPTY_STRUCTURE;
    /// Another full holding of the post lies in these days, from `from` until `to`.
    HOLDING_OVERLAP;
    /// The same person holds the post in these days already, from `from` until `to`.
    ALREADY_IN_POST;
    /// The unit of the post ceases on `date`, by the act `act`.
    UNIT_ENDS;
    /// The post does not exist on all days of the holding.
    POST_NOT_OPEN;
    /// The interval would contain no day.
    DATE_RANGE_EMPTY;
    /// Something else depends on it.
    STILL_IN_USE;
    /// Units hang under the one that ceases, and nothing says where they go.
    UNIT_HAS_CHILDREN;
    /// A value is missing.
    REQUIRED;
    /// More than the `limit`.
    TOO_LONG;
    /// Not of the form `expected`.
    MALFORMED;
    /// Said twice.
    DUPLICATE;
}

/// How many cases a property is tried with: 64, or what `ARTICULA_CASES` says.
#[cfg(test)]
pub(crate) fn cases() -> proptest::prelude::ProptestConfig {
    let cases = std::env::var("ARTICULA_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64);
    proptest::prelude::ProptestConfig { cases, failure_persistence: None, ..Default::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_grows_outwards() {
        let violation = Violation::new(code::MALFORMED).under(["code"]).under(["input", "units", "0"]);
        assert_eq!(violation.path, ["input", "units", "0", "code"]);
    }

    #[test]
    fn a_code_is_listed_once() {
        let distinct: std::collections::HashSet<_> = code::ALL.iter().collect();
        assert_eq!(distinct.len(), code::ALL.len());
    }
}
