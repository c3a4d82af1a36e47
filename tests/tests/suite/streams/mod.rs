//! Subscriptions: sockets and streams of events, and what they tell to whom.

mod closing;
mod delivery;
mod documents;
mod order;
mod reserved;
mod rights;

use articula::exchange::demo::ANCHOR;
use articula::store::TurnedClock;
use articula_tests::{
    database::{self, Fresh},
    demonstration,
    service::{Service, text},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// The service over the demonstration, with settings of its own.
async fn start(fresh: &Fresh, settings: &[(&str, &str)]) -> Service {
    Service::start_by(fresh, Arc::new(TurnedClock::on(ANCHOR)), fresh.settings(), settings).await
}

fn on_each_with(
    settings: &'static [(&'static str, &'static str)],
    test: impl AsyncFn(&Service) + Send + Clone + 'static,
) {
    database::on_each(move |fresh| {
        let test = test.clone();
        async move {
            demonstration::fill(&fresh).await;
            let service = start(&fresh, settings).await;
            test(&service).await;
            service.stop().await;
        }
    });
}

/// The organization in which somebody's grant holds.
async fn organization(service: &Service, subject: &str) -> Value {
    let data = service.user(subject).data("{ organizations(first: 1) { nodes { id } } }", json!({})).await;
    data["organizations"]["nodes"][0]["id"].clone()
}

/// Somebody enters a circular, of which everybody in the organization reads: one event.
async fn act(service: &Service, subject: &str, organization: &Value, number: &str) -> String {
    let call = format!(
        "legalActCreate(organization: {organization}, input: {{ kind: CIRCULAR, number: \"{number}\", issuer: \"SE\", \
         date: \"2026-01-15\", subject: \"x\" }})"
    );
    text(&service.user(subject).act(&call, "legalAct", "id", ("", json!({}))).await["id"])
}
