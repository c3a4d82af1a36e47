//! Acts on members, their roles and API keys (domain 11).

mod facts;
mod grant;
mod key;
mod member;

pub use facts::MEMBER_TRANSITIONS;
pub use grant::{AccessGrantCreate, AccessGrantCreateInput, OrganizationAppoint, OrganizationAppointInput};
pub use key::{ApiKeyCreate, ApiKeyCreateInput, ApiKeyRevoke, ApiKeyRotate};
pub use member::{MemberInvite, MemberInviteInput};

use crate::execution::act::{AnyAct, act};

/// The acts on access.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<member::MemberInvite>(),
    act::<member::MemberSuspend>(),
    act::<member::MemberReinstate>(),
    act::<member::MemberTie>(),
    act::<member::MemberUntie>(),
    act::<grant::AccessGrantCreate>(),
    act::<grant::AccessGrantEnd>(),
    act::<grant::OrganizationAppoint>(),
    act::<key::ApiKeyCreate>(),
    act::<key::ApiKeyRotate>(),
    act::<key::ApiKeyRevoke>(),
];
