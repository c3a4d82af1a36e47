//! Personal values in the history: closed under a key of the person, so that to delete the key is to delete them all.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use serde_json::{Value, json};
use uuid::Uuid;

const KEY: usize = 32;
const NONCE: usize = 24;

/// The word in a history entry under which a closed value stands.
pub const SEALED: &str = "sealed";

/// The key of one person.
pub struct PersonKey(XChaCha20Poly1305);

/// What a closed value is bound to: elsewhere it does not open.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The history entry.
    pub entry: Uuid,
    /// The person.
    pub person: Uuid,
    /// The column.
    pub column: &'a str,
}

impl Place<'_> {
    fn bytes(self) -> Vec<u8> {
        [self.entry.as_bytes(), self.person.as_bytes(), self.column.as_bytes()].concat()
    }
}

impl PersonKey {
    /// A new key, as it is kept.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn generate() -> Result<String, getrandom::Error> {
        let mut key = [0; KEY];
        getrandom::fill(&mut key)?;
        Ok(key.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The key that was kept so; `None` for anything else.
    pub fn parse(kept: &str) -> Option<Self> {
        let digits = kept.as_bytes().as_chunks::<2>().0.iter();
        let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
        let key: Vec<u8> = digits.map(byte).collect::<Option<_>>()?;
        (kept.len() == 2 * KEY).then(|| XChaCha20Poly1305::new_from_slice(&key).ok().map(Self)).flatten()
    }

    /// Closes a value. Twice the same value gives two different texts.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn seal(&self, place: Place<'_>, value: &Value) -> Result<Value, getrandom::Error> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)?;
        let (text, place) = (value.to_string(), place.bytes());
        let payload = Payload { msg: text.as_bytes(), aad: &place };
        // It fails only for texts of 256 GB.
        let closed = self.0.encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        Ok(json!({ SEALED: STANDARD_NO_PAD.encode([&nonce[..], &closed].concat()) }))
    }

    /// Opens what was closed at this very place under this key; `None` for anything else.
    pub fn open(&self, place: Place<'_>, told: &str) -> Option<Value> {
        let bytes = STANDARD_NO_PAD.decode(told).ok()?;
        let (nonce, closed) = bytes.split_first_chunk::<NONCE>()?;
        let place = place.bytes();
        let text = self.0.decrypt(&XNonce::from(*nonce), Payload { msg: closed, aad: &place }).ok()?;
        serde_json::from_slice(&text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_only_at_its_place_and_under_its_key() {
        let key = || PersonKey::parse(&PersonKey::generate().expect("random bytes")).expect("a key");
        let (ours, other) = (key(), key());
        let place = Place { entry: Uuid::from_u128(1), person: Uuid::from_u128(2), column: "email" };
        let value = json!([null, "ana@example.org"]);
        let [one, two] = [(); 2].map(|()| ours.seal(place, &value).expect("closed")[SEALED].clone());
        assert_ne!(one, two);
        let text = one.as_str().expect("a text");
        assert_eq!(ours.open(place, text), Some(value));
        assert_eq!(other.open(place, text), None);
        for elsewhere in [
            Place { entry: Uuid::from_u128(3), ..place },
            Place { person: Uuid::from_u128(3), ..place },
            Place { column: "phone", ..place },
        ] {
            assert_eq!(ours.open(elsewhere, text), None);
        }
        assert_eq!(ours.open(place, &text[..text.len() - 2]), None);
        assert!(PersonKey::parse("00").is_none() && PersonKey::parse(&"g".repeat(64)).is_none());
    }
}
