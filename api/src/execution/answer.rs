//! The bytes of an answer: data, errors, and what refuses a request as a whole.

use serde_json::{Map, Value, json};

use super::GraphResponse;
use crate::{
    graph::error::{ErrorCode, Locale, Refusal},
    reader::write::{FieldError, Step},
};

/// How errors are told: language, and the request that they belong to.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// Language of messages.
    pub locale: Locale,
    /// Names the request.
    pub request_id: &'a str,
}

impl Telling<'_> {
    /// An error of the answer.
    pub fn error(&self, refusal: &Refusal, path: Option<&[Step]>) -> Value {
        let mut extensions: Map<String, Value> = refusal.params.clone();
        extensions.insert("code".to_owned(), refusal.code.name().into());
        extensions.insert("requestId".to_owned(), self.request_id.into());
        if !refusal.path.is_empty() {
            extensions.insert("argument".to_owned(), refusal.path.clone().into());
        }
        if refusal.code.entry().retriable {
            let told = refusal.params.get("seconds").filter(|_| refusal.code == ErrorCode::RateLimited);
            extensions.insert("retryAfter".to_owned(), told.cloned().unwrap_or(1.into()));
        }
        let mut error = json!({ "message": refusal.message(self.locale), "extensions": extensions });
        if let (Some(path), Some(error)) = (path, error.as_object_mut()) {
            error.insert("path".to_owned(), path.iter().map(step).collect());
        }
        error
    }

    /// A refusal as it stands in a payload's `errors`.
    pub fn user_error(&self, refusal: &Refusal) -> Value {
        json!({
            "code": refusal.code.name(),
            "path": if refusal.path.is_empty() { Value::Null } else { refusal.path.clone().into() },
            "message": refusal.message(self.locale),
            "params": if refusal.params.is_empty() { Value::Null } else { refusal.params.clone().into() },
            "documentation": refusal.documentation(),
        })
    }

    /// The answer to a request that was refused as a whole.
    pub fn refused(&self, refusals: &[Refusal]) -> GraphResponse {
        let status = refusals.first().and_then(|refusal| refusal.code.entry().status).unwrap_or(400);
        let errors: Value = refusals.iter().map(|refusal| self.error(refusal, None)).collect();
        let body = json!({ "errors": errors }).to_string().into_bytes();
        let error = refusals.first().map(|refusal| refusal.code);
        GraphResponse { body, refused: Some(status), error, standing: None }
    }

    /// The answer to a request that failed for reasons that are told to the log only.
    pub fn internal(&self, fault: &(dyn std::error::Error + 'static)) -> GraphResponse {
        tracing::error!(request_id = self.request_id, error = fault, "request failed");
        self.refused(&[self.internal_refusal()])
    }

    /// What the asker is told of a failure.
    pub fn internal_refusal(&self) -> Refusal {
        ErrorCode::Internal.with("requestId", self.request_id)
    }

    /// The answer to a request that was executed: `data` is the finished object.
    pub fn executed(&self, data: &[u8], errors: &[FieldError]) -> GraphResponse {
        let mut body = Vec::with_capacity(data.len() + 16);
        body.extend_from_slice(b"{\"data\":");
        body.extend_from_slice(data);
        if !errors.is_empty() {
            let errors: Value = errors.iter().map(|error| self.error(&error.refusal, Some(&error.path))).collect();
            body.extend_from_slice(b",\"errors\":");
            body.extend_from_slice(errors.to_string().as_bytes());
        }
        body.push(b'}');
        let error = errors.first().map(|error| error.refusal.code);
        GraphResponse { body, refused: None, error, standing: None }
    }
}

fn step(step: &Step) -> Value {
    match step {
        Step::Key(key) => key.as_str().into(),
        Step::Index(index) => (*index).into(),
    }
}
