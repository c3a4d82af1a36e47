//! The page about life cycles, written from the table.

use std::fmt::Write;

use super::{DERIVED, TRANSITIONS, state_name};
use crate::access::{rules::who, states::member_markdown};
use crate::organization::rules::vocabulary::StructureState;

/// `docs/life-cycles.md`: what each act needs, who may do it, and the diagram.
pub fn life_cycle_markdown() -> String {
    let mut page = String::from(HEAD);
    for line in TRANSITIONS {
        let guards: Vec<_> = line.guards.iter().map(|guard| guard.about).collect();
        let (from, to) = (state_name(line.from), state_name(line.to));
        row(&mut page, &[from, line.act.name(), to, &who(line.duty), &guards.join("; ")]);
    }
    for line in DERIVED {
        row(&mut page, &[state_name(line.from), "–", state_name(line.to), "the calendar", line.when]);
    }
    page.push_str("\n```mermaid\nstateDiagram-v2\n    [*] --> DRAFT\n");
    let arrows = TRANSITIONS.iter().map(|line| (line.from, line.to, line.act.name()));
    for (from, to, label) in arrows.chain(DERIVED.iter().map(|line| (line.from, line.to, line.when))) {
        put(&mut page, format_args!("    {} --> {}: {label}\n", state_name(from), state_name(to)));
    }
    put(&mut page, format_args!("    {} --> [*]\n```\n", state_name(StructureState::Annulled)));
    page + &member_markdown()
}

const HEAD: &str = "\
# Life cycles

Generated from the tables in `api/src/<area>/states.rs` by `articula docs`; a test keeps it current.

## Structure version (estructura)

The database keeps only how far the writing has come, the interval and the date of a ruling. Whether an approved
version is in force on a day follows from these. `putInForce` with a future date therefore leaves the version
APPROVED until that day, and ends the one before it on that day.

| from | act | to | who | only if |
| --- | --- | --- | --- | --- |
";

fn row(page: &mut String, cells: &[&str]) {
    put(page, format_args!("| {} |\n", cells.join(" | ")));
}

fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = page.write_fmt(text);
}
