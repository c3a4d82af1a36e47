//! Several issuers with several keys: which of them is believed for whom.

use super::*;

/// A key of the configuration with an id.
fn with_id(algorithm: TokenAlgorithm, pem: &str, id: &str) -> TokenKey {
    TokenKey { algorithm, material: KeyMaterial::Public(pem.into()), id: Some(id.into()) }
}

#[test]
fn each_issuer_is_believed_by_its_own_keys_only() {
    const OTHER: &str = "https://identity.bogota.example.gov.co";
    let mut config = public(TokenAlgorithm::EdDsa, ED_PUBLIC);
    config.issuers[0].keys.push(with_id(TokenAlgorithm::Es256, EC_PUBLIC, "2026-b"));
    config.issuers.push(IssuerConfig {
        name: OTHER.into(),
        audience: "articula-bogota".into(),
        keys: vec![
            with_id(TokenAlgorithm::Rs256, RSA_PUBLIC, "2026-a"),
            with_id(TokenAlgorithm::EdDsa, STRANGER_PUBLIC, "2026-c"),
            with_id(TokenAlgorithm::EdDsa, ED_PUBLIC, "2026-d"),
        ],
        jwks_url: None,
    });
    let verifier = Verifier::new(&config).expect("good keys");
    let ec = EncodingKey::from_ec_pem(EC_PRIVATE.as_bytes()).expect("a private key");
    let rsa = EncodingKey::from_rsa_pem(RSA_PRIVATE.as_bytes()).expect("a private key");
    let keys = [(ed(ED_PRIVATE), "EdDSA"), (ec, "ES256"), (rsa, "RS256"), (ed(STRANGER), "EdDSA")];
    let token = |key: usize, issuer: &str, audience: &str, kid: Value| {
        let (key, alg) = &keys[key];
        let algorithm = TokenAlgorithm::ALL.into_iter().find(|known| known.name() == *alg).expect("known");
        let header = but(but(header(), "alg", json!(alg)), "kid", kid);
        let claims = but(but(claims(), "iss", json!(issuer)), "aud", json!(audience));
        sealed(format!("{}.{}", encode(header), encode(claims)), key, library(algorithm))
    };
    use TokenFault::{Algorithm as Alg, Audience, Key, Signature};
    for (name, token, verdict) in [
        ("first key", token(0, ISSUER, "articula", json!("2026-a")), Ok(())),
        ("second key", token(1, ISSUER, "articula", json!("2026-b")), Ok(())),
        ("the only key of its algorithm", token(1, ISSUER, "articula", Value::Null), Ok(())),
        ("the id of the key of another algorithm", token(1, ISSUER, "articula", json!("2026-a")), Err(Key)),
        ("the other issuer", token(2, OTHER, "articula-bogota", json!("2026-a")), Ok(())),
        ("a key of both", token(0, OTHER, "articula-bogota", json!("2026-d")), Ok(())),
        ("no id where two keys fit", token(0, OTHER, "articula-bogota", Value::Null), Err(Key)),
        ("the id of another key", token(0, OTHER, "articula-bogota", json!("2026-c")), Err(Signature)),
        ("the audience of the other issuer", token(2, OTHER, "articula", json!("2026-a")), Err(Audience)),
        ("the key of the other issuer", token(2, ISSUER, "articula", json!("2026-a")), Err(Alg)),
        ("the id of the other issuer's key", token(3, ISSUER, "articula", json!("2026-c")), Err(Key)),
        ("the other issuer's key under an own id", token(3, ISSUER, "articula", json!("2026-a")), Err(Signature)),
        ("no key of this issuer", token(1, OTHER, "articula-bogota", json!("2026-b")), Err(Alg)),
    ] {
        assert_eq!(verifier.verify(&token, now()).map(drop), verdict, "{name}");
    }
}

/// P-256 accepts (r, n - s) where it accepts (r, s): whoever holds a token can write it a second way. It says the same, so
/// nothing may depend on there being one way: tokens are known by what they say, and accounts by issuer and subject.
#[test]
fn a_signature_that_is_written_another_way_changes_nothing() {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad,
        0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let verifier = Verifier::new(&public(TokenAlgorithm::Es256, EC_PUBLIC)).expect("a good key");
    let key = EncodingKey::from_ec_pem(EC_PRIVATE.as_bytes()).expect("a private key");
    let message = format!("{}.{}", encode(but(header(), "alg", json!("ES256"))), encode(claims()));
    let token = sealed(message.clone(), &key, Algorithm::ES256);
    let (_, signature) = token.rsplit_once('.').expect("parts");
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).expect("base64");
    let mut borrowed = false;
    for place in (0..32).rev() {
        let (difference, first) = ORDER[place].overflowing_sub(bytes[32 + place]);
        let (difference, second) = difference.overflowing_sub(u8::from(borrowed));
        (bytes[32 + place], borrowed) = (difference, first || second);
    }
    let other = format!("{message}.{}", URL_SAFE_NO_PAD.encode(bytes));
    assert_ne!(token, other);
    assert_eq!(verifier.verify(&other, now()), verifier.verify(&token, now()));
    assert!(verifier.verify(&other, now()).is_ok());
    let der =
        |signature: &[u8]| [&[0x30, 0x44, 0x02, 0x20][..], &signature[..32], &[0x02, 0x20], &signature[32..]].concat();
    let asn1 =
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(der(&URL_SAFE_NO_PAD.decode(signature).expect("base64"))));
    for (name, forged) in [
        ("as DER", asn1),
        ("zeros", format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64]))),
        ("the order for s", format!("{message}.{}", URL_SAFE_NO_PAD.encode([&[1; 32][..], &ORDER[..]].concat()))),
    ] {
        assert_eq!(verifier.verify(&forged, now()), Err(TokenFault::Signature), "{name}");
    }
}
