//! `Authorization`: who says he is who.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use crate::access::key::MARK;
use crate::access::token::{Claims, TokenFault, Verifier};

/// How many verified tokens are remembered: 32 bytes and their claims each.
const REMEMBERED: u64 = 10_000;
/// How long one is remembered that lives longer.
const MEMORY: Duration = Duration::from_secs(3600);

/// Looks at tokens, and remembers those that it believed: to check a signature costs more than most queries.
#[derive(Debug)]
pub struct Doorkeeper {
    verifier: Verifier,
    believed: Cache<[u8; 32], Arc<Claims>>,
}

impl Doorkeeper {
    /// Believes what the verifier believes.
    pub fn new(verifier: Verifier) -> Self {
        Self { verifier, believed: Cache::builder().max_capacity(REMEMBERED).time_to_live(MEMORY).build() }
    }

    /// The API key that the request shows in place of a token. Whether it is good only the database knows.
    pub(super) fn key(headers: &HeaderMap) -> Option<&str> {
        let mut shown = headers.get_all(AUTHORIZATION);
        let text = shown.next().filter(|_| shown.next().is_none())?.to_str().ok()?;
        let (scheme, key) = text.split_once(' ')?;
        let key = key.trim();
        (scheme.eq_ignore_ascii_case("bearer") && key.starts_with(MARK)).then_some(key)
    }

    /// What the request's token says; `None` when it shows none: a visitor.
    pub(super) fn claims(&self, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Option<Arc<Claims>>, TokenFault> {
        let mut shown = headers.get_all(AUTHORIZATION);
        let Some(first) = shown.next() else { return Ok(None) };
        // Two statements about who asks are none that can be believed.
        let one = shown.next().is_none().then_some(first).and_then(|value| value.to_str().ok());
        let (scheme, token) = one.and_then(|text| text.split_once(' ')).ok_or(TokenFault::Malformed)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(TokenFault::Kind);
        }
        self.believe(token.trim(), now).map(Some)
    }

    fn believe(&self, token: &str, now: DateTime<Utc>) -> Result<Arc<Claims>, TokenFault> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        if let Some(claims) = self.believed.get(&hash).filter(|claims| now < claims.expires) {
            return Ok(claims);
        }
        let claims = Arc::new(self.verifier.verify(token, now)?);
        self.believed.insert(hash, Arc::clone(&claims));
        Ok(claims)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use chrono::TimeDelta;

    use super::*;
    use crate::http::tests::fixture::{development_key, moment, token_config};

    fn doorkeeper() -> Doorkeeper {
        Doorkeeper::new(Verifier::with_development(&token_config(), &development_key()).expect("a key"))
    }

    fn headers(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_str(value).expect("a header"));
        }
        headers
    }

    #[test]
    fn a_believed_token_is_remembered_until_it_expires() {
        let door = doorkeeper();
        let token = development_key().sign("ana", moment(), TimeDelta::minutes(10)).expect("signed");
        let headers = headers(&[&format!("bearer  {token}")]);
        let first = door.claims(&headers, moment()).expect("believed").expect("shown");
        let second = door.claims(&headers, moment()).expect("believed").expect("shown");
        assert_eq!(first.subject, "ana");
        assert!(Arc::ptr_eq(&first, &second), "the second look does not verify again");
        let late = moment() + TimeDelta::minutes(11);
        assert_eq!(door.claims(&headers, late), Err(TokenFault::Expired));
    }

    #[test]
    fn an_api_key_is_told_from_a_token() {
        assert_eq!(Doorkeeper::key(&headers(&["bearer  art_x"])), Some("art_x"));
        for values in [&[][..], &["Bearer a.b.c"], &["Basic art_x"], &["art_x"], &["Bearer art_x", "Bearer art_x"]] {
            assert_eq!(Doorkeeper::key(&headers(values)), None, "{values:?}");
        }
    }

    #[test]
    fn what_is_no_bearer_token_is_refused() {
        let door = doorkeeper();
        assert_eq!(door.claims(&headers(&[]), moment()), Ok(None));
        for values in
            [&["Basic YTpi"][..], &["Bearer"], &["Bearer "], &["Bearer a.b.c"], &["", ""], &["Bearer a", "Bearer a"]]
        {
            assert!(door.claims(&headers(values), moment()).is_err(), "{values:?}");
        }
    }
}
