//! The process maps, judged by what the domain demands of them.

use entity::value_chain::{
    AdoptionStatus, ControlledStage, ControlledState, ProcessLevel, ResponsibilityRole, process, process_version,
};

use super::*;

/// The days of something, none where none are fixed.
fn life(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<Interval> {
    days(from, to)
}

fn funza() -> entity::Id<organization::Entity> {
    crate::exchange::load::key(FUNZA)
}

#[test]
fn every_secretariat_has_a_map_of_its_own() {
    let mut counts: HashMap<_, usize> = HashMap::new();
    for row in &DEMO.processes {
        *counts.entry(row.organization_id).or_default() += 1;
    }
    assert_eq!(counts.len(), 97);
    let (least, most) = (counts.values().min(), counts.values().max());
    assert!(least >= Some(&40) && most <= Some(&85), "{least:?} {most:?}");
    let of = |status| DEMO.reference_adoptions.iter().filter(|row| row.status == status).count();
    for status in [
        AdoptionStatus::Adopted,
        AdoptionStatus::Adapted,
        AdoptionStatus::Merged,
        AdoptionStatus::Absent,
        AdoptionStatus::Own,
    ] {
        assert!(of(status) >= 20, "{status:?}");
    }
    let codes: HashSet<_> = DEMO.processes.iter().map(|row| (row.organization_id, &row.code)).collect();
    assert_eq!(codes.len(), DEMO.processes.len(), "a code is that of one process");
}

#[test]
fn levels_nest_and_a_process_lies_within_the_one_above_it() {
    let processes: HashMap<_, _> = DEMO.processes.iter().map(|row| (row.id, row)).collect();
    for row in &DEMO.process_versions {
        let process: &process::Model = processes[&row.process_id];
        assert_eq!((process.organization_id, &process.code), (row.organization_id, &row.code));
        match row.parent_process_id.map(|parent| processes[&parent]) {
            None => assert_eq!(process.level, ProcessLevel::Macroprocess),
            Some(above) => assert!(above.level < process.level && above.organization_id == row.organization_id),
        }
    }
}

#[test]
fn what_stands_under_a_macroprocess_is_of_its_kind() {
    let mut kinds: HashMap<_, Vec<_>> = HashMap::new();
    for row in &DEMO.process_versions {
        kinds.entry(row.process_id).or_default().push(row.kind);
    }
    let estranged = DEMO.planted.iter().filter(|fault| fault.rule == "PROCESS_KIND_DIFFERS");
    let estranged: Vec<_> = estranged.map(|fault| fault.object).collect();
    for row in DEMO.process_versions.iter().filter(|row| !estranged.contains(&row.process_id.uuid())) {
        let above = row.parent_process_id.map(|parent| &kinds[&parent]);
        assert!(above.is_none_or(|above| above.iter().all(|kind| *kind == row.kind)), "{} {}", row.code, row.name);
    }
}

#[test]
fn versions_of_a_process_follow_each_other() {
    let mut lives: HashMap<_, Vec<&process_version::Model>> = HashMap::new();
    for row in &DEMO.process_versions {
        let own = lives.entry(row.process_id).or_default();
        assert_eq!(row.number as usize, own.len() + 1);
        assert_eq!(row.valid_from.is_some(), row.stage == ControlledStage::Approved);
        assert_eq!(row.legal_act_id.is_some(), row.stage == ControlledStage::Approved);
        assert_eq!(row.base_version_id, own.last().map(|before| before.id));
        let new = life(row.valid_from, row.valid_to);
        let others = own.iter().filter_map(|before| life(before.valid_from, before.valid_to));
        assert!(others.into_iter().all(|other| new.is_none_or(|new| !new.overlaps(other))), "{row:?}");
        let people = [row.prepared_by_id, row.reviewed_by_id, row.approved_by_id];
        let named: HashSet<_> = people.iter().flatten().collect();
        assert_eq!(named.len(), people.iter().flatten().count(), "the author does not approve");
        assert_eq!(row.approved_by_id.is_some(), row.stage == ControlledStage::Approved, "{row:?}");
        own.push(row);
    }
    assert_eq!(lives.len(), DEMO.processes.len());
}

#[test]
fn every_step_of_a_characterization_or_document_follows_the_last() {
    let mut last: HashMap<Uuid, ControlledState> = HashMap::new();
    let processes =
        DEMO.process_transitions.iter().map(|row| (row.process_version_id.uuid(), row.from_state, row.to_state));
    let documents =
        DEMO.document_transitions.iter().map(|row| (row.document_version_id.uuid(), row.from_state, row.to_state));
    for (version, from, to) in processes.chain(documents) {
        assert_eq!(last.insert(version, to), from);
    }
    assert_eq!(last.len(), DEMO.process_versions.len() + DEMO.document_versions.len());
}

#[test]
fn a_responsibility_lies_within_its_unit_unless_that_was_planted() {
    let mut lives: HashMap<_, Vec<Interval>> = HashMap::new();
    for unit in &DEMO.unit_versions {
        lives.entry(unit.org_unit_id).or_default().extend(days(unit.valid_from, unit.valid_to));
    }
    let planted: HashSet<Uuid> = DEMO.planted.iter().map(|row| row.object).collect();
    let starts: HashMap<_, _> = DEMO.successions.iter().map(|row| (row.id, row.valid_from)).collect();
    let mut followed = 0;
    for row in DEMO.process_responsibilities.iter().filter(|row| !planted.contains(&row.id.uuid())) {
        let days = life(Some(row.valid_from), row.valid_to).expect("has a first day");
        let parts = &lives[&row.org_unit_id];
        let mut reached = Some(days.from());
        while let Some(part) = reached.and_then(|day| parts.iter().find(|part| part.contains(day))) {
            reached = part.to();
        }
        let within = reached.is_none_or(|end| days.to().is_some_and(|to| to <= end));
        assert!(within, "{row:?} {parts:?}");
        if let Some(succession) = row.succession_id {
            let brought = starts[&succession];
            assert_eq!(brought, Some(row.valid_from));
            followed += 1;
        }
    }
    assert!(followed > 300, "{followed} came by succession");
    let mut led: HashMap<_, Vec<Interval>> = HashMap::new();
    for row in DEMO.process_responsibilities.iter().filter(|row| row.role == ResponsibilityRole::Leads) {
        let days = life(Some(row.valid_from), row.valid_to).expect("has a first day");
        let own = led.entry(row.process_id).or_default();
        assert!(own.iter().all(|other| !other.overlaps(days)), "one lead at a time: {row:?}");
        own.push(days);
    }
}

#[test]
fn an_alignment_starts_in_the_edition_that_it_points_to() {
    let data = reference();
    let editions: HashMap<_, Interval> =
        data.framework_editions.iter().map(|row| (row.key.as_str(), row.valid)).collect();
    let requirements: HashMap<_, _> = data
        .requirements
        .iter()
        .map(|row| {
            let id: entity::Id<entity::framework::requirement::Entity> = crate::exchange::load::key(&row.key);
            (id, row)
        })
        .collect();
    let mut used: HashSet<&str> = HashSet::new();
    for row in &DEMO.alignments {
        let requirement = requirements[&row.requirement_id];
        assert!(editions[requirement.edition.as_str()].contains(row.valid_from), "{row:?}");
        used.insert(&requirement.edition);
    }
    assert_eq!(used, HashSet::from(["MIPG/2019", "MIPG/2021", "MECI/2017", "ISO_9001/2015"]));
}

#[test]
fn the_example_has_what_examples_speak_of() {
    let mine: Vec<_> = DEMO.process_versions.iter().filter(|row| row.organization_id == funza()).collect();
    let stage = |stage| mine.iter().any(|row| row.stage == stage);
    assert!(stage(ControlledStage::Draft) && stage(ControlledStage::InReview));
    assert!(mine.iter().any(|row| row.valid_from.is_some_and(|from| from > ANCHOR)), "one is scheduled");
    for code in ["C", "C02", "N02.04"] {
        let row = mine.iter().find(|row| {
            row.code == code && row.valid_from.is_some_and(|from| from <= ANCHOR) && row.valid_to.is_none()
        });
        assert!(row.is_some(), "{code}");
    }
    let unit = crate::exchange::load::key(&format!("{FUNZA}/200"));
    let leads = |row: &&process_responsibility::Model| {
        row.org_unit_id == unit && row.role == ResponsibilityRole::Leads && row.valid_to.is_none()
    };
    assert!(DEMO.process_responsibilities.iter().filter(leads).count() >= 1);
    assert!(DEMO.controlled_documents.iter().any(|row| row.organization_id == funza() && row.code == "N02.04.I05"));
}
