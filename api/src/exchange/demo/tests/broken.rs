//! Every rule of broken links, judged row by row as its definition says: only what was planted is found.

use std::collections::BTreeSet;

use entity::{
    audit::{FindingKind, FindingState},
    improvement::{ActionState, PlanState},
    value_chain::{AdoptionStatus, FlowDirection, ProcessKind, ProcessLevel, ResponsibilityRole},
};

use super::*;

/// Rule, organization, object.
type Found = BTreeSet<(&'static str, Uuid, Uuid)>;

fn holds(from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
    from.is_some_and(|from| from <= ANCHOR) && to.is_none_or(|to| to > ANCHOR)
}

/// What the rules look at, on the anchor's day.
struct View {
    /// The version in force of each process in force.
    versions: HashMap<Uuid, &'static process_version::Model>,
    /// The process of each version in force.
    described: HashMap<Uuid, Uuid>,
    levels: HashMap<Uuid, ProcessLevel>,
    units: HashSet<Uuid>,
    posts: HashMap<Uuid, Uuid>,
    staffed: HashSet<Uuid>,
    responsibilities: Vec<&'static process_responsibility::Model>,
    /// Processes and parties at the other end of each flow.
    ends: HashMap<Uuid, Vec<Uuid>>,
    outside: HashSet<Uuid>,
}

fn view() -> View {
    let in_force = DEMO.process_versions.iter().filter(|row| holds(row.valid_from, row.valid_to));
    let versions: HashMap<_, _> = in_force.clone().map(|row| (row.process_id.uuid(), row)).collect();
    assert_eq!(versions.len(), in_force.count(), "one version in force of each process");
    let post_in_force = |row: &&post::Model| holds(row.valid_from, row.valid_to);
    let posts: HashMap<_, _> =
        DEMO.posts.iter().filter(post_in_force).map(|row| (row.id.uuid(), row.org_unit_id.uuid())).collect();
    let held = DEMO.holdings.iter().filter(|row| holds(Some(row.valid_from), row.valid_to));
    let mut ends: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in &DEMO.flow_processes {
        ends.entry(row.flow_id.uuid()).or_default().push(row.process_id.uuid());
    }
    let units = DEMO.unit_versions.iter().filter(|row| holds(row.valid_from, row.valid_to));
    let responsibilities = DEMO.process_responsibilities.iter();
    View {
        described: versions.values().map(|row| (row.id.uuid(), row.process_id.uuid())).collect(),
        levels: DEMO.processes.iter().map(|row| (row.id.uuid(), row.level)).collect(),
        units: units.map(|row| row.org_unit_id.uuid()).collect(),
        staffed: held.filter_map(|row| posts.get(&row.post_id.uuid()).copied()).collect(),
        responsibilities: responsibilities.filter(|row| holds(Some(row.valid_from), row.valid_to)).collect(),
        outside: DEMO.flow_parties.iter().map(|row| row.flow_id.uuid()).collect(),
        versions,
        posts,
        ends,
    }
}

fn flows(view: &View, found: &mut Found) {
    let stated: Vec<_> =
        DEMO.flows.iter().filter(|row| view.described.contains_key(&row.process_version_id.uuid())).collect();
    let outputs: HashSet<(Uuid, Uuid, &str)> = stated
        .iter()
        .filter(|row| row.direction == FlowDirection::Output)
        .flat_map(|row| {
            let from = view.described[&row.process_version_id.uuid()];
            let to = view.ends.get(&row.id.uuid()).into_iter().flatten();
            to.map(move |to| (from, *to, row.name_key.as_str()))
        })
        .collect();
    for row in stated {
        let (flow, none) = (row.id.uuid(), Vec::new());
        let ends = view.ends.get(&flow).unwrap_or(&none);
        let mut find = |rule| found.insert((rule, row.organization_id.uuid(), flow));
        if ends.is_empty() && !view.outside.contains(&flow) {
            match row.direction {
                FlowDirection::Output => find("OUTPUT_WITHOUT_CONSUMER"),
                FlowDirection::Input => find("INPUT_WITHOUT_SOURCE"),
            };
        }
        if ends.iter().any(|end| !view.versions.contains_key(end)) {
            find("FLOW_END_NOT_IN_FORCE");
        }
        let to = view.described[&row.process_version_id.uuid()];
        let said = |from: &Uuid| outputs.contains(&(*from, to, row.name_key.as_str()));
        if row.direction == FlowDirection::Input && ends.iter().any(said) {
            find("FLOW_SAID_TWICE");
        }
    }
}

fn processes(view: &View, found: &mut Found) {
    let aligned: HashSet<Uuid> = DEMO
        .alignments
        .iter()
        .filter(|row| holds(Some(row.valid_from), row.valid_to))
        .filter_map(|row| Some(row.process_id?.uuid()))
        .collect();
    let mut leads: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in view.responsibilities.iter().filter(|row| row.role == ResponsibilityRole::Leads) {
        leads.entry(row.process_id.uuid()).or_default().push(row.org_unit_id.uuid());
    }
    for (process, version) in &view.versions {
        let mut find = |rule| found.insert((rule, version.organization_id.uuid(), *process));
        let none = Vec::new();
        let leads = leads.get(process).unwrap_or(&none);
        let level = view.levels[process];
        if level != ProcessLevel::Procedure && leads.is_empty() {
            find("PROCESS_WITHOUT_LEAD");
        }
        let core = level != ProcessLevel::Procedure && version.kind == ProcessKind::Core;
        if core && leads.iter().any(|unit| !view.staffed.contains(unit)) {
            find("CORE_PROCESS_UNSTAFFED");
        }
        if version.parent_process_id.is_some_and(|parent| !view.versions.contains_key(&parent.uuid())) {
            find("PARENT_NOT_IN_FORCE");
        }
        let above = version.parent_process_id.and_then(|parent| view.versions.get(&parent.uuid()));
        if above.is_some_and(|above| above.kind != version.kind) {
            find("PROCESS_KIND_DIFFERS");
        }
        if level == ProcessLevel::Process && !aligned.contains(process) {
            find("PROCESS_WITHOUT_ALIGNMENT");
        }
    }
}

fn units(view: &View, found: &mut Found) {
    let busy: HashSet<Uuid> = view.responsibilities.iter().map(|row| row.org_unit_id.uuid()).collect();
    for unit in
        DEMO.org_units.iter().filter(|unit| view.units.contains(&unit.id.uuid()) && !busy.contains(&unit.id.uuid()))
    {
        found.insert(("UNIT_WITHOUT_PROCESS", unit.organization_id.uuid(), unit.id.uuid()));
    }
    for row in &view.responsibilities {
        if view.versions.contains_key(&row.process_id.uuid()) && !view.units.contains(&row.org_unit_id.uuid()) {
            found.insert(("RESPONSIBLE_UNIT_ENDED", row.organization_id.uuid(), row.id.uuid()));
        }
    }
    for row in DEMO.activities.iter().filter(|row| view.described.contains_key(&row.process_version_id.uuid())) {
        let unit = row.responsible_unit_id.is_some_and(|unit| !view.units.contains(&unit.uuid()));
        let post = row.responsible_post_id.is_some_and(|post| !view.posts.contains_key(&post.uuid()));
        if unit || post {
            found.insert(("ACTIVITY_RESPONSIBLE_ENDED", row.organization_id.uuid(), row.id.uuid()));
        }
    }
}

fn papers(view: &View, found: &mut Found) {
    for row in DEMO.document_versions.iter().filter(|row| holds(row.valid_from, row.valid_to)) {
        if row.next_review.is_some_and(|due| due < ANCHOR) {
            found.insert(("DOCUMENT_PAST_REVIEW", row.organization_id.uuid(), row.id.uuid()));
        }
    }
    let data = reference();
    let present: HashSet<Uuid> = data
        .requirements
        .iter()
        .filter(|row| {
            let edition = data.framework_editions.iter().find(|edition| edition.key == row.edition);
            edition.is_some_and(|edition| edition.valid.contains(ANCHOR))
        })
        .map(|row| crate::exchange::load::key::<entity::framework::requirement::Entity>(&row.key).uuid())
        .collect();
    for row in DEMO.alignments.iter().filter(|row| holds(Some(row.valid_from), row.valid_to)) {
        if !present.contains(&row.requirement_id.uuid()) {
            found.insert(("ALIGNMENT_OUTDATED", row.organization_id.uuid(), row.id.uuid()));
        }
    }
    let organizations: HashSet<Uuid> = view.versions.values().map(|row| row.organization_id.uuid()).collect();
    let macroprocesses = data.reference_processes.iter().filter(|row| row.level == "MACROPROCESS");
    for reference in macroprocesses {
        let id = crate::exchange::load::key::<entity::framework::reference_process::Entity>(&reference.key);
        for organization in &organizations {
            let answered = DEMO.reference_adoptions.iter().any(|row| {
                row.organization_id.uuid() == *organization
                    && row.reference_process_id == Some(id)
                    && holds(Some(row.valid_from), row.valid_to)
                    && match row.status {
                        AdoptionStatus::Absent => row.justification.is_some(),
                        AdoptionStatus::Own => false,
                        AdoptionStatus::Adopted | AdoptionStatus::Adapted | AdoptionStatus::Merged => true,
                    }
            });
            if !answered {
                found.insert(("REFERENCE_GAP_UNJUSTIFIED", *organization, id.uuid()));
            }
        }
    }
}

/// What has no days of its own is judged as it stands: the data end on the anchor's day.
fn improvement(found: &mut Found) {
    let analysed: HashSet<Uuid> = DEMO.cause_analyses.iter().map(|row| row.finding_id.uuid()).collect();
    let planned = DEMO.finding_transitions.iter().filter(|row| row.to_state == FindingState::InPlan);
    let planned: HashSet<Uuid> = planned.map(|row| row.finding_id.uuid()).collect();
    let reviewed: HashSet<Uuid> =
        DEMO.effectiveness_reviews.iter().map(|row| row.improvement_action_id.uuid()).collect();
    let answered = DEMO.action_findings.iter().filter(|row| reviewed.contains(&row.improvement_action_id.uuid()));
    let answered: HashSet<Uuid> = answered.map(|row| row.finding_id.uuid()).collect();
    for row in &DEMO.findings {
        let mut find = |rule| found.insert((rule, row.organization_id.uuid(), row.id.uuid()));
        let nonconformity = matches!(row.kind, FindingKind::MajorNonconformity | FindingKind::MinorNonconformity);
        if nonconformity && planned.contains(&row.id.uuid()) && !analysed.contains(&row.id.uuid()) {
            find("NONCONFORMITY_WITHOUT_CAUSE");
        }
        if row.state == FindingState::ClosedEffective && !answered.contains(&row.id.uuid()) {
            find("FINDING_CLOSED_UNREVIEWED");
        }
    }
    for row in &DEMO.improvement_actions {
        if matches!(row.state, ActionState::Approved | ActionState::InProgress) && row.executor_id.is_none() {
            found.insert(("ACTION_WITHOUT_EXECUTOR", row.organization_id.uuid(), row.id.uuid()));
        }
    }
    for plan in DEMO.improvement_plans.iter().filter(|row| row.state == PlanState::InExecution) {
        let unfinished = DEMO
            .improvement_actions
            .iter()
            .filter(|row| row.improvement_plan_id == plan.id && row.state.number() < ActionState::Executed.number());
        if unfinished.map(|row| row.due_on).max().is_some_and(|due| due < ANCHOR) {
            found.insert(("PLAN_PAST_DUE", plan.organization_id.uuid(), plan.id.uuid()));
        }
    }
    let frozen = DEMO.management_reviews.iter().filter(|row| row.frozen_on.is_some_and(|on| on <= ANCHOR));
    let frozen: HashSet<Uuid> = frozen.map(|row| row.id.uuid()).collect();
    for row in DEMO.decisions.iter().filter(|row| frozen.contains(&row.management_review_id.uuid())) {
        let acted = DEMO.improvement_actions.iter().any(|action| action.decision_id == Some(row.id));
        if row.due_on.is_some_and(|due| due < ANCHOR) && !acted {
            found.insert(("DECISION_WITHOUT_ACTION", row.organization_id.uuid(), row.id.uuid()));
        }
    }
}

#[test]
fn what_is_broken_is_what_was_planted() {
    let (view, mut found) = (view(), Found::new());
    flows(&view, &mut found);
    processes(&view, &mut found);
    units(&view, &mut found);
    papers(&view, &mut found);
    improvement(&mut found);
    let organization = |code: &str| crate::exchange::load::key::<organization::Entity>(code).uuid();
    let planted: Found = DEMO.planted.iter().map(|row| (row.rule, organization(&row.divipola), row.object)).collect();
    assert_eq!(planted.len(), DEMO.planted.len(), "each once");
    let name = |row: &&(&str, Uuid, Uuid)| format!("{} {} {}", row.0, row.1, row.2);
    let missed: Vec<_> = planted.difference(&found).collect();
    let false_ones: Vec<_> = found.difference(&planted).collect();
    let first = |rows: &[&(&'static str, Uuid, Uuid)]| rows.iter().take(8).map(name).collect::<Vec<_>>().join("\n");
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), first(&missed));
    assert!(false_ones.is_empty(), "{} found that nobody planted:\n{}", false_ones.len(), first(&false_ones));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &DEMO.planted {
        *counts.entry(row.rule).or_default() += 1;
    }
    assert_eq!(counts.len(), 20, "{counts:?}");
    assert!(counts.values().all(|count| (15..=25).contains(count)), "{counts:?}");
}
