//! Comparisons and positions in an order. Missing values sort as the greatest, on both databases.

use serde_json::Value;

use super::arguments::parse_date;
use super::{
    plan::{Decode, OrderKey, Test},
    sql::{Bind, Statement},
};

/// A key of ORDER BY.
pub fn direction(sql: &str, descending: bool, nullable: bool) -> String {
    match (descending, nullable) {
        (false, false) => sql.to_owned(),
        (true, false) => format!("{sql} DESC"),
        (false, true) => format!("{sql} ASC NULLS LAST"),
        (true, true) => format!("{sql} DESC NULLS FIRST"),
    }
}

/// A comparison of `where`.
pub fn test(statement: &mut Statement, value: &str, test: &Test) {
    match test {
        Test::Equal(None) => statement.push(value).push(" IS NULL"),
        Test::Equal(Some(bind)) => statement.push(value).push(" = ").push_bind(bind.clone()),
        Test::In(values) => statement.push_any(value, values.clone()),
        Test::Compare(operator, bind) => statement.push(value).push(&format!(" {operator} ")).push_bind(bind.clone()),
        Test::Like(pattern) => statement.push(value).push(" LIKE ").push_bind(pattern.clone()).push(" ESCAPE '\\'"),
    };
}

/// "This row lies beyond the position": after it when `forwards`, else before it, in the order of `keys` and,
/// last, `t0.id`.
pub fn beyond(statement: &mut Statement, order: &[OrderKey], keys: &[String], position: &[Value], forwards: bool) {
    // (k1 beyond v1) or (k1 = v1 and ((k2 beyond v2) or (k2 = v2 and … (id beyond v))))
    let mut open = 0;
    for ((key, sql), value) in order.iter().zip(keys).zip(position) {
        let bind = bind(key.sql.decode(), value);
        statement.push("(");
        further(statement, sql, key, bind.clone(), forwards);
        statement.push(" OR (");
        match bind {
            None => statement.push(sql).push(" IS NULL"),
            Some(bind) => statement.push(sql).push(" = ").push_bind(bind),
        };
        statement.push(" AND ");
        open += 2;
    }
    let id = position.last().and_then(|id| bind(Decode::Uuid, id));
    statement.push(if forwards { "t0.id > " } else { "t0.id < " });
    statement.push_bind(id.unwrap_or(Bind::Uuid(Default::default())));
    statement.push(&")".repeat(open));
}

fn further(statement: &mut Statement, sql: &str, key: &OrderKey, value: Option<Bind>, forwards: bool) {
    let upwards = key.descending != forwards;
    match (value, upwards) {
        // Nothing is greater than no value; everything with a value is less.
        (None, true) => statement.push("1 = 0"),
        (None, false) => statement.push(sql).push(" IS NOT NULL"),
        (Some(bind), true) if key.nullable => {
            statement.push("(").push(sql).push(" > ").push_bind(bind).push(" OR ").push(sql).push(" IS NULL)")
        }
        (Some(bind), true) => statement.push(sql).push(" > ").push_bind(bind),
        (Some(bind), false) => statement.push(sql).push(" < ").push_bind(bind),
    };
}

fn bind(decode: Decode, value: &Value) -> Option<Bind> {
    Some(match decode {
        Decode::Text => Bind::Text(value.as_str()?.to_owned()),
        Decode::Int | Decode::Big => Bind::Int(value.as_i64()?),
        Decode::Small => Bind::Small(value.as_i64()? as i16),
        Decode::Bool => Bind::Bool(value.as_i64()? != 0),
        Decode::Date => Bind::Date(parse_date(value.as_str()?)?),
        Decode::Uuid => Bind::Uuid(uuid::Uuid::parse_str(value.as_str()?).ok()?),
    })
}
