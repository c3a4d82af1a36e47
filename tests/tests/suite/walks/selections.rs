//! What can be selected of a row, and the ways that lead to rows.

use articula::{
    access::act_rules::ACTS,
    catalogue::ENTITIES,
    graph::{
        Declaration,
        declaration::{Edge, List, Member, Shape, Source, Takes},
    },
};

pub const PAGE: &str = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

/// Fields of a row that lead to no other row.
pub fn leaves(members: impl Iterator<Item = &'static Member>) -> String {
    let leaf = |member: &'static Member| match &member.source {
        Source::Column(..) => Some(member.name.to_owned()),
        Source::Figure(figure) if figure.arguments.iter().all(|argument| argument.takes != Takes::Day) => {
            Some(format!("{}{}", member.name, shape(figure.output)))
        }
        Source::Part(part) => {
            let inner = leaves(part.members.iter());
            (!inner.is_empty()).then(|| format!("{} {{ {inner} }}", member.name))
        }
        _ => None,
    };
    members.filter_map(leaf).collect::<Vec<_>>().join(" ")
}

pub fn shape(shape: &'static Shape) -> String {
    let Some(object) = shape.object() else { return String::new() };
    let fields: Vec<_> =
        object.fields.iter().map(|field| format!("{}{}", field.name, self::shape(field.shape))).collect();
    format!(" {{ {} }}", fields.join(" "))
}

/// The edges of a row, those of its parts among them: each with what stands around it.
pub fn edges(
    members: impl Iterator<Item = &'static Member>,
) -> Vec<(Option<&'static str>, &'static Member, &'static Edge)> {
    let mut all = Vec::new();
    for member in members {
        match &member.source {
            Source::One(edge) | Source::Many(edge, _) => all.push((None, member, edge)),
            Source::Part(part) => {
                all.extend(
                    edges(part.members.iter()).into_iter().map(|(_, inner, edge)| (Some(member.name), inner, edge)),
                );
            }
            _ => {}
        }
    }
    all
}

pub fn is_connection(member: &Member) -> bool {
    matches!(member.source, Source::Many(_, List::Connection))
}

/// An edge with what is asked of its far end.
pub fn follow(member: &Member, edge: &Edge, more: &str, inner: &str) -> String {
    let mut arguments: Vec<String> = Vec::new();
    let days = edge.arguments.iter().filter(|argument| argument.takes == Takes::Day);
    for (argument, day) in days.zip(["2022-12-31", "2026-12-31"]) {
        arguments.push(format!("{}: \"{day}\"", argument.name));
    }
    if is_connection(member) {
        arguments.push("first: 3".to_owned());
    }
    if !more.is_empty() {
        arguments.push(more.to_owned());
    }
    let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
    let inner = if is_connection(member) {
        format!("totalCount nodes {{ {inner} }} edges {{ cursor node {{ __typename }} }} {PAGE}")
    } else {
        inner.to_owned()
    };
    format!("{}{arguments} {{ {inner} }}", member.name)
}

/// All edges of a row, each with the leaves of its far end.
pub fn everything_near(declaration: &'static Declaration) -> String {
    let mut said = leaves(declaration.all_members());
    let acts = ACTS.iter().filter(|act| declaration.kind == Some(act.on)).take(2);
    for (number, act) in acts.chain(ACTS.iter().filter(|_| declaration.kind.is_some()).take(1)).enumerate() {
        said.push_str(&format!(" can{number}: can(action: {}) {{ allowed code message }}", act.action()));
    }
    for (part, member, edge) in edges(declaration.all_members()) {
        let one = follow(member, edge, "", &leaves(edge.target.all_members()));
        let dated = (edge.dated || edge.target.is_view())
            .then(|| format!("past{}: {}", member.name, follow(member, edge, "asOf: \"2024-03-01\"", "__typename")));
        let both = format!("{one} {}", dated.unwrap_or_default());
        said.push(' ');
        said.push_str(&part.map_or(both.clone(), |part| format!("{part} {{ {both} }}")));
    }
    said
}

pub fn listed() -> impl Iterator<Item = &'static Declaration> {
    ENTITIES.iter().copied().filter(|declaration| !declaration.plural.is_empty())
}

/// A list through which rows of an entity are found: its own, or an edge of another's rows.
pub fn way(
    declaration: &'static Declaration,
    wanted: fn(&Member, &Edge) -> bool,
) -> Option<(&'static Declaration, &'static Member)> {
    listed().find_map(|owner| {
        let mut edges = edges(owner.all_members()).into_iter();
        let found = edges.find(|(part, member, edge)| {
            part.is_none() && edge.target.name == declaration.name && wanted(member, edge)
        });
        found.map(|(_, member, _)| (owner, member))
    })
}

/// Every root field that leads to rows of an entity, by its own list or over one edge.
pub fn paths_to(declaration: &'static Declaration, selection: &str) -> Vec<String> {
    let mut paths = Vec::new();
    if !declaration.plural.is_empty() {
        paths.push(format!(
            "{}(first: 5) {{ nodes {{ {selection} }} edges {{ node {{ {selection} }} }} }}",
            declaration.plural
        ));
    }
    for owner in listed() {
        for (part, member, edge) in edges(owner.all_members()) {
            if edge.target.name == declaration.name && part.is_none() {
                let inner = follow(member, edge, "", selection);
                paths.push(format!("{}(first: 20) {{ nodes {{ {inner} }} }}", owner.plural));
            }
        }
    }
    paths
}
