//! Values to and from the drivers.

use chrono::{Datelike, NaiveDate};
use sea_orm::{DbBackend, sea_query};
use sqlx::{Postgres, Row as _, ValueRef as _, postgres::PgArguments};

use super::ReadFault;
use crate::reader::{
    arguments::parse_date,
    plan::Decode,
    rows::{Cell, Rows},
    sql::Bind,
};

/// 2000-01-01, PostgreSQL's first day, in days of the common era.
const FIRST_DAY: i32 = 730_120;

type Query<'q> = sqlx::query::Query<'q, Postgres, PgArguments>;

/// SQLite has no arrays: lists travel as JSON.
pub(super) fn json_list(bind: &Bind) -> Option<String> {
    let list: serde_json::Value = match bind {
        Bind::Texts(texts) => texts.iter().cloned().collect(),
        Bind::Ints(numbers) => numbers.iter().copied().collect(),
        Bind::Uuids(uuids) => uuids.iter().map(|uuid| uuid.simple().to_string()).collect(),
        Bind::Dates(dates) => dates.iter().map(NaiveDate::to_string).collect(),
        _ => return None,
    };
    Some(list.to_string())
}

/// Binds a value for PostgreSQL.
pub(super) fn bind_postgres<'q>(query: Query<'q>, bind: Bind) -> Query<'q> {
    match bind {
        Bind::Text(text) => query.bind(text),
        Bind::Int(number) => query.bind(number),
        Bind::Small(number) => query.bind(number),
        Bind::Bool(truth) => query.bind(truth),
        Bind::Uuid(uuid) => query.bind(uuid),
        Bind::Date(date) => query.bind(date),
        Bind::Bytes(bytes) => query.bind(bytes),
        Bind::Texts(texts) => query.bind(texts),
        Bind::Ints(numbers) => query.bind(numbers),
        Bind::Uuids(uuids) => query.bind(uuids),
        Bind::Dates(dates) => query.bind(dates),
    }
}

/// Binds a value for a statement in a change set's transaction.
pub(super) fn bind_transaction(backend: DbBackend, bind: Bind) -> sea_query::Value {
    if backend == DbBackend::Sqlite
        && let Some(list) = json_list(&bind)
    {
        return list.into();
    }
    match bind {
        Bind::Text(text) => text.into(),
        Bind::Int(number) => number.into(),
        Bind::Small(number) => number.into(),
        Bind::Bool(truth) => truth.into(),
        Bind::Uuid(uuid) => uuid.into(),
        Bind::Date(date) => date.into(),
        Bind::Bytes(bytes) => bytes.into(),
        Bind::Texts(texts) => texts.into(),
        Bind::Ints(numbers) => numbers.into(),
        Bind::Uuids(uuids) => uuids.into(),
        Bind::Dates(dates) => dates.into(),
    }
}

/// Decodes a row of SQLite, read in a change set's transaction.
pub(super) fn decode_sqlite(
    row: &sqlx::sqlite::SqliteRow,
    decodes: &[Decode],
    rows: &mut Rows,
) -> Result<(), ReadFault> {
    for (column, decode) in decodes.iter().enumerate() {
        match decode {
            Decode::Uuid => match row.try_get_unchecked::<Option<&[u8]>, _>(column)? {
                None => rows.push(Cell::Null),
                Some(bytes) => rows.push(Cell::Uuid(bytes.try_into().map_err(|_| ReadFault::Cell(column))?)),
            },
            Decode::Text => match row.try_get_unchecked::<Option<&str>, _>(column)? {
                None => rows.push(Cell::Null),
                Some(text) => rows.push_text(text),
            },
            Decode::Date => match row.try_get_unchecked::<Option<&str>, _>(column)? {
                None => rows.push(Cell::Null),
                Some(text) => {
                    let date = parse_date(text).ok_or(ReadFault::Cell(column))?;
                    rows.push(Cell::Date(date.num_days_from_ce()));
                }
            },
            Decode::Int | Decode::Small | Decode::Big | Decode::Bool => {
                rows.push(row.try_get_unchecked::<Option<i64>, _>(column)?.map_or(Cell::Null, Cell::Int));
            }
        }
    }
    Ok(())
}

/// Decodes cells of a row of PostgreSQL.
pub(super) fn decode_postgres(
    row: &sqlx::postgres::PgRow,
    cells: impl Iterator<Item = (usize, Decode)>,
    rows: &mut Rows,
) -> Result<(), ReadFault> {
    for (column, decode) in cells {
        let value = row.try_get_raw(column)?;
        if value.is_null() {
            rows.push(Cell::Null);
            continue;
        }
        let fault = |_| ReadFault::Cell(column);
        let bytes = value.as_bytes().map_err(fault)?;
        // The wire form is binary, because every statement is prepared: numbers are big-endian.
        let number = || {
            bytes.iter().fold(if bytes.first().is_some_and(|b| b & 0x80 != 0) { -1 } else { 0 }, |n, b| {
                (n << 8) | i64::from(*b)
            })
        };
        match decode {
            Decode::Uuid => rows.push(Cell::Uuid(bytes.try_into().map_err(|_| ReadFault::Cell(column))?)),
            Decode::Text => rows.push_text(std::str::from_utf8(bytes).map_err(|_| ReadFault::Cell(column))?),
            Decode::Date => rows.push(Cell::Date(number() as i32 + FIRST_DAY)),
            Decode::Int | Decode::Small | Decode::Big | Decode::Bool => rows.push(Cell::Int(number())),
        }
    }
    Ok(())
}
