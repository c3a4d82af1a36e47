//! Root fields that are made of what a document of the service's own answers to the same viewer.

use std::{collections::HashMap, sync::Arc};

use async_graphql::indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{
    Engine,
    documents::Document,
    limits, query,
    roots::{Drawing, Planned, Root},
};
use crate::{
    graph::{
        bridge::Contracted,
        error::{ErrorCode, Refusal},
    },
    insight::trace::plan::Found,
    reader::{
        collect::{Merged, Source, below},
        fetch::Fetched,
        planner::{Context, Planner},
        reads::PersonalReads,
        write::Writer,
    },
};

/// A document that a field asks for or about.
pub struct Asked {
    pub(super) document: Arc<Document>,
    pub(super) variables: Map<String, Value>,
}

/// What is asked for each such field of a request, by response key.
pub type AllAsked = HashMap<String, Result<Asked, Refusal>>;

/// Finds the documents before anything is planned, for planning lends from them.
pub fn ask<C: Contracted>(engine: &Engine<C>, context: Context<'_>, fields: &IndexMap<&str, Merged<'_>>) -> AllAsked {
    let mut all = AllAsked::new();
    for (key, merged) in fields {
        let asked = match engine.roots.get(merged[0].node.name.node.as_str()) {
            Some(Root::Drawn(drawing)) => question(engine, context, drawing, merged),
            Some(Root::Estimate) => limits::asked(engine, context, merged),
            _ => continue,
        };
        all.insert((*key).to_owned(), asked);
    }
    all
}

fn question<C: Contracted>(
    engine: &Engine<C>,
    context: Context<'_>,
    drawing: &Drawing,
    merged: &Merged<'_>,
) -> Result<Asked, Refusal> {
    let question = (drawing.ask)(&context.source.arguments(&merged[0].node), context.today)?;
    let document = engine.documents.get(question.document).map_err(|refusals| {
        tracing::error!(?refusals, document = question.document, "a document of the service's own is refused");
        ErrorCode::Internal
    })?;
    Ok(Asked { document, variables: question.variables })
}

/// The document and the variables of what is asked.
fn source(asked: &Asked) -> Source<'_> {
    Source { document: &asked.document.parsed, variables: &asked.variables }
}

/// Plans what is asked for a field among the levels of the request.
pub fn plan<'a, C: Contracted>(
    engine: &Engine<C>,
    planner: &mut Planner<'a>,
    drawing: &'static Drawing,
    merged: &Merged<'a>,
    all: &'a AllAsked,
) -> Result<Planned<'a>, Refusal> {
    let asked = match merged[0].node.response_key().node.as_str() {
        key if all.contains_key(key) => all[key].as_ref().map_err(Clone::clone)?,
        _ => return Err(ErrorCode::NotFound.into()),
    };
    let own = planner.context.source;
    planner.context.source = source(asked);
    let fields = inner(engine, planner, asked, all);
    planner.context.source = own;
    Ok(Planned::Drawn(drawing, own.arguments(&merged[0].node), fields?, planner.pick(drawing.shape, &below(merged))))
}

fn inner<'a, C: Contracted>(
    engine: &Engine<C>,
    planner: &mut Planner<'a>,
    asked: &'a Asked,
    all: &'a AllAsked,
) -> Result<Vec<(String, Planned<'a>)>, Refusal> {
    let operation = asked.document.operation(None)?;
    let fields = planner.context.source.fields(&[&operation.selection_set.node], &|name| name == "Query");
    let plan =
        |(key, merged): (&&'a str, &Merged<'a>)| Ok(((*key).to_owned(), query::plan(engine, planner, merged, all)?));
    fields.iter().map(plan).collect()
}

/// Makes the values of a request's such fields, in their order, and tells whose personal data went into them.
pub fn make(
    planned: &[(String, Planned<'_>)],
    all: &AllAsked,
    planner: &Planner<'_>,
    fetched: &[Fetched],
    traces: &[Option<Found>],
    reads: &mut PersonalReads,
) -> Vec<Result<Value, Refusal>> {
    let mut values = Vec::new();
    let mut traces = traces.iter();
    for (key, planned) in planned {
        if let Planned::Trace(_) = planned {
            traces.next();
        }
        let (Planned::Drawn(drawing, arguments, fields, _), Some(Ok(asked))) = (planned, all.get(key)) else {
            continue;
        };
        let context = Context { source: source(asked), ..planner.context };
        let mut writer = Writer::new(&planner.levels, fetched, context);
        writer.object(fields, |writer, planned| match planned {
            Planned::Trace(plan) => query::traced(writer, plan, traces.next()),
            read => query::write(writer, read),
        });
        reads.merge(std::mem::take(&mut writer.reads));
        let value = match writer.errors.into_iter().next() {
            Some(error) => Err(error.refusal),
            None => {
                let data = serde_json::from_slice(&writer.out).unwrap_or_default();
                (drawing.make)(arguments, &data, context.today, context.locale)
            }
        };
        values.push(value);
    }
    values
}
