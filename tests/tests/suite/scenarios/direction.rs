//! S15: a management review, its decisions, and who knows of it.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER, OTHER_LEADER},
    service::Service,
};
use serde_json::{Value, json};

async fn act(service: &Service, who: &str, call: &str, field: &str) -> Value {
    service.user(who).act(call, field, "id version", ("", json!({}))).await
}

async fn refused(service: &Service, who: &str, call: &str, field: &str) -> Vec<(String, String)> {
    service.user(who).refused(call, field, ("", json!({}))).await
}

/// Funza's organization and five of its units.
async fn funza(service: &Service) -> (Value, Vec<Value>) {
    let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id structure { tree { code unit { id } } } } }"#;
    let found = service.user(LEADER).data(query, json!({})).await["organization"].clone();
    let tree = found["structure"]["tree"].as_array().expect("a tree").clone();
    // The head's own unit is 200.
    let own = tree.iter().filter(|unit| unit["code"] == "200");
    let others = tree.iter().filter(|unit| unit["code"] != "200").take(4);
    (found["id"].clone(), own.chain(others).map(|unit| unit["unit"]["id"].clone()).collect())
}

const DOSSIER: &str = "state contentHash frozenOn inputs { section count entries { code name state date } }";

#[test]
fn s15_a_review_is_frozen_and_made_known() {
    demonstration::on_each(async |service| {
        service.turn_to("2026-07-10");
        let (organization, units) = funza(service).await;
        let late = format!(
            "managementReviewCreate(organization: {organization}, input: {{ kind: MANAGEMENT_REVIEW, name: \"Revisión\", cutoff: \"2026-07-11\" }})"
        );
        let told = refused(service, MANAGEMENT, &late, "managementReview").await;
        assert_eq!(told, [("INVALID_ARGUMENT".to_owned(), "input.cutoff".to_owned())]);
        let create = late.replace("2026-07-11", "2026-06-30");
        let review = act(service, MANAGEMENT, &create, "managementReview").await;
        let decide = |number: usize, more: &str| {
            format!(
                "decisionCreate(review: {}, input: {{ text: \"Decisión {number}\", unit: {} {more} }})",
                review["id"], units[number]
            )
        };
        let mut decisions = Vec::new();
        for number in 1..=3 {
            decisions.push(act(service, MANAGEMENT, &decide(number, ", dueOn: \"2026-12-31\""), "decision").await);
        }
        let freeze = |review: &Value| {
            format!("managementReviewFreeze(id: {}, expectedVersion: {})", review["id"], review["version"])
        };
        let missing = refused(service, MANAGEMENT, &freeze(&review), "managementReview").await;
        assert_eq!(
            missing.iter().map(|(_, path)| path.as_str()).collect::<Vec<_>>(),
            ["id.heldOn"],
            "`can` says so too"
        );
        let update = format!(
            "managementReviewUpdate(id: {}, expectedVersion: {}, input: {{ heldOn: \"2026-07-08\", conclusions: \"El sistema es adecuado\" }})",
            review["id"], review["version"]
        );
        let review = act(service, MANAGEMENT, &update, "managementReview").await;
        let review = act(service, MANAGEMENT, &freeze(&review), "managementReview").await;
        let query = format!(
            "{{ managementReview(id: {}) {{ {DOSSIER} decisions(first: 5) {{ totalCount }} }} }}",
            review["id"]
        );
        let frozen = service.user(LEADER).data(&query, json!({})).await["managementReview"].clone();
        assert_eq!((&frozen["state"], &frozen["frozenOn"]), (&json!("FROZEN"), &json!("2026-07-10")));
        assert_eq!(frozen["decisions"]["totalCount"], 3);
        let sections = frozen["inputs"].as_array().expect("sections");
        let names: Vec<_> = sections.iter().map(|section| section["section"].as_str().expect("a name")).collect();
        assert_eq!(names, ["AUDITS", "FINDINGS", "PLANS", "ACTIONS", "STRUCTURE", "PROCESSES", "EARLIER_DECISIONS"]);
        assert_eq!(sections[4]["count"], 1, "the structure in force at the cut-off");
        assert!(sections[5]["count"].as_i64() > Some(10), "its processes");

        // Two of the decisions make actions of a plan; the third one is still to be carried out.
        let actions = decisions[..2].iter().map(|decision| {
            format!(
                "{{ kind: IMPROVEMENT, description: \"Llevar a cabo\", unitOfMeasure: \"informes\", target: \"1\", weight: \"50\", unit: {},
                 startsOn: \"2026-07-15\", dueOn: \"2026-12-31\", decision: {} }}",
                units[0], decision["id"]
            )
        });
        let plan = format!(
            "improvementPlanCreate(organization: {organization}, input: {{ code: \"PD-1\", name: \"Decisiones\", kind: INTERNAL, year: 2026, unit: {},
             actions: [{}] }})",
            units[0],
            actions.collect::<Vec<_>>().join(", ")
        );
        let plan = act(service, LEADER, &plan, "improvementPlan").await;
        let carried = format!(
            "{{ managementReview(id: {}) {{ decisions(first: 5, where: {{ actions: {{ none: {{}} }} }}) {{ nodes {{ id }} }} }} }}",
            review["id"]
        );
        let open =
            service.user(MANAGEMENT).data(&carried, json!({})).await["managementReview"]["decisions"]["nodes"].clone();
        assert_eq!(open, json!([{ "id": decisions[2]["id"] }]));

        // A draft that nobody submitted is thrown away whole, and its decisions wait again.
        let discard = format!("improvementPlanDelete(id: {}, expectedVersion: {})", plan["id"], plan["version"]);
        let thrown = format!("mutation {{ act: {discard} {{ improvementPlan {{ id }} errors {{ code }} }} }}");
        let answer = service.user(LEADER).data(&thrown, json!({})).await["act"].clone();
        assert_eq!(answer, json!({ "improvementPlan": null, "errors": [] }));
        let open =
            service.user(MANAGEMENT).data(&carried, json!({})).await["managementReview"]["decisions"]["nodes"].clone();
        assert_eq!(open.as_array().map(Vec::len), Some(3));

        // Later data leave the dossier and its hash alone; so does whoever would change it.
        let complaint = format!(
            "findingRegister(organization: {organization}, input: {{ origin: COMPLAINT, originSource: \"PQRSD 7\", originDate: \"2026-06-01\",
             code: \"Q7\", name: \"Queja\", kind: OBSERVATION, condition: \"Se demora\", identifiedOn: \"2026-06-15\" }})"
        );
        act(service, LEADER, &complaint, "finding").await;
        let again = service.user(LEADER).data(&query, json!({})).await["managementReview"].clone();
        assert_eq!(again, frozen);
        let told = refused(service, MANAGEMENT, &decide(4, ""), "decision").await;
        assert_eq!(told, [("FROZEN".to_owned(), "review".to_owned())]);
        let gather = freeze(&review).replace("Freeze", "Gather");
        assert_eq!(refused(service, MANAGEMENT, &gather, "managementReview").await[0].0, "FROZEN");
        let answer =
            service.user(LEADER).ask(&format!("mutation {{ {create} {{ errors {{ code }} }} }}"), json!({})).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);

        // Made known to five units, acknowledged by four; the head of a unit for his own only.
        let audience = Value::from(units.clone());
        let publish = format!(
            "disseminationCreate(organization: {organization}, input: {{ name: \"Resultados de la revisión\", channel: MEETING, review: {}, units: {audience} }})",
            review["id"]
        );
        let material = act(service, LEADER, &publish, "dissemination").await;
        let acknowledge = |unit: &Value| {
            format!("acknowledgementCreate(dissemination: {}, input: {{ unit: {unit} }})", material["id"])
        };
        act(service, MEMBER, &acknowledge(&units[0]), "acknowledgement").await;
        let told = refused(service, MEMBER, &acknowledge(&units[0]), "acknowledgement").await;
        assert_eq!(told, [("DUPLICATE".to_owned(), "dissemination".to_owned())]);
        for unit in &units[1..4] {
            act(service, LEADER, &acknowledge(unit), "acknowledgement").await;
        }
        let query = format!(
            "{{ dissemination(id: {}) {{ coverage {{ part whole percent }} missing(first: 5) {{ nodes {{ id }} }} }} }}",
            material["id"]
        );
        let told = service.user(LEADER).data(&query, json!({})).await["dissemination"].clone();
        assert_eq!(told["coverage"], json!({ "part": 4, "whole": 5, "percent": "80.0" }));
        assert_eq!(told["missing"]["nodes"], json!([{ "id": units[4] }]));
        let other = service.user(OTHER_LEADER).ask(&query, json!({})).await;
        assert_eq!(other.codes(), ["NOT_FOUND"]);
    });
}
