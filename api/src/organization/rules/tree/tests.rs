use proptest::prelude::*;

use super::*;

fn id(n: usize) -> Uuid {
    Uuid::from_u128(n as u128 + 1)
}

fn unit(n: usize, parent: Option<usize>, position: u32) -> TreeUnit {
    let path = vec!["units".to_owned(), n.to_string()];
    TreeUnit { id: id(n), parent: parent.map(id), code: format!("U{n}"), position, path }
}

fn codes_of(violations: &[Violation]) -> Vec<&'static str> {
    violations.iter().map(|violation| violation.code).collect()
}

/// Parent of unit n (n ≥ 1) is one of the units before it: always one tree.
fn trees() -> impl Strategy<Value = Vec<TreeUnit>> {
    proptest::collection::vec((any::<proptest::sample::Index>(), 0u32..4), 0..60).prop_map(|choices| {
        let mut units = vec![unit(0, None, 0)];
        let mut levels = vec![1];
        for (n, (choice, position)) in choices.iter().enumerate() {
            let above = choice.index(n + 1);
            let parent = if levels[above] < MAX_LEVELS { above } else { 0 };
            levels.push(levels[parent] + 1);
            units.push(unit(n + 1, Some(parent), *position));
        }
        units
    })
}

/// The oracle: plain recursion.
fn depth_first(units: &[TreeUnit], parent: Option<Uuid>, depth: u32, seen: &mut Vec<(Uuid, u32)>) {
    let mut children: Vec<_> = units.iter().filter(|unit| unit.parent == parent).collect();
    children.sort_by_key(|unit| (unit.position, unit.code.clone()));
    for child in children {
        seen.push((child.id, depth));
        depth_first(units, Some(child.id), depth + 1, seen);
    }
}

fn nest(flat: &[Flat<String>], parent: Option<Uuid>) -> Vec<Nested<String>> {
    let mut children: Vec<_> = flat.iter().filter(|unit| unit.parent == parent).collect();
    children.sort_by_key(|unit| unit.position);
    children
        .into_iter()
        .map(|child| Nested { unit: child.unit.clone(), children: nest(flat, Some(child.id)) })
        .collect()
}

fn nested_of(units: &[TreeUnit], parent: Option<Uuid>) -> Vec<Nested<String>> {
    units
        .iter()
        .filter(|unit| unit.parent == parent)
        .map(|unit| Nested { unit: unit.code.clone(), children: nested_of(units, Some(unit.id)) })
        .collect()
}

fn counter() -> impl FnMut() -> Uuid {
    let mut n = 0;
    move || {
        n += 1;
        Uuid::from_u128(n)
    }
}

#[test]
fn position_decides_then_the_code() {
    let units = [unit(0, None, 0), unit(3, Some(0), 1), unit(2, Some(0), 1), unit(1, Some(0), 0), unit(4, Some(3), 0)];
    let placed = place(&units).expect("one tree");
    let shown: Vec<_> = placed.iter().map(|p| (p.id, p.path.as_str(), p.depth)).collect();
    let expected = [
        (id(0), "0001", 0),
        (id(1), "0001.0001", 1),
        (id(2), "0001.0002", 1),
        (id(3), "0001.0003", 1),
        (id(4), "0001.0003.0001", 2),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn each_fault_is_named_where_it_stands() {
    assert_eq!(codes_of(&place(&[]).expect_err("empty")), [code::EMPTY_STRUCTURE]);

    let two_roots = place(&[unit(0, None, 0), unit(1, None, 1)]).expect_err("two roots");
    assert_eq!(codes_of(&two_roots), [code::NOT_ONE_TREE]);

    let loose = place(&[unit(0, None, 0), unit(1, Some(9), 0)]).expect_err("no such parent");
    assert_eq!(codes_of(&loose), [code::PARENT_NOT_IN_VERSION]);
    assert_eq!(loose[0].path, ["units", "1", "parent"]);

    let mut twin = unit(1, Some(0), 0);
    twin.code = "U0".to_owned();
    let taken = place(&[unit(0, None, 0), twin]).expect_err("one code twice");
    assert_eq!(taken[0].code, code::UNIT_CODE_TAKEN);
    assert_eq!(taken[0].path, ["units", "1", "code"]);
    assert_eq!(taken[0].params, [("code", "U0".to_owned())]);

    let again = place(&[unit(0, None, 0), unit(1, Some(0), 0), TreeUnit { code: "X".into(), ..unit(1, Some(0), 0) }]);
    assert_eq!(codes_of(&again.expect_err("one unit twice")), [code::DUPLICATE]);
}

#[test]
fn only_the_units_on_the_cycle_are_named() {
    let units = [unit(0, None, 0), unit(1, Some(2), 0), unit(2, Some(1), 0), unit(3, Some(2), 0), unit(4, Some(4), 0)];
    // Whichever unit the search begins with.
    for turn in 0..units.len() {
        let mut turned = units.clone();
        turned.rotate_left(turn);
        assert_eq!(cycle(&turned), [id(1), id(2), id(4)].into(), "{turn}");
    }
    let violations = place(&units).expect_err("cycles");
    let paths: Vec<_> = violations.iter().map(|violation| violation.path[1].as_str()).collect();
    assert_eq!(codes_of(&violations), [code::UNIT_CYCLE; 3]);
    assert_eq!(paths, ["1", "2", "4"]);
}

#[test]
fn twelve_levels_stand_and_the_thirteenth_does_not() {
    let chain = |levels: usize| -> Vec<_> { (0..levels).map(|n| unit(n, n.checked_sub(1), 0)).collect() };
    assert_eq!(place(&chain(MAX_LEVELS)).expect("deep enough")[11].depth, 11);
    let violations = place(&chain(MAX_LEVELS + 1)).expect_err("too deep");
    assert_eq!(violations, [too_many(12).under(["units", "12", "parent"])]);
}

#[test]
fn two_thousand_siblings_keep_their_order_and_one_more_is_refused() {
    let mut wide: Vec<_> = (1..MAX_UNITS).map(|n| unit(n, Some(0), n as u32)).collect();
    wide.push(unit(0, None, 0));
    let placed = place(&wide).expect("wide");
    assert_eq!(placed.last().map(|p| p.path.as_str()), Some("0001.1999"));
    wide.push(unit(MAX_UNITS, Some(0), 0));
    assert_eq!(place(&wide), Err(vec![too_many(2_000)]));
}

#[test]
fn a_nested_unit_knows_where_it_stood() {
    let leaf = |code: &str| Nested { unit: code.to_owned(), children: vec![] };
    let input = vec![leaf("A"), leaf("B"), Nested { unit: "C".to_owned(), children: vec![leaf("D")] }];
    let flat = flatten(input, &["input", "units"], counter()).expect("small");
    assert_eq!(flat[3].path, ["input", "units", "2", "children", "0"]);
    assert_eq!((flat[3].parent, flat[3].position), (Some(flat[2].id), 0));
}

#[test]
fn a_nested_input_too_deep_or_too_long_is_refused() {
    let mut deep = Nested { unit: (), children: vec![] };
    for _ in 0..MAX_LEVELS {
        deep = Nested { unit: (), children: vec![deep] };
    }
    let refused = flatten(vec![deep], &["units"], counter()).expect_err("13 levels");
    assert_eq!(refused.len(), 1);
    assert_eq!((refused[0].code, refused[0].path.len()), (code::TOO_LONG, 2 + 2 * MAX_LEVELS));

    let long = vec![Nested { unit: (), children: vec![] }; MAX_UNITS + 1];
    assert_eq!(flatten(long, &["units"], counter()), Err(vec![too_many(MAX_UNITS).under(["units"])]));
}

proptest! {
    #![proptest_config(super::super::cases())]

    #[test]
    fn bytewise_order_of_paths_is_depth_first_order(units in trees()) {
        let mut placed = place(&units).expect("one tree");
        let mut expected = Vec::new();
        depth_first(&units, None, 0, &mut expected);
        prop_assert_eq!(placed.iter().map(|p| (p.id, p.depth)).collect::<Vec<_>>(), expected.clone());
        placed.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
        prop_assert_eq!(placed.iter().map(|p| (p.id, p.depth)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_shape_tells_a_tree_as_placing_does(
        parents in proptest::collection::vec(proptest::option::weighted(0.85, 0usize..7), 1..6),
        codes in proptest::collection::vec(0usize..12, 6),
    ) {
        let units: Vec<_> = (0..).zip(&parents).map(|(n, parent): (usize, _)| {
            TreeUnit { code: codes[n].to_string(), ..unit(n, *parent, 0) }
        }).collect();
        let shape = shape(&units);
        prop_assert_eq!(shape.units, units.len());
        let whole = shape.roots == 1 && shape.adrift == 0 && shape.repeated_codes.is_empty();
        prop_assert_eq!(place(&units).is_ok(), whole);
    }

    #[test]
    fn flattening_loses_nothing(units in trees()) {
        let nested = nested_of(&units, None);
        let flat = flatten(nested.clone(), &["units"], counter()).expect("small");
        prop_assert_eq!(nest(&flat, None), nested);
        let placed = place(&flat.iter().map(|unit| unit.tree_unit(&unit.unit)).collect::<Vec<_>>()).expect("one tree");
        prop_assert_eq!(
            placed.iter().map(|p| p.id).collect::<Vec<_>>(),
            flat.iter().map(|unit| unit.id).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_cycle_is_found_wherever_it_is(units in trees(), from: proptest::sample::Index) {
        let mut units = units;
        let low = from.index(units.len());
        // Close a cycle: some ancestor of `low` (or itself) is hung under it.
        let mut top = low;
        while let Some(parent) = units[top].parent.filter(|_| top % 3 != 1) {
            top = units.iter().position(|unit| unit.id == parent).expect("parents come before");
        }
        units[top].parent = Some(units[low].id);
        let violations = place(&units).expect_err("a cycle");
        prop_assert!(violations.iter().any(|v| v.code == code::UNIT_CYCLE && v.path[1] == low.to_string()));
    }
}
