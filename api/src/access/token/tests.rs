//! Tokens that must be believed, and many more that must not.

mod issuers;

use std::time::Duration;

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use serde_json::{Value, json};

use super::super::signing_key::library;
use super::*;
use crate::{
    config::{KeyMaterial, Secret, TokenKey},
    graph::error::ErrorCode,
};

const ISSUER: &str = "https://identity.example.gov.co";
const SECRET: &str = "correct horse battery staple, 32+";
const ED_PRIVATE: &str = include_str!("test_keys/ed25519.pem");
const ED_PUBLIC: &str = include_str!("test_keys/ed25519.pub.pem");
const STRANGER: &str = include_str!("test_keys/stranger.pem");
const STRANGER_PUBLIC: &str = include_str!("test_keys/stranger.pub.pem");
const EC_PRIVATE: &str = include_str!("test_keys/p256.pem");
const EC_PUBLIC: &str = include_str!("test_keys/p256.pub.pem");
const EC_384_PUBLIC: &str = include_str!("test_keys/p384.pub.pem");
const RSA_PRIVATE: &str = include_str!("test_keys/rsa2048.pem");
const RSA_PUBLIC: &str = include_str!("test_keys/rsa2048.pub.pem");
const RSA_2000_PUBLIC: &str = include_str!("test_keys/rsa2000.pub.pem");
const RSA_1024_PUBLIC: &str = include_str!("test_keys/rsa1024.pub.pem");

const NOW: i64 = 1_790_000_000;
const LEEWAY: i64 = 30;
const DAY: i64 = 86_400;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(NOW, 0).expect("a time")
}

fn config(algorithm: TokenAlgorithm, material: KeyMaterial) -> TokenConfig {
    let key = TokenKey { algorithm, material, id: Some("2026-a".into()) };
    let (name, audience) = (ISSUER.into(), "articula".into());
    let issuer = IssuerConfig { name, audience, keys: vec![key], jwks_url: None };
    TokenConfig {
        issuers: vec![issuer],
        leeway: Duration::from_secs(30),
        max_lifetime: Some(Duration::from_secs(DAY as u64)),
    }
}

fn public(algorithm: TokenAlgorithm, pem: &str) -> TokenConfig {
    config(algorithm, KeyMaterial::Public(pem.into()))
}

fn shared() -> TokenConfig {
    config(TokenAlgorithm::Hs256, KeyMaterial::Shared(Secret::new(SECRET)))
}

fn verifier() -> Verifier {
    Verifier::new(&public(TokenAlgorithm::EdDsa, ED_PUBLIC)).expect("a good key")
}

fn header() -> Value {
    json!({"alg": "EdDSA", "typ": "at+jwt", "kid": "2026-a"})
}

fn claims() -> Value {
    json!({"iss": ISSUER, "sub": "ana", "aud": "articula", "iat": NOW - 60, "nbf": NOW - 60, "exp": NOW + 600, "jti": "t1"})
}

/// The value with one member set, or taken out when it is null.
fn but(mut value: Value, name: &str, member: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.remove(name);
        if !member.is_null() {
            object.insert(name.into(), member);
        }
    }
    value
}

fn encode(part: impl ToString) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn sealed(message: String, key: &EncodingKey, algorithm: Algorithm) -> String {
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).expect("signed");
    format!("{message}.{signature}")
}

fn ed(pem: &str) -> EncodingKey {
    EncodingKey::from_ed_pem(pem.as_bytes()).expect("a private key")
}

/// A token that the configured issuer really signed, whatever it says.
fn genuine(header: impl ToString, claims: impl ToString) -> String {
    sealed(format!("{}.{}", encode(header), encode(claims)), &ed(ED_PRIVATE), Algorithm::EdDSA)
}

fn hmac(alg: &str, secret: &[u8], issuer: &str) -> String {
    let parts = (but(header(), "alg", json!(alg)), but(claims(), "iss", json!(issuer)));
    sealed(format!("{}.{}", encode(parts.0), encode(parts.1)), &EncodingKey::from_secret(secret), Algorithm::HS256)
}

#[test]
fn each_algorithm_believes_its_own() {
    let ec = EncodingKey::from_ec_pem(EC_PRIVATE.as_bytes()).expect("a private key");
    let rsa = EncodingKey::from_rsa_pem(RSA_PRIVATE.as_bytes()).expect("a private key");
    let cases = [
        (public(TokenAlgorithm::EdDsa, ED_PUBLIC), ed(ED_PRIVATE)),
        (public(TokenAlgorithm::Es256, EC_PUBLIC), ec),
        (public(TokenAlgorithm::Rs256, RSA_PUBLIC), rsa),
        (shared(), EncodingKey::from_secret(SECRET.as_bytes())),
    ];
    let tokens: Vec<String> = cases
        .iter()
        .map(|(config, key)| {
            let algorithm = config.issuers[0].keys[0].algorithm;
            let header = but(header(), "alg", json!(algorithm.name()));
            sealed(format!("{}.{}", encode(header), encode(claims())), key, library(algorithm))
        })
        .collect();
    for (own, (config, _)) in cases.iter().enumerate() {
        let verifier = Verifier::new(config).expect("a good key");
        for (other, token) in tokens.iter().enumerate() {
            let verdict = verifier.verify(token, now());
            if own == other {
                let claims = verdict.expect("its own token");
                assert_eq!((claims.issuer.as_str(), claims.subject.as_str()), (ISSUER, "ana"));
                assert_eq!((claims.id.as_deref(), claims.expires.timestamp()), (Some("t1"), NOW + 600));
                assert!(!claims.development);
            } else {
                assert_eq!(verdict, Err(TokenFault::Algorithm));
            }
        }
    }
}

#[test]
fn harmless_variations_are_believed() {
    let verifier = verifier();
    for (name, token) in [
        ("JWT", genuine(but(header(), "typ", json!("JWT")), claims())),
        ("long media type", genuine(but(header(), "typ", json!("application/AT+JWT")), claims())),
        ("no kid", genuine(but(header(), "kid", Value::Null), claims())),
        ("several audiences", genuine(header(), but(claims(), "aud", json!(["other", "articula"])))),
        ("no nbf", genuine(header(), but(claims(), "nbf", Value::Null))),
        ("no iat", genuine(header(), but(claims(), "iat", Value::Null))),
        ("fraction", genuine(header(), but(claims(), "exp", json!(NOW as f64 + 0.5)))),
        ("last moment of the leeway", genuine(header(), but(claims(), "exp", json!(NOW - LEEWAY + 1)))),
        ("first moment of the leeway", genuine(header(), but(claims(), "nbf", json!(NOW + LEEWAY)))),
        ("as long as may be", genuine(header(), but(claims(), "exp", json!(NOW - 60 + DAY)))),
        ("as long from now", genuine(header(), but(but(claims(), "iat", Value::Null), "exp", json!(NOW + DAY)))),
        ("unknown claims", genuine(header(), but(claims(), "admin", json!(true)))),
        ("accents", genuine(header(), but(claims(), "sub", json!("josé|ñ")))),
    ] {
        assert!(verifier.verify(&token, now()).is_ok(), "{name}: {:?}", verifier.verify(&token, now()));
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let good = genuine(header(), claims());
    let (message, signature) = good.rsplit_once('.').expect("parts");
    let (head, body) = message.split_once('.').expect("parts");
    let twice = claims().to_string().replacen('{', &format!("{{\"exp\":{},", NOW + 9_999_999), 1);
    for (name, token) in [
        ("empty", String::new()),
        ("one part", "abc".into()),
        ("two parts", message.to_owned()),
        ("four parts", format!("{good}.x")),
        ("dots", "..".into()),
        ("space before", format!(" {good}")),
        ("scheme left on", format!("Bearer {good}")),
        ("padded", format!("{head}=.{body}.{signature}")),
        ("standard alphabet", format!("{head}.+/+/.{signature}")),
        ("header is no JSON", genuine("alg", claims())),
        ("header is a list", genuine(json!(["EdDSA"]), claims())),
        ("header without alg", genuine(but(header(), "alg", Value::Null), claims())),
        ("claims are no JSON", genuine(header(), "sub")),
        ("claims are a text", genuine(header(), json!("sub"))),
        ("a claim twice", genuine(header(), twice)),
        ("exp as text", genuine(header(), but(claims(), "exp", json!("2999-01-01")))),
        ("exp negative", genuine(header(), but(claims(), "exp", json!(-1)))),
        ("exp after the end of time", genuine(header(), but(claims(), "exp", json!(1e300)))),
        ("exp beyond the integers", genuine(header(), but(claims(), "exp", json!(u64::MAX)))),
        ("nbf as text", genuine(header(), but(claims(), "nbf", json!("now")))),
        ("issuers in a list", genuine(header(), but(claims(), "iss", json!([ISSUER])))),
        ("subject as number", genuine(header(), but(claims(), "sub", json!(7)))),
        ("audience as object", genuine(header(), but(claims(), "aud", json!({"articula": true})))),
        ("deeply nested", genuine(header(), format!("{}{}", "[".repeat(2000), "]".repeat(2000)))),
    ] {
        assert_eq!(verifier().verify(&token, now()), Err(TokenFault::Malformed), "{name}");
    }
    let padding = "x".repeat(TOKEN_BYTES);
    assert_eq!(verifier().verify(&padding, now()), Err(TokenFault::Malformed));
    assert_eq!(verifier().verify(&format!("{padding}x"), now()), Err(TokenFault::Oversize));
    let heavy = genuine(header(), but(claims(), "padding", json!(padding)));
    assert_eq!(verifier().verify(&heavy, now()), Err(TokenFault::Oversize));
}

#[test]
fn forgeries_are_refused() {
    use TokenFault::{Algorithm as Alg, Extension, Signature};
    let good = genuine(header(), claims());
    let (message, signature) = good.rsplit_once('.').expect("parts");
    let unsigned = |alg: &str| format!("{}.{}.", encode(but(header(), "alg", json!(alg))), encode(claims()));
    let public_bytes = DecodingKey::from_ed_pem(ED_PUBLIC.as_bytes()).expect("a public key");
    let public_bytes = public_bytes.try_get_as_bytes().expect("its bytes");
    let stranger =
        |header: Value| sealed(format!("{}.{}", encode(header), encode(claims())), &ed(STRANGER), Algorithm::EdDSA);
    let elevated = format!("{}.{}.{signature}", encode(header()), encode(but(claims(), "sub", json!("admin"))));
    let retyped = format!("{}.{}.{signature}", encode(but(header(), "typ", json!("JWT"))), encode(claims()));
    let mut flipped = URL_SAFE_NO_PAD.decode(signature).expect("base64");
    flipped[0] ^= 1;
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    for (name, token, fault) in [
        ("alg none", unsigned("none"), Alg),
        ("alg None", unsigned("None"), Alg),
        ("alg nOnE", unsigned("nOnE"), Alg),
        ("alg empty", unsigned(""), Alg),
        ("right alg, no signature", unsigned("EdDSA"), Signature),
        ("HMAC with the public PEM", hmac("HS256", ED_PUBLIC.as_bytes(), ISSUER), Alg),
        ("HMAC with the public bytes", hmac("HS256", public_bytes, ISSUER), Alg),
        ("HMAC called EdDSA", hmac("EdDSA", ED_PUBLIC.as_bytes(), ISSUER), Signature),
        ("alg in lower case", genuine(but(header(), "alg", json!("eddsa")), claims()), Alg),
        ("another algorithm's name", genuine(but(header(), "alg", json!("ES256")), claims()), Alg),
        ("an unknown algorithm", genuine(but(header(), "alg", json!("XS1")), claims()), Alg),
        ("a stranger's key", stranger(header()), Signature),
        ("a stranger's key, embedded", stranger(but(header(), "jwk", jwk)), Signature),
        ("a stranger's key, by address", stranger(but(header(), "jku", json!("https://evil.example/keys"))), Signature),
        ("a stranger's key, by path", stranger(but(header(), "x5u", json!("file:///etc/passwd"))), Signature),
        ("another subject", elevated, Signature),
        ("another header", retyped, Signature),
        ("a bit flipped", format!("{message}.{}", URL_SAFE_NO_PAD.encode(flipped)), Signature),
        ("half a signature", format!("{message}.{}", &signature[..40]), Signature),
        ("signature padded", format!("{message}.{signature}=="), Signature),
        ("signature twice", format!("{message}.{signature}{signature}"), Signature),
        ("zero signature", format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64])), Signature),
        ("critical extension", genuine(but(header(), "crit", json!(["exp"])), claims()), Extension),
        (
            "unencoded payload",
            genuine(but(but(header(), "crit", json!(["b64"])), "b64", json!(false)), claims()),
            Extension,
        ),
    ] {
        assert_eq!(verifier().verify(&token, now()), Err(fault), "{name}");
        assert_eq!(fault.code(), ErrorCode::Unauthenticated);
    }
}

#[test]
fn tokens_for_others_or_other_times_are_refused() {
    use TokenFault::{Audience, Expired, Issuer, Key, Kind, Lifetime, NoExpiry, NotYet, Subject};
    let saying = |name: &str, member: Value| genuine(header(), but(claims(), name, member));
    let headed = |name: &str, member: Value| genuine(but(header(), name, member), claims());
    for (name, token, fault) in [
        ("expired long ago", saying("exp", json!(NOW - 86_400)), Expired),
        ("expired with the leeway", saying("exp", json!(NOW - LEEWAY)), Expired),
        ("expired at the beginning of time", saying("exp", json!(0)), Expired),
        ("without expiry", saying("exp", Value::Null), NoExpiry),
        ("not yet", saying("nbf", json!(NOW + LEEWAY + 1)), NotYet),
        ("issued tomorrow", saying("iat", json!(NOW + 86_400)), NotYet),
        ("good for too long", saying("exp", json!(NOW - 60 + DAY + 1)), Lifetime),
        ("good for a lifetime", saying("exp", json!(LAST_SECOND)), Lifetime),
        ("issued long ago, for long", saying("iat", json!(NOW - DAY)), Lifetime),
        (
            "too long from now",
            genuine(header(), but(but(claims(), "iat", Value::Null), "exp", json!(NOW + DAY + 1))),
            Lifetime,
        ),
        ("without issuer", saying("iss", Value::Null), Issuer),
        ("another issuer", saying("iss", json!("https://identity.example.com")), Issuer),
        ("almost the issuer", saying("iss", json!(format!("{ISSUER}/"))), Issuer),
        ("issuer in capitals", saying("iss", json!(ISSUER.to_uppercase())), Issuer),
        ("without audience", saying("aud", Value::Null), Audience),
        ("another audience", saying("aud", json!("articula-test")), Audience),
        ("no audience in the list", saying("aud", json!([])), Audience),
        ("other audiences", saying("aud", json!(["a", "b"])), Audience),
        ("without subject", saying("sub", Value::Null), Subject),
        ("blank subject", saying("sub", json!(" ")), Subject),
        ("subject with a line end", saying("sub", json!("ana\nadmin")), Subject),
        ("endless subject", saying("sub", json!("a".repeat(SUBJECT_BYTES + 1))), Subject),
        ("without type", headed("typ", Value::Null), Kind),
        ("identity token", headed("typ", json!("id+jwt")), Kind),
        ("logout token", headed("typ", json!("logout+jwt")), Kind),
        ("another key", headed("kid", json!("2025-z")), Key),
        ("key by path", headed("kid", json!("../../dev/null")), Key),
    ] {
        assert_eq!(verifier().verify(&token, now()), Err(fault), "{name}");
        let code = if fault == Expired { ErrorCode::TokenExpired } else { ErrorCode::Unauthenticated };
        assert_eq!(fault.code(), code);
    }
    let token = genuine(header(), claims());
    assert_eq!(verifier().verify(&token, now() + TimeDelta::seconds(600 + LEEWAY)), Err(Expired));
    assert_eq!(verifier().verify(&token, now() - TimeDelta::days(1)), Err(NotYet));
    // Where the configuration sets no limit, the issuer does.
    let unlimited = TokenConfig { max_lifetime: None, ..public(TokenAlgorithm::EdDsa, ED_PUBLIC) };
    let unlimited = Verifier::new(&unlimited).expect("a good key");
    assert!(unlimited.verify(&saying("exp", json!(LAST_SECOND)), now()).is_ok());
}

#[test]
fn development_tokens_need_to_be_allowed() {
    let folder = std::env::temp_dir().join(format!("articula-token-{}", uuid::Uuid::now_v7()));
    let key = DevelopmentKey::open(&folder).expect("a development key");
    let _ = std::fs::remove_dir_all(&folder);
    let token = key.sign("quality-leader", now(), TimeDelta::hours(8)).expect("signed");
    assert_eq!(verifier().verify(&token, now()), Err(TokenFault::Development));

    let config = public(TokenAlgorithm::EdDsa, ED_PUBLIC);
    let demo = Verifier::with_development(&config, &key).expect("good keys");
    let claims = demo.verify(&token, now()).expect("allowed");
    assert!(claims.development);
    assert_eq!(claims.client.as_deref(), Some("articula-token"));
    assert_eq!((claims.issuer.as_str(), claims.subject.as_str()), (DEVELOPMENT_ISSUER, "quality-leader"));
    assert_eq!(demo.verify(&token, now() + TimeDelta::hours(9)), Err(TokenFault::Expired));
    // Each issuer only with his own key, in both directions.
    let issuer = |name: &str| but(super::tests::claims(), "iss", json!(name));
    assert!(demo.verify(&genuine(header(), issuer(ISSUER)), now()).is_ok());
    assert_eq!(demo.verify(&genuine(header(), issuer(DEVELOPMENT_ISSUER)), now()), Err(TokenFault::Algorithm));
    assert_eq!(demo.verify(&hmac("HS256", key.secret(), ISSUER), now()), Err(TokenFault::Algorithm));
    assert_eq!(demo.verify(&hmac("HS256", SECRET.as_bytes(), DEVELOPMENT_ISSUER), now()), Err(TokenFault::Signature));
    // Two machines do not believe each other.
    let other = DevelopmentKey::open(&folder).expect("another key");
    let _ = std::fs::remove_dir_all(&folder);
    let alone = Verifier::with_development(&TokenConfig { issuers: Vec::new(), ..config }, &other).expect("a good key");
    assert_eq!(alone.verify(&token, now()), Err(TokenFault::Signature));
}

#[test]
fn unfit_keys_are_found_at_start() {
    let fault = |config: TokenConfig| Verifier::new(&config).expect_err("a fault");
    assert!(matches!(fault(TokenConfig { issuers: Vec::new(), ..shared() }), KeyFault::Missing));
    for weak in [RSA_1024_PUBLIC, RSA_2000_PUBLIC] {
        assert!(matches!(fault(public(TokenAlgorithm::Rs256, weak)), KeyFault::Weak));
    }
    for (algorithm, pem) in [
        (TokenAlgorithm::EdDsa, EC_PUBLIC),
        (TokenAlgorithm::EdDsa, RSA_PUBLIC),
        (TokenAlgorithm::EdDsa, "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----"),
        (TokenAlgorithm::EdDsa, "-----BEGIN PUBLIC KEY-----\nMAwwBQYDK2VwAwMAERE=\n-----END PUBLIC KEY-----"),
        (TokenAlgorithm::Es256, ED_PUBLIC),
        (TokenAlgorithm::Es256, EC_384_PUBLIC),
        (TokenAlgorithm::Rs256, EC_PUBLIC),
        (TokenAlgorithm::Hs256, RSA_PUBLIC),
    ] {
        assert!(matches!(fault(public(algorithm, pem)), KeyFault::Unfit { .. }), "{algorithm:?} {pem}");
    }
    let mut config = shared();
    config.issuers[0].name = DEVELOPMENT_ISSUER.into();
    assert!(matches!(fault(config), KeyFault::Development));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: std::env::var("ARTICULA_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64),
        failure_persistence: None,
        ..Default::default()
    })]

    /// Whatever one byte becomes, a genuine token is no longer believed; and nothing panics.
    #[test]
    fn no_byte_can_be_changed(place in 0usize..400, byte in 0x21u8..0x7f) {
        let good = genuine(header(), claims());
        let mut bytes = good.clone().into_bytes();
        let place = place % bytes.len();
        bytes[place] = byte;
        let forged = String::from_utf8(bytes).expect("ASCII");
        proptest::prop_assert_eq!(verifier().verify(&forged, now()).is_ok(), forged == good);
    }

    #[test]
    fn anything_may_be_sent(text in "\\PC{0,200}", header in "\\PC{0,40}", claims in "\\PC{0,40}") {
        proptest::prop_assert!(verifier().verify(&text, now()).is_err());
        proptest::prop_assert!(verifier().verify(&genuine(header, claims), now()).is_err());
    }
}
