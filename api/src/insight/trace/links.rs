//! The links that traces follow, under the words by which they are asked for. An area registers a link here, in one line.
//!
//! Left out on purpose is what would join everything with everything: organizations, editions, versions of a structure with
//! their units, jobs with their posts.

use std::sync::LazyLock;

use crate::{
    audit::types::{AUDIT, AUDIT_CRITERION, AUDIT_SCOPE, CERTIFICATE, FINDING},
    direction::types::DECISION,
    framework::types::{CROSSWALK, REFERENCE_PROCESS, REQUIREMENT},
    graph::{
        Declaration,
        link::{End, Link},
    },
    improvement::types::{IMPROVEMENT_ACTION, IMPROVEMENT_PLAN},
    organization::types::{POST, POST_HOLDING, STRUCTURE_VERSION, SUCCESSION, UNIT_VERSION, WORK_GROUP},
    reader::links::{Side, Way},
    value_chain::types::{
        ACTIVITY, ALIGNMENT, CAPABILITY, CAPABILITY_PROCESS, CONTROLLED_DOCUMENT, FLOW, PROCESS_NORM,
        PROCESS_RESPONSIBILITY, PROCESS_VERSION, REFERENCE_ADOPTION,
    },
};

/// Links under one word.
pub struct TraceEdge {
    /// The word, read from its beginning to its end.
    pub name: &'static str,
    /// What it means, the Spanish term first.
    pub description: &'static str,
    /// The links.
    pub links: &'static [Link],
}

const ITSELF: End = End::Itself;

const fn along(members: &'static [&'static str]) -> End {
    End::Along(members)
}

const fn link(hub: &'static Declaration, from: End, to: End) -> Link {
    Link { hub, from, to, only: None }
}

impl Link {
    const fn only(mut self, template: &'static str) -> Self {
        self.only = Some(template);
        self
    }
}

const fn edge(name: &'static str, links: &'static [Link], description: &'static str) -> TraceEdge {
    TraceEdge { name, description, links }
}

const UNIT: End = along(&["unit"]);
const PROCESS: End = along(&["process"]);
const REQUIRED: End = along(&["requirement"]);
const DOCUMENT: End = along(&["document"]);
const ABLE: End = along(&["capability"]);
const PARENT: End = along(&["parent"]);
const ACT: End = along(&["legalAct"]);
const DESCRIBED: End = along(&["processVersion", "process"]);

const fn pairs(member: &'static str, table: &'static str, own: &'static str, far: &'static str) -> End {
    End::Paired { member, table, own, far }
}
const OTHERS: End = pairs("processes", "flow_process", "flow_id", "process_id");
const OUTSIDE: End = pairs("externalParties", "flow_party", "flow_id", "external_party_id");
const BEFORE: End = pairs("predecessors", "succession_predecessor", "succession_id", "org_unit_id");
const AFTER: End = pairs("successors", "succession_successor", "succession_id", "org_unit_id");
const NEEDED: End = pairs("units", "capability_unit", "capability_id", "org_unit_id");

const LOOKED: End = along(&["audit"]);
const FOUND_AT: End = pairs("processes", "finding_process", "finding_id", "process_id");
const CONCERNED: End = pairs("units", "finding_unit", "finding_id", "org_unit_id");
const MISSED: End = pairs("requirements", "finding_requirement", "finding_id", "requirement_id");
const TAKEN: End = pairs("findings", "plan_finding", "improvement_plan_id", "finding_id");
const ANSWERED: End = pairs("findings", "action_finding", "improvement_action_id", "finding_id");
const SHARED: End = pairs("coUnits", "action_unit", "improvement_action_id", "org_unit_id");
const COVERED: End = pairs("processes", "certificate_process", "certificate_id", "process_id");

// What has no days of its own is there since it was found or written down.
const FOUND: &str = "{t}.identified_on <= {m}";
const AUDITED: &str = "(SELECT min(w.civil_date) FROM audit_transition w WHERE w.audit_id = {t}.audit_id) <= {m}";
const FOLLOWED: &str = "(SELECT min(w.civil_date) FROM audit_transition w WHERE w.audit_id = {t}.id) <= {m}";
const PLANNED: &str = "(SELECT min(w.civil_date) FROM plan_transition w WHERE w.improvement_plan_id = {t}.id) <= {m}";
const STARTED: &str =
    "(SELECT min(w.civil_date) FROM action_transition w WHERE w.improvement_action_id = {t}.id) <= {m}";
const DECIDED: &str = "(SELECT w.held_on FROM management_review w WHERE w.id = {t}.management_review_id) <= {m}";

const LEADING: &str = "{t}.role = 1";
const CONTRIBUTING: &str = "{t}.role = 2";
const INPUT: &str = "{t}.direction = 1";
const OUTPUT: &str = "{t}.direction = 2";

/// All edges. Their order is that in which paths of one length are preferred.
#[rustfmt::skip]
pub static EDGES: &[TraceEdge] = &[
    edge("UNIT_PART_OF", &[link(&UNIT_VERSION, UNIT, along(&["parent", "unit"]))],
        "Depende de. A unit hangs under another in the structure in force."),
    edge("SUCCEEDED_BY", &[link(&SUCCESSION, BEFORE, AFTER).only("{t}.valid_from <= {m}")],
        "Sucedida por. A unit came out of another, by what took effect until the day asked for."),
    edge("STANDS_IN", &[link(&POST, ITSELF, UNIT), link(&WORK_GROUP, ITSELF, UNIT)],
        "Pertenece a la dependencia. A post or a work group stands in a unit."),
    edge("HELD_BY", &[link(&POST_HOLDING, along(&["post"]), along(&["person"]))],
        "Ocupado por. A person fills a post."),
    edge("LEADS", &[link(&PROCESS_RESPONSIBILITY, UNIT, PROCESS).only("{t}.role = 1")],
        "Lidera. A unit answers for a process."),
    edge("SUPPORTS", &[link(&PROCESS_RESPONSIBILITY, UNIT, PROCESS).only("{t}.role = 2")],
        "Apoya. A unit supports a process."),
    edge("CONSULTED_ON", &[link(&PROCESS_RESPONSIBILITY, UNIT, PROCESS).only("{t}.role = 3")],
        "Es consultada. A unit is consulted on a process."),
    edge("INFORMED_OF", &[link(&PROCESS_RESPONSIBILITY, UNIT, PROCESS).only("{t}.role = 4")],
        "Es informada. A unit is informed of a process."),
    edge("PROCESS_PART_OF", &[link(&PROCESS_VERSION, PROCESS, PARENT)],
        "Hace parte de. A process stands under another on the map in force."),
    edge("SUPPLIES", &[
        link(&FLOW, DESCRIBED, OTHERS).only(OUTPUT), link(&FLOW, OTHERS, DESCRIBED).only(INPUT),
        link(&FLOW, DESCRIBED, OUTSIDE).only(OUTPUT), link(&FLOW, OUTSIDE, DESCRIBED).only(INPUT)],
        "Suministra a. A process, or somebody outside, gives something to another, by a characterization in force."),
    edge("PERFORMED_BY", &[
        link(&ACTIVITY, DESCRIBED, along(&["responsibleUnit"])), link(&ACTIVITY, DESCRIBED, along(&["responsiblePost"]))],
        "Ejecutado por. A unit or a post does an activity of a process, by its characterization in force."),
    edge("DOCUMENTS", &[link(&CONTROLLED_DOCUMENT, ITSELF, PROCESS)],
        "Documenta. A controlled document belongs to a process."),
    edge("REALIZES", &[link(&CAPABILITY_PROCESS, PROCESS, ABLE)],
        "Realiza. A process realizes a capability."),
    edge("NEEDS", &[link(&CAPABILITY, ITSELF, NEEDED)],
        "Necesita de. A capability would not be there without a unit."),
    edge("LEADS_REQUIREMENT", &[
        link(&ALIGNMENT, PROCESS, REQUIRED).only(LEADING), link(&ALIGNMENT, UNIT, REQUIRED).only(LEADING),
        link(&ALIGNMENT, DOCUMENT, REQUIRED).only(LEADING), link(&ALIGNMENT, ABLE, REQUIRED).only(LEADING)],
        "Lidera el requisito. A process, unit, document or capability leads a requirement, such as a policy of MIPG."),
    edge("CONTRIBUTES_TO", &[
        link(&ALIGNMENT, PROCESS, REQUIRED).only(CONTRIBUTING), link(&ALIGNMENT, UNIT, REQUIRED).only(CONTRIBUTING),
        link(&ALIGNMENT, DOCUMENT, REQUIRED).only(CONTRIBUTING), link(&ALIGNMENT, ABLE, REQUIRED).only(CONTRIBUTING)],
        "Contribuye a. A process, unit, document or capability contributes to a requirement."),
    edge("REQUIREMENT_PART_OF", &[link(&REQUIREMENT, ITSELF, PARENT)],
        "Requisito de. A requirement stands under another of the same edition, as a policy under its dimension."),
    edge("CORRESPONDS_TO", &[link(&CROSSWALK, along(&["from"]), along(&["to"]))],
        "Corresponde a. A requirement stands for one of another edition or framework."),
    edge("ADOPTS", &[link(&REFERENCE_ADOPTION, PROCESS, along(&["referenceProcess"]))],
        "Adopta. A process adopts, adapts or merges one of the national reference."),
    edge("REFERENCE_PART_OF", &[link(&REFERENCE_PROCESS, ITSELF, PARENT)],
        "Hace parte de la referencia. A process of the national reference stands under another."),
    edge("HELD_TO", &[link(&PROCESS_NORM, PROCESS, along(&["norm"]))],
        "Se rige por. A process is held to a norm of the national catalogue."),
    edge("ADOPTED_BY", &[
        link(&STRUCTURE_VERSION, ITSELF, ACT), link(&PROCESS_VERSION, PROCESS, ACT), link(&WORK_GROUP, ITSELF, ACT)],
        "Adoptado por. A structure, a process by its characterization in force, or a work group rests on a legal act."),
    edge("FOUND_AT", &[link(&FINDING, ITSELF, FOUND_AT).only(FOUND), link(&FINDING, ITSELF, CONCERNED).only(FOUND)],
        "Hallado en. A finding touches a process or concerns a unit, from the day on which it was found."),
    edge("FALLS_SHORT_OF", &[link(&FINDING, ITSELF, MISSED).only(FOUND)],
        "Incumple. A finding says that a requirement is not met."),
    edge("FOUND_BY", &[link(&FINDING, ITSELF, LOOKED).only(FOUND)],
        "Hallado por. A finding comes from an audit."),
    edge("REPEATS", &[link(&FINDING, ITSELF, along(&["recurrenceOf"])).only(FOUND)],
        "Reincide en. A finding repeats an earlier one."),
    edge("LOOKS_AT", &[link(&AUDIT_SCOPE, LOOKED, PROCESS).only(AUDITED), link(&AUDIT_SCOPE, LOOKED, UNIT).only(AUDITED)],
        "Audita. An audit has a process or a unit in its scope, from the day on which it was planned."),
    edge("HOLDS_AGAINST", &[link(&AUDIT_CRITERION, LOOKED, REQUIRED).only(AUDITED)],
        "Contrasta con. An audit takes a requirement as a criterion."),
    edge("FOLLOWS_UP", &[link(&AUDIT, ITSELF, along(&["followedAudit"])).only(FOLLOWED)],
        "Hace seguimiento a. An audit follows up the findings of another."),
    edge("CERTIFIES", &[link(&CERTIFICATE, ITSELF, COVERED)],
        "Certifica. A certificate covers a process while it holds."),
    edge("TAKES_UP", &[link(&IMPROVEMENT_PLAN, ITSELF, TAKEN).only(PLANNED)],
        "Atiende. A plan takes up a finding, from the day on which the plan was begun."),
    edge("FORMULATED_BY", &[link(&IMPROVEMENT_PLAN, ITSELF, UNIT).only(PLANNED)],
        "Formulado por. A unit formulates a plan."),
    edge("ANSWERS", &[link(&IMPROVEMENT_ACTION, ITSELF, ANSWERED).only(STARTED)],
        "Responde a. An action does something about a finding."),
    edge("ACTION_OF", &[link(&IMPROVEMENT_ACTION, ITSELF, along(&["plan"])).only(STARTED)],
        "Acción de. An action stands in a plan."),
    edge("DONE_BY", &[link(&IMPROVEMENT_ACTION, ITSELF, UNIT).only(STARTED), link(&IMPROVEMENT_ACTION, ITSELF, SHARED).only(STARTED)],
        "A cargo de. A unit leads an action or shares it."),
    edge("RESULTS_FROM", &[link(&IMPROVEMENT_ACTION, ITSELF, along(&["decision"])).only(STARTED)],
        "Resulta de. An action comes from a decision of senior management."),
    edge("DECIDED_IN", &[link(&DECISION, ITSELF, along(&["review"])).only(DECIDED)],
        "Decidido en. A decision was taken in a management review."),
];

/// In which direction a link is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From its beginning to its end.
    Out,
    /// From its end to its beginning.
    In,
}

impl Direction {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Out => "OUT",
            Self::In => "IN",
        }
    }
}

/// A step that a trace can take.
pub struct Step {
    /// Its edge.
    pub edge: &'static TraceEdge,
    /// Its direction.
    pub direction: Direction,
    /// What is walked.
    pub way: Way,
}

/// All steps that there are, in the order in which they are preferred. From a row that says a link one steps to both its ends.
pub fn steps() -> &'static [Step] {
    static ALL: LazyLock<Vec<Step>> = LazyLock::new(|| {
        let mut all = Vec::new();
        for edge in EDGES {
            for link in edge.links {
                let mut add = |direction, near, far| all.push(Step { edge, direction, way: Way { link, near, far } });
                add(Direction::Out, Side::From, Side::To);
                add(Direction::In, Side::To, Side::From);
                if !link.is_direct() {
                    add(Direction::Out, Side::Hub, Side::To);
                    add(Direction::In, Side::Hub, Side::From);
                }
            }
        }
        all
    });
    &ALL
}

/// What a trace can come to: the kinds at the ends of links, in the order of the catalogue.
pub fn kinds() -> &'static [&'static Declaration] {
    static ALL: LazyLock<Vec<&'static Declaration>> = LazyLock::new(|| {
        let reached = |kind: &&'static Declaration| steps().iter().any(|step| std::ptr::eq(step.way.far(), *kind));
        crate::catalogue::ENTITIES.iter().copied().filter(reached).collect()
    });
    &ALL
}
