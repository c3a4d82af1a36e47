//! An issuer of tokens as there are many: private keys, a page that publishes the public ones, and a count of who asked for it.

use std::sync::{Arc, Mutex};

use actix_web::{
    App, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::{StatusCode, header},
    web,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, jwk::Jwk};
use serde_json::{Value, json};

/// A private key, its id and its algorithm.
pub struct SigningKey {
    /// As tokens name it.
    pub id: &'static str,
    /// What it signs with.
    pub algorithm: Algorithm,
    key: EncodingKey,
}

macro_rules! key {
    ($name:literal) => {
        include_bytes!(concat!("../../api/src/access/token/test_keys/", $name))
    };
}

impl SigningKey {
    /// Ed25519.
    pub fn ed(id: &'static str) -> Self {
        let key = EncodingKey::from_ed_pem(key!("ed25519.pem")).expect("a key");
        Self { id, algorithm: Algorithm::EdDSA, key }
    }

    /// Ed25519, of somebody else.
    pub fn stranger(id: &'static str) -> Self {
        let key = EncodingKey::from_ed_pem(key!("stranger.pem")).expect("a key");
        Self { id, algorithm: Algorithm::EdDSA, key }
    }

    /// P-256.
    pub fn ec(id: &'static str) -> Self {
        let key = EncodingKey::from_ec_pem(key!("p256.pem")).expect("a key");
        Self { id, algorithm: Algorithm::ES256, key }
    }

    /// RSA of 2048 bits.
    pub fn rsa(id: &'static str) -> Self {
        let key = EncodingKey::from_rsa_pem(key!("rsa2048.pem")).expect("a key");
        Self { id, algorithm: Algorithm::RS256, key }
    }

    /// A shared secret.
    pub fn secret(id: &'static str, secret: &[u8]) -> Self {
        Self { id, algorithm: Algorithm::HS256, key: EncodingKey::from_secret(secret) }
    }

    /// The header that this key's issuer writes.
    pub fn header(&self) -> Value {
        json!({ "alg": format!("{:?}", self.algorithm), "typ": "at+jwt", "kid": self.id })
    }

    /// A token that says anything, signed.
    pub fn sign(&self, header: impl ToString, claims: impl ToString) -> String {
        self.sign_message(format!("{}.{}", encoded(header), encoded(claims)))
    }

    /// The same of parts that are encoded already.
    pub fn sign_message(&self, message: String) -> String {
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.key, self.algorithm).expect("signed");
        format!("{message}.{signature}")
    }

    /// The public half as issuers publish it.
    pub fn public(&self) -> Value {
        let mut jwk = Jwk::from_encoding_key(&self.key, self.algorithm).expect("a public key");
        jwk.common.key_id = Some(self.id.to_owned());
        let mut jwk = serde_json::to_value(jwk).expect("JSON");
        jwk["use"] = "sig".into();
        jwk
    }
}

/// A part of a token.
pub fn encoded(part: impl ToString) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

#[derive(Clone)]
struct Page {
    status: StatusCode,
    headers: Vec<(header::HeaderName, String)>,
    body: Vec<u8>,
    asked: u32,
}

/// A page that publishes keys, on a free port.
pub struct Publisher {
    /// Where.
    pub url: String,
    page: Arc<Mutex<Page>>,
    server: ServerHandle,
}

impl Publisher {
    /// Publishes these keys.
    pub async fn start(keys: &[&SigningKey]) -> Self {
        let page = Page { status: StatusCode::OK, headers: Vec::new(), body: set(keys), asked: 0 };
        let page = Arc::new(Mutex::new(page));
        let shared = page.clone();
        let server = HttpServer::new(move || {
            let page = shared.clone();
            App::new().default_service(web::to(move || {
                let page = page.clone();
                async move { answer(&page) }
            }))
        });
        let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).expect("a free port");
        let url = format!("http://127.0.0.1:{}/jwks", server.addrs()[0].port());
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { url, page, server: handle }
    }

    /// Publishes other keys.
    pub fn publish(&self, keys: &[&SigningKey]) {
        self.answer(200, set(keys));
    }

    /// Answers anything.
    pub fn answer(&self, status: u16, body: impl Into<Vec<u8>>) {
        let mut page = self.page.lock().expect("unpoisoned");
        page.status = StatusCode::from_u16(status).expect("a status");
        page.body = body.into();
    }

    /// Answers with one more header.
    pub fn header(&self, name: header::HeaderName, value: &str) {
        self.page.lock().expect("unpoisoned").headers.push((name, value.to_owned()));
    }

    /// How often it was asked.
    pub fn asked(&self) -> u32 {
        self.page.lock().expect("unpoisoned").asked
    }

    /// Stops.
    pub async fn stop(self) {
        self.server.stop(false).await;
    }
}

fn answer(page: &Mutex<Page>) -> HttpResponse {
    let mut page = page.lock().expect("unpoisoned");
    page.asked += 1;
    let mut response = HttpResponse::build(page.status);
    for (name, value) in &page.headers {
        response.insert_header((name.clone(), value.as_str()));
    }
    response.body(page.body.clone())
}

fn set(keys: &[&SigningKey]) -> Vec<u8> {
    let keys: Vec<Value> = keys.iter().map(|key| key.public()).collect();
    json!({ "keys": keys }).to_string().into_bytes()
}
