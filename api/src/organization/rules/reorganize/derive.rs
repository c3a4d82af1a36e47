//! What became of the units, from comparing a draft with its base and from what its writer declared.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{Succession, Unit};
use crate::organization::rules::vocabulary::SuccessionKind::{self, Create, Merge, Move, Rename, Split, Suppress};
use crate::organization::rules::{Violation, code};

/// Everything that became of units: the declared MERGE, SPLIT and SUPPRESS, a SUPPRESS for each SPLIT, and the
/// CREATE, RENAME and MOVE that follow by comparison. A declared CREATE, RENAME or MOVE only lends its note, and
/// counts for nothing when the comparison does not bear it out. Successors of a MERGE or SPLIT are not CREATEd.
/// In the order of the kinds, then of the draft or of the declaration. Applied to its own answer it gives it again.
///
/// Violations, at `successions.N`: MERGE_NEEDS_TWO, SPLIT_NEEDS_TWO, UNIT_NOT_IN_BASE,
/// MALFORMED(expected) where exactly one unit belongs, SUCCESSOR_NOT_IN_VERSION(unit), DUPLICATE (a second fate), STILL_IN_USE (a ceased unit is still in the draft),
/// RESPONSIBILITIES_UNMAPPED(unit). At `units`: RESPONSIBILITIES_UNMAPPED(unit) for a unit that just vanished.
pub fn derive_successions(
    base: &[Unit],
    draft: &[Unit],
    declared: &[Succession],
) -> Result<Vec<Succession>, Vec<Violation>> {
    let context = Context { base: by_id(base), draft: by_id(draft), declared };
    let mut violations = Vec::new();
    for (index, succession) in declared.iter().enumerate().filter(|(_, succession)| decides(succession.kind)) {
        let found = context.faults(index, succession);
        violations.extend(found.into_iter().map(|fault| fault.under(["successions", &index.to_string()])));
    }
    let fated: HashSet<Uuid> = decided(declared).flat_map(|succession| &succession.predecessors).copied().collect();
    let vanished = base.iter().filter(|unit| !context.draft.contains_key(&unit.id) && !fated.contains(&unit.id));
    violations.extend(vanished.map(|unit| unmapped(&unit.name).under(["units"])));
    if !violations.is_empty() {
        return Err(violations);
    }
    let mut successions = context.compared(draft);
    successions.extend(decided(declared).cloned());
    successions.extend(context.ceased_by_split());
    // Stable: within a kind the order stays that of the draft or the declaration.
    successions.sort_by_key(|succession| succession.kind);
    Ok(successions)
}

/// RESPONSIBILITIES_UNMAPPED(unit).
pub(super) fn unmapped(name: &str) -> Violation {
    Violation::new(code::RESPONSIBILITIES_UNMAPPED).with("unit", name)
}

/// SUCCESSOR_NOT_IN_VERSION(unit).
pub(super) fn no_such_successor(unit: Uuid) -> Violation {
    Violation::new(code::SUCCESSOR_NOT_IN_VERSION).with("unit", unit)
}

fn one_only() -> Violation {
    Violation::new(code::MALFORMED).with("expected", "1")
}

/// Is this a kind that the writer declares, and no comparison finds?
pub(super) fn decides(kind: SuccessionKind) -> bool {
    matches!(kind, Merge | Split | Suppress)
}

fn decided(declared: &[Succession]) -> impl Iterator<Item = &Succession> {
    declared.iter().filter(|succession| decides(succession.kind))
}

/// Transfers from a unit that is no predecessor, or to one that is no successor.
fn stray_transfers(succession: &Succession) -> Vec<Violation> {
    let mut faults = Vec::new();
    for (at, transfer) in succession.transfers.iter().enumerate() {
        let place = |field| ["transfers".to_owned(), at.to_string(), String::from(field)];
        if !succession.predecessors.contains(&transfer.from) {
            faults.push(Violation::new(code::UNIT_NOT_IN_BASE).under(place("from")));
        }
        if let Some(to) = transfer.to.filter(|to| !succession.successors.contains(to)) {
            faults.push(no_such_successor(to).under(place("to")));
        }
    }
    faults
}

fn by_id(units: &[Unit]) -> HashMap<Uuid, &Unit> {
    units.iter().map(|unit| (unit.id, unit)).collect()
}

struct Context<'a> {
    base: HashMap<Uuid, &'a Unit>,
    draft: HashMap<Uuid, &'a Unit>,
    declared: &'a [Succession],
}

impl Context<'_> {
    fn faults(&self, index: usize, succession: &Succession) -> Vec<Violation> {
        let mut faults = Vec::new();
        let (predecessors, successors) = (&succession.predecessors, &succession.successors);
        let distinct = |units: &[Uuid]| units.iter().collect::<HashSet<_>>().len();
        match succession.kind {
            Merge if distinct(predecessors) < 2 => {
                faults.push(Violation::new(code::MERGE_NEEDS_TWO).under(["predecessors"]));
            }
            Split if distinct(successors) < 2 => {
                faults.push(Violation::new(code::SPLIT_NEEDS_TWO).under(["successors"]));
            }
            _ => {}
        }
        for (at, unit) in predecessors.iter().enumerate() {
            let place = ["predecessors", &at.to_string()];
            faults.extend(self.fault_of_predecessor(index, succession, *unit).map(|fault| fault.under(place)));
        }
        if succession.kind == Merge && successors.len() != 1 {
            faults.push(one_only().under(["successors"]));
        }
        if succession.kind != Merge && predecessors.len() != 1 {
            faults.push(one_only().under(["predecessors"]));
        }
        if successors.len() != distinct(successors) {
            faults.push(Violation::new(code::DUPLICATE).under(["successors"]));
        }
        for (at, unit) in successors.iter().enumerate().filter(|(_, unit)| !self.draft.contains_key(unit)) {
            faults.push(no_such_successor(*unit).under(["successors", &at.to_string()]));
        }
        faults.extend(stray_transfers(succession));
        faults
    }

    fn fault_of_predecessor(&self, index: usize, succession: &Succession, id: Uuid) -> Option<Violation> {
        let Some(unit) = self.base.get(&id) else { return Some(Violation::new(code::UNIT_NOT_IN_BASE)) };
        let same_fate = |earlier: &Succession| {
            earlier.predecessors.contains(&id) && !is_pair(earlier.kind, succession.kind) && decides(earlier.kind)
        };
        let twice = succession.predecessors.iter().filter(|other| **other == id).count() > 1;
        if twice || self.declared[..index].iter().any(same_fate) {
            return Some(Violation::new(code::DUPLICATE));
        }
        let goes_on = succession.kind == Merge && succession.successors.contains(&id);
        if goes_on {
            return None;
        }
        if self.draft.contains_key(&id) {
            return Some(Violation::new(code::STILL_IN_USE));
        }
        let mapped = succession.transfers.iter().any(|transfer| transfer.from == id);
        let by_split = succession.kind == Suppress && self.is_split(id);
        (!mapped && !by_split).then(|| unmapped(&unit.name))
    }

    fn is_split(&self, id: Uuid) -> bool {
        self.declared.iter().any(|other| other.kind == Split && other.predecessors.contains(&id))
    }

    /// CREATE, RENAME and MOVE, in the order of the draft.
    fn compared(&self, draft: &[Unit]) -> Vec<Succession> {
        let explained: HashSet<Uuid> = decided(self.declared)
            .filter(|succession| succession.kind != Suppress)
            .flat_map(|succession| &succession.successors)
            .copied()
            .collect();
        let mut found = Vec::new();
        for unit in draft {
            match self.base.get(&unit.id) {
                None if explained.contains(&unit.id) => {}
                None => found.push(self.found(Create, unit.id)),
                Some(before) => {
                    found.extend((before.name != unit.name).then(|| self.found(Rename, unit.id)));
                    found.extend((before.parent != unit.parent).then(|| self.found(Move, unit.id)));
                }
            }
        }
        found
    }

    fn found(&self, kind: SuccessionKind, unit: Uuid) -> Succession {
        let said = self.declared.iter().find(|other| other.kind == kind && other.successors == [unit]);
        Succession {
            kind,
            predecessors: if kind == Create { Vec::new() } else { vec![unit] },
            successors: vec![unit],
            transfers: Vec::new(),
            note: said.and_then(|said| said.note.clone()),
        }
    }

    /// The SUPPRESS of every split unit that has none yet.
    fn ceased_by_split(&self) -> impl Iterator<Item = Succession> {
        let suppressed: HashSet<Uuid> = self
            .declared
            .iter()
            .filter(|other| other.kind == Suppress)
            .flat_map(|other| &other.predecessors)
            .copied()
            .collect();
        self.declared
            .iter()
            .filter(move |other| other.kind == Split && !other.predecessors.iter().any(|id| suppressed.contains(id)))
            .map(|split| Succession { kind: Suppress, transfers: Vec::new(), note: None, ..split.clone() })
    }
}

/// A SPLIT and the SUPPRESS that it entails are one fate, said twice.
fn is_pair(a: SuccessionKind, b: SuccessionKind) -> bool {
    matches!((a, b), (Split, Suppress) | (Suppress, Split))
}
