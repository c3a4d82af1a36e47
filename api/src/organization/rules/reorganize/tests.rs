use std::collections::HashSet;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::organization::rules::tree::{self, TreeUnit};
use crate::organization::rules::{Violation, cases, code};
use SuccessionKind::{Create, Merge, Move, Rename, Split, Suppress};

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn unit(n: u128, parent: Option<u128>, name: &str) -> Unit {
    let (code, position) = (format!("U{n}"), n as u32);
    let kind = OrgUnitKind::Area;
    Unit { id: id(n), parent: parent.map(id), code, name: name.to_owned(), kind, functions: vec![], position }
}

/// Despacho (1) over Calidad y Cobertura (2, with Inspección (4) below) and Talento Humano (3).
fn base() -> Vec<Unit> {
    vec![
        unit(1, None, "Despacho"),
        unit(2, Some(1), "Calidad y Cobertura"),
        unit(3, Some(1), "Talento Humano"),
        unit(4, Some(2), "Inspección y Vigilancia"),
    ]
}

fn to(from: u128, to: Option<u128>) -> Transfer {
    Transfer { from: id(from), to: to.map(id), process: None, description: None }
}

fn draft_of(base: &[Unit]) -> Structure {
    Structure { units: base.to_vec(), successions: vec![] }
}

fn edited(edits: &[Edit]) -> Structure {
    let step = |draft: Structure, edit: &Edit| apply(&base(), &draft, edit).expect("a valid edit");
    edits.iter().fold(draft_of(&base()), step)
}

fn refused(edit: &Edit) -> Vec<(&'static str, String)> {
    let found = apply(&base(), &draft_of(&base()), edit).expect_err("an invalid edit");
    found.into_iter().map(|violation| (violation.code, violation.path.join("."))).collect()
}

fn told(structure: &Structure) -> Vec<(SuccessionKind, Vec<u128>, Vec<u128>)> {
    let numbers = |units: &[Uuid]| units.iter().map(|unit| unit.as_u128()).collect();
    structure.successions.iter().map(|s| (s.kind, numbers(&s.predecessors), numbers(&s.successors))).collect()
}

fn split() -> Edit {
    Edit::Split {
        unit: id(2),
        successors: vec![Successor::New(unit(5, Some(1), "Calidad")), Successor::New(unit(6, Some(1), "Cobertura"))],
        transfers: vec![to(2, Some(5)), to(2, Some(6))],
        children_to: Some(id(5)),
        note: None,
    }
}

fn merge(predecessors: &[u128], successor: Successor, children_to: Option<u128>) -> Edit {
    let predecessors = predecessors.iter().map(|n| id(*n)).collect();
    Edit::Merge { predecessors, successor, transfers: vec![], children_to: children_to.map(id), note: None }
}

fn suppress(n: u128, transfers: Vec<Transfer>, children_to: Option<u128>) -> Edit {
    Edit::Suppress { unit: id(n), transfers, children_to: children_to.map(id), note: None }
}

fn create(n: u128) -> Edit {
    Edit::Create { unit: unit(n, Some(1), "Planeación") }
}

fn rename(n: u128, name: &str) -> Edit {
    Edit::Rename { unit: id(n), name: name.to_owned(), code: None }
}

#[test]
fn a_split_unit_is_told_as_split_and_as_suppressed() {
    let after = edited(&[split()]);
    let expected = [(Move, vec![4], vec![4]), (Split, vec![2], vec![5, 6]), (Suppress, vec![2], vec![5, 6])];
    assert_eq!(told(&after), expected);
    assert_eq!(after.successions[1].transfers, [to(2, Some(5)), to(2, Some(6))]);
    assert!(after.successions[2].transfers.is_empty(), "the responsibilities are told once");
    let child = after.units.iter().find(|unit| unit.id == id(4)).expect("the child stays");
    assert_eq!(child.parent, Some(id(5)));
}

#[test]
fn a_merger_goes_into_a_new_unit_or_into_one_of_its_own() {
    let new = edited(&[merge(&[2, 3], Successor::New(unit(9, Some(1), "Gestión")), Some(9))]);
    assert_eq!(told(&new), [(Move, vec![4], vec![4]), (Merge, vec![2, 3], vec![9])]);
    assert_eq!(new.successions[1].transfers, [to(2, Some(9)), to(3, Some(9))]);

    let own = edited(&[merge(&[2, 3], Successor::Existing(id(2)), None), rename(2, "Gestión")]);
    assert_eq!(told(&own), [(Rename, vec![2], vec![2]), (Merge, vec![2, 3], vec![2])]);
    assert_eq!(own.successions[1].transfers, [to(3, Some(2))], "who goes on keeps his own");
}

#[test]
fn a_suppressed_unit_hands_over_or_ends() {
    let over = edited(&[suppress(3, vec![to(3, Some(2))], None)]);
    assert_eq!(told(&over), [(Suppress, vec![3], vec![2])]);
    let ended = edited(&[suppress(3, vec![to(3, None)], None)]);
    assert_eq!(told(&ended), [(Suppress, vec![3], vec![])]);
}

#[test]
fn a_draft_tells_what_changes_and_not_how_it_was_written() {
    let renamed = edited(&[create(7), rename(7, "Planeación y Finanzas")]);
    assert_eq!(told(&renamed), [(Create, vec![], vec![7])]);
    assert_eq!(renamed.units.last().map(|unit| unit.name.as_str()), Some("Planeación y Finanzas"));

    assert_eq!(told(&edited(&[rename(3, "A"), rename(3, "B")])), [(Rename, vec![3], vec![3])]);
    assert_eq!(edited(&[rename(3, "A"), rename(3, "Talento Humano")]), draft_of(&base()));
    assert_eq!(edited(&[create(7), suppress(7, vec![], None)]), draft_of(&base()));
    let moved = Edit::Move { unit: id(4), parent: id(3), position: 0 };
    assert_eq!(told(&edited(std::slice::from_ref(&moved))), [(Move, vec![4], vec![4])]);
    let gone = edited(&[moved, rename(4, "X"), suppress(4, vec![to(4, None)], None)]);
    assert_eq!(told(&gone), [(Suppress, vec![4], vec![])]);
}

#[test]
fn what_is_wrong_is_named_at_its_argument() {
    let at = |code, path: &str| vec![(code, path.to_owned())];
    assert_eq!(refused(&Edit::Create { unit: unit(3, Some(1), "Otra") }), at(code::DUPLICATE, "unit"));
    let twin = Unit { code: "U3".to_owned(), ..unit(9, Some(1), "Otra") };
    assert_eq!(refused(&Edit::Create { unit: twin }), at(code::UNIT_CODE_TAKEN, "unit.code"));
    let loose = Edit::Create { unit: unit(9, Some(8), "Otra") };
    assert_eq!(refused(&loose), at(code::PARENT_NOT_IN_VERSION, "unit.parent"));
    assert_eq!(refused(&rename(9, "Otra")), at(code::UNIT_NOT_IN_BASE, "unit"));
    let same_code = Edit::Rename { unit: id(2), name: "X".to_owned(), code: Some("U3".to_owned()) };
    assert_eq!(refused(&same_code), at(code::UNIT_CODE_TAKEN, "code"));
    let under_itself = refused(&Edit::Move { unit: id(2), parent: id(4), position: 0 });
    assert!(under_itself.contains(&(code::UNIT_CYCLE, "parent".to_owned())), "{under_itself:?}");

    assert_eq!(refused(&merge(&[2, 2], Successor::Existing(id(2)), None)), at(code::MERGE_NEEDS_TWO, "predecessors"));
    assert_eq!(
        refused(&merge(&[3, 8], Successor::Existing(id(3)), None)),
        at(code::UNIT_NOT_IN_BASE, "predecessors.1")
    );
    assert_eq!(refused(&merge(&[2, 3], Successor::Existing(id(3)), None)), at(code::UNIT_HAS_CHILDREN, "childrenTo"));
    assert_eq!(
        refused(&merge(&[3, 4], Successor::Existing(id(8)), None)),
        at(code::SUCCESSOR_NOT_IN_VERSION, "successor")
    );
    assert_eq!(
        refused(&merge(&[2, 3], Successor::Existing(id(3)), Some(8))),
        at(code::PARENT_NOT_IN_VERSION, "childrenTo")
    );
    let own_child = refused(&merge(&[2, 4], Successor::Existing(id(4)), Some(4)));
    assert_eq!(own_child, at(code::UNIT_CYCLE, "childrenTo"));

    assert_eq!(refused(&suppress(3, vec![], None)), at(code::RESPONSIBILITIES_UNMAPPED, "transfers"));
    assert_eq!(refused(&suppress(3, vec![to(3, Some(8))], None)), at(code::SUCCESSOR_NOT_IN_VERSION, "transfers.0.to"));
    assert_eq!(refused(&suppress(3, vec![to(3, Some(3))], None)), at(code::SUCCESSOR_NOT_IN_VERSION, "transfers.0.to"));
    assert_eq!(refused(&suppress(2, vec![to(2, Some(3))], None)), at(code::UNIT_HAS_CHILDREN, "childrenTo"));
    let headless = refused(&suppress(1, vec![to(1, Some(2))], Some(2)));
    assert!(headless.iter().any(|(code, _)| *code == code::NOT_ONE_TREE), "{headless:?}");

    let Edit::Split { successors, transfers, .. } = split() else { unreachable!() };
    let with = |successors: Vec<Successor>, transfers, children_to| {
        refused(&Edit::Split { unit: id(2), successors, transfers, children_to, note: None })
    };
    let one = vec![successors[0].clone()];
    assert_eq!(with(one, transfers.clone(), Some(id(5))), at(code::SPLIT_NEEDS_TWO, "successors"));
    let itself = vec![Successor::Existing(id(2)), successors[0].clone()];
    assert_eq!(with(itself, transfers.clone(), None), at(code::STILL_IN_USE, "successors.0"));
    assert_eq!(with(successors.clone(), transfers, None), at(code::UNIT_HAS_CHILDREN, "childrenTo"));
    assert_eq!(with(successors, vec![], Some(id(5))), at(code::RESPONSIBILITIES_UNMAPPED, "transfers"));
}

#[test]
fn fates_are_told_in_the_order_of_their_kinds() {
    let after = edited(&[suppress(3, vec![to(3, None)], None), split(), create(7)]);
    let kinds: Vec<_> = told(&after).into_iter().map(|(kind, predecessors, _)| (kind, predecessors)).collect();
    let expected = [(Create, vec![]), (Move, vec![4]), (Split, vec![2]), (Suppress, vec![3]), (Suppress, vec![2])];
    assert_eq!(kinds, expected);
}

#[test]
fn what_took_over_cannot_vanish_in_the_same_draft() {
    let after = edited(&[split()]);
    let gone = apply(&base(), &after, &suppress(6, vec![], None)).expect_err("named by the split");
    assert_eq!(gone, [Violation::new(code::STILL_IN_USE).under(["unit"])]);
}

#[test]
fn a_unit_that_just_vanished_is_reported() {
    let draft: Vec<_> = base().into_iter().filter(|unit| unit.id != id(3)).collect();
    let found = derive_successions(&base(), &draft, &[]).expect_err("where is Talento Humano?");
    let lost = Violation::new(code::RESPONSIBILITIES_UNMAPPED).with("unit", "Talento Humano").under(["units"]);
    assert_eq!(found, [lost]);
}

#[test]
fn a_declaration_must_fit_base_and_draft() {
    let draft: Vec<_> = base().into_iter().filter(|unit| unit.id != id(3)).collect();
    let declared = |kind, predecessors: &[u128], successors: &[u128], transfers| Succession {
        kind,
        predecessors: predecessors.iter().map(|n| id(*n)).collect(),
        successors: successors.iter().map(|n| id(*n)).collect(),
        transfers,
        note: None,
    };
    let faults = |declared: &[Succession]| -> Vec<(&'static str, String)> {
        let found = derive_successions(&base(), &draft, declared).expect_err("does not fit");
        found.into_iter().map(|violation| (violation.code, violation.path.join("."))).collect()
    };
    let ended = || declared(Suppress, &[3], &[], vec![to(3, None)]);
    let at = |code, path: &str| vec![(code, path.to_owned())];
    assert_eq!(faults(&[ended(), ended()]), at(code::DUPLICATE, "successions.1.predecessors.0"));
    let stays = declared(Suppress, &[4], &[], vec![to(4, None)]);
    assert_eq!(faults(&[ended(), stays]), at(code::STILL_IN_USE, "successions.1.predecessors.0"));
    let unknown = declared(Suppress, &[8], &[], vec![to(8, None)]);
    assert_eq!(faults(&[ended(), unknown]), at(code::UNIT_NOT_IN_BASE, "successions.1.predecessors.0"));
    let silent = declared(Suppress, &[3], &[2], vec![]);
    assert_eq!(faults(&[silent]), at(code::RESPONSIBILITIES_UNMAPPED, "successions.0.predecessors.0"));
    let nowhere = declared(Suppress, &[3], &[8], vec![to(3, Some(8))]);
    assert_eq!(faults(&[nowhere]), at(code::SUCCESSOR_NOT_IN_VERSION, "successions.0.successors.0"));
    let alone = declared(Merge, &[3], &[2], vec![to(3, Some(2))]);
    assert_eq!(faults(&[alone]), at(code::MERGE_NEEDS_TWO, "successions.0.predecessors"));
    let one = declared(Split, &[3], &[2], vec![to(3, Some(2))]);
    assert_eq!(faults(&[one]), at(code::SPLIT_NEEDS_TWO, "successions.0.successors"));

    let noted =
        Succession { note: Some("por error de digitación".to_owned()), ..declared(Rename, &[2], &[2], vec![]) };
    let mut renamed = draft.clone();
    renamed[1].name = "Calidad".to_owned();
    let found = derive_successions(&base(), &renamed, &[noted.clone(), ended()]).expect("fits");
    assert_eq!(found, [noted.clone(), ended()]);
    assert_eq!(derive_successions(&base(), &draft, &[noted, ended()]).expect("nothing renamed"), [ended()]);
}

/// Raw material of an edit: which kind, and picks that are resolved against the draft as it then is.
type Wish = (u8, Index, Index, Index, bool);

fn edit_of(wish: &Wish, draft: &Structure, new: u128) -> Edit {
    let (kind, a, b, c, flag) = wish;
    let pick = |index: &Index| draft.units[index.index(draft.units.len())].id;
    let fresh = |n: u128| Unit { parent: Some(pick(b)), ..unit(n, None, "Nueva") };
    let successor =
        |n: u128, existing: Uuid| if *flag { Successor::New(fresh(n)) } else { Successor::Existing(existing) };
    let transfer =
        |to: Uuid| vec![Transfer { from: pick(a), to: (*flag).then_some(to), process: None, description: None }];
    match kind % 6 {
        0 => Edit::Create { unit: fresh(new) },
        1 => Edit::Rename { unit: pick(a), name: format!("Nombre {new}"), code: flag.then(|| format!("R{new}")) },
        2 => Edit::Move { unit: pick(a), parent: pick(b), position: 0 },
        3 => Edit::Merge {
            predecessors: vec![pick(a), pick(b)],
            successor: successor(new, pick(a)),
            transfers: vec![],
            children_to: Some(pick(c)),
            note: None,
        },
        4 => Edit::Split {
            unit: pick(a),
            successors: vec![Successor::New(fresh(new)), successor(new + 1, pick(c))],
            transfers: vec![Transfer { from: pick(a), to: Some(id(new)), process: None, description: None }],
            children_to: Some(id(new)),
            note: None,
        },
        _ => suppress_of(pick(a), transfer(pick(c)), pick(b)),
    }
}

fn suppress_of(unit: Uuid, transfers: Vec<Transfer>, children_to: Uuid) -> Edit {
    Edit::Suppress { unit, transfers, children_to: Some(children_to), note: None }
}

fn is_one_tree(units: &[Unit]) -> bool {
    let shape = units.iter().map(|unit| TreeUnit {
        id: unit.id,
        parent: unit.parent,
        code: unit.code.clone(),
        position: unit.position,
        path: vec![],
    });
    tree::place(&shape.collect::<Vec<_>>()).is_ok()
}

/// A base of 8 to 16 units, so that mergers and splits find partners.
fn bases() -> impl Strategy<Value = Vec<Unit>> {
    proptest::collection::vec(any::<Index>(), 7..16).prop_map(|parents| {
        let mut units = vec![unit(1, None, "Despacho")];
        for (n, parent) in (2u128..).zip(&parents) {
            let above = parent.index(units.len()) as u128 + 1;
            units.push(unit(n, Some(above), &format!("Dependencia {n}")));
        }
        units
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn edits_leave_one_tree_and_forget_no_unit(
        base in bases(),
        wishes in proptest::collection::vec(any::<Wish>(), 1..25),
    ) {
        let mut draft = draft_of(&base);
        for (n, wish) in (0u128..).zip(&wishes) {
            let Ok(next) = apply(&base, &draft, &edit_of(wish, &draft, 100 + 2 * n)) else { continue };
            prop_assert!(is_one_tree(&next.units));
            let alive: HashSet<Uuid> = next.units.iter().map(|unit| unit.id).collect();
            for old in &base {
                let fates = next.successions.iter().filter(|s| {
                    s.predecessors.contains(&old.id) && matches!(s.kind, Merge | Split | Suppress)
                });
                prop_assert!(alive.contains(&old.id) || fates.count() > 0, "{} is forgotten", old.name);
            }
            for successor in next.successions.iter().flat_map(|s| &s.successors) {
                prop_assert!(alive.contains(successor), "a successor that is not there");
            }
            let born: HashSet<Uuid> = next.successions.iter().filter(|s| s.kind == Create).flat_map(|s| s.successors.clone()).collect();
            prop_assert!(base.iter().all(|old| !born.contains(&old.id)));
            let again = derive_successions(&base, &next.units, &next.successions);
            prop_assert_eq!(again.as_ref(), Ok(&next.successions), "deriving twice is deriving once");
            draft = next;
        }
    }

    #[test]
    fn a_name_changed_often_is_changed_once(base in bases(), which: Index, names in proptest::collection::vec("[A-Z]{1,3}", 1..6)) {
        let unit = &base[which.index(base.len())];
        let rename = |draft: Structure, name: &String| {
            apply(&base, &draft, &Edit::Rename { unit: unit.id, name: name.clone(), code: None }).expect("a name")
        };
        let draft = names.iter().fold(draft_of(&base), rename);
        prop_assert_eq!(draft.successions.len(), 1);
        prop_assert_eq!(draft.successions[0].kind, Rename);
    }
}

/// The property above is worth something only if each kind of edit often succeeds.
#[test]
fn random_edits_of_every_kind_succeed() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut done = [0; 6];
    for _ in 0..100 {
        let base = bases().new_tree(&mut runner).expect("a base").current();
        let wish = any::<Wish>().new_tree(&mut runner).expect("a wish").current();
        for kind in 0..6u8 {
            let wish = (kind, wish.1, wish.2, wish.3, wish.4);
            let edit = edit_of(&wish, &draft_of(&base), 100);
            done[usize::from(kind)] += usize::from(apply(&base, &draft_of(&base), &edit).is_ok());
        }
    }
    assert!(done.iter().all(|count| *count >= 20), "{done:?}");
}
