//! What is registered is declared as it is registered.

use super::links::{EDGES, steps};
use crate::graph::{
    declaration::{List, Source},
    link::End,
};

/// Every end leads somewhere, along to-one edges that name a key, or by the pairs that its member's template speaks of.
#[test]
fn links_are_declared_members() {
    for (edge, link) in EDGES.iter().flat_map(|edge| edge.links.iter().map(move |link| (edge.name, link))) {
        for end in [link.from, link.to] {
            let steps = link.steps(end);
            match end {
                End::Itself => assert!(steps.is_empty()),
                End::Along(names) => {
                    assert_eq!(steps.len(), names.len(), "{edge}: {names:?} of {}", link.hub.name);
                    let mut at = link.hub;
                    for (name, step) in names.iter().zip(&steps) {
                        assert!(
                            matches!(at.member(name).map(|member| &member.source), Some(Source::One(_))),
                            "{edge}: {name}"
                        );
                        // Only so does an index find it from the other side.
                        let by_key = step.on == "{t}.id = {k0}" && step.keys.len() == 1;
                        assert!(by_key && step.arguments.is_empty(), "{edge}: {name} by {}", step.on);
                        at = step.target;
                    }
                }
                End::Paired { member, table, own, far } => {
                    let source = link.hub.member(member).map(|member| &member.source);
                    assert!(
                        matches!(source, Some(Source::Many(_, List::Connection | List::Bounded(_)))),
                        "{edge}: {member}"
                    );
                    let on = steps.first().map(|step| step.on).unwrap_or_default();
                    let alias = on.split(&format!("FROM {table} ")).nth(1).and_then(|rest| rest.split(' ').next());
                    let alias = alias.unwrap_or_else(|| panic!("{edge}: {on} is not by {table}"));
                    let told =
                        format!("{{t}}.id IN (SELECT {alias}.{far} FROM {table} {alias} WHERE {alias}.{own} = {{k0}})");
                    assert_eq!(on, told, "{edge}");
                }
            }
            assert!(link.target(end).is_node(), "{edge}: {}", link.target(end).name);
        }
        assert!(!matches!((link.from, link.to), (End::Itself, End::Itself)), "{edge} leads nowhere");
    }
}

#[test]
fn words_are_unique_and_described() {
    let mut words: Vec<_> = EDGES.iter().map(|edge| edge.name).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), EDGES.len());
    for edge in EDGES {
        assert!(edge.description.contains(". ") && edge.description.ends_with('.'), "{}", edge.name);
        assert!(steps().iter().any(|step| std::ptr::eq(step.edge, edge)), "{} has no link", edge.name);
    }
}
