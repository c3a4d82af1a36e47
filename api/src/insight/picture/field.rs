//! The field `picture`.

use async_graphql::registry::MetaInputValue;
use chrono::NaiveDate;
use entity::picture::{PictureFormat, PictureKind};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{Days, drawn, questions::question};
use crate::{
    execution::roots::{Drawing, Question},
    graph::{
        bridge::input,
        declaration::{ObjectShape, Shape, ShapeField},
        error::{ErrorCode, Locale, Refusal},
    },
    reader::write::object,
};

const TEXT: Shape = Shape::Leaf("String");

static SHAPE: ObjectShape = ObjectShape {
    name: "Picture",
    description: "Imagen. A part of the graph drawn as its viewer may see it on a day; the same data give the same bytes.",
    fields: &[
        ShapeField {
            name: "kind",
            description: "Clase. What it shows.",
            shape: &Shape::Leaf("PictureKind"),
            nullable: false,
        },
        ShapeField {
            name: "format",
            description: "Formato. The form in which it is given.",
            shape: &Shape::Leaf("PictureFormat"),
            nullable: false,
        },
        ShapeField {
            name: "content",
            description: "Contenido. The picture in that form.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "mediaType",
            description: "Tipo de contenido. Such as `image/svg+xml; charset=utf-8`.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "text",
            description: "En palabras. What it shows, for those who do not see it; in the language of the request.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "hash",
            description: "Huella. SHA-256 of the content's bytes, 64 hexadecimal digits; the `ETag` of `/pictures`.",
            shape: &TEXT,
            nullable: false,
        },
    ],
};

/// The field's value.
pub static PICTURE: Drawing = Drawing { shape: &Shape::Object(&SHAPE), ask, make };

/// Its arguments.
pub fn arguments() -> Vec<MetaInputValue> {
    let mut format = input("format", "PictureFormat!", "Formato. SVG when not given.");
    format.default_value = Some("SVG".to_owned());
    vec![
        input("kind", "PictureKind!", "Clase. What it shall show."),
        input(
            "of",
            "ID!",
            "De. What is drawn: an organization; for ORG_CHART also a version of its structure; for SIPOC a process or a version of one; \
             for TRACE whatever a trace may start from; for FINDING_CHAIN a finding, for PLAN_GANTT an improvement plan, for \
             PROGRAM_CALENDAR an audit program.",
        ),
        format,
        input(
            "asOf",
            "Date",
            "Vigente en. The civil date on which it is read, which is the cut-off of figures; today when not given.",
        ),
        input("from", "Date", "Desde. The earlier of the two days that STRUCTURE_DIFF compares; for no other kind."),
        input("to", "Date", "Hasta. The later of them."),
        input(
            "depth",
            "Int",
            "Profundidad. How many steps TRACE shows at the most, 1 to 6, 2 when not given; for no other kind.",
        ),
    ]
}

fn kind(arguments: &Map<String, Value>) -> Option<PictureKind> {
    let name = arguments.get("kind")?.as_str()?;
    PictureKind::from_number(PictureKind::VOCABULARY.by_name(name)?.number)
}

fn as_of(arguments: &Map<String, Value>, today: NaiveDate) -> String {
    let given = arguments.get("asOf").and_then(Value::as_str);
    given.map_or_else(|| today.to_string(), str::to_owned)
}

fn ask(arguments: &Map<String, Value>, today: NaiveDate) -> Result<Question, Refusal> {
    let kind = kind(arguments).ok_or_else(|| ErrorCode::InvalidArgument.at(["kind"]))?;
    question(kind, arguments, &as_of(arguments, today))
}

fn make(arguments: &Map<String, Value>, data: &Value, today: NaiveDate, locale: Locale) -> Result<Value, Refusal> {
    let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
    let kind = kind(arguments).ok_or_else(|| ErrorCode::InvalidArgument.at(["kind"]))?;
    let as_of = as_of(arguments, today);
    let drawn = drawn(kind, data, Days { as_of: &as_of, compared: (text("from"), text("to")) }, locale);
    let term = PictureFormat::VOCABULARY.by_name(text("format")).unwrap_or(&PictureFormat::VOCABULARY.terms[0]);
    let (content, media) = match PictureFormat::from_number(term.number) {
        Some(PictureFormat::Mermaid) => (drawn.mermaid, "text/vnd.mermaid; charset=utf-8"),
        Some(PictureFormat::Text) => (drawn.text.clone(), "text/plain; charset=utf-8"),
        _ => (drawn.svg, "image/svg+xml; charset=utf-8"),
    };
    let hash = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    Ok(object([
        ("kind", text("kind").into()),
        ("format", term.name.into()),
        ("content", content.into()),
        ("mediaType", media.into()),
        ("text", drawn.text.into()),
        ("hash", hash.into()),
    ]))
}
