//! Documents: guarded, parsed, validated — once each, then known by their hash.

use std::sync::Arc;

use async_graphql::{
    Request, Response, Schema, ServerError, ValidationResult, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation},
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition},
};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::validation::Validation;
use crate::{
    graph::{
        bridge::{Contracted, MutationRoot, QueryRoot, SubscriptionRoot},
        error::{ErrorCode, Refusal},
    },
    http::guard::{self, Limits},
};

/// A document that was guarded, parsed and validated.
#[derive(Debug)]
pub struct Document {
    /// The parsed text.
    pub parsed: ExecutableDocument,
}

impl Document {
    /// The operation that a request means.
    pub fn operation(&self, name: Option<&str>) -> Result<&OperationDefinition, Refusal> {
        let name = name.filter(|name| !name.is_empty());
        let operation = match (&self.parsed.operations, name) {
            (DocumentOperations::Single(operation), None) => Some(operation),
            (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
            (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => operations.values().next(),
            _ => None,
        };
        operation.map(|operation| &operation.node).ok_or_else(|| ErrorCode::OperationNotFound.into())
    }
}

/// The schema, as the library keeps it.
pub type LibrarySchema<C> = Schema<QueryRoot<C>, MutationRoot<C>, SubscriptionRoot<C>>;

/// Gives documents by their text.
pub struct Documents<C: Contracted> {
    schema: LibrarySchema<C>,
    validation: Validation,
    limits: Limits,
    known: Cache<[u8; 32], Arc<Document>>,
}

impl<C: Contracted> Documents<C> {
    /// Documents of a contract.
    pub fn new(limits: Limits, introspection: bool) -> Self {
        let roots = (QueryRoot(Default::default()), MutationRoot(Default::default()));
        let mut schema =
            Schema::build(roots.0, roots.1, SubscriptionRoot(Default::default())).extension(Gate).disable_suggestions();
        if !introspection {
            schema = schema.disable_introspection();
        }
        let schema = schema.finish();
        let validation = Validation::of::<C>(|| schema.sdl());
        let known = Cache::builder().max_capacity(1_000).build();
        Self { schema, validation, limits, known }
    }

    /// The schema as text.
    pub fn sdl(&self) -> String {
        self.schema.sdl()
    }

    /// The guard's limits.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The document of this text: a known one at once, a new one after guard, parser and validation.
    pub fn get(&self, text: &str) -> Result<Arc<Document>, Vec<Refusal>> {
        let hash: [u8; 32] = Sha256::digest(text).into();
        if let Some(document) = self.known.get(&hash) {
            return Ok(document);
        }
        let document = Arc::new(self.register(text)?);
        self.known.insert(hash, document.clone());
        Ok(document)
    }

    fn register(&self, text: &str) -> Result<Document, Vec<Refusal>> {
        let well_formed = guard::scan(text, &self.limits).and_then(|_| guard::parse(text));
        let parsed = well_formed.map_err(|refusal| vec![guarded(&refusal)])?;
        self.measure(&parsed.document, None, &Variables::default())?;
        self.validation.check(text, &parsed)?;
        Ok(Document { parsed: parsed.document })
    }

    /// Measures a document together with the variables of a request: a large value may be used many times.
    pub fn measure(
        &self,
        document: &ExecutableDocument,
        operation: Option<&str>,
        variables: &Variables,
    ) -> Result<(), Vec<Refusal>> {
        let measured = guard::measure(document, operation, variables, &self.limits);
        measured.map(drop).map_err(|refusal| vec![guarded(&refusal)])
    }

    /// Lets the library answer what asks about the schema itself.
    pub async fn introspect(
        &self,
        document: ExecutableDocument,
        operation: Option<&str>,
        variables: Variables,
    ) -> Response {
        let mut request = Request::new("").variables(variables);
        request.operation_name = operation.map(ToOwned::to_owned);
        request.set_parsed_query(document);
        self.schema.execute(request).await
    }
}

/// A refusal of the guard in the words of the catalogue.
pub fn guarded(refusal: &guard::Refusal) -> Refusal {
    let code = ErrorCode::ALL.iter().copied().find(|code| code.name() == refusal.code());
    let code = code.unwrap_or(ErrorCode::BadRequest);
    let params = refusal.params();
    let value = |name: &str| params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let mut catalogued = Refusal::from(code);
    for name in code.entry().params {
        let text = value(name).unwrap_or_else(|| refusal.to_string());
        catalogued = match text.parse::<u64>() {
            Ok(number) => catalogued.with(name, number),
            Err(_) => catalogued.with(name, text),
        };
    }
    catalogued
}

/// Lets the library start after validation: what reaches it was validated as part of a larger document.
struct Gate;

impl ExtensionFactory for Gate {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Gate)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for Gate {
    async fn validation(
        &self,
        _: &ExtensionContext<'_>,
        _: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        Ok(ValidationResult { cache_control: Default::default(), complexity: 0, depth: 0 })
    }
}
