//! What every written row goes through: texts in one normal form, folded keys, values as the history shows them.

use std::collections::HashMap;

use entity::fold;
use sea_orm::{ActiveModelTrait, ActiveValue, EntityTrait, IdenStatic as _, Iterable as _, ModelTrait as _, Value};
use serde_json::{Map, Value as Json, json};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};
use uuid::Uuid;

use super::{granted::column, recorded::Recorded};

/// The column that counts how often a row was written.
pub(super) const VERSION: &str = "row_version";

/// Brings texts to NFC and writes the `…_key` column beside every text that has one. Instants need nothing: their
/// type holds whole microseconds.
pub(super) fn prepare<A: ActiveModelTrait>(row: &mut A) {
    for text in <A::Entity as EntityTrait>::Column::iter() {
        let ActiveValue::Set(Value::String(Some(value))) = row.get(text) else { continue };
        if let Some(key) = column::<A::Entity>(&format!("{}_key", text.as_str())) {
            row.set(key, fold(&value).into());
        }
        if !is_nfc(&value) {
            row.set(text, value.nfc().collect::<String>().into());
        }
    }
}

/// The key that a row to be written has, or gets now; `None` when its table has no keys.
pub(super) fn give_key<A: ActiveModelTrait>(row: &mut A) -> Option<Uuid> {
    let id = column::<A::Entity>("id")?;
    if let ActiveValue::Set(Value::Uuid(Some(key))) | ActiveValue::Unchanged(Value::Uuid(Some(key))) = row.get(id) {
        row.set(id, key.into());
        return Some(key);
    }
    let key = Uuid::now_v7();
    row.set(id, key.into());
    Some(key)
}

/// Sets a column by its name, where there is one.
pub(super) fn put<A: ActiveModelTrait>(row: &mut A, name: &str, value: Value) {
    if let Some(column) = column::<A::Entity>(name) {
        row.set(column, value);
    }
}

/// Columns that tell nothing: who owns the row, how often it was written, what is folded from another column, hashes of
/// secrets.
fn is_told<E: EntityTrait>(name: &str) -> bool {
    !matches!(name, "id" | "organization_id" | VERSION)
        && !name.ends_with("_hash")
        && name.strip_suffix("_key").and_then(column::<E>).is_none()
}

/// The difference between two states of a row: `{column: [before, after]}`; `None` stands for "is not there".
#[derive(Default)]
pub(super) struct Difference {
    /// What is told as it stands.
    pub open: Map<String, Json>,
    /// What is told under the person's key only.
    pub personal: Map<String, Json>,
}

/// Compares two states of a row. A personal value that was written is told even when it is the same: whoever reads the
/// history but not the value would learn which of them there are.
pub(super) fn difference<E: Recorded>(
    before: Option<&E::Model>,
    after: Option<&E::Model>,
    written: impl Fn(E::Column) -> bool,
) -> Difference {
    let value = |row: Option<&E::Model>, column| row.map_or(Json::Null, |row| plain(row.get(column)));
    let mut difference = Difference::default();
    for column in E::Column::iter().filter(|column| is_told::<E>(column.as_str())) {
        let (old, new) = (value(before, column), value(after, column));
        let (name, changed) = (column.as_str(), old != new);
        if E::PERSONAL.contains(&name) {
            if changed || written(column) {
                difference.personal.insert(name.to_owned(), json!([old, new]));
            }
        } else if changed {
            let told = if E::NAMES.contains(&name) { &mut difference.personal } else { &mut difference.open };
            told.insert(name.to_owned(), json!([old, new]));
        }
    }
    difference
}

/// A stored value as JSON.
pub(super) fn plain(value: Value) -> Json {
    match value {
        Value::Bool(truth) => truth.into(),
        Value::SmallInt(number) => number.into(),
        Value::Int(number) => number.into(),
        Value::BigInt(number) => number.into(),
        Value::String(text) => text.into(),
        Value::Uuid(uuid) => uuid.map(|uuid| uuid.to_string()).into(),
        Value::ChronoDate(date) => date.map(|date| date.to_string()).into(),
        // No table has other types; should one come, its SQL form is still true to the value.
        other => other.to_string().into(),
    }
}

/// How many rows the next statement takes: a power of two, so that a handful of prepared statements serves every
/// number of rows, and few enough for what both databases let a statement bind.
pub(super) fn portion<E: EntityTrait>(rows: usize) -> usize {
    const BINDS: usize = 32_000;
    const ROWS: usize = 512;
    let most = (BINDS / E::Column::iter().count().max(1)).clamp(1, ROWS);
    1 << rows.clamp(1, most).ilog2()
}

/// Rows in the order of their keys.
pub(super) fn in_order<E: EntityTrait>(keys: &[Uuid], rows: Vec<E::Model>) -> Vec<E::Model> {
    let mut rows: HashMap<Uuid, E::Model> = rows.into_iter().map(|row| (super::granted::key::<E>(&row), row)).collect();
    keys.iter().filter_map(|key| rows.remove(key)).collect()
}
