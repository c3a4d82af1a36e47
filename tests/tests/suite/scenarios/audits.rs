//! S7 and S8: an annual program, who may audit, and an audit to its final report.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER, MONITOR, OTHER_LEADER},
    service::Service,
};
use serde_json::{Value, json};

pub(super) const CONTROL: &str = "control.interno@funza";
pub(super) const AUDITOR: &str = "auditor@funza";

/// One act that succeeds; the object with its id, version and state.
pub(super) async fn act(service: &Service, who: &str, call: &str, field: &str) -> Value {
    service.user(who).act(call, field, "id version", ("", json!({}))).await
}

pub(super) async fn refused(service: &Service, who: &str, call: &str, field: &str) -> Vec<String> {
    let told = service.user(who).refused(call, field, ("", json!({}))).await;
    told.into_iter().map(|(code, _)| code).collect()
}

/// An act on what was read: `name(id, expectedVersion, …)`.
pub(super) fn on(name: &str, thing: &Value, more: &str) -> String {
    format!("{name}(id: {}, expectedVersion: {} {more})", thing["id"], thing["version"])
}

/// Funza as these scenarios need it.
pub(super) struct Funza {
    pub(super) organization: Value,
    /// Who audits, and the units in which he holds or held a post.
    pub(super) auditor: Value,
    pub(super) posts: Vec<Value>,
    /// A unit with which he has nothing to do, and a process that it leads.
    pub(super) unit: Value,
    pub(super) process: Value,
    pub(super) requirement: Value,
}

impl Funza {
    pub(super) async fn find(service: &Service) -> Self {
        let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id
              members(first: 50) { nodes { account { subject } person { id } } }
              processResponsibilities(first: 100, where: { role: { eq: LEADS } }) { nodes { unit { id name } process { id level } } } }
            requirements(first: 1, where: { kind: { eq: POLICY } }) { nodes { id } } }"#;
        let found = service.user(LEADER).data(query, json!({})).await;
        let organization = &found["organization"];
        let members = organization["members"]["nodes"].as_array().expect("members");
        let auditor =
            members.iter().find(|one| one["account"]["subject"] == AUDITOR).expect("an auditor")["person"]["id"]
                .clone();
        let query = format!(
            "{{ person(id: {auditor}) {{ holdings(first: 20) {{ nodes {{ validFrom validTo post {{ unit {{ id }} job {{ denomination {{ name }} }} }} }} }} }} }}"
        );
        let held = service.user(LEADER).data(&query, json!({})).await;
        let posts = held["person"]["holdings"]["nodes"].as_array().expect("posts").clone();
        let own = |unit: &Value| posts.iter().any(|post| post["post"]["unit"]["id"] == *unit);
        let led = organization["processResponsibilities"]["nodes"].as_array().expect("leads");
        let free =
            led.iter().find(|one| one["process"]["level"] == "PROCESS" && !own(&one["unit"]["id"])).expect("a process");
        Self {
            organization: organization["id"].clone(),
            auditor,
            unit: free["unit"]["id"].clone(),
            process: free["process"]["id"].clone(),
            requirement: found["requirements"]["nodes"][0]["id"].clone(),
            posts,
        }
    }

    /// An audit of a unit and a process, in a program.
    pub(super) fn audit(&self, program: &Value, code: &str, unit: &Value, more: &str) -> String {
        format!(
            r#"auditCreate(organization: {}, {more} input: {{ program: {}, code: "{code}", name: "Auditoría {code}", kind: INTERNAL_QUALITY,
               plannedFrom: "2026-08-01", plannedTo: "2026-08-31", scope: [{{ unit: {unit} }}, {{ process: {} }}], criteria: [{{ requirement: {} }}] }})"#,
            self.organization, program["id"], self.process, self.requirement
        )
    }

    pub(super) async fn program(&self, service: &Service) -> Value {
        let call = format!(
            "auditProgramCreate(organization: {}, input: {{ year: 2026, name: \"Programa anual 2026\", objective: \"Mejorar\" }})",
            self.organization
        );
        act(service, CONTROL, &call, "auditProgram").await
    }
}

pub(super) async fn available(
    service: &Service,
    who: &str,
    field: &str,
    thing: &Value,
    name: &str,
) -> (bool, Vec<String>) {
    let query =
        format!("{{ {field}(id: {}) {{ availableTransitions {{ act allowed blockedBy {{ code }} }} }} }}", thing["id"]);
    let found = service.user(who).data(&query, json!({})).await;
    let steps = found[field]["availableTransitions"].as_array().expect("a list").clone();
    let step = steps.iter().find(|step| step["act"] == name).unwrap_or_else(|| panic!("{name} is no step: {found}"));
    let codes = step["blockedBy"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|block| block["code"].as_str().expect("a code").to_owned());
    (step["allowed"] == true, codes.collect())
}

#[test]
fn s7_a_program_and_independence() {
    demonstration::on_each(async |service| {
        service.turn_to("2026-07-01");
        let funza = Funza::find(service).await;
        let program = funza.program(service).await;
        let empty = available(service, MANAGEMENT, "auditProgram", &program, "auditProgramApprove").await;
        assert_eq!(empty, (false, vec!["REQUIRED".to_owned()]));
        let mut audits = Vec::new();
        for number in 1..=6 {
            let call = funza.audit(&program, &format!("A{number}"), &funza.unit, "");
            audits.push(act(service, CONTROL, &call, "audit").await);
        }
        // Who writes it does not approve it; senior management does.
        let approve = on("auditProgramApprove", &program, "");
        let answer =
            service.user(CONTROL).ask(&format!("mutation {{ {approve} {{ errors {{ code }} }} }}"), json!({})).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        let program = act(service, MANAGEMENT, &approve, "auditProgram").await;

        // An approved program does not change without a reason, and the reason stands among its steps.
        let late = funza.audit(&program, "A7", &funza.unit, "");
        assert_eq!(refused(service, CONTROL, &late, "audit").await, ["REASON_REQUIRED"]);
        let late = funza.audit(&program, "A7", &funza.unit, "reason: \"Lo pidió la Contraloría\",");
        act(service, CONTROL, &late, "audit").await;
        let query = format!(
            "{{ auditProgram(id: {}) {{ state audits(first: 20) {{ totalCount }} transitions {{ act reason toState }} }} }}",
            program["id"]
        );
        let told = service.user(CONTROL).data(&query, json!({})).await["auditProgram"].clone();
        assert_eq!(told["audits"]["totalCount"], 7);
        assert_eq!(
            told["transitions"][2],
            json!({ "act": "auditCreate", "reason": "Lo pidió la Contraloría", "toState": "APPROVED" })
        );

        // Somebody who holds a post in what is audited, or did in the twelve months before, does not audit it.
        let post = funza.posts.iter().find(|post| post["validTo"].is_null()).expect("a post held today");
        let own = funza.audit(&program, "A8", &post["post"]["unit"]["id"], "reason: \"Otra\",");
        let own = act(service, CONTROL, &own, "audit").await;
        let add = |audit: &Value, role: &str, more: &str| {
            format!("auditTeamMemberCreate(audit: {}, person: {}, role: {role} {more})", audit["id"], funza.auditor)
        };
        let call = format!("mutation {{ {} {{ errors {{ code message params path }} }} }}", add(&own, "LEAD", ""));
        let answer = service.user(CONTROL).data(&call, json!({})).await;
        let error = &answer["auditTeamMemberCreate"]["errors"][0];
        assert_eq!(
            (&error["code"], &error["path"]),
            (&json!("AUDITOR_NOT_INDEPENDENT"), &json!(["person"])),
            "{answer}"
        );
        assert_eq!(error["params"]["post"], post["post"]["job"]["denomination"]["name"]);
        assert_eq!(error["params"]["from"], post["validFrom"]);
        // Control interno alone excuses him, with a reason that everybody sees, the history too.
        let member =
            act(service, CONTROL, &add(&own, "LEAD", "reason: \"Nadie más conoce el sistema\""), "auditTeamMember")
                .await;
        let query = format!(
            "{{ auditTeamMember(id: {}) {{ overrideReason overrideBy {{ id }} history(first: 5) {{ nodes {{ act }} }} }} }}",
            member["id"]
        );
        let told = service.user(LEADER).data(&query, json!({})).await["auditTeamMember"].clone();
        assert_eq!(told["overrideReason"], "Nadie más conoce el sistema");
        assert!(told["overrideBy"].is_object());
        assert_eq!(told["history"]["nodes"][0]["act"], "auditTeamMemberCreate");
        // Elsewhere he is independent; without a lead nothing is prepared, and that is told before.
        let audit = &audits[0];
        let missing = available(service, CONTROL, "audit", audit, "auditPrepare").await;
        assert_eq!(missing, (false, vec!["LEAD_AUDITOR_REQUIRED".to_owned()]));
        act(service, CONTROL, &add(audit, "LEAD", ""), "auditTeamMember").await;
        assert_eq!(available(service, CONTROL, "audit", audit, "auditPrepare").await, (true, vec![]));
        // He sees what he audits, and nothing else of the program.
        let seen = service
            .user(AUDITOR)
            .data("{ audits(first: 50) { nodes { id } } auditPrograms(first: 5) { totalCount } }", json!({}))
            .await;
        let seen: Vec<_> = seen["audits"]["nodes"].as_array().expect("audits").iter().map(|one| &one["id"]).collect();
        assert!(seen.contains(&&audit["id"]) && seen.contains(&&own["id"]), "{seen:?}");
        assert!(audits[1..].iter().all(|other| !seen.contains(&&other["id"])), "{seen:?}");
        // Nobody else knows of any.
        let other =
            service.user(OTHER_LEADER).ask(&format!("{{ audit(id: {}) {{ id }} }}", audit["id"]), json!({})).await;
        assert_eq!(other.codes(), ["NOT_FOUND"]);
        assert!(
            service.user(MONITOR).data(&format!("{{ audit(id: {}) {{ id }} }}", audit["id"]), json!({})).await["audit"]
                .is_object()
        );
    });
}

/// An audit of Funza in execution, its auditor at work.
pub(super) async fn begun(service: &Service, funza: &Funza) -> Value {
    let program = funza.program(service).await;
    let audit = act(service, CONTROL, &funza.audit(&program, "A1", &funza.unit, ""), "audit").await;
    act(service, MANAGEMENT, &on("auditProgramApprove", &program, ""), "auditProgram").await;
    let call = format!("auditTeamMemberCreate(audit: {}, person: {}, role: LEAD)", audit["id"], funza.auditor);
    act(service, CONTROL, &call, "auditTeamMember").await;
    let audit = act(service, AUDITOR, &on("auditPrepare", &audit, ""), "audit").await;
    service.turn_to("2026-08-01");
    let audit = act(service, AUDITOR, &on("auditBegin", &audit, ""), "audit").await;
    let query = format!("{{ auditProgram(id: {}) {{ state }} }}", program["id"]);
    assert_eq!(service.user(CONTROL).data(&query, json!({})).await["auditProgram"]["state"], "IN_EXECUTION");
    audit
}

#[test]
fn s8_an_audit_to_its_final_report() {
    demonstration::on_each(async |service| {
        service.turn_to("2026-07-01");
        let funza = Funza::find(service).await;
        let audit = begun(service, &funza).await;
        let ask = format!(
            "checklistItemsCreate(audit: {}, input: [{{ question: \"¿Se planea?\", requirement: {} }}, {{ question: \"¿Se mide?\" }}, {{ question: \"¿Se mejora?\" }}])",
            audit["id"], funza.requirement
        );
        act(service, AUDITOR, &ask, "audit").await;
        let items = format!(
            "{{ audit(id: {}) {{ checklist(first: 5) {{ nodes {{ id version }} }} scope {{ id version }} }} }}",
            audit["id"]
        );
        let parts = service.user(AUDITOR).data(&items, json!({})).await["audit"].clone();
        let questions = parts["checklist"]["nodes"].as_array().expect("questions");
        for item in &questions[..2] {
            let answer = on(
                "checklistItemAnswer",
                item,
                ", input: { result: CONFORMS, remarks: \"Visto\", evidence: [{ uri: \"https://sgc.example.org/a\" }] }",
            );
            act(service, AUDITOR, &answer, "checklistItem").await;
        }
        let mut findings = Vec::new();
        for (number, kind) in
            ["MAJOR_NONCONFORMITY", "MINOR_NONCONFORMITY", "MINOR_NONCONFORMITY", "OPPORTUNITY", "STRENGTH"]
                .iter()
                .enumerate()
        {
            let call = format!(
                r#"findingCreate(audit: {}, input: {{ code: "1.{number}", name: "Hallazgo {number}", kind: {kind}, condition: "Así es", criterion: "Así debe ser",
                   processes: [{}], units: [{}], requirements: [{}] }})"#,
                audit["id"], funza.process, funza.unit, funza.requirement
            );
            findings.push(act(service, AUDITOR, &call, "finding").await);
        }
        // What the auditors draft the audited does not know.
        let query =
            "{ findings(first: 10, where: { audit: { code: { eq: \"A1\" } } }) { totalCount nodes { code state } } }";
        assert_eq!(service.user(MEMBER).data(query, json!({})).await["findings"]["totalCount"], 0);
        let report = on("auditReportDraft", &audit, ", answerDue: \"2026-08-20\", input: { summary: \"Preliminar\" }");
        let audit = act(service, AUDITOR, &report, "audit").await;
        let audit = act(service, AUDITOR, &on("auditHear", &audit, ""), "audit").await;
        for finding in &mut findings {
            let query = format!("{{ finding(id: {}) {{ id version state answerDue }} }}", finding["id"]);
            *finding = service.user(AUDITOR).data(&query, json!({})).await["finding"].clone();
            assert_eq!((&finding["state"], &finding["answerDue"]), (&json!("COMMUNICATED"), &json!("2026-08-20")));
        }
        let finish =
            |audit: &Value| on("auditReportFinish", audit, ", input: { conclusions: \"Conforme en general\" }");
        let blocked = service
            .user(AUDITOR)
            .data(&format!("mutation {{ {} {{ errors {{ code params }} }} }}", finish(&audit)), json!({}))
            .await;
        let errors = blocked["auditReportFinish"]["errors"].as_array().expect("errors").clone();
        let codes: Vec<_> = errors.iter().map(|error| error["code"].as_str().expect("a code")).collect();
        assert_eq!(codes, ["SCOPE_UNCOVERED", "FINDINGS_OPEN"]);
        assert_eq!(errors[1]["params"]["findings"], json!(["1.0", "1.1", "1.2", "1.3", "1.4"]), "it names them");

        // Decided too early; the audited answers one, for the others the day passes.
        assert_eq!(
            refused(service, AUDITOR, &on("findingConfirm", &findings[0], ""), "finding").await,
            ["ANSWER_PENDING"]
        );
        let blank = on("findingAnswer", &findings[1], ", input: { text: \"  \" }");
        let told = service.user(LEADER).refused(&blank, "finding", ("", json!({}))).await;
        assert_eq!(told, [("REQUIRED".to_owned(), "input.text".to_owned())]);
        let answer = on(
            "findingAnswer",
            &findings[1],
            ", input: { text: \"Ya estaba corregido\", evidence: [{ filingNumber: \"2026-1\" }] }",
        );
        let answered = act(service, LEADER, &answer, "finding").await;
        assert_eq!(
            refused(service, AUDITOR, &on("findingDismiss", &answered, ""), "finding").await,
            ["REASON_REQUIRED"]
        );
        act(service, AUDITOR, &on("findingDismiss", &answered, ", reason: \"La evidencia es buena\""), "finding").await;
        service.turn_to("2026-08-21");
        for number in [0, 2, 3, 4] {
            findings[number] = act(service, AUDITOR, &on("findingConfirm", &findings[number], ""), "finding").await;
        }
        for item in parts["scope"].as_array().expect("a scope") {
            act(service, AUDITOR, &on("auditScopeCover", item, ", covered: true"), "auditScope").await;
        }
        let audit = act(service, AUDITOR, &finish(&audit), "audit").await;

        let query = format!(
            "{{ audit(id: {}) {{ state endedOn reports {{ stage contentHash }} findings(first: 10) {{ totalCount }} }}
               findingGroups(by: [KIND, STATE], where: {{ audit: {{ id: {{ eq: {} }} }} }}) {{ nodes {{ count key {{ value }} }} }} }}",
            audit["id"], audit["id"]
        );
        let told = service.user(LEADER).data(&query, json!({})).await;
        assert_eq!(
            (&told["audit"]["state"], &told["audit"]["endedOn"]),
            (&json!("FINAL_REPORT"), &json!("2026-08-21"))
        );
        assert_eq!(told["audit"]["reports"].as_array().map(Vec::len), Some(2));
        assert_eq!(told["audit"]["reports"][1]["contentHash"].as_str().map(str::len), Some(64));
        let mut counts: Vec<_> = told["findingGroups"]["nodes"]
            .as_array()
            .expect("groups")
            .iter()
            .map(|group| {
                format!(
                    "{} {} {}",
                    group["key"][0]["value"].as_str().unwrap_or(""),
                    group["key"][1]["value"].as_str().unwrap_or(""),
                    group["count"]
                )
            })
            .collect();
        counts.sort_unstable();
        assert_eq!(
            counts,
            [
                "MAJOR_NONCONFORMITY CONFIRMED 1",
                "MINOR_NONCONFORMITY CONFIRMED 1",
                "MINOR_NONCONFORMITY DISMISSED 1",
                "OPPORTUNITY CONFIRMED 1",
                "STRENGTH CONFIRMED 1",
            ]
        );
        // What the report says is frozen.
        let revise =
            on("findingRevise", &findings[0], ", input: { condition: \"Otra cosa\" }, reason: \"Quise decir otra\"");
        assert_eq!(refused(service, AUDITOR, &revise, "finding").await, ["FROZEN"]);
        // So is what it did not ask.
        let unasked = on("checklistItemDelete", &questions[2], "");
        assert_eq!(refused(service, AUDITOR, &unasked, "checklistItem").await, ["FROZEN"]);
        // A strength asks for nothing, a nonconformity does.
        act(service, AUDITOR, &on("findingClose", &findings[4], ""), "finding").await;
        assert_eq!(
            refused(service, AUDITOR, &on("findingClose", &findings[0], ""), "finding").await,
            ["ACTION_REQUIRED"]
        );
    });
}
