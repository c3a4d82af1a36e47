//! Counts by group: `…Groups(by:, where:, first:)`.

use async_graphql::parser::types::SelectionSet;
use serde_json::{Map, Value, json};

use super::{
    arguments,
    listing::{self, MAX_PAGE, Path},
    plan::{Decode, Level, Moment, OrderKey, Picked, Reading},
    planner::Planner,
    render::Renderer,
    snapshot::{ReadFault, Snapshot, StatementCount},
    sql::Statement,
    write::value,
};
use crate::graph::{
    Declaration,
    declaration::{Scalar, Source},
    error::{ErrorCode, Locale, Refusal},
    root::GROUPS,
};

/// Counts by group, planned.
#[derive(Debug)]
pub struct Groups {
    level: Level,
    keys: Vec<(String, Path, OrderKey)>,
    /// What stands for the keys that are ids: the place of the key, and how it is called.
    labels: Vec<(usize, OrderKey)>,
    first: usize,
    /// What is picked from the answer.
    pub picked: Picked,
}

/// Plans a `…Groups` field.
pub fn plan<'a>(
    planner: &mut Planner<'a>,
    declaration: &'static Declaration,
    mut arguments: Map<String, Value>,
    sets: &[&'a SelectionSet],
    moment: Moment,
) -> Result<Groups, Refusal> {
    planner.allow(declaration)?;
    let known = listing::paths(declaration, |member| member.group);
    let first = arguments::int(&mut arguments, "first").unwrap_or(MAX_PAGE);
    if !(1..=MAX_PAGE).contains(&first) {
        return Err(ErrorCode::PageSizeInvalid.at(["first"]).with("maximum", MAX_PAGE));
    }
    let by = arguments::list(arguments.remove("by").unwrap_or_default());
    if by.is_empty() || by.len() > 3 {
        return Err(arguments::input_fault("by"));
    }
    let filter = arguments.remove("where").filter(|filter| !filter.is_null());
    let asked = moment.clone();
    let number = planner.root(declaration, moment);
    planner.levels[number].dated = declaration.dated;
    let (mut keys, mut labels) = (Vec::new(), Vec::new());
    for word in &by {
        let word = word.as_str().unwrap_or_default();
        let path = known.iter().find(|(name, _)| name == word).map(|(_, path)| *path);
        let path = path.ok_or_else(|| arguments::input_fault("by"))?;
        if let Some(label) = path.label() {
            // As it is called on the day asked for: rows of one group may be read on different days.
            labels.push((keys.len(), OrderKey { moment: asked.clone(), ..plain(planner, number, &label)? }));
        }
        keys.push((word.to_owned(), path, plain(planner, number, &path)?));
    }
    planner.levels[number].filter = filter.map(|filter| listing::condition(declaration, &filter)).transpose()?;
    let picked = planner.pick_object(&GROUPS, sets);
    // The level is read by a statement of its own kind, not with the others.
    let level = planner.levels.pop().ok_or(ErrorCode::Internal)?;
    Ok(Groups { level, keys, labels, first: first as usize, picked })
}

/// The value itself, not the key that orders it.
fn plain(planner: &mut Planner<'_>, level: usize, path: &Path) -> Result<OrderKey, Refusal> {
    let mut key = planner.order_key(level, path, false)?;
    if let Source::Column(sql, scalar) = &path.member.source {
        key.sql = Reading::of(*sql, *scalar);
    }
    Ok(key)
}

impl Groups {
    /// Reads the counts.
    pub async fn read(
        &self,
        planner: &super::planner::Context<'_>,
        snapshot: &mut Snapshot<'_>,
        count: &StatementCount,
    ) -> Result<Value, ReadFault> {
        let reach = |declaration: &'static Declaration| planner.actor.reach(declaration.visibility.subject);
        let keys = self.keys.iter().map(|(_, _, key)| key).chain(self.labels.iter().map(|(_, label)| label));
        let keys: Vec<&OrderKey> = keys.collect();
        let statement =
            Renderer::new(&self.level, Statement::new(snapshot.dialect()), &reach).groups(&keys, self.first);
        let mut decodes: Vec<Decode> = keys.iter().map(|key| key.sql.decode()).collect();
        decodes.push(Decode::Big);
        let rows = snapshot.fetch(statement, &decodes, count).await?;
        let nodes = (0..rows.len()).map(|row| {
            let keys = self.keys.iter().enumerate().map(|(column, (field, path, _))| {
                let scalar = match &path.member.source {
                    Source::Column(_, scalar) => *scalar,
                    _ => Scalar::Text,
                };
                let value = match value(&rows, row, column, scalar, path.kind()) {
                    Value::Null => Value::Null,
                    Value::String(text) => Value::String(text),
                    other => Value::String(other.to_string()),
                };
                let called = self.labels.iter().position(|(key, _)| *key == column);
                let called = called.and_then(|place| rows.text(row, self.keys.len() + place)).map(Value::from);
                let label = called.unwrap_or_else(|| label(scalar, &value, planner.locale));
                json!({ "field": field, "value": value, "label": label })
            });
            json!({ "key": keys.collect::<Value>(), "count": rows.int(row, decodes.len() - 1) })
        });
        Ok(json!({ "nodes": nodes.collect::<Value>() }))
    }
}

fn label(scalar: Scalar, value: &Value, locale: Locale) -> Value {
    let Scalar::Enum(vocabulary) = scalar else { return value.clone() };
    let term = value.as_str().and_then(|name| vocabulary.by_name(name));
    term.map_or(Value::Null, |term| Value::from(if locale == Locale::En { term.en } else { term.es }))
}

impl Path {
    fn kind(&self) -> u8 {
        self.edge.and_then(|edge| edge.target.kind).map_or(0, |kind| kind as u8)
    }
}
