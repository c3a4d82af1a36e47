//! Accounts: who the world's issuers vouch for. They belong to no organization.

use entity::{Id, access::account};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Variant, Version};

/// Issuers that are this service itself begin so; no configured key may claim one.
pub const OWN_ISSUERS: &str = "articula:";
/// The issuer of accounts that sign in with an API key.
pub const KEY_ISSUER: &str = "articula:keys";
/// The issuer of the account under which the command line acts.
pub const COMMAND_ISSUER: &str = "articula:command";

/// The key of an account: made of its issuer and subject, so that whoever invites somebody cannot tell by it whether,
/// or since when, the account was known.
pub fn account_key(issuer: &str, subject: &str) -> Id<account::Entity> {
    let hash = Sha256::new().chain_update(issuer).chain_update([0]).chain_update(subject).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    let builder = Builder::from_bytes(bytes).with_version(Version::Custom).with_variant(Variant::RFC4122);
    Id::from_uuid(builder.into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_account_has_the_same_key_and_no_other_has() {
        assert_eq!(account_key("a", "b"), account_key("a", "b"));
        assert_ne!(account_key("a", "b"), account_key("ab", ""));
        assert_ne!(account_key("a", "b"), account_key("a", "c"));
        assert_eq!(account_key("a", "b").uuid().get_version(), Some(Version::Custom));
    }
}
