//! Small readers of arguments. Their types were checked by validation; their values are checked here.

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

use crate::graph::error::{ErrorCode, Refusal};

/// An argument with a value that its type cannot rule out.
pub fn input_fault(argument: &str) -> Refusal {
    ErrorCode::InvalidArgument.at([argument])
}

/// Takes an optional date.
pub fn date(arguments: &mut Map<String, Value>, name: &str) -> Result<Option<NaiveDate>, Refusal> {
    match arguments.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_str().and_then(parse_date).map(Some).ok_or_else(|| input_fault(name)),
    }
}

/// Takes an optional number.
pub fn int(arguments: &mut Map<String, Value>, name: &str) -> Option<i64> {
    arguments.remove(name)?.as_i64()
}

/// Takes an optional text.
pub fn text(arguments: &mut Map<String, Value>, name: &str) -> Option<String> {
    match arguments.remove(name)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The items of a list; a single value stands for a list of one (specification 3.11).
pub fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        single => vec![single],
    }
}

/// Reads `2026-01-31`, and nothing else.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    if text.len() != 10 {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// Reads an RFC 3339 instant as microseconds.
pub fn parse_instant(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.timestamp_micros())
}

/// PostgreSQL stores no NUL in a text: what has one cannot be found, and is not let through to be kept.
pub fn unstorable(text: &str) -> bool {
    text.contains('\0')
}
