//! SQL text under construction, with its bound values; all that the two dialects spell differently.

use chrono::NaiveDate;
use std::fmt::Write as _;
use uuid::Uuid;

use crate::graph::declaration::Within;

/// Which database is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
    /// PostgreSQL 13 or newer.
    Postgres,
}

/// A value bound to a statement. Nothing from outside ever becomes SQL text.
#[derive(Clone, Debug, PartialEq)]
pub enum Bind {
    /// Text.
    Text(String),
    /// A whole number (also a vocabulary's number, also an instant).
    Int(i64),
    /// A small whole number, as vocabularies are stored.
    Small(i16),
    /// True or false.
    Bool(bool),
    /// A key.
    Uuid(Uuid),
    /// A civil date.
    Date(NaiveDate),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Several texts.
    Texts(Vec<String>),
    /// Several whole numbers.
    Ints(Vec<i64>),
    /// Several keys.
    Uuids(Vec<Uuid>),
    /// Several dates; `None` is SQL's NULL.
    Dates(Vec<NaiveDate>),
}

/// A statement being written.
#[derive(Debug)]
pub struct Statement {
    /// Which database it is for.
    pub dialect: Dialect,
    /// The text so far.
    pub text: String,
    /// The bound values so far, in order.
    pub binds: Vec<Bind>,
}

impl Statement {
    /// An empty statement.
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, text: String::with_capacity(512), binds: Vec::with_capacity(8) }
    }

    /// Adds text of our own.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Binds a value and gives its placeholder.
    pub fn bind(&mut self, value: Bind) -> String {
        self.binds.push(value);
        let sign = if self.dialect == Dialect::Sqlite { '?' } else { '$' };
        format!("{sign}{}", self.binds.len())
    }

    /// Binds a value and adds its placeholder.
    pub fn push_bind(&mut self, value: Bind) -> &mut Self {
        let placeholder = self.bind(value);
        self.push(&placeholder)
    }

    /// Adds "`expression` is one of these": the text does not grow with the list.
    pub fn push_any(&mut self, expression: &str, values: Bind) -> &mut Self {
        if self.dialect == Dialect::Postgres {
            self.push(expression).push(" = ANY(").push_bind(values).push(")")
        } else {
            let element = if matches!(values, Bind::Uuids(_)) { "unhex(value)" } else { "value" };
            let _ = write!(self.text, "{expression} IN (SELECT {element} FROM json_each(");
            self.push_bind(values).push("))")
        }
    }
}

/// An expression for the moment inside the row `alias` that was asked for at `moment`; a row without interval or date leaves
/// it be.
pub fn within(dialect: Dialect, how: Within, alias: &str, moment: &str) -> String {
    match how {
        Within::Asked => moment.to_owned(),
        Within::Event(column) => format!("COALESCE({alias}.{column}, {moment})"),
        Within::Interval => clamp(dialect, alias, moment),
    }
}

fn clamp(dialect: Dialect, alias: &str, moment: &str) -> String {
    match dialect {
        Dialect::Postgres => format!("GREATEST({alias}.valid_from, LEAST({moment}, {alias}.valid_to - 1))"),
        Dialect::Sqlite => format!(
            "max(ifnull({alias}.valid_from, {moment}), min({moment}, ifnull(date({alias}.valid_to, '-1 day'), {moment})))"
        ),
    }
}

/// "`alias` is in force at `moment`": the SQL of `entity::Interval::contains`.
pub fn in_force(alias: &str, moment: &str) -> String {
    format!("{alias}.valid_from <= {moment} AND ({alias}.valid_to IS NULL OR {alias}.valid_to > {moment})")
}

/// Puts values in the place of `{name}` in a template.
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        out.push_str(&rest[..start]);
        let name = &rest[start + 1..start + length];
        match value(name) {
            Some(text) => out.push_str(&text),
            None => out.push_str(&rest[start..=start + length]),
        }
        rest = &rest[start + length + 1..];
    }
    out.push_str(rest);
    out
}

/// The function that writes a key as hexadecimal digits: `{text}` of templates.
pub fn text_of_key(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "text",
        Dialect::Sqlite => "hex",
    }
}

/// What makes of a date something of which differences count days: `{day}` of templates.
pub fn number_of_day(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "",
        Dialect::Sqlite => "julianday",
    }
}

/// The rows of a view as `FROM` names them, at a moment. `days` are the rows that bring the moment, where several do; `of` keeps
/// rows in each `SELECT` by what is compared with a column, such as `= {k0}`; `argument` says what stands for what an edge may be
/// given. (A table has nothing to fill.)
pub fn view(
    table: &str,
    days: &str,
    moment: &str,
    of: Option<(&str, &str)>,
    argument: impl Fn(&str) -> String,
) -> String {
    fill(table, |name| match name {
        "days" => Some(days.to_owned()),
        "m" => Some(moment.to_owned()),
        name => Some(match name.strip_prefix("of:") {
            None => argument(name),
            Some(column) => {
                let kept = of.filter(|(of, _)| *of == column);
                kept.map_or("IS NULL OR TRUE", |(_, compared)| compared).to_owned()
            }
        }),
    })
}

/// A pattern for LIKE … ESCAPE '\' that matches texts with `needle` anywhere (or only at the start).
pub fn like(needle: &str, anywhere: bool) -> String {
    let mut pattern = String::with_capacity(needle.len() + 2);
    if anywhere {
        pattern.push('%');
    }
    for c in needle.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
