//! A document and its variables: which fields an object shows, and what their arguments are.

use async_graphql::{
    Name, Value as Constant,
    parser::{
        parse_query,
        types::{Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
    },
};
use serde_json::{Map, Value};

/// Stands where a variable without value stood.
const ABSENT: &str = "absent variable";

pub struct Document {
    parsed: ExecutableDocument,
    variables: Map<String, Value>,
}

impl Document {
    /// A valid document with one operation.
    pub fn read(text: &str, given: &Map<String, Value>) -> Self {
        let parsed = parse_query(text).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
        let mut variables = given.clone();
        for definition in &only(&parsed).variable_definitions {
            if let Some(default) = &definition.node.default_value {
                let default = || default.node.clone().into_json().expect("JSON");
                variables.entry(definition.node.name.node.to_string()).or_insert_with(default);
            }
        }
        Self { parsed, variables }
    }

    pub fn operation(&self) -> &OperationDefinition {
        only(&self.parsed)
    }

    /// The fields that an object of these types shows, by response key in the order of their first appearance.
    pub fn fields<'a>(&'a self, sets: &[&'a SelectionSet], types: &[&str]) -> Vec<(String, Vec<&'a Field>)> {
        let mut flat = Vec::new();
        sets.iter().for_each(|set| self.flatten(set, types, &mut flat));
        let mut grouped: Vec<(String, Vec<&Field>)> = Vec::new();
        for field in flat {
            let key = field.alias.as_ref().unwrap_or(&field.name).node.to_string();
            match grouped.iter_mut().find(|(known, _)| *known == key) {
                Some((_, merged)) => merged.push(field),
                None => grouped.push((key, vec![field])),
            }
        }
        grouped
    }

    fn flatten<'a>(&'a self, set: &'a SelectionSet, types: &[&str], into: &mut Vec<&'a Field>) {
        for selection in &set.items {
            let directives = match &selection.node {
                Selection::Field(field) => &field.node.directives,
                Selection::InlineFragment(fragment) => &fragment.node.directives,
                Selection::FragmentSpread(spread) => &spread.node.directives,
            };
            if directives.iter().any(|directive| self.leaves_out(&directive.node)) {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => into.push(&field.node),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    if on.is_none_or(|on| types.contains(&on)) {
                        self.flatten(&fragment.node.selection_set.node, types, into);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &self.parsed.fragments[&spread.node.fragment_name.node].node;
                    if types.contains(&fragment.type_condition.node.on.node.as_str()) {
                        self.flatten(&fragment.selection_set.node, types, into);
                    }
                }
            }
        }
    }

    fn leaves_out(&self, directive: &Directive) -> bool {
        let given = directive
            .get_argument("if")
            .and_then(|value| present(value.node.clone().into_const_with(|name| self.variable(&name))));
        match directive.name.node.as_str() {
            "skip" => given == Some(Value::Bool(true)),
            "include" => given == Some(Value::Bool(false)),
            _ => false,
        }
    }

    pub fn arguments(&self, field: &Field) -> Map<String, Value> {
        let given = field.arguments.iter().filter_map(|(name, value)| {
            let value = present(value.node.clone().into_const_with(|name| self.variable(&name)))?;
            Some((name.node.to_string(), value))
        });
        given.collect()
    }

    /// What a variable stands for.
    fn variable(&self, name: &Name) -> Result<Constant, ()> {
        Ok(match self.variables.get(name.as_str()) {
            Some(value) => Constant::from_json(value.clone()).expect("a constant"),
            None => Constant::Enum(Name::new(ABSENT)),
        })
    }
}

fn only(parsed: &ExecutableDocument) -> &OperationDefinition {
    &parsed.operations.iter().next().expect("an operation").1.node
}

fn present(value: Result<Constant, ()>) -> Option<Value> {
    without_absent(value.expect("variables have values").into_json().expect("JSON"))
}

fn without_absent(value: Value) -> Option<Value> {
    match value {
        Value::String(text) if text == ABSENT => None,
        Value::Array(items) => Some(items.into_iter().map(|item| without_absent(item).unwrap_or_default()).collect()),
        Value::Object(fields) => {
            let fields = fields.into_iter().filter_map(|(name, value)| Some((name, without_absent(value)?)));
            Some(Value::Object(fields.collect()))
        }
        other => Some(other),
    }
}

/// The selection sets below merged fields.
pub fn below<'a>(merged: &[&'a Field]) -> Vec<&'a SelectionSet> {
    merged.iter().map(|field| &field.selection_set.node).collect()
}
