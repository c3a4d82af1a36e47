//! Whose tokens are believed.

use std::time::Duration;

use reqwest::Url;

use super::settings::{Setting, Settings, Shape};
use super::{ConfigFault, Secret};

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new("tokens", "issuer", Shape::Text),
    Setting::new("tokens", "jwks_url", Shape::Text),
    Setting::new("tokens", "algorithm", Shape::Text),
    Setting::new("tokens", "public_key", Shape::Text),
    Setting::new("tokens", "public_key_file", Shape::Text),
    Setting::new("tokens", "secret", Shape::Text),
    Setting::new("tokens", "key_id", Shape::Text),
    Setting::new("tokens", "audience", Shape::Text),
    Setting::new("tokens", "leeway_seconds", Shape::Number),
    Setting::new("tokens", "max_lifetime_hours", Shape::Number),
    Setting::new("tokens", "issuers", Shape::List),
    Setting::of_each("issuer", "issuer", Shape::Text),
    Setting::of_each("issuer", "jwks_url", Shape::Text),
    Setting::of_each("issuer", "algorithm", Shape::Text),
    Setting::of_each("issuer", "public_key", Shape::Text),
    Setting::of_each("issuer", "public_key_file", Shape::Text),
    Setting::of_each("issuer", "secret", Shape::Text),
    Setting::of_each("issuer", "key_id", Shape::Text),
    Setting::of_each("issuer", "audience", Shape::Text),
];

/// The fewest bytes of a shared secret: those of the hash (RFC 7518, 3.2).
const SECRET_BYTES: usize = 32;

/// The settings that say that there is to be a key of the configuration.
const KEY_SETTINGS: [&str; 4] = ["algorithm", "public_key", "public_key_file", "secret"];

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
    /// All of them.
    pub const ALL: [Self; 4] = [Self::EdDsa, Self::Es256, Self::Rs256, Self::Hs256];

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

/// A key of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenKey {
    /// The only algorithm accepted with it.
    pub algorithm: TokenAlgorithm,
    /// What verifies a signature.
    pub material: KeyMaterial,
    /// Its id; a token that names another is refused. `None`: not looked at.
    pub id: Option<String>,
}

/// Who signs tokens, and with which keys alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerConfig {
    /// What `iss` must be.
    pub name: String,
    /// What `aud` must be or hold.
    pub audience: String,
    /// Keys of the configuration.
    pub keys: Vec<TokenKey>,
    /// Where it publishes keys.
    pub jwks_url: Option<Url>,
}

/// Whose tokens are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenConfig {
    /// The issuers, each once; none leaves only the development key, where that is allowed.
    pub issuers: Vec<IssuerConfig>,
    /// How far an issuer's clock may be off, 0 to 60 s.
    pub leeway: Duration,
    /// How long a token may be good for; `None`: as long as its issuer says.
    pub max_lifetime: Option<Duration>,
}

impl TokenConfig {
    pub(super) fn read(settings: &Settings) -> Result<Self, ConfigFault> {
        let leeway = Duration::from_secs(settings.number("tokens.leeway_seconds", 0, 60)?.into());
        let hours = u64::from(settings.number("tokens.max_lifetime_hours", 0, 8_760)?);
        let max_lifetime = (hours > 0).then(|| Duration::from_secs(hours * 3_600));
        let mut issuers = Vec::new();
        // Half a key is a mistake to tell, not a service without a key.
        let first = Section { settings, at: "tokens".to_owned() };
        if KEY_SETTINGS.iter().chain(&["jwks_url"]).any(|name| first.text(name).is_some()) {
            first.read(&mut issuers)?;
        }
        for name in settings.each("issuer") {
            Section { settings, at: format!("issuer.{name}") }.read(&mut issuers)?;
        }
        Ok(Self { issuers, leeway, max_lifetime })
    }
}

/// The settings of one issuer: `[tokens]`, or one `[issuer.NAME]`.
struct Section<'a> {
    settings: &'a Settings,
    at: String,
}

impl Section<'_> {
    fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.at)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.settings.text(&self.key(name))
    }

    fn needed(&self, name: &str, because: &'static str) -> Result<&str, ConfigFault> {
        self.settings.needed(&self.key(name), because)
    }

    fn fault(&self, name: &str, reason: impl Into<String>, remedy: impl Into<String>) -> ConfigFault {
        self.settings.fault(&self.key(name), reason, remedy)
    }

    /// Adds what the section says to the issuers; two sections may give one issuer two keys.
    fn read(&self, issuers: &mut Vec<IssuerConfig>) -> Result<(), ConfigFault> {
        let jwks_url = self.text("jwks_url").map(|text| self.url(text)).transpose()?;
        let any = jwks_url.is_none() || KEY_SETTINGS.iter().any(|name| self.text(name).is_some());
        let key = any.then(|| self.token_key()).transpose()?;
        let name = self.needed("issuer", "keys are believed for one issuer only")?.to_owned();
        let audience = self.text("audience").map_or_else(
            || self.settings.needed("tokens.audience", "tokens are made for somebody").map(str::to_owned),
            |own| Ok(own.to_owned()),
        )?;
        let Some(known) = issuers.iter_mut().find(|known| known.name == name) else {
            issuers.push(IssuerConfig { name, audience, keys: key.into_iter().collect(), jwks_url });
            return Ok(());
        };
        if known.audience != audience {
            return Err(self.fault(
                "audience",
                "differs from that of another section with the same issuer",
                "give both the same",
            ));
        }
        if jwks_url.is_some() && known.jwks_url.is_some() {
            return Err(self.fault("jwks_url", "is the second of the same issuer", "keep one of them"));
        }
        known.jwks_url = known.jwks_url.take().or(jwks_url);
        known.keys.extend(key);
        // Without an id nobody could say which of two keys is meant.
        if known.keys.len() > 1 && known.keys.iter().any(|key| key.id.is_none()) {
            return Err(self.settings.missing(&self.key("key_id"), "the issuer has two keys, and each needs its id"));
        }
        Ok(())
    }

    /// Keys come over a line on which nobody can exchange them; only this machine's own are excepted.
    fn url(&self, text: &str) -> Result<Url, ConfigFault> {
        let wrong = |reason: String| {
            let remedy = "give an address such as https://identity.example.gov.co/keys (http only for localhost)";
            self.fault("jwks_url", reason, remedy)
        };
        let url = Url::parse(text).map_err(|fault| wrong(format!("is {text:?}, not an address ({fault})")))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("holds a user or a password, and published keys need none".to_owned()));
        }
        let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        match url.scheme() {
            "https" => Ok(url),
            "http" if local => Ok(url),
            _ => Err(wrong(format!("is {text:?}, and whoever is between could exchange the keys"))),
        }
    }

    fn token_key(&self) -> Result<TokenKey, ConfigFault> {
        let name = self.needed("algorithm", "a key is and is used with one algorithm only")?;
        let algorithm = TokenAlgorithm::ALL
            .into_iter()
            .find(|known| known.name() == name)
            .ok_or_else(|| self.fault("algorithm", format!("is {name:?}"), "give EdDSA, ES256, RS256 or HS256"))?;
        let material = match algorithm {
            TokenAlgorithm::Hs256 => KeyMaterial::Shared(self.shared()?),
            _ => KeyMaterial::Public(self.public()?),
        };
        Ok(TokenKey { algorithm, material, id: self.text("key_id").map(str::to_owned) })
    }

    fn shared(&self) -> Result<Secret, ConfigFault> {
        self.needed("secret", "its algorithm is HS256")?;
        self.unused(&["public_key", "public_key_file"], "HS256 takes a secret only")?;
        let remedy = "give 32 random bytes or more, for example from: openssl rand -base64 48";
        match self.settings.secret(&self.key("secret")) {
            Some(secret) if secret.expose().contains("-----BEGIN") => {
                Err(self.fault("secret", "is a key in PEM, which is not secret", remedy))
            }
            Some(secret) if secret.expose().len() >= SECRET_BYTES => Ok(secret),
            _ => Err(self.fault("secret", "is too short", remedy)),
        }
    }

    fn public(&self) -> Result<String, ConfigFault> {
        self.unused(&["secret"], "public-key algorithms take no secret")?;
        let (name, pem) = match (self.text("public_key"), self.text("public_key_file")) {
            (Some(_), Some(_)) => {
                return Err(self.fault("public_key", "is set beside public_key_file", "keep one of them"));
            }
            // Environment variables often carry the line ends of a PEM escaped.
            (Some(pem), None) => ("public_key", pem.replace("\\n", "\n")),
            (None, Some(path)) => {
                let read = std::fs::read_to_string(path).map_err(|fault| {
                    let reason = format!("names {path}, which cannot be read ({fault})");
                    self.fault("public_key_file", reason, "correct the path")
                });
                ("public_key_file", read?)
            }
            (None, None) => {
                return Err(self.settings.missing(&self.key("public_key"), "its algorithm takes a public key"));
            }
        };
        if pem.contains("PRIVATE KEY") {
            let remedy = "give the public one: openssl pkey -in KEY.pem -pubout";
            return Err(self.fault(name, "is a private key", remedy));
        }
        if !pem.contains("-----BEGIN") {
            return Err(self.fault(name, "is not PEM", "give a text that begins with -----BEGIN PUBLIC KEY-----"));
        }
        Ok(pem)
    }

    fn unused(&self, names: &[&str], why: &str) -> Result<(), ConfigFault> {
        match names.iter().find(|name| self.text(name).is_some()) {
            Some(name) => Err(self.fault(name, format!("is set, but {why}"), "remove it")),
            None => Ok(()),
        }
    }
}
