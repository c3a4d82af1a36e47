//! The history is no way around: neither to what a viewer does not read, nor to what was erased.

use articula::reader::sql::Dialect;
use articula_tests::{
    database::Fresh,
    demonstration::{self, LEADER, MANAGEMENT, MEMBER, MONITOR, OTHER_LEADER},
    service::Service,
};
use entity::{Kind, OpaqueId};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _};
use uuid::Uuid;

const FUNZA: &str = r#"by: { territorialEntity: { divipola: "25286" } }"#;
const VALUES: [&str; 6] = [
    "Zoraida Quintanilla",
    "zoraida quintanilla",
    "ZQX998877",
    "zoraida.q@example.org",
    "+57 3219870011",
    "3219870011",
];

const CREATE: &str =
    r#"personCreate(organization: $org, idempotencyKey: "zq", input: { name: "Zoraida Quintanilla" })"#;
const IDENTIFY: &str = r#"personIdentify(id: $id, expectedVersion: 1, idempotencyKey: "zi", input: { documentKind: CITIZENSHIP_CARD,
    documentNumber: "ZQX998877", email: "zoraida.q@example.org", phone: "+57 3219870011" })"#;

/// A person whose values stand nowhere else; its version is 2.
async fn zoraida(service: &Service) -> (Value, Value) {
    let management = service.user(MANAGEMENT);
    let funza = management.data(&format!("{{ organization({FUNZA}) {{ id }} }}"), json!({})).await;
    let organization = funza["organization"]["id"].clone();
    let person = service.user(LEADER).act(CREATE, "person", "id", ("$org: ID!", json!({ "org": organization }))).await;
    management.act(IDENTIFY, "person", "id", ("$id: ID!", json!({ "id": person["id"] }))).await;
    (person["id"].clone(), organization)
}

#[test]
fn who_does_not_read_a_heading_reads_nothing_of_it_in_the_history() {
    demonstration::on_each(async |service| {
        // Somebody's grant is told in Funza's history; the Ministry reads no members of others.
        let organization = "(SELECT id FROM organization WHERE name = 'Secretaría de Educación de Funza')";
        service.fresh.run(&format!(
            "UPDATE history_entry SET object_kind = 41, object_id = (SELECT id FROM access_grant WHERE organization_id = {organization} LIMIT 1) \
             WHERE organization_id = {organization}"
        )).await;
        let query = format!(
            "{{ organization({FUNZA}) {{ history(first: 10) {{ totalCount nodes {{ kind }} }} }} \
             historyEntryGroups(by: [KIND]) {{ nodes {{ key {{ value }} }} }} }}"
        );
        let seen = service.user(MONITOR).ask(&query, json!({})).await;
        assert_eq!(seen.body["data"]["organization"]["history"]["totalCount"], 0, "{}", seen.text);
        assert!(seen.text.contains("ORGANIZATION") && !seen.text.contains("ACCESS_GRANT"), "{}", seen.text);
        let seen = service.user(MANAGEMENT).data(&query, json!({})).await;
        assert_eq!(seen["organization"]["history"]["nodes"], json!([{ "kind": "ACCESS_GRANT" }]));
        for query in ["{ historyEntries(first: 1) { totalCount } }", "{ personalDataReads(first: 1) { totalCount } }"] {
            assert_eq!(service.user(MEMBER).ask(query, json!({})).await.codes(), ["FORBIDDEN"]);
        }
    });
}

#[test]
fn another_organizations_history_is_none() {
    demonstration::on_each(async |service| {
        let (person, organization) = zoraida(service).await;
        let nothing = json!(OpaqueId { number: Kind::Organization as u8, uuid: Uuid::now_v7() }.to_string());
        let verify = "query($id: ID!) { verifyHistory(organization: $id) { intact count } }";
        let stranger = service.user(OTHER_LEADER);
        let (theirs, never) = (
            stranger.ask(verify, json!({ "id": organization })).await,
            stranger.ask(verify, json!({ "id": nothing })).await,
        );
        assert_eq!(theirs.anonymous(), never.anonymous());
        assert_eq!(theirs.codes(), ["NOT_FOUND"]);
        assert_eq!(service.user(MEMBER).ask(verify, json!({ "id": organization })).await.codes(), ["FORBIDDEN"]);
        assert_eq!(
            service.user(MONITOR).data(verify, json!({ "id": organization })).await["verifyHistory"]["intact"],
            true
        );
        let query = "query($id: ID!) { node(id: $id) { ... on Person { history(first: 1) { totalCount } } } }";
        assert_eq!(stranger.ask(query, json!({ "id": person })).await.codes(), ["NOT_FOUND"]);
        let mine = "{ historyEntries(first: 1, where: { kind: { eq: PERSON } }) { totalCount } }";
        assert_eq!(stranger.data(mine, json!({})).await["historyEntries"]["totalCount"], 0);
    });
}

#[test]
fn a_receipt_of_another_organization_proves_nothing_and_tells_nothing() {
    demonstration::on_each(async |service| {
        let (leader, stranger) = (service.user(LEADER), service.user(OTHER_LEADER));
        let own =
            leader.data(&format!("{{ organization({FUNZA}) {{ id }} }}"), json!({})).await["organization"].clone();
        let by = r#"by: { territorialEntity: { divipola: "05001" } }"#;
        let theirs =
            stranger.data(&format!("{{ organization({by}) {{ id }} }}"), json!({})).await["organization"].clone();
        let made = "mutation($org: ID!) { act: personCreate(organization: $org, input: { name: \"Ana\" }) { receipt { signature } } }";
        let receipt = stranger.data(made, json!({ "org": theirs["id"] })).await["act"]["receipt"]["signature"].clone();
        let verify = "query($org: ID!, $receipt: String) { verifyHistory(organization: $org, receipt: $receipt) { intact count receiptHolds } }";
        let ask = async |organization: &Value, receipt: &Value| {
            leader.ask(verify, json!({ "org": organization, "receipt": receipt })).await
        };
        let answer = ask(&own["id"], &receipt).await;
        assert_eq!(answer.codes(), ["INVALID_ARGUMENT"], "{}", answer.text);
        let error = &answer.body["errors"][0];
        assert!(error["extensions"].to_string().contains("receipt"), "{}", answer.text);
        // As one that never was.
        assert_eq!(answer.anonymous(), ask(&own["id"], &json!("nada")).await.anonymous());
        // What is not seen is missing, whatever comes with it.
        let never = json!(OpaqueId { number: Kind::Organization as u8, uuid: Uuid::now_v7() }.to_string());
        let (foreign, missing) = (ask(&theirs["id"], &receipt).await, ask(&never, &receipt).await);
        assert_eq!((foreign.codes(), foreign.anonymous()), (vec!["NOT_FOUND".to_owned()], missing.anonymous()));
        let stranger = stranger.data(verify, json!({ "org": theirs["id"], "receipt": receipt })).await;
        assert_eq!(stranger["verifyHistory"]["receiptHolds"], true, "it is good where it belongs");
    });
}

#[test]
fn personal_values_are_masked_in_the_history_and_cannot_be_guessed_by_it() {
    demonstration::on_each(async |service| {
        let (person, _) = zoraida(service).await;
        let query = "query($id: ID!) { person(id: $id) { version history(first: 5) { nodes { changes { field before after withheld } } } } }";
        let told = async |subject: &str| service.user(subject).ask(query, json!({ "id": person })).await;
        let shown = told(MANAGEMENT).await.text;
        assert!(shown.contains("ZQX998877") && shown.contains("Zoraida"), "{shown}");
        for subject in [LEADER, MONITOR] {
            let masked = told(subject).await.text;
            assert!(masked.contains("Zoraida") && masked.contains(r#""withheld":"PERSONAL_DATA""#), "{masked}");
            assert!(
                !masked.contains("ZQX998877") && !masked.contains("example.org") && !masked.contains("+57"),
                "{masked}"
            );
        }
        // What was written is told, not which of it was there before.
        let mut traces = Vec::new();
        for (version, email, phone) in
            [(2, "zoraida.q@example.org", "6011234567"), (3, "otra@example.org", "6017654321")]
        {
            let identify =
                "personIdentify(id: $id, expectedVersion: $version, input: { email: $email, phone: $phone })";
            let variables = json!({ "id": person, "version": version, "email": email, "phone": phone });
            let declared = "$id: ID!, $version: Int!, $email: String, $phone: String";
            service.user(MANAGEMENT).act(identify, "person", "version", (declared, variables)).await;
            traces.push(told(LEADER).await.body["data"]["person"]["history"]["nodes"][0].clone());
        }
        assert_eq!(traces[0], traces[1]);
        // Who was shown them in the history is recorded as for the fields themselves.
        service.app.store().flush_reads().await.expect("recorded");
        let reads = "query($id: ID!) { person(id: $id) { personalDataReads(first: 5) { nodes { fields } } } }";
        let reads = service.user(LEADER).data(reads, json!({ "id": person })).await;
        assert_eq!(
            reads["person"]["personalDataReads"]["nodes"],
            json!([{ "fields": ["documentKind", "documentNumber", "email", "phone"] }])
        );
    });
}

/// Everything that the database holds, as text.
async fn dump(fresh: &Fresh) -> String {
    match fresh.dialect {
        Dialect::Sqlite => {
            let file = fresh.url.trim_start_matches("sqlite:").split('?').next().expect("a path").to_owned();
            let endings = ["", "-wal", "-shm"].map(|ending| format!("{}{ending}", file.trim_start_matches("//")));
            endings
                .iter()
                .filter_map(|path| std::fs::read(path).ok())
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .collect()
        }
        Dialect::Postgres => {
            let mut connection = sqlx::PgConnection::connect(&fresh.url).await.expect("the server answers");
            let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
            let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut connection).await.expect("tables");
            assert!(tables.len() > 20, "{tables:?}");
            let mut all = String::new();
            for table in tables {
                let rows = AssertSqlSafe(format!("SELECT row_to_json(t)::text FROM \"{table}\" t"));
                let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut connection).await.expect("rows");
                all.extend(rows);
            }
            all
        }
    }
}

#[test]
fn nothing_stays_of_a_person_who_was_erased() {
    demonstration::on_each(async |service| {
        let (person, organization) = zoraida(service).await;
        let management = service.user(MANAGEMENT);
        let shown =
            "query($id: ID!) { person(id: $id) { name email history(first: 5) { nodes { changes { after } } } } }";
        management.data(shown, json!({ "id": person })).await;
        let there = dump(&service.fresh).await;
        assert!(there.contains(VALUES[0]) && there.contains(VALUES[2]), "the dump finds what is there");

        let erase = "personErase(id: $id, expectedVersion: 2, reason: \"Solicitud del titular\")";
        let erased =
            management.act(erase, "person", "version name email erasedOn", ("$id: ID!", json!({ "id": person }))).await;
        assert_eq!((&erased["name"], &erased["email"]), (&json!("(Persona suprimida)"), &Value::Null));
        assert!(erased["erasedOn"].is_string());
        service.app.store().flush_reads().await.expect("recorded");
        let left = dump(&service.fresh).await;
        for value in VALUES {
            assert!(!left.contains(value), "{value} is still there");
        }
        let told = management.data(
            "query($id: ID!) { person(id: $id) { history(first: 5) { nodes { act reason changes { field before after withheld } } } } }",
            json!({ "id": person }),
        );
        let told = told.await["person"]["history"]["nodes"].clone();
        assert_eq!((&told[0]["act"], &told[0]["reason"]), (&json!("personErase"), &json!("Solicitud del titular")));
        for (place, act) in [(1, "personIdentify"), (2, "personCreate")] {
            let changes = told[place]["changes"].as_array().expect("a list");
            let gone = changes.iter().all(|change| change["withheld"] == "PERSON_ERASED");
            assert!(told[place]["act"] == act && !changes.is_empty() && gone, "{told}");
        }
        let verify = "query($id: ID!) { verifyHistory(organization: $id) { intact } }";
        assert_eq!(management.data(verify, json!({ "id": organization })).await["verifyHistory"]["intact"], true);
        // What is gone does not come back, neither by an act nor by the one that was done before.
        let leader = service.user(LEADER);
        let update = "personUpdate(id: $id, expectedVersion: 3, input: { name: \"Otra\" })";
        let refused = leader.refused(update, "person", ("$id: ID!", json!({ "id": person }))).await;
        assert_eq!(refused, [("PERSON_ERASED".to_owned(), "id".to_owned())]);
        let identify = "personIdentify(id: $id, expectedVersion: 3, input: { email: \"zoraida.q@example.org\" })";
        let refused = management.refused(identify, "person", ("$id: ID!", json!({ "id": person }))).await;
        assert_eq!(refused, [("PERSON_ERASED".to_owned(), "id".to_owned())]);
        let refused = management.refused(IDENTIFY, "person", ("$id: ID!", json!({ "id": person }))).await;
        assert_eq!(refused[0].0, "IDEMPOTENCY_CONFLICT");
        let refused = leader.refused(CREATE, "person", ("$org: ID!", json!({ "org": organization }))).await;
        assert_eq!(refused[0].0, "IDEMPOTENCY_CONFLICT");
    });
}

#[test]
fn whoever_serves_is_not_erased_nor_by_whom_has_not_the_duty() {
    demonstration::on_each(async |service| {
        let declared = "$id: ID!, $version: Int!, $reason: String!";
        let erase = "personErase(id: $id, expectedVersion: $version, reason: $reason)";
        let one = async |quantifier: &str| {
            let query = format!(
                "{{ persons(first: 1, where: {{ holdings: {{ {quantifier}: {{ validTo: {{ isNull: true }} }} }} }}) {{ nodes {{ id version }} }} }}"
            );
            service.user(MANAGEMENT).data(&query, json!({})).await["persons"]["nodes"][0].clone()
        };
        let refused = async |found: &Value, reason: &str| {
            let variables = json!({ "id": found["id"], "version": found["version"], "reason": reason });
            service.user(MANAGEMENT).refused(erase, "person", (declared, variables)).await[0].0.clone()
        };
        let (found, gone) = (one("some").await, one("none").await);
        assert_eq!(refused(&found, "Solicitud").await, "PERSON_IN_SERVICE");
        assert_eq!(refused(&gone, "  ").await, "REASON_REQUIRED");
        let variables = |reason: &str| json!({ "id": found["id"], "version": found["version"], "reason": reason });
        let query = format!("mutation({declared}) {{ {erase} {{ errors {{ code }} }} }}");
        assert_eq!(service.user(LEADER).ask(&query, variables("Solicitud")).await.codes(), ["FORBIDDEN"]);
    });
}
