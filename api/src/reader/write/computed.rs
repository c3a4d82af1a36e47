//! Values that are computed from a row: figures, and what an actor can.

use super::*;
use crate::access::visibility::keys;

impl<'a> Writer<'a> {
    pub(super) fn figure(&mut self, level: usize, row: usize, node: &'a FigureNode) {
        match computed(self.rows(level), row, node, &self.context) {
            Ok((value, shown)) => {
                if let Some(shown) = shown {
                    for field in shown.fields {
                        self.reads.add(shown.organization, shown.person, field);
                    }
                }
                self.picked(&value, &node.picked);
            }
            Err(refusal) => self.fail(refusal),
        }
    }

    pub(super) fn can(&mut self, level: usize, row: usize, node: &'a CanNode) {
        let permission = permitted(self.rows(level), row, node, &self.context);
        self.picked(&permission, &node.picked);
    }

    /// Adds what is picked from a computed value.
    pub fn picked(&mut self, value: &Value, picked: &'a Picked) {
        match (value, picked) {
            (Value::Array(items), Picked::Fields(..)) => {
                self.list(0..items.len(), |writer, item| writer.picked(&items[item], picked));
            }
            (Value::Object(object), Picked::Fields(name, fields)) => {
                self.raw("{");
                for (number, (key, field, below)) in fields.iter().enumerate() {
                    if number > 0 {
                        self.raw(",");
                    }
                    self.response_key(key);
                    match field {
                        None => self.string(name),
                        Some(field) => self.picked(object.get(*field).unwrap_or(&Value::Null), below),
                    }
                }
                self.raw("}");
            }
            (value, _) => {
                let _ = serde_json::to_writer(&mut self.out, value);
            }
        }
    }
}

/// The value of a figure, and what it shows of somebody's personal data.
fn computed(
    rows: &Rows,
    row: usize,
    node: &FigureNode,
    context: &Context<'_>,
) -> Result<(Value, Option<Revealed>), Refusal> {
    let cells = cells(rows, row, &node.columns);
    let input = FigureInput {
        cells: &cells,
        arguments: &node.arguments,
        viewer: context.actor,
        locale: context.locale,
        today: context.today,
    };
    let value = (node.figure.compute)(&input)?;
    let shown = node.figure.reveals.and_then(|reveals| reveals(&input, &value));
    Ok((value, shown))
}

/// Whether an act may be done on a row, as the schema's `Permission`.
pub fn permitted(rows: &Rows, row: usize, node: &CanNode, context: &Context<'_>) -> Value {
    let steps = node.steps.as_ref().and_then(|(state, scalar, figure)| {
        Some((value(rows, row, *state, *scalar, 0), computed(rows, row, figure, context).ok()?.0))
    });
    let guard = node.guard.as_ref().map(|(guard, columns)| (*guard, cells(rows, row, columns)));
    let found = |cells| Found { cells, actor: context.actor, today: context.today };
    let asked = Asked {
        rule: node.rule,
        applies: node.applies,
        organization: node.organization.and_then(|column| rows.uuid(row, column)),
        units: match node.units {
            Some(column) => keys(rows.text(row, column)),
            None => node.unit.and_then(|column| rows.uuid(row, column)).into_iter().collect(),
        },
        guard: guard.as_ref().map(|(guard, cells)| (*guard, found(cells))),
        steps: steps.as_ref().map(|(state, steps)| (state, steps)),
    };
    permission(context.actor, &asked, context.locale)
}

/// What a figure or a guard needs of a row.
fn cells(rows: &Rows, row: usize, columns: &[Need]) -> Vec<Value> {
    columns.iter().map(|(column, scalar, kind)| value(rows, row, *column, *scalar, *kind)).collect()
}
