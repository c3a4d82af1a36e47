//! What a plan of each kind must say when it is submitted: told beforehand, refused the same, and enough once it is said.

use articula_tests::{
    demonstration::{self, MANAGEMENT, MEMBER},
    seed::Val,
    service::Service,
};
use entity::OpaqueId;
use serde_json::{Value, json};

use super::funza::{CONTROL, Funza, act, action_act, actions, cause, on, read};

/// What stands against an act, as the act itself says it: code, place and parameters.
async fn refusals(service: &Service, call: &str, field: &str) -> Value {
    let asked = format!("mutation {{ act: {call} {{ {field} {{ id }} errors {{ code path params message }} }} }}");
    let answer = service.user(MEMBER).ask(&asked, json!({})).await;
    let payload = answer.body["data"]["act"].clone();
    assert_eq!(payload[field], Value::Null, "{call} was not refused");
    payload["errors"].clone()
}

/// The same as it is told beforehand.
async fn foreseen(service: &Service, field: &str, thing: &Value, name: &str) -> Value {
    let selection = "availableTransitions { act allowed blockedBy { code path params message } }";
    let found = read(service, MEMBER, field, thing, selection).await;
    let steps = found["availableTransitions"].as_array().expect("a list").clone();
    let step = steps.into_iter().find(|step| step["act"] == name).expect("the step");
    assert_eq!(step["allowed"], false);
    step["blockedBy"].clone()
}

/// An action that says no more than every action must.
fn bare(funza: &Funza, finding: &Value) -> String {
    let whole = funza.action("100", &[finding]);
    let mut kept = Vec::new();
    for said in whole.trim_matches(['{', '}', ' ']).split(", ") {
        let said = said.trim();
        if !["objective", "indicator", "resources", "executor"].iter().any(|name| said.starts_with(name)) {
            kept.push(said.to_owned());
        }
    }
    format!("{{ {} }}", kept.join(", "))
}

#[test]
fn a_plan_says_what_its_kind_demands() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let own: &[(&str, &str)] = &[("objective", "Objetivo"), ("indicator", "Indicador"), ("resources", "Recursos")];
        for (at, (kind, external, of_findings, of_actions)) in [
            ("INTERNAL", false, &[][..], own),
            ("SELF_ASSESSMENT", false, &[], own),
            ("FOLLOW_UP", false, &[], own),
            ("TERRITORIAL_CONTROL", false, &[], &own[1..]),
            ("CERTIFICATION", false, &[], &[("executor", "Responsable")]),
            ("CONTROL_BODY", true, &[("effect", "Efecto del hallazgo")], &[("objective", "Propósito")]),
            ("CONTROL_BODY", false, &[], &[("objective", "Propósito")]),
        ]
        .into_iter()
        .enumerate()
        {
            let finding = funza.confirmed(service, &format!("H{at}")).await;
            act(service, MEMBER, &cause(&finding, "METHOD"), "causeAnalysis").await;
            if external {
                let key = OpaqueId::parse(finding["id"].as_str().expect("an id")).expect("an id").uuid;
                let [yes, key] = [Val::from(true), Val::from(key)].map(|value| value.literal(service.fresh.dialect));
                service.fresh.run(&format!("UPDATE finding SET external = {yes} WHERE id = {key}")).await;
            }
            let whole = funza.action("100", &[&finding]);
            let call = funza.plan(&format!("PM-{at}"), &funza.unit, &finding, &["100"]);
            let call =
                call.replace("kind: INTERNAL", &format!("kind: {kind}")).replace(&whole, &bare(&funza, &finding));
            let plan = act(service, MEMBER, &call, "improvementPlan").await;
            let action = actions(service, &plan).await[0].clone();

            // Each field is named with its place and with those that lack it; what the table tells is what is asked for.
            let submit = on("improvementPlanSubmit", &plan, "");
            let told = refusals(service, &submit, "improvementPlan").await;
            assert_eq!(foreseen(service, "improvementPlan", &plan, "improvementPlanSubmit").await, told, "{kind}");
            let code = format!("H{at}");
            let lacks = |(about, name): (&str, &(&str, &str)), item: &str| {
                let message = format!("Los planes de esta clase exigen “{}”; falta en: {item}.", name.1);
                json!({ "code": "PLAN_FIELD_MISSING", "path": [about, name.0], "params": { "field": name.1, "items": [item] }, "message": message })
            };
            let expected = of_findings.iter().map(|name| lacks(("findings", name), &code));
            let expected: Vec<_> =
                expected.chain(of_actions.iter().map(|name| lacks(("actions", name), "1"))).collect();
            assert_eq!(told, json!(expected), "{kind}");
            let query = format!("{{ improvementPlanFields(kind: {kind}) {{ column field required }} }}");
            let fields = service.user(MEMBER).data(&query, json!({})).await["improvementPlanFields"].clone();
            for (_, column) in of_findings.iter().chain(of_actions) {
                let listed = fields.as_array().into_iter().flatten().find(|field| field["column"] == *column);
                assert_eq!(listed.expect("a field")["required"], true, "{kind} {column}");
            }

            // Said, it is enough.
            let executor = &funza.executor;
            let say = |(name, _): &(&str, &str)| match *name {
                "executor" => format!("executor: {executor}"),
                name => format!("{name}: \"Se dice\""),
            };
            let said: Vec<_> = of_actions.iter().map(say).collect();
            let more = format!(", input: {{ {} }}", said.join(", "));
            action_act(service, MEMBER, "improvementActionUpdate", &action, &more).await;
            if !of_findings.is_empty() {
                let now = read(service, CONTROL, "finding", &finding, "id version").await;
                let revise =
                    on("findingRevise", &now, ", input: { effect: \"Se castiga\" }, reason: \"Faltó transcribirlo\"");
                act(service, CONTROL, &revise, "finding").await;
            }
            act(service, MEMBER, &submit, "improvementPlan").await;
            action_act(service, MANAGEMENT, "improvementActionApprove", &action, "").await;
            assert_eq!(read(service, MEMBER, "improvementPlan", &plan, "state").await["state"], "APPROVED", "{kind}");
        }
    });
}

#[test]
fn so_does_an_action_that_comes_later() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let finding = funza.confirmed(service, "H1").await;
        act(service, MEMBER, &cause(&finding, "METHOD"), "causeAnalysis").await;
        let call = funza.plan("PM-1", &funza.unit, &finding, &["100"]);
        let plan = act(service, MEMBER, &call, "improvementPlan").await;
        act(service, MEMBER, &on("improvementPlanSubmit", &plan, ""), "improvementPlan").await;
        action_act(service, MANAGEMENT, "improvementActionApprove", &actions(service, &plan).await[0], "").await;
        action_act(
            service,
            CONTROL,
            "improvementActionCancel",
            &actions(service, &plan).await[0],
            ", reason: \"Otra\"",
        )
        .await;
        let add = format!("improvementActionCreate(plan: {}, input: {})", plan["id"], bare(&funza, &finding));
        let action = act(service, MEMBER, &add, "improvementAction").await;
        let submit = on("improvementActionSubmit", &action, "");
        let told = refusals(service, &submit, "improvementAction").await;
        assert_eq!(foreseen(service, "improvementAction", &action, "improvementActionSubmit").await, told);
        let lacking: Vec<_> = told
            .as_array()
            .expect("a list")
            .iter()
            .map(|error| (error["path"].clone(), error["params"]["items"].clone()))
            .collect();
        assert_eq!(lacking, ["objective", "indicator", "resources"].map(|name| (json!([name]), json!(["2"]))));
        let more = ", input: { objective: \"Se dice\", indicator: \"Se dice\", resources: \"Se dice\" }";
        action_act(service, MEMBER, "improvementActionUpdate", &action, more).await;
        action_act(service, MEMBER, "improvementActionSubmit", &action, "").await;
    });
}
