//! What an answer did cost.

use async_graphql::parser::types::{OperationDefinition, SelectionSet};
use serde_json::{Map, Value};

use super::{Cost, CostTable, requested::root};
use crate::reader::collect::{Merged, Source, below};

impl CostTable {
    /// What the `data` of an answer cost: the fields answered and the objects given. Never more than was requested, for what a list of
    /// assumed size brings beyond that is free.
    pub fn actual<'t, 'd>(&'t self, source: Source<'d>, operation: &'d OperationDefinition, data: &Value) -> Cost<'t> {
        let mut walk = Walk { table: self, source, cost: Cost::default() };
        if let Value::Object(data) = data {
            walk.object(root(operation), &[&operation.selection_set.node], data);
        }
        walk.cost
    }
}

struct Walk<'t, 'd> {
    table: &'t CostTable,
    source: Source<'d>,
    cost: Cost<'t>,
}

impl<'t, 'd> Walk<'t, 'd> {
    /// Adds what was given of an object. Which type it is of shows in its fields; where several have the same, the cheapest counts.
    fn object(&mut self, ty: &str, sets: &[&'d SelectionSet], data: &Map<String, Value>) {
        match self.table.alternatives(ty, self.source, sets).as_slice() {
            [] => {}
            [only] => self.of_type(only, sets, data),
            several => {
                let fitting = several.iter().filter(|ty| self.fits(ty, sets, data)).map(|ty| {
                    let mut walk = Walk { table: self.table, source: self.source, cost: Cost::default() };
                    walk.of_type(ty, sets, data);
                    walk.cost
                });
                if let Some(cheapest) = fitting.min_by_key(Cost::total) {
                    self.cost.merge(cheapest);
                }
            }
        }
    }

    /// Has an object of this type exactly these fields?
    fn fits(&self, ty: &str, sets: &[&'d SelectionSet], data: &Map<String, Value>) -> bool {
        let fields = self.source.fields(sets, &|condition| self.table.applies(condition, ty));
        fields.len() == data.len() && fields.keys().all(|key| data.contains_key(*key))
    }

    fn of_type(&mut self, ty: &'t str, sets: &[&'d SelectionSet], data: &Map<String, Value>) {
        let table = self.table;
        for (key, merged) in self.source.fields(sets, &|condition| table.applies(condition, ty)) {
            if let Some(value) = data.get(key) {
                self.field(ty, &merged, value);
            }
        }
    }

    fn field(&mut self, ty: &'t str, merged: &Merged<'d>, value: &Value) {
        let field = &merged[0].node;
        let Some((name, price)) = self.table.field(ty, field.name.node.as_str()) else { return };
        self.cost.add((ty, name), price.weight);
        let Some((of, priced)) = price.of.as_deref().and_then(|of| self.table.ty(of)) else { return };
        let items = match value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let assumed = price.length.as_ref().filter(|length| length.sized.is_empty());
        let assumed = assumed.filter(|length| length.given(self.source, field).is_none());
        let most = assumed.map_or(items.len(), |length| length.of(self.source, field) as usize);
        for item in items.iter().take(most) {
            if let Value::Object(item) = item {
                self.cost.add((ty, name), priced.weight);
                self.object(of, &below(merged), item);
            }
        }
    }
}
