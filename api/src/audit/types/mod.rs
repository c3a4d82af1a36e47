//! The declared graph of audits.

mod audit;
mod certificate;
mod finding;
mod finding_parts;
mod finding_type;
mod parts;
mod program;

pub use audit::{AUDIT, AUDIT_TRANSITION};
pub use certificate::CERTIFICATE;
pub use finding::{FINDING, FINDING_TRANSITION};
pub use finding_parts::{FINDING_INCIDENCE, FINDING_RESPONSE};
pub use finding_type::FINDING_TYPE;
pub use parts::{AUDIT_CRITERION, AUDIT_REPORT, AUDIT_SCOPE, AUDIT_TEAM_MEMBER, CHECKLIST_ITEM};
pub use program::{AUDIT_PROGRAM, AUDIT_PROGRAM_TRANSITION};

use crate::{life_cycle::step_members, organization::types::owner};
