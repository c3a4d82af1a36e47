//! The catalogue of the declared graph: every entity that the schema has, in the order in which it shows them.

use crate::{
    access::types::{ACCESS_GRANT, ACCOUNT, API_KEY, MEMBER, VIEWER, VIEWER_GRANT},
    framework::types::*,
    graph::Declaration,
    history::types::{HISTORY_ENTRY, PERSONAL_DATA_READ},
    organization::types::*,
    territory::types::*,
};

/// All declared entities.
pub static ENTITIES: &[&Declaration] = &[
    &DEPARTMENT,
    &MUNICIPALITY,
    &TERRITORIAL_ENTITY,
    &COVERAGE,
    &UNIT_KIND,
    &JOB_DENOMINATION,
    &REFERENCE_MAP,
    &REFERENCE_PROCESS,
    &FRAMEWORK,
    &FRAMEWORK_EDITION,
    &REQUIREMENT,
    &CROSSWALK,
    &NORM,
    &DEFENCE_LINE,
    &ORGANIZATION,
    &ORGANIZATION_CLASSIFICATION,
    &TEMPORARY_TAKEOVER,
    &LEGAL_ACT,
    &STRUCTURE_VERSION,
    &STRUCTURE_TRANSITION,
    &ORG_UNIT,
    &UNIT_VERSION,
    &SUCCESSION,
    &RESPONSIBILITY_TRANSFER,
    &JOB,
    &POST,
    &PERSON,
    &POST_HOLDING,
    &WORK_GROUP,
    &ACCOUNT,
    &MEMBER,
    &ACCESS_GRANT,
    &API_KEY,
    &VIEWER,
    &VIEWER_GRANT,
    &HISTORY_ENTRY,
    &PERSONAL_DATA_READ,
];

#[cfg(test)]
mod tests;
