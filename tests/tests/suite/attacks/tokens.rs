//! Who is not known asks nothing.

use articula::access::DevelopmentKey;
use articula_tests::demonstration::{self, LEADER};
use chrono::TimeDelta;
use serde_json::json;

use super::lives;

const QUESTION: &str = "{ viewer { name } departments(first: 1) { totalCount } }";

#[test]
fn forged_spoiled_and_expired_tokens_are_401() {
    demonstration::on_each(async |service| {
        let good = service.token(LEADER);
        assert_eq!(service.bearer(good.clone()).ask(QUESTION, json!({})).await.status, 200);
        let now = articula::store::Clock::now(service.clock.as_ref());
        let mut forged = Vec::new();
        let parts: Vec<_> = good.split('.').collect();
        // Another's key, no signature at all, a signature of something else, cut off, not a token.
        let folder = std::env::temp_dir().join(format!("articula-forger-{}", uuid::Uuid::now_v7()));
        let forger = DevelopmentKey::open(&folder).expect("a key");
        let _ = std::fs::remove_dir_all(folder);
        forged.push(forger.sign(LEADER, now, TimeDelta::hours(1)).expect("signed"));
        // {"alg":"none","typ":"JWT"}
        forged.push(format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.", parts[1]));
        forged.push(format!("{}.{}.{}", parts[0], parts[1], parts[2].chars().rev().collect::<String>()));
        let other = service.token("admin.nacional@men");
        let other: Vec<_> = other.split('.').collect();
        forged.push(format!("{}.{}.{}", parts[0], other[1], parts[2]));
        forged.push(format!("{}.{}", parts[0], parts[1]));
        forged.extend(["x".to_owned(), "..".to_owned(), "a".repeat(5_000)]);
        for token in forged {
            let answer = service.bearer(token.clone()).ask(QUESTION, json!({})).await;
            assert_eq!(
                (answer.status, answer.codes().as_slice()),
                (401, &["UNAUTHENTICATED".to_owned()][..]),
                "{token}"
            );
            assert!(answer.body.get("data").is_none_or(serde_json::Value::is_null), "{}", answer.text);
        }
        let late = service.user_since(LEADER, now - TimeDelta::hours(2)).ask(QUESTION, json!({})).await;
        assert_eq!((late.status, late.codes().as_slice()), (401, &["TOKEN_EXPIRED".to_owned()][..]), "{}", late.text);
        let early = service.user_since(LEADER, now + TimeDelta::hours(2)).ask(QUESTION, json!({})).await;
        assert_eq!(
            (early.status, early.codes().as_slice()),
            (401, &["UNAUTHENTICATED".to_owned()][..]),
            "{}",
            early.text
        );
        lives(service, "forged tokens").await;
    });
}

#[test]
fn a_believed_token_of_nobody_and_a_suspended_account_are_no_way_in() {
    demonstration::on_each(async |service| {
        for subject in ["nadie@funza", "", "instalacion@men"] {
            let answer = service.user(subject).ask(QUESTION, json!({})).await;
            let refused = answer.status == 401
                || answer
                    .codes()
                    .iter()
                    .all(|code| ["UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND"].contains(&code.as_str()));
            assert!(refused && !answer.codes().is_empty(), "{subject}: {}", answer.text);
        }
    });
}

#[test]
fn a_visitor_is_told_to_sign_in() {
    demonstration::on_each(async |service| {
        let answer = service.visitor().ask(r#"{ organizations(first: 1) { totalCount } }"#, json!({})).await;
        let count = &answer.body["data"]["organizations"]["totalCount"];
        assert!(answer.codes() == ["UNAUTHENTICATED"] || count == 0, "{}", answer.text);
        let act = r#"mutation { legalActDelete(id: "x", expectedVersion: 1) { errors { code } } }"#;
        let answer = service.visitor().ask(act, json!({})).await;
        assert!(answer.text.contains("UNAUTHENTICATED"), "{}", answer.text);
    });
}
