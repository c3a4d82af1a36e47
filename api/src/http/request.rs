//! A GraphQL request as HTTP carries it (GraphQL over HTTP, working draft): a JSON object in a POST, or parameters of the
//! URL in a GET.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use actix_web::web::Query;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::documents::Registry;
use super::guard::{self, Limits};
use super::refused::{Detail, Refused};
use crate::graph::error::ErrorCode;

const NOT_JSON: Detail = Detail { es: "el cuerpo no es JSON en UTF-8", en: "the body is not JSON in UTF-8" };
const NOT_AN_OBJECT: Detail = Detail {
    es: "el cuerpo debe ser un objeto JSON con query, sin miembros repetidos",
    en: "the body must be one JSON object with query, without repeated members",
};
const HALF_A_CHARACTER: Detail = Detail {
    es: "un texto contiene medio par sustituto (como \\ud800), que no es un carácter",
    en: "a text holds half of a surrogate pair (such as \\ud800), which is no character",
};
const A_BATCH: Detail = Detail {
    es: "cada solicitud lleva una sola operación: no se reciben listas",
    en: "each request carries one operation: lists are not taken",
};
const QUERY: Detail = Detail {
    es: "falta query, el documento, como texto, o documentId en su lugar",
    en: "query, the document, is missing or is not a string; so is documentId in its place",
};
const DOCUMENT_ID: Detail = Detail {
    es: "documentId debe ser texto o null, y no va junto con query",
    en: "documentId must be a string or null, and does not go with query",
};
const OPERATION_NAME: Detail =
    Detail { es: "operationName debe ser texto o null", en: "operationName must be a string or null" };
const VARIABLES: Detail = Detail {
    es: "variables debe ser un objeto JSON sin miembros repetidos, o null",
    en: "variables must be a JSON object without repeated members, or null",
};
const EXTENSIONS: Detail =
    Detail { es: "extensions debe ser un objeto JSON o null", en: "extensions must be a JSON object or null" };
const PARAMETERS: Detail = Detail {
    es: "los parámetros de la dirección no son legibles o se repiten",
    en: "the parameters of the URL are not legible, or are repeated",
};

/// What the client asks, legible and within the guard's bounds, and not yet parsed as GraphQL.
#[derive(Debug, PartialEq)]
pub(super) struct Asked {
    /// The document.
    pub query: String,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// The variables.
    pub variables: Map<String, Value>,
}

/// Reads the body of a POST. `extensions` is checked and means nothing yet; members that nobody knows are let be.
pub(super) fn read_body(body: &[u8], limits: &Limits, registry: &Registry) -> Result<Asked, Refused> {
    let text = std::str::from_utf8(body).map_err(|_| Refused::bad(NOT_JSON))?;
    if text.trim_ascii_start().starts_with('[') {
        return Err(Refused::bad(A_BATCH));
    }
    let Members(members) = serde_json::from_str(text).map_err(|fault| {
        let object = fault.classify() == serde_json::error::Category::Data;
        illegible(&fault, if object { NOT_AN_OBJECT } else { NOT_JSON })
    })?;
    let member = |name: &str| members.iter().find(|(known, _)| known == name).and_then(|(_, value)| given(value));
    let string = |name: &str, wrong| match member(name) {
        Some(raw) => serde_json::from_str::<String>(raw).map(Some).map_err(|fault| illegible(&fault, wrong)),
        None => Ok(None),
    };
    let query = document(string("query", QUERY)?, string("documentId", DOCUMENT_ID)?, registry)?;
    asked(query, string("operationName", OPERATION_NAME)?, member("variables"), member("extensions"), limits)
}

/// Reads the parameters of a GET. One that is present and empty counts as absent.
pub(super) fn read_url(query_string: &str, limits: &Limits, registry: &Registry) -> Result<Asked, Refused> {
    let pairs = Query::<Vec<(String, String)>>::from_query(query_string).map_err(|_| Refused::bad(PARAMETERS))?;
    let parameter = |name: &str| -> Result<Option<&str>, Refused> {
        let mut values = pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
            _ => Err(Refused::bad(PARAMETERS)),
        }
    };
    let json = |name: &str| {
        let value = parameter(name)?.map(str::trim_ascii);
        Ok::<_, Refused>(value.filter(|text| *text != "null"))
    };
    let document_id = parameter("documentId")?.map(str::to_owned);
    let query = document(parameter("query")?.map(str::to_owned), document_id, registry)?;
    asked(query, parameter("operationName")?.map(str::to_owned), json("variables")?, json("extensions")?, limits)
}

/// The document that is meant: the one that is sent, or a registered one by its id.
fn document(query: Option<String>, id: Option<String>, registry: &Registry) -> Result<String, Refused> {
    match (query, id) {
        (Some(query), None) => Ok(query),
        (None, Some(id)) => {
            registry.find(&id).map(ToString::to_string).ok_or_else(|| Refused::transport(ErrorCode::DocumentUnknown))
        }
        (Some(_), Some(_)) => Err(Refused::bad(DOCUMENT_ID)),
        (None, None) => Err(Refused::bad(QUERY)),
    }
}

/// Puts the parts together: types first, then what they cost, then the values themselves.
fn asked(
    query: String,
    operation_name: Option<String>,
    variables: Option<&str>,
    extensions: Option<&str>,
    limits: &Limits,
) -> Result<Asked, Refused> {
    if extensions.is_some_and(|text| serde_json::from_str::<Members<'_>>(text).is_err()) {
        return Err(Refused::bad(EXTENSIONS));
    }
    let variables = match variables {
        None => Map::new(),
        Some(text) if !text.starts_with('{') => return Err(Refused::bad(VARIABLES)),
        Some(text) => {
            guard::weigh(text, limits)?;
            let Members(members) = serde_json::from_str(text).map_err(|fault| illegible(&fault, VARIABLES))?;
            let values =
                members.into_iter().map(|(name, raw)| Ok((name.into_owned(), serde_json::from_str(raw.get())?)));
            values.collect::<Result<_, serde_json::Error>>().map_err(|fault| illegible(&fault, VARIABLES))?
        }
    };
    guard::scan(&query, limits)?;
    Ok(Asked { query, operation_name, variables })
}

/// What to tell of JSON that cannot be read. Halves of characters are found only when a text is unescaped, and the parser
/// names them only in words.
fn illegible(fault: &serde_json::Error, otherwise: Detail) -> Refused {
    Refused::bad(if fault.to_string().contains("hex escape") { HALF_A_CHARACTER } else { otherwise })
}

/// The text of a value; `null` is as good as absent.
fn given(value: &RawValue) -> Option<&str> {
    Some(value.get()).filter(|text| *text != "null")
}

/// The members of a JSON object as they are written. A name that comes twice is refused: parsers disagree on which of both
/// counts, and what passes one of them should not mean something else to the next.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reading;
        impl<'de> Visitor<'de> for Reading {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let (mut members, mut names) = (Vec::new(), HashSet::new());
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    if !names.insert(name.clone()) {
                        return Err(A::Error::custom("a repeated member"));
                    }
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Reading)
    }
}

/// The name of a member, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::graph::error::Locale;

    fn body(text: &str) -> Result<Asked, Refused> {
        read_body(text.as_bytes(), &Limits::default(), &Registry::default())
    }

    fn url(text: &str) -> Result<Asked, Refused> {
        read_url(text, &Limits::default(), &Registry::default())
    }

    #[test]
    fn bodies_are_read() {
        let plain = Asked { query: "{x}".into(), operation_name: None, variables: Map::new() };
        for text in [
            r#"{"query":"{x}"}"#,
            r#" {"query":"{x}","operationName":null,"variables":null,"extensions":null} "#,
            r#"{"query":"{x}","variables":{},"extensions":{"a":[1]},"unknown":[{}],"id":7}"#,
            r#"{"qu\u0065ry":"\u007bx}"}"#,
        ] {
            assert_eq!(body(text).as_ref(), Ok(&plain), "{text}");
        }
        let full =
            body(r#"{"query":"query A{x}","operationName":"A","variables":{"a":{"b":[1,"c",null]}}}"#).expect("read");
        assert_eq!(full.operation_name.as_deref(), Some("A"));
        assert_eq!(Value::Object(full.variables), json!({ "a": { "b": [1, "c", null] } }));
    }

    #[test]
    fn illegible_bodies_say_what_is_wrong() {
        for (text, detail) in [
            ("", NOT_JSON),
            ("{", NOT_JSON),
            ("{\"query\":\"{x}\"} {}", NOT_JSON),
            ("{\"query\":\"{x}\",}", NOT_JSON),
            ("query={x}", NOT_JSON),
            ("\u{feff}{\"query\":\"{x}\"}", NOT_JSON),
            ("7", NOT_AN_OBJECT),
            ("\"{x}\"", NOT_AN_OBJECT),
            ("null", NOT_AN_OBJECT),
            (r#"{"query":"{x}","query":"{y}"}"#, NOT_AN_OBJECT),
            (r#"{"query":"{x}","qu\u0065ry":"{y}"}"#, NOT_AN_OBJECT),
            (r#"[{"query":"{x}"}]"#, A_BATCH),
            (" []", A_BATCH),
            ("{}", QUERY),
            (r#"{"documentId":7}"#, DOCUMENT_ID),
            (r#"{"documentId":"a","query":"{x}"}"#, DOCUMENT_ID),
            (r#"{"query":null}"#, QUERY),
            (r#"{"query":7}"#, QUERY),
            (r#"{"query":{}}"#, QUERY),
            (r#"{"query":["{x}"]}"#, QUERY),
            (r#"{"query":"\ud800"}"#, HALF_A_CHARACTER),
            (r#"{"query":"{x}","operationName":"\udc00"}"#, HALF_A_CHARACTER),
            (r#"{"query":"{x}","variables":{"a":"\ud800"}}"#, HALF_A_CHARACTER),
            (r#"{"query":"{x}","variables":{"a":[{"b":"x\ud83dy"}]}}"#, HALF_A_CHARACTER),
            (r#"{"query":"{x}","variables":{"\udc00":1}}"#, HALF_A_CHARACTER),
            (r#"{"query":"{x}","\ud800\u0041":1}"#, HALF_A_CHARACTER),
            (r#"{"query":"{x}","variables":{"a":"\uzzzz"}}"#, NOT_JSON),
            (r#"{"query":"{x}","operationName":7}"#, OPERATION_NAME),
            (r#"{"query":"{x}","operationName":["A"]}"#, OPERATION_NAME),
            (r#"{"query":"{x}","variables":7}"#, VARIABLES),
            (r#"{"query":"{x}","variables":"{}"}"#, VARIABLES),
            (r#"{"query":"{x}","variables":[]}"#, VARIABLES),
            (r#"{"query":"{x}","variables":{"a":1,"a":2}}"#, VARIABLES),
            (r#"{"query":"{x}","extensions":[]}"#, EXTENSIONS),
            (r#"{"query":"{x}","extensions":"a"}"#, EXTENSIONS),
            (r#"{"query":"{x}","extensions":false}"#, EXTENSIONS),
        ] {
            assert_eq!(body(text), Err(Refused::bad(detail)), "{text}");
        }
        assert_eq!(
            read_body(b"{\"query\":\"\xff\"}", &Limits::default(), &Registry::default()),
            Err(Refused::bad(NOT_JSON))
        );
    }

    #[test]
    fn urls_are_read() {
        for text in
            ["query={x}", "query=%7Bx%7D&operationName=&variables=&extensions=", "a=1&a=2&query={x}&variables=null"]
        {
            assert_eq!(url(text).expect("read").query, "{x}", "{text}");
        }
        let full = url("query=query+A%7Bx%7D&operationName=A&variables=%7B%22a%22%3A1%7D&extensions={}").expect("read");
        assert_eq!((full.query.as_str(), full.operation_name.as_deref()), ("query A{x}", Some("A")));
        assert_eq!(Value::Object(full.variables), json!({ "a": 1 }));
    }

    #[test]
    fn illegible_urls_say_what_is_wrong() {
        for (text, detail) in [
            ("", QUERY),
            ("qeury={x}", QUERY),
            ("query=", QUERY),
            ("documentId=a&query={x}", DOCUMENT_ID),
            ("query={x}&query={y}", PARAMETERS),
            ("query={x}&variables=7", VARIABLES),
            ("query={x}&variables=[]", VARIABLES),
            ("query={x}&variables={", VARIABLES),
            ("query={x}&variables={}{}", VARIABLES),
            ("query={x}&extensions=a", EXTENSIONS),
            ("query={x}&extensions=[]", EXTENSIONS),
        ] {
            assert_eq!(url(text), Err(Refused::bad(detail)), "{text}");
        }
    }

    #[test]
    fn what_is_legible_is_weighed() {
        let deep =
            format!(r#"{{"query":"{{x}}","variables":{{"a":{}1{}}}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(body(&deep).expect_err("too deep").code(), ErrorCode::VariablesTooDeep);
        let wide = format!(r#"{{"query":"{{x}}","variables":{{"a":[{}1]}}}}"#, "1,".repeat(20_000));
        assert_eq!(body(&wide).expect_err("too wide").code(), ErrorCode::VariablesTooLarge);
        let extensions =
            format!(r#"{{"query":"{{x}}","extensions":{{"a":{}1{}}}}}"#, "[".repeat(50_000), "]".repeat(50_000));
        assert_eq!(body(&extensions).expect("nobody reads them").query, "{x}");
        let document = format!(r#"{{"query":"{{x(v:{})}}"}}"#, "[".repeat(3_000));
        let refused = body(&document).expect_err("too deep");
        assert_eq!(refused.code(), ErrorCode::DocumentTooDeep);
        let told: Value = serde_json::from_slice(&refused.body(Locale::En, "r")).expect("JSON");
        assert_eq!(told["errors"][0]["locations"][0]["line"], 1);
    }
}
