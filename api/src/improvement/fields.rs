//! `improvementPlanFields`: what plans of a kind say, from the table that decides.

use entity::improvement::PlanKind;
use serde_json::{Map, Value, json};

use super::rules::fields::{About, Demand, fields};
use crate::{
    execution::roots::root_field,
    graph::{
        bridge::{RootField, input, register_shape},
        declaration::{ObjectShape, Shape, ShapeField},
        error::{ErrorCode, Locale, Refusal},
    },
};

const TEXT: Shape = Shape::Leaf("String");

const fn field(name: &'static str, description: &'static str, shape: &'static Shape, nullable: bool) -> ShapeField {
    ShapeField { name, description, shape, nullable }
}

static FIELD: ObjectShape = ObjectShape {
    name: "ImprovementPlanField",
    description: "Campo de un plan de mejoramiento. What plans of a kind say, in the words of whoever asks for it.",
    fields: &[
        field("order", "Orden. Its place among the fields of its kind, from 1.", &Shape::Leaf("Int"), false),
        field("column", "Columna. Its heading in Spanish, as exports write it.", &TEXT, false),
        field("label", "Rótulo. The same in the language of the request.", &TEXT, false),
        field("about", "De qué. The type of which it tells: plan, finding, action or activity.", &TEXT, false),
        field(
            "field",
            "Campo del esquema. Where the schema holds it, such as `Finding.effect`; null: it is not held, and exports leave it \
             empty.",
            &TEXT,
            true,
        ),
        field(
            "required",
            "Obligatorio. Whether a plan of the kind is not submitted without it; of findings only those that ask for an action, of their effect only those of an external body.",
            &Shape::Leaf("Boolean"),
            false,
        ),
    ],
};

/// The field's value.
pub static FIELDS: Shape = Shape::List(&Shape::Object(&FIELD));

/// The root field.
pub fn root() -> RootField {
    let kind = input("kind", "PlanKind!", "Clase. The kind of plan.");
    let mut root = root_field(
        "improvementPlanFields",
        "Campos de un plan de mejoramiento. What plans of a kind say, in the order in which whoever they are owed to lists it; the \
         guards of submission and the columns of exports read the same table."
            .to_owned(),
        "[ImprovementPlanField!]",
        vec![kind],
    );
    root.register = Box::new(|registry| register_shape(registry, &FIELDS));
    root
}

/// Computes it.
pub fn listed(arguments: &Map<String, Value>, locale: Locale) -> Result<Value, Refusal> {
    let name = arguments.get("kind").and_then(Value::as_str).unwrap_or_default();
    let kind = PlanKind::VOCABULARY.by_name(name).and_then(|term| PlanKind::from_number(term.number));
    let kind = kind.ok_or_else(|| ErrorCode::InvalidArgument.at(["kind"]))?;
    let told = (1..).zip(fields(kind)).map(|(order, field): (u32, _)| {
        json!({
            "order": order,
            "column": field.es,
            "label": locale.either(field.es, field.en),
            "about": match field.about {
                About::Plan => "ImprovementPlan",
                About::Finding => "Finding",
                About::Action => "ImprovementAction",
                About::Activity => "ActionActivity",
            },
            "field": field.datum.place(),
            "required": field.demand != Demand::Open,
        })
    });
    Ok(told.collect())
}
