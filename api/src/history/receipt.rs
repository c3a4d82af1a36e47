//! Receipts: a signed statement that the history of an organization has an entry with this number and hash.
//!
//! Whoever keeps one can prove later that the chain was rewritten, even from its first entry: no verification of the
//! chain alone can see that. A receipt is a JWS (RFC 7515), signed with Ed25519.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{Id, OpaqueId, organization::organization};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation,
    jwk::{Jwk, KeyAlgorithm, PublicKeyUse, ThumbprintHash},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    graph::declaration::{ObjectShape, Shape, ShapeField},
    reader::write::object,
    store::Sealed,
};

/// `typ` of a receipt.
const KIND: &str = "articula-receipt+jwt";
const ISSUER: &str = "articula";
/// A receipt is about 400 bytes.
const LONGEST: usize = 4_000;
/// What stands before the 32 secret bytes of an Ed25519 key in PKCS #8 (RFC 8410).
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

const TEXT: Shape = Shape::Leaf("String");

/// `receipt` of a payload.
pub static RECEIPT: ObjectShape = ObjectShape {
    name: "HistoryReceipt",
    description: "Recibo. Proof for whoever keeps it that the act stands in the history as it stood on that day.",
    fields: &[
        ShapeField {
            name: "organization",
            description: "Organización. In whose chain the act is told.",
            shape: &Shape::Leaf("ID"),
            nullable: false,
        },
        ShapeField {
            name: "sequence",
            description: "Número. Of the act's last entry in the chain.",
            shape: &Shape::Leaf("BigInt"),
            nullable: false,
        },
        ShapeField { name: "hash", description: "Huella. Of that entry.", shape: &TEXT, nullable: false },
        ShapeField {
            name: "signature",
            description: "Recibo firmado. All of it as a JWS (EdDSA); its key is at `/.well-known/jwks.json`. Keep this text.",
            shape: &TEXT,
            nullable: false,
        },
    ],
};

/// Why something is no receipt of this service.
#[derive(Debug, thiserror::Error)]
#[error("this is not a receipt of this service: its form or its signature is wrong")]
pub struct NotAReceipt;

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    organization: String,
    sequence: i64,
    hash: String,
}

/// The key that receipts are signed with.
pub struct ReceiptKey {
    signing: EncodingKey,
    verifying: DecodingKey,
    public: Jwk,
}

impl ReceiptKey {
    /// The key made of a secret.
    ///
    /// # Errors
    /// The library cannot use it.
    pub fn new(secret: [u8; 32]) -> Result<Self, jsonwebtoken::errors::Error> {
        let signing = EncodingKey::from_ed_der(&[&PKCS8[..], &secret].concat());
        let mut public = Jwk::from_encoding_key(&signing, Algorithm::EdDSA)?;
        public.common.key_id = Some(public.thumbprint(ThumbprintHash::SHA256)?);
        public.common.key_algorithm = Some(KeyAlgorithm::EdDSA);
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { signing, verifying: DecodingKey::from_jwk(&public)?, public })
    }

    /// The public key, as `/.well-known/jwks.json` gives it.
    pub fn published(&self) -> Value {
        json!({ "keys": [self.public] })
    }

    /// The receipt of a place in a chain: the same place, the same receipt.
    ///
    /// # Errors
    /// The library refuses to sign.
    pub fn receipt(&self, sealed: &Sealed) -> Result<Value, jsonwebtoken::errors::Error> {
        let organization = Id::<organization::Entity>::from_uuid(sealed.organization).opaque().to_string();
        let header =
            Header { typ: Some(KIND.into()), kid: self.public.common.key_id.clone(), ..Header::new(Algorithm::EdDSA) };
        let claims = Claims {
            iss: ISSUER.to_owned(),
            organization: organization.clone(),
            sequence: sealed.sequence,
            hash: sealed.hash.clone(),
        };
        let signature = jsonwebtoken::encode(&header, &claims, &self.signing)?;
        Ok(object([
            ("organization", organization.into()),
            ("sequence", sealed.sequence.to_string().into()),
            ("hash", sealed.hash.clone().into()),
            ("signature", signature.into()),
        ]))
    }

    /// What a receipt says, if this service signed it.
    ///
    /// # Errors
    /// [`NotAReceipt`] for anything else.
    pub fn open(&self, receipt: &str) -> Result<Sealed, NotAReceipt> {
        let receipt = receipt.trim();
        if receipt.len() > LONGEST || !is_receipt(receipt) {
            return Err(NotAReceipt);
        }
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.required_spec_claims.clear();
        (validation.validate_exp, validation.validate_aud) = (false, false);
        validation.set_issuer(&[ISSUER]);
        let claims: Claims =
            jsonwebtoken::decode(receipt, &self.verifying, &validation).map_err(|_| NotAReceipt)?.claims;
        let organization = OpaqueId::parse(&claims.organization).ok_or(NotAReceipt)?.uuid;
        Ok(Sealed { organization, sequence: claims.sequence, hash: claims.hash })
    }
}

fn is_receipt(text: &str) -> bool {
    let header = text.split('.').next().and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let header: Option<Value> = header.and_then(|header| serde_json::from_slice(&header).ok());
    header.is_some_and(|header| header["typ"] == KIND)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_receipt_opens_as_it_was_signed_and_not_when_touched() {
        let (key, other) = (ReceiptKey::new([7; 32]).expect("a key"), ReceiptKey::new([8; 32]).expect("a key"));
        let sealed = Sealed { organization: Uuid::from_u128(1), sequence: 12, hash: "ab".repeat(32) };
        let receipt = key.receipt(&sealed).expect("signed");
        assert_eq!(receipt, key.receipt(&sealed).expect("signed"), "the same place, the same receipt");
        let text = receipt["signature"].as_str().expect("a text");
        assert_eq!(key.open(&format!(" {text}\n")).expect("ours"), sealed);
        assert!(other.open(text).is_err());
        for at in 0..text.len() {
            let mut touched = text.as_bytes().to_vec();
            touched[at] = if touched[at] == b'A' { b'Q' } else { b'A' };
            let touched = String::from_utf8(touched).expect("ASCII");
            assert!(key.open(&touched).map_or(true, |opened| opened == sealed), "{touched}");
        }
        assert!(key.open("").is_err() && key.open("a.b.c").is_err());
    }

    #[test]
    fn the_public_key_holds_no_secret() {
        let published = ReceiptKey::new([7; 32]).expect("a key").published();
        let key = &published["keys"][0];
        assert_eq!((&key["kty"], &key["crv"]), (&json!("OKP"), &json!("Ed25519")));
        assert!(key["d"].is_null() && key["kid"].is_string(), "{published}");
    }
}
