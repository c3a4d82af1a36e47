//! The edits themselves.

use std::collections::HashSet;

use uuid::Uuid;

use super::derive::{decides, derive_successions, no_such_successor, unmapped};
use super::{Edit, Structure, Succession, Successor, Transfer, Unit};
use crate::organization::rules::tree::{self, TreeUnit};
use crate::organization::rules::vocabulary::SuccessionKind::{self, Merge, Split, Suppress};
use crate::organization::rules::{Violation, code};

type Outcome<T> = Result<T, Vec<Violation>>;

/// The draft after an edit, its successions complete. The units of the answer form one tree with distinct codes.
///
/// Violations: those of [`tree::place`] and [`derive_successions`], and for the edit's own arguments
/// PARENT_NOT_IN_VERSION, UNIT_NOT_IN_BASE, SUCCESSOR_NOT_IN_VERSION(unit), RESPONSIBILITIES_UNMAPPED(unit),
/// DUPLICATE (an identity used before), MERGE_NEEDS_TWO, SPLIT_NEEDS_TWO, UNIT_HAS_CHILDREN for a unit that has
/// children without a new place, and STILL_IN_USE for one that an earlier edit of the draft named as a successor.
pub fn apply(base: &[Unit], draft: &Structure, edit: &Edit) -> Outcome<Structure> {
    let mut work = Work { base, units: draft.units.clone(), declared: draft.successions.clone(), touched: Vec::new() };
    match edit {
        Edit::Create { unit } => work.add(unit, &["unit".to_owned()])?,
        Edit::Rename { unit, name, code } => {
            let found = work.find(*unit, "unit")?;
            found.name.clone_from(name);
            if let Some(code) = code {
                found.code.clone_from(code);
            }
            work.touched.push((*unit, Vec::new()));
        }
        Edit::Move { unit, parent, position } => {
            let found = work.find(*unit, "unit")?;
            (found.parent, found.position) = (Some(*parent), *position);
            work.touched.push((*unit, Vec::new()));
        }
        Edit::Merge { predecessors, successor, transfers, children_to, note } => {
            work.merge(predecessors, successor, transfers, *children_to, note)?;
        }
        Edit::Split { unit, successors, transfers, children_to, note } => {
            work.split(*unit, successors, transfers, *children_to, note)?;
        }
        Edit::Suppress { unit, transfers, children_to, note } => work.suppress(*unit, transfers, *children_to, note)?,
    }
    work.finish()
}

struct Work<'a> {
    base: &'a [Unit],
    units: Vec<Unit>,
    declared: Vec<Succession>,
    /// Units that the edit speaks of, and where it does.
    touched: Vec<(Uuid, Vec<String>)>,
}

impl Work<'_> {
    fn has(&self, id: Uuid) -> bool {
        self.units.iter().any(|unit| unit.id == id)
    }

    fn find(&mut self, id: Uuid, field: &str) -> Outcome<&mut Unit> {
        let found = self.units.iter_mut().find(|unit| unit.id == id);
        found.ok_or_else(|| refused(no_such_unit().under([field])))
    }

    fn add(&mut self, unit: &Unit, path: &[String]) -> Outcome<()> {
        if self.has(unit.id) || self.base.iter().any(|old| old.id == unit.id) {
            return Err(refused(Violation::new(code::DUPLICATE).under(path)));
        }
        self.touched.push((unit.id, path.to_vec()));
        self.units.push(unit.clone());
        Ok(())
    }

    fn add_new(&mut self, successor: &Successor, path: &[String]) -> Outcome<()> {
        match successor {
            Successor::New(unit) => self.add(unit, path),
            Successor::Existing(id) if self.has(*id) => Ok(()),
            Successor::Existing(id) => Err(refused(no_such_successor(*id).under(path))),
        }
    }

    fn merge(
        &mut self,
        predecessors: &[Uuid],
        successor: &Successor,
        transfers: &[Transfer],
        children_to: Option<Uuid>,
        note: &Option<String>,
    ) -> Outcome<()> {
        let id = successor.id();
        if predecessors.iter().collect::<HashSet<_>>().len() < 2 {
            return Err(refused(Violation::new(code::MERGE_NEEDS_TWO).under(["predecessors"])));
        }
        for (at, unit) in predecessors.iter().enumerate() {
            self.of_base(*unit).map_err(|fault| refused(fault.under(["predecessors", &at.to_string()])))?;
        }
        let mut transfers = transfers.to_vec();
        // Transfers of single processes say nothing of the rest.
        let told = |unit: &Uuid| transfers.iter().any(|t| t.from == *unit && t.process.is_none());
        let silent = predecessors.iter().filter(|unit| **unit != id && !told(unit));
        let implied: Vec<_> =
            silent.map(|unit| Transfer { from: *unit, to: Some(id), process: None, description: None }).collect();
        transfers.extend(implied);
        let ceasing: Vec<Uuid> = predecessors.iter().copied().filter(|unit| *unit != id).collect();
        let children = self.remove(&ceasing, "predecessors")?;
        self.add_new(successor, &["successor".to_owned()])?;
        self.rehang(children, children_to)?;
        self.declare(Merge, predecessors.to_vec(), vec![id], transfers, note)
    }

    fn split(
        &mut self,
        unit: Uuid,
        successors: &[Successor],
        transfers: &[Transfer],
        children_to: Option<Uuid>,
        note: &Option<String>,
    ) -> Outcome<()> {
        let ids: Vec<Uuid> = successors.iter().map(Successor::id).collect();
        if ids.iter().collect::<HashSet<_>>().len() < 2 {
            return Err(refused(Violation::new(code::SPLIT_NEEDS_TWO).under(["successors"])));
        }
        self.of_base(unit).map_err(|fault| refused(fault.under(["unit"])))?;
        if let Some(at) = ids.iter().position(|id| *id == unit) {
            // It ceases by being split; a unit that goes on and gives something away is not split.
            return Err(refused(Violation::new(code::STILL_IN_USE).under(["successors", &at.to_string()])));
        }
        let children = self.remove(&[unit], "unit")?;
        for (at, successor) in successors.iter().enumerate() {
            self.add_new(successor, &["successors".to_owned(), at.to_string()])?;
        }
        self.rehang(children, children_to)?;
        self.declare(Split, vec![unit], ids, transfers.to_vec(), note)
    }

    fn suppress(
        &mut self,
        unit: Uuid,
        transfers: &[Transfer],
        children_to: Option<Uuid>,
        note: &Option<String>,
    ) -> Outcome<()> {
        let of_base = self.base.iter().any(|old| old.id == unit);
        let children = self.remove(&[unit], "unit")?;
        self.rehang(children, children_to)?;
        if !of_base {
            return Ok(());
        }
        let mut successors = Vec::new();
        for to in transfers.iter().filter_map(|transfer| transfer.to) {
            if !successors.contains(&to) {
                successors.push(to);
            }
        }
        self.declare(Suppress, vec![unit], successors, transfers.to_vec(), note)
    }

    /// Only a unit of the base that the draft still has can be merged or split.
    fn of_base(&self, id: Uuid) -> Result<(), Violation> {
        let known = self.has(id) && self.base.iter().any(|old| old.id == id);
        if known { Ok(()) } else { Err(no_such_unit()) }
    }

    /// Takes units out, and answers the children that they leave, in their order.
    fn remove(&mut self, ceasing: &[Uuid], field: &str) -> Outcome<Vec<Uuid>> {
        for id in ceasing {
            if !self.has(*id) {
                return Err(refused(no_such_unit().under([field])));
            }
            if self.declared.iter().any(|other| decides(other.kind) && other.successors.contains(id)) {
                return Err(refused(Violation::new(code::STILL_IN_USE).under([field])));
            }
        }
        self.units.retain(|unit| !ceasing.contains(&unit.id));
        let left = |unit: &&Unit| unit.parent.is_some_and(|parent| ceasing.contains(&parent));
        let mut children: Vec<&Unit> = self.units.iter().filter(left).collect();
        children.sort_by(|a, b| (a.position, &a.code).cmp(&(b.position, &b.code)));
        Ok(children.into_iter().map(|unit| unit.id).collect())
    }

    /// Hangs the children of ceased units under `to`, after those that it has.
    fn rehang(&mut self, children: Vec<Uuid>, to: Option<Uuid>) -> Outcome<()> {
        if children.is_empty() {
            return Ok(());
        }
        let Some(to) = to else {
            return Err(refused(Violation::new(code::UNIT_HAS_CHILDREN).under(["childrenTo"])));
        };
        if !self.has(to) {
            return Err(refused(Violation::new(code::PARENT_NOT_IN_VERSION).under(["childrenTo"])));
        }
        let siblings = self.units.iter().filter(|unit| unit.parent == Some(to) && !children.contains(&unit.id));
        let first = siblings.map(|unit| unit.position.saturating_add(1)).max().unwrap_or(0);
        for (rank, id) in (0..).zip(children) {
            for unit in self.units.iter_mut().filter(|unit| unit.id == id) {
                (unit.parent, unit.position) = (Some(to), first.saturating_add(rank));
            }
            self.touched.push((id, vec!["childrenTo".to_owned()]));
        }
        Ok(())
    }

    fn declare(
        &mut self,
        kind: SuccessionKind,
        predecessors: Vec<Uuid>,
        successors: Vec<Uuid>,
        transfers: Vec<Transfer>,
        note: &Option<String>,
    ) -> Outcome<()> {
        let mut faults = Vec::new();
        for (at, transfer) in transfers.iter().enumerate() {
            let place = |field: &str| ["transfers".to_owned(), at.to_string(), field.to_owned()];
            if !predecessors.contains(&transfer.from) {
                faults.push(no_such_unit().under(place("from")));
            }
            if let Some(to) = transfer.to.filter(|to| !successors.contains(to) || !self.has(*to)) {
                faults.push(no_such_successor(to).under(place("to")));
            }
        }
        let silent = |id: &&Uuid| !transfers.iter().any(|transfer| transfer.from == **id) && !successors.contains(id);
        let names = predecessors.iter().filter(silent).filter_map(|id| self.base.iter().find(|unit| unit.id == *id));
        faults.extend(names.map(|unit| unmapped(&unit.name).under(["transfers"])));
        if !faults.is_empty() {
            return Err(faults);
        }
        self.declared.push(Succession { kind, predecessors, successors, transfers, note: note.clone() });
        Ok(())
    }

    fn finish(self) -> Outcome<Structure> {
        let path = |id| {
            self.touched
                .iter()
                .rev()
                .find(|(touched, _)| *touched == id)
                .map(|(_, path)| path.clone())
                .unwrap_or_default()
        };
        // Units that the edit speaks of come last, so that a clash is blamed on them and not on what stood before.
        let (touched, untouched): (Vec<&Unit>, Vec<&Unit>) =
            self.units.iter().partition(|unit| self.touched.iter().any(|(id, _)| *id == unit.id));
        let shape: Vec<_> = untouched
            .into_iter()
            .chain(touched)
            .map(|unit| TreeUnit {
                id: unit.id,
                parent: unit.parent,
                code: unit.code.clone(),
                position: unit.position,
                path: path(unit.id),
            })
            .collect();
        tree::place(&shape).map_err(|faults| faults.into_iter().map(at_argument).collect::<Vec<_>>())?;
        let successions = derive_successions(self.base, &self.units, &self.declared)?;
        Ok(Structure { units: self.units, successions })
    }
}

/// A child that cannot hang where `childrenTo` says is a fault of that argument, which has no fields of its own.
fn at_argument(mut fault: Violation) -> Violation {
    if fault.path.first().is_some_and(|segment| segment == "childrenTo") {
        fault.path.truncate(1);
    }
    fault
}

fn refused(violation: Violation) -> Vec<Violation> {
    vec![violation]
}

fn no_such_unit() -> Violation {
    Violation::new(code::UNIT_NOT_IN_BASE)
}
