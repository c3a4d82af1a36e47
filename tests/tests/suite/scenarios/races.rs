//! Two people at once on the same audits' findings, plans and actions: one wins, the other is told, nothing is half done.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER},
    service::{Service, text},
};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::funza::{CONTROL, EXECUTOR, Funza, act, action_act, actions, cause, on, read, report, second, state};

/// Calls at once; the codes of each, none for one that won.
async fn race(service: &Service, calls: &[(&str, String)], field: &str) -> Vec<Vec<String>> {
    let answers = join_all(calls.iter().map(async |(who, call)| {
        let asked = format!("mutation {{ act: {call} {{ {field} {{ id }} errors {{ code params }} }} }}");
        service.user(who).ask(&asked, json!({})).await
    }));
    let told = answers.await.into_iter().map(|answer| {
        let payload = &answer.body["data"]["act"];
        let errors = payload["errors"].as_array().cloned().unwrap_or_default();
        let codes: Vec<_> = answer.codes().into_iter().chain(errors.iter().map(|error| text(&error["code"]))).collect();
        assert_eq!(payload[field].is_null(), !codes.is_empty(), "{}", answer.body);
        for error in errors.iter().filter(|error| error["code"] == "VERSION_CONFLICT") {
            assert!(
                error["params"].as_object().is_some_and(|params| !params.is_empty()),
                "the version of now: {error}"
            );
        }
        codes
    });
    told.collect()
}

/// Exactly one wins; every other one is told that it came too late.
async fn one_wins(service: &Service, calls: &[(&str, String)], field: &str) {
    let mut told = race(service, calls, field).await;
    told.sort();
    let mut expected = vec![vec!["VERSION_CONFLICT".to_owned()]; calls.len()];
    expected[0].clear();
    assert_eq!(told, expected, "{calls:?}");
}

/// How often a plan, an action or a finding came into a state.
async fn times(service: &Service, field: &str, thing: &Value, to: &str) -> usize {
    let told = read(service, CONTROL, field, thing, "transitions { toState }").await;
    told["transitions"].as_array().expect("steps").iter().filter(|step| step["toState"] == to).count()
}

#[test]
fn who_comes_second_to_a_plan_is_told() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        second(service, LEADER, "SENIOR_MANAGEMENT").await;
        let finding = funza.confirmed(service, "H1").await;
        act(service, MEMBER, &cause(&finding, "METHOD"), "causeAnalysis").await;
        let call = funza.plan("PM-1", &funza.unit, &finding, &["50", "50"]);
        let plan = act(service, MEMBER, &call, "improvementPlan").await;

        // Submitted once, with each of its actions once.
        let submit = on("improvementPlanSubmit", &plan, "");
        one_wins(service, &[(MEMBER, submit.clone()), (MEMBER, submit)], "improvementPlan").await;
        assert_eq!(times(service, "improvementPlan", &plan, "SUBMITTED").await, 1);
        let all = actions(service, &plan).await;
        for action in &all {
            assert_eq!(times(service, "improvementAction", action, "PENDING_APPROVAL").await, 1);
        }

        // One action, approved and rejected at once.
        let approve = on("improvementActionApprove", &all[0], "");
        let reject = on("improvementActionReject", &all[0], ", reason: \"No\"");
        one_wins(service, &[(MANAGEMENT, approve), (LEADER, reject)], "improvementAction").await;
        let now = read(service, CONTROL, "improvementPlan", &plan, "id version state").await;
        if now["state"] == "DRAFT" {
            act(service, MEMBER, &on("improvementPlanSubmit", &now, ""), "improvementPlan").await;
            action_act(service, MANAGEMENT, "improvementActionApprove", &all[0], "").await;
        }

        // The last one by two: the plan is approved once, and takes its finding up once.
        let last = read(service, CONTROL, "improvementAction", &all[1], "id version").await;
        let approve = on("improvementActionApprove", &last, "");
        one_wins(service, &[(MANAGEMENT, approve.clone()), (LEADER, approve)], "improvementAction").await;
        assert_eq!(times(service, "improvementPlan", &plan, "APPROVED").await, 1);
        assert_eq!(times(service, "finding", &finding, "IN_PLAN").await, 1);
    });
}

#[test]
fn the_last_two_actions_approve_their_plan_once() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        second(service, LEADER, "SENIOR_MANAGEMENT").await;
        let finding = funza.confirmed(service, "H1").await;
        act(service, MEMBER, &cause(&finding, "METHOD"), "causeAnalysis").await;
        let call = funza.plan("PM-1", &funza.unit, &finding, &["50", "50"]);
        let plan = act(service, MEMBER, &call, "improvementPlan").await;
        act(service, MEMBER, &on("improvementPlanSubmit", &plan, ""), "improvementPlan").await;
        let all = actions(service, &plan).await;
        let calls: Vec<_> = [MANAGEMENT, LEADER]
            .into_iter()
            .zip(&all)
            .map(|(who, action)| (who, on("improvementActionApprove", action, "")))
            .collect();
        // Different actions: neither is in the other's way.
        assert_eq!(race(service, &calls, "improvementAction").await, [Vec::<String>::new(), Vec::new()]);
        assert_eq!(state(service, "improvementPlan", &plan).await, "APPROVED");
        assert_eq!(times(service, "improvementPlan", &plan, "APPROVED").await, 1);
        assert_eq!(times(service, "finding", &finding, "IN_PLAN").await, 1);
    });
}

#[test]
fn progress_and_closure_count_once() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        second(service, LEADER, "INTERNAL_CONTROL").await;
        let (finding, plan, all) = funza.approved(service, &["100"]).await;
        let window = funza.window(service, ("2026-07-01", "2026-08-01"), ("2026-08-01", "2026-08-05")).await;
        service.turn_to("2026-08-02");
        let begun = read(service, CONTROL, "improvementAction", &all[0], "id version").await;
        let begin = on("improvementActionBegin", &begun, "");
        one_wins(service, &[(EXECUTOR, begin.clone()), (MEMBER, begin)], "improvementAction").await;
        assert_eq!(times(service, "improvementPlan", &plan, "IN_EXECUTION").await, 1);

        // Signed twice, it counts once.
        let reported = act(service, EXECUTOR, &report(&all[0], &window, "6"), "progressReport").await;
        let sign = on("progressReportSign", &reported, "");
        one_wins(service, &[(MEMBER, sign.clone()), (MEMBER, sign)], "progressReport").await;
        let done = read(service, CONTROL, "improvementAction", &all[0], "progress { done }").await;
        assert_eq!(done["progress"]["done"], "6.00");

        // Two decide a reformulation in their two capacities at once: it counts when both did, and once.
        let ask = format!(
            "reformulationCreate(action: {}, input: {{ dueOn: \"2027-02-28\", justification: \"Falta tiempo\" }})",
            all[0]["id"]
        );
        let asked = act(service, MEMBER, &ask, "reformulation").await;
        let calls = [
            (MANAGEMENT, on("reformulationDecide", &asked, ", approved: true")),
            (CONTROL, on("reformulationEndorse", &asked, ", approved: true")),
        ];
        one_wins(service, &calls, "reformulation").await;
        let now = read(service, CONTROL, "reformulation", &asked, "id version state decisions { capacity }").await;
        assert_eq!((&now["state"], now["decisions"].as_array().map(Vec::len)), (&json!("REQUESTED"), Some(1)));
        let (who, act_name) = match now["decisions"][0]["capacity"].as_str() {
            Some("SENIOR_MANAGEMENT") => (CONTROL, "reformulationEndorse"),
            _ => (MANAGEMENT, "reformulationDecide"),
        };
        act(service, who, &on(act_name, &now, ", approved: true"), "reformulation").await;
        let due = read(service, CONTROL, "improvementAction", &all[0], "dueOn").await;
        assert_eq!(due["dueOn"], "2027-02-28");

        // Executed, verified, evaluated and closed, each by two at once.
        let more = act(service, EXECUTOR, &report(&all[0], &window, "4"), "progressReport").await;
        act(service, MEMBER, &on("progressReportSign", &more, ""), "progressReport").await;
        for (name, (one, other), more) in [
            ("improvementActionExecute", (EXECUTOR, MEMBER), ""),
            ("improvementActionVerify", (CONTROL, CONTROL), ""),
            ("improvementActionEvaluate", (LEADER, LEADER), ", input: { result: EFFECTIVE, concept: \"No volvió\" }"),
        ] {
            if name.ends_with("Evaluate") {
                service.turn_to("2027-03-31");
            }
            let now = read(service, CONTROL, "improvementAction", &all[0], "id version").await;
            let call = on(name, &now, more);
            one_wins(service, &[(one, call.clone()), (other, call)], "improvementAction").await;
        }
        assert_eq!(times(service, "finding", &finding, "CLOSED_EFFECTIVE").await, 1);
        let now = read(service, CONTROL, "improvementPlan", &plan, "id version").await;
        let close = on("improvementPlanClose", &now, "");
        one_wins(service, &[(CONTROL, close.clone()), (CONTROL, close)], "improvementPlan").await;
        assert_eq!(times(service, "improvementPlan", &plan, "CLOSED").await, 1);
    });
}
