//! From a request to its answer: documents (guarded, parsed, validated, cached), variables, root fields.
//!
//! Root execution is ours: the library executes introspection only (`docs/decisions/0002`). Each root field runs
//! once, mutations one after another; the answer keeps document order.

pub mod act;
mod answer;
mod coerce;
mod documents;
mod drawn;
mod mutation;
mod query;
pub mod roots;
pub mod subscription;
mod validation;

use std::{collections::HashMap, sync::Arc};

use async_graphql::{OutputType, SubscriptionType as _, Variables, parser::types::OperationType, registry::Registry};
use serde_json::{Map, Value};

use self::{
    act::AnyAct,
    answer::Telling,
    coerce::Types,
    documents::{Document, Documents},
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
}

/// The answer to a request.
#[derive(Debug)]
pub struct GraphResponse {
    /// The JSON body.
    pub body: Vec<u8>,
    /// The HTTP status when the request was refused as a whole (no `data` in the body); `None` when it was executed.
    pub refused: Option<u16>,
    /// The code of the first error, when there is one.
    pub error: Option<ErrorCode>,
}

/// How an engine is set.
pub struct EngineSettings {
    /// The guard's limits.
    pub limits: Limits,
    /// May the schema be asked about itself?
    pub introspection: bool,
    /// Most objects that one query may bring, judged before anything is read.
    pub max_objects: u64,
    /// Most positions that who follows the changes may be behind.
    pub max_behind: u32,
    /// The secret of cursors.
    pub cursor_secret: [u8; 32],
    /// The key of receipts.
    pub receipts: ReceiptKey,
}

/// Executes requests.
pub struct Engine<C: Contracted> {
    documents: Documents<C>,
    types: Types,
    roots: HashMap<&'static str, Root>,
    acts: HashMap<&'static str, &'static dyn AnyAct>,
    arguments: HashMap<&'static str, Arguments>,
    cursors: CursorKey,
    receipts: ReceiptKey,
    max_objects: u64,
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
            types: registry.types,
            roots,
            acts: acts.iter().map(|act| (act.name(), *act)).collect(),
            arguments: arguments.collect(),
            cursors: CursorKey::new(&settings.cursor_secret),
            receipts: settings.receipts,
            max_objects: settings.max_objects,
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

    /// Executes a request.
    pub async fn execute(&self, store: &Store, request: GraphRequest) -> GraphResponse {
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
        match operation.ty {
            OperationType::Query => query::run(self, store, context, operation, telling).await,
            OperationType::Mutation if request.read_only => {
                telling.refused(&[ErrorCode::MethodNotAllowed.with("allowed", "POST")])
            }
            OperationType::Mutation => {
                mutation::run(self, store, context, operation, telling, request.client.as_deref()).await
            }
            OperationType::Subscription => telling.refused(&[ErrorCode::SubscriptionNeedsStream.into()]),
        }
    }

    /// The document of a request, and its variables, measured together and coerced.
    fn prepare(&self, request: &GraphRequest) -> Result<(Arc<Document>, Map<String, Value>), Vec<Refusal>> {
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
