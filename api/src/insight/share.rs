//! A share of a whole, as figures show it: both counts, and the percentage where there is a whole.

use serde_json::{Value, json};

use super::quality::{decimal, tenths};
use crate::graph::{
    declaration::{ObjectShape, Shape, ShapeField},
    error::Locale,
};

const COUNT: Shape = Shape::Leaf("Int");

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

/// A share; `reason` says, in both languages, why there can be none.
pub fn share(part: u64, whole: u64, reason: (&'static str, &'static str), locale: Locale) -> Value {
    let percent = tenths(part, whole).map(decimal);
    let reason = percent.is_none().then(|| locale.either(reason.0, reason.1));
    json!({ "part": part, "whole": whole, "percent": percent, "reason": reason })
}
