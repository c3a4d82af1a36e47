//! A share of a whole, as figures show it: both counts, and the percentage where there is a whole.

use serde_json::{Map, Value, json};

use super::quality::{decimal, tenths};
use crate::graph::{
    declaration::{ObjectShape, Scalar, Shape, ShapeField, Sql},
    error::{ErrorCode, Locale},
};

const COUNT: Shape = Shape::Leaf("Int");

/// Why an organization that is no secretariat has no figures: the rules are about secretariats.
pub const NO_SECRETARIAT: (&str, &str) = (
    "Solo de las secretarías de educación se dan estas cifras.",
    "These figures are given of education secretariats only.",
);

/// "The organization is a secretariat": template of what every such figure needs.
pub const IS_SECRETARIAT: (Sql, Scalar) = (Sql::Template("({t}.kind = 2)"), Scalar::Boolean);

/// Where such a figure says why there is none.
pub const REASON: ShapeField = ShapeField {
    name: "reason",
    description: "Motivo. Why there are no figures, in the language of the request: it is no secretariat; null when there are.",
    shape: &Shape::Leaf("String"),
    nullable: true,
};

/// Figures of an organization that is no secretariat: nothing but the reason and the explanation.
pub fn no_figures(shape: &ObjectShape, explain: Value, locale: Locale) -> Value {
    let mut told: Map<String, Value> = shape.fields.iter().map(|field| (field.name.to_owned(), Value::Null)).collect();
    told.insert(REASON.name.to_owned(), locale.either(NO_SECRETARIAT.0, NO_SECRETARIAT.1).into());
    told.insert("explain".to_owned(), explain);
    Value::Object(told)
}

/// The type `Share`.
pub static SHARE: ObjectShape = ObjectShape {
    name: "Share",
    description: "Proporción. A part of a whole, as an exact fraction and as a percentage.",
    fields: &[
        ShapeField { name: "part", description: "Parte. The numerator.", shape: &COUNT, nullable: false },
        ShapeField { name: "whole", description: "Todo. The denominator.", shape: &COUNT, nullable: false },
        ShapeField {
            name: "percent",
            description: "Porcentaje. 100 × part ÷ whole with one decimal; null where the whole is nothing.",
            shape: &Shape::Leaf("Decimal"),
            nullable: true,
        },
        ShapeField {
            name: "reason",
            description: "Motivo. Why there is no percentage, in the language of the request; null when there is one.",
            shape: &Shape::Leaf("String"),
            nullable: true,
        },
    ],
};

/// Counts that one look through the rows gives: SQL answers them as one text, with spaces between.
pub fn counts<const N: usize>(cell: &Value) -> Result<[u64; N], ErrorCode> {
    let counts: Option<Vec<u64>> =
        cell.as_str().and_then(|text| text.split(' ').map(|count| count.parse().ok()).collect());
    counts.and_then(|counts| counts.try_into().ok()).ok_or(ErrorCode::Internal)
}

/// A share; `reason` says, in both languages, why there can be none.
pub fn share(part: u64, whole: u64, reason: (&'static str, &'static str), locale: Locale) -> Value {
    let percent = tenths(part, whole).map(decimal);
    let reason = percent.is_none().then(|| locale.either(reason.0, reason.1));
    json!({ "part": part, "whole": whole, "percent": percent, "reason": reason })
}
