//! A subscription has one root field, whatever the variables are (specification 5.2.3.1, September 2025).

use std::collections::BTreeSet;

use async_graphql::{
    Name,
    parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet},
};

use crate::graph::error::{ErrorCode, Refusal};

/// Refuses subscriptions with several root fields, or with one that comes and goes.
///
/// # Errors
/// `DOCUMENT_INVALID`.
pub fn one_root(document: &ExecutableDocument) -> Result<(), Refusal> {
    for (_, operation) in document.operations.iter() {
        if operation.node.ty == OperationType::Subscription {
            let mut roots = Roots { document, keys: BTreeSet::new(), seen: Vec::new() };
            roots.gather(&operation.node.selection_set.node)?;
            if roots.keys.len() > 1 {
                return Err(invalid("a subscription has one root field"));
            }
        }
    }
    Ok(())
}

struct Roots<'a> {
    document: &'a ExecutableDocument,
    keys: BTreeSet<&'a str>,
    seen: Vec<&'a Name>,
}

impl<'a> Roots<'a> {
    fn gather(&mut self, set: &'a SelectionSet) -> Result<(), Refusal> {
        for selection in &set.items {
            if selection.node.directives().iter().any(|it| matches!(it.node.name.node.as_str(), "skip" | "include")) {
                return Err(invalid("@skip and @include cannot stand at the root of a subscription"));
            }
            match &selection.node {
                Selection::Field(field) if field.node.name.node.starts_with("__") => {
                    return Err(invalid("introspection cannot stand at the root of a subscription"));
                }
                Selection::Field(field) => {
                    self.keys.insert(field.node.response_key().node.as_str());
                }
                Selection::InlineFragment(fragment) => self.gather(&fragment.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if self.seen.contains(&name) {
                        continue;
                    }
                    self.seen.push(name);
                    if let Some(fragment) = self.document.fragments.get(name) {
                        self.gather(&fragment.node.selection_set.node)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn invalid(detail: &str) -> Refusal {
    ErrorCode::DocumentInvalid.with("detail", detail)
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn judged(text: &str) -> Result<(), Refusal> {
        one_root(&parse_query(text).expect("GraphQL"))
    }

    #[test]
    fn one_root_field_stands_alone() {
        for text in [
            "subscription { changes { id } }",
            "subscription { a: changes { id } a: changes { act } }",
            "subscription { ...F } fragment F on Subscription { changes { id @skip(if: true) } }",
            "subscription($s: Boolean!) { changes { id @include(if: $s) } }",
            "query { a b @skip(if: true) }",
            "query A { a b } subscription B { changes { id } }",
        ] {
            assert_eq!(judged(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn several_or_wavering_root_fields_are_refused() {
        for text in [
            "subscription { a: changes { id } b: changes { id } }",
            "subscription { changes { id } ... { other: changes { id } } }",
            "subscription { ...F ...G } fragment F on Subscription { changes { id } } fragment G on Subscription { b: changes { id } }",
            "subscription { changes @skip(if: false) { id } }",
            "subscription { ... @include(if: true) { changes { id } } }",
            "subscription { ...F @skip(if: false) } fragment F on Subscription { changes { id } }",
            "subscription { __typename }",
            "query A { a b } subscription B { changes { id } __schema { description } }",
        ] {
            let refused = judged(text).expect_err(text);
            assert_eq!(refused.code, ErrorCode::DocumentInvalid, "{text}");
        }
    }
}
