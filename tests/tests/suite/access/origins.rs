//! Of which request the history tells what nobody did by a mutation: first sign-ins, and commands.

use std::collections::BTreeSet;

use articula::access::command::{Command, Signing};
use articula_tests::{demonstration, service::Service};
use entity::access::Role;
use serde_json::json;

use super::{ADMIN, NATIONAL, invite, secretariat};

/// Request, client and reason of the entries of an act, each once.
async fn origins(service: &Service, act: &str) -> BTreeSet<String> {
    let statement = format!(
        "SELECT request_id || '|' || COALESCE(client, '') || '|' || COALESCE(reason, '') FROM history_entry WHERE act = '{act}'"
    );
    service.fresh.texts(&statement).await.into_iter().collect()
}

fn one(found: BTreeSet<String>) -> String {
    let found: Vec<_> = found.into_iter().collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

#[test]
fn a_first_sign_in_is_told_of_the_request_that_brought_it() {
    demonstration::on_each(async |service| {
        let funza = secretariat(service, "25286").await;
        invite(&service.user(ADMIN), &funza, "nueva@funza", "").await;
        let answer = service.user("nueva@funza").ask("{ viewer { name } }", json!({})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let told = one(origins(service, "signIn").await);
        assert_eq!(told, format!("{}|articula-token|", answer.request_id));
    });
}

#[test]
fn each_run_of_a_command_has_an_id_of_its_own() {
    demonstration::on_each(async |service| {
        let store = service.app.store();
        let ministry = Command::on(store).organization(None).await.expect("the Ministry");
        let account =
            |subject: &str| Signing { issuer: "articula:development".to_owned(), subject: subject.to_owned() };
        let grant = Command::on(store);
        grant.grant(ministry, Role::SfiMonitor, &account("otro@men"), "Otro").await.expect("granted");
        assert_eq!(one(origins(service, "grant").await), format!("{}|articula|", grant.request_id()));

        let key = Command::on(store);
        let valid_to = "2026-12-31".parse().expect("a date");
        let scopes = ["structure:read".to_owned()];
        key.create_key(ministry, "Cargue", &scopes, valid_to, true).await.expect("made");
        assert_ne!(key.request_id(), grant.request_id());
        assert_eq!(one(origins(service, "apiKeyCreate").await), format!("{}|articula|", key.request_id()));
        let grants = origins(service, "grant").await;
        assert_eq!(grants.len(), 2, "the key's role belongs to the run that made it: {grants:?}");
        assert!(grants.contains(&format!("{}|articula|", key.request_id())));

        for (act, suspended) in [("accountSuspend", true), ("accountReinstate", false)] {
            let command = Command::on(store);
            let refused = command.suspend(&account(NATIONAL), suspended, "  ").await.expect_err("without a reason");
            assert!(refused.to_string().contains("REASON_REQUIRED"), "{refused}");
            command.suspend(&account(NATIONAL), suspended, "Robo del equipo").await.expect("done");
            let told = one(origins(service, act).await);
            assert_eq!(told, format!("{}|articula|Robo del equipo", command.request_id()));
        }
    });
}
