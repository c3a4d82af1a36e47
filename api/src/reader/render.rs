//! A level of the plan → one SQL statement.
//!
//! Every statement carries organization, visibility and moment; they stand where the rows are named (in the
//! join, in the `EXISTS` of a filter), so that no filter, count or order can see what the edge does not show.

mod conditions;

use chrono::NaiveDate;
use serde_json::Value;

use super::{
    plan::*,
    sql::{Bind, Dialect, Statement, clamp, fill},
};
use crate::{access::visibility::Reach, graph::Declaration};

/// The parents of a level: the keys, and the moment where it differs, of each distinct parent row.
#[derive(Debug, Default)]
pub struct Parents {
    /// One list for each key of the edge.
    pub keys: Vec<Vec<uuid::Uuid>>,
    /// The moments, when each parent brings its own.
    pub moments: Option<Vec<NaiveDate>>,
}

impl Parents {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.first().map_or(0, Vec::len)
    }
}

/// Writes the statements of one level.
pub struct Renderer<'a> {
    level: &'a Level,
    reach: &'a dyn Fn(&'static Declaration) -> Reach,
    statement: Statement,
    dates: Vec<(NaiveDate, String)>,
    aliases: usize,
    parent_keys: Vec<String>,
    parent_moment: Option<String>,
    single_moment: Option<NaiveDate>,
}

impl<'a> Renderer<'a> {
    /// A renderer for a level; `reach` says which organizations' rows of a type the actor reads.
    pub fn new(level: &'a Level, dialect: Dialect, reach: &'a dyn Fn(&'static Declaration) -> Reach) -> Self {
        Self {
            level,
            reach,
            statement: Statement::new(dialect),
            dates: Vec::new(),
            aliases: 0,
            parent_keys: Vec::new(),
            parent_moment: None,
            single_moment: None,
        }
    }

    fn dialect(&self) -> Dialect {
        self.statement.dialect
    }

    /// The statement that reads the rows. With several parents the first column is the parent's number, and rows
    /// come in its order.
    pub fn rows(mut self, parents: Option<&Parents>) -> Statement {
        let limit = self.level.page.as_ref().map(|page| page.size + 1);
        match parents {
            Some(parents) if parents.len() != 1 => match (limit, self.dialect()) {
                (Some(limit), _) => self.pages_of_parents(parents, limit),
                // Through a subselect PostgreSQL finds the far rows by their index only when it is asked once for each parent.
                (None, Dialect::Postgres) if self.edge_selects() => self.lists_of_parents_lateral(parents),
                (None, _) => self.all_of_parents(parents),
            },
            parents => self.one_list(parents, limit),
        }
        self.statement
    }

    /// The statement that counts: the parent's number (when there are several) and the count.
    pub fn counts(mut self, parents: Option<&Parents>) -> Statement {
        match parents {
            Some(parents) if parents.len() != 1 => {
                let lateral = self.dialect() == Dialect::Postgres;
                self.statement.push(if lateral {
                    "SELECT near.n, x.found FROM "
                } else {
                    "SELECT near.n, count(*) FROM "
                });
                self.parents(parents);
                self.statement.push(if lateral {
                    " CROSS JOIN LATERAL (SELECT count(*) AS found FROM "
                } else {
                    " CROSS JOIN "
                });
                self.table();
                self.statement.push(" WHERE ");
                self.conditions(false);
                self.statement.push(if lateral { ") x" } else { " GROUP BY near.n" });
            }
            parents => {
                self.single_parent(parents);
                self.statement.push("SELECT count(*) FROM ");
                self.table();
                self.statement.push(" WHERE ");
                self.conditions(false);
            }
        }
        self.statement
    }

    /// The statement that counts by group: the keys and the count.
    pub fn groups(mut self, keys: &[&OrderKey], first: usize) -> Statement {
        let sql: Vec<_> = keys.iter().map(|key| self.reading(key.alias, &key.sql, &key.moment)).collect();
        self.statement.push("SELECT ").push(&sql.join(", ")).push(", count(*) FROM ");
        self.table();
        self.joins();
        self.statement.push(" WHERE ");
        self.conditions(false);
        let places: Vec<_> = (1..=keys.len()).map(|place| place.to_string()).collect();
        self.statement.push(" GROUP BY ").push(&places.join(", ")).push(" ORDER BY count(*) DESC");
        for place in 1..=keys.len() {
            self.statement.push(&format!(", {place} ASC NULLS LAST"));
        }
        self.statement.push(&format!(" LIMIT {first}"));
        self.statement
    }

    fn one_list(&mut self, parents: Option<&Parents>, limit: Option<usize>) {
        self.single_parent(parents);
        self.statement.push("SELECT ");
        self.columns();
        self.statement.push(" FROM ");
        match limit {
            // Edges are followed from the rows of the page only, not from all that were sorted to find it.
            Some(limit) if !self.level.joins.is_empty() => {
                self.statement.push("(SELECT t0.* FROM ");
                self.page(limit);
                self.statement.push(") t0");
                self.joins();
            }
            Some(limit) => return self.page(limit),
            None => {
                self.table();
                self.joins();
                self.statement.push(" WHERE ");
                self.conditions(true);
            }
        }
        self.order("");
    }

    fn all_of_parents(&mut self, parents: &Parents) {
        self.statement.push("SELECT near.n, ");
        self.parent_names(parents);
        self.columns();
        self.statement.push(" FROM ");
        self.parents(parents);
        self.statement.push(" CROSS JOIN ");
        self.table();
        self.joins();
        self.statement.push(" WHERE ");
        self.conditions(true);
        self.order("near.n");
    }

    fn edge_selects(&self) -> bool {
        self.level.parent.as_ref().is_some_and(|parent| parent.edge.on.contains("SELECT"))
    }

    fn lists_of_parents_lateral(&mut self, parents: &Parents) {
        self.parent_names(parents);
        self.statement.push("SELECT near.n, x.* FROM ");
        self.parents(parents);
        self.statement.push(" CROSS JOIN LATERAL (SELECT ");
        self.columns();
        self.statement.push(", row_number() OVER (");
        self.order("");
        self.statement.push(") AS rn FROM ");
        self.table();
        self.joins();
        self.statement.push(" WHERE ");
        self.conditions(true);
        self.order("");
        self.statement.push(") x ORDER BY near.n, x.rn");
    }

    /// A page for each parent, found by an index that stops at the limit; edges are followed from its rows only. (Window
    /// functions would read and copy all rows. SQLite has no LATERAL: there a list of row numbers does the same.)
    fn pages_of_parents(&mut self, parents: &Parents, limit: usize) {
        if self.dialect() == Dialect::Sqlite && self.orders_by_parents_moment() {
            return self.pages_of_parents_windowed(parents, limit);
        }
        self.statement.push("SELECT near.n, ");
        self.parent_names(parents);
        self.columns();
        self.statement.push(" FROM ");
        self.parents(parents);
        if self.dialect() == Dialect::Postgres {
            self.statement.push(" CROSS JOIN LATERAL (SELECT t0.* FROM ");
            self.page(limit);
            self.statement.push(") t0");
            self.joins();
        } else {
            self.statement.push(" CROSS JOIN ");
            self.table();
            self.joins();
            self.statement.push(" WHERE t0.rowid IN (SELECT t0.rowid FROM ");
            self.page(limit);
            self.statement.push(")");
        }
        self.order("near.n");
    }

    /// Does an order key depend on the moment that each parent brings? Inside the ORDER BY of a list of row numbers SQLite
    /// does not find the parent ("no such column: near.m").
    fn orders_by_parents_moment(&self) -> bool {
        let of_parent = |moment: &Moment| match moment {
            Moment::Fixed(_) => false,
            Moment::Parent => true,
            Moment::Clamped(inner, _) => !matches!(**inner, Moment::Fixed(_)),
        };
        let dated = |sql: &Reading| matches!(sql, Reading::Template(template, _) if template.contains("{m}") || template.contains("{d}"));
        self.level.order.iter().any(|key| dated(&key.sql) && of_parent(&key.moment))
    }

    fn pages_of_parents_windowed(&mut self, parents: &Parents, limit: usize) {
        self.statement.push("SELECT * FROM (SELECT near.n AS parent_number, ");
        self.parent_names(parents);
        self.columns();
        self.statement.push(", row_number() OVER (PARTITION BY near.n");
        self.order("");
        self.statement.push(") AS rn FROM ");
        self.parents(parents);
        self.statement.push(" CROSS JOIN ");
        self.table();
        self.joins();
        self.statement.push(" WHERE ");
        self.conditions(true);
        self.statement.push(") WHERE rn <= ").push(&limit.to_string()).push(" ORDER BY parent_number, rn");
    }

    /// The rows of one page, without the edges that only what is shown needs.
    fn page(&mut self, limit: usize) {
        self.table();
        if self.level.order.iter().any(|key| key.alias != 0) {
            self.joins();
        }
        self.statement.push(" WHERE ");
        self.conditions(true);
        self.order("");
        self.statement.push(" LIMIT ").push(&limit.to_string());
    }

    /// With one parent its keys are plain values: the database can walk an index and stop at the limit.
    fn single_parent(&mut self, parents: Option<&Parents>) {
        let Some(parents) = parents else { return };
        self.parent_keys = parents.keys.iter().map(|key| self.statement.bind(Bind::Uuid(key[0]))).collect();
        self.single_moment = parents.moments.as_ref().map(|moments| moments[0]);
    }

    fn parent_names(&mut self, parents: &Parents) {
        self.parent_keys = (0..parents.keys.len()).map(|key| format!("near.k{key}")).collect();
        self.parent_moment = parents.moments.as_ref().map(|_| "near.m".to_owned());
    }

    /// The parents as a table `near (n, k0, k1 …, m)`. No template of a declaration may call anything `near`: it would stand
    /// between `{k0}` and the parents.
    fn parents(&mut self, parents: &Parents) {
        self.parent_names(parents);
        if self.dialect() == Dialect::Postgres {
            let mut names = String::new();
            self.statement.push("unnest(");
            for (number, keys) in parents.keys.iter().enumerate() {
                let separator = if number == 0 { "" } else { ", " };
                self.statement.push(separator).push_bind(Bind::Uuids(keys.clone()));
                names.push_str(&format!("k{number}, "));
            }
            if let Some(moments) = &parents.moments {
                self.statement.push(", ").push_bind(Bind::Dates(moments.clone()));
                names.push_str("m, ");
            }
            self.statement.push(&format!(") WITH ORDINALITY AS near({names}n)"));
            return;
        }
        // JSON rows: ["hex of k0", "hex of k1", …, "moment"].
        let rows = (0..parents.len()).map(|row| {
            let keys = parents.keys.iter().map(|keys| Value::String(keys[row].simple().to_string()));
            keys.chain(parents.moments.iter().map(|moments| Value::String(moments[row].to_string()))).collect::<Value>()
        });
        let json = rows.collect::<Value>().to_string();
        self.statement.push("(SELECT key + 1 AS n");
        for number in 0..parents.keys.len() {
            self.statement.push(&format!(", unhex(value ->> {number}) AS k{number}"));
        }
        if parents.moments.is_some() {
            self.statement.push(&format!(", value ->> {} AS m", parents.keys.len()));
        }
        self.statement.push(" FROM json_each(").push_bind(Bind::Text(json)).push(")) near");
    }

    fn table(&mut self) {
        self.statement.push(self.level.declaration.table).push(" t0");
    }

    fn columns(&mut self) {
        for (number, selected) in self.level.select.iter().enumerate() {
            if number > 0 {
                self.statement.push(", ");
            }
            let sql = self.reading(selected.alias, &selected.sql, &selected.moment);
            self.statement.push(&sql).push(&format!(" AS c{number}"));
        }
        if self.level.select.is_empty() {
            self.statement.push("1 AS c0");
        }
    }

    fn reading(&mut self, alias: usize, sql: &Reading, moment: &Moment) -> String {
        match sql {
            Reading::Column(column, _) => format!("t{alias}.{column}"),
            Reading::Moment => self.moment(moment),
            // A place knows which of the two moments a template speaks of.
            Reading::Template(template, _) => {
                let value = self.expression(template, &format!("t{alias}"), moment, moment);
                // Where a to-one edge leads nowhere a template would still make something of its NULLs.
                if alias == 0 { value } else { format!("CASE WHEN t{alias}.id IS NOT NULL THEN {value} END") }
            }
        }
    }

    /// A template of a row as one operand: what is inside must not mix with the operators around it.
    fn expression(&mut self, template: &str, alias: &str, asked: &Moment, inside: &Moment) -> String {
        let mut moment = |name: &str, moment| if template.contains(name) { self.moment(moment) } else { String::new() };
        let (day, inside) = (moment("{d}", asked), moment("{m}", inside));
        let filled = fill(template, |name| match name {
            "t" => Some(alias.to_owned()),
            "d" => Some(day.clone()),
            "m" => Some(inside.clone()),
            _ => None,
        });
        format!("({filled})")
    }

    fn moment(&mut self, moment: &Moment) -> String {
        match moment {
            Moment::Fixed(date) => self.date(*date),
            // Bound only where it is used: a value without a place in the text is a fault on both databases.
            Moment::Parent => match self.single_moment {
                Some(date) => self.date(date),
                None => self.parent_moment.clone().unwrap_or_else(|| "NULL".to_owned()),
            },
            Moment::Clamped(inner, alias) => {
                let inner = self.moment(inner);
                clamp(self.dialect(), alias, &inner)
            }
        }
    }

    /// Binds each date once.
    fn date(&mut self, date: NaiveDate) -> String {
        if let Some((_, placeholder)) = self.dates.iter().find(|(known, _)| *known == date) {
            return placeholder.clone();
        }
        let mut placeholder = self.statement.bind(Bind::Date(date));
        if self.dialect() == Dialect::Postgres {
            placeholder.push_str("::date");
        }
        self.dates.push((date, placeholder.clone()));
        placeholder
    }

    fn joins(&mut self) {
        let level = self.level;
        for (number, join) in level.joins.iter().enumerate() {
            let alias = format!("t{}", number + 1);
            let near = format!("t{}", join.from);
            let keys: Vec<_> = join.edge.keys.iter().map(|key| format!("{near}.{key}")).collect();
            self.statement.push(" LEFT JOIN ").push(join.edge.target.table).push(&format!(" {alias} ON "));
            self.edge(join.edge, &join.arguments, &alias, &keys, &join.moment);
        }
    }
}
