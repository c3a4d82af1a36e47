//! Drafts and personal data: who may not read them can neither see, count, find nor sort them.

use articula::catalogue::ENTITIES;
use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER},
    service::Service,
};
use entity::OpaqueId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::tenancy::keys;

/// A version of Funza's structure that is still a draft.
const DRAFT: &str = "(SELECT id FROM structure_version WHERE stage <> 3 AND organization_id = \
                     (SELECT id FROM organization WHERE name = 'Secretaría de Educación de Funza'))";

#[test]
fn a_draft_does_not_exist_for_who_reads_what_is_published() {
    demonstration::on_each(async |service| {
        for (name, column) in [
            ("StructureVersion", "id"),
            ("StructureTransition", "structure_version_id"),
            ("UnitVersion", "structure_version_id"),
            ("Succession", "structure_version_id"),
            ("Post", "structure_version_id"),
        ] {
            let declaration = ENTITIES.iter().find(|declaration| declaration.name == name).expect("declared");
            let number = declaration.kind.expect("a node") as u8;
            let rows = keys(
                &service.fresh,
                &format!("SELECT id FROM {} WHERE {column} IN {DRAFT} LIMIT 3", declaration.table),
            )
            .await;
            assert!(!rows.is_empty() || name == "Succession", "the demonstration has no {name} of a draft");
            for row in rows {
                let [draft, nothing] = [row, Uuid::now_v7()].map(|uuid| OpaqueId { number, uuid }.to_string());
                let mut queries = vec!["query($id: ID!) { node(id: $id) { id } }".to_owned()];
                if !declaration.plural.is_empty() {
                    let plural = declaration.plural;
                    queries.push(format!(
                        "query($id: ID!) {{ {plural}(first: 1, where: {{ id: {{ eq: $id }} }}) {{ totalCount }} }}"
                    ));
                }
                for query in queries {
                    // Limited to no unit: the head of one reads the drafts of that unit.
                    let member = service.user("ejecutor@funza");
                    let (seen, never) = (
                        member.ask(&query, json!({ "id": draft })).await,
                        member.ask(&query, json!({ "id": nothing })).await,
                    );
                    assert_eq!(seen.anonymous(), never.anonymous(), "{query}");
                    let leader = service.user(LEADER).ask(&query, json!({ "id": draft })).await;
                    let there = leader.codes().is_empty() && leader.anonymous() != never.anonymous();
                    // A post of a draft is in force on no day: only its id finds it.
                    assert!(there || query.contains("totalCount"), "{query}: {}", leader.text);
                }
            }
        }
    });
}

#[test]
fn no_path_leads_a_member_to_a_draft() {
    demonstration::on_each(async |service| {
        let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) {
            structureVersions(first: 10) { totalCount nodes { state derivedVersions { state } } }
            drafts: structureVersions(first: 10, where: { state: { eq: DRAFT } }) { totalCount }
            legalActs(first: 50) { nodes { structureVersions(first: 10) { nodes { state } } } }
            units(first: 50) { nodes { versions(first: 20) { nodes { structureVersion { state } } } } } }
            structureVersionGroups(by: [STATE]) { nodes { key { value } count } } }"#;
        let answer = service.user(MEMBER).ask(query, json!({})).await;
        assert!(answer.codes().is_empty(), "{}", answer.text);
        assert!(!answer.text.contains("\"DRAFT\""), "{}", answer.text);
        assert_eq!(answer.body["data"]["organization"]["drafts"]["totalCount"], 0);
        let leader = service.user(LEADER).ask(query, json!({})).await;
        assert!(leader.text.contains("\"DRAFT\""), "the demonstration has no draft to hide: {}", leader.text);
    });
}

const PERSONAL: [&str; 4] = ["documentKind", "documentNumber", "email", "phone"];

#[test]
fn personal_data_are_refused_one_by_one_and_shown_to_whom_the_table_names() {
    demonstration::on_each(async |service| {
        let query = format!("{{ persons(first: 20) {{ nodes {{ name {} }} }} }}", PERSONAL.join(" "));
        for subject in [LEADER, MEMBER, "monitor.sfi@men"] {
            let answer = service.user(subject).ask(&query, json!({})).await;
            let nodes = answer.body["data"]["persons"]["nodes"].as_array().cloned().unwrap_or_default();
            assert!(!nodes.is_empty(), "{subject}: {}", answer.text);
            for node in nodes {
                assert!(node["name"].is_string(), "{node}");
                assert!(PERSONAL.iter().all(|field| node[*field].is_null()), "{subject} reads {node}");
            }
            assert!(
                answer.codes().iter().all(|code| code == "PERSONAL_DATA") && !answer.codes().is_empty(),
                "{}",
                answer.text
            );
        }
        let shown = service.user(MANAGEMENT).data(&query, json!({})).await;
        assert!(shown["persons"]["nodes"][0]["documentNumber"].is_string(), "{shown}");
    });
}

#[test]
fn personal_data_enter_no_filter_order_or_group() {
    demonstration::on_each(async |service| {
        let management = service.user(MANAGEMENT);
        let shapes = r#"{ where: __type(name: "PersonWhere") { inputFields { name } }
            order: __type(name: "PersonOrderField") { enumValues { name } }
            group: __type(name: "PersonGroupField") { enumValues { name } } }"#;
        let shapes = management.data(shapes, json!({})).await;
        let names =
            |value: &Value| value.as_array().into_iter().flatten().map(|it| it["name"].to_string()).collect::<String>();
        let all = names(&shapes["where"]["inputFields"])
            + &names(&shapes["order"]["enumValues"])
            + &names(&shapes["group"]["enumValues"]);
        for word in ["document", "DOCUMENT", "email", "EMAIL", "phone", "PHONE"] {
            assert!(!all.contains(word), "{word}: {all}");
        }
        // Nor by a name that the schema does not show, nor from afar.
        for query in [
            r#"{ persons(first: 1, where: { documentNumber: { startsWith: "1" } }) { totalCount } }"#,
            r#"{ persons(first: 1, orderBy: [{ field: DOCUMENT_NUMBER }]) { totalCount } }"#,
            r#"{ personGroups(by: [EMAIL]) { nodes { count } } }"#,
            r#"{ postHoldings(first: 1, where: { person: { email: { contains: "a" } } }) { totalCount } }"#,
        ] {
            assert_eq!(management.ask(query, json!({})).await.codes(), ["DOCUMENT_INVALID"], "{query}");
        }
    });
}

/// Senior management's act on what identifies somebody.
const IDENTIFY: &str = "personIdentify(id: $id, expectedVersion: $version, input: $input)";
const DECLARED: &str = "$id: ID!, $version: Int!, $input: PersonIdentifyInput!";

fn identify(id: &Value, version: i32, input: Value) -> (&'static str, Value) {
    (DECLARED, json!({ "id": id, "version": version, "input": input }))
}

/// Somebody whom the quality leader of Funza enters by name.
async fn enter(service: &Service, name: &str) -> Value {
    let leader = service.user(LEADER);
    let found = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id } }"#;
    let organization = leader.data(found, json!({})).await["organization"]["id"].clone();
    let create = "personCreate(organization: $organization, input: { name: $name })";
    let variables = ("$organization: ID!, $name: String!", json!({ "organization": organization, "name": name }));
    leader.act(create, "person", "id", variables).await["id"].clone()
}

#[test]
fn who_does_not_read_personal_data_writes_and_probes_none() {
    demonstration::on_each(async |service| {
        let person = enter(service, "Zenaida Ortegón").await;
        let read = "{ persons(first: 1) { nodes { documentKind documentNumber } } }";
        let known = service.user("control.interno@funza").data(read, json!({})).await["persons"]["nodes"][0].clone();
        let query = format!("mutation({DECLARED}) {{ {IDENTIFY} {{ person {{ version }} errors {{ code path }} }} }}");
        for subject in [LEADER, MEMBER, "control.interno@funza", "admin@funza", "monitor.sfi@men"] {
            let mut told = Vec::new();
            for number in [known["documentNumber"].clone(), json!("NADIE00")] {
                let input = json!({ "documentKind": known["documentKind"], "documentNumber": number });
                let answer = service.user(subject).ask(&query, identify(&person, 1, input).1).await;
                assert_eq!(answer.codes(), ["FORBIDDEN"], "{subject}: {}", answer.text);
                told.push(answer.anonymous());
            }
            assert_eq!(told[0], told[1], "a number that is known is answered like one that is not");
        }
        for name in PERSONAL {
            let value = if name == "documentKind" { "PASSPORT" } else { "\"X12345\"" };
            let create = format!(
                "mutation($id: ID!) {{ personCreate(organization: $id, input: {{ name: \"x\", {name}: {value} }}) {{ errors {{ code }} }} }}"
            );
            let update = format!(
                "mutation($id: ID!) {{ personUpdate(id: $id, expectedVersion: 1, input: {{ {name}: {value} }}) {{ errors {{ code }} }} }}"
            );
            for query in [create, update] {
                let answer = service.user(LEADER).ask(&query, json!({ "id": person })).await;
                assert_eq!(answer.codes(), ["DOCUMENT_INVALID"], "{query}");
            }
        }
    });
}

#[test]
fn senior_management_identifies_corrects_and_clears() {
    demonstration::on_each(async |service| {
        let (person, other) = (enter(service, "Zenaida Ortegón").await, enter(service, "Zoilo Ortegón").await);
        let management = service.user(MANAGEMENT);
        let act = async |version, input| {
            let selection = "version documentKind documentNumber email phone";
            management.act(IDENTIFY, "person", selection, identify(&person, version, input)).await
        };
        let document = json!({ "documentKind": "CITIZENSHIP_CARD", "documentNumber": "ZNX445566" });
        let mut whole = document.clone();
        whole["email"] = json!("zenaida.o@example.org");
        whole["phone"] = json!("+57 3214455667");
        let mut expected = whole.clone();
        expected["version"] = json!(2);
        assert_eq!(act(1, whole).await, expected);
        let corrected = act(2, json!({ "email": "z.ortegon@example.org" })).await;
        (expected["version"], expected["email"]) = (json!(3), json!("z.ortegon@example.org"));
        assert_eq!(corrected, expected, "what is absent stays");

        let refused = management.refused(IDENTIFY, "person", identify(&other, 1, document.clone())).await;
        assert_eq!(refused, [("DUPLICATE".to_owned(), "input.documentNumber".to_owned())]);
        let half = management.refused(IDENTIFY, "person", identify(&person, 3, json!({ "documentKind": null }))).await;
        assert_eq!(half, [("REQUIRED".to_owned(), "input.documentKind".to_owned())]);
        let cleared =
            act(3, json!({ "documentKind": null, "documentNumber": null, "email": null, "phone": null })).await;
        let nothing =
            json!({ "version": 4, "documentKind": null, "documentNumber": null, "email": null, "phone": null });
        assert_eq!(cleared, nothing);
        let freed = management.act(IDENTIFY, "person", "version", identify(&other, 1, document)).await;
        assert_eq!(freed["version"], 2, "the document is nobody's any more");

        let history = service.fresh.texts("SELECT changes FROM history_entry WHERE act = 'personIdentify'").await;
        assert_eq!(history.len(), 4, "{history:?}");
        for value in ["ZNX445566", "zenaida", "z.ortegon", "3214455667"] {
            assert!(!history.iter().any(|changes| changes.contains(value)), "{value} is told in the clear");
        }
        let query =
            "query($id: ID!) { person(id: $id) { history(first: 9) { nodes { changes { before after withheld } } } } }";
        let told = management.data(query, json!({ "id": person })).await.to_string();
        assert!(told.contains("ZNX445566") && told.contains("z.ortegon@example.org"), "{told}");
        let told = service.user(LEADER).ask(query, json!({ "id": person })).await.text;
        assert!(told.contains("PERSONAL_DATA") && !told.contains("ZNX445566") && !told.contains("ortegon@"), "{told}");
    });
}
