//! Queries: all root fields planned together, read in one snapshot, written in document order.

use async_graphql::{
    Positioned, Variables,
    indexmap::IndexMap,
    parser::types::{DocumentOperations, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};
use serde_json::Value;

use super::{
    Engine, GraphResponse,
    answer::Telling,
    drawn::{self, AllAsked},
    limits,
    roots::{self, Planned, Root},
};
use crate::{
    graph::{
        bridge::Contracted,
        error::{ErrorCode, Refusal},
    },
    insight::{trace, work},
    reader::{
        self,
        collect::{Merged, agree, conflicting},
        fetch::{Fetched, fetch},
        plan::Picked,
        planner::{Context, Planner},
        reads::PersonalReads,
        snapshot::ReadFault,
        write::Writer,
    },
    store::{Store, StoreFault},
};

/// Runs a query operation.
pub async fn run<C: Contracted>(
    engine: &Engine<C>,
    store: &Store,
    context: Context<'_>,
    operation: &OperationDefinition,
    telling: Telling<'_>,
) -> GraphResponse {
    let fields = context.source.fields(&[&operation.selection_set.node], &|name| name == "Query");
    let asked = drawn::ask(engine, context, &fields);
    let mut planner = Planner::new(context);
    let mut planned = Vec::with_capacity(fields.len());
    for (key, merged) in &fields {
        let levels = planner.levels.len();
        let field = plan(engine, &mut planner, merged, &asked).unwrap_or_else(|refusal| {
            // Nothing is read for what is refused.
            planner.levels.truncate(levels);
            Planned::Refused(refusal)
        });
        planned.push(((*key).to_owned(), field));
    }
    let Read { fetched, groups, traces, works } = match read(store, &mut planner, &planned).await {
        Ok(read) => read,
        Err(fault) if stopped(fault.as_ref()) => return telling.refused(&[store.stopped()]),
        Err(fault) => return telling.internal(fault.as_ref()),
    };
    let introspected = match introspect(engine, context, &fields, &planned).await {
        Ok(introspected) => introspected,
        Err(refusals) => return telling.refused(&refusals),
    };
    let worked_out = work_out(engine, store, context, &planned, telling).await;
    let mut reads = PersonalReads::default();
    let mut drawn = drawn::make(&planned, &asked, &planner, &fetched, &traces, &mut reads).into_iter();
    let mut writer = Writer::new(&planner.levels, &fetched, context);
    let (mut counted, mut worked_out, mut traces) = (groups.iter(), worked_out.into_iter(), traces.iter());
    let mut works = works.iter();
    writer.object(&planned, |writer, planned| match planned {
        Planned::Groups(groups) => writer.picked(counted.next().unwrap_or(&Value::Null), &groups.picked),
        Planned::Stored(.., picked) => made(writer, worked_out.next(), picked),
        Planned::Drawn(_, _, fields, picked) => {
            // Its traces are told already.
            traces.by_ref().take(self::traces(fields).len()).for_each(drop);
            made(writer, drawn.next(), picked);
        }
        Planned::Trace(plan) => traced(writer, plan, traces.next()),
        Planned::Work(plan) => match works.next() {
            Some(found) => work::write(writer, plan, found),
            None => writer.raw("null"),
        },
        Planned::Introspection => {
            let value = introspected.get(writer.key()).map(Value::to_string);
            writer.raw(value.as_deref().unwrap_or("null"));
        }
        read => write(writer, read),
    });
    let answer = telling.executed(&writer.out, &writer.errors);
    reads.merge(writer.reads);
    store.note_reads(context.actor, telling.request_id, reads).await;
    answer
}

/// Writes a root field of which everything is read.
pub(super) fn write<'a>(writer: &mut Writer<'a>, planned: &'a Planned<'a>) {
    match planned {
        Planned::TypeName => writer.string("Query"),
        Planned::Refused(refusal) => writer.fail(refusal.clone()),
        Planned::One(level, object) => match writer.range(*level, 0).next() {
            Some(row) => writer.row(*level, row, object),
            None => writer.fail(ErrorCode::NotFound.into()),
        },
        Planned::Many(places, shapes) => nodes(writer, places, shapes),
        Planned::Connection(level, fields) => writer.connection(*level, 0, fields),
        Planned::Value(value, picked) => writer.picked(value, picked),
        Planned::Groups(_)
        | Planned::Stored(..)
        | Planned::Drawn(..)
        | Planned::Trace(_)
        | Planned::Work(_)
        | Planned::Introspection => writer.raw("null"),
    }
}

/// Writes a trace; none was found where the viewer does not see its start.
pub(super) fn traced<'a>(
    writer: &mut Writer<'a>,
    plan: &'a trace::plan::Plan<'a>,
    found: Option<&'a Option<trace::plan::Found>>,
) {
    match found {
        Some(Some(found)) => trace::answer::write(writer, plan, found),
        _ => writer.fail(ErrorCode::NotFound.into()),
    }
}

/// Writes a value that was made for a root field, or why it was not.
fn made<'a>(writer: &mut Writer<'a>, value: Option<Result<Value, Refusal>>, picked: &'a Picked) {
    match value.unwrap_or(Ok(Value::Null)) {
        Ok(value) => writer.picked(&value, picked),
        Err(refusal) => writer.fail(refusal),
    }
}

/// The values that the store works out, one after another.
async fn work_out<C: Contracted>(
    engine: &Engine<C>,
    store: &Store,
    context: Context<'_>,
    planned: &[(String, Planned<'_>)],
    telling: Telling<'_>,
) -> Vec<Result<Value, Refusal>> {
    let mut values = Vec::new();
    for (_, planned) in planned {
        if let Planned::Stored(work_out, arguments, _) = planned {
            let value = work_out(store, &engine.receipts, context.actor, arguments).await;
            values.push(value.map_err(|refusal| match refusal.code {
                ErrorCode::Internal => telling.internal_refusal(),
                _ => refusal,
            }));
        }
    }
    values
}

/// Plans one root field.
pub(super) fn plan<'a, C: Contracted>(
    engine: &Engine<C>,
    planner: &mut Planner<'a>,
    merged: &Merged<'a>,
    asked: &'a AllAsked,
) -> Result<Planned<'a>, Refusal> {
    if !agree(merged) {
        return Err(conflicting(merged));
    }
    match merged[0].node.name.node.as_str() {
        "__typename" => Ok(Planned::TypeName),
        // Where it is off, they are fields that nobody knows.
        "__schema" | "__type" if engine.introspection => Ok(Planned::Introspection),
        name => {
            let root = engine.roots.get(name).ok_or(ErrorCode::NotFound)?;
            if planner.context.actor.account.is_none() && !root.is_public() {
                return Err(ErrorCode::Unauthenticated.into());
            }
            match root {
                Root::Drawn(drawing) => drawn::plan(engine, planner, drawing, merged, asked),
                Root::Estimate => limits::estimate(engine, planner, merged, asked),
                Root::ApiLimits => Ok(limits::limits(engine, planner, merged)),
                root => roots::plan(planner, C::contract().entities, root, merged),
            }
        }
    }
}

/// Did the database stop, at the deadline or with the service?
fn stopped(fault: &(dyn std::error::Error + 'static)) -> bool {
    fault.downcast_ref().is_some_and(ReadFault::is_stopped) || fault.downcast_ref().is_some_and(StoreFault::is_stopped)
}

/// What was read for the root fields.
#[derive(Default)]
struct Read {
    fetched: Vec<Fetched>,
    /// One value for each count by group.
    groups: Vec<Value>,
    /// One for each trace; none where the viewer does not see its start.
    traces: Vec<Option<trace::plan::Found>>,
    /// One for each list of what waits.
    works: Vec<work::Found>,
}

/// All lists of what waits, in the order of the fields; no document of the service's own asks for one.
fn works<'p, 'a>(planned: &'p [(String, Planned<'a>)]) -> impl Iterator<Item = &'p work::Plan<'a>> {
    planned.iter().filter_map(|(_, planned)| match planned {
        Planned::Work(plan) => Some(plan.as_ref()),
        _ => None,
    })
}

/// All traces, in the order of the fields; those of documents of the service's own stand where their field stands.
pub(super) fn traces<'p, 'a>(planned: &'p [(String, Planned<'a>)]) -> Vec<&'p trace::plan::Plan<'a>> {
    let of_field = |(_, planned): &'p (String, Planned<'a>)| match planned {
        Planned::Trace(plan) => vec![plan.as_ref()],
        Planned::Drawn(_, _, fields, _) => traces(fields),
        _ => Vec::new(),
    };
    planned.iter().flat_map(of_field).collect()
}

/// Reads all in one state of the database; what traces find is read with the rest.
async fn read<'a>(
    store: &Store,
    planner: &mut Planner<'a>,
    planned: &[(String, Planned<'a>)],
) -> Result<Read, Box<dyn std::error::Error>> {
    let groups = planned.iter().filter_map(|(_, planned)| match planned {
        Planned::Groups(groups) => Some(groups),
        _ => None,
    });
    let groups: Vec<_> = groups.collect();
    let traces = traces(planned);
    let finds = !traces.is_empty() || works(planned).next().is_some();
    let statements = reader::statements(&planner.levels, store.dialect()) + groups.len();
    if statements == 0 && !finds {
        return Ok(Read::default());
    }
    let mut snapshot = store.snapshot().await?;
    let searches = reader::searches(&planner.levels) || finds;
    snapshot.expect(if searches { u64::MAX } else { reader::cost(&planner.levels) });
    // One statement is one state already; several are read in one transaction.
    let several = statements > 1 || finds;
    if several {
        snapshot.begin().await?;
    }
    let mut read = Read::default();
    for plan in traces {
        let search = plan.asked.search(planner.context.actor, &mut snapshot, store.statements()).await?;
        read.traces.push(search.map(|search| plan.show(planner, search)));
    }
    for plan in works(planned) {
        let waiting = plan.find(planner.context, &mut snapshot, store.statements()).await?;
        read.works.push(plan.show(planner, waiting));
    }
    read.fetched = fetch(&planner.levels, planner.context.actor, &mut snapshot, store.statements()).await?;
    for groups in groups {
        read.groups.push(groups.read(&planner.context, &mut snapshot, store.statements()).await?);
    }
    if several {
        snapshot.end().await?;
    }
    Ok(read)
}

fn nodes<'a>(
    writer: &mut Writer<'a>,
    places: &'a [Option<(usize, uuid::Uuid)>],
    shapes: &'a [(usize, usize, crate::reader::plan::Object)],
) {
    writer.list(0..places.len(), |writer, place| {
        let found = places[place].and_then(|(level, uuid)| {
            let (_, column, object) = shapes.iter().find(|(known, ..)| *known == level)?;
            let rows = writer.rows(level);
            let row = writer.range(level, 0).find(|row| rows.uuid(*row, *column) == Some(uuid))?;
            Some((level, row, object))
        });
        match found {
            Some((level, row, object)) => writer.row(level, row, object),
            None => writer.fail(ErrorCode::NotFound.into()),
        }
    });
}

/// Hands the fields about the schema to the library, as a request of their own.
async fn introspect<C: Contracted>(
    engine: &Engine<C>,
    context: Context<'_>,
    fields: &IndexMap<&str, Merged<'_>>,
    planned: &[(String, Planned<'_>)],
) -> Result<serde_json::Map<String, Value>, Vec<Refusal>> {
    let asked: Vec<_> = planned.iter().filter(|(_, planned)| matches!(planned, Planned::Introspection)).collect();
    if asked.is_empty() {
        return Ok(Default::default());
    }
    let items = asked.iter().filter_map(|(key, _)| fields.get(key.as_str())).map(merge).collect();
    let document = with_selection(context.source.document, SelectionSet { items });
    let variables = Variables::from_json(Value::Object(context.source.variables.clone()));
    let response = engine.documents.introspect(document, None, variables).await;
    if let Some(error) = response.errors.first() {
        return Err(vec![ErrorCode::DocumentInvalid.with("detail", error.message.clone())]);
    }
    match response.data.into_json() {
        Ok(Value::Object(data)) => Ok(data),
        _ => Err(vec![ErrorCode::DocumentInvalid.with("detail", "introspection")]),
    }
}

/// Fields with one response key, as one field.
fn merge(merged: &Merged<'_>) -> Positioned<Selection> {
    let mut field: Positioned<Field> = merged[0].clone();
    for other in &merged[1..] {
        field.node.selection_set.node.items.extend(other.node.selection_set.node.items.iter().cloned());
    }
    field.node.directives.clear();
    Positioned::new(Selection::Field(field), merged[0].pos)
}

fn with_selection(document: &ExecutableDocument, selection: SelectionSet) -> ExecutableDocument {
    let mut operation = document.operations.iter().next().map(|(_, operation)| operation.clone());
    if let Some(operation) = &mut operation {
        operation.node.selection_set.node = selection;
        operation.node.directives.clear();
    }
    let operations = operation.map(DocumentOperations::Single);
    ExecutableDocument {
        operations: operations.unwrap_or_else(|| document.operations.clone()),
        fragments: document.fragments.clone(),
    }
}
