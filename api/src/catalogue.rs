//! The catalogue of the declared graph: every entity that the schema has, in the order in which it shows them.

use crate::{
    access::types::{ACCESS_GRANT, ACCOUNT, API_KEY, MEMBER, VIEWER, VIEWER_GRANT},
    graph::Declaration,
    history::types::{HISTORY_ENTRY, PERSONAL_DATA_READ},
    organization::types::*,
    territory::types::*,
    value_chain::types::*,
};

/// All declared entities.
pub static ENTITIES: &[&Declaration] = &[
    &DEPARTMENT,
    &MUNICIPALITY,
    &TERRITORIAL_ENTITY,
    &COVERAGE,
    &UNIT_KIND,
    &JOB_DENOMINATION,
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
    &PROCESS,
    &PROCESS_VERSION,
    &PROCESS_TRANSITION,
    &ACTIVITY,
    &FLOW,
    &EXTERNAL_PARTY,
    &PROCESS_RESPONSIBILITY,
    &CONTROLLED_DOCUMENT,
    &DOCUMENT_VERSION,
    &DOCUMENT_TRANSITION,
    &CAPABILITY,
    &CAPABILITY_PROCESS,
    &CODE_PATTERN,
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
