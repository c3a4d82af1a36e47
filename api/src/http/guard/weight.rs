//! What a selection set weighs once its fragments are expanded.

use std::collections::HashMap;
use std::convert::Infallible;

use async_graphql::parser::types::{Directive, Field, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned, Value, Variables};

use super::limits::Limits;
use super::refusal::{Limit, Refusal, within};

/// Units of an object: the library looks for every field of its type, present or not, so that `{}` is dear.
const OBJECT_UNITS: u64 = 8;

/// Bytes of text that weigh as much as one more value.
const TEXT_UNIT: usize = 32;

/// The numbers of one selection set with all that is in it, fragments expanded. Sums saturate: they grow exponentially with the
/// number of fragments, and a saturated number is over every limit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weight {
    /// Selections of every kind, directives and arguments.
    pub nodes: u64,
    /// Fields.
    pub fields: u64,
    /// Fields that end in this very set, whatever fragments they come through.
    pub own_fields: u64,
    /// The same, each with the cost of comparing its arguments to those of a field with the same response name.
    pub own_merges: u64,
    /// Fields with an alias.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// Units of argument values.
    pub units: u64,
    /// Fields inside fields.
    pub depth: u64,
    /// Selection sets inside selection sets, this one included.
    pub nesting: u64,
    /// Lists inside lists, should this set lie in an introspection.
    pub lists: u64,
    /// Lists inside lists of the introspections that lie in this set.
    pub introspection: u64,
}

impl Weight {
    /// Puts `other` beside what is already here.
    fn beside(&mut self, other: &Self) {
        let sums = [
            (&mut self.nodes, other.nodes),
            (&mut self.fields, other.fields),
            (&mut self.own_fields, other.own_fields),
            (&mut self.own_merges, other.own_merges),
            (&mut self.aliases, other.aliases),
            (&mut self.directives, other.directives),
            (&mut self.units, other.units),
        ];
        for (sum, more) in sums {
            *sum = sum.saturating_add(more);
        }
        let peaks = [
            (&mut self.depth, other.depth),
            (&mut self.nesting, other.nesting),
            (&mut self.lists, other.lists),
            (&mut self.introspection, other.introspection),
        ];
        for (peak, more) in peaks {
            *peak = (*peak).max(more);
        }
    }
}

/// Weighs the definitions of one document. Fragments must be weighed before what spreads them.
pub(super) struct Scale<'a> {
    limits: &'a Limits,
    variables: HashMap<&'a str, u64>,
    fragments: HashMap<&'a str, Weight>,
    /// Comparisons of overlapping fields, in all definitions.
    pub merges: u64,
    /// Units of argument values as written, each argument once, in all definitions.
    pub units: u64,
    /// Nodes visited.
    pub work: u64,
}

impl<'a> Scale<'a> {
    /// A scale that knows what each variable weighs.
    pub fn new(variables: &'a Variables, limits: &'a Limits) -> Self {
        let mut scale =
            Self { limits, variables: HashMap::new(), fragments: HashMap::new(), merges: 0, units: 0, work: 0 };
        for (name, value) in variables.iter() {
            scale.give(name, value);
        }
        scale
    }

    /// One more value that the variable may stand for: given with the request, or its default. The heavier counts.
    pub fn give(&mut self, name: &'a Name, value: &Value) {
        let units = self.value(value);
        let known = self.variables.entry(name.as_str()).or_default();
        *known = units.max(*known);
    }

    /// Units of a value, variables in it put in their places.
    fn value(&mut self, value: &Value) -> u64 {
        let (mut units, mut pending) = (0_u64, vec![value]);
        while let Some(value) = pending.pop() {
            self.work += 1;
            let own = match value {
                Value::Enum(name) if name.starts_with('$') => {
                    self.variables.get(&name.as_str()[1..]).copied().unwrap_or(1)
                }
                Value::String(text) => 1 + text_units(text),
                Value::Object(members) => OBJECT_UNITS + members.keys().map(|key| text_units(key)).sum::<u64>(),
                _ => 1,
            };
            units = units.saturating_add(own);
            match value {
                Value::List(items) => pending.extend(items),
                Value::Object(members) => pending.extend(members.values()),
                _ => {}
            }
        }
        units
    }

    /// Keeps what a fragment weighs, for all that spread it.
    pub fn keep(&mut self, name: &'a str, weight: Weight) {
        self.fragments.insert(name, weight);
    }

    /// Weighs a definition: its directives and its selection set. Recursion is as deep as brackets are in the text (the parser
    /// refuses more than 64), never as deep as fragments follow one another.
    pub fn definition(
        &mut self,
        directives: &[Positioned<Directive>],
        set: &SelectionSet,
        at: Pos,
    ) -> Result<Weight, Refusal> {
        let mut weight = self.set(set)?;
        weight.beside(&self.directives(directives)?);
        let allowed = self.limits.nesting.min(super::NESTING_CEILING);
        within(Limit::Depth, weight.nesting, allowed, Some(at.into()))?;
        Ok(weight)
    }

    fn set(&mut self, set: &SelectionSet) -> Result<Weight, Refusal> {
        let mut weight = Weight::default();
        for selection in &set.items {
            self.work += 1;
            weight.beside(&Weight { nodes: 1, ..Weight::default() });
            weight.beside(&self.directives(selection.node.directives())?);
            let inside = match &selection.node {
                Selection::Field(field) => self.field(&field.node, field.pos)?,
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node)?,
                // An unknown fragment is the library's to refuse: it weighs the node of its spread.
                Selection::FragmentSpread(spread) => {
                    self.fragments.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or_default()
                }
            };
            weight.beside(&inside);
        }
        if !set.items.is_empty() {
            weight.nesting = weight.nesting.saturating_add(1);
            self.merges = self.merges.saturating_add(weight.own_merges);
        }
        Ok(weight)
    }

    fn field(&mut self, field: &Field, at: Pos) -> Result<Weight, Refusal> {
        let mut weight = self.set(&field.selection_set.node)?;
        let values = field.arguments.iter().map(|(_, value)| value.node.clone().into_const_with(stand_in));
        let before = self.work;
        let arguments = self.arguments(values, at)?;
        // As written: two uses of a variable are compared by its name.
        let values_written = self.work - before;
        let count = field.arguments.len() as u64;
        weight.fields = weight.fields.saturating_add(1);
        weight.own_fields = 1;
        weight.own_merges = count.saturating_mul(count).saturating_add(values_written).saturating_add(1);
        weight.aliases = weight.aliases.saturating_add(u64::from(field.alias.is_some()));
        weight.depth = weight.depth.saturating_add(1);
        match field.name.node.as_str() {
            "types" | "fields" | "inputFields" | "interfaces" | "possibleTypes" => {
                weight.lists = weight.lists.saturating_add(1);
            }
            "__schema" | "__type" => weight.introspection = weight.introspection.max(weight.lists),
            _ => {}
        }
        weight.beside(&arguments);
        Ok(weight)
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) -> Result<Weight, Refusal> {
        let count = directives.len() as u64;
        let mut weight = Weight { nodes: count, directives: count, ..Weight::default() };
        for directive in directives {
            let arguments = &directive.node.arguments;
            let values = arguments.iter().map(|(_, value)| value.node.clone().into_const_with(stand_in));
            weight.beside(&self.arguments(values, directive.pos)?);
        }
        Ok(weight)
    }

    fn arguments(
        &mut self,
        values: impl ExactSizeIterator<Item = Result<Value, Infallible>>,
        at: Pos,
    ) -> Result<Weight, Refusal> {
        let count = values.len() as u64;
        within(Limit::Arguments, count, self.limits.arguments, Some(at.into()))?;
        let units = values.flatten().fold(0_u64, |units, value| units.saturating_add(self.value(&value)));
        self.units = self.units.saturating_add(units);
        Ok(Weight { nodes: count, units, ..Weight::default() })
    }
}

/// What stands for a variable in an argument that is weighed: an enum value with a sign that no name can have. (The library does
/// not export its own type of values with variables in them; only this way through it is open.)
fn stand_in(variable: Name) -> Result<Value, Infallible> {
    Ok(Value::Enum(Name::new(format!("${variable}"))))
}

fn text_units(text: &str) -> u64 {
    (text.len() / TEXT_UNIT) as u64
}
