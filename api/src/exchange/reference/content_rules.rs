//! What must be true of the national reference content across rows and files. Pure: rows in, faults out.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::Interval;

use super::{
    Crosswalk, Fault, Framework, FrameworkEdition, Reason, ReferenceMap, ReferenceProcess, Requirement,
    content::PROCESS_LEVELS,
    rules::{overlaps, refers},
    sheet::{Record, Row, Sheet, repeated},
};

/// Each process stands in a map of the file, under one of a higher level in the same map; only macroprocesses under none.
pub(super) fn processes(sheet: &Sheet<ReferenceProcess>, maps: &Sheet<ReferenceMap>) -> Vec<Fault> {
    type Process = ReferenceProcess;
    let (known, known_maps) = (sheet.by_code(), maps.by_code());
    let mut faults = Vec::new();
    for Row { line, value } in &sheet.rows {
        faults.extend(refers::<Process, _>(*line, "map", &value.map, &known_maps, maps));
        let (code, level) = (value.code.clone(), value.level.clone());
        let reason = match &value.parent {
            None if value.level == PROCESS_LEVELS[0] => continue,
            None => Reason::LevelAlone { code, level },
            Some(parent) => {
                let key = format!("{}/{parent}", value.map);
                faults.extend(refers::<Process, _>(*line, "parent", &key, &known, sheet));
                let Some(above) = known.get(key.as_str()).map(|row| row.value.level.clone()) else { continue };
                if depth(&above) < depth(&level) {
                    continue;
                }
                Reason::LevelUnder { code, level, parent: parent.clone(), above }
            }
        };
        faults.push(Fault::of_cell(Process::FILE, *line, "parent", reason));
    }
    faults
}

fn depth(level: &str) -> Option<usize> {
    PROCESS_LEVELS.iter().position(|known| *known == level)
}

/// Each edition is of a framework of the file, and no two editions of one framework share a day.
pub(super) fn editions(sheet: &Sheet<FrameworkEdition>, frameworks: &Sheet<Framework>) -> Vec<Fault> {
    let known = frameworks.by_code();
    let mut faults = Vec::new();
    let mut by_framework: BTreeMap<&str, Vec<(u64, Interval)>> = BTreeMap::new();
    for Row { line, value } in &sheet.rows {
        faults.extend(refers::<FrameworkEdition, _>(*line, "framework", &value.framework, &known, frameworks));
        by_framework.entry(&value.framework).or_default().push((*line, value.valid));
    }
    for (framework, mut rows) in by_framework {
        rows.sort_by_key(|(line, days)| (days.from(), *line));
        faults.extend(overlaps(&rows).into_iter().map(|(line, other, days)| {
            let reason = Reason::EditionsOverlap { framework: framework.to_owned(), other, days };
            Fault::of_row(FrameworkEdition::FILE, line, reason)
        }));
    }
    faults
}

/// Each requirement is of an edition of the file, under one of the same edition and never under itself; within an edition
/// a FURAG code is given once.
pub(super) fn requirements(sheet: &Sheet<Requirement>, editions: &Sheet<FrameworkEdition>) -> Vec<Fault> {
    let (known, known_editions) = (sheet.by_code(), editions.by_code());
    let codes = sheet.rows.iter().filter_map(|row| Some((row, row.value.furag_code.as_ref()?)));
    let codes: Vec<_> = codes.map(|(row, code)| (row.line, format!("{}/{code}", row.value.edition))).collect();
    let codes = codes.iter().map(|(line, code)| (*line, code.as_str()));
    let mut faults = repeated(Requirement::FILE, "furag_code", codes);
    for Row { line, value } in &sheet.rows {
        faults.extend(refers::<Requirement, _>(*line, "edition", &value.edition, &known_editions, editions));
        let Some(parent) = above(value) else { continue };
        faults.extend(refers::<Requirement, _>(*line, "parent", &parent, &known, sheet));
        if circles(value, &known) {
            let reason = Reason::UnderItself { code: value.slug.clone() };
            faults.push(Fault::of_cell(Requirement::FILE, *line, "parent", reason));
        }
    }
    faults
}

/// The key of the one above it.
fn above(requirement: &Requirement) -> Option<String> {
    requirement.parent.as_ref().map(|parent| format!("{}/{parent}", requirement.edition))
}

/// Does the way up from it come back to it?
fn circles(start: &Requirement, known: &HashMap<&str, &Row<Requirement>>) -> bool {
    let mut passed = HashSet::new();
    let mut next = above(start);
    while let Some(key) = next {
        if key == start.key {
            return true;
        }
        next = known.get(key.as_str()).and_then(|row| above(&row.value));
        if !passed.insert(key) {
            return false;
        }
    }
    false
}

/// Both ends of a correspondence are requirements of the file, and two; it is official only where both are.
pub(super) fn crosswalks(sheet: &Sheet<Crosswalk>, requirements: &Sheet<Requirement>) -> Vec<Fault> {
    let known = requirements.by_code();
    let mut faults = Vec::new();
    for Row { line, value } in &sheet.rows {
        if value.from == value.to {
            let reason = Reason::ComparedWithItself { code: value.from.clone() };
            faults.push(Fault::of_cell(Crosswalk::FILE, *line, "to", reason));
        }
        for (column, code) in [("from", &value.from), ("to", &value.to)] {
            faults.extend(refers::<Crosswalk, _>(*line, column, code, &known, requirements));
            if value.official && known.get(code.as_str()).is_some_and(|end| !end.value.official) {
                let reason = Reason::OfficialBetweenOthers { code: code.clone() };
                faults.push(Fault::of_cell(Crosswalk::FILE, *line, "official", reason));
            }
        }
    }
    faults
}
