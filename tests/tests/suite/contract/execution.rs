//! How a request is executed: as the specification says, which the GraphQL library does not always do.

use articula_tests::demonstration::{self, LEADER, MONITOR};
use serde_json::{Value, json};

use super::schema::INTROSPECTION;

/// The id of Funza's secretariat, as its leader sees it.
const FUNZA: &str = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id } }"#;

#[test]
fn an_act_that_is_asked_for_twice_under_one_key_acts_once() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let organization = leader.data(FUNZA, json!({})).await["organization"]["id"].clone();
        let call = r#"a: legalActCreate(organization: $o, input: { kind: CIRCULAR, number: "T-1", issuer: "SE",
            date: "2026-01-15", subject: "Once" })"#;
        let document = format!(
            "mutation($o: ID!) {{ {call} {{ legalAct {{ id }} }} ... on Mutation {{ {call} {{ errors {{ code }} legalAct {{ number }} }} }} }}"
        );
        let answer = leader.data(&document, json!({ "o": organization })).await;
        assert_eq!(answer["a"]["errors"], json!([]));
        assert_eq!(answer["a"]["legalAct"]["number"], "T-1");
        assert!(answer["a"]["legalAct"]["id"].is_string(), "both selections are answered: {answer}");
        let count = r#"{ legalActs(first: 1, where: { number: { eq: "T-1" } }) { totalCount } }"#;
        assert_eq!(leader.data(count, json!({})).await["legalActs"]["totalCount"], 1);
    });
}

#[test]
fn two_acts_under_one_key_are_no_document() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let document = r#"mutation { a: legalActDelete(id: "x", expectedVersion: 1) { errors { code } }
            a: legalActDelete(id: "y", expectedVersion: 1) { errors { code } } }"#;
        let answer = leader.ask(document, json!({})).await;
        assert_eq!(answer.codes(), ["DOCUMENT_INVALID"], "{}", answer.text);
    });
}

#[test]
fn acts_of_one_document_follow_each_other_and_root_fields_keep_their_order() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let organization = leader.data(FUNZA, json!({})).await["organization"]["id"].clone();
        let act = |key: &str, subject: &str| {
            format!(
                r#"{key}: legalActCreate(organization: $o, input: {{ kind: CIRCULAR, number: "T-2", issuer: "SE",
                date: "2026-01-15", subject: "{subject}" }}) {{ legalAct {{ subject }} errors {{ code }} }}"#
            )
        };
        // The second meets what the first left behind; the third stands under a name that sorts before both.
        let document =
            format!("mutation($o: ID!) {{ {} {} {} }}", act("z", "First"), act("y", "Second"), act("a", "Third"));
        let answer = leader.ask(&document, json!({ "o": organization })).await;
        let data = &answer.body["data"];
        assert_eq!(data["z"]["legalAct"]["subject"], "First", "{}", answer.text);
        for later in ["y", "a"] {
            assert_eq!(data[later]["errors"][0]["code"], "DUPLICATE", "{}", answer.text);
        }
        let places: Vec<_> = ["\"z\":", "\"y\":", "\"a\":"].iter().map(|key| answer.text.find(key)).collect();
        assert!(places.is_sorted() && places[0].is_some(), "{}", answer.text);

        let query = r#"{ z: departments(first: 100) { totalCount } viewer { name } a: __typename
            m: organization(id: "x") { id } k: enumLabels(type: "Role") { value } }"#;
        let answer = leader.ask(query, json!({})).await;
        let keys = ["\"z\":", "\"viewer\":", "\"a\":", "\"m\":null", "\"k\":"];
        let places: Vec<_> = keys.iter().map(|key| answer.text.find(key)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}", answer.text);
        assert_eq!(answer.codes(), ["NOT_FOUND"]);
        assert_eq!(answer.body["errors"][0]["path"], json!(["m"]));
    });
}

#[test]
fn typename_is_answered_everywhere() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let query = r#"{ __typename viewer { __typename grants { __typename } }
            organization(by: { territorialEntity: { divipola: "25286" } }) { t: __typename
              legalActs(first: 1) { __typename pageInfo { __typename } edges { __typename node { __typename document { __typename } } } }
              structure { __typename tree { __typename } preview { __typename } } }
            legalActGroups(by: [KIND]) { __typename nodes { __typename key { __typename } } }
            enumLabels(type: "Role") { __typename } }"#;
        let data = leader.data(query, json!({})).await;
        let expected = [
            ("/__typename", "Query"),
            ("/viewer/__typename", "Viewer"),
            ("/viewer/grants/0/__typename", "ViewerGrant"),
            ("/organization/t", "Organization"),
            ("/organization/legalActs/__typename", "LegalActConnection"),
            ("/organization/legalActs/pageInfo/__typename", "PageInfo"),
            ("/organization/legalActs/edges/0/__typename", "LegalActEdge"),
            ("/organization/legalActs/edges/0/node/__typename", "LegalAct"),
            ("/organization/structure/__typename", "StructureVersion"),
            ("/organization/structure/tree/0/__typename", "UnitVersion"),
            ("/legalActGroups/__typename", "Groups"),
            ("/legalActGroups/nodes/0/__typename", "Group"),
            ("/legalActGroups/nodes/0/key/0/__typename", "GroupKey"),
            ("/enumLabels/0/__typename", "EnumLabel"),
        ];
        for (pointer, name) in expected {
            assert_eq!(data.pointer(pointer), Some(&Value::from(name)), "{pointer}");
        }
        let refused = r#"mutation { __typename legalActDelete(id: "x", expectedVersion: 1) { __typename errors { __typename } } }"#;
        let data = leader.data(refused, json!({})).await;
        assert_eq!(data["__typename"], "Mutation");
        assert_eq!(data["legalActDelete"]["__typename"], "LegalActPayload");
        assert_eq!(data["legalActDelete"]["errors"][0]["__typename"], "UserError");
    });
}

#[test]
fn the_canonical_introspection_passes_the_guard_without_a_token() {
    demonstration::on_each(async |service| {
        let schema = service.visitor().data(INTROSPECTION, json!({})).await;
        assert_eq!(schema["__schema"]["mutationType"]["name"], "Mutation");
    });
}

#[test]
fn nodes_come_in_the_order_of_their_ids_and_say_what_they_are() {
    demonstration::on_each(async |service| {
        let monitor = service.user(MONITOR);
        let rows = "{ departments(first: 1) { nodes { id } } organizations(first: 1) { nodes { id } } legalActs(first: 1) { nodes { id } } }";
        let rows = monitor.data(rows, json!({})).await;
        let first = |list: &str| rows[list]["nodes"][0]["id"].clone();
        let ids =
            json!([first("legalActs"), "nothing", first("departments"), first("organizations"), first("legalActs")]);
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Department { code } } }";
        let answer = monitor.ask(query, json!({ "ids": ids })).await;
        let nodes = &answer.body["data"]["nodes"];
        let kinds: Vec<_> = (0..5).map(|place| nodes[place]["__typename"].as_str()).collect();
        let expected = [Some("LegalAct"), None, Some("Department"), Some("Organization"), Some("LegalAct")];
        assert_eq!(kinds, expected, "{}", answer.text);
        assert_eq!(answer.codes(), ["NOT_FOUND"]);
        assert_eq!(answer.body["errors"][0]["path"], json!(["nodes", 1]));
    });
}

#[test]
fn a_repeated_key_gives_the_first_answer_again_and_another_input_is_told() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let organization = leader.data(FUNZA, json!({})).await["organization"]["id"].clone();
        let document = r#"mutation($o: ID!, $subject: String!, $dry: Boolean!) {
            legalActCreate(organization: $o, idempotencyKey: "key-1", dryRun: $dry, input: { kind: CIRCULAR, number: "T-3", issuer: "SE",
            date: "2026-01-15", subject: $subject }) { legalAct { id subject } errors { code } } }"#;
        let ask = async |subject: &str, dry: bool| {
            let variables = json!({ "o": organization, "subject": subject, "dry": dry });
            leader.data(document, variables).await["legalActCreate"].clone()
        };
        // A dry run keeps nothing and uses no key up.
        assert_eq!(ask("Tried", true).await["errors"], json!([]));
        let first = ask("Done", false).await;
        assert_eq!(first["errors"], json!([]));
        assert_eq!(ask("Done", false).await, first);
        assert_eq!(ask("Other", false).await["errors"][0]["code"], "IDEMPOTENCY_CONFLICT");
        let count = r#"{ legalActs(first: 1, where: { number: { eq: "T-3" } }) { totalCount } }"#;
        assert_eq!(leader.data(count, json!({})).await["legalActs"]["totalCount"], 1);
    });
}

#[test]
fn of_two_different_acts_under_one_key_none_is_silently_dropped() {
    demonstration::on_each(async |service| {
        let query = "mutation { ...F act: legalActDelete(id: \"b\", expectedVersion: 1) { errors { code } } } fragment F on Mutation { act: legalActDelete(id: \"a\", expectedVersion: 1) { errors { code } } }";
        let answer = service.user(LEADER).ask(query, json!({})).await;
        assert_eq!(answer.codes(), ["DOCUMENT_INVALID"], "{}", answer.text);
    });
}
