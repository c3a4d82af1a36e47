//! What a database holds already, as a data set.

use std::collections::HashMap;

use articula::{
    catalogue::ENTITIES,
    graph::declaration::{Scalar, Source, Sql},
};
use serde_json::Value;
use uuid::Uuid;

use super::{Data, Table, Val};
use crate::{database::Fresh, rows::Row};

impl Data {
    /// The declared columns of all rows of a database.
    pub async fn of(fresh: &Fresh) -> Self {
        let rows = fresh.rows().await;
        let mut data = Self::default();
        for declaration in ENTITIES {
            if declaration.is_view() || data.tables.iter().any(|table| table.name == declaration.table) {
                continue;
            }
            let columns: Vec<_> = declaration
                .members
                .iter()
                .filter_map(|member| match member.source {
                    Source::Column(Sql::Column(column), scalar) => Some((column, scalar)),
                    _ => None,
                })
                .collect();
            let row = |row: &String| {
                let row: Row = serde_json::from_str(row).expect("a row");
                columns.iter().map(|(column, scalar)| value(&row[*column], *scalar)).collect::<Vec<_>>()
            };
            let rows: Vec<_> = rows[declaration.table].iter().map(row).collect();
            let columns: Vec<_> = columns.iter().map(|(column, _)| *column).collect();
            data.tables.push(Table { name: declaration.table, columns, rows, places: HashMap::new() });
        }
        data
    }
}

fn value(stored: &Value, scalar: Scalar) -> Val {
    match (stored, scalar) {
        (Value::Null, _) => Val::Null,
        (Value::Number(number), Scalar::Boolean) => Val::Bool(number.as_i64() == Some(1)),
        (Value::Number(number), _) => Val::Int(number.as_i64().unwrap_or_default()),
        (Value::Bool(truth), _) => Val::Bool(*truth),
        (Value::String(text), Scalar::Id) => Val::Uuid(Uuid::parse_str(text).expect("a key")),
        (Value::String(text), Scalar::Date) => Val::Date(text.parse().expect("a date")),
        (Value::String(text), _) => Val::Text(text.clone()),
        (other, _) => panic!("{other} is no stored value"),
    }
}
