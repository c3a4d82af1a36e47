//! The rows of the reference data as plain values.

use chrono::NaiveDate;
use entity::Interval;

use super::sheet::{Cells, Record};

/// Words of `kind` in `territorial_entities.csv`.
pub(super) const ENTITY_KINDS: &[&str] = &["DEPARTMENT", "DISTRICT", "MUNICIPALITY"];
/// Words of `code` and `typical_parents` in `unit_kinds.csv`.
pub(super) const UNIT_KINDS: &[&str] = &[
    "DESPACHO",
    "UNDERSECRETARIAT",
    "DIRECTORATE",
    "SUBDIRECTORATE",
    "OFFICE",
    "ADVISORY_OFFICE",
    "AREA",
    "UNIT",
    "WORK_GROUP",
    "SCHOOL_CLUSTER",
];
/// Words of `level` in `job_denominations.csv`; the place of each is the first digit of its codes.
pub(super) const JOB_LEVELS: &[&str] = &["EXECUTIVE", "ADVISORY", "PROFESSIONAL", "TECHNICAL", "ASSISTANCE"];

/// Departamento. A row of `departments.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// DIVIPOLA code, 2 digits.
    pub code: String,
    /// Official name in proper case.
    pub name: String,
    /// Where the row comes from.
    pub source: String,
    /// Does an official source say so?
    pub official: bool,
}

impl Record for Department {
    const FILE: &'static str = "departments.csv";
    const COLUMNS: &'static [&'static str] = &["code", "name", "source", "official"];
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (code, name) = (cells.code("code", &[2], "2"), cells.text("name"));
        let (source, official) = (cells.text("source"), cells.truth("official"));
        Some(Self { code: code?, name: name?, source: source?, official: official? })
    }

    fn natural_key(&self) -> &str {
        &self.code
    }
}

/// Municipio. A row of `municipalities.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// DIVIPOLA code, 5 digits, the first two of them its department's.
    pub code: String,
    /// DIVIPOLA code of its department.
    pub department_code: String,
    /// Official name in proper case.
    pub name: String,
    /// First day, where known.
    pub valid_from: Option<NaiveDate>,
    /// First day after it, if it ended.
    pub valid_to: Option<NaiveDate>,
    /// Where the row comes from.
    pub source: String,
    /// Does an official source say so?
    pub official: bool,
}

impl Record for Municipality {
    const FILE: &'static str = "municipalities.csv";
    const COLUMNS: &'static [&'static str] =
        &["code", "department_code", "name", "valid_from", "valid_to", "source", "official"];
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let code = cells.code("code", &[5], "5");
        let (department_code, name) = (cells.code("department_code", &[2], "2"), cells.text("name"));
        let (dates, source, official) = (cells.open_interval(), cells.text("source"), cells.truth("official"));
        let (valid_from, valid_to) = dates?;
        Some(Self {
            code: code?,
            department_code: department_code?,
            name: name?,
            valid_from,
            valid_to,
            source: source?,
            official: official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.code
    }
}

/// Entidad territorial certificada (ETC). A row of `territorial_entities.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerritorialEntity {
    /// DIVIPOLA code: 2 digits for a department, 5 for a district or municipality.
    pub divipola: String,
    /// The Ministry's own code, where known; it is not DIVIPOLA.
    pub men_code: Option<String>,
    /// DEPARTMENT, DISTRICT or MUNICIPALITY.
    pub kind: String,
    /// DIVIPOLA code of the department it is or lies in.
    pub department_code: String,
    /// Official name in proper case.
    pub name: String,
    /// Other spellings in official data.
    pub aliases: Vec<String>,
    /// From the first day on record to the day after the last one.
    pub valid: Interval,
    /// Where the row comes from.
    pub source: String,
    /// Does an official source say code, name and kind?
    pub official: bool,
}

impl Record for TerritorialEntity {
    const FILE: &'static str = "territorial_entities.csv";
    const COLUMNS: &'static [&'static str] = &[
        "divipola",
        "men_code",
        "kind",
        "department_code",
        "name",
        "aliases",
        "valid_from",
        "valid_to",
        "source",
        "official",
    ];
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let divipola = cells.code("divipola", &[2, 5], "2 or 5");
        let men_code = cells.optional_code("men_code", &[4, 5], "4 or 5");
        let kind = cells.word("kind", ENTITY_KINDS);
        let department_code = cells.code("department_code", &[2], "2");
        let (name, aliases) = (cells.text("name"), cells.texts("aliases"));
        let (valid, source, official) = (cells.interval(), cells.text("source"), cells.truth("official"));
        Some(Self {
            divipola: divipola?,
            men_code: men_code?,
            kind: kind?,
            department_code: department_code?,
            name: name?,
            aliases,
            valid: valid?,
            source: source?,
            official: official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.divipola
    }
}

/// Cobertura. Which territorial entity administers education in a municipality, and when: a row of `coverage.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// DIVIPOLA code of the municipality.
    pub municipality_code: String,
    /// DIVIPOLA code of the territorial entity.
    pub territorial_entity_divipola: String,
    /// The days on which it is so.
    pub valid: Interval,
    /// Where the row comes from.
    pub source: String,
    /// Does an official source say who covers whom?
    pub official: bool,
    /// Are the days official too? Not where only the year is known.
    pub dates_official: bool,
}

impl Record for Coverage {
    const FILE: &'static str = "coverage.csv";
    const COLUMNS: &'static [&'static str] = &[
        "municipality_code",
        "territorial_entity_divipola",
        "valid_from",
        "valid_to",
        "source",
        "official",
        "dates_official",
    ];
    const UNIQUE: bool = false;

    fn read(cells: &mut Cells) -> Option<Self> {
        let municipality_code = cells.code("municipality_code", &[5], "5");
        let territorial_entity_divipola = cells.code("territorial_entity_divipola", &[2, 5], "2 or 5");
        let (valid, source) = (cells.interval(), cells.text("source"));
        let (official, dates_official) = (cells.truth("official"), cells.truth("dates_official"));
        Some(Self {
            municipality_code: municipality_code?,
            territorial_entity_divipola: territorial_entity_divipola?,
            valid: valid?,
            source: source?,
            official: official?,
            dates_official: dates_official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.municipality_code
    }
}

/// Tipo de dependencia. A row of `unit_kinds.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitKind {
    /// Word of the enum, e.g. DIRECTORATE.
    pub code: String,
    /// Name in Spanish.
    pub name_es: String,
    /// Name in English.
    pub name_en: String,
    /// Kinds under which it usually stands; none for the top.
    pub typical_parents: Vec<String>,
    /// Where the row comes from.
    pub source: String,
    /// Does an official source say so?
    pub official: bool,
}

impl Record for UnitKind {
    const FILE: &'static str = "unit_kinds.csv";
    const COLUMNS: &'static [&'static str] = &["code", "name_es", "name_en", "typical_parents", "source", "official"];
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (code, typical_parents) = (cells.word("code", UNIT_KINDS), cells.words("typical_parents", UNIT_KINDS));
        let (name_es, name_en) = (cells.text("name_es"), cells.text("name_en"));
        let (source, official) = (cells.text("source"), cells.truth("official"));
        Some(Self {
            code: code?,
            name_es: name_es?,
            name_en: name_en?,
            typical_parents: typical_parents?,
            source: source?,
            official: official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.code
    }
}

/// Denominación de empleo. A row of `job_denominations.csv` (Decreto Ley 785 de 2005).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobDenomination {
    /// 3 digits; the first one is the level's.
    pub code: String,
    /// Name in Spanish.
    pub name: String,
    /// EXECUTIVE, ADVISORY, PROFESSIONAL, TECHNICAL or ASSISTANCE.
    pub level: String,
    /// Where the row comes from.
    pub source: String,
    /// Does an official source say so?
    pub official: bool,
}

impl Record for JobDenomination {
    const FILE: &'static str = "job_denominations.csv";
    const COLUMNS: &'static [&'static str] = &["code", "name", "level", "source", "official"];
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (code, name) = (cells.code("code", &[3], "3"), cells.text("name"));
        let level = cells.word("level", JOB_LEVELS);
        let (source, official) = (cells.text("source"), cells.truth("official"));
        Some(Self { code: code?, name: name?, level: level?, source: source?, official: official? })
    }

    fn natural_key(&self) -> &str {
        &self.code
    }
}
