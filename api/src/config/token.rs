//! Whose tokens are believed.

use std::time::Duration;

use super::settings::{Setting, Settings, Shape};
use super::{ConfigFault, Secret};

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new("tokens", "algorithm", Shape::Text),
    Setting::new("tokens", "public_key", Shape::Text),
    Setting::new("tokens", "public_key_file", Shape::Text),
    Setting::new("tokens", "secret", Shape::Text),
    Setting::new("tokens", "key_id", Shape::Text),
    Setting::new("tokens", "issuer", Shape::Text),
    Setting::new("tokens", "audience", Shape::Text),
    Setting::new("tokens", "leeway_seconds", Shape::Number),
];

/// The fewest bytes of a shared secret: those of the hash (RFC 7518, 3.2).
const SECRET_BYTES: usize = 32;

/// The settings that say that there is to be a key.
const KEY_SETTINGS: [&str; 4] = ["tokens.algorithm", "tokens.public_key", "tokens.public_key_file", "tokens.secret"];

/// How tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenAlgorithm {
    /// Ed25519 (RFC 8037).
    EdDsa,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// RSA with SHA-256, 2048 bits or more.
    Rs256,
    /// HMAC with SHA-256.
    Hs256,
}

impl TokenAlgorithm {
    const ALL: [Self; 4] = [Self::EdDsa, Self::Es256, Self::Rs256, Self::Hs256];

    /// The name as the header `alg` writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
            Self::Hs256 => "HS256",
        }
    }
}

/// What verifies a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyMaterial {
    /// A public key in PEM.
    Public(String),
    /// A shared secret, 32 bytes or more.
    Shared(Secret),
}

/// The configured key and the issuer who alone signs with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenKey {
    /// The only algorithm accepted with it.
    pub algorithm: TokenAlgorithm,
    /// What verifies a signature.
    pub material: KeyMaterial,
    /// Its id; a token that names another is refused. `None`: not looked at.
    pub id: Option<String>,
    /// What `iss` must be.
    pub issuer: String,
}

/// Whose tokens are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenConfig {
    /// The configured key; `None` leaves only the development key, where that is allowed.
    pub key: Option<TokenKey>,
    /// What `aud` must be or hold.
    pub audience: String,
    /// How far the issuer's clock may be off, 0 to 60 s.
    pub leeway: Duration,
}

impl TokenConfig {
    pub(super) fn read(settings: &Settings) -> Result<Self, ConfigFault> {
        let audience = settings.needed("tokens.audience", "tokens are made for somebody")?.to_owned();
        let leeway = Duration::from_secs(settings.number("tokens.leeway_seconds", 0, 60)?.into());
        // Half a key is a mistake to tell, not a service without a key.
        let any = KEY_SETTINGS.iter().any(|key| settings.text(key).is_some());
        let key = any.then(|| key(settings)).transpose()?;
        Ok(Self { key, audience, leeway })
    }
}

fn key(settings: &Settings) -> Result<TokenKey, ConfigFault> {
    let name = settings.needed("tokens.algorithm", "a key is and is used with one algorithm only")?;
    let algorithm = TokenAlgorithm::ALL.into_iter().find(|known| known.name() == name).ok_or_else(|| {
        settings.fault("tokens.algorithm", format!("is {name:?}"), "give EdDSA, ES256, RS256 or HS256")
    })?;
    let material = match algorithm {
        TokenAlgorithm::Hs256 => KeyMaterial::Shared(shared(settings)?),
        _ => KeyMaterial::Public(public(settings)?),
    };
    let issuer = settings.needed("tokens.issuer", "a key is believed for one issuer only")?.to_owned();
    Ok(TokenKey { algorithm, material, id: settings.text("tokens.key_id").map(str::to_owned), issuer })
}

fn shared(settings: &Settings) -> Result<Secret, ConfigFault> {
    settings.needed("tokens.secret", "tokens.algorithm is HS256")?;
    unused(settings, &["tokens.public_key", "tokens.public_key_file"], "HS256 takes tokens.secret only")?;
    let remedy = "give 32 random bytes or more, for example from: openssl rand -base64 48";
    match settings.secret("tokens.secret") {
        Some(secret) if secret.expose().contains("-----BEGIN") => {
            Err(settings.fault("tokens.secret", "is a key in PEM, which is not secret", remedy))
        }
        Some(secret) if secret.expose().len() >= SECRET_BYTES => Ok(secret),
        _ => Err(settings.fault("tokens.secret", "is too short", remedy)),
    }
}

fn public(settings: &Settings) -> Result<String, ConfigFault> {
    unused(settings, &["tokens.secret"], "public-key algorithms take no secret")?;
    let (key, pem) = match (settings.text("tokens.public_key"), settings.text("tokens.public_key_file")) {
        (Some(_), Some(_)) => {
            let remedy = "keep one of them";
            return Err(settings.fault("tokens.public_key", "is set beside tokens.public_key_file", remedy));
        }
        // Environment variables often carry the line ends of a PEM escaped.
        (Some(pem), None) => ("tokens.public_key", pem.replace("\\n", "\n")),
        (None, Some(path)) => {
            let read = std::fs::read_to_string(path).map_err(|fault| {
                settings.fault(
                    "tokens.public_key_file",
                    format!("names {path}, which cannot be read ({fault})"),
                    "correct the path",
                )
            });
            ("tokens.public_key_file", read?)
        }
        (None, None) => return Err(settings.missing("tokens.public_key", "tokens.algorithm takes a public key")),
    };
    if pem.contains("PRIVATE KEY") {
        return Err(settings.fault(key, "is a private key", "give the public one: openssl pkey -in KEY.pem -pubout"));
    }
    if !pem.contains("-----BEGIN") {
        return Err(settings.fault(key, "is not PEM", "give a text that begins with -----BEGIN PUBLIC KEY-----"));
    }
    Ok(pem)
}

fn unused(settings: &Settings, keys: &[&str], why: &str) -> Result<(), ConfigFault> {
    match keys.iter().find(|key| settings.text(key).is_some()) {
        Some(key) => Err(settings.fault(key, format!("is set, but {why}"), "remove it")),
        None => Ok(()),
    }
}
