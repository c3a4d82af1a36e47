//! S9 to S13: causes, a plan and its approval, progress, reformulation, effect, recurrence.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER, MONITOR},
    service::Service,
};
use serde_json::{Value, json};

use super::funza::{
    CONTROL, EXECUTOR, Funza, OTHER_OWNER, act, action_act, action_refused, actions, available, cause, on, read,
    refused, report, second, state,
};

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
        assert_eq!(refused(service, OTHER_OWNER, &call, "improvementPlan").await, ["OUT_OF_SCOPE"]);
        let call = funza.plan("PM-1", &funza.elsewhere, &finding, &["100"]);
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

/// Closures that did not last, of all with effect, until a day: of one secretariat, and of all that the Ministry sees, added up.
async fn not_sustained(service: &Service, of: &Value, day: &str) -> ((i64, i64), (i64, i64)) {
    let share = |told: &Value| {
        let told = &told["improvement"]["notSustained"];
        (told["part"].as_i64().expect("a count"), told["whole"].as_i64().expect("a count"))
    };
    let asked = "improvement { notSustained { part whole } }";
    let query = format!("{{ organization(id: {of}, asOf: \"{day}\") {{ {asked} }} }}");
    let own = share(&service.user(LEADER).data(&query, json!({})).await["organization"]);
    let query = format!(
        "{{ organizations(first: 100, asOf: \"{day}\", where: {{ kind: {{ eq: EDUCATION_SECRETARIAT }} }}) {{ nodes {{ {asked} }} }} }}"
    );
    let all = service.user(MONITOR).data(&query, json!({})).await["organizations"]["nodes"].clone();
    let all = all.as_array().expect("secretariats").iter().map(share);
    (own, all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)))
}

const EFFECTIVE: &str = ", input: { result: EFFECTIVE, score: \"95\", concept: \"No se repitió\" }";
const NOT_EFFECTIVE: &str =
    ", input: { result: NOT_EFFECTIVE, concept: \"Sigue igual\", evidence: [{ filingNumber: \"2027-1\" }] }";

#[test]
fn s12_and_s13_effect_closure_and_recurrence() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        second(service, LEADER, "INTERNAL_CONTROL").await;
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
            ["SEPARATION_OF_DUTIES", "EVALUATION_TOO_EARLY"]
        );
        service.turn_to("2026-09-30");
        // Who verified does not evaluate, nor does who approved.
        assert_eq!(
            action_refused(service, CONTROL, "improvementActionEvaluate", &all[0], EFFECTIVE).await,
            ["SEPARATION_OF_DUTIES"]
        );
        action_act(service, LEADER, "improvementActionEvaluate", &all[0], EFFECTIVE).await;
        action_act(service, LEADER, "improvementActionEvaluate", &all[2], NOT_EFFECTIVE).await;
        assert_eq!(state(service, "finding", &finding).await, "IN_PLAN");
        action_act(service, LEADER, "improvementActionEvaluate", &all[1], EFFECTIVE).await;
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
        action_act(service, LEADER, "improvementActionEvaluate", &renewed, EFFECTIVE).await;
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
        // The earlier closure counts as not sustained, here and nationally, from the day on which that was judged.
        let (mut here, mut nation) = (Vec::new(), Vec::new());
        for day in ["2026-12-29", "2026-12-30", "2027-08-29", "2027-08-30"] {
            let (own, all) = not_sustained(service, &funza.organization, day).await;
            here.push(own);
            nation.push(all);
        }
        for told in [&here, &nation] {
            let (part, whole) = told[0];
            assert_eq!(told[1..], [(part, whole + 1), (part, whole + 1), (part + 1, whole + 1)], "{told:?}");
        }
        assert!(here[0] < nation[0]);
    });
}

#[test]
fn a_control_body_judges_the_actions_of_its_plan() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let (_, _, own) = funza.approved(service, &["100"]).await;
        let judge = |action: &Value, status: &str| {
            on("improvementActionSetControlStatus", action, &format!(", status: {status}"))
        };
        let ours = read(service, CONTROL, "improvementAction", &own[0], "id version").await;
        assert_eq!(
            refused(service, CONTROL, &judge(&ours, "FULFILLED"), "improvementAction").await,
            ["PLAN_NOT_OWED"],
            "nobody outside judges a plan of our own"
        );
        let finding = funza.confirmed(service, "H2").await;
        act(service, MEMBER, &cause(&finding, "METHOD"), "causeAnalysis").await;
        let call =
            funza.plan("PM-2", &funza.unit, &finding, &["100"]).replace("kind: INTERNAL", "kind: TERRITORIAL_CONTROL");
        let plan = act(service, MEMBER, &call, "improvementPlan").await;
        let action = actions(service, &plan).await.remove(0);
        let can = "can(action: IMPROVEMENT_ACTION_SET_CONTROL_STATUS) { allowed code }";
        let told = read(service, CONTROL, "improvementAction", &action, can).await;
        assert_eq!(told["can"], json!({ "allowed": false, "code": "PLAN_NOT_APPROVED" }));
        act(service, MEMBER, &on("improvementPlanSubmit", &plan, ""), "improvementPlan").await;
        action_act(service, MANAGEMENT, "improvementActionApprove", &action, "").await;
        let now = read(service, CONTROL, "improvementAction", &action, "id version").await;
        assert_eq!(refused(service, LEADER, &judge(&now, "FULFILLED"), "improvementAction").await, ["FORBIDDEN"]);
        act(service, CONTROL, &judge(&now, "UNFULFILLED"), "improvementAction").await;
        // Its own life goes on as it did.
        let told =
            read(service, CONTROL, "improvementAction", &action, "state controlStatus transitions { toState }").await;
        assert_eq!((&told["state"], &told["controlStatus"]), (&json!("APPROVED"), &json!("UNFULFILLED")));
        assert_eq!(told["transitions"].as_array().map(Vec::len), Some(3));
    });
}
