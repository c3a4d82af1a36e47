//! What asking for something costs: one table by schema coordinate, in the words of the cost directives specification
//! (<https://ibm.github.io/graphql-specs/cost-spec.html>).
//!
//! Most of it follows from the declarations: an object that is read costs 1, a list as often as it is long; a value that is computed of
//! it 1 as a whole; what only holds others together (pages, headings, payloads) nothing.
//! [`OWN`] says what departs from that. It is all written into the schema as `@cost` and `@listSize`, and what a request is
//! charged (`execution::cost`) is read from there: what clients see is what they pay (`docs/decisions/0032`).

use std::collections::HashSet;

use async_graphql::{
    Value,
    registry::{__DirectiveLocation as Location, MetaDirective, MetaDirectiveInvocation, MetaType, Registry},
};

use super::{
    bridge::{Contract, input},
    declaration::{Member, Source},
    names,
    root::CAN,
};

/// The weight of a mutation, besides what it shows.
const ACT: u64 = 10;
/// The weight of a value that is computed of a row, whatever it holds.
const FIGURE: u64 = 1;
/// The weight of `totalCount`: a count of its own for each list.
const COUNT: u64 = 1;
/// The weight of counting by group.
const GROUPS: u64 = 100;
/// How long a list is taken to be that is bounded by nature.
const BOUNDED: u64 = 20;

/// The types of which there is one for each request.
const ROOTS: [&str; 3] = ["Query", "Mutation", "Subscription"];

/// How long a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    /// As long as nobody knows beforehand: taken as so long.
    Assumed(u64),
    /// As long as an argument says, or so long where it is not given; it is the list itself, or this field of the object.
    Sliced(&'static str, u64, Option<&'static str>),
}

/// What departs from the rules: a coordinate, its weight, its length.
const OWN: &[(&str, u64, Option<Length>)] = &[
    // A search looks at 5,000 objects and 50,000 links before it shows any.
    ("Query.trace", 5_000, Some(Length::Sliced("first", 100, Some("hits")))),
    ("TraceHit.path", 0, Some(Length::Assumed(6))),
    // 300 rows of each of a dozen kinds are looked at.
    ("Query.myWork", 5_000, Some(Length::Sliced("first", 25, Some("items")))),
    // Made of what a document of the service's own answers.
    ("Query.picture", 10_000, None),
    ("Query.processMapComparison", 10_000, None),
    // A secretariat has some dozens of units.
    ("StructureVersion.tree", 0, Some(Length::Assumed(100))),
    // Every entry of a chain is sealed again.
    ("Query.verifyHistory", 5_000, None),
    ("Query.nodes", 0, Some(Length::Sliced("ids", 100, None))),
    ("Query.estimateCost", 10, None),
];

/// Defines the directives, and writes the price of every type and field beside it. The types of both roots are registered by then.
pub fn put(registry: &mut Registry, contract: &Contract) {
    define(registry);
    let of_all = |name: fn(&super::Declaration) -> String| contract.entities.iter().copied().map(name);
    let connections: HashSet<String> = of_all(names::connection).collect();
    let read: HashSet<&str> = contract.entities.iter().map(|declaration| declaration.name).chain(["Node"]).collect();
    let mut figures = HashSet::new();
    for declaration in contract.entities {
        note_figures(declaration.name, declaration.all_members(), &mut figures);
    }
    let sized = sized(registry);
    for (owner, ty) in &mut registry.types {
        let MetaType::Object { fields, directive_invocations, .. } = ty else { continue };
        let is_priced = read.contains(owner.as_str()) || ROOTS.contains(&owner.as_str());
        *directive_invocations = if is_priced { Vec::new() } else { vec![cost(0)] };
        for (name, field) in fields {
            let of = named(&field.ty);
            let own = OWN.iter().find(|(coordinate, ..)| coordinate.split_once('.') == Some((owner, name)));
            let weight = match (owner.as_str(), name.as_str()) {
                _ if own.is_some() => own.map_or(0, |(_, weight, _)| *weight),
                ("Mutation", _) => ACT,
                ("Query", _) if of == "Groups" => GROUPS,
                (owner, "totalCount") if connections.contains(owner) => COUNT,
                (owner, name) if figures.contains(&(owner.to_owned(), name)) => FIGURE,
                (owner, name) if name == CAN.name && read.contains(owner) => FIGURE,
                _ => 0,
            };
            let size = match own.and_then(|(_, _, length)| *length) {
                Some(length) => Some(length_of(length)),
                None if connections.contains(of) => Some(page()),
                None if of == "Groups" => Some(length_of(Length::Sliced("first", 100, Some("nodes")))),
                // The lists of a page are as long as the page.
                None if connections.contains(owner) || sized.contains(&(owner.clone(), name.as_str())) => None,
                None if field.ty.starts_with('[') && read.contains(of) => Some(length_of(Length::Assumed(BOUNDED))),
                None => None,
            };
            field.directive_invocations = (weight > 0).then(|| cost(weight)).into_iter().chain(size).collect();
        }
    }
}

/// The lists that are as long as the field says that leads to their object.
fn sized(registry: &Registry) -> HashSet<(String, &'static str)> {
    let of_own = OWN.iter().filter_map(|(coordinate, _, length)| {
        let Some(Length::Sliced(_, _, Some(sized))) = length else { return None };
        let (ty, field) = coordinate.split_once('.')?;
        Some((named(&registry.types.get(ty)?.field_by_name(field)?.ty).to_owned(), *sized))
    });
    of_own.chain([("Groups".to_owned(), "nodes")]).collect()
}

/// The members that are computed, also those under a heading.
fn note_figures(
    owner: &'static str,
    members: impl Iterator<Item = &'static Member>,
    figures: &mut HashSet<(String, &'static str)>,
) {
    for member in members {
        match &member.source {
            Source::Figure(_) => {
                figures.insert((owner.to_owned(), member.name));
            }
            Source::Part(part) => note_figures(part.name, part.members.iter(), figures),
            _ => {}
        }
    }
}

/// The type at the end of lists and `!`.
pub fn named(ty: &str) -> &str {
    ty.trim_matches(['[', ']', '!'])
}

fn cost(weight: u64) -> MetaDirectiveInvocation {
    said("cost", [("weight", weight.to_string().into())])
}

/// Of a connection: exactly one of `first` and `last` says how long its page is.
fn page() -> MetaDirectiveInvocation {
    said("listSize", [("slicingArguments", texts(&["first", "last"])), ("sizedFields", texts(&["edges", "nodes"]))])
}

fn length_of(length: Length) -> MetaDirectiveInvocation {
    match length {
        Length::Assumed(size) => said("listSize", [("assumedSize", size.into())]),
        Length::Sliced(argument, usual, field) => {
            let mut said = said("listSize", [("assumedSize", usual.into()), ("slicingArguments", texts(&[argument]))]);
            said.args.extend(field.map(|field| ("sizedFields".to_owned(), texts(&[field]))));
            said.args.insert("requireOneSlicingArgument".to_owned(), false.into());
            said
        }
    }
}

fn said<const N: usize>(name: &str, args: [(&str, Value); N]) -> MetaDirectiveInvocation {
    let args = args.into_iter().map(|(name, value)| (name.to_owned(), value));
    MetaDirectiveInvocation { name: name.to_owned(), args: args.collect() }
}

fn texts(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| Value::from(*item)).collect())
}

/// The definitions of the two directives.
fn define(registry: &mut Registry) {
    let argument = |name: &str, ty: &str, about: &str| (name.to_owned(), input(name, ty, about));
    let directive = |name: &str, about: &str, locations, args: Vec<_>| MetaDirective {
        name: name.to_owned(),
        description: Some(about.to_owned()),
        locations,
        args: args.into_iter().collect(),
        is_repeatable: false,
        visible: None,
        composable: None,
    };
    registry.add_directive(directive(
        "cost",
        "Costo. What a field costs each time it is answered (0 where nothing is said), or an object of a type each time it is given \
         (1 where nothing is said). A request costs the sum of both; https://ibm.github.io/graphql-specs/cost-spec.html.",
        vec![
            Location::ARGUMENT_DEFINITION,
            Location::ENUM,
            Location::FIELD_DEFINITION,
            Location::INPUT_FIELD_DEFINITION,
            Location::OBJECT,
            Location::SCALAR,
        ],
        vec![argument("weight", "String!", "Peso. A whole number.")],
    ));
    let mut one = argument(
        "requireOneSlicingArgument",
        "Boolean",
        "Uno obligatorio. Whether exactly one of the slicing arguments has to be given.",
    );
    one.1.default_value = Some("true".to_owned());
    registry.add_directive(directive(
        "listSize",
        "Tamaño de la lista. How long a list is taken to be before it is read; \
         https://ibm.github.io/graphql-specs/cost-spec.html.",
        vec![Location::FIELD_DEFINITION],
        vec![
            argument(
                "assumedSize",
                "Int",
                "Tamaño supuesto. So long, where no slicing argument is given; what a list brings beyond that is free.",
            ),
            argument(
                "slicingArguments",
                "[String!]",
                "Argumentos de tamaño. Arguments that say how long it is: a number, or as many as a list has items.",
            ),
            argument(
                "sizedFields",
                "[String!]",
                "Campos medidos. The fields of the object that are the list, where the field itself is none.",
            ),
            one,
        ],
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Articula;
    use crate::graph::bridge::{MutationRoot, QueryRoot};
    use async_graphql::OutputType;

    #[test]
    fn what_departs_from_the_rules_is_in_the_schema() {
        let mut registry = Registry::default();
        QueryRoot::<Articula>::create_type_info(&mut registry);
        MutationRoot::<Articula>::create_type_info(&mut registry);
        for (coordinate, _, length) in OWN {
            let (ty, field) = coordinate.split_once('.').expect("a coordinate");
            let field = registry.types.get(ty).and_then(|ty| ty.field_by_name(field));
            let field = field.unwrap_or_else(|| panic!("{coordinate} is not in the schema"));
            if let Some(Length::Sliced(argument, _, sized)) = length {
                assert!(field.args.contains_key(*argument), "{coordinate} has no {argument}");
                let inner = registry.types.get(named(&field.ty));
                let known = |name: &&str| inner.and_then(|ty| ty.field_by_name(name)).is_some();
                assert!(sized.iter().all(known), "{coordinate} has no {sized:?}");
            }
        }
    }

    #[test]
    fn prices_follow_from_the_declarations() {
        let mut registry = Registry::default();
        QueryRoot::<Articula>::create_type_info(&mut registry);
        MutationRoot::<Articula>::create_type_info(&mut registry);
        let said = |ty: &str, field: &str| {
            let field = registry.types.get(ty).and_then(|ty| ty.field_by_name(field)).expect("a field");
            field.directive_invocations.iter().map(MetaDirectiveInvocation::sdl).collect::<Vec<_>>().join(" ")
        };
        let page = r#"@listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])"#;
        for (ty, field, expected) in [
            ("Query", "organizations", page),
            ("Organization", "units", page),
            ("OrgUnitConnection", "nodes", ""),
            ("OrgUnitConnection", "totalCount", r#"@cost(weight: "1")"#),
            ("Organization", "name", ""),
            ("StructureVersion", "tree", "@listSize(assumedSize: 100)"),
            ("OrgUnit", "predecessors", "@listSize(assumedSize: 20)"),
            (
                "Query",
                "orgUnitGroups",
                r#"@cost(weight: "100") @listSize(assumedSize: 100, slicingArguments: ["first"], sizedFields: ["nodes"], requireOneSlicingArgument: false)"#,
            ),
            ("Mutation", "postCreate", r#"@cost(weight: "10")"#),
        ] {
            assert_eq!(said(ty, field), expected, "{ty}.{field}");
        }
        let MetaType::Object { directive_invocations, .. } = &registry.types["OrgUnitEdge"] else {
            panic!("an object")
        };
        assert_eq!(directive_invocations[0].sdl(), r#"@cost(weight: "0")"#);
    }
}
