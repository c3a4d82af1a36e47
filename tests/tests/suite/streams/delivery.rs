//! What is told of a change, when, and from where on.

use articula_tests::{
    demonstration::{self, LEADER},
    streams::{Said, Socket},
};
use serde_json::json;

use super::{act, on_each_with, organization};

#[test]
fn a_change_is_told_as_it_was_and_with_what_the_object_is_now() {
    demonstration::on_each(async |service| {
        let position = service.position(LEADER).await;
        let organization = organization(service, LEADER).await;
        let mut events = service.follow(LEADER, json!({ "after": position })).await;
        let id = act(service, LEADER, &organization, "S-1").await;
        service.relay().await;
        let told = events.change().await;
        let expected = json!({
            "kind": "LEGAL_ACT", "id": id, "version": 1, "position": told["position"], "organization": organization,
            "act": "legalActCreate", "recordedAt": service.clock_text(),
        });
        assert_eq!(told, expected);
        let update = format!("legalActUpdate(id: \"{id}\", expectedVersion: 1, input: {{ subject: \"Otro\" }})");
        service.user(LEADER).act(&update, "legalAct", "version", ("", json!({}))).await;
        let gone = format!("legalActDelete(id: \"{id}\", expectedVersion: 2)");
        let deleted =
            service.user(LEADER).ask(&format!("mutation {{ {gone} {{ errors {{ code }} }} }}"), json!({})).await;
        assert_eq!(deleted.body["data"]["legalActDelete"]["errors"], json!([]), "{}", deleted.text);
        service.relay().await;
        for act in ["legalActUpdate", "legalActDelete"] {
            let told = events.change().await;
            assert_eq!((&told["id"], &told["act"]), (&json!(id), &json!(act)));
            assert!(told["version"].is_null(), "it is gone by now: {told}");
        }
    });
}

#[test]
fn a_dry_run_and_a_refused_act_are_no_news() {
    demonstration::on_each(async |service| {
        let position = service.position(LEADER).await;
        let organization = organization(service, LEADER).await;
        let leader = service.user(LEADER);
        for more in ["dryRun: true, ", "idempotencyKey: \"\", "] {
            let query = format!(
                "mutation {{ legalActCreate(organization: {organization}, {more}input: {{ kind: CIRCULAR, number: \"S-2\", \
                 issuer: \"SE\", date: \"2026-01-15\", subject: \"x\" }}) {{ errors {{ code }} }} }}"
            );
            leader.ask(&query, json!({})).await;
        }
        assert_eq!(service.position(LEADER).await, position);
    });
}

#[test]
fn only_the_kinds_that_are_asked_for_are_told() {
    demonstration::on_each(async |service| {
        let position = service.position(LEADER).await;
        let organization = organization(service, LEADER).await;
        act(service, LEADER, &organization, "S-3").await;
        let call = format!("externalPartyCreate(organization: {organization}, input: {{ name: \"Veeduría nueva\" }})");
        let query = format!("mutation {{ act: {call} {{ externalParty {{ id }} errors {{ code message path }} }} }}");
        let made = service.user(LEADER).data(&query, json!({})).await["act"].clone();
        assert_eq!(made["errors"], json!([]));
        service.relay().await;
        let mut events = service.follow(LEADER, json!({ "after": position, "kinds": ["EXTERNAL_PARTY"] })).await;
        assert_eq!(events.change().await["id"], made["externalParty"]["id"]);
    });
}

#[test]
fn a_socket_tells_the_same_and_runs_queries_and_mutations_beside() {
    demonstration::on_each(async |service| {
        let organization = organization(service, LEADER).await;
        let position = service.position(LEADER).await;
        let mut socket = Socket::of(service, LEADER).await;
        let follow = "subscription N($after: String) { nueva: changes(after: $after) { ...F __typename } } \
                      fragment F on Change { que: kind act @include(if: true) id @skip(if: true) }";
        socket.ask("s", follow, json!({ "after": position })).await;
        let mutation = format!(
            "mutation {{ legalActCreate(organization: {organization}, input: {{ kind: CIRCULAR, number: \"S-4\", \
             issuer: \"SE\", date: \"2026-01-15\", subject: \"x\" }}) {{ errors {{ code }} }} }}"
        );
        socket.ask("m", &mutation, json!({})).await;
        let next = |id: &str, payload: serde_json::Value| {
            Said::Message(json!({ "id": id, "type": "next", "payload": payload }))
        };
        let done = |id: &str| Said::Message(json!({ "id": id, "type": "complete" }));
        assert_eq!(socket.hear().await, next("m", json!({ "data": { "legalActCreate": { "errors": [] } } })));
        assert_eq!(socket.hear().await, done("m"));
        service.relay().await;
        let told = json!({ "nueva": { "que": "LEGAL_ACT", "act": "legalActCreate", "__typename": "Change" } });
        assert_eq!(socket.hear().await, next("s", json!({ "data": told })));
        socket.ask("q", "{ __typename }", json!({})).await;
        assert_eq!(socket.hear().await, next("q", json!({ "data": { "__typename": "Query" } })));
        assert_eq!(socket.hear().await, done("q"));
        socket.say(json!({ "id": "s", "type": "complete" })).await;
        socket.say(json!({ "type": "ping", "payload": { "a": [1] } })).await;
        assert_eq!(socket.hear().await, Said::Message(json!({ "type": "pong", "payload": { "a": [1] } })));
        assert_eq!(service.app.store().followers(), 0, "what was completed is not followed any more");
    });
}

#[test]
fn whoever_is_too_far_behind_is_told_where_to_go_on() {
    on_each_with(&[("HTTP_CHANGES_BEHIND", "10")], async |service| {
        let organization = organization(service, LEADER).await;
        let position = service.position(LEADER).await;
        for number in 0..11 {
            act(service, LEADER, &organization, &format!("S-{number}")).await;
        }
        service.relay().await;
        let mut late = service.follow(LEADER, json!({ "after": position })).await;
        let (codes, told) = late.end().await;
        assert_eq!(codes, ["RESYNC"]);
        assert_eq!(told["position"], service.position(LEADER).await, "{told}");
        let mut again = service.follow(LEADER, json!({ "after": told["position"] })).await;
        let id = act(service, LEADER, &organization, "S-last").await;
        service.relay().await;
        assert_eq!(again.change().await["id"], json!(id));
        let mut socket = Socket::of(service, LEADER).await;
        socket
            .ask("1", "subscription($after: String) { changes(after: $after) { id } }", json!({ "after": position }))
            .await;
        assert_eq!(socket.errors("1").await[0]["extensions"]["code"], "RESYNC");
        // What is no longer kept, and what never was.
        service.fresh.run("DELETE FROM outbox WHERE position <= (SELECT max(position) - 5 FROM outbox)").await;
        let kept = told["position"].clone();
        service.fresh.run("DELETE FROM outbox").await;
        let mut expired = service.follow(LEADER, json!({ "after": kept })).await;
        assert_eq!(expired.end().await.0, ["RESYNC"]);
    });
}
