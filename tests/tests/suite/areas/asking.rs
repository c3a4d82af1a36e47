//! Asking why: what `can` says of an act, and what a grant's scope opens.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER, MONITOR},
    service::Service,
};
use serde_json::{Value, json};

async fn can(service: &Service, who: &str, id: &Value, action: &str) -> Value {
    let query = format!("{{ node(id: {id}) {{ can(action: {action}) {{ allowed code message }} }} }}");
    service.user(who).data(&query, json!({})).await["node"]["can"].clone()
}

async fn funza(service: &Service) -> Value {
    let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) {
        id territorialEntity { id } structure { id }
        structureVersions(first: 1, where: { state: { eq: DRAFT } }) { nodes { id version } } } }"#;
    service.user(LEADER).data(query, json!({})).await["organization"].clone()
}

#[test]
fn can_says_what_the_act_would_say() {
    demonstration::on_each(async |service| {
        let funza = funza(service).await;
        let draft = &funza["structureVersions"]["nodes"][0]["id"];
        let expected: &[(&str, &Value, &str, Value)] = &[
            (LEADER, &funza["id"], "STRUCTURE_VERSION_CREATE", Value::Null),
            (LEADER, draft, "STRUCTURE_VERSION_ADD_UNIT", Value::Null),
            (LEADER, draft, "STRUCTURE_VERSION_APPROVE", json!("FORBIDDEN")),
            (MANAGEMENT, draft, "STRUCTURE_VERSION_APPROVE", json!("TRANSITION_NOT_ALLOWED")),
            (MANAGEMENT, &funza["structure"]["id"], "STRUCTURE_VERSION_REPEAL", Value::Null),
            (MANAGEMENT, draft, "STRUCTURE_VERSION_ADD_UNIT", json!("FORBIDDEN")),
            (MONITOR, draft, "STRUCTURE_VERSION_SUBMIT", json!("FORBIDDEN")),
            (LEADER, draft, "LEGAL_ACT_CREATE", json!("ACTION_DOES_NOT_APPLY")),
            (LEADER, &funza["territorialEntity"]["id"], "ORGANIZATION_CREATE", json!("ACTION_DOES_NOT_APPLY")),
        ];
        for (who, id, action, code) in expected {
            let told = can(service, who, id, action).await;
            assert_eq!(told["code"], *code, "{who} {action}: {told}");
            assert_eq!(told["allowed"], code.is_null(), "{who} {action}");
            assert_eq!(told["message"].is_null(), code.is_null(), "{who} {action}");
        }
    });
}

#[test]
fn a_refusal_names_the_roles_that_it_takes() {
    demonstration::on_each(async |service| {
        let funza = funza(service).await;
        let draft = &funza["structureVersions"]["nodes"][0];
        let told = can(service, LEADER, &draft["id"], "STRUCTURE_VERSION_APPROVE").await;
        let act = format!(
            "mutation {{ structureVersionApprove(id: {}, expectedVersion: {}) {{ errors {{ code }} }} }}",
            draft["id"], draft["version"]
        );
        let answer = service.user(LEADER).ask(&act, json!({})).await;
        let error = &answer.body["errors"][0];
        assert_eq!(error["extensions"]["code"], "FORBIDDEN", "{}", answer.text);
        assert_eq!(error["message"], told["message"], "the same table answers");
        let open = format!(
            "{{ node(id: {}) {{ ... on StructureVersion {{ availableTransitions {{ act blockedBy {{ code message }} }} }} }} }}",
            draft["id"]
        );
        // A draft has nothing but its submission; who may not submit is told by whom it is done.
        let open = service.user(MANAGEMENT).data(&open, json!({})).await["node"]["availableTransitions"][0].clone();
        assert_eq!(open["act"], "structureVersionSubmit");
        assert_eq!(open["blockedBy"][0]["code"], "FORBIDDEN");
        assert!(
            open["blockedBy"][0]["message"].as_str().is_some_and(|text| text.contains("Líder de calidad")),
            "{open}"
        );
        assert_eq!(error["extensions"]["roles"], json!(["SENIOR_MANAGEMENT"]), "{}", answer.text);
    });
}

/// The units of which somebody reads a version that is not in force yet.
async fn drafted(service: &Service, who: &str) -> Vec<String> {
    let query = "{ orgUnits(first: 100) { nodes { id
        versions(first: 50, where: { validFrom: { isNull: true } }) { nodes { id } } } } }";
    let answer = service.user(who).data(query, json!({})).await;
    let units = answer["orgUnits"]["nodes"].as_array().cloned().unwrap_or_default();
    let mut drafted: Vec<_> = units
        .iter()
        .filter(|unit| unit["versions"]["nodes"].as_array().is_some_and(|nodes| !nodes.is_empty()))
        .map(|unit| unit["id"].to_string())
        .collect();
    drafted.sort();
    drafted
}

#[test]
fn a_scope_opens_drafts_of_its_units_and_no_others() {
    demonstration::on_each(async |service| {
        let funza = funza(service).await;
        let draft = &funza["structureVersions"]["nodes"][0]["id"];
        let scope = service.user(MEMBER).data("{ viewer { grants { scopeUnit { id } } } }", json!({})).await;
        let scope = scope["viewer"]["grants"][0]["scopeUnit"]["id"].to_string();
        let (all, seen) = (drafted(service, LEADER).await, drafted(service, MEMBER).await);
        assert!(seen.contains(&scope), "its own unit: {seen:?} of {all:?}");
        assert!(seen.len() < all.len(), "{} of {}", seen.len(), all.len());
        assert!(seen.iter().all(|unit| all.contains(unit)));
        // The draft as a whole stays closed.
        let answer = service.user(MEMBER).ask(&format!("{{ node(id: {draft}) {{ id }} }}"), json!({})).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"]);
    });
}
