//! What must be true of the demonstration data, judged by the rules of the domain and not by those who made it.

mod broken;
mod database;
mod improvement;
mod value_chain;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::LazyLock,
};

use entity::{
    Interval,
    access::Role,
    organization::{AppointmentKind, OrganizationKind, StructureStage, StructureState, SuccessionKind},
};
use uuid::Uuid;

use super::*;
use crate::{
    exchange::reference::{Files, read},
    life_cycle::LifeCycle,
    organization::{
        rules::{
            timeline::{Holding, effective, holding_conflict, holding_outside_post},
            tree::{TreeUnit, place},
            validate,
        },
        states::{StructureLife, state_on},
    },
};

fn reference() -> ReferenceData {
    read(&Files::embedded()).expect("the shipped files are whole")
}

/// The data at scale 1, made once.
static DEMO: LazyLock<DemoData> = LazyLock::new(|| generate(&reference(), 1));

fn days(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<Interval> {
    Some(Interval::new(from?, to).expect("an interval has days"))
}

fn within(inner: Interval, outer: Interval) -> bool {
    outer.from() <= inner.from() && outer.to().is_none_or(|end| inner.to().is_some_and(|to| to <= end))
}

#[test]
fn it_is_the_same_every_time() {
    assert_eq!(*DEMO, generate(&reference(), 1));
}

#[test]
fn it_has_the_size_that_it_had() {
    let counts = [
        ("organizations", DEMO.organizations.len()),
        ("legal_acts", DEMO.legal_acts.len()),
        ("structure_versions", DEMO.structure_versions.len()),
        ("unit_versions", DEMO.unit_versions.len()),
        ("successions", DEMO.successions.len()),
        ("posts", DEMO.posts.len()),
        ("persons", DEMO.persons.len()),
        ("holdings", DEMO.holdings.len()),
    ];
    assert_eq!(counts.map(|(_, count)| count), [99, 2244, 325, 6809, 2918, 9256, 9039, 10670], "{counts:?}");
}

#[test]
fn every_secretariat_has_one_organization_with_a_sound_number() {
    let of_kind = |kind| DEMO.organizations.iter().filter(|row| row.kind == kind).count();
    assert_eq!(of_kind(OrganizationKind::EducationSecretariat), 97);
    assert_eq!(of_kind(OrganizationKind::Ministry), 1);
    for row in &DEMO.organizations {
        let number = row.tax_id.as_deref().expect("a number");
        assert_eq!(validate::tax_id(number), None, "{}", row.name);
        assert_eq!(row.territorial_entity_id.is_some(), row.kind == OrganizationKind::EducationSecretariat);
    }
    assert_eq!(DEMO.takeovers.len(), 1);
}

#[test]
fn every_version_is_one_tree_in_depth_first_order() {
    let mut by_version: BTreeMap<Uuid, Vec<&unit_version::Model>> = BTreeMap::new();
    for unit in &DEMO.unit_versions {
        by_version.entry(unit.structure_version_id.uuid()).or_default().push(unit);
    }
    assert_eq!(by_version.len(), DEMO.structure_versions.len());
    for units in by_version.values() {
        let shape: Vec<TreeUnit> = units
            .iter()
            .map(|unit| TreeUnit {
                id: unit.id.uuid(),
                parent: unit.parent_id.map(|parent| parent.uuid()),
                code: unit.code.clone(),
                position: u32::try_from(unit.position).expect("from 0"),
                path: Vec::new(),
            })
            .collect();
        let placed = place(&shape).expect("one tree");
        assert!((10..=45).contains(&placed.len()), "{} units", placed.len());
        for (unit, placed) in units.iter().zip(placed) {
            let stored = (unit.id.uuid(), unit.path.clone(), u32::try_from(unit.depth).expect("from 0"));
            assert_eq!(stored, (placed.id, placed.path, placed.depth));
            let functions = unit.functions.as_slice();
            let sound = validate::name(&unit.name).is_none() && validate::unit_code(&unit.code).is_none();
            assert!(sound && !functions.is_empty() && validate::functions(functions).is_empty(), "{}", unit.name);
        }
    }
}

#[test]
fn versions_never_overlap_and_rest_on_an_act() {
    let mut lives: BTreeMap<Uuid, Vec<Interval>> = BTreeMap::new();
    for version in &DEMO.structure_versions {
        assert_eq!(version.valid_from.is_some(), version.stage == StructureStage::Approved);
        let Some(life) = effective(version.valid_from, version.valid_to, version.annulled_from) else { continue };
        assert!(version.legal_act_id.is_some());
        let others = lives.entry(version.organization_id.uuid()).or_default();
        assert!(others.iter().all(|other| !other.overlaps(life)), "{version:?}");
        others.push(life);
    }
    assert_eq!(lives.len(), 97);
    assert!(lives.values().all(|lives| lives.len() >= 2 && lives.iter().any(|life| life.contains(ANCHOR))));
    let state = |version: &structure_version::Model| {
        state_on(version.stage, version.valid_from, version.valid_to, version.annulled_from, ANCHOR)
    };
    let states: HashSet<_> = DEMO.structure_versions.iter().map(state).collect();
    assert_eq!(states.len(), StructureState::VOCABULARY.terms.len(), "{states:?}");
}

#[test]
fn units_of_a_version_have_its_days() {
    let versions: HashMap<_, _> = DEMO.structure_versions.iter().map(|version| (version.id, version)).collect();
    for unit in &DEMO.unit_versions {
        let version = versions[&unit.structure_version_id];
        assert_eq!((unit.valid_from, unit.valid_to), (version.valid_from, version.valid_to));
        assert_eq!(unit.organization_id, version.organization_id);
    }
    for succession in &DEMO.successions {
        assert_eq!(succession.valid_from, versions[&succession.structure_version_id].valid_from);
    }
}

#[test]
fn every_vanished_unit_has_a_fate() {
    let mut units: HashMap<_, HashSet<_>> = HashMap::new();
    for unit in &DEMO.unit_versions {
        units.entry(unit.structure_version_id).or_default().insert(unit.org_unit_id);
    }
    let version_of: HashMap<_, _> = DEMO.successions.iter().map(|row| (row.id, row.structure_version_id)).collect();
    let fates: HashSet<_> =
        DEMO.transfers.iter().map(|row| (version_of[&row.succession_id], row.from_unit_id)).collect();
    for version in &DEMO.structure_versions {
        let Some(base) = version.base_version_id else { continue };
        for gone in units[&base].difference(&units[&version.id]) {
            assert!(fates.contains(&(version.id, *gone)), "{gone:?} vanished without a word");
        }
    }
    let kinds: HashSet<_> = DEMO.successions.iter().map(|row| row.kind).collect();
    assert_eq!(kinds.len(), SuccessionKind::VOCABULARY.terms.len());
}

#[test]
fn the_example_changed_in_every_way_between_its_days() {
    let funza = crate::exchange::load::key(FUNZA);
    let (before, after) = FUNZA_CHANGED;
    let between = |row: &&succession::Model| {
        row.organization_id == funza && row.valid_from.is_some_and(|day| before < day && day <= after)
    };
    let kinds: HashSet<_> = DEMO.successions.iter().filter(between).map(|row| row.kind).collect();
    assert_eq!(kinds.len(), SuccessionKind::VOCABULARY.terms.len(), "{kinds:?}");
}

#[test]
fn every_step_is_one_that_the_life_cycle_knows() {
    let mut last: HashMap<_, StructureState> = HashMap::new();
    for step in &DEMO.transitions {
        let before = last.insert(step.structure_version_id, step.to_state);
        assert_eq!(before, step.from_state);
        match before {
            None => assert_eq!(step.to_state, StructureState::Draft),
            Some(from) => {
                assert!(StructureLife::TRANSITIONS.iter().any(|line| line.from == from && line.to == step.to_state))
            }
        }
    }
    assert_eq!(last.len(), DEMO.structure_versions.len());
}

#[test]
fn a_post_stands_in_a_unit_that_exists_as_long_as_it_does() {
    let mut lives: HashMap<_, Vec<Interval>> = HashMap::new();
    for unit in &DEMO.unit_versions {
        lives.entry(unit.org_unit_id).or_default().extend(days(unit.valid_from, unit.valid_to));
    }
    for post in &DEMO.posts {
        let Some(open) = days(post.valid_from, post.valid_to) else { continue };
        // The unit's life, its versions joined where they touch.
        let mut parts = lives[&post.org_unit_id].clone();
        parts.sort_by_key(|part| part.from());
        let mut reached = open.from();
        let mut for_ever = false;
        for part in &parts {
            match part.to() {
                _ if !part.contains(reached) => {}
                Some(to) => reached = to,
                None => for_ever = true,
            }
        }
        assert!(for_ever || open.to().is_some_and(|to| to <= reached), "{post:?} in {parts:?}");
    }
}

#[test]
fn holdings_lie_within_their_posts_and_only_acting_ones_overlap() {
    let posts: HashMap<_, _> = DEMO.posts.iter().map(|post| (post.id, post)).collect();
    let mut by_post: HashMap<_, Vec<Holding>> = HashMap::new();
    let mut by_person: HashMap<_, Vec<Interval>> = HashMap::new();
    let mut kinds = HashSet::new();
    for row in &DEMO.holdings {
        let post = posts[&row.post_id];
        assert_eq!(post.organization_id, row.organization_id);
        let interval = days(Some(row.valid_from), row.valid_to).expect("has a first day");
        let new = Holding {
            id: row.id.uuid(),
            post: row.post_id.uuid(),
            person: row.person_id.uuid(),
            appointment: row.appointment,
            interval,
        };
        assert_eq!(holding_outside_post(days(post.valid_from, post.valid_to), &new), None, "{row:?} {post:?}");
        let others = by_post.entry(row.post_id).or_default();
        assert_eq!(holding_conflict(others, &new), None);
        others.push(new);
        if new.is_full() {
            let own = by_person.entry(row.person_id).or_default();
            assert!(own.iter().all(|other| !other.overlaps(interval)), "{row:?}");
            own.push(interval);
        }
        kinds.insert(row.appointment);
    }
    for kind in [AppointmentKind::Career, AppointmentKind::Acting, AppointmentKind::Provisional] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    let acting = DEMO.holdings.iter().filter(|row| row.appointment == AppointmentKind::Acting);
    assert!(acting.clone().count() >= 97);
    for row in acting {
        let interval = days(Some(row.valid_from), row.valid_to).expect("has a first day");
        let full = |other: &&Holding| other.is_full() && within(interval, other.interval);
        assert!(by_post[&row.post_id].iter().any(|other| full(&other)), "nobody is away: {row:?}");
    }
    let filled = |post: &&post::Model| by_post.contains_key(&post.id);
    assert!(DEMO.posts.iter().filter(|post| post.valid_from.is_some()).any(|post| !filled(&post)), "vacancies");
}

#[test]
fn a_work_group_lives_in_a_unit_that_is_there() {
    for group in &DEMO.work_groups {
        let units = DEMO.unit_versions.iter().filter(|unit| unit.org_unit_id == group.org_unit_id);
        let lives: Vec<Interval> = units.filter_map(|unit| days(unit.valid_from, unit.valid_to)).collect();
        let last = group.valid_to.and_then(|to| to.pred_opt()).unwrap_or(ANCHOR);
        for day in [group.valid_from, last] {
            assert!(lives.iter().any(|life| life.contains(day)), "{group:?}");
        }
    }
}

#[test]
fn accounts_are_people_of_their_organization() {
    let subjects: HashMap<_, _> = DEMO.accounts.iter().map(|row| (row.subject.as_str(), row)).collect();
    assert_eq!(subjects.len(), DEMO.accounts.len());
    for slug in ["funza", "medellin", "antioquia"] {
        for who in [
            "admin",
            "lider.calidad",
            "alta.direccion",
            "dueno.proceso",
            "jefe.dependencia",
            "ejecutor",
            "auditor",
            "control.interno",
            "servicio",
        ] {
            assert!(subjects.contains_key(format!("{who}@{slug}").as_str()), "{who}@{slug}");
        }
    }
    for (subject, role) in [
        ("admin.nacional@men", Role::NationalAdmin),
        ("monitor.sfi@men", Role::SfiMonitor),
        ("analista@esap", Role::PartnerAnalyst),
    ] {
        let roles: Vec<_> = DEMO.grants.iter().filter(|row| row.account_id == subjects[subject].id).collect();
        assert!(roles.len() == 1 && roles[0].role == role, "{subject}");
    }
    assert!(DEMO.grants.iter().all(|row| row.granted_by_id != row.account_id), "nobody grants to himself");
    let persons: HashMap<_, _> = DEMO.persons.iter().map(|row| (row.id, row.organization_id)).collect();
    let tied: Vec<_> = DEMO.members.iter().filter_map(|row| Some((row.person_id?, row.organization_id))).collect();
    assert!(tied.iter().all(|(person, organization)| persons[person] == *organization));
    let distinct: HashSet<_> = tied.iter().map(|(person, _)| person).collect();
    assert_eq!(distinct.len(), tied.len(), "different duties, different people");
    for grant in &DEMO.grants {
        let member =
            |row: &&member::Model| (row.account_id, row.organization_id) == (grant.account_id, grant.organization_id);
        assert_eq!(DEMO.members.iter().filter(member).count(), 1, "who has a role is a member");
    }
    for step in &DEMO.transitions {
        assert!(subjects.values().any(|row| row.id == step.account_id));
    }
}

#[test]
fn a_larger_scale_has_more_units_and_not_more_organizations() {
    let twice = generate(&reference(), 2);
    assert_eq!(twice.organizations.len(), DEMO.organizations.len());
    assert!(twice.unit_versions.len() > DEMO.unit_versions.len() * 19 / 10);
    assert!(twice.posts.len() > DEMO.posts.len() * 4 / 3);
}
