//! The bridge: declared types enter async-graphql's registry here, and nowhere else.
//!
//! The library keeps the schema — SDL, introspection, validation of documents — and executes nothing but
//! introspection: what a declared type answers comes from the reader (`docs/decisions/0002`). The registry is
//! hidden from the library's documentation, so its exact version is pinned.

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, Response, ServerResult,
    SubscriptionType, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{MetaField, MetaInputValue, MetaType, Registry},
};
use futures_util::Stream;
use std::{borrow::Cow, marker::PhantomData, pin::Pin};

use super::{
    declaration::{Argument, Declaration, Edge, List, Member, ObjectShape, Part, Shape, Source},
    inputs, names, prices,
    root::{CAN, PERMISSION},
};
use crate::access::act_rules::act_rule;

/// What a schema consists of.
pub struct Contract {
    /// The declared entities.
    pub entities: &'static [&'static Declaration],
    /// Root fields of queries beyond those that follow from the entities.
    pub query: Vec<RootField>,
    /// Root fields of mutations.
    pub mutation: Vec<RootField>,
    /// Root fields of subscriptions.
    pub subscription: Vec<RootField>,
}

/// A root field as the schema shows it.
pub struct RootField {
    /// GraphQL name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Its type.
    pub ty: String,
    /// Its arguments.
    pub arguments: Arguments,
    /// Puts the types that it names into the registry.
    pub register: Box<dyn Fn(&mut Registry) + Send + Sync>,
}

/// Arguments by name.
pub type Arguments = IndexMap<String, MetaInputValue>;

/// Something that names a contract at compile time, because the library asks types for their schema, not values.
pub trait Contracted: Send + Sync + 'static {
    /// The contract.
    fn contract() -> &'static Contract;
}

/// The root of queries.
pub struct QueryRoot<C>(pub PhantomData<C>);
/// The root of mutations.
pub struct MutationRoot<C>(pub PhantomData<C>);
/// The root of subscriptions.
pub struct SubscriptionRoot<C>(pub PhantomData<C>);

impl<C: Contracted> OutputType for QueryRoot<C> {
    fn type_name() -> Cow<'static, str> {
        "Query".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let contract = C::contract();
        inputs::register(registry);
        register_object(registry, &super::root::PERMISSION);
        actions(registry, &contract.mutation);
        node_interface(registry);
        register_object(registry, &super::root::USER_ERROR);
        register_object(registry, &super::root::PAGE_INFO);
        register_object(registry, &super::root::GROUPS);
        <super::error::ErrorCode as OutputType>::create_type_info(registry);
        for declaration in contract.entities {
            entity(registry, declaration);
        }
        root(
            registry,
            "Query",
            "Consultas. Everything that can be read; nothing here changes anything.",
            &contract.query,
        )
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

impl<C: Contracted> OutputType for MutationRoot<C> {
    fn type_name() -> Cow<'static, str> {
        "Mutation".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let about = "Actos. One field for each act of the domain; several in one request run one after another, each in its own transaction.";
        let name = root(registry, "Mutation", about, &C::contract().mutation);
        // Whatever is registered has its price now; this root comes after that of queries.
        prices::put(registry, C::contract());
        name
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

impl<C: Contracted> SubscriptionType for SubscriptionRoot<C> {
    fn type_name() -> Cow<'static, str> {
        "Subscription".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let about = "Suscripciones. What is told as it happens, over a WebSocket (graphql-transport-ws, at `/graphql`) or server-sent events \
                     (at `/graphql/stream`); one field in an operation.";
        let name = root(registry, "Subscription", about, &C::contract().subscription);
        if let Some(MetaType::Object { is_subscription, .. }) = registry.types.get_mut(&name) {
            *is_subscription = true;
        }
        name
    }

    // The library executes none.
    fn create_field_stream<'a>(
        &'a self,
        _: &'a Context<'_>,
    ) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        None
    }
}

// The library wraps the query root and answers introspection itself; no other field ever reaches these.
impl<C: Contracted> ContainerType for QueryRoot<C> {
    async fn resolve_field(&self, _: &Context<'_>) -> ServerResult<Option<Value>> {
        Ok(None)
    }
}
impl<C: Contracted> ContainerType for MutationRoot<C> {
    async fn resolve_field(&self, _: &Context<'_>) -> ServerResult<Option<Value>> {
        Ok(None)
    }
}
impl<C: Contracted> ObjectType for QueryRoot<C> {}
impl<C: Contracted> ObjectType for MutationRoot<C> {}

fn root(registry: &mut Registry, name: &str, description: &str, fields: &[RootField]) -> String {
    for field in fields {
        (field.register)(registry);
    }
    let fields = fields.iter().map(|root| {
        let mut meta = field(&root.name, root.ty.clone(), &root.description);
        meta.args = root.arguments.clone();
        meta
    });
    let fields = fields.collect();
    object(registry, name, description, fields);
    name.to_owned()
}

/// The acts as words, for `can`.
fn actions(registry: &mut Registry, mutations: &[RootField]) {
    let values = mutations.iter().filter_map(|mutation| {
        let about = mutation.description.split("\n\n").next().unwrap_or_default().to_owned();
        Some((act_rule(&mutation.name)?.action(), about))
    });
    let about = "Acción. An act of the domain: the mutation of the same name, written as a word.";
    inputs::enumeration(registry, "Action", about, values);
}

fn can() -> MetaField {
    let mut can = field(CAN.name, format!("{}!", PERMISSION.name), CAN.description);
    can.args.insert("action".to_owned(), input("action", "Action!", CAN.action));
    can
}

fn node_interface(registry: &mut Registry) {
    let id = field("id", "ID!".to_owned(), "Identificador. Opaque, typed; never changes.");
    registry.types.insert(
        "Node".to_owned(),
        MetaType::Interface {
            name: "Node".to_owned(),
            description: Some("Nodo. Whatever has an id and can be found by it (Relay).".to_owned()),
            fields: [id, can()].into_iter().map(|field| (field.name.clone(), field)).collect(),
            possible_types: Default::default(),
            extends: false,
            inaccessible: false,
            tags: vec![],
            keys: None,
            visible: None,
            rust_typename: None,
            directive_invocations: vec![],
            requires_scopes: vec![],
        },
    );
}

/// Enters an entity, its connection, and its filter and order inputs.
fn entity(registry: &mut Registry, declaration: &'static Declaration) {
    let mut fields = members(registry, declaration.all_members());
    if declaration.is_node() {
        fields.push(can());
    }
    object(registry, declaration.name, declaration.description, fields);
    if declaration.is_node() {
        registry.add_implements(declaration.name, "Node");
        if let Some(MetaType::Interface { possible_types, .. }) = registry.types.get_mut("Node") {
            possible_types.insert(declaration.name.to_owned());
        }
    }
    let (connection, edge) = (names::connection(declaration), names::edge(declaration));
    let name = declaration.name;
    object(
        registry,
        &edge,
        &format!("Un renglón de la lista. A place in a list of {name} together with its cursor."),
        vec![
            field(
                "cursor",
                "String!".to_owned(),
                "Cursor. A place in this list, to go on from with `after` or `before`.",
            ),
            field("node", format!("{name}!"), "El objeto. What stands at this place."),
        ],
    );
    object(
        registry,
        &connection,
        &format!("Lista paginada. A page of {name} (Relay connection)."),
        vec![
            field("edges", format!("[{edge}!]!"), "Renglones. The page with a cursor for each row; at most 100."),
            field("nodes", format!("[{name}!]!"), "Objetos. The page without cursors; at most 100."),
            field(
                "pageInfo",
                "PageInfo!".to_owned(),
                "Información de la página. Whether there is more, and where to go on.",
            ),
            field(
                "totalCount",
                "Int!".to_owned(),
                "Total. How many rows the whole list has; counted only when asked for.",
            ),
        ],
    );
    inputs::entity(registry, declaration);
}

fn members(registry: &mut Registry, members: impl Iterator<Item = &'static Member>) -> Vec<MetaField> {
    members.map(|member| self::member(registry, member)).collect()
}

fn member(registry: &mut Registry, member: &'static Member) -> MetaField {
    let bang = if member.nullable { "" } else { "!" };
    let mut arguments = Arguments::new();
    let ty = match &member.source {
        Source::Column(_, scalar) => format!("{}{bang}", scalar.graphql()),
        Source::One(edge) => {
            // What may not be seen, or is not in force, is absent: an edge promises nothing.
            arguments = edge_arguments(edge);
            edge.target.name.to_owned() + bang
        }
        Source::Many(edge, List::Bounded(_)) => {
            arguments = edge_arguments(edge);
            format!("[{}!]", edge.target.name)
        }
        Source::Many(edge, List::Connection) => {
            arguments = edge_arguments(edge);
            arguments.extend(inputs::listing_arguments(edge.target));
            names::connection(edge.target)
        }
        Source::Part(part) => {
            register_part(registry, part);
            format!("{}{bang}", part.name)
        }
        Source::Figure(figure) => {
            register_shape(registry, figure.output);
            arguments = own_arguments(figure.arguments);
            figure.output.graphql()
        }
    };
    let mut meta = field(member.name, ty, member.description);
    meta.args = arguments;
    meta
}

fn own_arguments(arguments: &[Argument]) -> Arguments {
    let shown = |argument: &Argument| {
        let input = input(argument.name, argument.takes.graphql(), argument.description);
        (argument.name.to_owned(), input)
    };
    arguments.iter().map(shown).collect()
}

fn edge_arguments(edge: &Edge) -> Arguments {
    let mut arguments = own_arguments(edge.arguments);
    if edge.dated || edge.target.is_view() {
        let about = "Vigente en. The civil date on which the rows are read; without it, the moment of the path.";
        arguments.insert("asOf".to_owned(), input("asOf", "Date", about));
    }
    arguments
}

fn register_part(registry: &mut Registry, part: &'static Part) {
    let fields = members(registry, part.members.iter());
    object(registry, part.name, part.description, fields);
}

/// Enters the objects of a computed value.
pub fn register_shape(registry: &mut Registry, shape: &'static Shape) {
    if let Some(object) = shape.object() {
        register_object(registry, object);
    }
}

/// Enters an object that is no entity.
pub fn register_object(registry: &mut Registry, shape: &'static ObjectShape) {
    let mut fields = Vec::with_capacity(shape.fields.len());
    for inner in shape.fields {
        register_shape(registry, inner.shape);
        let bang = if inner.nullable { "" } else { "!" };
        fields.push(field(inner.name, format!("{}{bang}", inner.shape.graphql()), inner.description));
    }
    object(registry, shape.name, shape.description, fields);
}

/// Enters an object type.
pub fn object(registry: &mut Registry, name: &str, description: &str, fields: Vec<MetaField>) {
    registry.types.insert(
        name.to_owned(),
        MetaType::Object {
            name: name.to_owned(),
            description: Some(description.to_owned()),
            fields: fields.into_iter().map(|field| (field.name.clone(), field)).collect(),
            cache_control: Default::default(),
            extends: false,
            shareable: false,
            resolvable: true,
            inaccessible: false,
            interface_object: false,
            tags: vec![],
            keys: None,
            visible: None,
            is_subscription: false,
            rust_typename: None,
            directive_invocations: vec![],
            requires_scopes: vec![],
        },
    );
}

/// A field without arguments.
pub fn field(name: &str, ty: String, description: &str) -> MetaField {
    MetaField {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        args: Default::default(),
        ty,
        deprecation: Default::default(),
        cache_control: Default::default(),
        external: false,
        requires: None,
        provides: None,
        visible: None,
        shareable: false,
        inaccessible: false,
        tags: vec![],
        override_from: None,
        compute_complexity: None,
        directive_invocations: vec![],
        requires_scopes: vec![],
    }
}

/// An argument or input field.
pub fn input(name: &str, ty: &str, description: &str) -> MetaInputValue {
    MetaInputValue {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        ty: ty.to_owned(),
        deprecation: Default::default(),
        default_value: None,
        visible: None,
        inaccessible: false,
        tags: vec![],
        is_secret: false,
        directive_invocations: vec![],
    }
}
