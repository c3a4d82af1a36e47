//! Tokens: signed statements of an issuer about who asks (JWT, RFC 7519; best practice of RFC 8725).
//!
//! The library checks signatures only. Which key, which algorithm and which time are decided here: the keys by the issuer,
//! the algorithm by the key, the time by the caller.

use std::{sync::Arc, time::Duration};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::DevelopmentKey;
use super::account::OWN_ISSUERS;
use super::development::{DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER};
use super::published::Published;
use super::signing_key::Key;
pub use super::signing_key::KeyFault;
use crate::config::{IssuerConfig, TokenAlgorithm, TokenConfig};
pub use fault::TokenFault;

mod fault;

/// The longest token that is looked at, in bytes.
pub const TOKEN_BYTES: usize = 8 * 1024;
/// The longest subject, in bytes.
pub const SUBJECT_BYTES: usize = 255;
/// The last instant that RFC 3339 can write, in seconds.
const LAST_SECOND: i64 = 253_402_300_799;

/// What a verified token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Who says it.
    pub issuer: String,
    /// Of whom: together with the issuer it names one account. 1 to 255 bytes, without control characters.
    pub subject: String,
    /// The token's own id, where the issuer gives one.
    pub id: Option<String>,
    /// The program to which the token was given, where the issuer says (`azp` or `client_id`); at most 255 bytes.
    pub client: Option<String>,
    /// Until when it is good; the leeway comes on top.
    pub expires: DateTime<Utc>,
    /// Whether the development key signed it.
    pub development: bool,
}

#[derive(Deserialize)]
struct WireHeader {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    /// RFC 7515, 4.1.11: present means that not to understand it is to refuse.
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct WireClaims {
    iss: Option<String>,
    sub: Option<String>,
    aud: Option<Audience>,
    exp: Option<Second>,
    nbf: Option<Second>,
    iat: Option<Second>,
    jti: Option<String>,
    azp: Option<String>,
    client_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn holds(&self, name: &str) -> bool {
        match self {
            Audience::One(one) => one == name,
            Audience::Several(several) => several.iter().any(|one| one == name),
        }
    }
}

/// A NumericDate: seconds since 1970, whole or not; fractions are cut.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "serde_json::Number")]
struct Second(i64);

impl TryFrom<serde_json::Number> for Second {
    type Error = &'static str;

    fn try_from(number: serde_json::Number) -> Result<Self, Self::Error> {
        let whole = number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64));
        whole.filter(|second| (0..=LAST_SECOND).contains(second)).map(Second).ok_or("not a time")
    }
}

/// One issuer and the keys that are believed of it.
struct Issuer {
    name: String,
    audience: String,
    /// Those of the configuration.
    fixed: Vec<Key>,
    /// Those that it publishes.
    published: Option<Arc<Published>>,
    development: bool,
}

/// The keys by which a token was believed. When its issuer publishes others, or none for too long, it is to be checked again.
#[derive(Clone)]
pub struct Basis {
    issuer: usize,
    published: Option<Arc<Vec<Key>>>,
}

/// Decides whether a token is believed. It remembers nothing but the keys that issuers publish.
pub struct Verifier {
    issuers: Vec<Issuer>,
    /// Seconds.
    leeway: i64,
    /// Seconds that a token may be good for at most.
    longest: Option<i64>,
}

impl Verifier {
    /// Believes the configured issuers, and no development tokens.
    ///
    /// # Errors
    /// [`KeyFault`], which says what to configure.
    pub fn new(config: &TokenConfig) -> Result<Self, KeyFault> {
        if config.issuers.is_empty() {
            return Err(KeyFault::Missing);
        }
        let issuers = config.issuers.iter().map(configured).collect::<Result<_, _>>()?;
        Ok(Self::of(issuers, config))
    }

    /// Believes the development key, and the configured issuers where there are some. For demonstrations only: whoever reads the
    /// key's file can be anybody.
    ///
    /// # Errors
    /// [`KeyFault`], which says what to configure.
    pub fn with_development(config: &TokenConfig, key: &DevelopmentKey) -> Result<Self, KeyFault> {
        let development = Issuer {
            name: DEVELOPMENT_ISSUER.to_owned(),
            audience: DEVELOPMENT_AUDIENCE.to_owned(),
            fixed: vec![Key::shared(key.secret())],
            published: None,
            development: true,
        };
        let mut issuers = vec![development];
        for issuer in &config.issuers {
            issuers.push(configured(issuer)?);
        }
        Ok(Self::of(issuers, config))
    }

    fn of(issuers: Vec<Issuer>, config: &TokenConfig) -> Self {
        let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(0);
        Self { issuers, leeway: seconds(config.leeway), longest: config.max_lifetime.map(seconds) }
    }

    /// Believes a token at a moment, or says why not; fetches its issuer's published keys when they are missing or due. Nothing
    /// that an unsigned part says is used before the signature is checked, except to choose among the keys that are believed of
    /// its issuer: by `kid` and `alg`. Its `jwk`, `jku`, `x5c` and `x5u` are not looked at.
    ///
    /// # Errors
    /// The first [`TokenFault`] found.
    pub async fn believe(&self, token: &str, now: DateTime<Utc>) -> Result<(Claims, Basis), TokenFault> {
        let read = Read::new(token)?;
        let number = self.issuer(read.claims.iss.as_deref())?;
        let issuer = &self.issuers[number];
        if let Some(published) = &issuer.published {
            published.ready(now).await;
            let unknown = issuer.key(published.keys(now).as_deref(), &read.header).is_err();
            if unknown && read.header.names_public_algorithm() && read.header.acceptable().is_ok() {
                published.look_again(now).await;
            }
        }
        self.check(number, read, now)
    }

    /// The same by the keys that are at hand.
    ///
    /// # Errors
    /// The first [`TokenFault`] found.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenFault> {
        let read = Read::new(token)?;
        let issuer = self.issuer(read.claims.iss.as_deref())?;
        self.check(issuer, read, now).map(|(claims, _)| claims)
    }

    /// Fetches all published keys, so that the first who comes need not wait. An issuer that does not answer is in the log, and is
    /// asked again when somebody shows one of its tokens.
    pub async fn warm(&self, now: DateTime<Utc>) {
        let published = self.issuers.iter().filter_map(|issuer| issuer.published.as_ref());
        futures_util::future::join_all(published.map(|published| published.ready(now))).await;
    }

    /// Whether what was believed by these keys still stands; renews the issuer's published keys when they are due.
    pub async fn stands(&self, basis: &Basis, now: DateTime<Utc>) -> bool {
        let Some(published) = &self.issuers[basis.issuer].published else { return true };
        published.ready(now).await;
        match (published.keys(now), &basis.published) {
            (Some(now), Some(then)) => Arc::ptr_eq(&now, then),
            _ => false,
        }
    }

    fn issuer(&self, name: Option<&str>) -> Result<usize, TokenFault> {
        self.issuers.iter().position(|issuer| Some(issuer.name.as_str()) == name).ok_or(match name {
            Some(DEVELOPMENT_ISSUER) => TokenFault::Development,
            _ => TokenFault::Issuer,
        })
    }

    fn check(&self, number: usize, read: Read<'_>, now: DateTime<Utc>) -> Result<(Claims, Basis), TokenFault> {
        let issuer = &self.issuers[number];
        let published = issuer.published.as_ref().and_then(|published| published.keys(now));
        let key = issuer.key(published.as_deref(), &read.header)?;
        read.header.acceptable()?;
        if !key.signed(read.message, read.signature) {
            return Err(TokenFault::Signature);
        }
        let claims = self.good(issuer, read.claims, now)?;
        Ok((claims, Basis { issuer: number, published }))
    }

    /// Checks what a genuine token says.
    fn good(&self, issuer: &Issuer, claims: WireClaims, now: DateTime<Utc>) -> Result<Claims, TokenFault> {
        if !claims.aud.is_some_and(|audience| audience.holds(&issuer.audience)) {
            return Err(TokenFault::Audience);
        }
        let usable = |subject: &String| {
            !subject.trim().is_empty() && subject.len() <= SUBJECT_BYTES && !subject.chars().any(char::is_control)
        };
        let subject = claims.sub.filter(usable).ok_or(TokenFault::Subject)?;
        let client = claims.azp.or(claims.client_id).filter(usable);
        let now = now.timestamp();
        let Second(expiry) = claims.exp.ok_or(TokenFault::NoExpiry)?;
        if now >= expiry + self.leeway {
            return Err(TokenFault::Expired);
        }
        if [claims.nbf, claims.iat].into_iter().flatten().any(|Second(start)| start > now + self.leeway) {
            return Err(TokenFault::NotYet);
        }
        let issued = claims.iat.map_or(now, |Second(issued)| issued);
        if self.longest.is_some_and(|longest| expiry - issued > longest) {
            return Err(TokenFault::Lifetime);
        }
        let expires = DateTime::from_timestamp(expiry, 0).ok_or(TokenFault::Malformed)?;
        let Issuer { name, development, .. } = issuer;
        Ok(Claims { issuer: name.clone(), subject, id: claims.jti, client, expires, development: *development })
    }
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.issuers.iter().map(|issuer| &issuer.name)).finish()
    }
}

impl Issuer {
    /// The one key of this issuer that a token can be signed with. A token that names no key is taken only where there is no choice:
    /// to try one after another would let each signature be tried against all of them.
    fn key<'a>(&'a self, published: Option<&'a Vec<Key>>, header: &WireHeader) -> Result<&'a Key, TokenFault> {
        if self.fixed.is_empty() && published.is_none() {
            return Err(TokenFault::NoKeys);
        }
        let all = self.fixed.iter().chain(published.into_iter().flatten());
        let mut fitting = all.filter(|key| key.algorithm().name() == header.alg).peekable();
        if fitting.peek().is_none() {
            return Err(TokenFault::Algorithm);
        }
        match &header.kid {
            Some(named) => fitting.find(|key| key.id().is_none_or(|own| own == named)),
            None => fitting.next().filter(|_| fitting.next().is_none()),
        }
        .ok_or(TokenFault::Key)
    }
}

/// A token taken apart; nothing of it is believed yet.
struct Read<'a> {
    message: &'a str,
    signature: &'a str,
    header: WireHeader,
    claims: WireClaims,
}

impl<'a> Read<'a> {
    fn new(token: &'a str) -> Result<Self, TokenFault> {
        if token.len() > TOKEN_BYTES {
            return Err(TokenFault::Oversize);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(TokenFault::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(TokenFault::Malformed)?;
        Ok(Self { message, signature, header: part(header)?, claims: part(claims)? })
    }
}

impl WireHeader {
    /// Whether the header is one that issuers of access tokens write.
    fn acceptable(&self) -> Result<(), TokenFault> {
        if self.crit.is_some() {
            return Err(TokenFault::Extension);
        }
        let kind = self.typ.as_deref().unwrap_or_default().to_ascii_lowercase();
        if !matches!(kind.strip_prefix("application/").unwrap_or(&kind), "at+jwt" | "jwt") {
            return Err(TokenFault::Kind);
        }
        Ok(())
    }

    /// Whether a published key could be what it is signed with.
    fn names_public_algorithm(&self) -> bool {
        let known = TokenAlgorithm::ALL.into_iter().find(|known| known.name() == self.alg);
        known.is_some_and(|algorithm| algorithm != TokenAlgorithm::Hs256)
    }
}

fn part<T: DeserializeOwned>(encoded: &str) -> Result<T, TokenFault> {
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| TokenFault::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenFault::Malformed)
}

fn configured(issuer: &IssuerConfig) -> Result<Issuer, KeyFault> {
    // The service's own: tokens for development, the accounts of API keys and of the command line.
    if issuer.name.starts_with(OWN_ISSUERS) {
        return Err(KeyFault::Development);
    }
    Ok(Issuer {
        name: issuer.name.clone(),
        audience: issuer.audience.clone(),
        fixed: issuer.keys.iter().map(Key::configured).collect::<Result<_, _>>()?,
        published: issuer.jwks_url.clone().map(Published::new).transpose()?,
        development: false,
    })
}

#[cfg(test)]
mod tests;
