//! The limits of the service, told by itself: `apiLimits`, and `estimateCost` of a document without running it.

use async_graphql::Variables;
use serde_json::{Map, Value, json};

use super::{
    Engine, coerce,
    cost::told,
    drawn::{AllAsked, Asked},
    roots::{MAX_NODES, Planned, root_field},
};
use crate::{
    graph::{
        bridge::{Contracted, RootField, input, register_object},
        declaration::{ObjectShape, Shape, ShapeField},
        error::{ErrorCode, Refusal},
        words::{shown, shown_or_null},
    },
    http::guard::Limits,
    reader::{
        collect::{Merged, Source, below},
        listing::{MAX_CONDITIONS, MAX_NEEDLE, MAX_PAGE, MAX_RELATIONS_DEEP},
        planner::{Context, Planner},
    },
};

const COUNT: Shape = Shape::Leaf("Int");
const TEXT: Shape = Shape::Leaf("String");

static SHARE: ObjectShape = ObjectShape {
    name: "CostShare",
    description: "Parte del costo. What one coordinate of the schema adds to the cost of a request.",
    fields: &[
        shown("coordinate", &TEXT, "Coordenada. A type and one of its fields, such as `Query.findings`."),
        shown("cost", &COUNT, "Costo. What it adds."),
    ],
};

static ESTIMATE: ObjectShape = ObjectShape {
    name: "CostEstimate",
    description: "Costo estimado. What a document would cost at the most.",
    fields: &[
        shown("cost", &COUNT, "Costo. By `@cost` and `@listSize`; what is more than 2147483647 is told as that."),
        shown("limit", &COUNT, "Límite. The most that one request may cost."),
        shown("accepted", &Shape::Leaf("Boolean"), "Admisible. Whether it may."),
        shown(
            "breakdown",
            &Shape::List(&Shape::Object(&SHARE)),
            "Desglose. The dearest coordinates, at most 10; those of a page stand under the field that asks for it.",
        ),
    ],
};

/// The bounds of the guard: field, member of [`Limits`], description.
macro_rules! guard_limits {
    ($(($name:literal, $member:ident, $about:literal)),* $(,)?) => {
        const GUARD: &[ShapeField] = &[$(shown($name, &COUNT, $about)),*];

        fn guard(limits: &Limits) -> Value {
            json!({ $($name: told(limits.$member)),* })
        }
    };
}

guard_limits! {
    ("bodyBytes", body_bytes, "Bytes del cuerpo. Of the body of a request."),
    ("documentBytes", document_bytes, "Bytes del documento. Of one GraphQL document."),
    ("tokens", tokens, "Símbolos. Lexical tokens and comments of a document."),
    ("nesting", nesting, "Anidamiento. Brackets open at once in a document."),
    ("nameBytes", name_bytes, "Bytes de un nombre. Of a field, alias, type or variable."),
    ("operations", operations, "Operaciones. Of one document."),
    ("fragments", fragments, "Fragmentos. Of one document."),
    ("variables", variables, "Variables. That one operation declares."),
    ("arguments", arguments, "Argumentos. Of one field or directive."),
    ("fields", fields, "Campos. Of one operation, fragments expanded."),
    ("nodes", nodes, "Selecciones. Of every kind, with directives and arguments, fragments expanded."),
    ("merges", merges, "Comparaciones. Of fields that end in the same selection set."),
    ("depth", depth, "Profundidad. Fields inside fields."),
    ("aliases", aliases, "Alias. Of one operation, fragments expanded."),
    ("directives", directives, "Directivas. Of one operation, fragments expanded."),
    ("rootFields", root_fields, "Campos raíz. Of one operation."),
    ("introspectionLists", introspection_lists, "Listas de la introspección. Lists inside lists below `__schema` and `__type`."),
    ("argumentUnits", argument_units, "Valores de argumentos. Units of the values of arguments, variables put in their places: a value or 32 bytes of text."),
    ("values", values, "Valores. In the variables of a request."),
    ("valuesNesting", values_nesting, "Anidamiento de valores. Brackets open at once in the variables."),
    ("textBytes", text_bytes, "Bytes de un texto. Of one text in the variables."),
}

static REQUEST: ObjectShape = ObjectShape {
    name: "RequestLimits",
    description: "Límites de una solicitud. The largest that is still accepted.",
    fields: GUARD,
};

static COST: ObjectShape = ObjectShape {
    name: "CostLimits",
    description: "Límites de costo. What requests may cost, by `@cost` and `@listSize`.",
    fields: &[
        shown("request", &COUNT, "Solicitud. The most that one request may cost."),
        shown_or_null(
            "minute",
            &COUNT,
            "Minuto. What one caller may spend in a minute, where nothing else is agreed with the client; the headers `RateLimit` \
             and `RateLimit-Policy` say how much is left. Null where nothing is limited.",
        ),
    ],
};

static PAGES: ObjectShape = ObjectShape {
    name: "PageLimits",
    description: "Límites de las listas. How much of a list is asked for at once, and how much a filter may say.",
    fields: &[
        shown("first", &COUNT, "Página. The most of `first` and `last` of a connection."),
        shown("ids", &COUNT, "Identificadores. The most ids of `nodes`."),
        shown("conditions", &COUNT, "Condiciones. The most comparisons and relations of one `where`."),
        shown("relations", &COUNT, "Relaciones. How deep relations stand inside relations of one `where`."),
        shown("needle", &COUNT, "Texto buscado. The most characters of a text that is searched for."),
    ],
};

static API_LIMITS: ObjectShape = ObjectShape {
    name: "ApiLimits",
    description: "Límites del servicio. What is refused before it is read.",
    fields: &[
        shown("request", &Shape::Object(&REQUEST), "Solicitud. Of its body, its document and its variables."),
        shown("cost", &Shape::Object(&COST), "Costo. Of one request and of a minute."),
        shown("pages", &Shape::Object(&PAGES), "Listas. Of pages and filters."),
    ],
};

/// The root fields.
pub fn roots() -> Vec<RootField> {
    let mut estimate = root_field(
        "estimateCost",
        "Estimar el costo. What a document would cost at the most, without running it; a document that would be refused is refused \
         here for the same reason."
            .to_owned(),
        "CostEstimate",
        vec![
            input("document", "String!", "Documento. The document."),
            input("variables", "JSON", "Variables. An object, as it would go with the document."),
            input("operationName", "String", "Operación. Which one, where the document has several."),
        ],
    );
    estimate.register = Box::new(|registry| register_object(registry, &ESTIMATE));
    let about = "Límites. Everything that this service limits; whoever asks may know it beforehand.";
    let mut limits = root_field("apiLimits", about.to_owned(), "ApiLimits", vec![]);
    limits.register = Box::new(|registry| register_object(registry, &API_LIMITS));
    vec![estimate, limits]
}

/// The document whose cost is asked, and its variables.
pub(super) fn asked<C: Contracted>(
    engine: &Engine<C>,
    context: Context<'_>,
    merged: &Merged<'_>,
) -> Result<Asked, Refusal> {
    let mut arguments = context.source.arguments(&merged[0].node);
    let first = |refusals: Vec<Refusal>| {
        let refusal = refusals.into_iter().next().unwrap_or_else(|| ErrorCode::DocumentInvalid.into());
        refusal.at(["document"])
    };
    let text = arguments.get("document").and_then(Value::as_str).unwrap_or_default();
    let document = engine.documents.get(text).map_err(first)?;
    let given = match arguments.remove("variables") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(variables)) => variables,
        Some(_) => return Err(ErrorCode::InvalidArgument.at(["variables"])),
    };
    let name = name(&arguments);
    let library = Variables::from_json(Value::Object(given.clone()));
    engine.documents.measure(&document.parsed, name, &library).map_err(first)?;
    let variables = coerce::variables(&engine.types, document.operation(name)?, given);
    Ok(Asked { variables: variables.map_err(|refusal| refusal.at(["variables"]))?, document })
}

fn name(arguments: &Map<String, Value>) -> Option<&str> {
    arguments.get("operationName").and_then(Value::as_str)
}

/// Counts what is asked about.
pub(super) fn estimate<'a, C: Contracted>(
    engine: &Engine<C>,
    planner: &Planner<'a>,
    merged: &Merged<'a>,
    all: &AllAsked,
) -> Result<Planned<'a>, Refusal> {
    let asked = all.get(merged[0].node.response_key().node.as_str()).ok_or(ErrorCode::NotFound)?;
    let asked = asked.as_ref().map_err(Clone::clone)?;
    let arguments = planner.context.source.arguments(&merged[0].node);
    let operation = asked.document.operation(name(&arguments))?;
    let source = Source { document: &asked.document.parsed, variables: &asked.variables };
    let cost = engine.costs.requested(source, operation);
    let estimate = json!({
        "cost": told(cost.total()),
        "limit": told(engine.max_cost),
        "accepted": cost.total() <= engine.max_cost,
        "breakdown": cost.breakdown(),
    });
    Ok(Planned::Value(estimate, planner.pick_object(&ESTIMATE, &below(merged))))
}

/// All limits.
pub(super) fn limits<'a, C: Contracted>(engine: &Engine<C>, planner: &Planner<'a>, merged: &Merged<'a>) -> Planned<'a> {
    let limits = json!({
        "request": guard(engine.documents.limits()),
        "cost": { "request": told(engine.max_cost), "minute": engine.rate.usual().map(told) },
        "pages": {
            "first": MAX_PAGE,
            "ids": MAX_NODES,
            "conditions": MAX_CONDITIONS,
            "relations": MAX_RELATIONS_DEEP,
            "needle": MAX_NEEDLE,
        },
    });
    Planned::Value(limits, planner.pick_object(&API_LIMITS, &below(merged)))
}
