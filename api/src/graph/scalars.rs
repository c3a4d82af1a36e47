//! Scalars of the schema, and the Rust types that acts take them as.
//!
//! The coercion of a request (`execution::coerce`) has judged a value before it reaches these types, so their
//! own parsing is the second look, not the first.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;

/// A scalar of the schema: name, description, and how a text of it is judged.
pub struct ScalarKind {
    /// GraphQL name.
    pub name: &'static str,
    /// What it is and how it is written.
    pub description: &'static str,
    /// Is this JSON value one of it?
    pub accepts: fn(&serde_json::Value) -> bool,
}

/// The scalars beyond those of the specification.
pub const SCALARS: &[ScalarKind] = &[
    ScalarKind {
        name: "Date",
        description: "Fecha civil. A calendar day in Bogotá, written `2026-01-31`; what is given lies in the years 1800 to 2200.",
        accepts: |value| value.as_str().and_then(crate::reader::arguments::civil_date).is_some(),
    },
    ScalarKind {
        name: "DateTime",
        description: "Instante. RFC 3339 in UTC with microseconds, written `2026-01-31T15:04:05.000000Z`.",
        accepts: |value| value.as_str().and_then(crate::reader::arguments::parse_instant).is_some(),
    },
    ScalarKind {
        name: "BigInt",
        description: "Entero grande. A whole number within 64 bits, written as a text: `\"12\"`.",
        accepts: |value| value.as_str().is_some_and(|text| text.parse::<i64>().is_ok()),
    },
    ScalarKind {
        name: "Decimal",
        description: "Decimal. An exact number, written as a text: `\"83.3\"`; with at most 16 digits before the point and two behind it where it is given.",
        accepts: |value| value.as_str().is_some_and(|text| text.parse::<entity::Amount>().is_ok()),
    },
    ScalarKind {
        name: "URL",
        description: "Dirección. An absolute URI: `https`, `http` or `urn`.",
        accepts: |value| {
            value
                .as_str()
                .is_some_and(|text| ["https://", "http://", "urn:"].iter().any(|start| text.starts_with(start)))
        },
    },
    ScalarKind {
        name: "JSON",
        description: "JSON. Any JSON value; used for the parameters of errors and for variables of documents.",
        accepts: |_| true,
    },
];

/// An exact number with two decimals as an argument of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub entity::Amount);

#[Scalar(name = "Decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(|_| InputValueError::expected_type(value)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A civil date as an argument of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => crate::reader::arguments::civil_date(text)
                .map(Self)
                .ok_or_else(|| InputValueError::expected_type(value)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An absolute URI as an argument of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(pub String);

#[Scalar(name = "URL")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}
