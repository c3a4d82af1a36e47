//! The history as people read it: who did what, in one act, proven by receipts.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MONITOR},
    service::{Service, User, text},
};
use serde_json::{Value, json};

const FUNZA: &str = r#"by: { territorialEntity: { divipola: "25286" } }"#;

/// Enters a legal act and gives the payload as it is selected.
async fn enact(user: &User<'_>, number: &str, more: &str, selection: &str) -> Value {
    let funza = user.data(&format!("{{ organization({FUNZA}) {{ id }} }}"), json!({})).await;
    let call = format!(
        r#"mutation($org: ID!, $number: String!) {{ act: legalActCreate(organization: $org{more}, input: {{ kind: DECREE, number: $number,
           issuer: "Alcaldía", date: "2025-01-15", subject: "Adopta la estructura", document: {{ title: "Decreto" }} }}) {{ {selection} }} }}"#
    );
    user.data(&call, json!({ "org": funza["organization"]["id"], "number": number })).await["act"].clone()
}

#[test]
fn an_object_tells_who_did_what_to_it() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let made = enact(&leader, "045", "", "legalAct { id version } errors { code }").await["legalAct"].clone();
        let update = "legalActUpdate(id: $id, expectedVersion: 1, input: { number: \"046\", document: null })";
        leader.act(update, "legalAct", "id", ("$id: ID!", json!({ "id": made["id"] }))).await;
        let query = "query($id: ID!) { legalAct(id: $id, asOf: \"2001-01-01\") { history(first: 10) { totalCount nodes {
            act kind operation object actorName client requestId backdated reason changes { field before after withheld } } } } }";
        let found = leader.data(query, json!({ "id": made["id"] })).await;
        let history = &found["legalAct"]["history"];
        assert_eq!(history["totalCount"], 2, "no date hides what was done: {history}");
        let [newest, oldest] = [&history["nodes"][0], &history["nodes"][1]];
        assert_eq!((&newest["act"], &oldest["act"]), (&json!("legalActUpdate"), &json!("legalActCreate")));
        assert_eq!((&newest["kind"], &newest["operation"]), (&json!("LEGAL_ACT"), &json!("UPDATE")));
        assert_eq!(newest["object"], made["id"]);
        let viewer = leader.data("{ viewer { name } }", json!({})).await;
        assert_eq!(newest["actorName"], viewer["viewer"]["name"]);
        assert!(newest["requestId"].is_string() && newest["client"] == "articula-token", "{newest}");
        assert_eq!(
            newest["changes"],
            json!([
                { "field": "document.title", "before": "Decreto", "after": null, "withheld": null },
                { "field": "number", "before": "045", "after": "046", "withheld": null },
            ])
        );
        let created = oldest["changes"].as_array().expect("a list");
        assert!(
            created.contains(&json!({ "field": "kind", "before": null, "after": "DECREE", "withheld": null })),
            "{oldest}"
        );
    });
}

#[test]
fn an_organization_tells_all_of_it_filtered_by_actor_kind_act_and_time() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let name = leader.data("{ viewer { name } }", json!({})).await["viewer"]["name"].clone();
        let count = async |user: &User<'_>, condition: Value| {
            let query = format!(
                "query($where: HistoryEntryWhere) {{ organization({FUNZA}) {{ history(first: 1, where: $where) {{ totalCount }} }} }}"
            );
            user.data(&query, json!({ "where": condition })).await["organization"]["history"]["totalCount"].clone()
        };
        assert_eq!(count(&leader, json!({})).await, 1, "what was loaded");
        service.advance_an_hour();
        let now = service.clock_text();
        enact(&leader, "045", "", "errors { code }").await;
        for (condition, expected) in [
            (json!({ "kind": { "eq": "LEGAL_ACT" } }), 1),
            (json!({ "kind": { "eq": "PERSON" } }), 0),
            (json!({ "act": { "eq": "load" } }), 1),
            (json!({ "actorName": { "eq": name } }), 1),
            (json!({ "recordedAt": { "eq": now } }), 1),
            (json!({ "recordedAt": { "lt": now } }), 0),
            (json!({ "sequence": { "gte": "2" } }), 1),
        ] {
            assert_eq!(count(&leader, condition.clone()).await, expected, "{condition}");
            assert_eq!(count(&service.user(MONITOR), condition.clone()).await, expected, "{condition}");
        }
        let query = "{ historyEntries(first: 5, orderBy: [{ field: SEQUENCE, direction: DESC }]) { nodes { sequence act } } historyEntryGroups(by: [ACT]) { nodes { count } } }";
        let listed = leader.data(query, json!({})).await;
        assert_eq!(listed["historyEntries"]["nodes"][0], json!({ "sequence": "2", "act": "legalActCreate" }));
    });
}

/// S1: a structure with its units and posts is one act.
#[test]
fn one_act_is_one_change_set() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let funza = leader.data(&format!("{{ organization({FUNZA}) {{ id }} }}"), json!({})).await;
        let call = r#"structureVersionCreate(organization: $org, input: { units: [
            { code: "1", name: "Despacho", kind: DESPACHO }] })"#;
        leader.act(call, "structureVersion", "id", ("$org: ID!", json!({ "org": funza["organization"]["id"] }))).await;
        let query = "{ historyEntries(first: 50, where: { act: { eq: \"structureVersionCreate\" } }) { nodes { kind changeSet requestId } } }";
        let told = leader.data(query, json!({})).await["historyEntries"]["nodes"].clone();
        let entries = told.as_array().expect("a list");
        assert!(entries.len() > 1, "{told}");
        assert!(
            entries.iter().all(|entry| entry["changeSet"] == entries[0]["changeSet"] && entry["changeSet"].is_string()),
            "{told}"
        );
        let of_set =
            "query($set: ID!) { historyEntries(first: 50, where: { changeSet: { eq: $set } }) { totalCount } }";
        let found = leader.data(of_set, json!({ "set": entries[0]["changeSet"] })).await;
        assert_eq!(found["historyEntries"]["totalCount"], entries.len());
    });
}

const RECEIPT: &str = "errors { code } receipt { organization sequence hash signature }";

#[test]
fn a_receipt_proves_what_the_chain_says() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let key = r#", idempotencyKey: "una-vez""#;
        let made = enact(&leader, "045", key, RECEIPT).await["receipt"].clone();
        assert_eq!(made["sequence"], "2", "{made}");
        enact(&leader, "046", "", RECEIPT).await;
        assert_eq!(enact(&leader, "045", key, RECEIPT).await["receipt"], made, "a replay gives the same receipt");
        assert_eq!(enact(&leader, "047", ", dryRun: true", RECEIPT).await["receipt"], Value::Null);
        let again = enact(&leader, "046", "", RECEIPT).await;
        assert_eq!((&again["errors"][0]["code"], &again["receipt"]), (&json!("DUPLICATE"), &Value::Null));

        let verify = "query($org: ID!, $receipt: String) { verifyHistory(organization: $org, receipt: $receipt) {
            intact firstAltered count head receiptHolds } }";
        let receipt = json!({ "org": made["organization"], "receipt": made["signature"] });
        let found = leader.data(verify, receipt.clone()).await["verifyHistory"].clone();
        assert_eq!(
            (&found["intact"], &found["count"], &found["receiptHolds"]),
            (&json!(true), &json!("3"), &json!(true))
        );
        let forged = json!({ "org": made["organization"], "receipt": format!("{}x", text(&made["signature"])) });
        assert_eq!(leader.ask(verify, forged).await.codes(), ["INVALID_ARGUMENT"]);

        service.fresh.run("UPDATE history_entry SET reason = 'otro' WHERE sequence = 2").await;
        let found = leader.data(verify, receipt).await["verifyHistory"].clone();
        assert_eq!((&found["intact"], &found["firstAltered"]), (&json!(false), &json!("2")), "{found}");
        assert_eq!(found["receiptHolds"], false);

        let keys = service.request(reqwest::Method::GET, "/.well-known/jwks.json").send().await.expect("an answer");
        let keys: Value = keys.json().await.expect("JSON");
        assert_eq!(keys["keys"][0]["crv"], "Ed25519", "{keys}");
    });
}

#[test]
fn whoever_came_too_late_is_told_by_whom() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let made = enact(&leader, "045", "", "legalAct { id }").await["legalAct"]["id"].clone();
        let update = |number: &str| {
            format!(
                "mutation($id: ID!) {{ act: legalActUpdate(id: $id, expectedVersion: 1, input: {{ number: \"{number}\" }}) {{ errors {{ code params message }} }} }}"
            )
        };
        leader.data(&update("046"), json!({ "id": made })).await;
        let late = leader.data(&update("047"), json!({ "id": made })).await["act"]["errors"][0].clone();
        let name = leader.data("{ viewer { name } }", json!({})).await["viewer"]["name"].clone();
        assert_eq!(late["code"], "VERSION_CONFLICT");
        assert_eq!(late["params"], json!({ "current": 2, "changedBy": name, "changedAt": service.clock_text() }));
        assert!(text(&late["message"]).contains(name.as_str().expect("a name")), "{late}");
    });
}

#[test]
fn reads_of_personal_data_are_recorded() {
    demonstration::on_each(async |service| {
        let (leader, management) = (service.user(LEADER), service.user(MANAGEMENT));
        let query =
            "query($more: Boolean!) { persons(first: 2) { nodes { id name email phone @include(if: $more) } } }";
        leader.ask(query, json!({ "more": true })).await;
        let shown = management.data(query, json!({ "more": true })).await["persons"]["nodes"].clone();
        management.data("{ persons(first: 2) { nodes { name } } }", json!({})).await;
        service.app.store().flush_reads().await.expect("recorded");
        let name = management.data("{ viewer { name } }", json!({})).await["viewer"]["name"].clone();
        let log = "{ personalDataReads(first: 10) { totalCount nodes { person { id } actorName fields requestId } } }";
        let told = leader.data(log, json!({})).await["personalDataReads"].clone();
        assert_eq!(told["totalCount"], 2, "the leader was shown nothing, names are no personal data: {told}");
        for read in told["nodes"].as_array().expect("a list") {
            assert_eq!((&read["actorName"], &read["fields"]), (&name, &json!(["email", "phone"])), "{read}");
            assert!(
                shown.as_array().expect("a list").iter().any(|person| person["id"] == read["person"]["id"]),
                "{read}"
            );
        }
        let of_person = "query($id: ID!) { person(id: $id) { personalDataReads(first: 10) { totalCount } } }";
        let found = leader.data(of_person, json!({ "id": shown[0]["id"] })).await;
        assert_eq!(found["person"]["personalDataReads"]["totalCount"], 1);
    });
}

/// The task that writes them does so unasked, and what waits is written when the service ends.
#[test]
fn reads_are_recorded_when_the_service_ends() {
    articula_tests::database::on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        let service = Service::start(&fresh, articula::exchange::demo::ANCHOR).await;
        service.user(MANAGEMENT).data("{ persons(first: 3) { nodes { email } } }", json!({})).await;
        service.stop().await;
        let service = Service::start(&fresh, articula::exchange::demo::ANCHOR).await;
        let told = service.user(MANAGEMENT).data("{ personalDataReads(first: 1) { totalCount } }", json!({})).await;
        assert_eq!(told["personalDataReads"]["totalCount"], 3);
        service.stop().await;
    });
}
