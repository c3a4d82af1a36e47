//! Tokens: signed statements of an issuer about who asks (JWT, RFC 7519; best practice of RFC 8725).
//!
//! The library checks signatures only. Which key, which algorithm and which time are decided here: the key by the issuer,
//! the algorithm by the key, the time by the caller.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::DevelopmentKey;
use super::account::OWN_ISSUERS;
use super::development::{DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER};
use crate::config::{KeyMaterial, TokenAlgorithm, TokenConfig, TokenKey};
use crate::graph::error::ErrorCode;

/// The longest token that is looked at, in bytes.
pub const TOKEN_BYTES: usize = 8 * 1024;
/// The longest subject, in bytes.
pub const SUBJECT_BYTES: usize = 255;
/// The last instant that RFC 3339 can write, in seconds.
const LAST_SECOND: i64 = 253_402_300_799;
/// The fewest bytes of an RSA public key of 2048 bits, encoded.
const RSA_BYTES: usize = 256;

/// What a verified token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Who says it.
    pub issuer: String,
    /// Of whom: together with the issuer it names one account. 1 to 255 bytes, without control characters.
    pub subject: String,
    /// The token's own id, where the issuer gives one.
    pub id: Option<String>,
    /// Until when it is good; the leeway comes on top.
    pub expires: DateTime<Utc>,
    /// Whether the development key signed it.
    pub development: bool,
}

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// There is none.
    #[error(
        "no key is configured for tokens; set tokens.algorithm, tokens.public_key (or tokens.secret) and tokens.issuer"
    )]
    Missing,
    /// It is not a key of its algorithm.
    #[error("the configured key is not a public key for {algorithm}; give the one that fits tokens.algorithm, in PEM")]
    Unfit {
        /// The configured algorithm.
        algorithm: &'static str,
    },
    /// It is too small to be trusted.
    #[error("the configured RSA key is too small; give one of 2048 bits or more")]
    Weak,
    /// It claims the issuer of the development key.
    #[error(
        "tokens.issuer cannot be {DEVELOPMENT_ISSUER}, the issuer of development tokens; give the address of the real issuer"
    )]
    Development,
}

/// Why a token is not believed. Clients are told [`TokenFault::code`] only; the rest is for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// It is longer than [`TOKEN_BYTES`].
    #[error("the token is too long")]
    Oversize,
    /// It is not a token: parts, encoding, JSON, or the type of a claim.
    #[error("the token is malformed")]
    Malformed,
    /// It names no issuer, or one that is not believed here.
    #[error("the token's issuer is not believed")]
    Issuer,
    /// It is a development token, and this service does not take them.
    #[error("development tokens are not believed here")]
    Development,
    /// It is not signed with the algorithm of its issuer's key.
    #[error("the token's algorithm is not that of the key")]
    Algorithm,
    /// It is another kind of token, or says no kind.
    #[error("the token is not an access token")]
    Kind,
    /// It names another key.
    #[error("the token names another key")]
    Key,
    /// It demands an extension that is not understood.
    #[error("the token demands an unknown extension")]
    Extension,
    /// The signature is not one of the key.
    #[error("the token's signature is wrong")]
    Signature,
    /// It is meant for somebody else, or for nobody.
    #[error("the token is for another audience")]
    Audience,
    /// It names nobody.
    #[error("the token has no usable subject")]
    Subject,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// It does not say until when it is good.
    #[error("the token has no expiry")]
    NoExpiry,
    /// Its time has not come.
    #[error("the token is not valid yet")]
    NotYet,
}

impl TokenFault {
    /// What the client is told: whether a new token would help, and nothing of what was almost right.
    pub const fn code(self) -> ErrorCode {
        match self {
            TokenFault::Expired => ErrorCode::TokenExpired,
            _ => ErrorCode::Unauthenticated,
        }
    }
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

/// One issuer and the one key that is believed of him.
struct Trusted {
    issuer: String,
    audience: String,
    id: Option<String>,
    algorithm: TokenAlgorithm,
    key: DecodingKey,
    development: bool,
}

/// Decides whether a token is believed. It holds no state: the same token and time give the same answer.
pub struct Verifier {
    trusted: Vec<Trusted>,
    /// Seconds.
    leeway: i64,
}

impl Verifier {
    /// Believes the configured key, and no development tokens.
    ///
    /// # Errors
    /// [`KeyFault`], which says what to configure.
    pub fn new(config: &TokenConfig) -> Result<Self, KeyFault> {
        let key = config.key.as_ref().ok_or(KeyFault::Missing)?;
        Ok(Self { trusted: vec![configured(key, config)?], leeway: leeway(config) })
    }

    /// Believes the development key, and the configured one where there is one. For demonstrations only: whoever reads the key's
    /// file can be anybody.
    ///
    /// # Errors
    /// [`KeyFault`], which says what to configure.
    pub fn with_development(config: &TokenConfig, key: &DevelopmentKey) -> Result<Self, KeyFault> {
        let mut trusted = vec![Trusted {
            issuer: DEVELOPMENT_ISSUER.to_owned(),
            audience: DEVELOPMENT_AUDIENCE.to_owned(),
            id: None,
            algorithm: TokenAlgorithm::Hs256,
            key: DecodingKey::from_secret(key.secret()),
            development: true,
        }];
        if let Some(key) = &config.key {
            trusted.push(configured(key, config)?);
        }
        Ok(Self { trusted, leeway: leeway(config) })
    }

    /// Believes a token at a moment, or says why not. Nothing that an unsigned part says is used before the signature is
    /// checked, except to choose the key: by the issuer, never by the token's own `alg`, `kid`, `jwk` or `jku`.
    ///
    /// # Errors
    /// The first [`TokenFault`] found.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenFault> {
        if token.len() > TOKEN_BYTES {
            return Err(TokenFault::Oversize);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(TokenFault::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(TokenFault::Malformed)?;
        let (header, claims): (WireHeader, WireClaims) = (part(header)?, part(claims)?);
        let trusted = self.trusted(claims.iss.as_deref())?;
        trusted.accepts(&header)?;
        if !trusted.signed(message, signature) {
            return Err(TokenFault::Signature);
        }
        self.good(trusted, claims, now)
    }

    fn trusted(&self, issuer: Option<&str>) -> Result<&Trusted, TokenFault> {
        self.trusted.iter().find(|trusted| Some(trusted.issuer.as_str()) == issuer).ok_or(match issuer {
            Some(DEVELOPMENT_ISSUER) => TokenFault::Development,
            _ => TokenFault::Issuer,
        })
    }

    /// Checks what a genuine token says.
    fn good(&self, trusted: &Trusted, claims: WireClaims, now: DateTime<Utc>) -> Result<Claims, TokenFault> {
        if !claims.aud.is_some_and(|audience| audience.holds(&trusted.audience)) {
            return Err(TokenFault::Audience);
        }
        let usable = |subject: &String| {
            !subject.trim().is_empty() && subject.len() <= SUBJECT_BYTES && !subject.chars().any(char::is_control)
        };
        let subject = claims.sub.filter(usable).ok_or(TokenFault::Subject)?;
        let now = now.timestamp();
        let Second(expiry) = claims.exp.ok_or(TokenFault::NoExpiry)?;
        if now >= expiry + self.leeway {
            return Err(TokenFault::Expired);
        }
        if [claims.nbf, claims.iat].into_iter().flatten().any(|Second(start)| start > now + self.leeway) {
            return Err(TokenFault::NotYet);
        }
        let expires = DateTime::from_timestamp(expiry, 0).ok_or(TokenFault::Malformed)?;
        let Trusted { issuer, development, .. } = trusted;
        Ok(Claims { issuer: issuer.clone(), subject, id: claims.jti, expires, development: *development })
    }
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.trusted.iter().map(|trusted| &trusted.issuer)).finish()
    }
}

impl Trusted {
    /// Whether the header is one that this key's issuer writes.
    fn accepts(&self, header: &WireHeader) -> Result<(), TokenFault> {
        if header.alg != self.algorithm.name() {
            return Err(TokenFault::Algorithm);
        }
        if header.crit.is_some() {
            return Err(TokenFault::Extension);
        }
        let kind = header.typ.as_deref().unwrap_or_default().to_ascii_lowercase();
        if !matches!(kind.strip_prefix("application/").unwrap_or(&kind), "at+jwt" | "jwt") {
            return Err(TokenFault::Kind);
        }
        match (&self.id, &header.kid) {
            (Some(own), Some(named)) if own != named => Err(TokenFault::Key),
            _ => Ok(()),
        }
    }

    fn signed(&self, message: &str, signature: &str) -> bool {
        jsonwebtoken::crypto::verify(signature, message.as_bytes(), &self.key, library(self.algorithm)).unwrap_or(false)
    }
}

fn leeway(config: &TokenConfig) -> i64 {
    i64::try_from(config.leeway.as_secs()).unwrap_or(0)
}

fn part<T: DeserializeOwned>(encoded: &str) -> Result<T, TokenFault> {
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| TokenFault::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenFault::Malformed)
}

fn library(algorithm: TokenAlgorithm) -> Algorithm {
    match algorithm {
        TokenAlgorithm::EdDsa => Algorithm::EdDSA,
        TokenAlgorithm::Es256 => Algorithm::ES256,
        TokenAlgorithm::Rs256 => Algorithm::RS256,
        TokenAlgorithm::Hs256 => Algorithm::HS256,
    }
}

fn configured(key: &TokenKey, config: &TokenConfig) -> Result<Trusted, KeyFault> {
    // The service's own: tokens for development, the accounts of API keys and of the command line.
    if key.issuer.starts_with(OWN_ISSUERS) {
        return Err(KeyFault::Development);
    }
    Ok(Trusted {
        issuer: key.issuer.clone(),
        audience: config.audience.clone(),
        id: key.id.clone(),
        algorithm: key.algorithm,
        key: decoding(key)?,
        development: false,
    })
}

/// The library's key, tried once: a key that does not fit is found at start, not at the first token.
fn decoding(key: &TokenKey) -> Result<DecodingKey, KeyFault> {
    let unfit = KeyFault::Unfit { algorithm: key.algorithm.name() };
    let decoded = match (&key.material, key.algorithm) {
        (KeyMaterial::Shared(secret), TokenAlgorithm::Hs256) => {
            Ok(DecodingKey::from_secret(secret.expose().as_bytes()))
        }
        (KeyMaterial::Public(pem), TokenAlgorithm::EdDsa) => DecodingKey::from_ed_pem(pem.as_bytes()),
        (KeyMaterial::Public(pem), TokenAlgorithm::Es256) => DecodingKey::from_ec_pem(pem.as_bytes()),
        (KeyMaterial::Public(pem), TokenAlgorithm::Rs256) => DecodingKey::from_rsa_pem(pem.as_bytes()),
        _ => return Err(unfit),
    };
    let Ok(decoded) = decoded else { return Err(unfit) };
    let bytes = decoded.try_get_as_bytes().map_or(0, <[u8]>::len);
    match key.algorithm {
        TokenAlgorithm::Rs256 if bytes < RSA_BYTES => return Err(KeyFault::Weak),
        // The library slices 32 bytes without looking.
        TokenAlgorithm::EdDsa if bytes != 32 => return Err(unfit),
        _ => {}
    }
    match jsonwebtoken::crypto::verify("", b"", &decoded, library(key.algorithm)) {
        Ok(_) => Ok(decoded),
        Err(_) => Err(unfit),
    }
}

#[cfg(test)]
mod tests;
