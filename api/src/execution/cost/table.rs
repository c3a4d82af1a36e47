//! The prices of the schema, read from its own directives.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Value as Said,
    parser::types::{Field, Selection, SelectionSet},
    registry::{MetaDirectiveInvocation, MetaField, MetaType},
};
use serde_json::Value;

use crate::{execution::coerce::Types, graph::prices::named, reader::collect::Source};

/// Longest list that any argument gives: a field that is asked for more refuses by itself, and reads nothing.
const LONGEST: u64 = 1_000;
/// How long a list is of which nothing is said.
const UNSAID: u64 = 20;

/// What fields and objects cost.
pub struct CostTable {
    types: HashMap<String, Priced>,
}

/// A type whose fields can be asked for.
pub(super) struct Priced {
    /// Each object of it.
    pub weight: u64,
    /// The types that implement it, where it is an interface.
    possible: Option<HashSet<String>>,
    fields: HashMap<String, Price>,
}

/// A field.
pub(super) struct Price {
    /// Each time it is answered.
    pub weight: u64,
    /// The objects that it gives, if it does.
    pub of: Option<String>,
    /// How long its list is, or that of the object that it gives.
    pub length: Option<Length>,
}

/// How long a list is.
pub(super) struct Length {
    /// Where nothing else is said; a connection that is asked for without a size reads nothing.
    assumed: u64,
    slicing: Vec<String>,
    /// The fields of the object that are the list; none where the field itself is it.
    pub sized: Vec<String>,
}

impl Length {
    /// How many items at the most.
    pub fn of(&self, source: Source<'_>, field: &Field) -> u64 {
        self.given(source, field).unwrap_or(self.assumed)
    }

    /// How many items an argument asks for.
    pub fn given(&self, source: Source<'_>, field: &Field) -> Option<u64> {
        let said = |name: &String| match source.value(&field.get_argument(name)?.node)? {
            Value::Number(size) => Some(size.as_f64().map_or(0, |size| size.max(0.0) as u64)),
            Value::Array(items) => Some(items.len() as u64),
            Value::Null => None,
            // One that stands for a list of one.
            _ => Some(1),
        };
        self.slicing.iter().filter_map(said).max().map(|size| size.min(LONGEST))
    }
}

impl CostTable {
    /// Reads the table from the types of a schema.
    pub fn read(types: &Types) -> Self {
        let priced = types.iter().filter_map(|(name, ty)| {
            let (fields, weight, possible) = match ty {
                MetaType::Object { fields, directive_invocations, .. } => (fields, weight(directive_invocations), None),
                MetaType::Interface { fields, possible_types, .. } => {
                    (fields, None, Some(possible_types.iter().cloned().collect()))
                }
                _ => return None,
            };
            let fields = fields.values().map(|field| (field.name.clone(), price(types, field)));
            Some((name.clone(), Priced { weight: weight.unwrap_or(1), possible, fields: fields.collect() }))
        });
        let mut types: HashMap<String, Priced> = priced.collect();
        for (ty, field) in sized(&types) {
            // As long as the field says that leads to its object.
            if let Some(price) = types.get_mut(&ty).and_then(|ty| ty.fields.get_mut(&field)) {
                price.length = None;
            }
        }
        Self { types }
    }

    /// A type by its name.
    pub(super) fn ty(&self, name: &str) -> Option<(&str, &Priced)> {
        self.types.get_key_value(name).map(|(name, priced)| (name.as_str(), priced))
    }

    /// A field of a type; none of what every schema has (`__typename`, `__schema`).
    pub(super) fn field(&self, ty: &str, name: &str) -> Option<(&str, &Price)> {
        self.types.get(ty)?.fields.get_key_value(name).map(|(name, price)| (name.as_str(), price))
    }

    /// Does a fragment on `condition` apply to an object of type `ty`?
    pub(super) fn applies(&self, condition: &str, ty: &str) -> bool {
        let possible = |priced: &Priced| priced.possible.as_ref().is_some_and(|possible| possible.contains(ty));
        condition == ty || self.types.get(condition).is_some_and(possible)
    }

    /// The types that an object may be of, as far as selections tell them apart: those that they name, and one of the others.
    pub(super) fn alternatives(&self, ty: &str, source: Source<'_>, sets: &[&SelectionSet]) -> Vec<&str> {
        let Some((name, priced)) = self.ty(ty) else { return Vec::new() };
        let Some(possible) = &priced.possible else { return vec![name] };
        let mut conditions = HashSet::new();
        for set in sets {
            note_conditions(source, set, &mut conditions);
        }
        let named = possible.iter().filter(|name| conditions.contains(name.as_str()));
        let other = possible.iter().find(|name| !conditions.contains(name.as_str()));
        named.chain(other).map(String::as_str).collect()
    }
}

/// The lists whose length another field says: type and field.
fn sized(types: &HashMap<String, Priced>) -> Vec<(String, String)> {
    let prices = types.values().flat_map(|ty| ty.fields.values());
    let sized = prices.filter_map(|price| Some((price.of.as_ref()?, &price.length.as_ref()?.sized)));
    sized.flat_map(|(of, fields)| fields.iter().map(|field| (of.clone(), field.clone()))).collect()
}

/// The types that fragments of a selection set name, also inside of each other.
fn note_conditions<'a>(source: Source<'a>, set: &'a SelectionSet, into: &mut HashSet<&'a str>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(_) => {}
            Selection::InlineFragment(fragment) => {
                into.extend(fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str()));
                note_conditions(source, &fragment.node.selection_set.node, into);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = source.document.fragments.get(&spread.node.fragment_name.node) {
                    into.insert(fragment.node.type_condition.node.on.node.as_str());
                    note_conditions(source, &fragment.node.selection_set.node, into);
                }
            }
        }
    }
}

fn price(types: &Types, field: &MetaField) -> Price {
    let of = types.get(named(&field.ty)).filter(|ty| ty.fields().is_some()).map(|ty| ty.name().to_owned());
    let directives = &field.directive_invocations;
    let said = directives.iter().find(|directive| directive.name == "listSize").map(length);
    let unsaid = || Length { assumed: UNSAID, slicing: Vec::new(), sized: Vec::new() };
    let length = said.or_else(|| (of.is_some() && field.ty.starts_with('[')).then(unsaid));
    Price { weight: weight(directives).unwrap_or(0), of, length }
}

fn weight(directives: &[MetaDirectiveInvocation]) -> Option<u64> {
    match directives.iter().find(|directive| directive.name == "cost")?.args.get("weight")? {
        Said::String(weight) => weight.parse().ok(),
        _ => None,
    }
}

fn length(directive: &MetaDirectiveInvocation) -> Length {
    let texts = |name: &str| match directive.args.get(name) {
        Some(Said::List(items)) => items
            .iter()
            .filter_map(|item| if let Said::String(text) = item { Some(text.clone()) } else { None })
            .collect(),
        _ => Vec::new(),
    };
    let assumed = match directive.args.get("assumedSize") {
        Some(Said::Number(size)) => size.as_u64().unwrap_or(0),
        _ => 0,
    };
    Length { assumed, slicing: texts("slicingArguments"), sized: texts("sizedFields") }
}
