//! `schema.graphql`: equal to the code, explained, even.

use std::{collections::BTreeMap, path::Path};

use articula_tests::{database, service::Service};
use serde_json::{Value, json};

/// The canonical introspection query, as GraphiQL and code generators send it.
pub const INTROSPECTION: &str = include_str!("introspection.graphql");

fn committed(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn on_one(test: impl AsyncFn(&Service) + Send + Clone + 'static) {
    database::on_each(move |fresh| {
        let test = test.clone();
        async move {
            let service = Service::start(&fresh, "2026-06-30".parse().expect("a date")).await;
            test(&service).await;
            service.stop().await;
        }
    });
}

/// The schema as it tells of itself, its own machinery (`__…`) left out.
async fn types(service: &Service) -> Vec<Value> {
    let schema = service.visitor().data(INTROSPECTION, json!({})).await["__schema"].clone();
    let types = schema["types"].as_array().expect("types").iter();
    types.filter(|ty| !ty["name"].as_str().unwrap_or_default().starts_with("__")).cloned().collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn name(value: &Value) -> &str {
    value["name"].as_str().unwrap_or_default()
}

/// `[Node!]`, from the nested types of introspection.
pub fn written(ty: &Value) -> String {
    match ty["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&ty["ofType"])),
        Some("LIST") => format!("[{}]", written(&ty["ofType"])),
        _ => name(ty).to_owned(),
    }
}

fn of<'a>(types: &'a [Value], wanted: &str) -> &'a Value {
    types.iter().find(|ty| name(ty) == wanted).expect("a type of the schema")
}

#[test]
fn the_committed_schema_is_the_one_that_is_served() {
    on_one(async |service| {
        let committed = committed("schema.graphql");
        assert!(service.app.sdl().trim() == committed.trim(), "run `articula schema > schema.graphql`");
        let served = service.request(reqwest::Method::GET, "/schema.graphql").send().await.expect("an answer");
        assert!(served.text().await.expect("text").trim() == committed.trim(), "/schema.graphql is another");
    });
}

#[test]
fn everything_in_the_schema_is_described() {
    on_one(async |service| {
        let mut bare = Vec::new();
        let described = |value: &Value| value["description"].as_str().is_some_and(|text| text.trim().len() > 3);
        for ty in types(service).await {
            let here = name(&ty).to_owned();
            let library = ["Boolean", "Float", "ID", "Int", "String"].contains(&here.as_str());
            if !described(&ty) && !library {
                bare.push(here.clone());
            }
            for part in ["fields", "inputFields", "enumValues"] {
                for member in list(&ty[part]) {
                    let path = format!("{here}.{}", name(member));
                    bare.extend((!described(member)).then(|| path.clone()));
                    let arguments = list(&member["args"]).filter(|argument| !described(argument));
                    bare.extend(arguments.map(|argument| format!("{path}({})", name(argument))));
                }
            }
        }
        assert!(bare.is_empty(), "without description: {bare:?}");
    });
}

#[test]
fn what_can_fail_by_itself_is_nullable() {
    on_one(async |service| {
        let types = types(service).await;
        for root in ["Query", "Mutation"] {
            for field in list(&of(&types, root)["fields"]) {
                assert!(!written(&field["type"]).ends_with('!'), "{root}.{} can never be null", name(field));
            }
        }
        for payload in types.iter().filter(|ty| name(ty).ends_with("Payload")) {
            let fields: BTreeMap<_, _> = list(&payload["fields"]).map(|f| (name(f), written(&f["type"]))).collect();
            assert_eq!(fields.get("errors").map(String::as_str), Some("[UserError!]!"), "{}", name(payload));
            let object = fields.iter().find(|(field, _)| **field != "errors").expect("the object");
            assert!(!object.1.ends_with('!'), "{}.{} can never be null", name(payload), object.0);
        }
    });
}

#[test]
fn lists_are_connections_and_nodes_have_ids() {
    on_one(async |service| {
        let types = types(service).await;
        for connection in types.iter().filter(|ty| name(ty).ends_with("Connection")) {
            let fields: BTreeMap<_, _> = list(&connection["fields"]).map(|f| (name(f), written(&f["type"]))).collect();
            for field in ["edges", "nodes", "pageInfo", "totalCount"] {
                assert!(fields.contains_key(field), "{} has no {field}", name(connection));
            }
        }
        for ty in &types {
            for field in list(&ty["fields"]) {
                if written(&field["type"]).trim_end_matches('!').ends_with("Connection") {
                    let arguments: Vec<_> = list(&field["args"]).map(name).collect();
                    for argument in ["where", "orderBy", "first", "after", "last", "before"] {
                        assert!(arguments.contains(&argument), "{}.{} has no {argument}", name(ty), name(field));
                    }
                }
            }
            if list(&ty["interfaces"]).any(|interface| name(interface) == "Node") {
                assert!(list(&ty["fields"]).any(|field| name(field) == "id"), "{} has no id", name(ty));
            }
        }
    });
}

/// Acts on an existing object whose `expectedVersion` would mean nothing, and why.
const WITHOUT_VERSION: &[(&str, &str)] = &[
    ("organizationClassify", "a classification is added beside others; the chain of the organization orders them"),
    ("memberInvite", "it makes a member"),
    ("findingRegister", "it makes a finding"),
    ("organizationAppoint", "it makes a grant, and the member where there is none"),
    ("processLeadTransfer", "it says who leads from a day on, whoever led; the chain of the organization orders them"),
    ("processResponsibilitiesSet", "it says all that holds from a day on, whatever held before"),
    ("referenceAdoptionsSet", "it says all that holds from a day on, whatever held before"),
    ("codePatternSet", "an organization has one pattern of a kind, there or not"),
];

#[test]
fn every_mutation_tells_its_codes_and_can_be_repeated_and_tried() {
    on_one(async |service| {
        let types = types(service).await;
        let known: Vec<_> = list(&of(&types, "ErrorCode")["enumValues"]).map(name).collect();
        for mutation in list(&of(&types, "Mutation")["fields"]) {
            let act = name(mutation);
            let description = mutation["description"].as_str().unwrap_or_default();
            let codes = description.rsplit_once("Codes: ").map(|(_, codes)| codes.trim_end_matches('.'));
            let codes: Vec<_> = codes.unwrap_or_else(|| panic!("{act} does not list its codes")).split(", ").collect();
            for code in &codes {
                assert!(known.contains(code), "{act} lists {code}, which is no code");
            }
            let arguments: BTreeMap<_, _> = list(&mutation["args"]).map(|a| (name(a), written(&a["type"]))).collect();
            assert_eq!(arguments.get("idempotencyKey").map(String::as_str), Some("String"), "{act}");
            assert!(arguments.get("dryRun").is_some_and(|ty| ty.starts_with("Boolean")), "{act}");
            assert!(!arguments.contains_key("asOf"), "{act}: the past is not written");
            let excepted = act.ends_with("Create") || WITHOUT_VERSION.iter().any(|(known, _)| *known == act);
            let version = arguments.get("expectedVersion").map(String::as_str);
            assert_eq!(version, (!excepted).then_some("Int!"), "{act}");
            if !excepted {
                assert!(codes.contains(&"VERSION_CONFLICT"), "{act} does not say that races are told");
            }
        }
    });
}
