//! `Authorization`: who says he is who.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::throttle::Throttle;
use crate::access::key::MARK;
use crate::access::token::{Basis, Claims, TokenFault, Verifier};
use crate::config::HttpConfig;
use crate::graph::error::{ErrorCode, Refusal};

/// How many verified tokens are remembered: 32 bytes and their claims each.
const REMEMBERED: u64 = 10_000;
/// How long one is remembered that lives longer.
const MEMORY: Duration = Duration::from_secs(3600);

/// Looks at tokens, remembers those that it believed (to check a signature costs more than most queries), and lets nobody try one
/// after another.
pub(super) struct Doorkeeper {
    verifier: Verifier,
    believed: Cache<[u8; 32], Believed>,
    /// API keys that were good, by their hash.
    good: Cache<[u8; 32], ()>,
    throttle: Throttle,
}

#[derive(Clone)]
struct Believed {
    claims: Arc<Claims>,
    basis: Arc<Basis>,
}

impl Doorkeeper {
    /// Believes what the verifier believes.
    pub fn new(verifier: Verifier, http: &HttpConfig) -> Self {
        let believed = Cache::builder().max_capacity(REMEMBERED).time_to_live(MEMORY).build();
        let good = Cache::builder().max_capacity(REMEMBERED).time_to_live(MEMORY).build();
        Self { verifier, believed, good, throttle: Throttle::new(http.failed_sign_ins) }
    }

    /// The API key that the request shows in place of a token. Whether it is good only the database knows.
    pub(super) fn key(headers: &HeaderMap) -> Option<&str> {
        let mut shown = headers.get_all(AUTHORIZATION);
        let text = shown.next().filter(|_| shown.next().is_none())?.to_str().ok()?;
        let (scheme, key) = text.split_once(' ')?;
        let key = key.trim();
        (scheme.eq_ignore_ascii_case("bearer") && key.starts_with(MARK)).then_some(key)
    }

    /// Looks an API key up, unless its address or the key itself failed too often. One that was good before is looked up
    /// whatever others at its address do.
    ///
    /// # Errors
    /// RATE_LIMITED, and what the looking up refuses.
    pub(super) async fn look_up<T>(
        &self,
        key: &str,
        address: IpAddr,
        now: DateTime<Utc>,
        found: impl Future<Output = Result<T, Refusal>>,
    ) -> Result<T, Refusal> {
        let hash: [u8; 32] = Sha256::digest(key).into();
        if !self.good.contains_key(&hash) {
            self.may_try(address, &hash, now)?;
        }
        let found = found.await;
        match &found {
            Ok(_) => self.good.insert(hash, ()),
            Err(refusal) if refusal.code == ErrorCode::Unauthenticated => {
                tracing::info!(%address, "API key refused");
                self.good.invalidate(&hash);
                self.throttle.refused(hash, now);
                self.throttle.guessed(address, now);
            }
            Err(_) => {}
        }
        found
    }

    fn may_try(&self, address: IpAddr, hash: &[u8; 32], now: DateTime<Utc>) -> Result<(), Refusal> {
        let Some(seconds) = self.throttle.wait(address, hash, now) else { return Ok(()) };
        tracing::warn!(%address, seconds, "too many sign-ins failed");
        Err(ErrorCode::RateLimited.with("seconds", seconds))
    }

    /// What the request's token says; `None` when it shows none: a visitor.
    ///
    /// # Errors
    /// What the client is told; why is in the log.
    pub(super) async fn claims(
        &self,
        headers: &HeaderMap,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<Option<Arc<Claims>>, Refusal> {
        let mut shown = headers.get_all(AUTHORIZATION);
        let Some(first) = shown.next() else { return Ok(None) };
        let hash: [u8; 32] = Sha256::digest(first.as_bytes()).into();
        // Two statements about who asks are none that can be believed.
        let one = shown.next().is_none().then_some(first).and_then(|value| value.to_str().ok());
        let token = one.and_then(|text| text.split_once(' ')).ok_or(TokenFault::Malformed);
        let token = token.and_then(|(scheme, token)| match scheme.eq_ignore_ascii_case("bearer") {
            true => Ok(token.trim()),
            false => Err(TokenFault::Kind),
        });
        // Before the address is looked at: behind one address there may be many, and whoever was let in stays in.
        if token.is_ok()
            && let Some(known) = self.believed.get(&hash).filter(|known| now < known.claims.expires)
            && self.verifier.stands(&known.basis, now).await
        {
            return Ok(Some(known.claims));
        }
        self.may_try(address, &hash, now)?;
        let verdict = match token {
            Ok(token) => self.verifier.believe(token, now).await,
            Err(fault) => Err(fault),
        };
        match verdict {
            Ok((claims, basis)) => {
                let known = Believed { claims: Arc::new(claims), basis: Arc::new(basis) };
                self.believed.insert(hash, known.clone());
                Ok(Some(known.claims))
            }
            Err(fault) => {
                tracing::info!(%fault, %address, "token refused");
                self.count(fault, address, hash, now);
                Err(fault.code().into())
            }
        }
    }

    /// Whoever shows what nobody signed is guessing, and his address pays. A token whose time is over comes from honest people too, all
    /// of an office at once in the morning: it only spoils itself.
    fn count(&self, fault: TokenFault, address: IpAddr, hash: [u8; 32], now: DateTime<Utc>) {
        if fault == TokenFault::NoKeys {
            return;
        }
        self.throttle.refused(hash, now);
        if !fault.is_signed() {
            self.throttle.guessed(address, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use chrono::TimeDelta;

    use super::*;
    use crate::http::tests::fixture::{development_key, http, moment, token_config};

    const SOMEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 9));
    const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 10));

    fn doorkeeper() -> Doorkeeper {
        let verifier = Verifier::with_development(&token_config(), &development_key()).expect("a key");
        Doorkeeper::new(verifier, &http(&[]))
    }

    fn headers(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_str(value).expect("a header"));
        }
        headers
    }

    #[tokio::test]
    async fn a_believed_token_is_remembered_until_it_expires() {
        let door = doorkeeper();
        let token = development_key().sign("ana", moment(), TimeDelta::minutes(10)).expect("signed");
        let headers = headers(&[&format!("bearer  {token}")]);
        let first = door.claims(&headers, SOMEWHERE, moment()).await.expect("believed").expect("shown");
        let second = door.claims(&headers, SOMEWHERE, moment()).await.expect("believed").expect("shown");
        assert_eq!(first.subject, "ana");
        assert!(Arc::ptr_eq(&first, &second), "the second look does not verify again");
        let late = moment() + TimeDelta::minutes(11);
        assert_eq!(door.claims(&headers, SOMEWHERE, late).await, Err(ErrorCode::TokenExpired.into()));
    }

    #[test]
    fn an_api_key_is_told_from_a_token() {
        assert_eq!(Doorkeeper::key(&headers(&["bearer  art_x"])), Some("art_x"));
        for values in [&[][..], &["Bearer a.b.c"], &["Basic art_x"], &["art_x"], &["Bearer art_x", "Bearer art_x"]] {
            assert_eq!(Doorkeeper::key(&headers(values)), None, "{values:?}");
        }
    }

    #[tokio::test]
    async fn what_is_no_bearer_token_is_refused() {
        let door = doorkeeper();
        assert_eq!(door.claims(&headers(&[]), SOMEWHERE, moment()).await, Ok(None));
        for values in
            [&["Basic YTpi"][..], &["Bearer"], &["Bearer "], &["Bearer a.b.c"], &["", ""], &["Bearer a", "Bearer a"]]
        {
            let refusal = door.claims(&headers(values), SOMEWHERE, moment()).await.expect_err("refused");
            assert_eq!(refusal.code, ErrorCode::Unauthenticated, "{values:?}");
        }
    }

    #[tokio::test]
    async fn an_address_that_guesses_waits_and_whoever_is_in_stays_in() {
        let door = doorkeeper();
        let token = |subject: &str| development_key().sign(subject, moment(), TimeDelta::minutes(10)).expect("signed");
        let (ana, luis) = (format!("Bearer {}", token("ana")), format!("Bearer {}", token("luis")));
        let (ana, luis) = (headers(&[&ana]), headers(&[&luis]));
        assert!(door.claims(&ana, SOMEWHERE, moment()).await.is_ok());
        for number in 0..30 {
            let guess = headers(&[&format!("Bearer {number}.b.c")]);
            let refusal = door.claims(&guess, SOMEWHERE, moment()).await.expect_err("refused");
            assert_eq!(refusal.code, ErrorCode::Unauthenticated, "{number}");
        }
        let limited = Err(ErrorCode::RateLimited.with("seconds", 2));
        assert_eq!(door.claims(&headers(&["Bearer 31.b.c"]), SOMEWHERE, moment()).await, limited);
        assert_eq!(door.claims(&luis, SOMEWHERE, moment()).await, limited, "a new token would have to be checked");
        assert!(door.claims(&ana, SOMEWHERE, moment()).await.is_ok(), "a known one need not be");
        assert!(door.claims(&headers(&[]), SOMEWHERE, moment()).await.is_ok(), "a visitor shows nothing");
        assert!(door.claims(&luis, ELSEWHERE, moment()).await.is_ok(), "others are not concerned");
        let later = moment() + TimeDelta::seconds(2);
        assert!(door.claims(&luis, SOMEWHERE, later).await.is_ok(), "it passes");
    }

    #[tokio::test]
    async fn an_expired_token_spoils_itself_and_not_its_address() {
        let door = doorkeeper();
        let late = moment() + TimeDelta::minutes(11);
        let expired =
            |subject: &str| development_key().sign(subject, moment(), TimeDelta::minutes(10)).expect("signed");
        let ana = headers(&[&format!("Bearer {}", expired("ana"))]);
        for _ in 0..10 {
            assert_eq!(door.claims(&ana, SOMEWHERE, late).await, Err(ErrorCode::TokenExpired.into()));
        }
        assert_eq!(door.claims(&ana, ELSEWHERE, late).await, Err(ErrorCode::RateLimited.with("seconds", 6)));
        for number in 0..60 {
            let token = expired(&format!("person{number}"));
            let other = headers(&[&format!("Bearer {token}")]);
            assert_eq!(door.claims(&other, SOMEWHERE, late).await, Err(ErrorCode::TokenExpired.into()), "{number}");
        }
    }
}
