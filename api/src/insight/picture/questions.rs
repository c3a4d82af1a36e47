//! What is asked for a picture: documents of ours, which the graph answers as it answers anybody's.

use entity::{Kind, OpaqueId, picture::PictureKind};
use serde_json::{Map, Value, json};

use super::acted::action_fragment;
use crate::{
    execution::roots::Question,
    graph::error::{ErrorCode, Refusal},
    insight::two_maps::ask::{line_fragment, map_lines},
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
        "number state code name kind objective scope startsWith endsWith policies resources
  activities { phase description controlPoint responsibleUnit { name } }
  inputs { name processes(first: 20) { nodes { code name } } externalParties(first: 20) { nodes { name } } }
  outputs { name processes(first: 20) { nodes { code name } } externalParties(first: 20) { nodes { name } } }"
    };
}

macro_rules! process {
    () => {
        "code name kind organization { name } leadUnit { name }
  norms(first: 50) { pageInfo { hasNextPage } nodes { name articles norm { name } } }
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

const COMPARISON: &str = concat!(
    "query ($of: ID!, $asOf: Date) { organization(id: $of, asOf: $asOf) { ",
    map_lines!(),
    " } }",
    line_fragment!()
);

/// As many hits as a sheet bears.
pub const TRACE: &str = "query ($of: ID!, $asOf: Date, $depth: Int) {
  node(id: $of, asOf: $asOf) { ...Named }
  trace(id: $of, depth: $depth, first: 200, asOf: $asOf) { count atLeast truncated
    hits { node { ...Named } path { edge direction node { id } } } } }
fragment Named on Node { id __typename
  ... on ReferenceProcess { code name } ... on Requirement { name } ... on Norm { name }
  ... on LegalAct { act: kind number date } ... on StructureVersion { version: number } ... on OrgUnit { name }
  ... on Post { job { code grade denomination { name } } } ... on Person { name } ... on WorkGroup { name } ... on Process { code name }
  ... on ExternalParty { name } ... on ControlledDocument { code name } ... on Capability { name } ... on Organization { name }
  ... on ProcessVersion { code name } ... on Flow { name } ... on Activity { description }
  ... on Audit { code name } ... on Finding { code name } ... on Certificate { code: number name: standard }
  ... on ImprovementPlan { code name } ... on ImprovementAction { name: description } ... on Decision { name: text }
  ... on ManagementReview { name } }";

/// Plans and actions are roots of their own: what is read within a finding is read as of the day on which it was found.
const FINDING_CHAIN: &str = concat!(
    "query ($of: ID!, $asOf: Date) {
  finding(id: $of, asOf: $asOf) { code name kind state severity origin originSource originNumber originDate condition external
    identifiedOn organization { name } age { daysOpen reopened } transitions { toState date }
    audit { code name kind state auditingBody auditingOrganization { name } program { year name } transitions { toState date } }
    causeAnalyses { method category rootCause recordedOn }
    recurrenceOf { code name identifiedOn age { closedOn } }
    recurrences(first: 20) { pageInfo { hasNextPage } nodes { code name identifiedOn age { closedOn } causeAnalyses { recordedOn } } }
    processes(first: 20) { pageInfo { hasNextPage } nodes { code name } }
    units(first: 20) { pageInfo { hasNextPage } nodes { name } }
    requirements(first: 20) { pageInfo { hasNextPage } nodes { name } } }
  improvementPlans(first: 10, asOf: $asOf, where: { findings: { some: { id: { eq: $of } } } }, orderBy: [{ field: CODE }]) {
    pageInfo { hasNextPage } nodes { id code name kind state transitions { toState date } } }
  improvementActions(first: 60, asOf: $asOf, where: { findings: { some: { id: { eq: $of } } } }, orderBy: [{ field: NUMBER }]) {
    pageInfo { hasNextPage } nodes { ...Acted plan { id } } } }",
    action_fragment!()
);

const PLAN_GANTT: &str = concat!(
    "query ($of: ID!, $asOf: Date) { improvementPlan(id: $of, asOf: $asOf) { code name kind state controlBody
  organization { name } unit { name } transitions { toState date }
  progress { percent compliancePercent advancePercent reason actions finished green amber red }
  actions(first: 100, orderBy: [{ field: NUMBER }]) { pageInfo { hasNextPage } nodes { ...Acted
    activities { number description unitOfMeasure target done startsOn dueOn } } } } }",
    action_fragment!()
);

const PROGRAM_CALENDAR: &str = "query ($of: ID!, $asOf: Date) { auditProgram(id: $of, asOf: $asOf) { year name state
  organization { name } execution { part whole percent reason } transitions { toState date }
  audits(first: 100, orderBy: [{ field: PLANNED_FROM }, { field: CODE }]) { pageInfo { hasNextPage } nodes {
    code name kind state plannedFrom plannedTo startedOn endedOn
    team { role person { name } } transitions { toState date } } } } }";

/// How many steps a trace shows when nobody says: the picture of more is mostly too large to be read.
const STEPS: i64 = 2;

/// What to ask for a picture of this kind.
pub fn question(kind: PictureKind, arguments: &Map<String, Value>, as_of: &str) -> Result<Question, Refusal> {
    let of = arguments.get("of").and_then(Value::as_str).unwrap_or_default();
    let shown = OpaqueId::parse(of).map(|id| id.number).ok_or(ErrorCode::NotFound)?;
    let is = |kind: Kind| shown == kind as u8;
    let given = |name: &str| arguments.get(name).filter(|value| !value.is_null());
    let compares = kind == PictureKind::StructureDiff;
    for name in ["from", "to"] {
        match (given(name), compares) {
            (None, true) => return Err(ErrorCode::Required.at([name])),
            // What would be passed over in silence is told.
            (Some(_), false) => {
                let nothing = "nothing for this picture";
                return Err(ErrorCode::InvalidArgument.at([name]).with("expected", nothing));
            }
            _ => {}
        }
    }
    let depth = given("depth").cloned();
    if depth.is_some() && kind != PictureKind::Trace {
        return Err(ErrorCode::InvalidArgument.at(["depth"]));
    }
    let document = match kind {
        PictureKind::OrgChart if is(Kind::StructureVersion) => ORG_CHART_OF_VERSION,
        PictureKind::OrgChart if is(Kind::Organization) => ORG_CHART,
        PictureKind::ProcessMap if is(Kind::Organization) => PROCESS_MAP,
        PictureKind::Sipoc if is(Kind::ProcessVersion) => SIPOC_OF_VERSION,
        PictureKind::Sipoc if is(Kind::Process) => SIPOC,
        PictureKind::HeatMap if is(Kind::Organization) => HEAT_MAP,
        PictureKind::StructureDiff if is(Kind::Organization) => STRUCTURE_DIFF,
        PictureKind::Comparison if is(Kind::Organization) => COMPARISON,
        PictureKind::FindingChain if is(Kind::Finding) => FINDING_CHAIN,
        PictureKind::PlanGantt if is(Kind::ImprovementPlan) => PLAN_GANTT,
        PictureKind::ProgramCalendar if is(Kind::AuditProgram) => PROGRAM_CALENDAR,
        PictureKind::Trace => TRACE,
        _ => return Err(ErrorCode::NotFound.into()),
    };
    let variables = match (given("from"), given("to")) {
        (Some(from), Some(to)) => json!({ "of": of, "from": from, "to": to }),
        _ if kind == PictureKind::Trace => json!({ "of": of, "asOf": as_of, "depth": depth.unwrap_or(STEPS.into()) }),
        _ => json!({ "of": of, "asOf": as_of }),
    };
    Ok(Question { document, variables: variables.as_object().cloned().unwrap_or_default() })
}
