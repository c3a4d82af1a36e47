//! Keys that verify signatures. A key is and is used with one algorithm only, which it says itself, never the token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;

use crate::config::{KeyMaterial, TokenAlgorithm, TokenKey};

/// Bits of an RSA modulus that is believed: fewer can be broken, more cost too much to check.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;
/// The most bytes of an RSA exponent.
const RSA_EXPONENT_BYTES: usize = 4;
/// The most keys of a set.
const SET_KEYS: usize = 64;
/// The longest id of a key, in bytes.
const ID_BYTES: usize = 255;

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// There is none.
    #[error(
        "no key is configured for tokens; set tokens.issuer and either tokens.jwks_url or tokens.algorithm with tokens.public_key (or tokens.secret)"
    )]
    Missing,
    /// It is not a key of its algorithm.
    #[error("the configured key is not a public key for {algorithm}; give the one that fits tokens.algorithm, in PEM")]
    Unfit {
        /// The configured algorithm.
        algorithm: &'static str,
    },
    /// It is too small to be trusted, or too large to be used.
    #[error("the configured RSA key is too small or too large; give one of 2048 to 4096 bits")]
    Weak,
    /// It claims the issuer of the development key.
    #[error(
        "tokens.issuer cannot be {}, the issuer of development tokens; give the address of the real issuer",
        super::development::DEVELOPMENT_ISSUER
    )]
    Development,
    /// The client that fetches published keys cannot be made.
    #[error("published keys cannot be fetched ({0})")]
    Client(#[from] reqwest::Error),
}

/// What verifies signatures of one algorithm.
#[derive(Clone)]
pub(super) struct Key {
    id: Option<String>,
    algorithm: TokenAlgorithm,
    decoding: DecodingKey,
}

impl Key {
    pub(super) fn shared(secret: &[u8]) -> Self {
        Self { id: None, algorithm: TokenAlgorithm::Hs256, decoding: DecodingKey::from_secret(secret) }
    }

    /// A key of the configuration, tried once: one that does not fit is found at start, not at the first token.
    pub(super) fn configured(key: &TokenKey) -> Result<Self, KeyFault> {
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
        let Ok(decoding) = decoded else { return Err(unfit) };
        if key.algorithm == TokenAlgorithm::Rs256 && !of_fair_size(&decoding) {
            return Err(KeyFault::Weak);
        }
        Self { id: key.id.clone(), algorithm: key.algorithm, decoding }.tried().ok_or(unfit)
    }

    /// A key of a published set; never a shared secret, which everybody could read there.
    fn published(jwk: &PublishedKey) -> Result<Self, &'static str> {
        if jwk.kid.as_ref().is_some_and(|id| id.is_empty() || id.len() > ID_BYTES) {
            return Err("its kid is empty or too long");
        }
        if jwk.private() {
            return Err("it holds a private or secret part, so that everybody can sign with it");
        }
        if jwk.purpose.as_deref().is_some_and(|purpose| purpose != "sig")
            || jwk.key_ops.as_ref().is_some_and(|ops| !ops.iter().any(|op| op == "verify"))
        {
            return Err("it is not for signatures");
        }
        let (algorithm, decoding) = match (jwk.kty.as_str(), jwk.crv.as_deref(), &jwk.x, &jwk.y, &jwk.n, &jwk.e) {
            ("OKP", Some("Ed25519"), Some(x), None, ..) if bytes(x) == Some(32) => {
                (TokenAlgorithm::EdDsa, DecodingKey::from_ed_components(x))
            }
            ("EC", Some("P-256"), Some(x), Some(y), ..) if [x, y].map(|part| bytes(part)) == [Some(32); 2] => {
                (TokenAlgorithm::Es256, DecodingKey::from_ec_components(x, y))
            }
            ("RSA", None, None, None, Some(n), Some(e)) => {
                (TokenAlgorithm::Rs256, DecodingKey::from_rsa_components(n, e))
            }
            _ => return Err("it is no Ed25519, P-256 or RSA key"),
        };
        if jwk.alg.as_deref().is_some_and(|named| named != algorithm.name()) {
            return Err("its alg is not EdDSA, ES256 or RS256 as its type demands");
        }
        let decoding = decoding.map_err(|_| "its numbers cannot be read")?;
        if algorithm == TokenAlgorithm::Rs256 && !of_fair_size(&decoding) {
            return Err("it has not 2048 to 4096 bits");
        }
        Self { id: jwk.kid.clone(), algorithm, decoding }.tried().ok_or("its numbers are no key")
    }

    fn tried(self) -> Option<Self> {
        // The library slices 32 bytes without looking.
        if self.algorithm == TokenAlgorithm::EdDsa && self.decoding.try_get_as_bytes().map_or(0, <[u8]>::len) != 32 {
            return None;
        }
        jsonwebtoken::crypto::verify("", b"", &self.decoding, library(self.algorithm)).is_ok().then_some(self)
    }

    /// Its id; `None`: a configured key whose id is not looked at.
    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The only `alg` that it is used with.
    pub(super) fn algorithm(&self) -> TokenAlgorithm {
        self.algorithm
    }

    pub(super) fn signed(&self, message: &str, signature: &str) -> bool {
        jsonwebtoken::crypto::verify(signature, message.as_bytes(), &self.decoding, library(self.algorithm))
            .unwrap_or(false)
    }
}

/// Why a published set of keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SetFault {
    /// It is not what RFC 7517, 5, says.
    #[error("it is no JSON Web Key Set")]
    Malformed,
    /// It holds too many keys.
    #[error("it holds more than {SET_KEYS} keys")]
    TooMany,
    /// None of its keys can be used.
    #[error("none of its keys can be used: {0}")]
    NoKey(String),
}

#[derive(Deserialize)]
struct PublishedSet {
    keys: Vec<serde_json::Value>,
}

/// A JSON Web Key (RFC 7517), with the members of the kinds that are believed and those that must not be there.
#[derive(Deserialize)]
struct PublishedKey {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
    d: Option<serde_json::Value>,
    k: Option<serde_json::Value>,
}

impl PublishedKey {
    fn private(&self) -> bool {
        self.d.is_some() || self.k.is_some()
    }
}

/// The keys of a published set that can be used, in its order. The others are left out, as RFC 7517 demands: a set may also
/// serve those who know more kinds. Of two with one id and one algorithm the first counts.
pub(super) fn published(document: &[u8]) -> Result<Vec<Key>, SetFault> {
    let set: PublishedSet = serde_json::from_slice(document).map_err(|_| SetFault::Malformed)?;
    if set.keys.len() > SET_KEYS {
        return Err(SetFault::TooMany);
    }
    let (mut keys, mut unusable) = (Vec::<Key>::new(), Vec::new());
    for (number, key) in set.keys.into_iter().enumerate() {
        let key = serde_json::from_value(key).map_err(|_| "it is no key");
        match key.and_then(|key| Key::published(&key)) {
            Ok(key) if keys.iter().any(|known| (&known.id, known.algorithm) == (&key.id, key.algorithm)) => {}
            Ok(key) => keys.push(key),
            Err(reason) => unusable.push(format!("key {}: {reason}", number + 1)),
        }
    }
    if keys.is_empty() { Err(SetFault::NoKey(unusable.join("; "))) } else { Ok(keys) }
}

/// How many bytes a number of a key has, as base64url.
fn bytes(text: &str) -> Option<usize> {
    URL_SAFE_NO_PAD.decode(text).ok().map(|bytes| bytes.len())
}

fn of_fair_size(key: &DecodingKey) -> bool {
    let Ok(Jwk { algorithm: AlgorithmParameters::RSA(key), .. }) = Jwk::from_decoding_key(key, None) else {
        return false;
    };
    let number = |text: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        bytes[zeros..].to_vec()
    };
    let (modulus, exponent) = (number(&key.n), number(&key.e));
    let bits = modulus.first().map_or(0, |first| modulus.len() * 8 - first.leading_zeros() as usize);
    let odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
    let exponent_fits = exponent.len() <= RSA_EXPONENT_BYTES && odd(&exponent) && exponent != [1];
    RSA_BITS.contains(&bits) && odd(&modulus) && exponent_fits
}

pub(super) fn library(algorithm: TokenAlgorithm) -> Algorithm {
    match algorithm {
        TokenAlgorithm::EdDsa => Algorithm::EdDSA,
        TokenAlgorithm::Es256 => Algorithm::ES256,
        TokenAlgorithm::Rs256 => Algorithm::RS256,
        TokenAlgorithm::Hs256 => Algorithm::HS256,
    }
}
