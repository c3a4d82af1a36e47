//! `GET /pictures/{kind}`: a picture at an address of its own, for pages and printers. It is the field `picture`, asked as
//! anybody asks it; this adds what HTTP has for images.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH,
};
use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse};
use entity::picture::{PictureFormat, PictureKind};
use serde_json::{Map, Value};

use super::Executor;
use super::refused::{Detail, Refused};
use super::response::Exchange;
use super::routes::{Worker, actor, joined, shown};
use crate::execution::{GraphRequest, Terms};
use crate::graph::error::{ErrorCode, Refusal};

const DOCUMENT: &str = "query Picture($kind: PictureKind!, $of: ID!, $format: PictureFormat!, $asOf: Date, $from: Date, $to: Date, \
     $depth: Int) { picture(kind: $kind, of: $of, format: $format, asOf: $asOf, from: $from, to: $to, depth: $depth) { content mediaType hash } }";

/// An image may carry its own style and load nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/// Parameters of the address, by the names of the field's arguments.
const PARAMETERS: [&str; 5] = ["of", "asOf", "from", "to", "depth"];

const ILLEGIBLE: Detail = Detail {
    es: "los parámetros de la dirección no son legibles, se repiten o no se conocen (of, asOf, from, to, depth, format)",
    en: "the parameters of the URL are not legible, are repeated or unknown (of, asOf, from, to, depth, format)",
};
const NO_SUBJECT: Detail =
    Detail { es: "falta of, el identificador de lo que se dibuja", en: "of, the id of what is drawn, is missing" };
const NO_FORMAT: Detail =
    Detail { es: "format debe ser svg, mermaid o text", en: "format must be svg, mermaid or text" };

/// The kind that a path names, such as `org-chart`.
pub(super) fn kind(path: &str) -> Option<&'static str> {
    let kinds = PictureKind::VOCABULARY.terms.iter().map(|term| term.name);
    kinds.into_iter().find(|name| name.to_ascii_lowercase().replace('_', "-") == path)
}

/// The picture, or that it is still the one that the client has.
pub(super) async fn answer<E: Executor>(
    worker: &Worker<E>,
    exchange: &Exchange,
    request: &HttpRequest,
    kind: &'static str,
) -> Result<HttpResponse, Refused> {
    let shown = shown(worker, exchange, request).await?;
    let variables = variables(request.query_string(), kind)?;
    let actor = actor(worker, exchange, &shown).await?;
    let response = worker.executor.execute(GraphRequest {
        query: DOCUMENT.to_owned(),
        operation_name: None,
        variables,
        actor,
        locale: exchange.locale,
        request_id: exchange.request_id.clone(),
        client: shown.client,
        read_only: true,
        terms: Terms { address: Some(shown.address), tells_cost: false },
    });
    let told: Value = serde_json::from_slice(&response.await.body).unwrap_or_default();
    let picture = &told["data"]["picture"];
    let text = |name: &str| picture[name].as_str();
    let (Some(content), Some(media), Some(hash)) = (text("content"), text("mediaType"), text("hash")) else {
        return Err(Refused::resource(refusal(&told)));
    };
    let tag = format!("\"{hash}\"");
    let known = is_known(request.headers(), &tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag));
    // Whoever may see it keeps it, and asks each time whether it still is what he may see.
    response.insert_header((CACHE_CONTROL, "private, no-cache"));
    response.insert_header((CONTENT_SECURITY_POLICY, POLICY));
    response.insert_header((CONTENT_LANGUAGE, exchange.locale.tag()));
    if known {
        return Ok(response.finish());
    }
    Ok(response.insert_header((CONTENT_TYPE, media)).body(content.to_owned()))
}

/// The variables of the document, from the parameters of the address. One that is present and empty counts as absent.
fn variables(query_string: &str, kind: &str) -> Result<Map<String, Value>, Refused> {
    let illegible = || Refused::bad(ILLEGIBLE);
    let pairs = Query::<Vec<(String, String)>>::from_query(query_string).map_err(|_| illegible())?;
    let mut variables = Map::new();
    variables.insert("kind".to_owned(), kind.into());
    variables.insert("format".to_owned(), PictureFormat::VOCABULARY.terms[0].name.into());
    let mut seen = Vec::new();
    for (name, value) in pairs.into_inner() {
        if seen.contains(&name) {
            return Err(illegible());
        }
        if name == "format" {
            let formats = PictureFormat::VOCABULARY.terms.iter().map(|term| term.name);
            let format = formats.into_iter().find(|known| known.eq_ignore_ascii_case(&value));
            variables.insert("format".to_owned(), format.ok_or(Refused::bad(NO_FORMAT))?.into());
        } else if !PARAMETERS.contains(&name.as_str()) {
            return Err(illegible());
        } else if !value.is_empty() {
            // A number in an address is text; what is none is left as it is, and refused as any other value.
            let number = value.parse::<i32>().ok().filter(|_| name == "depth");
            variables.insert(name.clone(), number.map_or_else(|| value.into(), Value::from));
        }
        seen.push(name);
    }
    if variables.contains_key("of") { Ok(variables) } else { Err(Refused::bad(NO_SUBJECT)) }
}

/// The first refusal that an answer tells, with its parameters.
fn refusal(told: &Value) -> Refusal {
    told_refusal(&told["errors"][0])
}

/// A refusal as an answer tells it, with its parameters.
pub(super) fn told_refusal(error: &Value) -> Refusal {
    let extensions = &error["extensions"];
    let code = ErrorCode::ALL.iter().copied().find(|code| extensions["code"] == code.name());
    let code = code.unwrap_or(ErrorCode::Internal);
    let mut refusal = Refusal::from(code);
    for name in code.entry().params {
        if let Some(value) = extensions.get(*name) {
            refusal = refusal.with(name, value.clone());
        }
    }
    if let Some(argument) = extensions["argument"].as_array() {
        refusal = refusal.at(argument.iter().filter_map(Value::as_str));
    }
    refusal
}

/// Does the client have it already (RFC 9110, 13.1.2)?
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = joined(headers, &IF_NONE_MATCH).unwrap_or_default();
    known.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}
