//! What HTTP tells of costs and limits: the headers of `draft-ietf-httpapi-ratelimit-headers`, and the one that asks for the cost.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

use crate::execution::rate::Standing;

/// Asks that the answer tell its cost: `GraphQL-Cost: report`, as Hot Chocolate has it.
const GRAPHQL_COST: HeaderName = HeaderName::from_static("graphql-cost");
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Does the client ask what it costs?
pub(super) fn asks_cost(headers: &HeaderMap) -> bool {
    headers.get(GRAPHQL_COST).is_some_and(|value| value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"report"))
}

/// How a caller stands: what he has in a minute, what is left of it, and after how many seconds all of it is there again.
pub(super) fn headers(standing: &Standing) -> Vec<(HeaderName, HeaderValue)> {
    let Standing { quota, remaining, full_in, wait } = standing;
    let texts = [
        (RATE_LIMIT_POLICY, Some(format!("\"cost\";q={quota};w=60"))),
        (RATE_LIMIT, Some(format!("\"cost\";r={remaining};t={full_in}"))),
        (RETRY_AFTER, wait.map(|seconds| seconds.to_string())),
    ];
    let headers = texts.into_iter().filter_map(|(name, text)| Some((name, HeaderValue::from_str(&text?).ok()?)));
    headers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_is_told_as_the_draft_says() {
        let told = |wait| {
            let told = headers(&Standing { quota: 1_000, remaining: 400, full_in: 36, wait });
            told.into_iter()
                .map(|(name, value)| format!("{name}: {}", value.to_str().expect("text")))
                .collect::<Vec<_>>()
        };
        let both = [r#"ratelimit-policy: "cost";q=1000;w=60"#, r#"ratelimit: "cost";r=400;t=36"#];
        assert_eq!(told(None), both);
        assert_eq!(told(Some(7)), [both[0], both[1], "retry-after: 7"]);
    }

    #[test]
    fn the_cost_is_told_to_whom_asks() {
        for (value, expected) in [(Some("report"), true), (Some(" Report "), true), (Some("no"), false), (None, false)]
        {
            let mut headers = HeaderMap::new();
            if let Some(value) = value {
                headers.insert(GRAPHQL_COST, HeaderValue::from_static(value));
            }
            assert_eq!(asks_cost(&headers), expected, "{value:?}");
        }
    }
}
