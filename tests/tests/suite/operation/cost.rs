//! What a request costs is told before it runs, with its answer, and when it is refused.

use articula_tests::{
    demonstration::{self, LEADER},
    service::{Answer, Service},
};
use serde_json::{Value, json};

async fn reported(service: &Service, query: &str) -> Answer {
    let request = service.request(reqwest::Method::POST, "/graphql").header("GraphQL-Cost", "report");
    let request = request.bearer_auth(service.token(LEADER)).json(&json!({ "query": query }));
    Answer::of(request.send().await.expect("an answer")).await
}

const PAGE: &str =
    "{ departments(first: 50) { totalCount nodes { name municipalities(first: 2) { nodes { name } } } } }";

#[test]
fn the_cost_is_told_with_the_answer_to_whom_asks() {
    demonstration::on_each(async |service| {
        let told = reported(service, PAGE).await;
        let silent = service.user(LEADER).ask(PAGE, json!({})).await;
        assert_eq!(told.body["data"], silent.body["data"]);
        assert_eq!(silent.body.get("extensions"), None);
        let shares = json!([
            { "coordinate": "Department.municipalities", "cost": 100 },
            { "coordinate": "Query.departments", "cost": 50 },
            { "coordinate": "DepartmentConnection.totalCount", "cost": 1 },
        ]);
        let cost = &told.body["extensions"]["cost"];
        assert_eq!(cost["breakdown"], shares);
        assert_eq!((&cost["requested"], &cost["limit"]), (&json!(151), &json!(50_000)));
        let municipalities: usize = told.body["data"]["departments"]["nodes"]
            .as_array()
            .expect("departments")
            .iter()
            .map(|department| department["municipalities"]["nodes"].as_array().map_or(0, Vec::len))
            .sum();
        assert_eq!(cost["actual"], json!(1 + 33 + municipalities));
    });
}

#[test]
fn an_estimate_is_what_the_request_would_cost() {
    demonstration::on_each(async |service| {
        let ask = "query($document: String!, $variables: JSON, $operation: String) {
            estimateCost(document: $document, variables: $variables, operationName: $operation) {
                cost limit accepted breakdown { coordinate cost } } }";
        let estimate = async |document: &str, variables: Value, operation: Value| {
            let given = json!({ "document": document, "variables": variables, "operation": operation });
            let (statements, answer) = service.statements(service.visitor().ask(ask, given)).await;
            assert_eq!(statements, 0, "it read");
            answer
        };
        let told = reported(service, PAGE).await.body["extensions"]["cost"].clone();
        let known = estimate(PAGE, Value::Null, Value::Null).await.body["data"]["estimateCost"].clone();
        assert_eq!((&known["cost"], &known["breakdown"]), (&told["requested"], &told["breakdown"]));
        assert_eq!((&known["accepted"], &known["limit"]), (&json!(true), &json!(50_000)));
        let sized = "query A($n: Int!) { departments(first: $n) { nodes { municipalities(first: $n) { nodes { coverages(first: $n) { nodes { id } } } } } } } query B { viewer { name } }";
        let huge = estimate(sized, json!({ "n": 100 }), "A".into()).await.body["data"]["estimateCost"].clone();
        assert_eq!((&huge["cost"], &huge["accepted"]), (&json!(1_010_100), &json!(false)));
        let small = estimate(sized, json!({ "n": 100 }), "B".into()).await.body["data"]["estimateCost"].clone();
        assert_eq!(small["cost"], 1);
        for (document, variables, operation, code, argument) in [
            ("{ nothing }", Value::Null, Value::Null, "DOCUMENT_INVALID", json!(["document"])),
            ("{", Value::Null, Value::Null, "DOCUMENT_SYNTAX", json!(["document"])),
            (sized, json!({}), "A".into(), "VARIABLES_INVALID", json!(["variables"])),
            (sized, json!(7), "A".into(), "INVALID_ARGUMENT", json!(["variables"])),
            (sized, json!({}), "C".into(), "OPERATION_NOT_FOUND", Value::Null),
        ] {
            let answer = estimate(document, variables, operation).await;
            assert_eq!(answer.codes(), [code], "{document}: {}", answer.text);
            assert_eq!(answer.body["errors"][0]["extensions"]["argument"], argument, "{document}");
        }
    });
}

#[test]
fn a_refusal_names_what_is_dearest() {
    demonstration::on_each(async |service| {
        let query = "{ organizations(first: 100) { nodes { units(first: 100) { nodes { versions(first: 100) { nodes { id } } } } } } }";
        let answer = reported(service, query).await;
        assert_eq!(answer.codes(), ["QUERY_TOO_COSTLY"], "{}", answer.text);
        let error = &answer.body["errors"][0];
        let dearest = json!(["OrgUnit.versions 1000000", "Organization.units 10000", "Query.organizations 100"]);
        assert_eq!(error["extensions"]["dearest"], dearest);
        assert!(error["message"].as_str().is_some_and(|text| text.contains("OrgUnit.versions 1000000")), "{error}");
        let cost = &answer.body["extensions"]["cost"];
        assert_eq!((&cost["requested"], &cost["actual"]), (&json!(1_010_100), &json!(0)));
    });
}

#[test]
fn an_act_whose_answer_would_be_too_dear_is_not_done() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let funza =
            leader.data("{ organization(by: { territorialEntity: { divipola: \"25286\" } }) { id } }", json!({})).await;
        let count = "query($id: ID!) { organization(id: $id) { workGroups(first: 1) { totalCount } persons(first: 1) { totalCount } } }";
        let id = json!({ "id": funza["organization"]["id"] });
        let before = leader.data(count, id.clone()).await;
        let act = "mutation($id: ID!) { personCreate(organization: $id, input: { name: \"Ana\" }) { person { organization {
            units(first: 100) { nodes { versions(first: 100) { nodes { parent { unit { versions(first: 100) { nodes { id } } } } } } } } } } errors { code } } }";
        let answer = leader.ask(act, id.clone()).await;
        assert_eq!(answer.codes(), ["QUERY_TOO_COSTLY"], "{}", answer.text);
        assert_eq!(leader.data(count, id).await, before);
    });
}

#[test]
fn every_limit_can_be_asked_for() {
    demonstration::on_each(async |service| {
        let query = "{ apiLimits { request { bodyBytes documentBytes tokens depth aliases rootFields } cost { request minute } pages { first ids conditions relations needle } } }";
        let limits = service.visitor().data(query, json!({})).await["apiLimits"].clone();
        assert_eq!(limits["cost"], json!({ "request": 50_000, "minute": null }));
        assert_eq!(
            limits["pages"],
            json!({ "first": 100, "ids": 100, "conditions": 100, "relations": 4, "needle": 200 })
        );
        let roots = limits["request"]["rootFields"].as_u64().expect("a number");
        let ask = |count: u64| (0..count).map(|n| format!("a{n}: __typename ")).collect::<String>();
        let visitor = service.visitor();
        assert_eq!(visitor.ask(&format!("{{ {} }}", ask(roots)), json!({})).await.codes(), [""; 0]);
        assert_eq!(
            visitor.ask(&format!("{{ {} }}", ask(roots + 1)), json!({})).await.codes(),
            ["TOO_MANY_ROOT_FIELDS"]
        );
    });
}
