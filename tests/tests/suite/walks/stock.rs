//! What the calls need, made by other calls.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicI64, Ordering},
};

use articula::{
    access::{
        act_rules::act_rule,
        rules::{Duty, Extent, RULES, Subject},
    },
    catalogue::ENTITIES,
    contract::acts,
    exchange::demo,
    execution::act::AnyAct,
    graph::Declaration,
    reader::sql::Dialect,
};
use articula_tests::{
    national, processes,
    seed::Val,
    service::{Answer, Service, text},
};
use chrono::{NaiveDate, TimeDelta};
use entity::{OpaqueId, access::Role};
use serde_json::{Value, json};

use super::calls::{CALLS, Call};

/// Numbers that no two calls share.
static NUMBER: AtomicI64 = AtomicI64::new(1000);

/// The same for grades, of which there are few.
static GRADE: AtomicI64 = AtomicI64::new(0);

/// Later than anything that the demonstration knows.
fn ahead() -> NaiveDate {
    "2030-01-01".parse().expect("a date")
}

/// Something that calls speak of.
#[derive(Clone, Debug)]
pub struct Thing {
    pub id: String,
    pub version: i64,
}

impl Thing {
    pub fn of(object: &Value) -> Self {
        Self { id: text(&object["id"]), version: object["version"].as_i64().unwrap_or_default() }
    }

    pub fn declaration(&self) -> &'static Declaration {
        let id = OpaqueId::parse(&self.id).expect("an id");
        let of_kind = |declaration: &&&Declaration| declaration.kind.is_some_and(|kind| kind as u8 == id.number);
        ENTITIES.iter().find(of_kind).expect("a declared kind")
    }
}

/// The things that one call needs, by name.
#[derive(Clone, Default)]
pub struct Shelf {
    things: BTreeMap<String, Thing>,
}

impl Call {
    /// One call of each mutation.
    pub fn of_each_mutation() -> Vec<&'static Call> {
        let mut calls: Vec<&Call> = Vec::new();
        for call in CALLS {
            if !calls.iter().any(|known| known.act == call.act) {
                calls.push(call);
            }
        }
        calls
    }

    /// The mutation as it is declared.
    pub fn declared(&self) -> &'static dyn AnyAct {
        *acts().iter().find(|act| act.name() == self.act).unwrap_or_else(|| panic!("{} is no mutation", self.act))
    }

    /// The duty that it takes.
    pub fn duty(&self) -> Duty {
        act_rule(self.act).unwrap_or_else(|| panic!("{} takes no duty", self.act)).duty
    }

    /// Who does it: the demonstration's account with the first role that has the duty.
    pub fn doer(&self) -> String {
        doer(self.duty())
    }

    /// The things that it names, in their order.
    pub fn names(&self) -> Vec<&'static str> {
        names(self.arguments.split(" # ").next().unwrap_or_default())
    }

    /// All things that must be there before: those that it names, and those in the comment behind its arguments.
    fn needs(&self) -> Vec<&'static str> {
        names(self.arguments)
    }

    /// Does it say which version of a thing it has read?
    pub fn is_versioned(&self) -> bool {
        self.arguments.contains(".version")
    }

    /// The mutation with these arguments and more of them, asking for the object and the refusals.
    pub fn document(&self, arguments: &str, more: &str) -> String {
        let payload = self.declared().payload();
        let version = if payload.member("version").is_some() { "version" } else { "" };
        format!(
            "mutation {{ act: {}({arguments}{more}) {{ {} {{ id {version} }} errors {{ code path message params }} }} }}",
            self.act, payload.singular
        )
    }
}

/// Is everything walked on this database? On PostgreSQL each request costs several times as much, and what it means is the same: one
/// in four is walked there, all when `ARTICULA_CASES` asks for more.
pub fn is_walked_whole(service: &Service) -> bool {
    service.fresh.dialect == Dialect::Sqlite || std::env::var_os("ARTICULA_CASES").is_some()
}

/// Of these, what is walked on this database.
pub fn walked<T>(service: &Service, all: Vec<T>) -> Vec<T> {
    let step = if is_walked_whole(service) { 1 } else { 4 };
    all.into_iter().step_by(step).collect()
}

pub fn doer(duty: Duty) -> String {
    let mut able: Vec<_> = RULES.iter().filter(|rule| rule.duties.contains(&duty)).collect();
    // Who reads only his own work, or his unit's, sees nothing of what others made; the calls make something for him.
    able.sort_by_key(|rule| match (rule.extent(Subject::Improvement), rule.role) {
        (Extent::OwnWork, _) => 1,
        (Extent::OfScope, Role::UnitHead) => 2,
        (Extent::OfScope, _) => 3,
        _ => 0,
    });
    able.into_iter().find_map(|rule| demo::subject(rule.role)).unwrap_or_else(|| panic!("nobody has the duty {duty:?}"))
}

fn names(arguments: &'static str) -> Vec<&'static str> {
    arguments.split('$').skip(1).map(|rest| &rest[..name_end(rest)]).collect()
}

fn name_end(rest: &str) -> usize {
    rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())
}

/// The thing of which a name means the whole, or the first part, and how that is asked for.
fn of_version(name: &str) -> Option<(&str, &'static str)> {
    let process =
        name.strip_suffix("Process").map(|of| (of, "... on ProcessVersion { whole: process { id version } }"));
    let document =
        || name.strip_suffix("Document").map(|of| (of, "... on DocumentVersion { whole: document { id version } }"));
    let scope = || name.strip_suffix("Scope").map(|of| (of, "... on Audit { whole: scope { id version } }"));
    let question = || {
        let all = "... on Audit { whole: checklist(first: 1) { nodes { id version } } }";
        name.strip_suffix("Question").map(|of| (of, all))
    };
    let action = || {
        let all = "... on ImprovementPlan { whole: actions(first: 1) { nodes { id version } } }";
        name.strip_suffix("Action").map(|of| (of, all))
    };
    let plan = || name.strip_suffix("Plan").map(|of| (of, "... on ImprovementAction { whole: plan { id version } }"));
    let waited = || name.strip_suffix(WAITED).map(|of| (of, "... on ImprovementAction { id version }"));
    let first = process.or_else(document).or_else(scope).or_else(question);
    first.or_else(action).or_else(plan).or_else(waited)
}

/// What the name of an action ends in whose verification lies as far back as its evaluation asks for, and was another's.
const WAITED: &str = "Waited";

/// The organization of the demonstration that calls are done in, as its members see it.
const FUNZA: &str = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id version
    structure { id version tree { unit { id } parent { id } id depth } } } }"#;

/// National content that holds far ahead too; the process is of a level of which the demonstration adopts nothing.
const NATIONAL: &str = r#"{ referenceProcesses(first: 1, where: { level: { eq: SUBPROCESS } }) { nodes { id } } norms(first: 1) { nodes { id } }
    requirements(first: 1, asOf: "2200-01-01") { nodes { id } } }"#;

impl Shelf {
    /// Everything that a call needs.
    pub async fn for_call(service: &Service, call: &Call) -> Self {
        let mut shelf = Self::default();
        shelf.begin(service).await;
        for name in call.needs() {
            shelf.ensure(service, name).await;
        }
        shelf
    }

    /// Everything that there is after a call was done.
    pub async fn after(service: &Service, call: &Call) -> Self {
        let mut shelf = Self::for_call(service, call).await;
        shelf.ensure(service, call.name).await;
        shelf
    }

    /// What a call needs besides the thing that it acts on.
    pub async fn provide(&mut self, service: &Service, call: &Call) {
        let target = call.names().first().copied();
        for name in call.names().into_iter().filter(|name| Some(*name) != target) {
            self.ensure(service, name).await;
        }
    }

    /// All things, as they were when they were put there.
    pub fn things(&self) -> Vec<Thing> {
        self.things.values().cloned().collect()
    }

    /// What is there without any call.
    async fn begin(&mut self, service: &Service) {
        let found = service.user(&doer(Duty::FormulateStructure)).data(FUNZA, json!({})).await;
        let (organization, structure) = (&found["organization"], &found["organization"]["structure"]);
        let tree = structure["tree"].as_array().expect("a tree");
        let is_leaf = |unit: &&Value| !tree.iter().any(|other| other["parent"]["id"] == unit["id"]);
        // Not right under the root, so that moving it there moves it.
        let mut leaves = tree.iter().filter(is_leaf).filter(|unit| unit["depth"].as_i64() > Some(1));
        let mut put = |name: &str, object: &Value| self.things.insert(name.to_owned(), Thing::of(object));
        put("funza", organization);
        put("inForce", structure);
        put("root", &tree[0]["unit"]);
        put("leaf", &leaves.next().expect("a leaf")["unit"]);
        put("sibling", &leaves.next().expect("another leaf")["unit"]);
        let own = async |role: Role| {
            let subject = demo::subject(role).expect("an account");
            let query = "{ viewer { grants { scopeUnit { id } } persons { id } } }";
            service.user(&subject).data(query, json!({})).await["viewer"].clone()
        };
        put("headed", &own(Role::UnitHead).await["grants"][0]["scopeUnit"]);
        put("executor", &own(Role::Executor).await["persons"][0]);
        let code = format!("W{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let process = processes::add(service, &organization["id"], &[&code], "2020-01-01", None).await.remove(0);
        put("process", &json!({ "id": process, "version": 1 }));
        let asked = async || {
            let found = service.user(&doer(Duty::FormulateStructure)).data(NATIONAL, json!({})).await;
            [&found["referenceProcesses"]["nodes"][0], &found["requirements"]["nodes"][0], &found["norms"]["nodes"][0]]
                .map(Clone::clone)
        };
        let mut national = asked().await;
        if national.contains(&Value::Null) {
            national::add(service, 1).await;
            national = asked().await;
        }
        for (name, object) in ["reference", "requirement", "norm"].iter().zip(&national) {
            put(name, object);
        }
    }

    /// Does the call of this name, unless it was done.
    async fn ensure(&mut self, service: &Service, name: &str) {
        if self.things.contains_key(name) {
            return;
        }
        if let Some((version, whole)) = of_version(name) {
            Box::pin(self.ensure(service, version)).await;
            let query = format!("{{ node(id: {:?}) {{ {whole} }} }}", self.thing(version).id);
            let found = service.user(&doer(Duty::FormulateProcesses)).data(&query, json!({})).await;
            let whole = if name.ends_with(WAITED) { &found["node"] } else { &found["node"]["whole"] };
            let one = [&whole["nodes"][0], &whole[0]].into_iter().find(|one| one.is_object()).unwrap_or(whole);
            self.things.insert(name.to_owned(), Thing::of(one));
            if name.ends_with(WAITED) {
                let verified = OpaqueId::parse(&self.thing(name).id).expect("an id").uuid;
                let verified = Val::Uuid(verified).literal(service.fresh.dialect);
                let back = format!(
                    "UPDATE action_transition SET civil_date = '2026-01-31', person_id = (SELECT p.id FROM person p \
                     WHERE p.organization_id = action_transition.organization_id AND p.id <> action_transition.person_id \
                     ORDER BY p.id LIMIT 1) WHERE to_state = 6 AND improvement_action_id = {verified}"
                );
                service.fresh.run(&back).await;
            }
            return;
        }
        let call = CALLS.iter().find(|call| call.name == name).unwrap_or_else(|| panic!("no call named {name}"));
        for needed in call.needs() {
            Box::pin(self.ensure(service, needed)).await;
        }
        let answer = service.user(&call.doer()).ask(&call.document(&self.say(call), ""), json!({})).await;
        let payload = &answer.body["data"]["act"];
        assert_eq!(payload["errors"], json!([]), "{name}: {}", answer.text);
        let made = &payload[call.declared().payload().singular];
        // What is removed leaves nothing.
        if made.is_object() {
            self.things.insert(name.to_owned(), Thing::of(made));
        }
    }

    /// A thing of a name.
    pub fn thing(&self, name: &str) -> &Thing {
        self.things.get(name).unwrap_or_else(|| panic!("nothing is called {name}"))
    }

    /// The same with another thing under a name.
    pub fn with(&self, name: &str, thing: Thing) -> Self {
        let mut shelf = self.clone();
        shelf.things.insert(name.to_owned(), thing);
        shelf
    }

    /// What a call acts on; nothing, when it makes an organization.
    pub fn target(&self, call: &Call) -> Option<&Thing> {
        call.names().first().map(|name| self.thing(name))
    }

    /// The arguments of a call; said twice, they differ where the call says something of its own.
    pub fn say(&self, call: &Call) -> String {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let grade = if call.arguments.contains("GG") { GRADE.fetch_add(1, Ordering::Relaxed) } else { number };
        self.say_with(call, number, grade)
    }

    /// The same with a number of the caller's, for calls that leave nothing.
    pub fn say_as(&self, call: &Call, number: i64) -> String {
        self.say_with(call, number, number)
    }

    fn say_with(&self, call: &Call, number: i64, grade: i64) -> String {
        let day = |days: i64| (ahead() + TimeDelta::days(days)).to_string();
        let said = match call.arguments.split_once(" # ") {
            Some((said, _)) => said,
            None => call.arguments,
        };
        let arguments = said.replace("####", &number.to_string());
        let arguments = arguments.replace("GG", &(10 + grade % 90).to_string());
        let arguments = arguments.replace("DD", &(10 + number % 18).to_string());
        let arguments = arguments.replace("FIRST", &day(number * 3)).replace("LAST", &day(number * 3 + 1));
        let mut parts = arguments.split('$');
        let mut said = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_at(name_end(part));
            let thing = self.thing(name);
            match rest.strip_prefix(".version") {
                Some(rest) => said.push_str(&format!("{}{rest}", thing.version)),
                None => said.push_str(&format!("{:?}{rest}", thing.id)),
            }
        }
        said
    }
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Forbidden,
    NotFound,
    Unauthenticated,
    /// Something that access does not decide.
    Other,
}

impl Outcome {
    pub fn of(answer: &Answer) -> Self {
        let errors = answer.body["data"]["act"]["errors"].as_array().cloned();
        let codes = match (errors, answer.codes()) {
            (Some(errors), none) if none.is_empty() => errors.iter().map(|error| text(&error["code"])).collect(),
            (_, codes) => codes,
        };
        match codes.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [] => Self::Done,
            ["FORBIDDEN"] => Self::Forbidden,
            ["NOT_FOUND"] => Self::NotFound,
            ["UNAUTHENTICATED"] => Self::Unauthenticated,
            _ => Self::Other,
        }
    }
}
