//! What is asked for a picture: documents of ours, which the graph answers as it answers anybody's.

use entity::{Kind, OpaqueId, picture::PictureKind};
use serde_json::{Map, Value, json};

use crate::{
    execution::roots::Question,
    graph::error::{ErrorCode, Refusal},
};

macro_rules! structure {
    () => {
        "number state validFrom legalAct { kind number date }
  tree { code name kind unit { id } parent { unit { id } } }"
    };
}

const ORG_CHART: &str = concat!(
    "query ($of: ID!, $asOf: Date) { organization(id: $of, asOf: $asOf) { name structure { ",
    structure!(),
    " } } }"
);

const ORG_CHART_OF_VERSION: &str = concat!(
    "query ($of: ID!, $asOf: Date) { structureVersion(id: $of, asOf: $asOf) { organization { name } ",
    structure!(),
    " } }"
);

macro_rules! characterization {
    () => {
        "number state code name kind objective startsWith endsWith
  activities { phase description controlPoint responsibleUnit { name } }
  inputs { name processes(first: 20) { nodes { code name } } externalParties(first: 20) { nodes { name } } }
  outputs { name processes(first: 20) { nodes { code name } } externalParties(first: 20) { nodes { name } } }"
    };
}

macro_rules! process {
    () => {
        "code name kind organization { name } leadUnit { name }
  flowsFromOthers(first: 100) { nodes { name direction processVersion { code name } } }"
    };
}

const SIPOC: &str = concat!(
    "query ($of: ID!, $asOf: Date) { process(id: $of, asOf: $asOf) { ",
    process!(),
    " current { ",
    characterization!(),
    " } } }"
);

const SIPOC_OF_VERSION: &str = concat!(
    "query ($of: ID!, $asOf: Date) { processVersion(id: $of, asOf: $asOf) { ",
    characterization!(),
    " process { ",
    process!(),
    " } } }"
);

const PROCESS_MAP: &str = "query ($of: ID!, $asOf: Date) { organization(id: $of, asOf: $asOf) { name
  processMap { code name kind level process { id } parent { id } } } }";

const HEAT_MAP: &str = "query ($of: ID!, $asOf: Date) {
  organization(id: $of, asOf: $asOf) { name
    processMap { code name level process {
      alignments(first: 100) { pageInfo { hasNextPage } nodes { role requirement { slug kind edition { id } } } } } } }
  framework(by: {slug: \"MIPG\"}, asOf: $asOf) { current { id label
    requirements(first: 100, where: {kind: {eq: POLICY}}) { nodes { slug name nameEn parent { name nameEn } } } } } }";

const STRUCTURE_DIFF: &str = "query ($of: ID!, $from: Date!, $to: Date!) {
  before: organization(id: $of, asOf: $from) { structure { tree { code name kind unit { id } parent { unit { id } } } } }
  after: organization(id: $of, asOf: $to) { name
    structure { tree { code name kind unit { id } parent { unit { id } } } }
    structureDiff(from: $from, to: $to) { kind validFrom legalAct { kind number date }
      predecessors { id name } successors { id name } } } }";

/// What to ask for a picture of this kind.
pub fn question(kind: PictureKind, arguments: &Map<String, Value>, as_of: &str) -> Result<Question, Refusal> {
    let of = arguments.get("of").and_then(Value::as_str).unwrap_or_default();
    let shown = OpaqueId::parse(of).map(|id| id.number).ok_or(ErrorCode::NotFound)?;
    let is = |kind: Kind| shown == kind as u8;
    let given = |name: &str| arguments.get(name).filter(|value| !value.is_null());
    let compares = kind == PictureKind::StructureDiff;
    for name in ["from", "to"] {
        // What would be passed over in silence, or is missing, is told.
        if given(name).is_some() != compares {
            return Err(ErrorCode::InvalidArgument.at([name]));
        }
    }
    let document = match kind {
        PictureKind::OrgChart if is(Kind::StructureVersion) => ORG_CHART_OF_VERSION,
        PictureKind::OrgChart if is(Kind::Organization) => ORG_CHART,
        PictureKind::ProcessMap if is(Kind::Organization) => PROCESS_MAP,
        PictureKind::Sipoc if is(Kind::ProcessVersion) => SIPOC_OF_VERSION,
        PictureKind::Sipoc if is(Kind::Process) => SIPOC,
        PictureKind::HeatMap if is(Kind::Organization) => HEAT_MAP,
        PictureKind::StructureDiff if is(Kind::Organization) => STRUCTURE_DIFF,
        _ => return Err(ErrorCode::NotFound.into()),
    };
    let variables = match (given("from"), given("to")) {
        (Some(from), Some(to)) => json!({ "of": of, "from": from, "to": to }),
        _ => json!({ "of": of, "asOf": as_of }),
    };
    Ok(Question { document, variables: variables.as_object().cloned().unwrap_or_default() })
}
