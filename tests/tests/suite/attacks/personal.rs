//! Drafts and personal data: who may not read them can neither see, count, find nor sort them.

use articula::catalogue::ENTITIES;
use articula_tests::demonstration::{self, LEADER, MANAGEMENT, MEMBER};
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

#[test]
fn who_may_write_but_not_read_a_personal_value_cannot_guess_it() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let found = leader.data("{ persons(first: 1) { nodes { id version } } }", json!({})).await;
        let person = &found["persons"]["nodes"][0];
        let read = service.user("control.interno@funza");
        let known = read.data("query($id: ID!) { person(id: $id) { email } }", json!({ "id": person["id"] })).await;
        let guess = "mutation($id: ID!, $version: Int!, $email: String) { personUpdate(id: $id, expectedVersion: $version, dryRun: true, input: { email: $email }) { person { version } errors { code } } }";
        let mut told = Vec::new();
        for email in [known["person"]["email"].clone(), json!("nadie@example.org")] {
            let variables = json!({ "id": person["id"], "version": person["version"], "email": email });
            told.push(leader.data(guess, variables).await);
        }
        assert_eq!(told[0], told[1], "a right guess is answered like a wrong one");
    });
}
