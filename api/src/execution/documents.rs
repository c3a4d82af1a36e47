//! Documents: guarded, parsed, validated — once each, then known by their hash.

use std::sync::Arc;

use async_graphql::{
    EmptySubscription, Request, Response, Schema, ServerError, ValidationResult, Value, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextValidation},
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition},
    },
};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use crate::{
    graph::{
        bridge::{Contracted, MutationRoot, QueryRoot},
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
pub type LibrarySchema<C> = Schema<QueryRoot<C>, MutationRoot<C>, EmptySubscription>;

/// Most errors of one document that are told; more help nobody, and each costs bytes.
const MAX_ERRORS: usize = 10;

/// Gives documents by their text.
pub struct Documents<C: Contracted> {
    schema: LibrarySchema<C>,
    limits: Limits,
    known: Cache<[u8; 32], Arc<Document>>,
}

impl<C: Contracted> Documents<C> {
    /// Documents of a contract.
    pub fn new(limits: Limits, introspection: bool) -> Self {
        let mut schema =
            Schema::build(QueryRoot(Default::default()), MutationRoot(Default::default()), EmptySubscription)
                .extension(Gate)
                .disable_suggestions();
        if !introspection {
            schema = schema.disable_introspection();
        }
        let known = Cache::builder().max_capacity(1_000).build();
        Self { schema: schema.finish(), limits, known }
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
    pub async fn get(&self, text: &str) -> Result<Arc<Document>, Vec<Refusal>> {
        let hash: [u8; 32] = Sha256::digest(text).into();
        if let Some(document) = self.known.get(&hash) {
            return Ok(document);
        }
        let document = Arc::new(self.register(text).await?);
        self.known.insert(hash, document.clone());
        Ok(document)
    }

    async fn register(&self, text: &str) -> Result<Document, Vec<Refusal>> {
        guard::scan(text, &self.limits).map_err(|refusal| vec![guarded(&refusal)])?;
        let parsed = parse_query(text).map_err(|error| {
            // The parser's message repeats the text around the place; the place is enough.
            let place = error.positions().next().map(|at| format!("line {}, column {}", at.line, at.column));
            vec![ErrorCode::DocumentSyntax.with("detail", place.unwrap_or_default())]
        })?;
        self.measure(&parsed, None, &Variables::default())?;
        let mut request = Request::new("").data(Validating);
        if let DocumentOperations::Multiple(operations) = &parsed.operations {
            request.operation_name = operations.keys().next().map(ToString::to_string);
        }
        request.set_parsed_query(parsed.clone());
        let response = self.schema.execute(request).await;
        if response.errors.is_empty() { Ok(Document { parsed }) } else { Err(invalid(response.errors)) }
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
        let mut request = Request::new("").data(Introspecting).variables(variables);
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

fn invalid(errors: Vec<ServerError>) -> Vec<Refusal> {
    let mut told = Vec::new();
    for error in errors.into_iter().take(MAX_ERRORS) {
        let place = error.locations.first().map(|at| format!(" (line {}, column {})", at.line, at.column));
        let mut detail: String = error.message.chars().take(300).collect();
        detail.push_str(&place.unwrap_or_default());
        told.push(ErrorCode::DocumentInvalid.with("detail", detail));
    }
    told
}

/// The request is there to be validated, not executed.
struct Validating;
/// The request was validated as part of a larger one.
struct Introspecting;

/// Stops the library after validation, or lets it start after it.
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
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        if ctx.query_data.is_some_and(|data| data.get(&std::any::TypeId::of::<Introspecting>()).is_some()) {
            return Ok(ValidationResult { cache_control: Default::default(), complexity: 0, depth: 0 });
        }
        next.run(ctx).await
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        if ctx.query_data.is_some_and(|data| data.get(&std::any::TypeId::of::<Validating>()).is_some()) {
            return Response::new(Value::Null);
        }
        next.run(ctx, operation_name).await
    }
}
