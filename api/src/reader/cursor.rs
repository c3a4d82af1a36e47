//! Cursors: a position in an order, authenticated and bound to the list that it was given for.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;

/// The values of the order keys and, last, the id of the row that a cursor points at.
pub type Position = Vec<Value>;

const TAG: usize = 12;

/// The secret that cursors are authenticated with; the same on every replica.
#[derive(Clone)]
pub struct CursorKey(Hmac<Sha256>);

impl CursorKey {
    /// The key made of a secret of any length.
    pub fn new(secret: &[u8]) -> Self {
        // HMAC takes keys of any length: the error cannot come, and an empty key would still be a key.
        let mac = Hmac::new_from_slice(secret).unwrap_or_else(|_| Hmac::new(&Default::default()));
        Self(mac)
    }

    fn tag(&self, binding: &str, position: &[u8]) -> [u8; TAG] {
        let mut mac = self.0.clone();
        mac.update(binding.as_bytes());
        mac.update(&[0]);
        mac.update(position);
        let mut tag = [0; TAG];
        tag.copy_from_slice(&mac.finalize().into_bytes()[..TAG]);
        tag
    }

    /// A cursor for this position in the list that `binding` describes.
    pub fn seal(&self, binding: &str, position: &[Value]) -> String {
        let position = Value::from(position).to_string();
        let mut bytes = self.tag(binding, position.as_bytes()).to_vec();
        bytes.extend_from_slice(position.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position in a cursor that was given for this very list; `None` for anything else.
    pub fn open(&self, binding: &str, cursor: &str, keys: usize) -> Option<Position> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (tag, position) = bytes.split_at_checked(TAG)?;
        let expected = self.tag(binding, position);
        // Compared without an early end, so that the time says nothing about the place of the difference.
        let difference = tag.iter().zip(expected).fold(0, |sum, (a, b)| sum | (a ^ b));
        if difference != 0 {
            return None;
        }
        let position: Position = serde_json::from_slice(position).ok()?;
        (position.len() == keys).then_some(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_cursor_opens_only_for_its_own_list_and_key() {
        let key = CursorKey::new(b"secret");
        let position = vec![json!("bello"), json!(null), json!("x")];
        let cursor = key.seal("list", &position);
        assert_eq!(key.open("list", &cursor, 3), Some(position));
        assert_eq!(key.open("other", &cursor, 3), None);
        assert_eq!(key.open("list", &cursor, 2), None);
        assert_eq!(CursorKey::new(b"other").open("list", &cursor, 3), None);
    }

    #[test]
    fn an_altered_cursor_does_not_open() {
        let key = CursorKey::new(b"secret");
        let cursor = key.seal("list", &[json!(1)]);
        for at in 0..cursor.len() {
            let mut altered = cursor.clone().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(key.open("list", &String::from_utf8_lossy(&altered), 1), None);
        }
        assert_eq!(key.open("list", "", 1), None);
        assert_eq!(key.open("list", "ñ", 1), None);
    }
}
