//! From a request to its answer: documents (parsed, validated, cached), variables, root fields.
//!
//! Root execution is ours: the library executes introspection only.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{access::actor::Actor, graph::error::Locale};

/// A GraphQL request, free of its transport.
#[derive(Debug)]
pub struct GraphRequest {
    /// The document.
    pub query: String,
    /// The operation to run, when the document has several.
    pub operation_name: Option<String>,
    /// The variables.
    pub variables: Map<String, Value>,
    /// Who asks.
    pub actor: Arc<Actor>,
    /// Language of messages.
    pub locale: Locale,
    /// Names the request in answers and in the log.
    pub request_id: String,
    /// Are mutations refused (GET)?
    pub read_only: bool,
}

/// The answer to a request.
#[derive(Debug)]
pub struct GraphResponse {
    /// The JSON body.
    pub body: Vec<u8>,
    /// The HTTP status when the request was refused as a whole (no `data` in the body); `None` when it was executed.
    pub refused: Option<u16>,
}
