//! Whether a well-formed document is valid for the schema (specification 5, edition of September 2025).
//!
//! The rules are those of `apollo-compiler`, and here, in [`inputs`], the few that it does not have; `tests/clients` compares the
//! verdict with that of graphql-js. The library's own validation is not asked (`docs/decisions/0033`).

mod inputs;

use std::{
    any::TypeId,
    collections::HashMap,
    ops::Range,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use apollo_compiler::{ExecutableDocument, Schema, parser::SourceSpan, validation::Valid};

use crate::graph::{
    bridge::Contracted,
    error::{ErrorCode, Refusal},
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

    /// Judges a document that was parsed: its text, and where descriptions stand in it.
    ///
    /// # Errors
    /// DOCUMENT_INVALID, once for each of the first faults.
    pub fn check(&self, text: &str, descriptions: &[Range<usize>]) -> Result<(), Vec<Refusal>> {
        let text = without(text, descriptions);
        let document = ExecutableDocument::parse_and_validate(&self.schema, text, "document").map_err(|invalid| {
            let errors = invalid.errors.iter().take(MAX_ERRORS);
            let told = errors.map(|error| {
                let at = error.line_column_range().map(|range| (range.start.line, range.start.column));
                refusal(&error.error.to_string(), at)
            });
            told.collect::<Vec<_>>()
        })?;
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
    fn what_is_blanked_moves_nothing() {
        let text = "\"\"\"ñ\na\"\"\" query Q { x }";
        let description = 0..text.find(" query").expect("there");
        assert_eq!(without(text, std::slice::from_ref(&description)), "    \n     query Q { x }");
        assert_eq!(without(text, &[]), text);
    }
}
