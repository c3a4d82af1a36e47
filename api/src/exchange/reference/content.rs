//! The rows of the national reference content: maps of processes, frameworks, norms, lines of defence.

use entity::Interval;

use super::sheet::{Cells, Record};

/// Words of `level` in `reference_processes.csv`, each of which stands under one before it.
pub(in crate::exchange) const PROCESS_LEVELS: &[&str] = &["MACROPROCESS", "PROCESS", "SUBPROCESS", "PROCEDURE"];
/// Words of `kind` in `reference_processes.csv`.
pub(in crate::exchange) const PROCESS_KINDS: &[&str] = &["STRATEGIC", "CORE", "SUPPORT", "EVALUATION"];
/// Words of `kind` in `requirements.csv`.
pub(in crate::exchange) const REQUIREMENT_KINDS: &[&str] =
    &["DIMENSION", "POLICY", "GUIDELINE", "COMPONENT", "PRINCIPLE", "CLAUSE"];
/// Words of `relation` in `crosswalks.csv`.
pub(in crate::exchange) const CROSSWALK_RELATIONS: &[&str] = &["EQUAL", "SUBSET", "SUPERSET", "INTERSECTS"];

/// Mapa de referencia. A row of `reference_maps.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceMap {
    /// The map with its edition.
    pub code: String,
    /// Name in Spanish.
    pub name: String,
    /// The edition, as people call it.
    pub edition: String,
    /// The days on which it holds.
    pub valid: Interval,
    /// Where the row comes from.
    pub source: String,
    /// Is everything that the row shows verified?
    pub official: bool,
}

impl Record for ReferenceMap {
    const FILE: &'static str = "reference_maps.csv";
    const COLUMNS: &'static [&'static str] =
        &["code", "name", "edition", "valid_from", "valid_to", "source", "official"];
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (code, name, edition) = (cells.slug("code"), cells.text("name"), cells.text("edition"));
        let (valid, source, official) = (cells.interval(), cells.text("source"), cells.truth("official"));
        Some(Self { code: code?, name: name?, edition: edition?, valid: valid?, source: source?, official: official? })
    }

    fn natural_key(&self) -> &str {
        &self.code
    }
}

/// Proceso de referencia. A row of `reference_processes.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceProcess {
    /// Map and code: `MEN_2011/E01`.
    pub key: String,
    /// Code of its map.
    pub map: String,
    /// Code, unique in the map.
    pub code: String,
    /// Code of the one above it in the same map.
    pub parent: Option<String>,
    /// MACROPROCESS, PROCESS, SUBPROCESS or PROCEDURE.
    pub level: String,
    /// STRATEGIC, CORE, SUPPORT or EVALUATION, where the map says it.
    pub kind: Option<String>,
    /// Name in Spanish.
    pub name: String,
    /// Where the row comes from.
    pub source: String,
    /// Is everything that the row shows verified?
    pub official: bool,
}

impl Record for ReferenceProcess {
    const FILE: &'static str = "reference_processes.csv";
    const COLUMNS: &'static [&'static str] = &["map", "code", "parent", "level", "kind", "name", "source", "official"];
    const KEY: usize = 2;
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (map, code, parent) = (cells.slug("map"), cells.slug("code"), cells.optional("parent", Cells::slug));
        let level = cells.word("level", PROCESS_LEVELS);
        let kind = cells.optional("kind", |cells, column| cells.word(column, PROCESS_KINDS));
        let (name, source, official) = (cells.text("name"), cells.text("source"), cells.truth("official"));
        let (map, code) = (map?, code?);
        Some(Self {
            key: format!("{map}/{code}"),
            map,
            code,
            parent: parent?,
            level: level?,
            kind: kind?,
            name: name?,
            source: source?,
            official: official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.key
    }
}

/// Marco de referencia. A row of `frameworks.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framework {
    /// The same in every edition.
    pub slug: String,
    /// Name in Spanish.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Where the row comes from.
    pub source: String,
    /// Is everything that the row shows verified?
    pub official: bool,
}

impl Record for Framework {
    const FILE: &'static str = "frameworks.csv";
    const COLUMNS: &'static [&'static str] = &["slug", "name", "name_en", "source", "official"];
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (slug, name, name_en) = (cells.slug("slug"), cells.text("name"), cells.text("name_en"));
        let (source, official) = (cells.text("source"), cells.truth("official"));
        Some(Self { slug: slug?, name: name?, name_en: name_en?, source: source?, official: official? })
    }

    fn natural_key(&self) -> &str {
        &self.slug
    }
}

/// Edición de un marco. A row of `framework_editions.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkEdition {
    /// Framework and code: `MIPG/2021`.
    pub key: String,
    /// Slug of its framework.
    pub framework: String,
    /// Code, unique in the framework.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// The days on which it holds.
    pub valid: Interval,
    /// Where the row comes from.
    pub source: String,
    /// Is everything that the row shows verified, its days too?
    pub official: bool,
}

impl Record for FrameworkEdition {
    const FILE: &'static str = "framework_editions.csv";
    const COLUMNS: &'static [&'static str] =
        &["framework", "code", "label", "valid_from", "valid_to", "source", "official"];
    const KEY: usize = 2;
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (framework, code, label) = (cells.slug("framework"), cells.slug("code"), cells.text("label"));
        let (valid, source, official) = (cells.interval(), cells.text("source"), cells.truth("official"));
        let (framework, code) = (framework?, code?);
        Some(Self {
            key: format!("{framework}/{code}"),
            framework,
            code,
            label: label?,
            valid: valid?,
            source: source?,
            official: official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.key
    }
}

/// Requisito. A row of `requirements.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Framework, edition and slug: `MIPG/2021/GOBIERNO_DIGITAL`.
    pub key: String,
    /// Framework and edition: `MIPG/2021`.
    pub edition: String,
    /// Unique in its edition, the same in others.
    pub slug: String,
    /// Slug of the one above it in the same edition.
    pub parent: Option<String>,
    /// DIMENSION, POLICY, GUIDELINE, COMPONENT, PRINCIPLE or CLAUSE.
    pub kind: String,
    /// The number that the edition gives it.
    pub number: Option<String>,
    /// Name in Spanish.
    pub name: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Who leads it in the State.
    pub leading_entity: Option<String>,
    /// Code of its index in FURAG, in this edition.
    pub furag_code: Option<String>,
    /// Where the row comes from.
    pub source: String,
    /// Is everything that the row shows verified? Its days are the edition's.
    pub official: bool,
}

impl Record for Requirement {
    const FILE: &'static str = "requirements.csv";
    const COLUMNS: &'static [&'static str] = &[
        "edition",
        "slug",
        "parent",
        "kind",
        "number",
        "name",
        "name_en",
        "leading_entity",
        "furag_code",
        "source",
        "official",
    ];
    const KEY: usize = 2;
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (edition, slug, parent) =
            (cells.text("edition"), cells.slug("slug"), cells.optional("parent", Cells::slug));
        let (kind, number) = (cells.word("kind", REQUIREMENT_KINDS), cells.optional("number", Cells::text));
        let (name, name_en) = (cells.text("name"), cells.optional("name_en", Cells::text));
        let leading_entity = cells.optional("leading_entity", Cells::text);
        let furag_code = cells.optional("furag_code", Cells::slug);
        let (source, official) = (cells.text("source"), cells.truth("official"));
        let (edition, slug) = (edition?, slug?);
        Some(Self {
            key: format!("{edition}/{slug}"),
            edition,
            slug,
            parent: parent?,
            kind: kind?,
            number: number?,
            name: name?,
            name_en: name_en?,
            leading_entity: leading_entity?,
            furag_code: furag_code?,
            source: source?,
            official: official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.key
    }
}

/// Correspondencia. A row of `crosswalks.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crosswalk {
    /// Both ends.
    pub key: String,
    /// Framework, edition and slug of what is compared.
    pub from: String,
    /// Framework, edition and slug of what it is compared with.
    pub to: String,
    /// EQUAL, SUBSET, SUPERSET or INTERSECTS.
    pub relation: String,
    /// Percent, where it was judged.
    pub strength: Option<i32>,
    /// Where the row comes from.
    pub source: String,
    /// Is everything that the row shows verified, both ends too?
    pub official: bool,
}

impl Record for Crosswalk {
    const FILE: &'static str = "crosswalks.csv";
    const COLUMNS: &'static [&'static str] = &["from", "to", "relation", "strength", "source", "official"];
    const KEY: usize = 2;
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (from, to) = (cells.text("from"), cells.text("to"));
        let relation = cells.word("relation", CROSSWALK_RELATIONS);
        let strength = cells.optional("strength", Cells::percent);
        let (source, official) = (cells.text("source"), cells.truth("official"));
        let (from, to) = (from?, to?);
        Some(Self {
            key: format!("{from}/{to}"),
            from,
            to,
            relation: relation?,
            strength: strength?,
            source: source?,
            official: official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.key
    }
}

/// Norma. A row of `norms.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Norm {
    /// Kind, number and year.
    pub code: String,
    /// The norm as it is cited.
    pub name: String,
    /// Articles that matter.
    pub articles: Option<String>,
    /// What it is about.
    pub subject: String,
    /// Where the row comes from.
    pub source: String,
    /// Is everything that the row shows verified?
    pub official: bool,
}

impl Record for Norm {
    const FILE: &'static str = "norms.csv";
    const COLUMNS: &'static [&'static str] = &["code", "name", "articles", "subject", "source", "official"];
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (code, name) = (cells.slug("code"), cells.text("name"));
        let (articles, subject) = (cells.optional("articles", Cells::text), cells.text("subject"));
        let (source, official) = (cells.text("source"), cells.truth("official"));
        Some(Self {
            code: code?,
            name: name?,
            articles: articles?,
            subject: subject?,
            source: source?,
            official: official?,
        })
    }

    fn natural_key(&self) -> &str {
        &self.code
    }
}

/// Línea de defensa. A row of `defence_lines.csv`, in the order of the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefenceLine {
    /// Code.
    pub code: String,
    /// Name in Spanish.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Who makes up the line.
    pub who: String,
    /// Where the row comes from.
    pub source: String,
    /// Is everything that the row shows verified?
    pub official: bool,
}

impl Record for DefenceLine {
    const FILE: &'static str = "defence_lines.csv";
    const COLUMNS: &'static [&'static str] = &["code", "name", "name_en", "who", "source", "official"];
    const UNIQUE: bool = true;

    fn read(cells: &mut Cells) -> Option<Self> {
        let (code, name, name_en) = (cells.slug("code"), cells.text("name"), cells.text("name_en"));
        let (who, source, official) = (cells.text("who"), cells.text("source"), cells.truth("official"));
        Some(Self { code: code?, name: name?, name_en: name_en?, who: who?, source: source?, official: official? })
    }

    fn natural_key(&self) -> &str {
        &self.code
    }
}
