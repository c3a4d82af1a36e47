//! What of the schema a document asks for, and all that can be asked for.

use std::collections::{BTreeMap, BTreeSet};

use articula_tests::service::{Service, text};
use async_graphql::{
    Value as Input,
    parser::{
        parse_query,
        types::{ExecutableDocument, Selection, SelectionSet},
    },
};
use serde_json::{Value, json};

/// The types that are reached from `Query`, as the schema tells of itself.
pub struct Schema {
    types: BTreeMap<String, Value>,
}

/// The name at the end of a type: `[Node!]` → `Node`.
fn base(ty: &Value) -> String {
    if ty["ofType"].is_null() { text(&ty["name"]) } else { base(&ty["ofType"]) }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn named<'a>(items: &'a Value, name: &str) -> &'a Value {
    list(items).find(|item| item["name"] == name).unwrap_or_else(|| panic!("{name} is not among {items}"))
}

impl Schema {
    pub async fn read(service: &Service) -> Self {
        let schema = service.visitor().data(include_str!("../contract/introspection.graphql"), json!({})).await;
        let all: BTreeMap<_, _> =
            list(&schema["__schema"]["types"]).map(|ty| (text(&ty["name"]), ty.clone())).collect();
        let mut types = BTreeMap::new();
        let mut next = vec!["Query".to_owned()];
        while let Some(name) = next.pop() {
            let ty = &all[&name];
            if types.insert(name, ty.clone()).is_some() {
                continue;
            }
            for field in list(&ty["fields"]).chain(list(&ty["inputFields"])) {
                next.push(base(&field["type"]));
                next.extend(list(&field["args"]).map(|argument| base(&argument["type"])));
            }
            next.extend(list(&ty["possibleTypes"]).map(|ty| text(&ty["name"])));
        }
        Self { types }
    }

    /// Every field of an object, every field of an input, every key of an order or a group.
    pub fn all(&self) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for (name, ty) in &self.types {
            let keys = name.ends_with("OrderField") || name.ends_with("GroupField") || name == "OrderDirection";
            let values = list(&ty["enumValues"]).filter(|_| keys);
            for member in list(&ty["fields"]).chain(list(&ty["inputFields"])).chain(values) {
                all.insert(format!("{name}.{}", text(&member["name"])));
            }
        }
        all
    }

    /// What a document asks for; it holds no variables.
    pub fn asked(&self, document: &str, into: &mut BTreeSet<String>) {
        let document = parse_query(document).expect("a document");
        for (_, operation) in document.operations.iter() {
            self.selection(&document, &operation.node.selection_set.node, "Query", into);
        }
    }

    fn selection(&self, document: &ExecutableDocument, set: &SelectionSet, ty: &str, into: &mut BTreeSet<String>) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    if name.starts_with("__") {
                        continue;
                    }
                    into.insert(format!("{ty}.{name}"));
                    let declared = named(&self.types[ty]["fields"], name);
                    for (argument, value) in &field.node.arguments {
                        let declared = named(&declared["args"], argument.node.as_str());
                        let value = value.node.clone().into_const().expect("no variables");
                        self.input(&value, &base(&declared["type"]), into);
                    }
                    self.selection(document, &field.node.selection_set.node, &base(&declared["type"]), into);
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    let inner = &fragment.node.selection_set.node;
                    self.selection(document, inner, condition.unwrap_or(ty), into);
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &document.fragments[&spread.node.fragment_name.node].node;
                    let condition = fragment.type_condition.node.on.node.as_str();
                    self.selection(document, &fragment.selection_set.node, condition, into);
                }
            }
        }
    }

    fn input(&self, value: &Input, ty: &str, into: &mut BTreeSet<String>) {
        match value {
            Input::List(items) => items.iter().for_each(|item| self.input(item, ty, into)),
            Input::Enum(word) => drop(into.insert(format!("{ty}.{word}"))),
            Input::Object(fields) => {
                for (name, value) in fields {
                    into.insert(format!("{ty}.{name}"));
                    let declared = named(&self.types[ty]["inputFields"], name.as_str());
                    self.input(value, &base(&declared["type"]), into);
                }
            }
            _ => {}
        }
    }
}
