//! What a request may cost at the most, before it is run.

use async_graphql::parser::types::{OperationDefinition, OperationType, SelectionSet};

use super::{Coordinate, Cost, CostTable};
use crate::reader::collect::{Merged, Source, below};

impl CostTable {
    /// What an operation may cost with these variables.
    pub fn requested<'t, 'd>(&'t self, source: Source<'d>, operation: &'d OperationDefinition) -> Cost<'t> {
        let mut walk = Walk { table: self, source, cost: Cost::default() };
        walk.object(root(operation), &[&operation.selection_set.node], 1, None);
        walk.cost
    }
}

/// The type of an operation's root.
pub(super) fn root(operation: &OperationDefinition) -> &'static str {
    match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// The fields of an object that are its list, how long that is, and which coordinate it is counted with.
#[derive(Clone, Copy)]
struct Sized<'t> {
    fields: &'t [String],
    size: u64,
    coordinate: Coordinate<'t>,
}

struct Walk<'t, 'd> {
    table: &'t CostTable,
    source: Source<'d>,
    cost: Cost<'t>,
}

impl<'t, 'd> Walk<'t, 'd> {
    /// Adds what is selected of so many objects.
    fn object(&mut self, ty: &str, sets: &[&'d SelectionSet], times: u64, sized: Option<Sized<'t>>) {
        match self.table.alternatives(ty, self.source, sets).as_slice() {
            [] => {}
            [only] => self.of_type(only, sets, times, sized),
            several => {
                let each = several.iter().map(|ty| {
                    let mut walk = Walk { table: self.table, source: self.source, cost: Cost::default() };
                    walk.of_type(ty, sets, times, sized);
                    walk.cost
                });
                if let Some(dearest) = each.max_by_key(Cost::total) {
                    self.cost.merge(dearest);
                }
            }
        }
    }

    fn of_type(&mut self, ty: &'t str, sets: &[&'d SelectionSet], times: u64, sized: Option<Sized<'t>>) {
        let table = self.table;
        for merged in self.source.fields(sets, &|condition| table.applies(condition, ty)).values() {
            self.field(ty, merged, times, sized);
        }
    }

    fn field(&mut self, ty: &'t str, merged: &Merged<'d>, times: u64, sized: Option<Sized<'t>>) {
        let field = &merged[0].node;
        let Some((name, price)) = self.table.field(ty, field.name.node.as_str()) else { return };
        self.cost.add((ty, name), price.weight.saturating_mul(times));
        let Some((of, priced)) = price.of.as_deref().and_then(|of| self.table.ty(of)) else { return };
        let given = sized.filter(|sized| sized.fields.iter().any(|sized| sized == name));
        let own = price.length.as_ref().map(|length| (length, length.of(self.source, field)));
        let (count, inner) = match (given, own) {
            (Some(sized), _) => (sized.size, None),
            (None, Some((length, size))) if length.sized.is_empty() => (size, None),
            (None, Some((length, size))) => (1, Some(Sized { fields: &length.sized, size, coordinate: (ty, name) })),
            (None, None) => (1, None),
        };
        let times = times.saturating_mul(count);
        self.cost.add(given.map_or((ty, name), |sized| sized.coordinate), priced.weight.saturating_mul(times));
        // Below an edge of a page stands what the page is counted with.
        let edge =
            given.filter(|_| priced.weight == 0).map(|sized| Sized { fields: NODE.as_slice(), size: 1, ..sized });
        self.object(of, &below(merged), times, inner.or(edge));
    }
}

/// What an edge leads to.
static NODE: std::sync::LazyLock<[String; 1]> = std::sync::LazyLock::new(|| ["node".to_owned()]);
