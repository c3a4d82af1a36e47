//! Who is told what: only what he may see, by the grants that hold when it is told.

use articula_tests::{
    demonstration::{LEADER, MONITOR, OTHER_LEADER},
    streams::{Said, Socket},
};
use serde_json::{Value, json};

use super::{act, on_each_with, organization};

const FOLLOW: &str = "subscription($after: String) { changes(after: $after) { id } }";

#[test]
fn another_organizations_changes_are_never_told() {
    on_each_with(&[], async |service| {
        let [ours, theirs] = [organization(service, LEADER).await, organization(service, OTHER_LEADER).await];
        let after = json!({ "after": service.position(LEADER).await });
        let hidden = act(service, OTHER_LEADER, &theirs, "R-1").await;
        let seen = act(service, LEADER, &ours, "R-2").await;
        service.relay().await;
        let mut own = service.follow(LEADER, after.clone()).await;
        let told = own.change().await;
        assert_eq!((&told["id"], &told["organization"]), (&json!(seen), &ours), "{hidden} is not theirs to see");
        let mut all = service.follow(MONITOR, after).await;
        assert_eq!(all.change().await["id"], json!(hidden));
        assert_eq!(all.change().await["id"], json!(seen));
    });
}

#[test]
fn what_is_not_published_is_told_to_who_reads_drafts() {
    on_each_with(&[], async |service| {
        let ours = organization(service, LEADER).await;
        let after = json!({ "after": service.position(LEADER).await });
        let call = format!(
            "processCreate(organization: {ours}, input: {{ code: \"XX9\", level: MACROPROCESS, kind: SUPPORT, name: \"Borrador\" }})"
        );
        let query = format!(
            "mutation {{ act: {call} {{ processVersion {{ id process {{ id }} }} errors {{ code message path }} }} }}"
        );
        let made = service.user(LEADER).ask(&query, json!({})).await;
        let version = made.body["data"]["act"]["processVersion"].clone();
        let drafted = [version["id"].clone(), version["process"]["id"].clone()];
        assert!(drafted.iter().all(Value::is_string), "{}", made.text);
        let marker = act(service, LEADER, &ours, "R-3").await;
        service.relay().await;
        for (subject, expected) in [(LEADER, 2), (MONITOR, 2), ("ejecutor@funza", 0)] {
            let mut events = service.follow(subject, after.clone()).await;
            let mut told = Vec::new();
            while told.last() != Some(&json!(marker)) {
                told.push(events.change().await["id"].clone());
            }
            let drafts = told.iter().filter(|id| drafted.contains(id)).count();
            assert_eq!(drafts, expected, "{subject}: {told:?}");
        }
    });
}

#[test]
fn a_grant_that_ends_ends_the_telling() {
    on_each_with(&[("HTTP_SOCKET_PING_SECONDS", "1")], async |service| {
        let ours = organization(service, LEADER).await;
        let after = json!({ "after": service.position(LEADER).await });
        let mut socket = Socket::of(service, LEADER).await;
        socket.ask("1", FOLLOW, after.clone()).await;
        let mut events = service.follow(LEADER, after.clone()).await;
        let first = act(service, LEADER, &ours, "R-4").await;
        service.relay().await;
        assert_eq!(socket.change("1").await["id"], json!(first));
        assert_eq!(events.change().await["id"], json!(first));
        let second = act(service, LEADER, &ours, "R-5").await;
        let account = "(SELECT id FROM account WHERE subject = 'lider.calidad@funza')";
        service.fresh.run(&format!("UPDATE access_grant SET valid_to = valid_from WHERE account_id = {account}")).await;
        service.clock.advance(chrono::TimeDelta::seconds(1));
        service.relay().await;
        assert_eq!(socket.hear().await, Said::End(4403), "{second} is told to nobody without a grant");
        assert_eq!(events.end().await.0, ["UNAUTHENTICATED"]);
        assert_eq!(service.app.store().followers(), 0);
    });
}

#[test]
fn an_account_that_is_suspended_and_a_token_that_expires_close_the_socket() {
    on_each_with(&[("HTTP_SOCKET_PING_SECONDS", "1")], async |service| {
        let mut idle = Socket::of(service, OTHER_LEADER).await;
        service.fresh.run("UPDATE account SET suspended = true WHERE subject = 'lider.calidad@medellin'").await;
        service.clock.advance(chrono::TimeDelta::seconds(1));
        assert_eq!(idle.hear().await, Said::End(4403), "nothing was asked, and it is noticed");
        let mut socket = Socket::of(service, LEADER).await;
        let mut events = service.follow(LEADER, json!({})).await;
        service.clock.advance(chrono::TimeDelta::hours(2));
        socket.ask("1", "{ viewer { name } }", json!({})).await;
        assert_eq!(socket.hear().await, Said::End(4403), "what was shown is over");
        assert_eq!(events.end().await.0, ["TOKEN_EXPIRED"]);
    });
}
