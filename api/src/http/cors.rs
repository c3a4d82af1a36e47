//! Which pages of other origins may call (CORS): those of the configured list. No cookies are involved: who asks is told by a
//! header that only the page's own program can set.

use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderName,
    HeaderValue, ORIGIN,
};

/// The headers for one request; none when its origin is not allowed, which makes the browser keep the answer from the page.
pub(super) fn headers(allowed: &[String], method: &Method, request: &HeaderMap) -> Vec<(HeaderName, HeaderValue)> {
    let origin = request.get(ORIGIN).filter(|origin| allowed.iter().any(|known| known.as_bytes() == origin.as_bytes()));
    let Some(origin) = origin else { return Vec::new() };
    let mut headers = vec![(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone())];
    let mut say = |name, value| headers.push((name, HeaderValue::from_static(value)));
    if *method == Method::OPTIONS && request.contains_key(ACCESS_CONTROL_REQUEST_METHOD) {
        say(ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, DELETE");
        say(
            ACCESS_CONTROL_ALLOW_HEADERS,
            "Accept, Accept-Language, Authorization, Content-Type, GraphQL-Cost, If-None-Match, X-GraphQL-Event-Stream-Token, X-Request-Id",
        );
        say(ACCESS_CONTROL_MAX_AGE, "600");
    } else {
        say(
            ACCESS_CONTROL_EXPOSE_HEADERS,
            "Content-Language, ETag, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id",
        );
    }
    headers
}
