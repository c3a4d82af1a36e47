//! Answers in the order in which they were written, and how two of them are compared.

use articula_tests::seed::Val;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use uuid::Uuid;

/// JSON whose objects keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// Anything but a list or an object.
    Leaf(Value),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
    /// A cursor of the row with this id: the oracle does not know how cursors are sealed.
    Cursor(Uuid),
}

impl Json {
    pub fn null() -> Self {
        Self::Leaf(Value::Null)
    }

    /// The same as plain JSON.
    pub fn value(&self) -> Value {
        match self {
            Self::Leaf(leaf) => leaf.clone(),
            Self::List(items) => items.iter().map(Self::value).collect(),
            Self::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), field.value())).collect(),
            Self::Cursor(_) => Value::Null,
        }
    }

    pub fn get(&self, name: &str) -> Option<&Json> {
        let Self::Object(fields) = self else { return None };
        fields.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Leaf(Value::String(text)) = self { Some(text) } else { None }
    }

    /// Every text in it.
    pub fn texts<'a>(&'a self, into: &mut Vec<&'a str>) {
        match self {
            Self::Leaf(leaf) => into.extend(leaf.as_str()),
            Self::List(items) => items.iter().for_each(|item| item.texts(into)),
            Self::Object(fields) => fields.iter().for_each(|(_, field)| field.texts(into)),
            Self::Cursor(_) => {}
        }
    }

    /// The cursors below the fields with this response key.
    pub fn cursors_under(&self, key: &str, into: &mut Vec<String>) {
        match self {
            Self::List(items) => items.iter().for_each(|item| item.cursors_under(key, into)),
            Self::Object(fields) => {
                for (name, field) in fields {
                    if name == key { field.own_cursors(into) } else { field.cursors_under(key, into) }
                }
            }
            _ => {}
        }
    }

    /// The cursors of this connection, not of those below its nodes. (The generator names them all alike.)
    fn own_cursors(&self, into: &mut Vec<String>) {
        let of = |json: &Json| {
            let named = ["cursor", "startCursor", "endCursor"].map(|name| json.get(name).and_then(Json::text));
            named.into_iter().flatten().map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        into.extend(self.get("pageInfo").map(of).unwrap_or_default());
        if let Some(Json::List(edges)) = self.get("edges") {
            edges.iter().for_each(|edge| into.extend(of(edge)));
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Ordered;
        impl<'de> Visitor<'de> for Ordered {
            type Value = Json;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::null())
            }
            fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
                Ok(Json::Leaf(truth.into()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
                Ok(Json::Leaf(number.into()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
                Ok(Json::Leaf(number.into()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
                Ok(Json::Leaf(number.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Json, E> {
                Ok(Json::Leaf(text.into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Json::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json, A::Error> {
                let mut object = Vec::new();
                while let Some(field) = fields.next_entry()? {
                    object.push(field);
                }
                Ok(Json::Object(object))
            }
        }
        deserializer.deserialize_any(Ordered)
    }
}

/// Where a field failed, and with which code.
pub type Failure = (String, String);

/// An answer: its data and its failures in order.
#[derive(Debug)]
pub struct Answer {
    pub data: Json,
    pub failures: Vec<Failure>,
}

impl Answer {
    /// Reads the body of an answer. One without data has its codes only.
    pub fn read(body: &[u8]) -> Self {
        let whole: Json = serde_json::from_slice(body).expect("an answer is JSON");
        let failures = match whole.get("errors") {
            Some(Json::List(errors)) => errors.iter().map(failure).collect(),
            _ => Vec::new(),
        };
        Self { data: whole.get("data").cloned().unwrap_or(Json::null()), failures }
    }
}

fn failure(error: &Json) -> Failure {
    let path = match error.get("path") {
        Some(Json::List(steps)) => steps.iter().map(step).collect::<Vec<_>>().join("."),
        _ => String::new(),
    };
    let code = error.get("extensions").and_then(|extensions| extensions.get("code")).and_then(Json::text);
    (path, code.unwrap_or_default().to_owned())
}

fn step(step: &Json) -> String {
    match step {
        Json::Leaf(Value::String(key)) => key.clone(),
        Json::Leaf(other) => other.to_string(),
        _ => "?".to_owned(),
    }
}

/// Where the found answer first differs from the expected one.
pub fn difference(expected: &Json, found: &Json, at: &str) -> Option<String> {
    match (expected, found) {
        (Json::Cursor(id), Json::Leaf(Value::String(cursor))) => {
            let pointed = position(cursor).and_then(|mut position| position.pop());
            (pointed != Some(Val::Uuid(*id))).then(|| format!("{at}: the cursor of {id} expected, not {pointed:?}"))
        }
        (Json::List(expected), Json::List(found)) if expected.len() == found.len() => {
            let mut items = expected.iter().zip(found).enumerate();
            items.find_map(|(number, (expected, found))| difference(expected, found, &format!("{at}.{number}")))
        }
        (Json::Object(expected), Json::Object(found))
            if expected.iter().map(|(key, _)| key).eq(found.iter().map(|(key, _)| key)) =>
        {
            let mut fields = expected.iter().zip(found);
            fields.find_map(|((key, expected), (_, found))| difference(expected, found, &format!("{at}.{key}")))
        }
        (expected, found) => {
            (expected != found).then(|| format!("{at}:\n  expected {expected:?}\n  found    {found:?}"))
        }
    }
}

/// The position that a cursor holds: the values of the order and, last, the id.
pub fn position(cursor: &str) -> Option<Vec<Val>> {
    const TAG: usize = 12;
    let bytes = base64url(cursor)?;
    let values: Vec<Value> = serde_json::from_slice(bytes.get(TAG..)?).ok()?;
    let mut values: Vec<_> = values.into_iter().map(stored).collect::<Option<_>>()?;
    if let Some(Val::Text(id)) = values.pop() {
        values.push(Val::Uuid(Uuid::parse_str(&id).ok()?));
    }
    Some(values)
}

fn stored(value: Value) -> Option<Val> {
    Some(match value {
        Value::Null => Val::Null,
        Value::Number(number) => Val::Int(number.as_i64()?),
        Value::String(text) => Val::Text(text),
        _ => return None,
    })
}

fn base64url(text: &str) -> Option<Vec<u8>> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes() {
        let digit = DIGITS.iter().position(|known| *known == digit)?;
        bits = (bits << 6) | digit as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}
