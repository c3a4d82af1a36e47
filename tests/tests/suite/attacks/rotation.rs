//! Keys come, go and fail to come: what is believed meanwhile, and how often their issuer is asked.

use std::sync::Arc;

use articula::{
    exchange::demo::ANCHOR,
    store::{Clock as _, TurnedClock},
};
use articula_tests::{
    database::{self, Fresh},
    demonstration::{self, LEADER},
    issuer::{Publisher, SigningKey},
    service::{Answer, Service},
};
use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;

const ISSUER: &str = "https://identity.example.gov.co";

/// A service that believes what a publisher publishes; Funza's leader signs in there.
struct World {
    service: Service,
    publisher: Publisher,
}

impl World {
    async fn start(fresh: &Fresh, keys: &[&SigningKey]) -> Self {
        demonstration::fill(fresh).await;
        fresh.run(&format!("UPDATE account SET issuer = '{ISSUER}' WHERE subject = '{LEADER}'")).await;
        let publisher = Publisher::start(keys).await;
        let settings = [("TOKENS_ISSUER", ISSUER), ("TOKENS_JWKS_URL", publisher.url.as_str())];
        let service = Service::start_by(fresh, Arc::new(TurnedClock::on(ANCHOR)), fresh.settings(), &settings).await;
        Self { service, publisher }
    }

    fn token(&self, key: &SigningKey) -> String {
        self.named(key, key.id)
    }

    /// A token that names any key, good for a day.
    fn named(&self, key: &SigningKey, id: &str) -> String {
        let now = self.service.clock.now().timestamp();
        let mut header = key.header();
        header["kid"] = id.into();
        key.sign(header, json!({ "iss": ISSUER, "sub": LEADER, "aud": "articula", "iat": now, "exp": now + 86_400 }))
    }

    async fn show(&self, token: &str) -> Answer {
        self.service.bearer(token.to_owned()).ask("{ viewer { name } }", json!({})).await
    }

    async fn status(&self, token: &str) -> u16 {
        self.show(token).await.status
    }

    fn pass(&self, span: TimeDelta) {
        self.service.clock.advance(span);
    }

    async fn stop(self) {
        self.publisher.stop().await;
        self.service.stop().await;
    }
}

fn on_each(keys: fn() -> Vec<SigningKey>, test: impl AsyncFn(&World, &[SigningKey]) + Send + Clone + 'static) {
    // What is tested stands before the database: one is enough.
    database::on_all(move |all| async move {
        let keys = keys();
        let world = World::start(&all[0], &[&keys[0]]).await;
        test(&world, &keys).await;
        world.stop().await;
    });
}

fn two() -> Vec<SigningKey> {
    vec![SigningKey::ed("2026-a"), SigningKey::ec("2026-b")]
}

#[test]
fn every_kind_of_key_is_believed() {
    let keys = || vec![SigningKey::ed("a"), SigningKey::ec("b"), SigningKey::rsa("c")];
    on_each(keys, async |world, keys| {
        world.publisher.publish(&keys.iter().collect::<Vec<_>>());
        for key in keys {
            assert_eq!(world.status(&world.token(key)).await, 200, "{}", key.id);
        }
        assert_eq!(world.publisher.asked(), 1, "fetched when it was needed, once");
    });
}

#[test]
fn a_new_key_is_believed_at_its_first_token_and_an_old_one_as_long_as_it_is_published() {
    on_each(two, async |world, keys| {
        let [old, new] = keys else { panic!("two keys") };
        let token = world.token(old);
        assert_eq!(world.status(&token).await, 200);
        world.pass(TimeDelta::minutes(1));
        world.publisher.publish(&[old, new]);
        assert_eq!(world.status(&world.token(new)).await, 200, "its first token makes the service look");
        assert_eq!(world.publisher.asked(), 2);
        assert_eq!(world.status(&token).await, 200, "both are in the set");
        // The issuer takes the old one back; the service renews its set when its time is over.
        world.publisher.publish(&[new]);
        world.pass(TimeDelta::minutes(10));
        assert_eq!(world.status(&token).await, 401, "a token that was believed before goes with its key");
        assert_eq!(world.status(&world.token(new)).await, 200);
        assert_eq!(world.publisher.asked(), 3);
    });
}

#[test]
fn invented_ids_do_not_make_the_service_a_hammer() {
    on_each(two, async |world, keys| {
        assert_eq!(world.status(&world.token(&keys[0])).await, 200);
        world.pass(TimeDelta::seconds(29));
        let forged: Vec<_> = (0..20).map(|number| world.named(&keys[1], &format!("invented-{number}"))).collect();
        for answer in join_all(forged.iter().map(|token| world.show(token))).await {
            assert_eq!((answer.status, answer.codes()), (401, vec!["UNAUTHENTICATED".to_owned()]));
        }
        assert_eq!(world.publisher.asked(), 1, "it was asked just now");
        world.pass(TimeDelta::seconds(61));
        join_all(forged.iter().map(|token| world.show(token))).await;
        assert_eq!(world.publisher.asked(), 2, "all of them together are worth one question");
        assert_eq!(world.status(&world.token(&keys[0])).await, 200);
    });
}

#[test]
fn an_issuer_that_is_down_is_believed_by_what_it_published_for_a_while() {
    on_each(two, async |world, keys| {
        let token = world.token(&keys[0]);
        assert_eq!(world.status(&token).await, 200);
        world.publisher.answer(503, "maintenance");
        for hours in 1..6 {
            world.pass(TimeDelta::hours(1));
            assert_eq!(world.status(&token).await, 200, "{hours} hours");
            assert_eq!(world.status(&world.token(&keys[0])).await, 200, "{hours} hours, a new token");
        }
        world.pass(TimeDelta::hours(1));
        let answer = world.show(&token).await;
        assert_eq!((answer.status, answer.codes()), (503, vec!["UNAVAILABLE".to_owned()]), "too old to be believed");
        world.publisher.publish(&[&keys[0]]);
        world.pass(TimeDelta::seconds(5));
        assert_eq!(world.status(&token).await, 200, "it is back");
    });
}

#[test]
fn sets_that_cannot_be_used_change_nothing() {
    on_each(two, async |world, keys| {
        let token = world.token(&keys[0]);
        assert_eq!(world.status(&token).await, 200);
        let own = keys[0].public();
        let answers = [
            ("no JSON", 200, "<html>".to_owned()),
            ("no set", 200, "[]".to_owned()),
            ("no key", 200, r#"{"keys":[]}"#.to_owned()),
            ("too many keys", 200, json!({ "keys": vec![own.clone(); 65] }).to_string()),
            ("too large", 200, format!("{{\"keys\":[{own}],\"padding\":\"{}\"}}", "x".repeat(300_000))),
            ("somewhere else", 302, String::new()),
            ("gone", 404, json!({ "keys": [own] }).to_string()),
        ];
        for ((name, status, body), asked) in answers.into_iter().zip(world.publisher.asked()..) {
            world.publisher.header(actix_web::http::header::LOCATION, "/elsewhere");
            world.publisher.answer(status, body);
            world.pass(TimeDelta::minutes(11));
            assert_eq!(world.status(&token).await, 200, "{name}");
            // Once it failed, nobody waits: the question runs beside the answer.
            for _ in 0..1_000 {
                if world.publisher.asked() > asked {
                    break;
                }
                tokio::task::yield_now().await;
                world.status(&token).await;
            }
            assert_eq!(world.publisher.asked(), asked + 1, "{name}");
        }
    });
}

#[test]
fn keys_that_must_not_be_believed_are_left_out_of_a_set() {
    on_each(two, async |world, keys| {
        let secret = SigningKey::secret("shared", b"0123456789abcdef0123456789abcdef");
        let but = |name: &str, value: serde_json::Value| {
            let mut key = keys[1].public();
            key[name] = value;
            key
        };
        let oct = json!({ "kty": "oct", "kid": "shared", "alg": "HS256", "k": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY" });
        for unfit in [
            oct,
            but("alg", json!("ES384")),
            but("alg", json!("EdDSA")),
            but("use", json!("enc")),
            but("key_ops", json!(["sign"])),
            but("d", json!("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI")),
            but("crv", json!("P-384")),
            but("kty", json!("RSA")),
            but("x", json!("AAAA")),
            but("y", json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
            but("kid", json!("")),
            but("kid", json!(7)),
            json!({ "kty": "RSA", "kid": "2026-b", "n": "AQAB", "e": "AQAB" }),
            json!("2026-b"),
        ] {
            world.publisher.answer(200, json!({ "keys": [unfit, keys[0].public()] }).to_string());
            world.pass(TimeDelta::minutes(11));
            let mut header = secret.header();
            header["alg"] = "HS256".into();
            for token in [world.token(&keys[1]), world.token(&secret)] {
                assert_eq!(world.status(&token).await, 401, "{unfit}");
            }
            assert_eq!(world.status(&world.token(&keys[0])).await, 200, "{unfit}");
        }
    });
}
