//! The root fields of queries: what each is, and how it is planned.

use async_graphql::parser::types::SelectionSet;
use chrono::NaiveDate;
use futures_util::future::LocalBoxFuture;
use serde_json::{Map, Value};

use crate::{
    access::actor::Actor,
    graph::{
        Declaration,
        bridge::{Arguments, RootField, input},
        declaration::{Lookup, Shape},
        error::{ErrorCode, Locale, Refusal},
        inputs,
    },
    history::receipt::ReceiptKey,
    insight::{trace, work},
    reader::{
        arguments,
        collect::{Merged, below},
        groups::{self, Groups},
        listing,
        plan::{ConnectionNode, Moment, Object, Picked},
        planner::Planner,
        sql::{Bind, fill},
    },
    store::Store,
};

/// What a root field of a query is.
pub enum Root {
    /// One row, by id or natural key.
    Lookup(&'static Declaration),
    /// A list.
    List(&'static Declaration),
    /// Counts by group.
    Groups(&'static Declaration),
    /// Whatever has this id.
    Node,
    /// Whatever has these ids.
    Nodes,
    /// The viewer's own account.
    Viewer(&'static Declaration),
    /// A value that is computed without the database.
    Value(ValueField),
    /// What an object reaches.
    Trace,
    /// What waits for the viewer's act.
    Work,
    /// A value that the store works out, beside what is read for the other fields.
    Stored(&'static Shape, WorkOut),
    /// A value made of what a document of the service's own answers to the same viewer.
    Drawn(&'static Drawing),
    /// What a document would cost.
    Estimate,
    /// The limits of the service.
    ApiLimits,
}

impl Root {
    /// May whoever shows no token ask for it? It says nothing of anybody.
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Estimate | Self::ApiLimits)
    }
}

/// A root field that is made of the answer to a document of the service's own. The document is planned and read together with
/// the request that asks for the field: it counts towards its cost, and sees the same state.
pub struct Drawing {
    /// What it gives.
    pub shape: &'static Shape,
    /// What is asked, given the arguments and today.
    pub ask: fn(&Map<String, Value>, NaiveDate) -> Result<Question, Refusal>,
    /// The value, made of the arguments and the answer's data.
    pub make: Make,
}

/// Arguments, the answer's data, today and the language to a value.
pub type Make = fn(&Map<String, Value>, &Value, NaiveDate, Locale) -> Result<Value, Refusal>;

/// A document of the service's own, and its variables.
pub struct Question {
    /// The document: one query that asks for no [`Drawing`].
    pub document: &'static str,
    /// The variables, as coercion leaves them.
    pub variables: Map<String, Value>,
}

/// How the store works out a value.
pub type WorkOut = for<'a> fn(
    &'a Store,
    &'a ReceiptKey,
    &'a Actor,
    &'a Map<String, Value>,
) -> LocalBoxFuture<'a, Result<Value, Refusal>>;

/// A root field that is computed without the database.
pub struct ValueField {
    /// What it gives.
    pub shape: &'static Shape,
    /// The function.
    pub compute: fn(&Map<String, Value>, Locale) -> Result<Value, Refusal>,
}

/// A root field, planned.
pub enum Planned<'a> {
    /// `__typename`.
    TypeName,
    /// Refused before anything was read.
    Refused(Refusal),
    /// One row of a level.
    One(usize, Object),
    /// For each id in the order asked: its level and key; and the shapes of the levels.
    Many(Vec<Option<(usize, uuid::Uuid)>>, Vec<(usize, usize, Object)>),
    /// A connection over a level.
    Connection(usize, Vec<(String, ConnectionNode)>),
    /// Counts, read by a statement of their own.
    Groups(Box<Groups>),
    /// A value and what is picked from it.
    Value(Value, Picked),
    /// A value that is still to be worked out from these arguments.
    Stored(WorkOut, Map<String, Value>, Picked),
    /// What an object reaches; it is searched first, and then its objects are read.
    Trace(Box<trace::plan::Plan<'a>>),
    /// What waits for the viewer's act; it is found first, and then its objects are read.
    Work(Box<work::Plan<'a>>),
    /// The fields of the document of which a value is made of these arguments.
    Drawn(&'static Drawing, Map<String, Value>, Vec<(String, Planned<'a>)>, Picked),
    /// Answered by the library.
    Introspection,
}

/// Most ids of one `nodes`.
pub const MAX_NODES: usize = 100;

/// Plans one root field.
pub fn plan<'a>(
    planner: &mut Planner<'a>,
    entities: &'static [&'static Declaration],
    root: &Root,
    merged: &Merged<'a>,
) -> Result<Planned<'a>, Refusal> {
    let mut arguments = planner.context.source.arguments(&merged[0].node);
    let day = arguments::date(&mut arguments, "asOf")?.unwrap_or(planner.context.today);
    let moment = Moment::Fixed(day);
    let sets = below(merged);
    match root {
        Root::Lookup(declaration) => {
            planner.allow(declaration)?;
            let (condition, bind) = lookup(declaration, &mut arguments)?;
            let level = planner.root(declaration, moment);
            planner.levels[level].find.push((condition, vec![bind]));
            Ok(Planned::One(level, planner.rows(level, &sets)))
        }
        Root::List(declaration) => {
            planner.allow(declaration)?;
            let listing = listing::read(declaration, &mut arguments)?;
            let level = planner.root(declaration, moment);
            planner.levels[level].dated = declaration.dated;
            Ok(Planned::Connection(level, planner.connection(level, listing, merged)?))
        }
        Root::Groups(declaration) => {
            Ok(Planned::Groups(Box::new(groups::plan(planner, declaration, arguments, &sets, moment)?)))
        }
        Root::Node => {
            let id = arguments.get("id").and_then(Value::as_str).unwrap_or_default();
            let (declaration, uuid) = find(entities, id).ok_or(ErrorCode::NotFound)?;
            planner.allow(declaration).map_err(|_| ErrorCode::NotFound)?;
            Ok(Planned::One(by_id(planner, declaration, moment, vec![uuid]), last_rows(planner, &sets)))
        }
        Root::Nodes => nodes(planner, entities, arguments, moment, &sets),
        Root::Viewer(declaration) => {
            planner.allow(declaration).map_err(|_| ErrorCode::Unauthenticated)?;
            let account = planner.context.actor.account.ok_or(ErrorCode::Unauthenticated)?;
            Ok(Planned::One(by_id(planner, declaration, moment, vec![account]), last_rows(planner, &sets)))
        }
        Root::Trace => {
            let asked = trace::Asked::read(arguments, day)?;
            planner.allow(asked.start()).map_err(|_| ErrorCode::NotFound)?;
            Ok(Planned::Trace(Box::new(trace::plan::Plan::new(asked, planner.context, merged))))
        }
        Root::Work => {
            let asked = work::Asked::read(arguments, planner.context.today)?;
            Ok(Planned::Work(Box::new(work::Plan::new(asked, planner.context, merged))))
        }
        Root::Value(field) => {
            let value = (field.compute)(&arguments, planner.context.locale)?;
            Ok(Planned::Value(value, planner.pick(field.shape, &sets)))
        }
        Root::Stored(shape, work_out) => Ok(Planned::Stored(*work_out, arguments, planner.pick(shape, &sets))),
        // What is made of an answer is planned by whoever has the question, what the engine knows by itself; no question asks for them.
        Root::Drawn(_) | Root::Estimate | Root::ApiLimits => Err(ErrorCode::NotFound.into()),
    }
}

fn find(entities: &'static [&'static Declaration], id: &str) -> Option<(&'static Declaration, uuid::Uuid)> {
    let id = entity::OpaqueId::parse(id)?;
    let declaration =
        entities.iter().find(|declaration| declaration.kind.is_some_and(|kind| kind as u8 == id.number))?;
    Some((declaration, id.uuid))
}

/// Adds a level of rows with these ids.
pub fn by_id(
    planner: &mut Planner<'_>,
    declaration: &'static Declaration,
    moment: Moment,
    ids: Vec<uuid::Uuid>,
) -> usize {
    let level = planner.root(declaration, moment);
    if let [id] = ids.as_slice() {
        planner.levels[level].find.push(("{t}.id = {k0}".to_owned(), vec![Bind::Uuid(*id)]));
    } else {
        planner.levels[level].among = Some(ids);
    }
    level
}

fn last_rows<'a>(planner: &mut Planner<'a>, sets: &[&'a SelectionSet]) -> Object {
    let level = planner.levels.len() - 1;
    planner.rows(level, sets)
}

fn nodes<'a>(
    planner: &mut Planner<'a>,
    entities: &'static [&'static Declaration],
    mut arguments: Map<String, Value>,
    moment: Moment,
    sets: &[&'a SelectionSet],
) -> Result<Planned<'a>, Refusal> {
    let ids = arguments::list(arguments.remove("ids").unwrap_or_default());
    if ids.len() > MAX_NODES {
        return Err(ErrorCode::PageSizeInvalid.at(["ids"]).with("maximum", MAX_NODES));
    }
    let found: Vec<_> = ids.iter().map(|id| find(entities, id.as_str().unwrap_or_default())).collect();
    let mut kinds: Vec<(&'static Declaration, Vec<uuid::Uuid>)> = Vec::new();
    for (declaration, uuid) in found.iter().flatten() {
        match kinds.iter_mut().find(|(known, _)| std::ptr::eq(*known, *declaration)) {
            Some((_, ids)) => ids.push(*uuid),
            None => kinds.push((declaration, vec![*uuid])),
        }
    }
    let mut shapes = Vec::new();
    let mut levels = Vec::new();
    for (declaration, ids) in kinds {
        if planner.allow(declaration).is_err() {
            continue;
        }
        let level = by_id(planner, declaration, moment.clone(), ids);
        let object = planner.rows(level, sets);
        let id = planner.id_column(level);
        levels.push((declaration, level));
        shapes.push((level, id, object));
    }
    let places = found.into_iter().map(|found| {
        let (declaration, uuid) = found?;
        let (_, level) = levels.iter().find(|(known, _)| std::ptr::eq(*known, declaration))?;
        Some((*level, uuid))
    });
    Ok(Planned::Many(places.collect(), shapes))
}

/// The condition of a lookup by id or natural key.
fn lookup(declaration: &'static Declaration, arguments: &mut Map<String, Value>) -> Result<(String, Bind), Refusal> {
    let id = arguments.remove("id").filter(|id| !id.is_null());
    let by = arguments.remove("by").filter(|by| !by.is_null());
    match (id, by) {
        (Some(id), None) => {
            let id = id.as_str().and_then(entity::OpaqueId::parse);
            let id = id.filter(|id| declaration.kind.is_some_and(|kind| kind as u8 == id.number));
            Ok(("{t}.id = {k0}".to_owned(), Bind::Uuid(id.ok_or(ErrorCode::NotFound)?.uuid)))
        }
        (None, Some(by)) => natural(declaration, &by, "{t}").ok_or_else(|| arguments::input_fault("by")),
        _ => Err(arguments::input_fault(if declaration.lookups.is_empty() { "id" } else { "by" })),
    }
}

fn natural(declaration: &'static Declaration, by: &Value, alias: &str) -> Option<(String, Bind)> {
    let (name, value) = by.as_object()?.iter().find(|(_, value)| !value.is_null())?;
    let lookup: &Lookup = declaration.lookups.iter().find(|lookup| lookup.name == name)?;
    let condition = fill(lookup.condition, |word| (word == "t").then(|| alias.to_owned()));
    match lookup.through {
        None => Some((condition, Bind::Text(arguments::storable(value)?.to_owned()))),
        Some(through) => {
            let inner_alias = format!("n{}", through.table);
            let (inner, bind) = natural(through, value, &inner_alias)?;
            let select = format!("(SELECT {inner_alias}.id FROM {} {inner_alias} WHERE {inner})", through.table);
            Some((fill(&condition, |word| (word == "k0").then(|| select.clone())), bind))
        }
    }
}

/// The root fields that follow from the entities, as the schema shows them.
pub fn of_entities(entities: &'static [&'static Declaration]) -> Vec<(Root, RootField)> {
    let mut roots = Vec::new();
    for declaration in entities.iter().copied() {
        let name = declaration.name;
        let term = declaration.description.split('.').next().unwrap_or_default();
        if !declaration.singular.is_empty() {
            let mut arguments = vec![input("id", "ID", "Identificador. The id that the service gave.")];
            if !declaration.lookups.is_empty() {
                arguments.push(input("by", &format!("{name}By"), "Clave natural. Instead of the id."));
            } else {
                arguments[0].ty = "ID!".to_owned();
            }
            arguments.push(as_of());
            let about = format!("{term}. One {name}; NOT_FOUND when there is none that the viewer may read.");
            roots.push((Root::Lookup(declaration), root_field(declaration.singular, about, name, arguments)));
        }
        if declaration.plural.is_empty() {
            continue;
        }
        let mut arguments: Vec<_> = inputs::listing_arguments(declaration).into_values().collect();
        arguments.push(as_of());
        let when = if declaration.dated { " in force on the date" } else { "" };
        let about = format!("{term} (lista). Every {name}{when} that the viewer may read, page by page.");
        let connection = crate::graph::names::connection(declaration);
        roots.push((Root::List(declaration), root_field(declaration.plural, about, &connection, arguments)));
        if !listing::paths(declaration, |member| member.group).is_empty() {
            let arguments = vec![
                input("by", &format!("[{name}GroupField!]!"), "Por. What the rows are counted by; 1 to 3 words."),
                input("where", &format!("{name}Where"), "Filtro. Only rows that fulfil this."),
                input("first", "Int", "Primeros. How many groups, the largest first; 1 to 100, 100 when not given."),
                as_of(),
            ];
            let about = format!("{term} (conteo). {name} counted by group.");
            let field = crate::graph::names::groups(declaration);
            roots.push((Root::Groups(declaration), root_field(&field, about, "Groups", arguments)));
        }
    }
    roots
}

/// A root field that is not an entity's own.
pub fn root_field(
    name: &str,
    description: String,
    ty: &str,
    arguments: Vec<async_graphql::registry::MetaInputValue>,
) -> RootField {
    let arguments: Arguments = arguments.into_iter().map(|argument| (argument.name.clone(), argument)).collect();
    RootField { name: name.to_owned(), description, ty: ty.to_owned(), arguments, register: Box::new(|_| {}) }
}

/// The `asOf` argument.
pub fn as_of() -> async_graphql::registry::MetaInputValue {
    input(
        "asOf",
        "Date",
        "Vigente en. The civil date on which everything below is read, unless a path says otherwise; today when not given.",
    )
}
