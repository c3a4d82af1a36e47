//! The units of a version as one tree: is it one, and where does each unit stand in it.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::{Violation, code};

/// Most levels that a structure may have, the root's counted.
pub const MAX_LEVELS: usize = 12;
/// Most units that a version may have; fewer than the 9,999 siblings that a path can tell apart.
pub const MAX_UNITS: usize = 2_000;

/// A unit as far as the tree is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeUnit {
    /// Its identity.
    pub id: Uuid,
    /// The unit above; none for the root.
    pub parent: Option<Uuid>,
    /// Its code, unique in the version.
    pub code: String,
    /// Its place among its siblings; where places are equal the code decides.
    pub position: u32,
    /// Where the input speaks of it, for violations.
    pub path: Vec<String>,
}

/// Where a unit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The unit.
    pub id: Uuid,
    /// Sort key such as `0001.0003.0002`: bytewise order of paths is depth-first order of units, and the
    /// subtree of a unit is exactly the paths that begin with its own.
    pub path: String,
    /// Levels above it; 0 for the root, at most [`MAX_LEVELS`] − 1.
    pub depth: u32,
}

/// Every unit with its place, in depth-first order.
///
/// Violations: EMPTY_STRUCTURE, TOO_LONG(limit), DUPLICATE, UNIT_CODE_TAKEN(code), PARENT_NOT_IN_VERSION,
/// NOT_ONE_TREE, UNIT_CYCLE.
pub fn place(units: &[TreeUnit]) -> Result<Vec<Placed>, Vec<Violation>> {
    if units.is_empty() {
        return Err(vec![Violation::new(code::EMPTY_STRUCTURE)]);
    }
    if units.len() > MAX_UNITS {
        return Err(vec![too_many(MAX_UNITS)]);
    }
    let mut violations = repeated(units);
    violations.extend(loose_parents(units));
    if units.iter().filter(|unit| unit.parent.is_none()).count() != 1 {
        violations.push(Violation::new(code::NOT_ONE_TREE));
    }
    let cyclic = cycle(units);
    violations.extend(
        units
            .iter()
            .filter(|unit| cyclic.contains(&unit.id))
            .map(|unit| Violation::new(code::UNIT_CYCLE).under(["parent"]).under(&unit.path)),
    );
    if violations.is_empty() { walk(units) } else { Err(violations) }
}

/// The units that stand on a cycle; those that merely hang below one are not in it.
pub fn cycle(units: &[TreeUnit]) -> HashSet<Uuid> {
    let parents: HashMap<Uuid, Uuid> = units.iter().filter_map(|unit| Some((unit.id, unit.parent?))).collect();
    let mut settled = HashSet::new();
    let mut cyclic = HashSet::new();
    for unit in units {
        let mut trail = Vec::new();
        let mut at = Some(unit.id);
        while let Some(id) = at.filter(|id| settled.insert(*id)) {
            trail.push(id);
            at = parents.get(&id).copied();
        }
        // The walk stopped on a unit seen before: only if that was on this very walk does it close a cycle.
        if let Some(start) = at.and_then(|id| trail.iter().position(|seen| *seen == id)) {
            cyclic.extend(&trail[start..]);
        }
    }
    cyclic
}

/// What the guards of the life cycle ask of a tree that is already stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// How many units there are.
    pub units: usize,
    /// How many have no unit above.
    pub roots: usize,
    /// How many stand on a cycle or name a unit above that is not there.
    pub adrift: usize,
    /// Codes that more than one unit has, each once, in their order.
    pub repeated_codes: Vec<String>,
}

/// The shape of some units, be they a tree or not. They form one exactly when there is one root and none is adrift.
pub fn shape(units: &[TreeUnit]) -> Shape {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in units {
        *codes.entry(&unit.code).or_default() += 1;
    }
    Shape {
        units: units.len(),
        roots: units.iter().filter(|unit| unit.parent.is_none()).count(),
        adrift: cycle(units).len() + loose_parents(units).count(),
        repeated_codes: codes.into_iter().filter(|(_, times)| *times > 1).map(|(code, _)| code.to_owned()).collect(),
    }
}

fn too_many(limit: usize) -> Violation {
    Violation::new(code::TOO_LONG).with("limit", limit)
}

fn repeated(units: &[TreeUnit]) -> Vec<Violation> {
    let (mut ids, mut codes) = (HashSet::new(), HashSet::new());
    let mut violations = Vec::new();
    for unit in units {
        if !ids.insert(unit.id) {
            violations.push(Violation::new(code::DUPLICATE).under(&unit.path));
        }
        if !codes.insert(&unit.code) {
            let taken = Violation::new(code::UNIT_CODE_TAKEN).with("code", &unit.code);
            violations.push(taken.under(["code"]).under(&unit.path));
        }
    }
    violations
}

fn loose_parents(units: &[TreeUnit]) -> impl Iterator<Item = Violation> {
    let ids: HashSet<Uuid> = units.iter().map(|unit| unit.id).collect();
    units
        .iter()
        .filter(move |unit| unit.parent.is_some_and(|parent| !ids.contains(&parent)))
        .map(|unit| Violation::new(code::PARENT_NOT_IN_VERSION).under(["parent"]).under(&unit.path))
}

fn walk(units: &[TreeUnit]) -> Result<Vec<Placed>, Vec<Violation>> {
    let mut below: BTreeMap<Option<Uuid>, Vec<&TreeUnit>> = BTreeMap::new();
    for unit in units {
        below.entry(unit.parent).or_default().push(unit);
    }
    for siblings in below.values_mut() {
        siblings.sort_by(|a, b| (a.position, &a.code).cmp(&(b.position, &b.code)));
    }
    let mut placed = Vec::with_capacity(units.len());
    let mut violations = Vec::new();
    let mut waiting = vec![(None, String::new(), 0)];
    while let Some((parent, above, depth)) = waiting.pop() {
        if let Some(id) = parent {
            placed.push(Placed { id, path: above.clone(), depth: depth - 1 });
        }
        let children = below.get(&parent).map_or(&[][..], Vec::as_slice);
        if depth as usize >= MAX_LEVELS {
            violations.extend(children.iter().map(|unit| too_many(MAX_LEVELS).under(["parent"]).under(&unit.path)));
            continue;
        }
        let dot = if above.is_empty() { "" } else { "." };
        waiting.extend(
            children
                .iter()
                .enumerate()
                .rev()
                .map(|(rank, unit)| (Some(unit.id), format!("{above}{dot}{:04}", rank + 1), depth + 1)),
        );
    }
    if violations.is_empty() { Ok(placed) } else { Err(violations) }
}

/// A unit with its children inside, as people write a structure down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nested<T> {
    /// What is said of the unit itself.
    pub unit: T,
    /// The units right below, in their order.
    pub children: Vec<Nested<T>>,
}

/// A unit of a nested input, taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flat<T> {
    /// The identity that it was given.
    pub id: Uuid,
    /// The unit in whose `children` it stood.
    pub parent: Option<Uuid>,
    /// Its index among its siblings, from 0.
    pub position: u32,
    /// Where it stood in the input: `["input", "units", "2", "children", "0"]`.
    pub path: Vec<String>,
    /// What is said of it.
    pub unit: T,
}

impl<T> Flat<T> {
    /// The part that [`place`] needs.
    pub fn tree_unit(&self, code: &str) -> TreeUnit {
        TreeUnit {
            id: self.id,
            parent: self.parent,
            code: code.to_owned(),
            position: self.position,
            path: self.path.clone(),
        }
    }
}

/// The units of a nested input in depth-first order, each with its place in the input; `list` is the path of
/// the outermost list, `identity` makes a new identity.
///
/// Violations: TOO_LONG(limit) at a unit too deep, or at the whole list when there are too many.
pub fn flatten<T>(
    units: Vec<Nested<T>>,
    list: &[&str],
    mut identity: impl FnMut() -> Uuid,
) -> Result<Vec<Flat<T>>, Vec<Violation>> {
    let list: Vec<String> = list.iter().map(|segment| (*segment).to_owned()).collect();
    let mut flat = Vec::new();
    let mut violations = Vec::new();
    let mut waiting = Vec::new();
    push_siblings(&mut waiting, units, None, &list, 1);
    while let Some((nested, parent, position, path, level)) = waiting.pop() {
        if flat.len() == MAX_UNITS {
            return Err(vec![too_many(MAX_UNITS).under(&list)]);
        }
        if level > MAX_LEVELS {
            violations.push(too_many(MAX_LEVELS).under(path));
            continue;
        }
        let id = identity();
        let children = [path.as_slice(), &["children".to_owned()]].concat();
        push_siblings(&mut waiting, nested.children, Some(id), &children, level + 1);
        flat.push(Flat { id, parent, position, path, unit: nested.unit });
    }
    if violations.is_empty() { Ok(flat) } else { Err(violations) }
}

type Waiting<T> = (Nested<T>, Option<Uuid>, u32, Vec<String>, usize);

fn push_siblings<T>(
    waiting: &mut Vec<Waiting<T>>,
    units: Vec<Nested<T>>,
    parent: Option<Uuid>,
    list: &[String],
    level: usize,
) {
    let siblings = (0..).zip(units).map(|(position, unit): (u32, _)| {
        let path = [list, &[position.to_string()]].concat();
        (unit, parent, position, path, level)
    });
    let first = waiting.len();
    waiting.extend(siblings);
    waiting[first..].reverse();
}

#[cfg(test)]
mod tests;
