//! How answers are dressed: the headers that all of them carry, and those of one kind.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue,
    REFERRER_POLICY, RETRY_AFTER, VARY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpResponse, HttpResponseBuilder};

use super::negotiation::Media;
use super::rate;
use super::refused::Refused;
use crate::config::Protocol;
use crate::execution::GraphResponse;
use crate::graph::error::{ErrorCode, Locale};

/// Names the request in both directions.
pub(super) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Nothing may be loaded by an answer that is data; the explorer has its own.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// The draft's status of an answer with data and errors.
const PARTIAL_SUCCESS: u16 = 294;

/// Whether what the error refuses could be read as GraphQL, and is wrong in what it says.
const fn is_understood(error: ErrorCode) -> bool {
    matches!(error, ErrorCode::DocumentInvalid | ErrorCode::OperationNotFound | ErrorCode::VariablesInvalid)
}

/// What of a request its answer repeats.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    /// Names it in answers and in the log.
    pub request_id: String,
    /// Language of messages.
    pub locale: Locale,
    /// In which type GraphQL answers.
    pub media: Media,
    /// By which text the answer has its status.
    pub protocol: Protocol,
}

impl Exchange {
    /// The answer of the graph: 200, or the status of a refusal of the whole.
    pub fn answer(&self, response: GraphResponse) -> HttpResponse {
        let status = self.status(&response);
        let mut builder = self.json(status);
        match status {
            401 => builder.insert_header((WWW_AUTHENTICATE, "Bearer")),
            405 => builder.insert_header((ALLOW, "POST")),
            503 => builder.insert_header((RETRY_AFTER, 5)),
            _ => &mut builder,
        };
        for header in response.standing.iter().flat_map(rate::headers) {
            builder.insert_header(header);
        }
        builder.body(response.body)
    }

    fn status(&self, response: &GraphResponse) -> u16 {
        let draft = self.protocol == Protocol::Draft2026;
        match (self.media, response.refused) {
            (Media::Json, None | Some(400)) => 200,
            (_, None) if draft && response.error.is_some() => PARTIAL_SUCCESS,
            (_, None) => 200,
            (_, Some(400)) if draft && response.error.is_some_and(is_understood) => 422,
            (_, Some(status)) => status,
        }
    }

    /// A refusal at the edge.
    pub fn refuse(&self, refused: &Refused) -> HttpResponse {
        let mut builder = self.json(refused.status(self.media));
        if let Some(seconds) = refused.retry_after() {
            builder.insert_header((RETRY_AFTER, seconds));
        }
        if let Some(allowed) = refused.allowed() {
            builder.insert_header((ALLOW, allowed));
        }
        match refused.code() {
            ErrorCode::Unauthenticated | ErrorCode::TokenExpired => {
                builder.insert_header((WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""));
            }
            // What is left of the body is not read: the connection cannot serve another request.
            ErrorCode::BodyTooLarge | ErrorCode::DeadlineExceeded => {
                builder.force_close();
            }
            _ => {}
        }
        builder.body(refused.body(self.locale, &self.request_id))
    }

    fn json(&self, status: u16) -> HttpResponseBuilder {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut builder = HttpResponse::build(status);
        builder.insert_header((CONTENT_TYPE, self.media.content_type()));
        builder.insert_header((CONTENT_LANGUAGE, self.locale.tag()));
        builder
    }

    /// Puts on every answer what every answer has.
    pub fn finish(&self, mut response: HttpResponse, cors: Vec<(HeaderName, HeaderValue)>) -> HttpResponse {
        let headers = response.headers_mut();
        if let Ok(id) = HeaderValue::from_str(&self.request_id) {
            headers.insert(X_REQUEST_ID, id);
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language, Authorization, Origin"));
        if !headers.contains_key(CACHE_CONTROL) {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        if !headers.contains_key(CONTENT_SECURITY_POLICY) {
            headers.insert(CONTENT_SECURITY_POLICY, NOTHING);
        }
        for (name, value) in cors {
            headers.insert(name, value);
        }
        response
    }
}

/// A text that is no answer of the graph.
pub(super) fn text(content_type: &'static str, body: impl Into<String>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, content_type))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(body.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_speaks_as_the_type_and_the_text_say() {
        use ErrorCode::{DocumentInvalid, DocumentSyntax, Internal, NotFound, VariablesInvalid};
        use Protocol::{Current, Draft2026};
        // What was refused, the first error; as application/json, then as application/graphql-response+json, today's and the draft's.
        let table = [
            (None, None, [200, 200, 200]),
            (None, Some(NotFound), [200, 200, 294]),
            (Some(400), Some(DocumentSyntax), [200, 400, 400]),
            (Some(400), Some(DocumentInvalid), [200, 400, 422]),
            (Some(400), Some(VariablesInvalid), [200, 400, 422]),
            (Some(401), Some(ErrorCode::Unauthenticated), [401, 401, 401]),
            (Some(500), Some(Internal), [500, 500, 500]),
        ];
        for (refused, error, expected) in table {
            let ways =
                [(Media::Json, Draft2026), (Media::GraphqlResponse, Current), (Media::GraphqlResponse, Draft2026)];
            let told = ways.map(|(media, protocol)| {
                let exchange = Exchange { request_id: "r".to_owned(), locale: Locale::En, media, protocol };
                exchange.answer(GraphResponse { refused, error, ..GraphResponse::default() }).status().as_u16()
            });
            assert_eq!(told, expected, "{refused:?} {error:?}");
        }
    }
}
