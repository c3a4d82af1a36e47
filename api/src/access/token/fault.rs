//! Why tokens are not believed.

use crate::graph::error::ErrorCode;

/// Why a token is not believed. Clients are told [`TokenFault::code`] only; the rest is for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// It is longer than [`TOKEN_BYTES`](super::TOKEN_BYTES).
    #[error("the token is too long")]
    Oversize,
    /// It is not a token: parts, encoding, JSON, or the type of a claim.
    #[error("the token is malformed")]
    Malformed,
    /// It names no issuer, or one that is not believed here.
    #[error("the token's issuer is not believed")]
    Issuer,
    /// It is a development token, and this service does not take them.
    #[error("development tokens are not believed here")]
    Development,
    /// It is not signed with the algorithm of its issuer's key.
    #[error("the token's algorithm is not that of the key")]
    Algorithm,
    /// It is another kind of token, or says no kind.
    #[error("the token is not an access token")]
    Kind,
    /// It names another key.
    #[error("the token names another key")]
    Key,
    /// It demands an extension that is not understood.
    #[error("the token demands an unknown extension")]
    Extension,
    /// The signature is not one of the key.
    #[error("the token's signature is wrong")]
    Signature,
    /// It is meant for somebody else, or for nobody.
    #[error("the token is for another audience")]
    Audience,
    /// It names nobody.
    #[error("the token has no usable subject")]
    Subject,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// It does not say until when it is good.
    #[error("the token has no expiry")]
    NoExpiry,
    /// Its time has not come.
    #[error("the token is not valid yet")]
    NotYet,
    /// It is good for longer than tokens may be here.
    #[error("the token is good for longer than the configuration lets it")]
    Lifetime,
    /// Its issuer's keys are not at hand: the service's fault, not the token's.
    #[error("the keys of the token's issuer could not be fetched")]
    NoKeys,
}

impl TokenFault {
    /// What the client is told: whether a new token would help, and nothing of what was almost right.
    pub const fn code(self) -> ErrorCode {
        match self {
            TokenFault::Expired => ErrorCode::TokenExpired,
            TokenFault::NoKeys => ErrorCode::Unavailable,
            _ => ErrorCode::Unauthenticated,
        }
    }

    /// Did its issuer sign the token all the same? Then nobody is guessing: it is only not for here, or not for now.
    pub const fn is_signed(self) -> bool {
        matches!(
            self,
            TokenFault::Audience
                | TokenFault::Subject
                | TokenFault::Expired
                | TokenFault::NoExpiry
                | TokenFault::NotYet
                | TokenFault::Lifetime
        )
    }
}
