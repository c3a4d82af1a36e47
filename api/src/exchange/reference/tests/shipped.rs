//! The facts that the shipped files must tell.

use chrono::NaiveDate;

use crate::exchange::reference::{Coverage, Files, ReferenceData, TerritorialEntity, read};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

fn entity<'a>(data: &'a ReferenceData, divipola: &str) -> &'a TerritorialEntity {
    data.territorial_entities.iter().find(|entity| entity.divipola == divipola).expect("an entity")
}

fn covering<'a>(data: &'a ReferenceData, municipality: &str, on: NaiveDate) -> &'a TerritorialEntity {
    let row = data.coverage.iter().find(|row| row.municipality_code == municipality && row.valid.contains(on));
    entity(data, &row.expect("covered").territorial_entity_divipola)
}

#[test]
fn the_shipped_files_say_what_is_known() {
    let data = read(&Files::embedded()).expect("the shipped files are without fault");
    let sizes =
        [data.departments.len(), data.territorial_entities.len(), data.unit_kinds.len(), data.job_denominations.len()];
    assert_eq!(sizes, [33, 97, 10, 25]);

    let ended: Vec<_> = data.municipalities.iter().filter(|m| m.valid_to.is_some()).collect();
    assert_eq!(data.municipalities.len() - ended.len(), 1_121);
    assert_eq!(
        ended.iter().map(|m| (&*m.code, &*m.name, m.valid_to)).collect::<Vec<_>>(),
        [("94663", "Mapiripana", Some(day(2020, 1, 1)))]
    );

    let without_men_code: Vec<_> = data.territorial_entities.iter().filter(|e| e.men_code.is_none()).collect();
    assert_eq!(without_men_code, [entity(&data, "05380")]);
    let later: Vec<_> = data.territorial_entities.iter().filter(|e| e.valid.from() != day(2011, 1, 1)).collect();
    assert_eq!(
        later.iter().map(|e| (&*e.name, e.valid.from(), e.official)).collect::<Vec<_>>(),
        [("La Estrella", day(2021, 1, 1), false), ("Funza", day(2019, 1, 1), true),]
    );
    assert!(entity(&data, "54001").aliases.contains(&"Cúcuta".to_owned()));
    assert_eq!(entity(&data, "11001").name, "Bogotá, D.C.");
}

#[test]
fn the_shipped_coverage_answers_who_covered_whom() {
    let data = read(&Files::embedded()).expect("the shipped files are without fault");
    let men_code = |municipality, on| covering(&data, municipality, on).men_code.as_deref();
    assert_eq!(men_code("25286", day(2018, 12, 31)), Some("3785"));
    assert_eq!(men_code("25286", day(2019, 1, 1)), Some("10851"));
    assert_eq!(covering(&data, "05380", day(2020, 12, 31)).divipola, "05");
    assert_eq!(covering(&data, "05380", day(2021, 1, 1)).divipola, "05380");

    let on = day(2020, 6, 30);
    let in_force = |row: &&Coverage| row.valid.contains(on);
    assert_eq!(data.coverage.iter().filter(in_force).count(), 1_121);
    let antioquia = data.coverage.iter().filter(in_force).filter(|row| row.territorial_entity_divipola == "05");
    assert_eq!(antioquia.count(), 117);
    assert!(data.coverage.iter().all(|row| !row.dates_official && !row.source.is_empty()));
    let unofficial: Vec<_> = data.coverage.iter().filter(|row| !row.official).collect();
    assert_eq!(unofficial.len(), 1);
    assert_eq!(unofficial[0].territorial_entity_divipola, "05380");
}
