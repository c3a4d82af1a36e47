//! What the graph is asked of a map beside the reference, and how its answer is read.

use serde_json::Value;

/// What is asked of an organization, and the fragment of its lines: by level, because a page has 100 rows.
macro_rules! map_lines {
    () => {
        "id name kind
  referenceComparison { adopted adapted merged absent own reference unjustifiedGaps coverage { percent reason } reason }
  macroprocesses: referenceLines(first: 100, orderBy: [{field: POSITION}], where: {level: {eq: MACROPROCESS}, status: {ne: OWN}}) { ...Lines }
  processes: referenceLines(first: 100, orderBy: [{field: POSITION}], where: {level: {eq: PROCESS}, status: {ne: OWN}}) { ...Lines }
  subprocesses: referenceLines(first: 100, orderBy: [{field: POSITION}], where: {level: {eq: SUBPROCESS}, status: {ne: OWN}}) { ...Lines }
  procedures: referenceLines(first: 100, orderBy: [{field: POSITION}], where: {level: {eq: PROCEDURE}, status: {ne: OWN}}) { ...Lines }
  own: referenceLines(first: 100, orderBy: [{field: LEVEL}], where: {status: {eq: OWN}}) { ...Lines }"
    };
}

/// The fragment `Lines`.
macro_rules! line_fragment {
    () => {
        " fragment Lines on ReferenceLineConnection { pageInfo { hasNextPage } nodes { status said unjustifiedGap level position
  referenceProcess { id code name parent { id } } process { id code name } adoption { justification legalAct { kind number date } } } }"
    };
}

pub(crate) use {line_fragment, map_lines};

/// The levels by the names under which their lines are asked for.
const LEVELS: [&str; 4] = ["macroprocesses", "processes", "subprocesses", "procedures"];

/// The lines of an organization.
pub struct Lines<'a> {
    /// Those of the reference, in its order.
    pub reference: Vec<&'a Value>,
    /// Its own processes.
    pub own: Vec<&'a Value>,
    /// Are there more than were read?
    pub cut: bool,
}

/// Reads the lines that an organization was asked for.
pub fn lines(organization: &Value) -> Lines<'_> {
    let nodes = |name: &str| organization[name]["nodes"].as_array().into_iter().flatten();
    let mut reference: Vec<_> = LEVELS.iter().flat_map(|level| nodes(level)).collect();
    reference.sort_by_key(|line| line["position"].as_i64());
    let cut = |name: &str| organization[name]["pageInfo"]["hasNextPage"] == true;
    Lines { reference, own: nodes("own").collect(), cut: LEVELS.iter().any(|level| cut(level)) || cut("own") }
}
