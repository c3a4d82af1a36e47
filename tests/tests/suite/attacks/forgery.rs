//! Tokens that somebody made up, spoiled, borrowed or kept too long — and how each is shown.

use std::sync::Arc;

use articula::{
    exchange::demo::ANCHOR,
    store::{Clock as _, TurnedClock},
};
use articula_tests::{
    database,
    demonstration::{self, LEADER},
    issuer::{Publisher, SigningKey, encoded},
    service::{Answer, Service},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

/// Publishes its keys.
const ISSUER: &str = "https://identity.example.gov.co";
/// Has one key in the configuration.
const OTHER: &str = "https://identity.bogota.example.gov.co";
/// Shares a secret.
const SHARING: &str = "https://identity.cali.example.gov.co";
const SECRET: &str = "0123456789abcdef0123456789abcdef";
const RSA_PUBLIC: &[u8] = include_bytes!("../../../../api/src/access/token/test_keys/rsa2048.pub.pem");
const STRANGER_PUBLIC: &str = include_str!("../../../../api/src/access/token/test_keys/stranger.pub.pem");

/// What a forger has: all private keys, which he uses as he should not.
struct Forger {
    ed: SigningKey,
    ec: SigningKey,
    rsa: SigningKey,
    other: SigningKey,
    shared: SigningKey,
    now: i64,
}

impl Forger {
    fn claims(&self) -> Value {
        let now = self.now;
        json!({ "iss": ISSUER, "sub": LEADER, "aud": "articula", "iat": now, "nbf": now, "exp": now + 600 })
    }

    /// Really signed by the issuer's Ed25519 key, with one claim changed; null takes it out.
    fn saying(&self, name: &str, value: Value) -> String {
        self.ed.sign(self.ed.header(), but(self.claims(), name, value))
    }

    /// The same with one member of the header changed.
    fn headed(&self, name: &str, value: Value) -> String {
        self.ed.sign(but(self.ed.header(), name, value), self.claims())
    }

    /// A header of the Ed25519 key over another's signature.
    fn under(&self, key: &SigningKey, name: &str, value: Value) -> String {
        key.sign(but(self.ed.header(), name, value), self.claims())
    }

    fn table(&self) -> Vec<(&'static str, String)> {
        let Self { ed, ec, rsa, other, shared, now } = self;
        let good = ed.sign(ed.header(), self.claims());
        let (message, signature) = good.rsplit_once('.').expect("parts");
        let (head, body) = message.split_once('.').expect("parts");
        let by_public_key = SigningKey::secret("rsa-1", RSA_PUBLIC);
        let confused = json!({ "alg": "HS256", "typ": "at+jwt", "kid": "rsa-1" });
        let elevated = encoded(but(self.claims(), "sub", json!("admin.nacional@men")));
        let twice = self.claims().to_string().replacen('{', &format!("{{\"exp\":{},", now + 9_999_999), 1);
        let issuers = self.claims().to_string().replacen('{', &format!("{{\"iss\":{},", json!(OTHER)), 1);
        // The last character of 64 bytes carries four bits that say nothing; another way to write the same bytes.
        let last = signature.chars().last().expect("a character");
        let spare = char::from(last as u8 + 1);
        let ec_good = ec.sign(ec.header(), self.claims());
        let serialized = json!({
            "payload": body, "signatures": [{ "protected": head, "signature": signature }],
        });
        let flattened = json!({ "payload": body, "protected": head, "signature": signature });
        let of_other = but(self.claims(), "iss", json!(OTHER));
        let of_sharing = but(self.claims(), "iss", json!(SHARING));
        vec![
            // The algorithm.
            ("alg none", format!("{}.{body}.", encoded(json!({ "alg": "none", "typ": "JWT" })))),
            (
                "alg NONE with a signature",
                format!("{}.{body}.{signature}", encoded(json!({ "alg": "NONE", "typ": "JWT" }))),
            ),
            ("no alg", self.headed("alg", Value::Null)),
            ("RS256 as HS256 by the public key", by_public_key.sign(confused, self.claims())),
            ("RS256 as PS256", rsa.sign(but(rsa.header(), "alg", json!("PS256")), self.claims())),
            ("ES256 called EdDSA", self.under(ec, "kid", json!("ed-1"))),
            ("HS256 by a published issuer", shared.sign(shared.header(), self.claims())),
            ("EdDSA by an issuer that shares a secret", ed.sign(ed.header(), of_sharing)),
            // Keys that the token brings along.
            ("jwk", self.under(other, "jwk", other.public())),
            ("jku", self.under(other, "jku", json!("http://127.0.0.1:1/keys"))),
            ("x5u", self.under(other, "x5u", json!("http://127.0.0.1:1/chain.pem"))),
            ("x5c", self.under(other, "x5c", json!(["MIIB"]))),
            ("crit", self.headed("crit", json!(["exp"]))),
            ("b64 false", ed.sign(but(but(ed.header(), "crit", json!(["b64"])), "b64", json!(false)), self.claims())),
            // Whose key.
            ("unknown kid", self.headed("kid", json!("ed-9"))),
            ("kid as a path", self.headed("kid", json!("../../../../dev/null"))),
            ("kid as SQL", self.headed("kid", json!("' UNION SELECT 'key' --"))),
            ("kid as a number", self.headed("kid", json!(1))),
            ("kid of another issuer", self.headed("kid", json!(other.id))),
            ("kid of another key of the issuer", self.under(ed, "kid", json!("ec-1"))),
            ("key of another issuer", self.under(other, "kid", json!("ed-1"))),
            ("key of another issuer under its own id", other.sign(other.header(), self.claims())),
            ("key of this issuer for another", ed.sign(ed.header(), of_other.clone())),
            ("key of this issuer under the other's id", ed.sign(other.header(), of_other)),
            // What it says.
            ("no issuer", self.saying("iss", Value::Null)),
            ("unknown issuer", self.saying("iss", json!("https://evil.example"))),
            ("issuer with a slash", self.saying("iss", json!(format!("{ISSUER}/")))),
            ("several issuers", self.saying("iss", json!([ISSUER]))),
            ("no audience", self.saying("aud", Value::Null)),
            ("another audience", self.saying("aud", json!("otra-aplicacion"))),
            ("part of the audience", self.saying("aud", json!("articul"))),
            ("identity token", self.headed("typ", json!("id+jwt"))),
            ("no type", self.headed("typ", Value::Null)),
            ("security event", self.headed("typ", json!("secevent+jwt"))),
            ("no expiry", self.saying("exp", Value::Null)),
            ("expiry as text", self.saying("exp", json!("9999999999"))),
            ("expiry without end", self.saying("exp", json!(1e300))),
            ("expiry beyond integers", self.saying("exp", json!(u64::MAX))),
            ("expiry negative", self.saying("exp", json!(-1))),
            ("not yet valid", self.saying("nbf", json!(now + 61))),
            ("issued in the future", self.saying("iat", json!(now + 3_600))),
            ("two expiries", ed.sign(ed.header(), twice)),
            ("two issuers", ed.sign(ed.header(), issuers)),
            ("no subject", self.saying("sub", Value::Null)),
            ("empty subject", self.saying("sub", json!(""))),
            ("subject of control characters", self.saying("sub", json!(format!("{LEADER}\u{0}")))),
            ("subject with a line end", self.saying("sub", json!(format!("{LEADER}\n")))),
            ("endless subject", self.saying("sub", json!("a".repeat(256)))),
            ("oversize", self.saying("padding", json!("x".repeat(8 * 1024)))),
            // How it is written.
            ("another's claims", format!("{head}.{elevated}.{signature}")),
            ("no signature", format!("{message}.")),
            ("two parts", message.to_owned()),
            ("truncated signature", format!("{message}.{}", &signature[..signature.len() - 2])),
            ("signature twice", format!("{message}.{signature}{signature}")),
            ("zero signature", format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64]))),
            ("zero signature of P-256", {
                let (message, _) = ec_good.rsplit_once('.').expect("parts");
                format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64]))
            }),
            ("bits to spare in the signature", format!("{message}.{}{spare}", &signature[..signature.len() - 1])),
            ("padded", format!("{message}.{signature}==")),
            ("standard base64", format!("{head}.{}.{signature}", body.replace(['-', '_'], "+") + "+")),
            ("a space inside", format!("{head}. {body}.{signature}")),
            ("a tab inside", format!("{head}\t.{body}.{signature}")),
            ("JSON serialization", serialized.to_string()),
            ("flattened serialization", flattened.to_string()),
            ("encrypted, five parts", format!("{head}.{body}.{signature}.{body}.{signature}")),
            ("a token in a token", self.headed("cty", json!("JWT")).replacen(body, &encoded(&good), 1)),
            ("deeply nested claims", ed.sign(ed.header(), "[".repeat(2_000))),
            ("scheme twice", format!("Bearer {good}")),
        ]
    }
}

fn but(mut value: Value, name: &str, member: Value) -> Value {
    let object = value.as_object_mut().expect("an object");
    object.remove(name);
    if !member.is_null() {
        object.insert(name.into(), member);
    }
    value
}

async fn service(publisher: &Publisher, fresh: &database::Fresh) -> Service {
    demonstration::fill(fresh).await;
    let settings = [
        ("TOKENS_ISSUER", ISSUER),
        ("TOKENS_JWKS_URL", publisher.url.as_str()),
        ("TOKENS_ISSUERS", "bogota,cali"),
        ("ISSUER_BOGOTA_ISSUER", OTHER),
        ("ISSUER_BOGOTA_ALGORITHM", "EdDSA"),
        ("ISSUER_BOGOTA_PUBLIC_KEY", STRANGER_PUBLIC),
        ("ISSUER_BOGOTA_KEY_ID", "bogota-1"),
        ("ISSUER_CALI_ISSUER", SHARING),
        ("ISSUER_CALI_ALGORITHM", "HS256"),
        ("ISSUER_CALI_SECRET", SECRET),
        ("HTTP_FAILED_SIGN_INS_A_MINUTE", "10000"),
    ];
    Service::start_by(fresh, Arc::new(TurnedClock::on(ANCHOR)), fresh.settings(), &settings).await
}

async fn forger(service: &Service) -> Forger {
    Forger {
        ed: SigningKey::ed("ed-1"),
        ec: SigningKey::ec("ec-1"),
        rsa: SigningKey::rsa("rsa-1"),
        other: SigningKey::stranger("bogota-1"),
        shared: SigningKey::secret("cali-1", SECRET.as_bytes()),
        now: service.clock.now().timestamp(),
    }
}

fn against(test: impl AsyncFn(&Service, &Forger, &Publisher) + Send + 'static) {
    // What is tested stands before the database: one is enough.
    database::on_all(move |all| async move {
        let publisher =
            Publisher::start(&[&SigningKey::ed("ed-1"), &SigningKey::ec("ec-1"), &SigningKey::rsa("rsa-1")]).await;
        let service = service(&publisher, &all[0]).await;
        all[0].run(&format!("UPDATE account SET issuer = '{ISSUER}' WHERE subject = '{LEADER}'")).await;
        for other in [OTHER, SHARING] {
            // Whoever is believed finds an account, so that only the token decides.
            let columns = "subject, name, suspended, row_version";
            let account =
                format!("SELECT randomblob(16), '{other}', {columns} FROM account WHERE subject = '{LEADER}' LIMIT 1");
            all[0].run(&format!("INSERT INTO account (id, issuer, {columns}) {account}")).await;
        }
        let forger = forger(&service).await;
        test(&service, &forger, &publisher).await;
        service.stop().await;
        publisher.stop().await;
    });
}

async fn show(service: &Service, headers: &[(&str, &str)]) -> Answer {
    let mut request = service.request(Method::POST, "/graphql").header("Content-Type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::of(request.body(r#"{"query":"{ viewer { name } }"}"#).send().await.expect("an answer")).await
}

#[test]
fn no_forged_token_is_believed() {
    against(async |service, forger, publisher| {
        let table = forger.table();
        assert!(table.len() >= 60);
        for (issuer, key) in [
            (ISSUER, &forger.ed),
            (ISSUER, &forger.ec),
            (ISSUER, &forger.rsa),
            (OTHER, &forger.other),
            (SHARING, &forger.shared),
        ] {
            let token = key.sign(key.header(), but(forger.claims(), "iss", json!(issuer)));
            let honest = show(service, &[("Authorization", &format!("Bearer {token}"))]).await;
            assert!(honest.text.contains("\"name\":\""), "{issuer} {}: {}", key.id, honest.text);
        }
        for (name, token) in table {
            let answer = show(service, &[("Authorization", &format!("Bearer {token}"))]).await;
            assert_eq!(
                (answer.status, answer.codes()),
                (401, vec!["UNAUTHENTICATED".to_owned()]),
                "{name}: {}",
                answer.text
            );
            assert!(answer.body.get("data").is_none_or(Value::is_null), "{name}: {}", answer.text);
            assert!(!answer.text.contains(LEADER), "{name}: {}", answer.text);
        }
        let late = forger.saying("exp", json!(forger.now - 31));
        let answer = show(service, &[("Authorization", &format!("Bearer {late}"))]).await;
        assert_eq!((answer.status, answer.codes()), (401, vec!["TOKEN_EXPIRED".to_owned()]));
        assert!(publisher.asked() <= 2, "asked {} times", publisher.asked());
    });
}

#[test]
fn a_token_is_shown_in_one_header_and_nowhere_else() {
    against(async |service, forger, _| {
        let good = forger.ed.sign(forger.ed.header(), forger.claims());
        let bearer = format!("Bearer {good}");
        let lower = format!("bearer {good}");
        let (basic, spaced) = (format!("Basic {good}"), format!("Bearer  {good}  "));
        for (name, headers, status) in [
            ("lower-case scheme", vec![("Authorization", lower.as_str())], 200),
            ("more spaces", vec![("Authorization", &spaced)], 200),
            ("two headers", vec![("Authorization", &bearer), ("Authorization", &bearer)], 401),
            ("two headers, one empty", vec![("Authorization", &bearer), ("Authorization", "")], 401),
            ("another scheme", vec![("Authorization", &basic)], 401),
            ("no scheme", vec![("Authorization", &good)], 401),
            ("only the scheme", vec![("Authorization", "Bearer")], 401),
        ] {
            let answer = show(service, &headers).await;
            assert_eq!(answer.status, status, "{name}: {}", answer.text);
        }
        let cookie = format!("access_token={good}");
        for headers in [vec![], vec![("Cookie", cookie.as_str())], vec![("X-Access-Token", &good)]] {
            let answer = show(service, &headers).await;
            assert!(!answer.text.contains("\"name\":\""), "nobody signed in: {}", answer.text);
        }
        let query = "/graphql?query=%7Bviewer%7Bname%7D%7D";
        for path in [format!("{query}&access_token={good}"), format!("{query}&token={good}")] {
            let answer = Answer::of(service.request(Method::GET, &path).send().await.expect("an answer")).await;
            assert!(!answer.text.contains("\"name\":\""), "nobody signed in: {}", answer.text);
        }
        let get = service.request(Method::GET, query).header("Authorization", &bearer);
        let answer = Answer::of(get.send().await.expect("an answer")).await;
        assert!(answer.text.contains("\"name\":\""), "{}", answer.text);
    });
}

#[test]
fn guessing_is_limited_and_told() {
    demonstration::on_each(async |service| {
        let good = format!("Bearer {}", service.token(LEADER));
        assert_eq!(show(service, &[("Authorization", &good)]).await.status, 200);
        for number in 0..30 {
            // A header that anybody can write is not believed: there is no trusted proxy.
            let elsewhere = format!("198.51.100.{number}");
            let guess = format!("Bearer {number}.b.c");
            let answer = show(service, &[("Authorization", &guess), ("X-Forwarded-For", &elsewhere)]).await;
            assert_eq!(answer.status, 401, "{number}");
        }
        let request = service.request(Method::POST, "/graphql").header("Content-Type", "application/json");
        let request = request.header("Authorization", "Bearer 31.b.c").header("Accept-Language", "en");
        let answer = request.body(r#"{"query":"{ viewer { name } }"}"#).send().await.expect("an answer");
        assert_eq!(answer.headers().get("Retry-After").map(|value| value.as_bytes()), Some(&b"2"[..]));
        let answer = Answer::of(answer).await;
        assert_eq!((answer.status, answer.codes()), (429, vec!["RATE_LIMITED".to_owned()]));
        assert_eq!(answer.body["errors"][0]["extensions"]["retryAfter"], 2);
        assert_eq!(
            answer.body["errors"][0]["message"],
            "Too much was asked in a minute, or too many sign-ins failed. Try again in 2 seconds."
        );
        assert_eq!(show(service, &[("Authorization", &good)]).await.status, 200, "who is in stays in");
        assert_eq!(show(service, &[]).await.status, 200, "a visitor guesses nothing");
        service.clock.advance(TimeDelta::seconds(2));
        assert_eq!(service.user(LEADER).ask("{ viewer { name } }", json!({})).await.status, 200, "it passes");
    });
}
