//! A small made-up data set over the tables of the organization area, the same for the same seed: two secretariats
//! and a ministry without rows, texts that break naive SQL, missing values, equal keys, dates at the edges.

use std::{collections::HashMap, sync::OnceLock};

use articula::reader::sql::Dialect;
use chrono::NaiveDate;
use uuid::Uuid;

use crate::{database::Fresh, random::Random};

mod framework;
mod history;
mod improvement;
mod staff;
mod stored;
mod structure;
mod territory;
mod value_chain;

/// A stored value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Val {
    /// NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// True or false.
    Bool(bool),
    /// Text.
    Text(String),
    /// A key.
    Uuid(Uuid),
    /// A civil date.
    Date(NaiveDate),
}

impl Val {
    /// It as an SQL literal.
    pub fn literal(&self, dialect: Dialect) -> String {
        match (self, dialect) {
            (Self::Null, _) => "NULL".to_owned(),
            (Self::Int(number), _) => number.to_string(),
            (Self::Bool(truth), Dialect::Sqlite) => i64::from(*truth).to_string(),
            (Self::Bool(truth), Dialect::Postgres) => truth.to_string(),
            (Self::Text(text), _) => format!("'{}'", text.replace('\'', "''")),
            (Self::Uuid(uuid), Dialect::Sqlite) => format!("X'{}'", uuid.simple()),
            (Self::Uuid(uuid), Dialect::Postgres) => format!("'{uuid}'"),
            (Self::Date(date), _) => format!("'{date}'"),
        }
    }

    /// The key in it.
    pub fn uuid(&self) -> Option<Uuid> {
        if let Self::Uuid(uuid) = self { Some(*uuid) } else { None }
    }

    /// The date in it.
    pub fn date(&self) -> Option<NaiveDate> {
        if let Self::Date(date) = self { Some(*date) } else { None }
    }
}

impl From<i64> for Val {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
impl From<bool> for Val {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}
impl From<&str> for Val {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Val {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<Uuid> for Val {
    fn from(uuid: Uuid) -> Self {
        Self::Uuid(uuid)
    }
}
impl From<NaiveDate> for Val {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}
impl<T: Into<Val>> From<Option<T>> for Val {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The rows of a table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<Val>>,
    places: HashMap<Uuid, usize>,
}

impl Table {
    /// The row with this id.
    pub fn row(&self, id: Uuid) -> Option<&[Val]> {
        self.places.get(&id).map(|place| self.rows[*place].as_slice())
    }

    /// The value in a column of the row with this id.
    pub fn value(&self, id: Uuid, column: &str) -> Val {
        // What the rows of a seed leave out is null in the database.
        let Some(place) = self.columns.iter().position(|known| *known == column) else { return Val::Null };
        self.row(id).map_or(Val::Null, |row| row[place].clone())
    }

    /// All values of a column.
    pub fn column(&self, column: &str) -> Vec<Val> {
        let place = self.columns.iter().position(|known| *known == column);
        place.map_or(Vec::new(), |place| self.rows.iter().map(|row| row[place].clone()).collect())
    }

    /// All ids.
    pub fn ids(&self) -> Vec<Uuid> {
        self.column("id").iter().filter_map(Val::uuid).collect()
    }
}

/// All rows, table by table, in an order in which they can be inserted.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// The tables.
    pub tables: Vec<Table>,
}

/// The day on which the tests' clock stands: a version of the structure begins on it.
pub fn today() -> NaiveDate {
    day("2024-06-15")
}

/// Reads `2024-06-15`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Dates at which something begins or ends, and their neighbours.
pub const DAYS: &[&str] = &[
    "2010-12-31",
    "2011-01-01",
    "2013-01-01",
    "2014-06-01",
    "2015-01-01",
    "2019-12-31",
    "2020-01-01",
    "2020-06-30",
    "2020-07-01",
    "2020-02-29",
    "2024-06-14",
    "2024-06-15",
    "2024-06-16",
    "2030-01-01",
];

/// Texts that break what is naive about case, accents, patterns, quotes, or templates.
pub const TEXTS: &[&str] = &[
    "Despacho del Secretario",
    "Núcleo Educativo Ñ",
    "nucleo educativo n",
    "100% calidad_total\\",
    "O'Higgins \"la\" `Oficina`; --",
    "Área 🎓 de Innovación",
    "%",
    "_",
    "\\",
    "espacios   dobles",
    "ＡＮＣＨＯ completo",
    "straße STRASSE",
    "İstanbul",
    "línea\nnueva\t\"tab\"",
    "a{b}c {t} {k0} {m} $1 ?1 :x",
    "Zorro",
    "zorro",
    "ZÓRRO",
    "\u{2028}separador",
    "</script>",
    "Ibague\u{301}",
];

impl Data {
    /// The data set of a seed; each organization has `scale` times the rows.
    pub fn new(seed: u64, scale: usize) -> Self {
        let mut maker = Maker { data: Self::default(), random: Random::new(seed), scale };
        maker.territory();
        maker.organizations();
        // What organizations adopt and align to is there before them.
        maker.content();
        for organization in maker.ids("organization").into_iter().take(2) {
            maker.organization(organization);
            maker.improvement(organization);
            maker.history(organization);
        }
        maker.data.tables.sort_by_key(|table| ORDER.iter().position(|name| *name == table.name));
        maker.data
    }

    /// A table; an empty one when it has no rows.
    pub fn table(&self, name: &str) -> &Table {
        static EMPTY: OnceLock<Table> = OnceLock::new();
        let table = self.tables.iter().find(|table| table.name == name);
        table.unwrap_or_else(|| EMPTY.get_or_init(Table::default))
    }

    /// Writes it all into a database. Cursors are sealed with the same key on every database.
    pub async fn fill(&self, fresh: &Fresh) {
        let key = "0123456789abcdef".repeat(4);
        let mut script = format!("BEGIN;\nINSERT INTO setting (name, value) VALUES ('secret.cursor', '{key}');\n");
        for table in &self.tables {
            for rows in table.rows.chunks(50) {
                let rows: Vec<_> = rows.iter().map(|row| literals(row, fresh.dialect)).collect();
                let (columns, rows) = (table.columns.join(", "), rows.join(",\n"));
                script.push_str(&format!("INSERT INTO {} ({columns}) VALUES {rows};\n", table.name));
            }
        }
        script.push_str("COMMIT;");
        fresh.run(&script).await;
    }
}

fn literals(row: &[Val], dialect: Dialect) -> String {
    let row: Vec<_> = row.iter().map(|value| value.literal(dialect)).collect();
    format!("({})", row.join(", "))
}

/// Parents before children.
const ORDER: &[&str] = &[
    "department",
    "municipality",
    "territorial_entity",
    "coverage",
    "unit_kind",
    "job_denomination",
    "reference_map",
    "reference_process",
    "framework",
    "framework_edition",
    "requirement",
    "crosswalk",
    "norm",
    "defence_line",
    "finding_type",
    "organization",
    "organization_classification",
    "legal_act",
    "temporary_takeover",
    "structure_version",
    "org_unit",
    "unit_version",
    "succession",
    "succession_predecessor",
    "succession_successor",
    "job",
    "post",
    "person",
    "post_holding",
    "work_group",
    "account",
    "member",
    "access_grant",
    "api_key",
    "structure_transition",
    "code_pattern",
    "process",
    "responsibility_transfer",
    "external_party",
    "process_version",
    "process_transition",
    "activity",
    "flow",
    "flow_process",
    "flow_party",
    "process_responsibility",
    "controlled_document",
    "document_version",
    "document_transition",
    "capability",
    "capability_process",
    "capability_unit",
    "reference_adoption",
    "process_norm",
    "alignment",
    "audit",
    "audit_transition",
    "audit_scope",
    "audit_criterion",
    "management_review",
    "decision",
    "certificate",
    "certificate_process",
    "finding",
    "finding_transition",
    "finding_process",
    "finding_unit",
    "finding_requirement",
    "cause_analysis",
    "improvement_plan",
    "plan_transition",
    "plan_finding",
    "improvement_action",
    "action_transition",
    "action_finding",
    "action_unit",
    "reformulation",
    "effectiveness_review",
    "history_entry",
    "person_key",
    "personal_data_read",
];

/// Makes rows.
struct Maker {
    data: Data,
    random: Random,
    scale: usize,
}

impl Maker {
    /// Adds a row and gives its id, if it has one.
    fn add<const N: usize>(&mut self, name: &'static str, row: [(&'static str, Val); N]) -> Uuid {
        if !self.data.tables.iter().any(|table| table.name == name) {
            let columns = row.iter().map(|(column, _)| *column).collect();
            self.data.tables.push(Table { name, columns, rows: Vec::new(), places: HashMap::new() });
        }
        let table = self.data.tables.iter_mut().find(|table| table.name == name).expect("just added");
        let id = row.iter().find(|(column, _)| *column == "id").and_then(|(_, id)| id.uuid()).unwrap_or_default();
        table.places.insert(id, table.rows.len());
        table.rows.push(row.into_iter().map(|(_, value)| value).collect());
        id
    }

    fn ids(&self, table: &str) -> Vec<Uuid> {
        self.data.table(table).ids()
    }

    /// The ids of an organization's rows.
    fn own(&self, table: &str, organization: Uuid) -> Vec<Uuid> {
        let Some(table) = self.data.tables.iter().find(|known| known.name == table) else { return Vec::new() };
        let owned = |id: &Uuid| table.value(*id, "organization_id") == Val::Uuid(organization);
        table.ids().into_iter().filter(owned).collect()
    }

    /// A text and its folded key.
    fn text(&mut self) -> (Val, Val) {
        let mut text = (*self.random.pick::<&str>(TEXTS)).to_owned();
        if self.random.percent(3) {
            text = format!("Muy larga {}", "ñandú ".repeat(400)).trim_end().to_owned();
        } else if self.random.percent(30) {
            text = format!("{text} {}", self.random.below(3));
        }
        let key = entity::fold(&text);
        (text.into(), key.into())
    }

    fn sometimes(&mut self, percent: u64, value: impl Into<Val>) -> Val {
        if self.random.percent(percent) { value.into() } else { Val::Null }
    }

    fn date(&mut self) -> NaiveDate {
        day(self.random.pick::<&str>(DAYS))
    }

    /// From a day until a later one, or for ever.
    fn interval(&mut self) -> (Val, Val) {
        let (one, other) = (self.date(), self.date());
        let (from, to) = (one.min(other), one.max(other));
        (from.into(), if from == to || self.random.percent(40) { Val::Null } else { to.into() })
    }

    fn one_of(&mut self, from: &[Uuid]) -> Val {
        if from.is_empty() { Val::Null } else { (*self.random.pick(from)).into() }
    }

    fn list(&mut self) -> Val {
        let length = self.random.below(4);
        let texts: Vec<_> = (0..length).map(|_| self.random.pick::<&str>(TEXTS).trim().to_owned()).collect();
        serde_json::Value::from(texts).to_string().into()
    }
}
