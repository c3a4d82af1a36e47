//! What somebody reads of himself.

use articula_tests::{demonstration, service::User};
use serde_json::{Value, json};

use super::{ADMIN, OTHER_ADMIN, invitation, invite, member, secretariat};

const OWN: &str = "{ viewer { subject name account { id subject
    memberships(first: 9) { totalCount } grants(first: 9) { totalCount } persons { id } } } }";

async fn own(user: &User<'_>) -> Value {
    user.ask(OWN, json!({})).await.body["data"]["viewer"].clone()
}

#[test]
fn everybody_reads_his_own_account_and_nobody_elses() {
    demonstration::on_each(async |service| {
        let (funza, medellin) = (secretariat(service, "25286").await, secretariat(service, "05001").await);
        for (by, at) in [(ADMIN, &funza), (OTHER_ADMIN, &medellin)] {
            invite(&service.user(by), at, "varias@partes", "role: EXECUTOR").await;
        }
        invite(&service.user(ADMIN), &funza, "nada@funza", "").await;
        let admins = member(service, ADMIN).await["account"]["id"].clone();
        for subject in ["ejecutor@funza", "varias@partes", "nada@funza"] {
            let user = service.user(subject);
            let found = user.ask("{ viewer { account { id issuer subject } } }", json!({})).await;
            assert_eq!(found.codes(), Vec::<String>::new(), "{subject}: {}", found.text);
            let account = &found.body["data"]["viewer"]["account"];
            assert_eq!((&account["issuer"], &account["subject"]), (&json!("articula:development"), &json!(subject)));
            // By id it stays an account among others: who reads no members reads none.
            for id in [&account["id"], &admins] {
                let node = user.ask(&format!("{{ node(id: {id}) {{ id }} }}"), json!({})).await;
                assert!(node.body["data"]["node"].is_null(), "{subject}: {}", node.text);
            }
            // Nor does his own lead him to what members he does not read.
            let grants = user.ask("{ viewer { account { grants(first: 9) { nodes { id } } } } }", json!({})).await;
            assert_eq!(grants.codes(), ["FORBIDDEN"], "{subject}: {}", grants.text);
        }
        let admin = own(&service.user(ADMIN)).await;
        assert_eq!(admin["account"]["memberships"]["totalCount"], 1, "{admin}");
    });
}

#[test]
fn the_viewer_is_called_as_who_invited_it_first_calls_it() {
    demonstration::on_each(async |service| {
        let (funza, medellin) = (secretariat(service, "25286").await, secretariat(service, "05001").await);
        let named = |at: &Value, name: &str| invitation(at, "varias@partes", "").replace("Alguien", name);
        let name = async || {
            service.user("varias@partes").data("{ viewer { name } }", json!({})).await["viewer"]["name"].clone()
        };
        let first = named(&medellin, "Zoila Primera");
        service.user(OTHER_ADMIN).act(&first, "member", "id", super::NONE).await;
        assert_eq!(name().await, "Zoila Primera");
        let later = named(&funza, "Ana Segunda");
        let later = service.user(ADMIN).act(&later, "member", "id version", super::NONE).await;
        assert_eq!(name().await, "Zoila Primera", "neither the later one nor the first of the alphabet");
        let tie = format!(
            "memberTie(id: {}, expectedVersion: 2, person: {})",
            later["id"],
            super::strangers(service).await[0]
        );
        service.user(ADMIN).act(&tie, "member", "id", super::NONE).await;
        assert_eq!(name().await, "Zoila Primera");
    });
}
