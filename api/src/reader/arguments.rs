//! Small readers of arguments. Their types were checked by validation; their values are checked here.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike as _, NaiveDate};
use entity::OpaqueId;
use serde_json::{Map, Value};

use super::sql::Bind;
use crate::graph::{
    declaration::{Argument, Takes},
    error::{ErrorCode, Refusal},
};

/// What is given for the arguments that templates speak of; one for which nothing is given is NULL there.
pub type Given = Vec<(&'static str, Bind)>;

/// Reads the arguments that templates speak of. What cannot be the id of such an object names none.
pub fn given(declared: &'static [Argument], arguments: &Map<String, Value>) -> Result<Given, Refusal> {
    let mut given = Given::new();
    for argument in declared {
        let Some(value) = arguments.get(argument.name).filter(|value| !value.is_null()) else { continue };
        let bind = match argument.takes {
            Takes::Day => Bind::Date(day(value, argument.name)?),
            Takes::Key(kind) => {
                let id = value.as_str().and_then(OpaqueId::parse).filter(|id| id.number == kind as u8);
                Bind::Uuid(id.ok_or_else(|| ErrorCode::NotFound.at([argument.name]))?.uuid)
            }
        };
        given.push((argument.name, bind));
    }
    Ok(given)
}

/// An argument with a value that its type cannot rule out.
pub fn input_fault(argument: &str) -> Refusal {
    ErrorCode::InvalidArgument.at([argument])
}

/// Takes an optional date.
pub fn date(arguments: &mut Map<String, Value>, name: &str) -> Result<Option<NaiveDate>, Refusal> {
    match arguments.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => day(&value, name).map(Some),
    }
}

fn day(value: &Value, name: &str) -> Result<NaiveDate, Refusal> {
    let malformed = || ErrorCode::Malformed.at([name]).with("format", "Date");
    value.as_str().and_then(civil_date).ok_or_else(malformed)
}

/// DATE_RANGE_EMPTY when arguments `from` and `to`, which are the two ends of one range wherever they stand together,
/// are the wrong way round.
pub fn in_order(arguments: &Map<String, Value>) -> Result<(), Refusal> {
    let date = |name| arguments.get(name).and_then(Value::as_str).and_then(parse_date);
    match (date("from"), date("to")) {
        (Some(from), Some(to)) if to < from => Err(ErrorCode::DateRangeEmpty.at(["to"])),
        _ => Ok(()),
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

/// A text that both databases can hold: PostgreSQL refuses the character U+0000, so no row has it.
pub fn storable(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.contains('\0'))
}

/// Reads `2026-01-31`, and nothing else.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    // By hand: chrono's parser also takes signs and blanks, and this runs for every date that SQLite gives.
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    NaiveDate::from_ymd_opt(number(&bytes[..4])? as i32, number(&bytes[5..7])?, number(&bytes[8..])?)
}

/// Years of which days are asked for and said: no act of a secretariat is older, and what lies later is a slip of the pen.
pub const YEARS: RangeInclusive<i32> = 1800..=2200;

/// A day that somebody says: `2026-01-31`, of one of the [`YEARS`].
pub fn civil_date(text: &str) -> Option<NaiveDate> {
    parse_date(text).filter(|date| YEARS.contains(&date.year()))
}

/// Reads an RFC 3339 instant as microseconds.
pub fn parse_instant(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.timestamp_micros())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_in_one_way() {
        assert!(parse_date("2024-02-29").is_some());
        for text in [
            "2023-02-29",
            "2024-2-29",
            "+024-02-29",
            "-024-02-29",
            " 024-02-29",
            "2024-02- 9",
            "2024-02-+9",
            "02024-2-29",
        ] {
            assert_eq!(parse_date(text), None, "{text:?}");
        }
    }
}
