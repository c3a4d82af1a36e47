//! S9 to S13: causes, a plan and its approval, progress, reformulation, effect, recurrence.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER},
    service::{Service, text},
};
use serde_json::{Value, json};

const ADMIN: &str = "admin@funza";
const CONTROL: &str = "control.interno@funza";
const EXECUTOR: &str = "ejecutor@funza";
const OTHER_OWNER: &str = "dueno.proceso@funza";

/// One act that succeeds; the object with its id and version.
async fn act(service: &Service, who: &str, call: &str, field: &str) -> Value {
    service.user(who).act(call, field, "id version", ("", json!({}))).await
}

async fn refused(service: &Service, who: &str, call: &str, field: &str) -> Vec<String> {
    let asked = format!("mutation {{ act: {call} {{ {field} {{ id }} errors {{ code }} }} }}");
    let answer = service.user(who).ask(&asked, json!({})).await;
    let payload = &answer.body["data"]["act"];
    assert_eq!(payload[field], Value::Null, "{call} was not refused");
    let said = payload["errors"].as_array().into_iter().flatten().map(|error| text(&error["code"]));
    answer.codes().into_iter().chain(said).collect()
}

/// An act on what was read: `name(id, expectedVersion, …)`.
fn on(name: &str, thing: &Value, more: &str) -> String {
    format!("{name}(id: {}, expectedVersion: {} {more})", thing["id"], thing["version"])
}

async fn read(service: &Service, who: &str, field: &str, thing: &Value, selection: &str) -> Value {
    let query = format!("{{ {field}(id: {}) {{ {selection} }} }}", thing["id"]);
    service.user(who).data(&query, json!({})).await[field].clone()
}

/// An act on an action as it stands.
async fn action_act(service: &Service, who: &str, name: &str, action: &Value, more: &str) -> Value {
    let now = read(service, CONTROL, "improvementAction", action, "id version").await;
    act(service, who, &on(name, &now, more), "improvementAction").await
}

async fn action_refused(service: &Service, who: &str, name: &str, action: &Value, more: &str) -> Vec<String> {
    let now = read(service, CONTROL, "improvementAction", action, "id version").await;
    refused(service, who, &on(name, &now, more), "improvementAction").await
}

async fn state(service: &Service, field: &str, thing: &Value) -> Value {
    read(service, CONTROL, field, thing, "state").await["state"].clone()
}

/// Funza as these scenarios need it.
struct Funza {
    organization: Value,
    /// The unit whose head signs, and another one.
    unit: Value,
    elsewhere: Value,
    process: Value,
    requirement: Value,
    /// Who executes.
    executor: Value,
}

impl Funza {
    async fn find(service: &Service) -> Self {
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
    async fn communicated(&self, service: &Service, code: &str) -> Value {
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
    async fn confirmed(&self, service: &Service, code: &str) -> Value {
        let finding = self.communicated(service, code).await;
        let finding =
            act(service, MEMBER, &on("findingAnswer", &finding, ", input: { text: \"Es cierto\" }"), "finding").await;
        act(service, CONTROL, &on("findingConfirm", &finding, ""), "finding").await
    }

    /// An action as an input.
    fn action(&self, weight: &str, findings: &[&Value]) -> String {
        let findings = findings.iter().map(|finding| finding["id"].to_string()).collect::<Vec<_>>().join(", ");
        format!(
            r#"{{ kind: CORRECTIVE, description: "Capacitar a los equipos", unitOfMeasure: "talleres", target: "10", weight: "{weight}",
               unit: {}, executor: {}, startsOn: "2026-07-01", dueOn: "2026-12-31", findings: [{findings}] }}"#,
            self.unit, self.executor
        )
    }

    fn plan(&self, code: &str, unit: &Value, finding: &Value, weights: &[&str]) -> String {
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
    async fn approved(&self, service: &Service, weights: &[&str]) -> (Value, Value, Vec<Value>) {
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
    async fn window(&self, service: &Service, period: (&str, &str), open: (&str, &str)) -> Value {
        let call = format!(
            r#"reportingWindowCreate(organization: {}, input: {{ name: "{}", periodFrom: "{}", periodTo: "{}", opensOn: "{}", closesOn: "{}" }})"#,
            self.organization, period.0, period.0, period.1, open.0, open.1
        );
        act(service, CONTROL, &call, "reportingWindow").await
    }
}

fn cause(finding: &Value, category: &str) -> String {
    format!(
        r#"causeAnalysisCreate(finding: {}, input: {{ method: FIVE_WHYS, category: {category}, whys: ["Porque uno", "Porque dos"], rootCause: "No hay método" }})"#,
        finding["id"]
    )
}

fn report(action: &Value, window: &Value, quantity: &str) -> String {
    format!(
        r#"progressReportCreate(action: {}, input: {{ window: {}, quantity: "{quantity}", narrative: "Se hicieron talleres",
           evidence: [{{ title: "Listas", uri: "https://sgc.example.org/listas" }}] }})"#,
        action["id"], window["id"]
    )
}

/// The actions of a plan, in their order.
async fn actions(service: &Service, plan: &Value) -> Vec<Value> {
    let selection = "actions(first: 20, orderBy: { field: NUMBER }) { nodes { id version state } }";
    let found = read(service, CONTROL, "improvementPlan", plan, selection).await;
    found["actions"]["nodes"].as_array().expect("actions").clone()
}

async fn available(service: &Service, who: &str, field: &str, thing: &Value, name: &str) -> Vec<String> {
    let found = read(service, who, field, thing, "availableTransitions { act allowed blockedBy { code } }").await;
    let steps = found["availableTransitions"].as_array().expect("a list").clone();
    let step = steps.iter().find(|step| step["act"] == name).unwrap_or_else(|| panic!("{name} is no step: {found}"));
    let codes = step["blockedBy"].as_array().expect("a list").iter();
    let codes: Vec<_> = codes.map(|block| block["code"].as_str().expect("a code").to_owned()).collect();
    assert_eq!(step["allowed"], json!(codes.is_empty()));
    codes
}

#[test]
fn s9_cause_plan_and_approval() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let early = funza.communicated(service, "H0").await;
        assert_eq!(
            refused(service, MEMBER, &cause(&early, "METHOD"), "causeAnalysis").await,
            ["FINDINGS_NOT_CONFIRMED"]
        );
        let call = funza.plan("PM-0", &funza.unit, &early, &["100"]);
        assert_eq!(refused(service, MEMBER, &call, "improvementPlan").await, ["FINDINGS_NOT_CONFIRMED"]);
        let finding = funza.confirmed(service, "H1").await;

        // Who answers for another unit neither writes in this one, nor sees the finding, nor the draft.
        let call = funza.plan("PM-1", &funza.elsewhere, &finding, &["100"]);
        assert_eq!(refused(service, MEMBER, &call, "improvementPlan").await, ["OUT_OF_SCOPE"]);
        let call = funza.plan("PM-1", &funza.unit, &finding, &["100"]);
        assert_eq!(refused(service, OTHER_OWNER, &call, "improvementPlan").await, ["NOT_FOUND"]);
        let call = funza.plan("PM-1", &funza.unit, &finding, &["50", "30", "10"]);
        let plan = act(service, MEMBER, &call, "improvementPlan").await;
        let query = format!("{{ improvementPlan(id: {}) {{ id }} }}", plan["id"]);
        assert_eq!(service.user(OTHER_OWNER).ask(&query, json!({})).await.codes(), ["NOT_FOUND"]);
        let submit = on("improvementPlanSubmit", &plan, "");
        assert_eq!(refused(service, OTHER_OWNER, &submit, "improvementPlan").await, ["NOT_FOUND"]);

        // What is missing is told beforehand, and by the act the same.
        let missing = ["CAUSE_ANALYSIS_REQUIRED", "WEIGHTS_NOT_WHOLE"];
        assert_eq!(available(service, MEMBER, "improvementPlan", &plan, "improvementPlanSubmit").await, missing);
        assert_eq!(refused(service, MEMBER, &submit, "improvementPlan").await, missing);
        act(service, MEMBER, &cause(&finding, "METHOD"), "causeAnalysis").await;
        let all = actions(service, &plan).await;
        action_act(service, MEMBER, "improvementActionUpdate", &all[2], ", input: { weight: \"20\" }").await;
        let plan = act(service, MEMBER, &submit, "improvementPlan").await;
        for action in actions(service, &plan).await {
            assert_eq!(action["state"], "PENDING_APPROVAL");
        }

        // Nothing begins before it is approved; a rejected action takes the plan back, the others stay as they are.
        assert_eq!(
            action_refused(service, EXECUTOR, "improvementActionBegin", &all[0], "").await,
            ["TRANSITION_NOT_ALLOWED"]
        );
        assert_eq!(action_refused(service, MEMBER, "improvementActionApprove", &all[0], "").await, ["FORBIDDEN"]);
        action_act(service, MANAGEMENT, "improvementActionApprove", &all[0], "").await;
        assert_eq!(
            action_refused(service, EXECUTOR, "improvementActionBegin", &all[0], "").await,
            ["PLAN_NOT_APPROVED"]
        );
        assert_eq!(
            action_refused(service, MANAGEMENT, "improvementActionReject", &all[2], "").await,
            ["REASON_REQUIRED"]
        );
        action_act(service, MANAGEMENT, "improvementActionReject", &all[2], ", reason: \"No ataca la causa\"").await;
        let told =
            read(service, MEMBER, "improvementPlan", &plan, "id version state transitions { toState reason }").await;
        assert_eq!(told["state"], "DRAFT");
        assert_eq!(told["transitions"][2], json!({ "toState": "DRAFT", "reason": "No ataca la causa" }));
        let states: Vec<_> = actions(service, &plan).await.iter().map(|action| action["state"].clone()).collect();
        assert_eq!(states, ["APPROVED", "PENDING_APPROVAL", "DRAFT"]);
        assert_eq!(
            action_refused(service, MANAGEMENT, "improvementActionApprove", &all[1], "").await,
            ["PLAN_NOT_SUBMITTED"]
        );
        action_act(
            service,
            MEMBER,
            "improvementActionUpdate",
            &all[2],
            ", input: { description: \"Documentar el método\" }",
        )
        .await;
        act(service, MEMBER, &on("improvementPlanSubmit", &told, ""), "improvementPlan").await;
        for action in &all[1..] {
            action_act(service, MANAGEMENT, "improvementActionApprove", action, "").await;
        }
        assert_eq!(state(service, "improvementPlan", &plan).await, "APPROVED");
        assert_eq!(state(service, "finding", &finding).await, "IN_PLAN");
        assert_eq!(
            action_refused(service, MEMBER, "improvementActionUpdate", &all[0], ", input: { dueOn: \"2027-01-31\" }")
                .await,
            ["NOT_A_DRAFT"]
        );

        // Only now work begins, and with it the plan.
        action_act(service, EXECUTOR, "improvementActionBegin", &all[0], "").await;
        assert_eq!(state(service, "improvementPlan", &plan).await, "IN_EXECUTION");
    });
}

#[test]
fn s10_a_monthly_window() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let (_, plan, all) = funza.approved(service, &["60", "40"]).await;
        let first = funza.window(service, ("2026-07-01", "2026-08-01"), ("2026-08-01", "2026-08-05")).await;
        let second = funza.window(service, ("2026-08-01", "2026-09-01"), ("2026-09-01", "2026-09-05")).await;
        let overlapping = format!(
            r#"reportingWindowCreate(organization: {}, input: {{ name: "Otra", periodFrom: "2026-08-15", periodTo: "2026-09-15", opensOn: "2026-09-01", closesOn: "2026-09-05" }})"#,
            funza.organization
        );
        assert_eq!(refused(service, CONTROL, &overlapping, "reportingWindow").await, ["DUPLICATE"]);
        service.turn_to("2026-08-02");
        assert_eq!(
            refused(service, EXECUTOR, &report(&all[0], &first, "1"), "progressReport").await,
            ["ACTION_NOT_IN_PROGRESS"]
        );
        for action in &all {
            action_act(service, EXECUTOR, "improvementActionBegin", action, "").await;
        }
        service.turn_to("2026-08-31");
        assert_eq!(
            refused(service, EXECUTOR, &report(&all[0], &second, "4"), "progressReport").await,
            ["WINDOW_CLOSED"]
        );
        service.turn_to("2026-09-03");
        assert_eq!(
            refused(service, EXECUTOR, &report(&all[0], &first, "4"), "progressReport").await,
            ["PERIOD_LOCKED"]
        );
        assert_eq!(refused(service, CONTROL, &report(&all[0], &second, "4"), "progressReport").await, ["FORBIDDEN"]);
        let reported = act(service, EXECUTOR, &report(&all[0], &second, "4"), "progressReport").await;

        // Only what another person signed counts.
        let done = "progress { done percent semaphore }";
        assert_eq!(read(service, MEMBER, "improvementAction", &all[0], done).await["progress"]["done"], "0.00");
        let sign = on("progressReportSign", &reported, "");
        assert_eq!(refused(service, EXECUTOR, &sign, "progressReport").await, ["FORBIDDEN"]);
        let own = act(service, MEMBER, &report(&all[0], &second, "1"), "progressReport").await;
        assert_eq!(
            refused(service, MEMBER, &on("progressReportSign", &own, ""), "progressReport").await,
            ["SEPARATION_OF_DUTIES"]
        );
        let rate = |percent: &str| {
            format!(
                "progressRatingCreate(report: {}, input: {{ percent: \"{percent}\", concept: \"Falta evidencia\" }})",
                reported["id"]
            )
        };
        assert_eq!(refused(service, CONTROL, &rate("60"), "progressRating").await, ["REPORT_NOT_SIGNED"]);
        let signed = act(service, MEMBER, &sign, "progressReport").await;
        assert_eq!(
            refused(service, MEMBER, &on("progressReportSign", &signed, ""), "progressReport").await,
            ["FROZEN"]
        );
        let progress = read(service, MEMBER, "improvementAction", &all[0], done).await["progress"].clone();
        assert_eq!(progress, json!({ "done": "4.00", "percent": "40.00", "semaphore": "GREEN" }));

        // Ratings are kept, each, and change nothing.
        act(service, CONTROL, &rate("60"), "progressRating").await;
        act(service, CONTROL, &rate("85.5"), "progressRating").await;
        let told =
            read(service, MEMBER, "progressReport", &reported, "ratings { percent } evidence(first: 5) { totalCount }")
                .await;
        assert_eq!(
            told,
            json!({ "ratings": [{ "percent": "60.00" }, { "percent": "85.50" }], "evidence": { "totalCount": 1 } })
        );
        assert_eq!(
            read(service, MEMBER, "improvementPlan", &plan, "progress { percent }").await["progress"]["percent"],
            "24.00"
        );

        // Who did not report is listed.
        let silent = format!(
            "{{ improvementActions(first: 20, where: {{ plan: {{ id: {{ eq: {} }} }}, reports: {{ none: {{ window: {{ id: {{ eq: {} }} }} }} }} }}) {{ nodes {{ number executor {{ id }} }} }} }}",
            plan["id"], second["id"]
        );
        let listed = service.user(CONTROL).data(&silent, json!({})).await["improvementActions"]["nodes"].clone();
        assert_eq!(listed, json!([{ "number": 2, "executor": { "id": funza.executor } }]));
        let unreported = async |window: &Value, day: &str| {
            let query = format!(
                "{{ reportingWindow(id: {}, asOf: \"{day}\") {{ unreported(first: 20, where: {{ plan: {{ id: {{ eq: {} }} }} }}) {{ totalCount nodes {{ number }} }} }} }}",
                window["id"], plan["id"]
            );
            service.user(CONTROL).data(&query, json!({})).await["reportingWindow"]["unreported"].clone()
        };
        let nobody = json!({ "totalCount": 0, "nodes": [] });
        assert_eq!(unreported(&second, "2026-09-03").await, json!({ "totalCount": 1, "nodes": [{ "number": 2 }] }));
        assert_eq!(unreported(&second, "2026-08-31").await, nobody, "it had not opened");
        // In the first window, which nobody used, both had begun on its second day, and on its first none.
        let both = json!({ "totalCount": 2, "nodes": [{ "number": 1 }, { "number": 2 }] });
        assert_eq!(unreported(&first, "2026-09-03").await, both);
        assert_eq!(unreported(&first, "2026-08-01").await, nobody, "no work went on");
        service.turn_to("2026-09-06");
        assert_eq!(
            refused(service, EXECUTOR, &report(&all[1], &second, "1"), "progressReport").await,
            ["WINDOW_CLOSED"]
        );
    });
}

#[test]
fn s11_a_reformulation() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let (_, _, all) = funza.approved(service, &["100"]).await;
        service.turn_to("2026-12-01");
        let ask = format!(
            "reformulationCreate(action: {}, input: {{ justification: \"Se aplazó el contrato\", dueOn: \"2027-03-01\" }})",
            all[0]["id"]
        );
        let asked = act(service, MEMBER, &ask, "reformulation").await;
        assert_eq!(refused(service, MEMBER, &ask, "reformulation").await, ["REFORMULATION_OPEN"]);
        // Each of the two says it in his own capacity, and nobody for both.
        let yes = ", approved: true";
        assert_eq!(
            refused(service, CONTROL, &on("reformulationDecide", &asked, yes), "reformulation").await,
            ["FORBIDDEN"]
        );
        let asked = act(service, MANAGEMENT, &on("reformulationDecide", &asked, yes), "reformulation").await;
        assert_eq!(
            refused(service, MANAGEMENT, &on("reformulationDecide", &asked, yes), "reformulation").await,
            ["FROZEN"]
        );
        let due = "dueOn progress { overdue dueOn }";
        assert_eq!(read(service, MEMBER, "improvementAction", &all[0], due).await["dueOn"], "2026-12-31");
        service.turn_to("2027-01-15");
        assert_eq!(read(service, MEMBER, "improvementAction", &all[0], due).await["progress"]["overdue"], true);
        service.turn_to("2027-01-20");
        let asked = act(service, CONTROL, &on("reformulationEndorse", &asked, yes), "reformulation").await;
        let told = read(
            service,
            MEMBER,
            "reformulation",
            &asked,
            "state beforeDueOn afterDueOn decidedOn decisions { capacity approved }",
        )
        .await;
        assert_eq!(
            told,
            json!({ "state": "APPROVED", "beforeDueOn": "2026-12-31", "afterDueOn": "2027-03-01", "decidedOn": "2027-01-20",
                "decisions": [{ "capacity": "SENIOR_MANAGEMENT", "approved": true }, { "capacity": "INTERNAL_CONTROL", "approved": true }] })
        );
        // Late by the day that stood then: overdue on 15 January, not any more on the 20th.
        let then = format!(
            "{{ then: improvementAction(id: {}, asOf: \"2027-01-15\") {{ progress {{ overdue dueOn }} }} now: improvementAction(id: {}) {{ progress {{ overdue dueOn }} }} }}",
            all[0]["id"], all[0]["id"]
        );
        let told = service.user(MEMBER).data(&then, json!({})).await;
        assert_eq!(told["then"]["progress"], json!({ "overdue": true, "dueOn": "2026-12-31" }));
        assert_eq!(told["now"]["progress"], json!({ "overdue": false, "dueOn": "2027-03-01" }));
        // A no ends it, with a reason.
        let asked = act(service, MEMBER, &ask.replace("2027-03-01", "2027-09-01"), "reformulation").await;
        let no = ", approved: false";
        assert_eq!(
            refused(service, CONTROL, &on("reformulationEndorse", &asked, no), "reformulation").await,
            ["REASON_REQUIRED"]
        );
        let no = ", approved: false, reason: \"No se justifica\"";
        act(service, CONTROL, &on("reformulationEndorse", &asked, no), "reformulation").await;
        assert_eq!(
            refused(
                service,
                MANAGEMENT,
                &on("reformulationDecide", &json!({ "id": asked["id"], "version": 2 }), yes),
                "reformulation"
            )
            .await,
            ["FROZEN"]
        );
    });
}

/// Does an action until it is executed: begun, reported in full in a window, signed.
async fn executed(service: &Service, action: &Value, window: &Value) {
    action_act(service, EXECUTOR, "improvementActionBegin", action, "").await;
    let reported = act(service, EXECUTOR, &report(action, window, "10"), "progressReport").await;
    assert_eq!(
        action_refused(service, EXECUTOR, "improvementActionExecute", action, "").await,
        ["EVIDENCE_REQUIRED", "TARGET_NOT_REACHED"]
    );
    act(service, MEMBER, &on("progressReportSign", &reported, ""), "progressReport").await;
    action_act(service, EXECUTOR, "improvementActionExecute", action, "").await;
}

const EFFECTIVE: &str = ", input: { result: EFFECTIVE, score: \"95\", concept: \"No se repitió\" }";
const NOT_EFFECTIVE: &str =
    ", input: { result: NOT_EFFECTIVE, concept: \"Sigue igual\", evidence: [{ filingNumber: \"2027-1\" }] }";

#[test]
fn s12_and_s13_effect_closure_and_recurrence() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let (finding, plan, all) = funza.approved(service, &["50", "30", "20"]).await;
        let july = funza.window(service, ("2026-07-01", "2026-08-01"), ("2026-07-02", "2026-07-31")).await;
        service.turn_to("2026-07-02");
        for (number, action) in all.iter().enumerate() {
            assert_eq!(state(service, "finding", &finding).await, "IN_PLAN", "{number}");
            executed(service, action, &july).await;
        }
        assert_eq!(state(service, "finding", &finding).await, "IN_VERIFICATION");
        // Nothing is closed at once: what is missing is listed.
        let close = async || {
            let plan = read(service, CONTROL, "improvementPlan", &plan, "id version").await;
            on("improvementPlanClose", &plan, "")
        };
        assert_eq!(
            refused(service, CONTROL, &close().await, "improvementPlan").await,
            ["FINDINGS_OPEN", "ACTIONS_OPEN"]
        );
        // One turns out not to be done after all.
        assert_eq!(action_refused(service, CONTROL, "improvementActionReturn", &all[0], "").await, ["REASON_REQUIRED"]);
        action_act(service, CONTROL, "improvementActionReturn", &all[0], ", reason: \"Faltan listas\"").await;
        assert_eq!(state(service, "finding", &finding).await, "IN_PLAN");
        action_act(service, EXECUTOR, "improvementActionExecute", &all[0], "").await;
        assert_eq!(state(service, "finding", &finding).await, "IN_VERIFICATION");
        for action in &all {
            action_act(service, CONTROL, "improvementActionVerify", action, "").await;
        }
        assert_eq!(
            action_refused(service, CONTROL, "improvementActionEvaluate", &all[0], EFFECTIVE).await,
            ["EVALUATION_TOO_EARLY"]
        );
        service.turn_to("2026-09-30");
        action_act(service, CONTROL, "improvementActionEvaluate", &all[0], EFFECTIVE).await;
        action_act(service, CONTROL, "improvementActionEvaluate", &all[2], NOT_EFFECTIVE).await;
        assert_eq!(state(service, "finding", &finding).await, "IN_PLAN");
        action_act(service, CONTROL, "improvementActionEvaluate", &all[1], EFFECTIVE).await;
        assert_eq!(state(service, "finding", &finding).await, "IN_PLAN", "it asks for a new action");
        assert_eq!(refused(service, CONTROL, &close().await, "improvementPlan").await, ["FINDINGS_OPEN"]);

        // A new action, approved by itself, executed, verified, effective.
        let add = format!(
            "improvementActionCreate(plan: {}, input: {})",
            plan["id"],
            funza.action("20", &[&finding]).replace("2026-07-01", "2026-10-01")
        );
        let renewed = act(service, MEMBER, &add, "improvementAction").await;
        action_act(service, MEMBER, "improvementActionSubmit", &renewed, "").await;
        action_act(service, MANAGEMENT, "improvementActionApprove", &renewed, "").await;
        let september = funza.window(service, ("2026-09-01", "2026-10-01"), ("2026-09-30", "2026-10-05")).await;
        service.turn_to("2026-10-01");
        executed(service, &renewed, &september).await;
        assert_eq!(state(service, "finding", &finding).await, "IN_VERIFICATION");
        action_act(service, CONTROL, "improvementActionVerify", &renewed, "").await;
        service.turn_to("2026-12-30");
        action_act(service, CONTROL, "improvementActionEvaluate", &renewed, EFFECTIVE).await;
        assert_eq!(state(service, "finding", &finding).await, "CLOSED_EFFECTIVE");
        act(service, CONTROL, &close().await, "improvementPlan").await;
        assert_eq!(state(service, "improvementPlan", &plan).await, "CLOSED");

        // Eight months later: the same process, requirement and category of cause.
        service.turn_to("2027-08-30");
        let again = funza.confirmed(service, "H2").await;
        let analysis = act(service, MEMBER, &cause(&again, "PEOPLE"), "causeAnalysis").await;
        let repeats = "recurrenceOf { id }";
        assert_eq!(read(service, MEMBER, "finding", &again, repeats).await["recurrenceOf"], Value::Null);
        act(service, MEMBER, &on("causeAnalysisUpdate", &analysis, ", input: { category: METHOD }"), "causeAnalysis")
            .await;
        assert_eq!(read(service, MEMBER, "finding", &again, repeats).await["recurrenceOf"]["id"], finding["id"]);
        let told = read(service, CONTROL, "finding", &finding, "recurrences(first: 5) { nodes { id } }").await;
        assert_eq!(told["recurrences"]["nodes"], json!([{ "id": again["id"] }]), "the closure did not last");
    });
}
