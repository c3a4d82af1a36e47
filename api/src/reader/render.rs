//! A level of the plan → one SQL statement.
//!
//! Every statement carries organization, visibility and moment; they stand where the rows are named (in the
//! join, in the `EXISTS` of a filter), so that no filter, count or order can see what the edge does not show.

mod conditions;
mod links;
mod parents;
mod views;

use chrono::NaiveDate;

pub use parents::{Near, Parents};

use super::{
    arguments::Given,
    plan::*,
    sql::{Bind, Dialect, Statement, fill, number_of_day, text_of_key, within},
};
use crate::{access::visibility::Reach, graph::Declaration};

/// What stands for the arguments of which a template speaks.
type Bound = [(&'static str, String)];

/// What stands for one of them; where nothing is given, NULL.
fn named(bound: &Bound, name: &str) -> String {
    let known = bound.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| "NULL".to_owned(), |(_, sql)| sql.clone())
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
    /// The days at which a view is read, where each parent brings its own and the view cannot be read for each.
    days: Option<String>,
    /// The keys of all parents, where a view cannot be read for each.
    near_keys: Option<Vec<uuid::Uuid>>,
}

impl<'a> Renderer<'a> {
    /// A renderer that adds a level to a statement; `reach` says which organizations' rows of a type the actor reads.
    pub fn new(level: &'a Level, statement: Statement, reach: &'a dyn Fn(&'static Declaration) -> Reach) -> Self {
        Self {
            level,
            reach,
            statement,
            dates: Vec::new(),
            aliases: 0,
            parent_keys: Vec::new(),
            parent_moment: None,
            single_moment: None,
            days: None,
            near_keys: None,
        }
    }

    fn dialect(&self) -> Dialect {
        self.statement.dialect
    }

    /// The statement that reads the rows. With several parents the first column is the parent's number `n`, and rows
    /// come in its order.
    pub fn rows(mut self, near: Near<'_>) -> Statement {
        let limit = self.level.page.as_ref().map(Page::limit);
        match (near.is_single(), limit, self.dialect()) {
            (true, limit, _) => self.one_list(near, limit),
            (false, Some(limit), _) => self.pages_of_parents(near, limit),
            // Through a subselect PostgreSQL finds the far rows by their index only when it is asked once for each parent.
            (false, None, Dialect::Postgres) if self.edge_selects() || self.level.declaration.is_view() => {
                self.lists_of_parents_lateral(near)
            }
            (false, None, _) => self.all_of_parents(near),
        }
        self.statement
    }

    /// The statement that counts: the parent's number (when there are several) and the count.
    pub fn counts(mut self, near: Near<'_>) -> Statement {
        if near.is_single() {
            self.single_parent(near);
            self.statement.push("SELECT count(*) AS c0 FROM ");
            self.table();
            self.statement.push(" WHERE ");
            self.conditions(false);
            return self.statement;
        }
        let lateral = self.dialect() == Dialect::Postgres;
        self.statement.push(if lateral { "SELECT near.n, x.c0 FROM " } else { "SELECT near.n, count(*) FROM " });
        self.parents(near);
        self.statement.push(if lateral { " CROSS JOIN LATERAL (SELECT count(*) AS c0 FROM " } else { " CROSS JOIN " });
        self.table();
        self.statement.push(" WHERE ");
        self.conditions(false);
        self.statement.push(if lateral { ") x" } else { " GROUP BY near.n" });
        self.statement
    }

    /// The statement that counts by group: the keys and the count.
    pub fn groups(mut self, keys: &[&OrderKey], first: usize) -> Statement {
        let sql: Vec<_> = keys.iter().map(|key| self.reading(key.alias, &key.sql, &key.moment)).collect();
        // A row with several far rows is one of the group of each, once.
        let fans = self.level.joins.iter().any(|join| join.fans);
        let count = if fans { "count(DISTINCT t0.id)" } else { "count(*)" };
        self.statement.push("SELECT ").push(&sql.join(", ")).push(&format!(", {count} FROM "));
        self.table();
        self.joins();
        self.statement.push(" WHERE ");
        self.conditions(false);
        let places: Vec<_> = (1..=keys.len()).map(|place| place.to_string()).collect();
        self.statement.push(" GROUP BY ").push(&places.join(", ")).push(&format!(" ORDER BY {count} DESC"));
        for place in 1..=keys.len() {
            self.statement.push(&format!(", {place} ASC NULLS LAST"));
        }
        self.statement.push(&format!(" LIMIT {first}"));
        self.statement
    }

    fn one_list(&mut self, near: Near<'_>, limit: Option<usize>) {
        self.single_parent(near);
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

    fn all_of_parents(&mut self, near: Near<'_>) {
        self.statement.push("SELECT near.n, ");
        self.parent_names();
        self.columns();
        self.statement.push(" FROM ");
        self.parents(near);
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

    fn lists_of_parents_lateral(&mut self, near: Near<'_>) {
        self.parent_names();
        self.statement.push("SELECT near.n, x.* FROM ");
        self.parents(near);
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
    fn pages_of_parents(&mut self, near: Near<'_>, limit: usize) {
        // A view has no row numbers.
        let windowed = self.orders_by_parents_moment() || self.level.declaration.is_view();
        if self.dialect() == Dialect::Sqlite && windowed {
            return self.pages_of_parents_windowed(near, limit);
        }
        self.statement.push("SELECT near.n, ");
        self.parent_names();
        self.columns();
        self.statement.push(" FROM ");
        self.parents(near);
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
            Moment::Inside(inner, ..) => !matches!(**inner, Moment::Fixed(_)),
        };
        let dated =
            |sql: &Reading| sql.template().is_some_and(|template| template.contains("{m}") || template.contains("{d}"));
        self.level.order.iter().any(|key| dated(&key.sql) && of_parent(&key.moment))
    }

    fn pages_of_parents_windowed(&mut self, near: Near<'_>, limit: usize) {
        self.statement.push("SELECT * FROM (SELECT near.n AS parent_number, ");
        self.parent_names();
        self.columns();
        self.statement.push(", row_number() OVER (PARTITION BY near.n");
        self.order("");
        self.statement.push(") AS rn FROM ");
        self.parents(near);
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

    fn table(&mut self) {
        let rows = self.own_source();
        self.statement.push(&rows).push(" t0");
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
            Reading::Template(template, _) => self.value(alias, template, &Given::new(), moment),
            Reading::Asked(template, _, given) => self.value(alias, template, given, moment),
        }
    }

    fn value(&mut self, alias: usize, template: &str, given: &Given, moment: &Moment) -> String {
        let bound = self.bound(template, given);
        // A place knows which of the two moments a template speaks of.
        let value = self.expression(template, &format!("t{alias}"), &bound, (moment, moment));
        // Where a to-one edge leads nowhere a template would still make something of its NULLs.
        if alias == 0 { value } else { format!("CASE WHEN t{alias}.id IS NOT NULL THEN {value} END") }
    }

    /// A template of a row as one operand: what is inside must not mix with the operators around it. Of the moments the first
    /// is the one at which the row was asked for, the second the one inside of it.
    fn expression(&mut self, template: &str, alias: &str, bound: &Bound, moments: (&Moment, &Moment)) -> String {
        let mut moment = |name: &str, moment| if template.contains(name) { self.moment(moment) } else { String::new() };
        let (day, inside) = (moment("{d}", moments.0), moment("{m}", moments.1));
        let filled = fill(template, |name| match name {
            "t" => Some(alias.to_owned()),
            "d" => Some(day.clone()),
            "m" => Some(inside.clone()),
            "text" => Some(text_of_key(self.dialect()).to_owned()),
            "day" => Some(number_of_day(self.dialect()).to_owned()),
            name => Some(named(bound, name)),
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
            Moment::Inside(inner, how, alias) => {
                let inner = self.moment(inner);
                within(self.dialect(), *how, alias, &inner)
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
            // PostgreSQL finds several far rows by their index only when it is asked for those of each near row.
            let apart = join.fans && self.dialect() == Dialect::Postgres;
            self.statement.push(" LEFT JOIN ");
            if apart {
                self.statement.push(&format!("LATERAL (SELECT {alias}.* FROM "));
            }
            self.statement.push(join.edge.target.table).push(&format!(" {alias}"));
            self.statement.push(if apart { " WHERE " } else { " ON " });
            self.edge(join.edge, &join.arguments, &alias, &keys, &join.moment);
            if apart {
                self.statement.push(&format!(" OFFSET 0) {alias} ON TRUE"));
            }
        }
    }
}
