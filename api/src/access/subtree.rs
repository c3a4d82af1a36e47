//! Alcance: the units and processes to which a grant is limited, as the structure and the process map of today have them.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

/// All to which a limited grant reaches today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subtree {
    /// The units and the processes that it reaches, sorted.
    pub units: Vec<Uuid>,
}

/// The process map of today, as far as scopes look at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Led {
    /// Unit and process: who leads what.
    pub leads: Vec<(Uuid, Uuid)>,
    /// Process and process above.
    pub above: Vec<(Uuid, Uuid)>,
}

impl Subtree {
    /// Does it reach this unit or process?
    pub fn holds(&self, unit: Uuid) -> bool {
        self.units.binary_search(&unit).is_ok()
    }

    /// What a grant limited to `unit` reaches: the unit with all that hangs under it in `tree` (unit → unit above, in
    /// force today). A unit that is no longer in force stands for its successors (`successions`: predecessor and
    /// successor, of what took effect), and for theirs; it stays in its own scope, for what was done in its time.
    pub fn of(unit: Uuid, tree: &HashMap<Uuid, Option<Uuid>>, successions: &[(Uuid, Uuid)]) -> Self {
        let mut below: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (unit, above) in tree {
            if let Some(above) = above {
                below.entry(*above).or_default().push(*unit);
            }
        }
        for (from, to) in successions.iter().filter(|(from, _)| !tree.contains_key(from)) {
            below.entry(*from).or_default().push(*to);
        }
        Self::reached([unit], &below)
    }

    /// What a grant limited to these processes reaches: them and what stands under them.
    pub fn of_processes(processes: &[Uuid], map: &Led) -> Self {
        Self::reached(processes.iter().copied(), &map.below())
    }

    /// The same units, with the processes that they lead and what stands under these.
    pub fn with_processes(&self, map: &Led) -> Self {
        let led = map.leads.iter().filter(|(unit, _)| self.holds(*unit)).map(|(_, process)| *process);
        let mut units = Self::reached(led, &map.below()).units;
        units.extend(&self.units);
        units.sort_unstable();
        units.dedup();
        Self { units }
    }

    fn reached(from: impl IntoIterator<Item = Uuid>, below: &HashMap<Uuid, Vec<Uuid>>) -> Self {
        let mut reached = BTreeSet::new();
        let mut open: Vec<Uuid> = from.into_iter().collect();
        while let Some(next) = open.pop() {
            // Each once: neither a ring of successions nor one of units would ever end otherwise.
            if reached.insert(next) {
                open.extend(below.get(&next).into_iter().flatten());
            }
        }
        Self { units: reached.into_iter().collect() }
    }
}

impl Led {
    fn below(&self) -> HashMap<Uuid, Vec<Uuid>> {
        let mut below: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (process, above) in &self.above {
            below.entry(*above).or_default().push(*process);
        }
        below
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u8) -> Uuid {
        Uuid::from_u128(number.into())
    }

    fn tree(pairs: &[(u8, Option<u8>)]) -> HashMap<Uuid, Option<Uuid>> {
        pairs.iter().map(|(unit, above)| (id(*unit), above.map(id))).collect()
    }

    fn numbers(scope: &Subtree) -> Vec<u128> {
        scope.units.iter().map(Uuid::as_u128).collect()
    }

    #[test]
    fn a_unit_reaches_what_hangs_under_it() {
        let tree = tree(&[(1, None), (2, Some(1)), (3, Some(2)), (4, Some(1))]);
        assert_eq!(numbers(&Subtree::of(id(2), &tree, &[])), [2, 3]);
        assert_eq!(numbers(&Subtree::of(id(1), &tree, &[])), [1, 2, 3, 4]);
        // Split off while the unit goes on: the scope stays with the unit.
        assert_eq!(numbers(&Subtree::of(id(4), &tree, &[(id(4), id(2))])), [4]);
    }

    #[test]
    fn a_unit_that_is_gone_stands_for_its_successors() {
        // 9 was split into 2 and 8; 8 was then merged into 4.
        let tree = tree(&[(1, None), (2, Some(1)), (3, Some(2)), (4, Some(1)), (5, Some(4)), (6, Some(1))]);
        let successions = [(id(9), id(2)), (id(9), id(8)), (id(8), id(4))];
        assert_eq!(numbers(&Subtree::of(id(9), &tree, &successions)), [2, 3, 4, 5, 8, 9]);
        assert_eq!(numbers(&Subtree::of(id(7), &tree, &successions)), [7], "gone without successors");
    }

    #[test]
    fn a_scope_reaches_what_its_units_lead_and_what_stands_under_it() {
        let pairs = |pairs: &[(u8, u8)]| pairs.iter().map(|(one, other)| (id(*one), id(*other))).collect();
        // 2 leads 10, over 11 and 12; 4, which is another's, leads 13, over 14.
        let map = Led { leads: pairs(&[(2, 10), (4, 13)]), above: pairs(&[(11, 10), (12, 11), (14, 13)]) };
        let units = Subtree::of(id(2), &tree(&[(1, None), (2, Some(1)), (3, Some(2)), (4, Some(1))]), &[]);
        assert_eq!(numbers(&units.with_processes(&map)), [2, 3, 10, 11, 12]);
        assert_eq!(numbers(&Subtree::of_processes(&[id(11), id(14)], &map)), [11, 12, 14]);
        assert_eq!(numbers(&Subtree::of_processes(&[id(9)], &Led::default())), [9]);
        let ring = Led { leads: Vec::new(), above: pairs(&[(5, 6), (6, 5)]) };
        assert_eq!(numbers(&Subtree::of_processes(&[id(5)], &ring)), [5, 6]);
    }

    proptest! {
        #[test]
        fn it_ends_holds_its_unit_and_is_closed(
            above in proptest::collection::vec(proptest::option::of(0u8..12), 12),
            gone in proptest::collection::vec(any::<bool>(), 12),
            successions in proptest::collection::vec((0u8..12, 0u8..12), 0..12),
            unit in 0u8..12,
        ) {
            let tree: HashMap<_, _> =
                (0..12u8).filter(|n| !gone[usize::from(*n)]).map(|n| (id(n), above[usize::from(n)].map(id))).collect();
            let successions: Vec<_> = successions.into_iter().map(|(from, to)| (id(from), id(to))).collect();
            let scope = Subtree::of(id(unit), &tree, &successions);
            prop_assert!(scope.holds(id(unit)));
            for (unit, above) in &tree {
                if above.is_some_and(|above| tree.contains_key(&above) && scope.holds(above)) {
                    prop_assert!(scope.holds(*unit), "what hangs under a unit of the scope is in it");
                }
            }
            for (from, to) in successions.iter().filter(|(from, _)| !tree.contains_key(from)) {
                prop_assert!(!scope.holds(*from) || scope.holds(*to), "a unit that is gone hands on");
            }
        }
    }
}
