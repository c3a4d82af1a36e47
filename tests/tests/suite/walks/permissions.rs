//! `can` and the act say the same: every mutation, on things in every state that the stock brings about, by every role.

use std::collections::{BTreeMap, BTreeSet};

use articula::{
    access::{
        act_rules::{ACTS, ActRule, act_rule},
        rules::RULES,
    },
    exchange::demo,
};
use articula_tests::{
    demonstration,
    service::{Answer, Service, text},
};
use entity::OpaqueId;
use serde_json::{Value, json};

use super::{
    calls::{CALLS, Call},
    stock::{Shelf, Thing, is_walked_whole, walked},
};

/// Codes by which an act may be refused although `can` allows it: its arguments, or other objects, are what stands
/// against it.
const ELSEWHERE: &[&str] = &[
    "INVALID_ARGUMENT",
    "NOT_FOUND",
    "DUPLICATE",
    "BACKDATED",
    "DATE_RANGE_EMPTY",
    "MEMBER_TIED",
    "ROLE_NOT_GRANTABLE",
    "STILL_IN_USE",
    "ALREADY_IN_POST",
    "UNIT_NOT_IN_BASE",
    "POST_NOT_OPEN",
    "ADOPTION_OVERLAP",
    "CODE_PATTERN_MISMATCH",
    "ROLES_EXCLUDE",
];
/// The same of one act: a version that ends already is not repealed on a later day, and whether another holds then, whether
/// its code is free and the process above in force, depends on the day on which one begins.
const BY_DAY: &[(&str, &str)] = &[
    ("structureVersionRepeal", "TRANSITION_NOT_ALLOWED"),
    ("processVersionApprove", "VERSIONS_OVERLAP"),
    ("processVersionApprove", "PROCESS_CODE_TAKEN"),
    ("processVersionApprove", "PROCESS_NOT_IN_FORCE"),
    ("documentVersionApprove", "VERSIONS_OVERLAP"),
    // Of an organization it is asked whether it may be done in any unit.
    ("improvementPlanCreate", "OUT_OF_SCOPE"),
    // Which unit acknowledges, what of a plan changes, in which period is reported, and what is decided, the call says.
    ("acknowledgementCreate", "OUT_OF_SCOPE"),
    ("improvementPlanUpdate", "NOT_A_DRAFT"),
    ("progressReportCreate", "WINDOW_CLOSED"),
    ("progressReportCreate", "PERIOD_LOCKED"),
    ("auditTeamMemberCreate", "AUDITOR_NOT_INDEPENDENT"),
    ("improvementPlanUpdate", "FINDINGS_NOT_CONFIRMED"),
    ("auditProgramUpdate", "REASON_REQUIRED"),
    ("auditUpdate", "REASON_REQUIRED"),
    ("reformulationDecide", "ACTION_NOT_IN_PROGRESS"),
    ("reformulationEndorse", "ACTION_NOT_IN_PROGRESS"),
];
/// What the row lacks and a call may bring along.
const BROUGHT: &str = "LEGAL_ACT_REQUIRED";

/// Calls that end what they act on, some day.
const ENDED: &[&str] = &[
    "certificateOver",
    "released",
    "closed",
    "left",
    "dissolved",
    "unburdened",
    "lost",
    "disowned",
    "misaligned",
    "unbound",
];
/// No other call says it.
const NUMBER: i64 = 9_999;

/// What somebody is told of a thing.
struct Told {
    version: i64,
    /// By action: the code of what stands against it, null when nothing does.
    codes: BTreeMap<String, Value>,
}

async fn told(service: &Service, subject: &str, thing: &Thing, rules: &[&ActRule]) -> Option<Told> {
    let declaration = thing.declaration();
    let asked = rules.iter().map(|rule| format!("{0}: can(action: {0}) {{ allowed code }}", rule.action()));
    let query = format!(
        "{{ node(id: {:?}) {{ {} ... on {} {{ version }} }} }}",
        thing.id,
        asked.collect::<Vec<_>>().join(" "),
        declaration.name
    );
    let answer = service.user(subject).ask(&query, json!({})).await;
    let node = answer.body["data"]["node"].as_object()?;
    let mut codes = BTreeMap::new();
    for rule in rules {
        let told = &node[&rule.action()];
        assert_eq!(told["allowed"], told["code"].is_null(), "{} {told}", rule.name);
        codes.insert(rule.action(), told["code"].clone());
    }
    Some(Told { version: node["version"].as_i64()?, codes })
}

fn codes(answer: &Answer) -> Vec<String> {
    let errors = answer.body["data"]["act"]["errors"].as_array().cloned().unwrap_or_default();
    answer.codes().into_iter().chain(errors.iter().map(|error| text(&error["code"]))).collect()
}

/// Members and roles that no call makes: the administrator's own.
async fn own(service: &Service) -> Vec<Thing> {
    let query = "{ members(first: 1, where: { account: { subject: { eq: \"admin@funza\" } } }) {
        nodes { id version grants(first: 1) { nodes { id version } } } } }";
    let found = service.user("admin@funza").data(query, json!({})).await;
    let member = &found["members"]["nodes"][0];
    vec![Thing::of(member), Thing::of(&member["grants"]["nodes"][0])]
}

#[test]
fn can_says_what_the_act_answers() {
    demonstration::on_each(async |service| {
        let subjects: BTreeSet<_> = RULES.iter().filter_map(|rule| demo::subject(rule.role)).collect();
        let (mut known, mut faults, mut guarded) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
        let mut count = 0;
        let mut shelves = Vec::new();
        for made in walked(service, CALLS.iter().collect()) {
            shelves.push((made, Shelf::after(service, made).await, false));
        }
        // Once more when all that ends has ended.
        let ends = shelves.iter().filter(|(made, ..)| ENDED.contains(&made.name));
        let ends: Vec<_> = ends.map(|(made, shelf, _)| (*made, shelf.clone(), true)).collect();
        for (made, mut shelf, late) in shelves.into_iter().chain(ends) {
            if late {
                service.turn_to("2150-01-03");
            }
            for thing in shelf.things().into_iter().chain(own(service).await) {
                let kind = OpaqueId::parse(&thing.id).expect("an id").number;
                let calls: Vec<&Call> = Call::of_each_mutation();
                let on = |call: &&Call| act_rule(call.act).is_some_and(|rule| rule.on as u8 == kind);
                let calls: Vec<&Call> = calls.into_iter().filter(on).filter(|call| !call.names().is_empty()).collect();
                let rules: Vec<_> = calls.iter().filter_map(|call| act_rule(call.act)).collect();
                for subject in &subjects {
                    let Some(told) = told(service, subject, &thing, &rules).await else { continue };
                    if !known.insert((thing.id.clone(), told.version, subject.clone(), late)) {
                        continue;
                    }
                    for (call, rule) in calls.iter().zip(&rules) {
                        shelf.provide(service, call).await;
                        let thing = Thing { version: told.version, ..thing.clone() };
                        let shelf = shelf.with(call.names()[0], thing.clone());
                        let document = call.document(&shelf.say_as(call, NUMBER), ", dryRun: true");
                        let answered = codes(&service.user(subject).ask(&document, json!({})).await);
                        // The days that a call names are over by then, which may be told first.
                        let over = late && answered.first().is_some_and(|first| first == "BACKDATED");
                        let agrees = over
                            || match told.codes[&rule.action()].as_str() {
                                Some(code) => answered.first().map_or(code == BROUGHT, |first| first == code),
                                None => answered.iter().all(|code| {
                                    ELSEWHERE.contains(&code.as_str()) || BY_DAY.contains(&(call.act, code.as_str()))
                                }),
                            };
                        count += 1;
                        let code = &told.codes[&rule.action()];
                        if !agrees {
                            faults.push(format!(
                                "{}: can says {code}, the act {answered:?}, after {} by {subject}",
                                call.act, made.name
                            ));
                        }
                        if code.is_string()
                            && !["FORBIDDEN", "OUT_OF_SCOPE"].contains(&code.as_str().unwrap_or_default())
                        {
                            guarded.insert(rule.name);
                        }
                    }
                }
            }
        }
        faults.sort();
        // Each kind of fault once.
        faults.dedup_by_key(|fault| fault.split(" after ").next().unwrap_or_default().to_owned());
        assert!(faults.is_empty(), "{} of {count}\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
        let rules = ACTS.iter().filter(|rule| rule.guard.is_some()).map(|rule| rule.name);
        let never: Vec<_> = rules.filter(|name| !guarded.contains(name)).collect();
        assert!(
            never.is_empty() || !is_walked_whole(service),
            "{never:?}: the guard of these never stood against anything"
        );
    });
}
