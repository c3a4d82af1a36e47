//! Whether a well-formed document is valid for the schema (specification 5, edition of September 2025).
//!
//! The rules are those of `apollo-compiler`, and here, in [`inputs`] and [`one_root`], the few that it does not have, or otherwise;
//! `tests/clients` compares the verdict with that of graphql-js. The library's own validation is not asked (`docs/decisions/0033`).

mod inputs;
mod one_root;

use std::{
    any::TypeId,
    collections::HashMap,
    ops::Range,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use apollo_compiler::{
    ExecutableDocument, Schema,
    parser::SourceSpan,
    validation::{DiagnosticList, Valid},
};
use one_root::{SEVERAL, one_root};

use crate::{
    graph::{
        bridge::Contracted,
        error::{ErrorCode, Refusal},
    },
    http::guard::Parsed,
};

/// Most errors of one document that are told; more help nobody, and each costs bytes.
const MAX_ERRORS: usize = 10;
/// Most characters of one error that are told: names of the document come back in it.
const MAX_DETAIL: usize = 300;

/// Judges documents by one schema.
pub struct Validation {
    schema: Arc<Valid<Schema>>,
}

impl Validation {
    /// By the schema of a contract, which is read once in a process; `sdl` is asked then.
    pub fn of<C: Contracted>(sdl: impl FnOnce() -> String) -> Self {
        static KNOWN: LazyLock<Mutex<HashMap<TypeId, Arc<Valid<Schema>>>>> = LazyLock::new(Mutex::default);
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let schema = known.entry(TypeId::of::<C>()).or_insert_with(|| Arc::new(schema(&sdl())));
        Self { schema: schema.clone() }
    }

    /// Judges a document that was parsed, by its text.
    ///
    /// # Errors
    /// DOCUMENT_INVALID, once for each of the first faults.
    pub fn check(&self, text: &str, parsed: &Parsed) -> Result<(), Vec<Refusal>> {
        let text = without(text, &parsed.descriptions);
        let document = match ExecutableDocument::parse_and_validate(&self.schema, text, "document") {
            Ok(valid) => valid.into_inner(),
            Err(invalid) => {
                let told = errors(&invalid.errors, parsed);
                if !told.is_empty() {
                    return Err(told);
                }
                invalid.partial
            }
        };
        let faults = inputs::faults(&self.schema, &document);
        if faults.is_empty() {
            return Ok(());
        }
        let place = |span: SourceSpan| Some(span.line_column_range(&document.sources)?.start);
        let told = faults.into_iter().take(MAX_ERRORS).map(|fault| {
            let at = fault.at.and_then(place).map(|place| (place.line, place.column));
            refusal(&fault.what, at)
        });
        Err(told.collect())
    }
}

/// What `apollo-compiler` says against a document, without what it is not right about.
fn errors(errors: &DiagnosticList, parsed: &Parsed) -> Vec<Refusal> {
    let holds = |name| name != Some(SEVERAL) || !one_root(&parsed.document);
    let errors = errors.iter().filter(|error| holds(error.error.unstable_error_name()));
    let told = errors.take(MAX_ERRORS).map(|error| {
        let at = error.line_column_range().map(|range| (range.start.line, range.start.column));
        refusal(&error.error.to_string(), at)
    });
    told.collect()
}

/// The schema without its descriptions, which validation does not read.
fn schema(sdl: &str) -> Valid<Schema> {
    // The library writes it; that it is a schema is proven where the committed one is looked at.
    let read = Schema::parse(sdl, "schema").unwrap_or_else(|unread| unread.partial);
    Valid::assume_valid(read)
}

/// The text with blanks in the places, so that everything else stays where it is.
fn without(text: &str, places: &[Range<usize>]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut from = 0;
    for place in places {
        blanked.push_str(&text[from..place.start]);
        let blank = |character| if matches!(character, '\r' | '\n') { character } else { ' ' };
        blanked.extend(text[place.clone()].chars().map(blank));
        from = place.end;
    }
    blanked.push_str(&text[from..]);
    blanked
}

fn refusal(what: &str, at: Option<(usize, usize)>) -> Refusal {
    let mut detail: String = what.chars().take(MAX_DETAIL).collect();
    if let Some((line, column)) = at {
        detail.push_str(&format!(" (line {line}, column {column})"));
    }
    ErrorCode::DocumentInvalid.with("detail", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscription_may_say_its_field_twice() {
        let schema = "type Query { a: Int } type Subscription { changes: Int other: Int }";
        let schema = Schema::parse(schema, "schema").expect("a schema");
        let validation = Validation { schema: Arc::new(Valid::assume_valid(schema)) };
        let checked = |text| validation.check(text, &crate::http::guard::parse(text).expect("GraphQL"));
        assert_eq!(checked("subscription { changes changes }"), Ok(()));
        assert_eq!(checked("subscription { changes other }").expect_err("two").len(), 1);
        assert_eq!(checked("subscription { changes changes nothing }").expect_err("unknown").len(), 2);
    }

    #[test]
    fn what_is_blanked_moves_nothing() {
        let text = "\"\"\"ñ\na\"\"\" query Q { x }";
        let description = 0..text.find(" query").expect("there");
        assert_eq!(without(text, std::slice::from_ref(&description)), "    \n     query Q { x }");
        assert_eq!(without(text, &[]), text);
    }
}
