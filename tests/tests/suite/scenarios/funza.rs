//! Funza's findings and plans, and acts on them by those whose they are.

use articula_tests::{
    demonstration::{LEADER, MANAGEMENT, MEMBER},
    service::{Service, text},
};
use serde_json::{Value, json};

pub const ADMIN: &str = "admin@funza";
pub const CONTROL: &str = "control.interno@funza";
pub const EXECUTOR: &str = "ejecutor@funza";
pub const OTHER_OWNER: &str = "dueno.proceso@funza";

/// One act that succeeds; the object with its id and version.
pub async fn act(service: &Service, who: &str, call: &str, field: &str) -> Value {
    service.user(who).act(call, field, "id version", ("", json!({}))).await
}

pub async fn refused(service: &Service, who: &str, call: &str, field: &str) -> Vec<String> {
    let asked = format!("mutation {{ act: {call} {{ {field} {{ id }} errors {{ code }} }} }}");
    let answer = service.user(who).ask(&asked, json!({})).await;
    let payload = &answer.body["data"]["act"];
    assert_eq!(payload[field], Value::Null, "{call} was not refused");
    let said = payload["errors"].as_array().into_iter().flatten().map(|error| text(&error["code"]));
    answer.codes().into_iter().chain(said).collect()
}

/// An act on what was read: `name(id, expectedVersion, …)`.
pub fn on(name: &str, thing: &Value, more: &str) -> String {
    format!("{name}(id: {}, expectedVersion: {} {more})", thing["id"], thing["version"])
}

pub async fn read(service: &Service, who: &str, field: &str, thing: &Value, selection: &str) -> Value {
    let query = format!("{{ {field}(id: {}) {{ {selection} }} }}", thing["id"]);
    service.user(who).data(&query, json!({})).await[field].clone()
}

/// An act on an action as it stands.
pub async fn action_act(service: &Service, who: &str, name: &str, action: &Value, more: &str) -> Value {
    let now = read(service, CONTROL, "improvementAction", action, "id version").await;
    act(service, who, &on(name, &now, more), "improvementAction").await
}

pub async fn action_refused(service: &Service, who: &str, name: &str, action: &Value, more: &str) -> Vec<String> {
    let now = read(service, CONTROL, "improvementAction", action, "id version").await;
    refused(service, who, &on(name, &now, more), "improvementAction").await
}

pub async fn state(service: &Service, field: &str, thing: &Value) -> Value {
    read(service, CONTROL, field, thing, "state").await["state"].clone()
}

/// Funza as these scenarios need it.
pub struct Funza {
    pub organization: Value,
    /// The unit whose head signs, and another one.
    pub unit: Value,
    pub elsewhere: Value,
    pub process: Value,
    pub requirement: Value,
    /// Who executes.
    pub executor: Value,
}

impl Funza {
    pub async fn find(service: &Service) -> Self {
        let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id
              members(first: 50) { nodes { id account { subject } person { id } } }
              structure { tree { depth unit { id } parent { unit { id } } } }
              processes(first: 1, where: { level: { eq: PROCESS } }) { nodes { id } } }
            requirements(first: 1, where: { kind: { eq: POLICY } }) { nodes { id } } }"#;
        let found = service.user(LEADER).data(query, json!({})).await;
        let organization = &found["organization"];
        let member = |subject: &str| {
            let members = organization["members"]["nodes"].as_array().expect("members");
            members.iter().find(|one| one["account"]["subject"] == subject).expect("a member").clone()
        };
        let viewer = service.user(MEMBER).data("{ viewer { grants { scopeUnit { id } } } }", json!({})).await;
        let unit = viewer["viewer"]["grants"][0]["scopeUnit"]["id"].clone();
        let tree = organization["structure"]["tree"].as_array().expect("a tree");
        let apart = |node: &&Value| {
            node["depth"].as_i64() > Some(1) && node["parent"]["unit"]["id"] != unit && node["unit"]["id"] != unit
        };
        let other = tree.iter().find(apart).expect("a unit elsewhere");
        let elsewhere = other["unit"]["id"].clone();
        let grant = format!(
            "accessGrantCreate(member: {}, input: {{ role: PROCESS_OWNER, scopeUnit: {elsewhere} }})",
            member(OTHER_OWNER)["id"]
        );
        act(service, ADMIN, &grant, "accessGrant").await;
        end_unlimited(service, OTHER_OWNER).await;
        Self {
            organization: organization["id"].clone(),
            unit,
            elsewhere,
            process: organization["processes"]["nodes"][0]["id"].clone(),
            requirement: found["requirements"]["nodes"][0]["id"].clone(),
            executor: member(EXECUTOR)["person"]["id"].clone(),
        }
    }

    /// A nonconformity of the unit, communicated.
    pub async fn communicated(&self, service: &Service, code: &str) -> Value {
        let now = service.clock_text();
        let today = &now[..10];
        let call = format!(
            r#"findingRegister(organization: {}, input: {{ origin: COMPLAINT, originSource: "PQRSD", originDate: "{today}", code: "{code}", name: "Hallazgo {code}",
               kind: MAJOR_NONCONFORMITY, condition: "No se hace", units: [{}], processes: [{}], requirements: [{}] }})"#,
            self.organization, self.unit, self.process, self.requirement
        );
        let finding = act(service, LEADER, &call, "finding").await;
        let call = on("findingCommunicate", &finding, &format!(", answerDue: \"{today}\""));
        act(service, CONTROL, &call, "finding").await
    }

    /// The same, confirmed.
    pub async fn confirmed(&self, service: &Service, code: &str) -> Value {
        let finding = self.communicated(service, code).await;
        let finding =
            act(service, MEMBER, &on("findingAnswer", &finding, ", input: { text: \"Es cierto\" }"), "finding").await;
        act(service, CONTROL, &on("findingConfirm", &finding, ""), "finding").await
    }

    /// An action as an input.
    pub fn action(&self, weight: &str, findings: &[&Value]) -> String {
        let findings = findings.iter().map(|finding| finding["id"].to_string()).collect::<Vec<_>>().join(", ");
        format!(
            r#"{{ kind: CORRECTIVE, description: "Capacitar a los equipos", objective: "Que haya método",
               indicator: "Talleres dictados", resources: "Instructores", unitOfMeasure: "talleres", target: "10", weight: "{weight}",
               unit: {}, executor: {}, startsOn: "2026-07-01", dueOn: "2026-12-31", findings: [{findings}] }}"#,
            self.unit, self.executor
        )
    }

    pub fn plan(&self, code: &str, unit: &Value, finding: &Value, weights: &[&str]) -> String {
        let actions: Vec<_> = weights.iter().map(|weight| self.action(weight, &[finding])).collect();
        format!(
            r#"improvementPlanCreate(organization: {}, input: {{ code: "{code}", name: "Plan {code}", kind: INTERNAL, year: 2026, unit: {unit},
               findings: [{}], actions: [{}] }})"#,
            self.organization,
            finding["id"],
            actions.join(", ")
        )
    }

    /// A confirmed finding with its cause, and an approved plan with these weights.
    pub async fn approved(&self, service: &Service, weights: &[&str]) -> (Value, Value, Vec<Value>) {
        let finding = self.confirmed(service, "H1").await;
        act(service, MEMBER, &cause(&finding, "METHOD"), "causeAnalysis").await;
        let plan = act(service, MEMBER, &self.plan("PM-1", &self.unit, &finding, weights), "improvementPlan").await;
        act(service, MEMBER, &on("improvementPlanSubmit", &plan, ""), "improvementPlan").await;
        let actions = actions(service, &plan).await;
        for action in &actions {
            action_act(service, MANAGEMENT, "improvementActionApprove", action, "").await;
        }
        assert_eq!(state(service, "improvementPlan", &plan).await, "APPROVED");
        (finding, plan, actions)
    }

    /// A window of a month, open on these days.
    pub async fn window(&self, service: &Service, period: (&str, &str), open: (&str, &str)) -> Value {
        let call = format!(
            r#"reportingWindowCreate(organization: {}, input: {{ name: "{}", periodFrom: "{}", periodTo: "{}", opensOn: "{}", closesOn: "{}" }})"#,
            self.organization, period.0, period.0, period.1, open.0, open.1
        );
        act(service, CONTROL, &call, "reportingWindow").await
    }
}

/// From now on somebody's roles hold within their limits only.
async fn end_unlimited(service: &Service, who: &str) {
    let query = format!(
        r#"{{ accessGrants(first: 50, where: {{ member: {{ account: {{ subject: {{ eq: "{who}" }} }} }} }}) {{ nodes {{ id version scopeUnit {{ id }} }} }} }}"#
    );
    let grants = service.user(ADMIN).data(&query, json!({})).await["accessGrants"]["nodes"].clone();
    for grant in grants.as_array().expect("grants").iter().filter(|grant| grant["scopeUnit"].is_null()) {
        act(service, ADMIN, &on("accessGrantEnd", grant, ""), "accessGrant").await;
    }
}

pub fn cause(finding: &Value, category: &str) -> String {
    format!(
        r#"causeAnalysisCreate(finding: {}, input: {{ method: FIVE_WHYS, category: {category}, whys: ["Porque uno", "Porque dos"], rootCause: "No hay método" }})"#,
        finding["id"]
    )
}

pub fn report(action: &Value, window: &Value, quantity: &str) -> String {
    format!(
        r#"progressReportCreate(action: {}, input: {{ window: {}, quantity: "{quantity}", narrative: "Se hicieron talleres",
           evidence: [{{ title: "Listas", uri: "https://sgc.example.org/listas" }}] }})"#,
        action["id"], window["id"]
    )
}

/// The actions of a plan, in their order.
pub async fn actions(service: &Service, plan: &Value) -> Vec<Value> {
    let selection = "actions(first: 20, orderBy: { field: NUMBER }) { nodes { id version state } }";
    let found = read(service, CONTROL, "improvementPlan", plan, selection).await;
    found["actions"]["nodes"].as_array().expect("actions").clone()
}

pub async fn available(service: &Service, who: &str, field: &str, thing: &Value, name: &str) -> Vec<String> {
    let found = read(service, who, field, thing, "availableTransitions { act allowed blockedBy { code } }").await;
    let steps = found["availableTransitions"].as_array().expect("a list").clone();
    let step = steps.iter().find(|step| step["act"] == name).unwrap_or_else(|| panic!("{name} is no step: {found}"));
    let codes = step["blockedBy"].as_array().expect("a list").iter();
    let codes: Vec<_> = codes.map(|block| block["code"].as_str().expect("a code").to_owned()).collect();
    assert_eq!(step["allowed"], json!(codes.is_empty()));
    codes
}

/// Gives a member of Funza a second role.
pub async fn second(service: &Service, who: &str, role: &str) {
    let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { members(first: 50) { nodes { id account { subject } } } } }"#;
    let found = service.user(ADMIN).data(query, json!({})).await;
    let members = found["organization"]["members"]["nodes"].as_array().expect("members").clone();
    let member = members.iter().find(|one| one["account"]["subject"] == who).expect("a member");
    let call = format!("accessGrantCreate(member: {}, input: {{ role: {role} }})", member["id"]);
    act(service, ADMIN, &call, "accessGrant").await;
}
