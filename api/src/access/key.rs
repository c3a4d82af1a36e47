//! What an API key looks like: `art_<prefix>_<secret>`, 8 characters to find it by and 256 random bits.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use crate::config::Secret;

/// How every key begins, so that one that was left somewhere is recognized.
pub const MARK: &str = "art_";
const PREFIX_LENGTH: usize = 8;
const SECRET_LENGTH: usize = 43;
const SECRET_BYTES: usize = 32;
/// 32 of them, so that 5 random bits are one; without those that look alike.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A new key; nobody keeps it.
pub struct NewKey {
    /// What may be shown.
    pub prefix: String,
    /// The whole key.
    pub key: Secret,
    /// What is stored.
    pub hash: String,
}

/// A prefix for a new key.
///
/// # Errors
/// The system gives no random bytes.
pub fn new_prefix() -> Result<String, getrandom::Error> {
    let mut bytes = [0; PREFIX_LENGTH];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// A new secret under a prefix.
///
/// # Errors
/// The system gives no random bytes.
pub fn new_key(prefix: &str) -> Result<NewKey, getrandom::Error> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes)?;
    let key = format!("{MARK}{prefix}_{}", URL_SAFE_NO_PAD.encode(bytes));
    Ok(NewKey { prefix: prefix.to_owned(), hash: hash(&key), key: Secret::new(key) })
}

/// The prefix of what looks like a key.
pub fn prefix_of(shown: &str) -> Option<&str> {
    let (prefix, secret) = shown.strip_prefix(MARK)?.split_at_checked(PREFIX_LENGTH)?;
    let secret = secret.strip_prefix('_')?;
    let well = prefix.bytes().all(|byte| ALPHABET.contains(&byte))
        && secret.len() == SECRET_LENGTH
        && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    well.then_some(prefix)
}

/// What is stored of a key. One fast hash will do: nobody guesses 256 random bits.
pub fn hash(shown: &str) -> String {
    Sha256::digest(shown).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Are two hashes the same? It takes as long whatever they differ in.
pub fn same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |differ, (one, other)| differ | (one ^ other));
    one.len() == other.len() && std::hint::black_box(differ) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_is_found_by_its_prefix_and_known_by_its_hash() {
        let prefix = new_prefix().expect("random");
        let (one, other) = (new_key(&prefix).expect("random"), new_key(&prefix).expect("random"));
        assert_eq!(prefix_of(one.key.expose()), Some(prefix.as_str()));
        assert_eq!(one.key.expose().len(), MARK.len() + PREFIX_LENGTH + 1 + SECRET_LENGTH);
        assert!(same(&one.hash, &hash(one.key.expose())) && !same(&one.hash, &other.hash));
        assert!(!format!("{:?} {}", one.key, one.key).contains(one.key.expose()));
    }

    #[test]
    fn what_is_no_key_has_no_prefix() {
        let prefix = new_prefix().expect("random");
        let key = new_key(&prefix).expect("random");
        let key = key.key.expose();
        for wrong in
            ["", "art_", "art_abcdefgh", "art_abcdefgh_", "eyJh.b.c", "art_ñandúes_x", &key[1..], &key[..key.len() - 1]]
        {
            assert_eq!(prefix_of(wrong), None, "{wrong}");
        }
        assert_eq!(prefix_of(&format!("{key}=")), None);
        assert_eq!(prefix_of(&key.replace("art_", "ART_")), None);
    }

    #[test]
    fn hashes_of_different_length_are_different() {
        assert!(!same("ab", "abc") && !same("", "a") && same("", ""));
    }
}
