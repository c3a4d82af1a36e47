//! Documents that may be asked: registered ones by their id, the programs that may ask no others, and what is asked of the schema itself.

use std::sync::Arc;

use articula::{exchange::demo::ANCHOR, store::TurnedClock};
use articula_tests::{
    database,
    demonstration::{self, LEADER},
    service::{Answer, Service},
};
use reqwest::Method;
use serde_json::{Value, json};

const KNOWN: &str = "query Known($first: Int!) { organizations(first: $first) { nodes { name } } }";
/// The SHA-256 of [`KNOWN`].
const ID: &str = "c8693c6c387ef507be0a43aaadb04d99ada912a6f8431ffdeff65a9456d4dda5";

/// Over a service that knows one document; who is bound may ask no other.
fn with_registry(bound: &'static str, test: impl AsyncFn(&Service) + Send + Clone + 'static) {
    database::on_each(move |fresh| {
        let test = test.clone();
        async move {
            demonstration::fill(&fresh).await;
            let file = std::env::temp_dir().join(format!("articula-documents-{}.json", uuid::Uuid::now_v7()));
            std::fs::write(&file, json!({ ID: KNOWN }).to_string()).expect("written");
            let path = file.to_string_lossy();
            let settings = [("HTTP_DOCUMENTS", path.as_ref()), ("HTTP_REGISTERED_ONLY", bound)];
            let clock = Arc::new(TurnedClock::on(ANCHOR));
            let service = Service::start_by(&fresh, clock, fresh.settings(), &settings).await;
            std::fs::remove_file(&file).expect("removed");
            test(&service).await;
            service.stop().await;
        }
    });
}

async fn post(service: &Service, body: Value) -> Answer {
    service.user(LEADER).post(body.to_string()).await
}

/// A GET with these parameters, each as it is.
async fn get(service: &Service, parameters: &str) -> Answer {
    let request = service.request(Method::GET, &format!("/graphql?{parameters}"));
    let request = request.header("Authorization", format!("Bearer {}", service.token(LEADER)));
    Answer::of(request.send().await.expect("an answer")).await
}

#[test]
fn a_registered_document_is_asked_by_its_id() {
    with_registry("", async |service| {
        let variables = json!({ "first": 1 });
        let whole = post(service, json!({ "query": KNOWN, "variables": variables })).await;
        assert!(whole.body["data"]["organizations"]["nodes"][0]["name"].is_string(), "{}", whole.text);
        for id in [ID.to_owned(), format!("sha256:{ID}"), ID.to_uppercase()] {
            let answer = post(service, json!({ "documentId": id, "variables": variables })).await;
            assert_eq!(answer.body, whole.body, "{id}");
            let answer = get(service, &format!("documentId={id}&variables=%7B%22first%22:1%7D")).await;
            assert_eq!(answer.body, whole.body, "{id}");
        }
        for id in ["0".repeat(64), ID[1..].to_owned(), String::from("x")] {
            let answer = post(service, json!({ "documentId": id })).await;
            assert_eq!((answer.status, answer.codes()), (400, vec!["DOCUMENT_UNKNOWN".to_owned()]), "{id}");
        }
        let both = post(service, json!({ "documentId": ID, "query": KNOWN, "variables": variables })).await;
        assert_eq!(both.codes(), ["BAD_REQUEST"], "{}", both.text);
        let other = post(service, json!({ "query": "{ viewer { name } }" })).await;
        assert_eq!(other.codes(), [""; 0], "nobody is bound: {}", other.text);
    });
}

#[test]
fn who_is_bound_asks_nothing_else_whatever_way() {
    for bound in ["*", "articula-token"] {
        with_registry(bound, async |service| {
            let variables = json!({ "first": 1 });
            for body in
                [json!({ "documentId": ID, "variables": variables }), json!({ "query": KNOWN, "variables": variables })]
            {
                assert_eq!(post(service, body).await.codes(), [""; 0]);
            }
            let refused = ["DOCUMENT_NOT_REGISTERED"];
            let query = "{ viewer { name } }";
            let answer = post(service, json!({ "query": query })).await;
            assert_eq!((answer.status, answer.codes()), (403, refused.map(str::to_owned).to_vec()));
            assert_eq!(get(service, "query=%7Bviewer%7Bname%7D%7D").await.codes(), refused);
            let stream = service.stream(LEADER, query, json!({})).await;
            let told = stream.text().await.expect("a text");
            assert!(told.contains(refused[0]) && !told.contains("\"data\""), "{told}");
        });
    }
}

#[test]
fn where_introspection_is_off_the_schema_is_told_to_nobody() {
    database::on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        let clock = Arc::new(TurnedClock::on(ANCHOR));
        let service = Service::start_by(&fresh, clock, fresh.settings(), &[("HTTP_INTROSPECTION", "false")]).await;
        for query in ["{ __schema { types { name } } }", "{ __type(name: \"Person\") { name } viewer { name } }"] {
            let answer = service.user(LEADER).ask(query, json!({})).await;
            assert_eq!(answer.codes(), ["NOT_FOUND"], "{}", answer.text);
            assert!(!answer.text.contains("Person"), "{}", answer.text);
        }
        let known = service.user(LEADER).ask("{ __typename viewer { __typename } }", json!({})).await;
        assert_eq!(known.body["data"], json!({ "__typename": "Query", "viewer": { "__typename": "Viewer" } }));
        service.stop().await;
    });
}
