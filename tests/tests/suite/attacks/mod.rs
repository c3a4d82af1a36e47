//! What users may not do, and what nobody may do.

mod bodies;
mod cost;
mod deadline;
mod documents;
mod edges;
mod failures;
mod forgery;
mod history;
mod personal;
mod registered;
mod revocation;
mod rotation;
pub mod tenancy;
mod tokens;

use articula_tests::{demonstration::LEADER, service::Service};
use serde_json::json;

/// The service still answers an honest question that reads the database.
async fn lives(service: &Service, after: &str) {
    let answer = service.user(LEADER).ask("{ departments(first: 1) { totalCount } }", json!({})).await;
    assert_eq!(answer.body["data"]["departments"]["totalCount"], 33, "after {after}: {}", answer.text);
}
