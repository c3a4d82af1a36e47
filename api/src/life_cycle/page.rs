//! The page about life cycles, written from the tables.

use super::LifeCycle;
use crate::access::rules::who;

/// How `docs/life-cycles.md` begins.
pub const HEAD: &str = "# Life cycles\n\nGenerated from the tables in `api/src/<area>/states.rs` by `articula docs`; a test \
                        keeps it current.\n";

/// The part about one life cycle: what each act needs, who may do it, and the diagram.
pub fn section<C: LifeCycle>(title: &str, about: &str, first: C::State, last: Option<C::State>) -> String {
    let mut page =
        format!("\n## {title}\n\n{about}\n\n| from | act | to | who | only if |\n| --- | --- | --- | --- | --- |\n");
    for line in C::TRANSITIONS {
        let guards: Vec<_> = line.guards.iter().map(|guard| guard.about).collect();
        let who = line.duty.map_or_else(|| C::BY_ITSELF.to_owned(), who);
        let (from, to) = (C::name(line.from), C::name(line.to));
        page.push_str(&format!("| {from} | {} | {to} | {who} | {} |\n", line.label, guards.join("; ")));
    }
    for line in C::DERIVED {
        let (from, to) = (C::name(line.from), C::name(line.to));
        page.push_str(&format!("| {from} | – | {to} | the calendar | {} |\n", line.when));
    }
    page.push_str(&format!("\n```mermaid\nstateDiagram-v2\n    [*] --> {}\n", C::name(first)));
    let acts = C::TRANSITIONS.iter().map(|line| (line.from, line.to, line.label));
    for (from, to, label) in acts.chain(C::DERIVED.iter().map(|line| (line.from, line.to, line.when))) {
        page.push_str(&format!("    {} --> {}: {label}\n", C::name(from), C::name(to)));
    }
    if let Some(last) = last {
        page.push_str(&format!("    {} --> [*]\n", C::name(last)));
    }
    page + "```\n"
}
