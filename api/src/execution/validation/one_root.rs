//! Whether each subscription has one root field (specification 5.2.4.1): fields of one response key are one, however often they stand there.
//! `apollo-compiler` counts them as they stand.

use std::collections::HashSet;

use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};

/// What `apollo-compiler` calls a subscription with several fields, in a name that it promises to nobody: a test holds it.
pub const SEVERAL: &str = "SubscriptionUsesMultipleFields";

/// Has every subscription of a document one response key at its root?
pub fn one_root(document: &ExecutableDocument) -> bool {
    let mut operations = document.operations.iter().map(|(_, operation)| &operation.node);
    operations.all(|operation| {
        operation.ty != OperationType::Subscription || keys(document, &operation.selection_set.node).len() <= 1
    })
}

/// The response keys of a selection set, those of fragments included; each fragment is entered once.
fn keys<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet) -> HashSet<&'a str> {
    let (mut keys, mut entered, mut pending) = (HashSet::new(), HashSet::new(), vec![set]);
    while let Some(set) = pending.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    keys.insert(field.node.response_key().node.as_str());
                }
                Selection::InlineFragment(inline) => pending.push(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = document.fragments.get(name).filter(|_| entered.insert(name)) {
                        pending.push(&fragment.node.selection_set.node);
                    }
                }
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::guard::parse;

    #[test]
    fn fields_of_one_response_key_are_one() {
        for (text, one) in [
            ("subscription { changes { id } }", true),
            ("subscription { a: changes { id } a: changes { act } }", true),
            ("subscription { ...F changes { act } } fragment F on Subscription { changes { id } }", true),
            ("query A { a b } subscription B { changes { id } }", true),
            ("subscription { a: changes { id } b: changes { id } }", false),
            ("subscription { changes { id } ... { other: changes { id } } }", false),
            (
                "subscription { ...F ...G } fragment F on S { changes { id } } fragment G on S { b: changes { id } }",
                false,
            ),
            ("subscription { ...F } fragment F on S { a ...F b }", false),
        ] {
            assert_eq!(one_root(&parse(text).expect("GraphQL").document), one, "{text}");
        }
    }
}
