//! What must be true across rows and files. Pure: rows in, faults out.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::Interval;

use super::{
    Coverage, Department, Fault, JobDenomination, Municipality, Reason, TerritorialEntity,
    records::JOB_LEVELS,
    sheet::{Record, Row, Sheet, repeated},
};

/// The first day on which every municipality must be covered: the Ministry's rows begin with this year.
pub(super) const RECORDS_BEGIN: NaiveDate = match NaiveDate::from_ymd_opt(2011, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Each municipality lies in a department of the file whose code begins its own.
pub(super) fn municipalities(sheet: &Sheet<Municipality>, departments: &Sheet<Department>) -> Vec<Fault> {
    let known = departments.by_code();
    let rows = sheet.rows.iter().map(|row| (row.line, &row.value.code, &row.value.department_code));
    rows.flat_map(|(line, code, department)| {
        let missing = refers::<Municipality, _>(line, "department_code", department, &known, departments);
        missing.into_iter().chain(prefix::<Municipality>(line, "code", code, department)).collect::<Vec<_>>()
    })
    .collect()
}

/// Each territorial entity is a department or a municipality of the files, as its kind says; MEN codes are unique.
pub(super) fn territorial_entities(
    sheet: &Sheet<TerritorialEntity>,
    departments: &Sheet<Department>,
    municipalities: &Sheet<Municipality>,
) -> Vec<Fault> {
    type Entity = TerritorialEntity;
    let (known_departments, known_municipalities) = (departments.by_code(), municipalities.by_code());
    let men_codes = sheet.rows.iter().filter_map(|row| Some((row.line, row.value.men_code.as_deref()?)));
    let mut faults = repeated(Entity::FILE, "men_code", men_codes);
    for Row { line, value } in &sheet.rows {
        let (line, code, department) = (*line, &value.divipola, &value.department_code);
        faults.extend(refers::<Entity, _>(line, "department_code", department, &known_departments, departments));
        faults.extend(prefix::<Entity>(line, "divipola", code, department));
        if (code.len() == 2) != is_department(value) {
            let reason = Reason::KindAndCode { code: code.clone(), kind: value.kind.clone() };
            faults.push(Fault::of_cell(Entity::FILE, line, "divipola", reason));
        } else if code.len() == 5 {
            faults.extend(refers::<Entity, _>(line, "divipola", code, &known_municipalities, municipalities));
        }
    }
    faults
}

/// The first digit of a job's code is its level's (Decreto Ley 785 de 2005).
pub(super) fn job_levels(sheet: &Sheet<JobDenomination>) -> Vec<Fault> {
    let wrong = sheet.rows.iter().filter(|row| {
        let digit = row.value.code.bytes().next().map(|byte| usize::from(byte.saturating_sub(b'0')));
        JOB_LEVELS.iter().position(|level| *level == row.value.level) != digit
    });
    wrong
        .map(|row| {
            let reason = Reason::LevelAndCode { code: row.value.code.clone(), level: row.value.level.clone() };
            Fault::of_cell(JobDenomination::FILE, row.line, "level", reason)
        })
        .collect()
}

/// Each row of the coverage names what exists, on days on which it exists, and a department covers only what is its own.
pub(super) fn coverage(
    sheet: &Sheet<Coverage>,
    municipalities: &Sheet<Municipality>,
    entities: &Sheet<TerritorialEntity>,
) -> Vec<Fault> {
    let (known_municipalities, known_entities) = (municipalities.by_code(), entities.by_code());
    let mut faults = Vec::new();
    for Row { line, value } in &sheet.rows {
        let (line, code, divipola) = (*line, &value.municipality_code, &value.territorial_entity_divipola);
        faults.extend(refers::<Coverage, _>(line, "municipality_code", code, &known_municipalities, municipalities));
        let column = "territorial_entity_divipola";
        faults.extend(refers::<Coverage, _>(line, column, divipola, &known_entities, entities));
        let municipality = known_municipalities.get(code.as_str()).map(|row| &row.value);
        let entity = known_entities.get(divipola.as_str()).map(|row| &row.value);
        let certified = known_entities.get(code.as_str()).map(|row| &row.value);
        let reasons = [
            municipality.and_then(|municipality| beyond_municipality(value.valid, municipality)),
            entity.and_then(|entity| beyond_entity(value.valid, entity)),
            entity.filter(|e| is_department(e)).and_then(|entity| foreign(code, value.valid, entity, certified)),
        ];
        faults.extend(reasons.into_iter().flatten().map(|reason| Fault::of_row(Coverage::FILE, line, reason)));
    }
    faults
}

/// From 2011-01-01 on each municipality is covered on every day of its life by exactly one territorial entity.
pub(super) fn timelines(sheet: &Sheet<Coverage>, municipalities: &Sheet<Municipality>) -> Vec<Fault> {
    let mut by_municipality: HashMap<&str, Vec<(u64, Interval)>> = HashMap::new();
    for row in &sheet.rows {
        by_municipality.entry(&row.value.municipality_code).or_default().push((row.line, row.value.valid));
    }
    let mut faults = Vec::new();
    for Row { line, value } in &municipalities.rows {
        let code = &value.code;
        let mut rows = by_municipality.remove(code.as_str()).unwrap_or_default();
        rows.sort_by_key(|(line, days)| (days.from(), *line));
        faults.extend(overlaps(&rows).into_iter().map(|(line, other, days)| {
            Fault::of_row(Coverage::FILE, line, Reason::Overlap { municipality: code.clone(), other, days })
        }));
        let life = Interval::new(value.valid_from.unwrap_or(RECORDS_BEGIN).max(RECORDS_BEGIN), value.valid_to);
        let Some(life) = life.filter(|_| !sheet.may_hold(code)) else { continue };
        faults.extend(gaps(life, &rows).into_iter().map(|(after, days)| {
            let (file, row) = after.map_or((Municipality::FILE, *line), |row| (Coverage::FILE, row));
            Fault::of_row(file, row, Reason::Gap { municipality: code.clone(), days })
        }));
    }
    faults
}

/// Days of `life` on which none of the rows is in force, each with the row next to them. The rows are in order of start.
fn gaps(life: Interval, rows: &[(u64, Interval)]) -> Vec<(Option<u64>, Interval)> {
    let mut gaps = Vec::new();
    let mut covered_until = Some(life.from());
    let mut last = None;
    for (line, days) in rows {
        let Some(until) = covered_until else { break };
        let end = life.to().map_or(days.from(), |end| end.min(days.from()));
        gaps.extend(Interval::new(until, Some(end)).map(|gap| (last.or(Some(*line)), gap)));
        covered_until = days.to().map(|to| to.max(until));
        last = Some(*line);
    }
    let rest = covered_until.and_then(|until| Interval::new(until, life.to()));
    gaps.extend(rest.map(|gap| (last, gap)));
    gaps
}

/// Rows that share days with an earlier one: the row, the earlier row, the days. The rows are in order of start.
pub(super) fn overlaps(rows: &[(u64, Interval)]) -> Vec<(u64, u64, Interval)> {
    let mut found = Vec::new();
    let mut longest: Option<(u64, Interval)> = None;
    for (line, days) in rows {
        if let Some((other, earlier)) = longest {
            let end = [earlier.to(), days.to()].into_iter().flatten().min();
            found.extend(Interval::new(days.from(), end).map(|common| (*line, other, common)));
            if earlier.to().is_none_or(|end| days.to().is_some_and(|to| to <= end)) {
                continue;
            }
        }
        longest = Some((*line, *days));
    }
    found
}

pub(super) fn refers<T: Record, U: Record>(
    line: u64,
    column: &str,
    code: &str,
    known: &HashMap<&str, &Row<U>>,
    sheet: &Sheet<U>,
) -> Option<Fault> {
    let missing = !known.contains_key(code) && !sheet.may_hold(code);
    let reason = Reason::UnknownReference { code: code.to_owned(), file: U::FILE };
    missing.then(|| Fault::of_cell(T::FILE, line, column, reason))
}

fn prefix<T: Record>(line: u64, column: &str, code: &str, department: &str) -> Option<Fault> {
    let reason = Reason::OtherPrefix { code: code.to_owned(), department: department.to_owned() };
    (!code.starts_with(department)).then(|| Fault::of_cell(T::FILE, line, column, reason))
}

fn is_department(entity: &TerritorialEntity) -> bool {
    entity.kind == "DEPARTMENT"
}

/// Does `days` begin before `from` or go on after `to`?
fn beyond(days: Interval, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
    from.is_some_and(|from| days.from() < from) || to.is_some_and(|to| days.to().is_none_or(|end| to < end))
}

fn beyond_municipality(days: Interval, municipality: &Municipality) -> Option<Reason> {
    let (from, to) = (municipality.valid_from, municipality.valid_to);
    beyond(days, from, to).then(|| Reason::OutsideMunicipality { municipality: municipality.code.clone(), from, to })
}

fn beyond_entity(days: Interval, entity: &TerritorialEntity) -> Option<Reason> {
    let life = entity.valid;
    beyond(days, Some(life.from()), life.to()).then(|| Reason::OutsideEntity { entity: entity.divipola.clone(), life })
}

/// Why a department's entity may not cover a municipality on these days, if so; `certified` is the municipality's own.
fn foreign(
    municipality: &str,
    days: Interval,
    department: &TerritorialEntity,
    certified: Option<&TerritorialEntity>,
) -> Option<Reason> {
    let (entity, municipality) = (department.divipola.clone(), municipality.to_owned());
    if !municipality.starts_with(&entity) {
        return Some(Reason::OtherDepartment { entity, municipality });
    }
    let certified = certified.map(|own| own.valid).filter(|own| own.overlaps(days))?;
    Some(Reason::CertifiedItself { entity, municipality, certified })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(n: i64) -> NaiveDate {
        RECORDS_BEGIN + chrono::Duration::days(n)
    }

    prop_compose! {
        fn interval()(from in -5..40i64, length in proptest::option::of(1..20i64)) -> Interval {
            Interval::new(day(from), length.map(|length| day(from + length))).expect("not empty")
        }
    }

    prop_compose! {
        fn rows()(mut intervals in proptest::collection::vec(interval(), 0..5)) -> Vec<(u64, Interval)> {
            intervals.sort_by_key(|days| days.from());
            (2..).zip(intervals).collect()
        }
    }

    /// Few cases by default; `ARTICULA_CASES` asks for more.
    fn cases() -> ProptestConfig {
        let asked = std::env::var("ARTICULA_CASES").ok().and_then(|cases| cases.parse().ok());
        ProptestConfig::with_cases(asked.unwrap_or(64))
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn gaps_are_the_days_of_life_that_no_row_holds(life in interval(), rows in rows()) {
            let gaps = gaps(life, &rows);
            for n in -10..80 {
                let bare = life.contains(day(n)) && rows.iter().all(|(_, days)| !days.contains(day(n)));
                prop_assert_eq!(gaps.iter().filter(|(_, gap)| gap.contains(day(n))).count(), usize::from(bare));
            }
        }

        #[test]
        fn an_overlap_is_told_exactly_when_a_day_is_held_twice(rows in rows()) {
            let overlaps = overlaps(&rows);
            for n in -10..80 {
                let twice = rows.iter().filter(|(_, days)| days.contains(day(n))).count() > 1;
                prop_assert_eq!(overlaps.iter().any(|(_, _, days)| days.contains(day(n))), twice);
            }
        }
    }
}
