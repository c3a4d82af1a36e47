//! From a request to its answer: documents (guarded, parsed, validated, cached), variables, root fields.
//!
//! Root execution is ours: the library executes introspection only (`docs/decisions/0002`). Each root field runs
//! once, mutations one after another; the answer keeps document order.

pub mod act;
mod answer;
mod charge;
mod coerce;
pub mod cost;
mod documents;
mod drawn;
pub mod limits;
mod mutation;
mod query;
pub mod rate;
pub mod roots;
pub mod subscription;
mod validation;

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    OutputType, SubscriptionType as _, Variables,
    parser::types::{ExecutableDocument, OperationDefinition, OperationType},
    registry::Registry,
};
use serde_json::{Map, Value};

pub use charge::Terms;

use self::{
    act::AnyAct,
    answer::Telling,
    coerce::Types,
    cost::CostTable,
    documents::{Document, Documents},
    rate::{RateLimit, RateSettings, Standing},
    roots::{Root, of_entities},
};
use crate::{
    access::actor::Actor,
    graph::{
        bridge::{Arguments, Contracted, MutationRoot, QueryRoot, SubscriptionRoot},
        error::{ErrorCode, Locale, Refusal},
    },
    history::receipt::ReceiptKey,
    http::guard::Limits,
    metrics::{Measured, Metrics},
    reader::{collect::Source, cursor::CursorKey, planner::Context},
    store::Store,
};

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
    /// The program that asks for the actor, where its token tells.
    pub client: Option<String>,
    /// Are mutations refused (GET)?
    pub read_only: bool,
    /// On what terms it is served.
    pub terms: Terms,
}

/// The answer to a request.
#[derive(Debug, Default)]
pub struct GraphResponse {
    /// The JSON body.
    pub body: Vec<u8>,
    /// The HTTP status when the request was refused as a whole (no `data` in the body); `None` when it was executed.
    pub refused: Option<u16>,
    /// The code of the first error, when there is one.
    pub error: Option<ErrorCode>,
    /// How the caller stands, where he is limited.
    pub standing: Option<Standing>,
}

impl GraphResponse {
    /// How it ended, for who counts: `ok`, `errors` in single fields, or the code of the first refusal.
    pub fn outcome(&self) -> &'static str {
        match (self.refused, self.error) {
            (None, None) => "ok",
            (Some(_), Some(code)) => code.name(),
            _ => "errors",
        }
    }
}

/// How an engine is set.
pub struct EngineSettings {
    /// The guard's limits.
    pub limits: Limits,
    /// May the schema be asked about itself?
    pub introspection: bool,
    /// The most that a request may cost, judged before anything is read.
    pub max_cost: u64,
    /// How much may be asked in a minute.
    pub rate: RateSettings,
    /// Most positions that who follows the changes may be behind.
    pub max_behind: u32,
    /// The secret of cursors.
    pub cursor_secret: [u8; 32],
    /// The key of receipts.
    pub receipts: ReceiptKey,
}

/// The document of a request, and its variables.
type Prepared = (Arc<Document>, Map<String, Value>);

/// Executes requests.
pub struct Engine<C: Contracted> {
    documents: Documents<C>,
    types: Types,
    costs: CostTable,
    rate: RateLimit,
    metrics: Arc<Metrics>,
    roots: HashMap<&'static str, Root>,
    acts: HashMap<&'static str, &'static dyn AnyAct>,
    arguments: HashMap<&'static str, Arguments>,
    cursors: CursorKey,
    receipts: ReceiptKey,
    introspection: bool,
    max_cost: u64,
    max_behind: u32,
}

impl<C: Contracted> Engine<C> {
    /// An engine for a contract; `values` are its root fields that are no entity's own, `acts` its mutations.
    pub fn new(
        settings: EngineSettings,
        values: Vec<(&'static str, Root)>,
        acts: &'static [&'static dyn AnyAct],
    ) -> Self {
        let mut registry = Registry::default();
        QueryRoot::<C>::create_type_info(&mut registry);
        MutationRoot::<C>::create_type_info(&mut registry);
        SubscriptionRoot::<C>::create_type_info(&mut registry);
        let contract = C::contract();
        let mut roots: HashMap<_, _> = values.into_iter().collect();
        for (root, field) in of_entities(contract.entities) {
            let name = contract.query.iter().find(|known| known.name == field.name);
            roots.extend(name.map(|known| (known.name.as_str(), root)));
        }
        let arguments = acts.iter().filter_map(|act| {
            let field = contract.mutation.iter().find(|field| field.name == act.name())?;
            Some((act.name(), field.arguments.clone()))
        });
        Self {
            documents: Documents::new(settings.limits, settings.introspection),
            costs: CostTable::read(&registry.types),
            rate: RateLimit::new(settings.rate),
            metrics: Arc::default(),
            types: registry.types,
            roots,
            acts: acts.iter().map(|act| (act.name(), *act)).collect(),
            arguments: arguments.collect(),
            cursors: CursorKey::new(&settings.cursor_secret),
            receipts: settings.receipts,
            introspection: settings.introspection,
            max_cost: settings.max_cost,
            max_behind: settings.max_behind,
        }
    }

    /// The key of receipts.
    pub fn receipts(&self) -> &ReceiptKey {
        &self.receipts
    }

    /// The schema as text.
    pub fn sdl(&self) -> String {
        self.documents.sdl()
    }

    /// Judges a document without executing it; what is good is remembered.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(&self, document: &str) -> Result<(), Refusal> {
        let checked = self.documents.get(document).map(drop);
        checked.map_err(|refusals| refusals.into_iter().next().unwrap_or_else(|| ErrorCode::DocumentInvalid.into()))
    }

    /// What is counted of requests.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Executes a request, and counts it.
    pub async fn execute(&self, store: &Store, request: GraphRequest) -> GraphResponse {
        let mut measured = self.metrics.begin();
        let response = self.run(store, request, &mut measured).await;
        measured.end(response.outcome());
        response
    }

    async fn run(&self, store: &Store, request: GraphRequest, measured: &mut Measured<'_>) -> GraphResponse {
        let telling = Telling { locale: request.locale, request_id: &request.request_id };
        let prepared = self.prepare(&request);
        let (document, variables) = match prepared {
            Ok(prepared) => prepared,
            Err(refusals) => return telling.refused(&refusals),
        };
        let operation = match document.operation(request.operation_name.as_deref()) {
            Ok(operation) => operation,
            Err(refusal) => return telling.refused(&[refusal]),
        };
        let context = Context {
            source: Source { document: &document.parsed, variables: &variables },
            actor: &request.actor,
            today: store.clock().today(),
            locale: request.locale,
            cursors: &self.cursors,
        };
        let mut charge = self.charge(store.clock().now(), &request, context.source, operation);
        measured.operation(operation.ty, name(&document.parsed, operation), &request.actor, charge.cost.total());
        if let Some(refusal) = charge.refusal.take() {
            let refused = telling.refused(&[refusal]);
            return self.settle(charge, request.terms, context.source, operation, refused);
        }
        let response = match operation.ty {
            OperationType::Query => query::run(self, store, context, operation, telling).await,
            OperationType::Mutation if request.read_only => {
                telling.refused(&[ErrorCode::MethodNotAllowed.with("allowed", "POST")])
            }
            OperationType::Mutation => {
                mutation::run(self, store, context, operation, telling, request.client.as_deref()).await
            }
            OperationType::Subscription => telling.refused(&[ErrorCode::SubscriptionNeedsStream.into()]),
        };
        self.settle(charge, request.terms, context.source, operation, response)
    }

    /// The document of a request, and its variables, measured together and coerced.
    fn prepare(&self, request: &GraphRequest) -> Result<Prepared, Vec<Refusal>> {
        let document = self.documents.get(&request.query)?;
        let name = request.operation_name.as_deref();
        let operation = document.operation(name).map_err(|refusal| vec![refusal])?;
        if !request.variables.is_empty() {
            let variables = Variables::from_json(Value::Object(request.variables.clone()));
            self.documents.measure(&document.parsed, name, &variables)?;
        }
        let variables = coerce::variables(&self.types, operation, request.variables.clone());
        let variables = variables.map_err(|refusal| vec![refusal])?;
        Ok((document, variables))
    }
}

/// What an operation is called.
fn name<'a>(document: &'a ExecutableDocument, wanted: &OperationDefinition) -> Option<&'a str> {
    let named = document.operations.iter().find(|(_, operation)| std::ptr::eq(&operation.node, wanted));
    named.and_then(|(name, _)| name).map(|name| name.as_str())
}
