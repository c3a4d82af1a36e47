//! From a document's selection sets to the fields of one object: fragments spread, `@skip` and `@include`
//! decided, equal response keys merged — as the specification's CollectFields says.

use async_graphql::{
    Name, Positioned,
    indexmap::IndexMap,
    parser::types::{ExecutableDocument, Field, Selection, SelectionSet},
};
use async_graphql_value::Value as Literal;
use serde_json::{Map, Value};

use crate::graph::error::{ErrorCode, Refusal};

/// The document and the variables of a request, coerced.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The parsed and validated document.
    pub document: &'a ExecutableDocument,
    /// Variable values, defaults applied; absent ones are absent.
    pub variables: &'a Map<String, Value>,
}

/// Do all selections under one response key mean the same? Validation sees to it but for some that come through
/// fragments; of two different acts under one key none may silently be dropped.
pub fn agree(merged: &Merged<'_>) -> bool {
    let first = &merged[0].node;
    let same = |other: &Field| {
        let given = |field: &Field, name: &str| field.get_argument(name).map(|value| value.node.clone());
        other.name.node == first.name.node
            && other.arguments.len() == first.arguments.len()
            && first.arguments.iter().all(|(name, value)| given(other, &name.node).as_ref() == Some(&value.node))
    };
    merged[1..].iter().all(|other| same(&other.node))
}

/// The refusal of selections that do not [`agree`].
pub fn conflicting(merged: &Merged<'_>) -> Refusal {
    let key = &merged[0].node.response_key().node;
    ErrorCode::DocumentInvalid.with("detail", format!("fields under the key {key} conflict"))
}

/// The selections under one response key; all of the same field with the same arguments (validation saw to it).
pub type Merged<'a> = Vec<&'a Positioned<Field>>;

impl<'a> Source<'a> {
    /// The fields that an object of type `name` shows, in document order.
    pub fn fields(&self, sets: &[&'a SelectionSet], applies: &dyn Fn(&str) -> bool) -> IndexMap<&'a str, Merged<'a>> {
        let mut fields = IndexMap::new();
        let mut seen = Vec::new();
        for set in sets {
            self.gather(set, applies, &mut seen, &mut fields);
        }
        fields
    }

    fn gather(
        &self,
        set: &'a SelectionSet,
        applies: &dyn Fn(&str) -> bool,
        seen: &mut Vec<&'a Name>,
        fields: &mut IndexMap<&'a str, Merged<'a>>,
    ) {
        for selection in &set.items {
            if !self.included(&selection.node) {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => {
                    fields.entry(field.node.response_key().node.as_str()).or_default().push(field)
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    if condition.is_none_or(|c| applies(&c.node.on.node)) {
                        self.gather(&fragment.node.selection_set.node, applies, seen, fields);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if seen.contains(&name) {
                        continue;
                    }
                    seen.push(name);
                    if let Some(fragment) = self.document.fragments.get(name)
                        && applies(&fragment.node.type_condition.node.on.node)
                    {
                        self.gather(&fragment.node.selection_set.node, applies, seen, fields);
                    }
                }
            }
        }
    }

    fn included(&self, selection: &Selection) -> bool {
        selection.directives().iter().all(|directive| {
            let condition = directive.node.get_argument("if").and_then(|value| self.value(&value.node));
            match (directive.node.name.node.as_str(), condition) {
                ("skip", Some(Value::Bool(skip))) => !skip,
                ("include", Some(Value::Bool(include))) => include,
                _ => true,
            }
        })
    }

    /// The arguments given to a field; one whose variable is absent is not given.
    pub fn arguments(&self, field: &Field) -> Map<String, Value> {
        let given = field.arguments.iter();
        given.filter_map(|(name, value)| Some((name.node.to_string(), self.value(&value.node)?))).collect()
    }

    /// A literal with its variables filled in; `None` when it is nothing but an absent variable.
    pub fn value(&self, literal: &Literal) -> Option<Value> {
        Some(match literal {
            Literal::Variable(name) => self.variables.get(name.as_str())?.clone(),
            Literal::Null => Value::Null,
            Literal::Number(number) => Value::Number(number.clone()),
            Literal::String(text) => Value::String(text.clone()),
            Literal::Boolean(truth) => Value::Bool(*truth),
            Literal::Enum(name) => Value::String(name.to_string()),
            // In a list an absent variable is null, in an object it is no field (specification 6.4.1).
            Literal::List(items) => items.iter().map(|item| self.value(item).unwrap_or(Value::Null)).collect(),
            Literal::Object(fields) => {
                let fields = fields.iter().filter_map(|(name, value)| Some((name.to_string(), self.value(value)?)));
                Value::Object(fields.collect())
            }
            // Uploads do not exist here: references do.
            Literal::Binary(_) => Value::Null,
        })
    }
}

/// The selection sets below the merged fields.
pub fn below<'a>(fields: &Merged<'a>) -> Vec<&'a SelectionSet> {
    fields.iter().map(|field| &field.node.selection_set.node).collect()
}
