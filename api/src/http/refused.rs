//! A request that the edge refuses: the catalogued error, and what HTTP adds to it.

use serde_json::{Map, Value, json};

use super::guard;
use super::negotiation::Media;
use crate::graph::error::{ErrorClass, ErrorCode, Locale, Refusal};

/// After how many seconds an unavailable service is worth another try.
const RETRY_SECONDS: u32 = 5;

/// A text of the edge in both languages, for the parameter `detail`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Detail {
    /// Spanish.
    pub es: &'static str,
    /// English.
    pub en: &'static str,
}

/// Why the edge refuses.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refused {
    refusal: Refusal,
    detail: Option<Detail>,
    status: u16,
    at: Option<guard::Position>,
    /// Was it a GraphQL request, and only its document or variables are refused?
    graphql: bool,
}

impl Refused {
    /// What the transport refuses: it keeps its status whatever the client accepts.
    pub fn transport(refusal: impl Into<Refusal>) -> Self {
        let refusal = refusal.into();
        let status = refusal.code.entry().status.unwrap_or(500);
        Self { refusal, detail: None, status, at: None, graphql: false }
    }

    /// What the graph refused of a resource that has an address of its own: the class of its code is the status.
    pub fn resource(refusal: Refusal) -> Self {
        let entry = refusal.code.entry();
        let of_class = match entry.class {
            ErrorClass::NotFound => 404,
            ErrorClass::Authorization => 403,
            ErrorClass::Authentication => 401,
            ErrorClass::Internal => 500,
            _ => 400,
        };
        Self { status: entry.status.unwrap_or(of_class), ..Self::transport(refusal) }
    }

    /// BAD_REQUEST, with the reason.
    pub fn bad(detail: Detail) -> Self {
        Self { detail: Some(detail), ..Self::transport(ErrorCode::BadRequest) }
    }

    /// NOT_FOUND for a path that nothing answers to.
    pub fn no_such_path() -> Self {
        Self { status: 404, ..Self::transport(ErrorCode::NotFound) }
    }

    /// The status, given the type of the answer. `application/json` promises 200 for whatever was legible as GraphQL over HTTP;
    /// only the 400 of a document hides behind it: who is not known, what takes too long or fails keeps its status.
    pub fn status(&self, media: Media) -> u16 {
        match (media, self.status) {
            (Media::Json, 400) if self.graphql => 200,
            (_, status) => status,
        }
    }

    /// Is it only the document, or its variables, that is refused?
    pub fn is_of_document(&self) -> bool {
        self.graphql
    }

    /// The same with its own status, whatever the client accepts.
    pub fn with_its_status(self) -> Self {
        Self { graphql: false, ..self }
    }

    /// The refusal, free of HTTP.
    pub fn refusal(&self) -> &Refusal {
        &self.refusal
    }

    /// The code.
    pub fn code(&self) -> ErrorCode {
        self.refusal.code
    }

    /// METHOD_NOT_ALLOWED, with those that are: as the header `Allow` lists them.
    pub fn method(allowed: &'static str) -> Self {
        Self::transport(ErrorCode::MethodNotAllowed.with("allowed", allowed))
    }

    /// What `Allow` says of a method that is not allowed.
    pub fn allowed(&self) -> Option<&str> {
        (self.code() == ErrorCode::MethodNotAllowed).then(|| self.refusal.params.get("allowed")?.as_str()).flatten()
    }

    /// Seconds after which another try makes sense.
    pub fn retry_after(&self) -> Option<u32> {
        match self.code() {
            ErrorCode::Unavailable => Some(RETRY_SECONDS),
            ErrorCode::RateLimited => self.refusal.params.get("seconds")?.as_u64()?.try_into().ok(),
            _ => None,
        }
    }

    /// The answer's JSON: one entry of `errors`, no `data`.
    pub fn body(&self, locale: Locale, request_id: &str) -> Vec<u8> {
        let mut refusal = self.refusal.clone();
        if let Some(detail) = self.detail {
            refusal = refusal.with("detail", if locale == Locale::En { detail.en } else { detail.es });
        }
        if refusal.code.entry().params.contains(&"requestId") {
            refusal = refusal.with("requestId", request_id);
        }
        let message = refusal.message(locale);
        let mut extensions = Map::new();
        extensions.insert("code".into(), self.code().name().into());
        extensions.insert("requestId".into(), request_id.into());
        if !refusal.path.is_empty() {
            extensions.insert("argument".into(), refusal.path.clone().into());
        }
        extensions.extend(refusal.params);
        extensions.extend(self.retry_after().map(|seconds| ("retryAfter".to_owned(), Value::from(seconds))));
        let mut error = json!({ "message": message, "extensions": extensions });
        if let Some(at) = self.at {
            error["locations"] = json!([{ "line": at.line, "column": at.column }]);
        }
        json!({ "errors": [error] }).to_string().into_bytes()
    }
}

impl From<guard::Refusal> for Refused {
    /// What the guard counted, in the words of the catalogue. The body's size is the transport's; the rest is the document's.
    fn from(refusal: guard::Refusal) -> Self {
        let code = catalogued(refusal.code());
        let catalogued = match &refusal {
            guard::Refusal::Exceeded { allowed, .. } => code.with("maximum", *allowed),
            guard::Refusal::Syntax { reason, .. } => code.with("detail", *reason),
            guard::Refusal::FragmentCycle { .. } => code.into(),
        };
        Self { at: refusal.position(), graphql: code != ErrorCode::BodyTooLarge, ..Self::transport(catalogued) }
    }
}

/// The code of that name. A test proves that the guard names none that the catalogue lacks.
fn catalogued(name: &str) -> ErrorCode {
    ErrorCode::ALL.iter().copied().find(|code| code.name() == name).unwrap_or(ErrorCode::BadRequest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_knows_what_the_guard_says() {
        for limit in guard::Limit::ALL {
            let code = catalogued(limit.code());
            assert_eq!(code.name(), limit.code());
            assert_eq!(code.entry().params, ["maximum"], "{}", code.name());
        }
        assert_eq!(catalogued("DOCUMENT_SYNTAX"), ErrorCode::DocumentSyntax);
        assert_eq!(catalogued("FRAGMENT_CYCLE"), ErrorCode::FragmentCycle);
    }

    #[test]
    fn a_refusal_is_one_error_in_the_clients_language() {
        let refused = Refused::bad(Detail { es: "falta query", en: "query is missing" });
        for (locale, expected) in [(Locale::EsCo, "falta query"), (Locale::En, "query is missing")] {
            let body: Value = serde_json::from_slice(&refused.body(locale, "r1")).expect("JSON");
            let error = &body["errors"][0];
            assert_eq!(error["extensions"], json!({ "code": "BAD_REQUEST", "requestId": "r1", "detail": expected }));
            assert!(error["message"].as_str().is_some_and(|text| text.ends_with(expected)), "{error}");
            assert!(body.get("data").is_none() && error.get("locations").is_none());
        }
    }

    #[test]
    fn only_the_document_hides_behind_application_json() {
        let document = Refused::from(guard::scan("{", &guard::Limits::default()).expect_err("not GraphQL"));
        assert_eq!((document.status(Media::Json), document.status(Media::GraphqlResponse)), (200, 400));
        let body = Refused::from(guard::check_body(u64::MAX, &guard::Limits::default()).expect_err("too large"));
        assert_eq!((body.status(Media::Json), body.status(Media::GraphqlResponse)), (413, 413));
        let late = Refused::transport(ErrorCode::Unavailable);
        assert_eq!((late.status(Media::Json), late.retry_after()), (503, Some(5)));
    }
}
