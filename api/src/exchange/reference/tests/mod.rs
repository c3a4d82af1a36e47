//! One case for each kind of fault, over a country of two departments.

mod content;
mod folder;
mod shipped;

use super::{Files, read};

/// A small country without fault: Norte (01) with Alta (certified in 2015) and Baja, Sur (02) with Cima and Dama, which ended.
const COUNTRY: [(&str, &str); 6] = [
    ("departments.csv", "code,name,source,official\n01,Norte,a,true\n02,Sur,a,true\n"),
    (
        "municipalities.csv",
        "code,department_code,name,valid_from,valid_to,source,official\n\
         01001,01,Alta,,,a,true\n\
         01002,01,Baja,2012-01-01,,a,true\n\
         02001,02,Cima,,,a,true\n\
         02002,02,Dama,,2020-01-01,a,false\n",
    ),
    (
        "territorial_entities.csv",
        "divipola,men_code,kind,department_code,name,aliases,valid_from,valid_to,source,official\n\
         01,3001,DEPARTMENT,01,Norte,Norte (ETC)|Nte,2011-01-01,,a,true\n\
         02,3002,DEPARTMENT,02,Sur,,2011-01-01,,a,true\n\
         01001,,MUNICIPALITY,01,Alta,,2015-01-01,,a,true\n",
    ),
    (
        "coverage.csv",
        "municipality_code,territorial_entity_divipola,valid_from,valid_to,source,official,dates_official\n\
         01001,01,2011-01-01,2015-01-01,a,true,false\n\
         01001,01001,2015-01-01,,a,true,false\n\
         01002,01,2012-01-01,,a,true,false\n\
         02001,02,2011-01-01,,a,true,false\n\
         02002,02,2011-01-01,2020-01-01,a,true,false\n",
    ),
    (
        "unit_kinds.csv",
        "code,name_es,name_en,typical_parents,source,official\n\
         DESPACHO,Despacho,Office of the Secretary,,a,false\n\
         AREA,Área,Area,DESPACHO|DIRECTORATE,a,false\n",
    ),
    (
        "job_denominations.csv",
        "code,name,level,source,official\n001,Gobernador,EXECUTIVE,a,true\n440,Secretario,ASSISTANCE,a,false\n",
    ),
];

/// Every file, small.
fn shelf() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    COUNTRY.iter().chain(&content::MODEL)
}

fn country() -> Files {
    shelf().fold(Files::embedded(), |files, (name, text)| files.with(name, text))
}

fn text(file: &str) -> &'static str {
    shelf().find(|(name, _)| *name == file).expect("a file of the country").1
}

/// The sentences about the country after one text of one file was replaced.
fn sentences(file: &'static str, old: &str, new: &str) -> Vec<String> {
    assert!(text(file).contains(old), "{file} does not hold {old:?}");
    let changed = country().with(file, &text(file).replacen(old, new, 1));
    read(&changed).expect_err("a fault").iter().map(ToString::to_string).collect()
}

/// File, text, what takes its place, and what is said about it: all of it and nothing else.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

fn assert_told(cases: &[Case]) {
    for (file, old, new, said) in cases {
        assert_eq!(sentences(file, old, new), *said, "{file}: {old:?} became {new:?}");
    }
}

#[test]
fn the_small_country_is_without_fault() {
    let data = read(&country()).expect("no fault");
    assert_eq!(data.territorial_entities[0].aliases, ["Norte (ETC)", "Nte"]);
    assert_eq!(data.unit_kinds[1].typical_parents, ["DESPACHO", "DIRECTORATE"]);
    assert_eq!(data.coverage.len(), 5);
    assert_eq!(
        (data.requirements.len(), data.crosswalks[0].strength, data.crosswalks[1].strength),
        (5, Some(100), None)
    );
}

#[test]
fn faults_of_a_header() {
    assert_told(&[
        (
            "departments.csv",
            text("departments.csv"),
            "",
            &["departments.csv, row 1: the file is empty; its first row names the columns"],
        ),
        (
            "departments.csv",
            "official",
            "oficial",
            &[
                "departments.csv, row 1, column oficial: the header names a column that is not known here",
                "departments.csv, row 1, column official: the header lacks this column",
            ],
        ),
        (
            "unit_kinds.csv",
            "official",
            "official,source",
            &["unit_kinds.csv, row 1, column source: the header names this column more than once"],
        ),
    ]);
}

#[test]
fn faults_of_a_row_or_a_cell() {
    assert_told(&[
        (
            "departments.csv",
            "Norte,a,true",
            "Norte,a",
            &["departments.csv, row 2: the row has 3 cells where the header has 4"],
        ),
        (
            "departments.csv",
            "Norte,a",
            " ,",
            &[
                "departments.csv, row 2, column name: the cell is blank and must not be",
                "departments.csv, row 2, column source: the cell is blank and must not be",
            ],
        ),
        (
            "coverage.csv",
            "02001,02,2011-01-01",
            "02001,02,",
            &["coverage.csv, row 5, column valid_from: the cell is blank and must not be"],
        ),
        (
            "departments.csv",
            "02,Sur",
            "2,Sur",
            &["departments.csv, row 3, column code: \"2\" is not a code of 2 digits (leading zeros count)"],
        ),
        (
            "municipalities.csv",
            "02001,02",
            "0200١,02",
            &["municipalities.csv, row 4, column code: \"0200١\" is not a code of 5 digits (leading zeros count)"],
        ),
        (
            "territorial_entities.csv",
            "3001",
            "MEN1",
            &[
                "territorial_entities.csv, row 2, column men_code: \"MEN1\" is not a code of 4 or 5 digits (leading zeros count)",
            ],
        ),
        (
            "job_denominations.csv",
            "440",
            "4401",
            &["job_denominations.csv, row 3, column code: \"4401\" is not a code of 3 digits (leading zeros count)"],
        ),
        (
            "departments.csv",
            "Norte,a,true",
            "Norte,a,sí",
            &["departments.csv, row 2, column official: \"sí\" is neither true nor false"],
        ),
        (
            "municipalities.csv",
            "2012-01-01",
            "2012-02-30",
            &["municipalities.csv, row 3, column valid_from: \"2012-02-30\" is not a date of the form YYYY-MM-DD"],
        ),
        (
            "municipalities.csv",
            "2012-01-01",
            "2012-1-1",
            &["municipalities.csv, row 3, column valid_from: \"2012-1-1\" is not a date of the form YYYY-MM-DD"],
        ),
        (
            "coverage.csv",
            "2011-01-01,2020-01-01",
            "2020-01-01,2020-01-01",
            &[
                "coverage.csv, row 6, column valid_to: the interval is empty: it ends on 2020-01-01 (that day excluded) and starts on 2020-01-01",
            ],
        ),
        (
            "territorial_entities.csv",
            "MUNICIPALITY",
            "VILLAGE",
            &[
                "territorial_entities.csv, row 4, column kind: \"VILLAGE\" is not one of DEPARTMENT, DISTRICT, MUNICIPALITY",
            ],
        ),
        (
            "job_denominations.csv",
            "ASSISTANCE",
            "BOSS",
            &[
                "job_denominations.csv, row 3, column level: \"BOSS\" is not one of EXECUTIVE, ADVISORY, PROFESSIONAL, TECHNICAL, ASSISTANCE",
            ],
        ),
        (
            "unit_kinds.csv",
            "|DIRECTORATE",
            "|DIR",
            &[
                "unit_kinds.csv, row 3, column typical_parents: \"DIR\" is not one of DESPACHO, UNDERSECRETARIAT, DIRECTORATE, SUBDIRECTORATE, \
             OFFICE, ADVISORY_OFFICE, AREA, UNIT, WORK_GROUP, SCHOOL_CLUSTER",
            ],
        ),
    ]);
}

#[test]
fn faults_between_rows_and_files() {
    assert_told(&[
        (
            "departments.csv",
            "02,Sur,a,true\n",
            "02,Sur,a,true\n01,Norte,a,true\n",
            &["departments.csv, row 4: the row says the same as row 2"],
        ),
        (
            "unit_kinds.csv",
            "AREA,Área",
            "DESPACHO,Área",
            &["unit_kinds.csv, row 3, column code: the code \"DESPACHO\" stands already on row 2"],
        ),
        (
            "territorial_entities.csv",
            "3002",
            "3001",
            &["territorial_entities.csv, row 3, column men_code: the code \"3001\" stands already on row 2"],
        ),
        (
            "municipalities.csv",
            "02002,02,",
            "02002,03,",
            &[
                "municipalities.csv, row 5, column department_code: \"03\" is not in departments.csv",
                "municipalities.csv, row 5, column code: the code 02002 does not begin with its department's code, 03",
            ],
        ),
        (
            "territorial_entities.csv",
            "MUNICIPALITY,01",
            "MUNICIPALITY,02",
            &[
                "territorial_entities.csv, row 4, column divipola: the code 01001 does not begin with its department's code, 02",
            ],
        ),
        (
            "territorial_entities.csv",
            "MUNICIPALITY",
            "DEPARTMENT",
            &[
                "territorial_entities.csv, row 4, column divipola: the code 01001 does not fit the kind DEPARTMENT: departments have 2 digits, the others 5",
                "coverage.csv, row 3: department 01001 cannot cover municipality 01001, which is certified itself from 2015-01-01 on",
            ],
        ),
        (
            "coverage.csv",
            "01002,01,",
            "01002,01009,",
            &["coverage.csv, row 4, column territorial_entity_divipola: \"01009\" is not in territorial_entities.csv"],
        ),
        (
            "coverage.csv",
            "02001,02,2011-01-01,,",
            "02001,02,2011-01-01,,a,true,false\n02009,02,2011-01-01,,",
            &["coverage.csv, row 6, column municipality_code: \"02009\" is not in municipalities.csv"],
        ),
        (
            "job_denominations.csv",
            "440",
            "340",
            &[
                "job_denominations.csv, row 3, column level: the code 340 begins with 3 and the level ASSISTANCE with another digit",
            ],
        ),
    ]);
}

#[test]
fn faults_of_the_coverage() {
    assert_told(&[
        (
            "coverage.csv",
            "2011-01-01,2015-01-01",
            "2011-01-01,2014-07-01",
            &[
                "coverage.csv, row 2: no territorial entity covers municipality 01001 from 2014-07-01 until 2015-01-01 (excluded)",
            ],
        ),
        (
            "coverage.csv",
            "2011-01-01,,",
            "2011-02-01,,",
            &[
                "coverage.csv, row 5: no territorial entity covers municipality 02001 from 2011-01-01 until 2011-02-01 (excluded)",
            ],
        ),
        (
            "coverage.csv",
            "2011-01-01,,",
            "2011-01-01,2021-01-01,",
            &["coverage.csv, row 5: no territorial entity covers municipality 02001 from 2021-01-01 on"],
        ),
        (
            "coverage.csv",
            "02001,02,2011-01-01,,a,true,false\n",
            "",
            &["municipalities.csv, row 4: no territorial entity covers municipality 02001 from 2011-01-01 on"],
        ),
        (
            "coverage.csv",
            "02001,02,2011-01-01,,",
            "02001,02,2012-01-01,,a,true,false\n02001,02,2011-01-01,2013-01-01,",
            &[
                "coverage.csv, row 5: municipality 02001 is covered here and on row 6 from 2012-01-01 until 2013-01-01 (excluded)",
            ],
        ),
        (
            "coverage.csv",
            "01001,01001,",
            "01001,01,",
            &[
                "coverage.csv, row 3: department 01 cannot cover municipality 01001, which is certified itself from 2015-01-01 on",
            ],
        ),
        (
            "territorial_entities.csv",
            "02,Sur,,2011-01-01,",
            "02,Sur,,2011-01-01,2020-06-01",
            &[
                "coverage.csv, row 5: the coverage reaches beyond territorial entity 02, which exists from 2011-01-01 until 2020-06-01 (excluded)",
            ],
        ),
        (
            "coverage.csv",
            "2020-01-01",
            "",
            &[
                "coverage.csv, row 6: the coverage reaches beyond municipality 02002, which exists until 2020-01-01 (excluded)",
            ],
        ),
        (
            "coverage.csv",
            "02001,02,",
            "02001,01,",
            &["coverage.csv, row 5: department 01 cannot cover municipality 02001, which lies in another department"],
        ),
    ]);
}

#[test]
fn all_faults_are_told_and_in_order() {
    let files = country()
        .with("job_denominations.csv", &text("job_denominations.csv").replace("440", "44"))
        .with("departments.csv", &text("departments.csv").replace("Norte,a", "Norte,").replace("Sur", ""));
    let places: Vec<_> = read(&files).expect_err("faults").into_iter().map(|fault| (fault.file, fault.row)).collect();
    let expected = [("departments.csv", Some(2)), ("departments.csv", Some(3)), ("job_denominations.csv", Some(3))];
    assert_eq!(places, expected);
}

#[test]
fn marks_of_spreadsheets_change_neither_data_nor_row_numbers() {
    let marked = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let files = shelf().fold(country(), |files, (name, text)| files.with(name, &marked(text)));
    assert_eq!(read(&files).expect("no fault"), read(&country()).expect("no fault"));

    let late = text("departments.csv").replace("02,Sur", "\n\n02,").replace('\n', "\r\n");
    let faults = read(&country().with("departments.csv", &late)).expect_err("a blank name");
    assert_eq!(faults[0].to_string(), "departments.csv, row 5, column name: the cell is blank and must not be");
}
