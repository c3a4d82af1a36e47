//! The declared graph of organizations, split by theme.

mod organization;
mod staff;
mod structure;
mod succession;
mod unit;

pub use organization::{LEGAL_ACT, ORGANIZATION, ORGANIZATION_CLASSIFICATION, TEMPORARY_TAKEOVER};
pub use staff::{JOB, PERSON, POST, POST_HOLDING};
pub use structure::{STRUCTURE_TRANSITION, STRUCTURE_VERSION};
pub use succession::{RESPONSIBILITY_TRANSFER, SUCCESSION};
pub use unit::{ORG_UNIT, UNIT_VERSION, WORK_GROUP};

use crate::graph::{
    declaration::Member,
    words::{one, valid_from},
};

/// The organization that owns the row.
pub const fn owner() -> Member {
    one("organization", &ORGANIZATION, &["organization_id"], "Organización. The one whose record this is.")
}

/// The act on which the row rests, where it is known.
const fn legal_act(description: &'static str) -> Member {
    one("legalAct", &LEGAL_ACT, &["legal_act_id"], description).nullable()
}

/// The first day of a row that may still be a draft.
const fn starts() -> Member {
    let mut starts = valid_from().nullable();
    starts.description = "Vigente desde. First day on which it holds (civil date, America/Bogota); null in a draft.";
    starts
}

/// What a version brings is read by every member once it took effect or the version was approved.
const PUBLISHED_WITH_VERSION: &str = "{t}.valid_from IS NOT NULL OR EXISTS (SELECT 1 FROM structure_version pv \
     WHERE pv.id = {t}.structure_version_id AND pv.stage = 3)";
