use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;

use super::*;

/// A step of a graph in memory: number of the step, where it leads, the row that says it.
type Links = HashMap<Key, Vec<(usize, Key, Option<Uuid>)>>;

fn key(n: usize) -> Key {
    // Several kinds, so that objects are told apart by both parts of the key.
    Key { kind: (n % 3) as u8, id: Uuid::from_u128((n / 3) as u128 + 1) }
}

/// Links between a few objects, so that there are many cycles; each can be walked both ways, with another number.
fn graphs() -> impl Strategy<Value = Links> {
    let links = proptest::collection::vec((0..12_usize, 0..12_usize, 0..4_usize, 0..3_u128), 0..40);
    links.prop_map(|links| {
        let mut all = Links::new();
        for (from, to, number, through) in links {
            let through = (through > 0).then(|| Uuid::from_u128(1000 + through));
            all.entry(key(from)).or_default().push((number * 2, key(to), through));
            all.entry(key(to)).or_default().push((number * 2 + 1, key(from), through));
        }
        all
    })
}

/// What a search finds in a graph, by these steps; it looks at so many links at once.
fn search(links: &Links, steps: &[usize], depth: usize, nodes: usize, at_once: usize) -> Search {
    let mut search = Search::new(key(0), nodes);
    for _ in 0..depth {
        let mut hops: Vec<Hop> = Vec::new();
        for (near, from) in search.frontier() {
            let taken = links.get(&from).into_iter().flatten().filter(|(step, ..)| steps.contains(step));
            hops.extend(taken.map(|(step, to, through)| Hop { near, step: *step, to: *to, through: *through }));
        }
        hops.sort();
        let all = hops.len() <= at_once;
        hops.truncate(at_once);
        search.advance(hops, all);
        if search.is_over() || search.cut().nodes {
            break;
        }
    }
    search
}

/// A path as it is compared: its length, then step by step.
type Path = (usize, Vec<(usize, Key, Option<Uuid>)>);

/// The least path to each object, among all paths that pass no object twice.
fn brute_force(links: &Links, steps: &[usize], depth: usize) -> BTreeMap<Key, Path> {
    fn walk(links: &Links, steps: &[usize], depth: usize, path: &mut Path, at: Key, best: &mut BTreeMap<Key, Path>) {
        if path.0 > 0 && best.get(&at).is_none_or(|known| *path < *known) {
            best.insert(at, path.clone());
        }
        if path.0 == depth {
            return;
        }
        for (step, to, through) in links.get(&at).into_iter().flatten() {
            let passed = *to == key(0) || path.1.iter().any(|(_, known, _)| known == to);
            if passed || !steps.contains(step) {
                continue;
            }
            path.0 += 1;
            path.1.push((*step, *to, *through));
            walk(links, steps, depth, path, *to, best);
            path.1.pop();
            path.0 -= 1;
        }
    }
    let mut best = BTreeMap::new();
    walk(links, steps, depth, &mut (0, Vec::new()), key(0), &mut best);
    best
}

fn path(search: &Search, place: usize) -> Path {
    let path: Vec<_> = search.path(place).into_iter().map(|hop| (hop.step, hop.to, hop.through)).collect();
    (path.len(), path)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever the cycles, directions and steps: the same objects, each by the least path, in the order of the paths.
    #[test]
    fn it_finds_what_all_paths_find(links in graphs(), steps in proptest::collection::vec(0..8_usize, 0..8), depth in 1..5_usize) {
        let found = search(&links, &steps, depth, usize::MAX - 1, usize::MAX);
        let expected = brute_force(&links, &steps, depth);
        let mut paths: Vec<_> = expected.values().cloned().collect();
        paths.sort();
        let places = 1..found.reached().len();
        prop_assert_eq!(places.clone().map(|place| path(&found, place)).collect::<Vec<_>>(), paths);
        for place in places {
            let reached = found.reached()[place];
            prop_assert_eq!(reached.depth, expected[&reached.key].0);
        }
        prop_assert_eq!(found.cut(), Cut::default());
    }

    /// A search that is cut off finds the first of what it would find, and says that it is cut exactly when something is missing.
    #[test]
    fn what_is_cut_off_is_the_end(links in graphs(), most in 0..8_usize) {
        let steps: Vec<_> = (0..8).collect();
        let whole = search(&links, &steps, 4, usize::MAX - 1, usize::MAX);
        let some = search(&links, &steps, 4, most, usize::MAX);
        let keys = |search: &Search| search.reached().iter().map(|reached| reached.key).collect::<Vec<_>>();
        let kept = whole.reached().len().min(most + 1);
        prop_assert_eq!(&keys(&some)[..], &keys(&whole)[..kept]);
        prop_assert_eq!(some.cut().nodes, kept < whole.reached().len());
    }

    /// Links that are not looked at are told, and what is found all the same is really there.
    #[test]
    fn links_left_out_are_told(links in graphs(), at_once in 1..12_usize) {
        let steps: Vec<_> = (0..8).collect();
        let whole = search(&links, &steps, 4, usize::MAX - 1, usize::MAX);
        let some = search(&links, &steps, 4, usize::MAX - 1, at_once);
        let depths: HashMap<_, _> = whole.reached().iter().map(|reached| (reached.key, reached.depth)).collect();
        for reached in some.reached() {
            prop_assert!(depths.get(&reached.key).is_some_and(|depth| *depth <= reached.depth));
        }
        if !some.cut().links {
            prop_assert_eq!(some.reached().len(), whole.reached().len());
        }
    }
}

#[test]
fn a_search_from_nowhere_is_over_at_once() {
    let mut search = Search::new(key(0), 10);
    search.advance([], true);
    assert!(search.is_over());
    assert_eq!(search.reached().len(), 1);
    assert!(search.path(0).is_empty());
}
