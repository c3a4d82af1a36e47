//! One refusal: its code, where it points, and the values that its text speaks of.

use serde_json::{Map, Value};

use super::{ErrorCode, Locale, message};

/// Why something was refused. It carries no text: the text is made for the reader's language, at the edge.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}{}", .code.name(), Place(.path))]
pub struct Refusal {
    /// What kind of refusal it is.
    pub code: ErrorCode,
    /// The input that caused it, from the arguments inwards; indexes of lists as decimal numbers. Empty: the act as a whole.
    pub path: Vec<String>,
    /// The values of the code's parameters, by name.
    pub params: Map<String, Value>,
}

/// The path as logs show it. Parameters stay out: they may hold what people wrote.
struct Place<'a>(&'a [String]);

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " at {}", self.0.join(".")) }
    }
}

impl Refusal {
    /// Points to the input that caused it.
    pub fn at<I>(mut self, path: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.path = path.into_iter().map(Into::into).collect();
        self
    }

    /// Puts the path below another: what a rule found in one unit is at `input.units.3` for the caller.
    pub fn within<I>(mut self, outer: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.path.splice(0..0, outer.into_iter().map(Into::into));
        self
    }

    /// Gives one parameter its value. The name must stand in the code's row of the table.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        debug_assert!(self.code.entry().params.contains(&name), "{} has no parameter {name}", self.code.name());
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// The text for people, in their language.
    pub fn message(&self, locale: Locale) -> String {
        message(self, locale)
    }

    /// Where the code is explained: a path on this server.
    pub fn documentation(&self) -> String {
        documentation(self.code)
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Refusal { code, path: Vec::new(), params: Map::new() }
    }
}

impl ErrorCode {
    /// A refusal with this code that points to an input. See [`Refusal::at`].
    pub fn at<I>(self, path: I) -> Refusal
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Refusal::from(self).at(path)
    }

    /// A refusal with this code and one parameter. See [`Refusal::with`].
    pub fn with(self, name: &str, value: impl Into<Value>) -> Refusal {
        Refusal::from(self).with(name, value)
    }
}

/// Where a code is explained: a path on this server, with the code as its fragment.
pub fn documentation(code: ErrorCode) -> String {
    format!("/docs/errors#{}", code.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_step_by_step() {
        let refusal = ErrorCode::VersionConflict.at(["id"]).with("current", 3);
        assert_eq!(refusal.path, ["id"]);
        assert_eq!(refusal.params["current"], 3);
        assert_eq!(refusal.documentation(), "/docs/errors#VERSION_CONFLICT");
        let nested = ErrorCode::UnitCodeTaken.at(["code"]).with("code", "100").within(["input", "units", "3"]);
        assert_eq!(nested.path, ["input", "units", "3", "code"]);
    }

    #[test]
    fn logs_show_the_place_and_not_the_values() {
        let error: Box<dyn std::error::Error> =
            Box::new(ErrorCode::UnitCodeTaken.at(["input", "code"]).with("code", "100"));
        assert_eq!(error.to_string(), "UNIT_CODE_TAKEN at input.code");
        assert_eq!(Refusal::from(ErrorCode::NotFound).to_string(), "NOT_FOUND");
    }

    #[test]
    #[should_panic(expected = "has no parameter")]
    fn an_undeclared_parameter_is_a_mistake_of_the_program() {
        let _ = ErrorCode::NotFound.with("id", "x");
    }
}
