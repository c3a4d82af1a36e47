//! What is taken away is gone: at once where it was taken, and soon on every other replica.

use std::sync::Arc;

use articula::{
    access::{
        DEVELOPMENT_ISSUER,
        actor::{Actor, Via},
    },
    exchange::demo::ANCHOR,
    execution::GraphRequest,
    graph::error::Locale,
    reader::sql::Dialect,
    store::TurnedClock,
};
use articula_tests::{
    database::{self, Fresh},
    demonstration::{self, LEADER},
    service::Service,
};
use chrono::TimeDelta;
use serde_json::{Map, Value, json};
use sqlx::{Connection as _, PgConnection};

const VIA: Via<'_> = Via { request_id: "r", client: None };
const ACCOUNT: &str = "(SELECT id FROM account WHERE subject = 'lider.calidad@funza')";
const QUESTION: &str = "{ viewer { name grants { role } } legalActs(first: 1) { totalCount } }";

/// Two replicas over one database, by one clock.
struct Replicas {
    one: Service,
    other: Service,
    fresh: Fresh,
}

fn on_each(test: impl AsyncFn(&Replicas) + Send + Clone + 'static) {
    database::on_each(move |fresh| {
        let test = test.clone();
        async move {
            demonstration::fill(&fresh).await;
            let clock = Arc::new(TurnedClock::on(ANCHOR));
            let one = Service::start_by(&fresh, clock.clone(), fresh.settings(), &[]).await;
            let other = Service::start_by(&fresh, clock, fresh.settings(), &[]).await;
            let replicas = Replicas { one, other, fresh };
            test(&replicas).await;
            replicas.one.stop().await;
            replicas.other.stop().await;
        }
    });
}

impl Replicas {
    async fn asked(&self) -> [String; 2] {
        let (one, other) = (self.one.user(LEADER), self.other.user(LEADER));
        [one.ask(QUESTION, json!({})).await.anonymous(), other.ask(QUESTION, json!({})).await.anonymous()]
    }
}

#[test]
fn what_is_taken_away_by_any_hand_is_gone_everywhere_within_half_a_second() {
    on_each(async |replicas| {
        let mut before = replicas.asked().await;
        assert_eq!(before[0], before[1]);
        assert!(before[0].contains("QUALITY_LEADER"), "{}", before[0]);
        for (name, change) in [
            (
                "a grant that ends",
                format!("UPDATE access_grant SET valid_to = valid_from WHERE account_id = {ACCOUNT}"),
            ),
            ("a suspended account", format!("UPDATE account SET suspended = true WHERE subject = '{LEADER}'")),
            ("an account let in again", format!("UPDATE account SET suspended = false WHERE subject = '{LEADER}'")),
            (
                "a grant that lives again",
                format!("UPDATE access_grant SET valid_to = NULL WHERE account_id = {ACCOUNT}"),
            ),
            ("a grant that is no more", format!("DELETE FROM access_grant WHERE account_id = {ACCOUNT}")),
        ] {
            replicas.fresh.run(&change).await;
            replicas.one.clock.advance(TimeDelta::milliseconds(499));
            let soon = replicas.asked().await;
            replicas.one.clock.advance(TimeDelta::milliseconds(1));
            let after = replicas.asked().await;
            assert_ne!(after, before, "{name}");
            assert_eq!(after[0], after[1], "{name}");
            if replicas.fresh.dialect == Dialect::Sqlite {
                assert_eq!(soon, after, "{name}: SQLite is asked each time");
            }
            before = after;
        }
    });
}

#[test]
fn whoever_is_known_costs_no_statement_while_nothing_changes() {
    on_each(async |replicas| {
        let service = &replicas.one;
        let first = service.app.actor(DEVELOPMENT_ISSUER, LEADER, VIA).await.expect("found");
        service.clock.advance(TimeDelta::minutes(1));
        let second = service.app.actor(DEVELOPMENT_ISSUER, LEADER, VIA).await.expect("found");
        assert!(Arc::ptr_eq(&first, &second), "nobody's rights changed");
        replicas.fresh.run("UPDATE account SET name = name WHERE subject = 'monitor.sfi@men'").await;
        service.clock.advance(TimeDelta::milliseconds(500));
        let third = service.app.actor(DEVELOPMENT_ISSUER, LEADER, VIA).await.expect("found");
        assert!(!Arc::ptr_eq(&first, &third), "somebody's did: everybody is looked up again");
    });
}

/// Tables that decide who may do what, as far as there are such.
const DECIDE: [&str; 5] = ["account", "account_person", "member", "access_grant", "api_key"];

#[test]
fn every_table_that_decides_is_watched() {
    database::on_each(|fresh| async move {
        for table in DECIDE {
            let (exists, watched) = match fresh.dialect {
                Dialect::Sqlite => {
                    let mut file = sqlx::SqliteConnection::connect(&fresh.url).await.expect("the file opens");
                    let count = "SELECT count(*) FROM sqlite_master WHERE tbl_name = $1 AND type = $2";
                    let count = |kind: &'static str| sqlx::query_scalar::<_, i64>(count).bind(table).bind(kind);
                    let exists = count("table").fetch_one(&mut file).await.expect("counted");
                    (exists, count("trigger").fetch_one(&mut file).await.expect("counted"))
                }
                Dialect::Postgres => {
                    let mut server = PgConnection::connect(&fresh.url).await.expect("the server answers");
                    let exists = "SELECT count(*) FROM pg_class WHERE relname = $1 AND relkind = 'r'";
                    let exists = sqlx::query_scalar::<_, i64>(exists).bind(table).fetch_one(&mut server).await;
                    let watched = "SELECT count(DISTINCT event_manipulation) FROM information_schema.triggers \
                                   WHERE event_object_table = $1";
                    let watched = sqlx::query_scalar(watched).bind(table).fetch_one(&mut server).await;
                    (exists.expect("counted"), watched.expect("counted"))
                }
            };
            assert_eq!(watched, exists * 3, "{table}: insertions, deletions and updates move the access epoch");
        }
    });
}

/// The mutation of a leader whose request has begun.
async fn act(service: &Service, actor: &Arc<Actor>, number: &str, dry_run: bool) -> Value {
    let act = "mutation($o: ID!, $n: String!, $dry: Boolean!) { legalActCreate(organization: $o, dryRun: $dry, \
               input: { kind: CIRCULAR, number: $n, issuer: \"SE\", date: \"2025-01-01\", subject: \"x\" }) \
               { legalAct { number } errors { code } } }";
    let funza = service.user(demonstration::MONITOR);
    let funza =
        funza.data(r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id } }"#, json!({})).await;
    let variables = json!({ "o": funza["organization"]["id"], "n": number, "dry": dry_run });
    let request = GraphRequest {
        query: act.to_owned(),
        operation_name: None,
        variables: variables.as_object().cloned().unwrap_or_else(Map::new),
        actor: actor.clone(),
        locale: Locale::En,
        request_id: "r".to_owned(),
        read_only: false,
        terms: Default::default(),
        client: None,
    };
    serde_json::from_slice(&service.app.execute(request).await.body).expect("JSON")
}

#[test]
fn an_act_is_judged_by_what_holds_when_it_is_done() {
    on_each(async |replicas| {
        let Replicas { one, other, fresh } = replicas;
        let leader = one.app.actor(DEVELOPMENT_ISSUER, LEADER, VIA).await.expect("found");
        let done = act(one, &leader, "R-1", false).await;
        assert_eq!(done["data"]["legalActCreate"]["legalAct"]["number"], "R-1", "{done}");
        // Somebody else's rights change: the act finds that out, and its own actor still may.
        fresh.run("UPDATE account SET name = name WHERE subject = 'monitor.sfi@men'").await;
        let done = act(other, &leader, "R-2", false).await;
        assert_eq!(done["data"]["legalActCreate"]["legalAct"]["number"], "R-2", "{done}");
        // His own end, after his request was let in.
        fresh.run(&format!("UPDATE access_grant SET valid_to = valid_from WHERE account_id = {ACCOUNT}")).await;
        for (number, dry_run) in [("R-3", true), ("R-3", false)] {
            let refused = act(other, &leader, number, dry_run).await;
            assert!(!refused.to_string().contains("R-3"), "{refused}");
            assert!(["FORBIDDEN", "NOT_FOUND"].contains(&code(&refused)), "{refused}");
        }
        fresh.run(&format!("UPDATE account SET suspended = true WHERE subject = '{LEADER}'")).await;
        let refused = act(one, &leader, "R-4", false).await;
        assert_eq!(code(&refused), "UNAUTHENTICATED", "{refused}");
    });
}

fn code(answer: &Value) -> &str {
    let told = answer["errors"][0]["extensions"]["code"].as_str();
    told.or_else(|| answer["data"]["legalActCreate"]["errors"][0]["code"].as_str()).unwrap_or_default()
}

/// An act waits behind another of its organization; meanwhile the account is suspended elsewhere. (SQLite has one writer: there
/// nothing changes while an act is under way.)
#[test]
fn an_act_that_waited_while_its_actor_was_shut_out_is_refused() {
    on_each(async |Replicas { one, fresh, .. }| {
        if fresh.dialect == Dialect::Sqlite {
            return;
        }
        let leader = one.app.actor(DEVELOPMENT_ISSUER, LEADER, VIA).await.expect("found");
        let mut before = PgConnection::connect(&fresh.url).await.expect("the server answers");
        sqlx::raw_sql("BEGIN; LOCK TABLE chain_head IN EXCLUSIVE MODE").execute(&mut before).await.expect("locked");
        let waiting = act(one, &leader, "R-1", false);
        let meanwhile = async {
            let mut server = PgConnection::connect(&fresh.url).await.expect("the server answers");
            let waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
            loop {
                let count: i64 = sqlx::query_scalar(waits).fetch_one(&mut server).await.expect("counted");
                if count > 0 {
                    break;
                }
                tokio::task::yield_now().await;
            }
            fresh.run(&format!("UPDATE account SET suspended = true WHERE subject = '{LEADER}'")).await;
            sqlx::raw_sql("COMMIT").execute(&mut before).await.expect("released");
        };
        let (answer, ()) = futures_util::join!(waiting, meanwhile);
        assert_eq!(code(&answer), "UNAUTHENTICATED", "{answer}");
        let mut server = PgConnection::connect(&fresh.url).await.expect("the server answers");
        let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM legal_act WHERE number = 'R-1'")
            .fetch_one(&mut server)
            .await
            .expect("counted");
        assert_eq!(kept, 0);
    });
}
