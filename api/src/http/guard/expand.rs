//! The size of a parsed document after its fragments are expanded, without expanding them.

use std::collections::HashMap;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Pos, Positioned, Variables};

use super::limits::Limits;
use super::refusal::{Limit, Position, Refusal, within};
use super::weight::{Scale, Weight};

/// How large a document is once its fragments are expanded. `nodes`, `merges` and `argument_units` are of the whole document,
/// because the library validates all of it; the rest is of the operation that would be executed, or the largest
/// of each if that is not clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measured {
    /// Selections of every kind, directives and arguments.
    pub nodes: u64,
    /// Comparisons made by the rule of overlapping fields.
    pub merges: u64,
    /// Values of arguments, variables put in their places; see [`Limits::argument_units`].
    pub argument_units: u64,
    /// Fields.
    pub fields: u64,
    /// Fields inside fields.
    pub depth: u64,
    /// Fields with an alias.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// Fields at the root, repeated ones included.
    pub root_fields: u64,
    /// Nodes of the document and values of the variables that were visited: each at most twice.
    pub work: u64,
}

/// Measures the document that a request brings, with the variables that come with it. `operation` is the name that the
/// request gives; without a match all operations must be within the limits of one.
///
/// # Errors
///
/// A bound is passed, or a fragment contains itself. What else is wrong (an unknown fragment, no such operation) is the
/// library's to say.
pub fn measure(
    document: &ExecutableDocument,
    operation: Option<&str>,
    variables: &Variables,
    limits: &Limits,
) -> Result<Measured, Refusal> {
    within(Limit::Fragments, document.fragments.len() as u64, limits.fragments, None)?;
    let operations = in_order(document, limits)?;
    let mut scale = Scale::new(variables, limits);
    for (_, definition) in &operations {
        for variable in &definition.node.variable_definitions {
            if let Some(default) = &variable.node.default_value {
                scale.give(&variable.node.name.node, &default.node);
            }
        }
    }
    for name in dependencies_first(document, &mut scale.work)? {
        let Some((name, fragment)) = document.fragments.get_key_value(name) else { continue };
        let weight = scale.definition(&fragment.node.directives, &fragment.node.selection_set.node, fragment.pos)?;
        scale.keep(name.as_str(), weight);
    }
    let known = operation.is_some_and(|wanted| operations.iter().any(|(name, _)| *name == Some(wanted)));
    let mut measured = Measured::default();
    for (name, definition) in operations {
        let weight = weigh_operation(&mut scale, definition)?;
        measured.nodes = measured.nodes.saturating_add(weight.nodes);
        measured.argument_units = measured.argument_units.saturating_add(weight.units);
        within(Limit::Selection, measured.nodes, limits.nodes, Some(definition.pos.into()))?;
        within(Limit::ArgumentValues, measured.argument_units, limits.argument_units, Some(definition.pos.into()))?;
        if !known || name == operation {
            measured.executed(&weight, limits, definition.pos)?;
        }
    }
    measured.merges = scale.merges;
    measured.argument_units = measured.argument_units.max(scale.units);
    measured.work = scale.work;
    within(Limit::Selection, measured.merges, limits.merges, None)?;
    within(Limit::ArgumentValues, measured.argument_units, limits.argument_units, None)?;
    Ok(measured)
}

impl Measured {
    /// Checks the weight of an operation that may be executed, and keeps the largest.
    fn executed(&mut self, weight: &Weight, limits: &Limits, at: Pos) -> Result<(), Refusal> {
        let at = Some(Position::from(at));
        within(Limit::Depth, weight.depth, limits.depth, at)?;
        within(Limit::RootFields, weight.own_fields, limits.root_fields, at)?;
        within(Limit::Aliases, weight.aliases, limits.aliases, at)?;
        within(Limit::Directives, weight.directives, limits.directives, at)?;
        within(Limit::Introspection, weight.introspection, limits.introspection_lists, at)?;
        within(Limit::Selection, weight.fields, limits.fields, at)?;
        self.fields = self.fields.max(weight.fields);
        self.depth = self.depth.max(weight.depth);
        self.aliases = self.aliases.max(weight.aliases);
        self.directives = self.directives.max(weight.directives);
        self.root_fields = self.root_fields.max(weight.own_fields);
        Ok(())
    }
}

type Operations<'a> = Vec<(Option<&'a str>, &'a Positioned<OperationDefinition>)>;

/// The operations as they are written, so that the same document is always refused for the same reason.
fn in_order<'a>(document: &'a ExecutableDocument, limits: &Limits) -> Result<Operations<'a>, Refusal> {
    let mut operations: Operations<'a> = match &document.operations {
        DocumentOperations::Single(definition) => vec![(None, definition)],
        DocumentOperations::Multiple(named) => {
            named.iter().map(|(name, definition)| (Some(name.as_str()), definition)).collect()
        }
    };
    within(Limit::Operations, operations.len() as u64, limits.operations, None)?;
    operations.sort_unstable_by_key(|(_, definition)| definition.pos);
    for (_, definition) in &operations {
        let declared = definition.node.variable_definitions.len() as u64;
        within(Limit::Variables, declared, limits.variables, Some(definition.pos.into()))?;
    }
    Ok(operations)
}

/// Weighs an operation, the directives of its variables included.
fn weigh_operation(scale: &mut Scale<'_>, definition: &Positioned<OperationDefinition>) -> Result<Weight, Refusal> {
    let operation = &definition.node;
    let mut weight = scale.definition(&operation.directives, &operation.selection_set.node, definition.pos)?;
    for variable in &operation.variable_definitions {
        let directives = variable.node.directives.len() as u64;
        weight.directives = weight.directives.saturating_add(directives);
        weight.nodes = weight.nodes.saturating_add(directives).saturating_add(1);
        scale.work += 1;
    }
    Ok(weight)
}

/// A fragment on the way from one that is being looked at to those that it spreads.
struct Step<'a> {
    name: &'a str,
    spreads: Vec<(&'a str, Pos)>,
}

/// The names of the fragments, each behind all that it spreads. Depth first with a stack of its own: a chain as long as the
/// document allows costs memory, not the thread.
fn dependencies_first<'a>(document: &'a ExecutableDocument, work: &mut u64) -> Result<Vec<&'a str>, Refusal> {
    let mut written: Vec<(&Name, Pos)> =
        document.fragments.iter().map(|(name, fragment)| (name, fragment.pos)).collect();
    written.sort_unstable_by_key(|(_, pos)| *pos);
    // Absent: not reached. False: on the way. True: done.
    let mut reached: HashMap<&str, bool> = HashMap::with_capacity(written.len());
    let mut order = Vec::with_capacity(written.len());
    for (first, pos) in written {
        let mut way: Vec<Step<'a>> = Vec::new();
        let mut next = Some((first.as_str(), pos));
        loop {
            if let Some((name, at)) = next {
                match reached.get(name) {
                    Some(false) => {
                        return Err(Refusal::FragmentCycle { fragment: name.to_owned(), at: at.into() });
                    }
                    Some(true) => {}
                    None => way.extend(enter(document, name, &mut reached, work)),
                }
            }
            let Some(step) = way.last_mut() else { break };
            next = step.spreads.pop();
            if next.is_none() {
                reached.insert(step.name, true);
                order.push(step.name);
                way.pop();
            }
        }
    }
    Ok(order)
}

fn enter<'a>(
    document: &'a ExecutableDocument,
    name: &'a str,
    reached: &mut HashMap<&'a str, bool>,
    work: &mut u64,
) -> Option<Step<'a>> {
    let fragment = document.fragments.get(name)?;
    reached.insert(name, false);
    let mut spreads = Vec::new();
    let mut sets: Vec<&SelectionSet> = vec![&fragment.node.selection_set.node];
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            *work += 1;
            match &selection.node {
                Selection::Field(field) => sets.push(&field.node.selection_set.node),
                Selection::InlineFragment(inline) => sets.push(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    spreads.push((spread.node.fragment_name.node.as_str(), spread.pos));
                }
            }
        }
    }
    Some(Step { name, spreads })
}
