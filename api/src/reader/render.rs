//! A level of the plan → one SQL statement.
//!
//! Every statement carries organization, visibility and moment; they stand where the rows are named (in the
//! join, in the `EXISTS` of a filter), so that no filter, count or order can see what the edge does not show.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{
    arguments::parse_date,
    keyset,
    plan::*,
    sql::{Bind, Dialect, Statement, clamp, fill, in_force},
};
use crate::{
    access::visibility::{Orgs, Reach},
    graph::declaration::{Declaration, Edge, EdgeArgument, Owner, Sql},
};

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
                (Some(limit), Dialect::Sqlite) if self.orders_by_template() => {
                    self.pages_of_parents_windowed(parents, limit)
                }
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

    /// SQLite does not find the parents ("no such column") from a subselect in the order of a subselect, and a computed value
    /// may be one.
    fn orders_by_template(&self) -> bool {
        self.level.order.iter().any(|key| matches!(key.sql, Reading::Template(..)))
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

    /// The condition of an edge: its template, the dates, and what the actor may see at the far end.
    fn edge(
        &mut self,
        edge: &'static Edge,
        arguments: &Map<String, Value>,
        far: &str,
        keys: &[String],
        moment: &Moment,
    ) {
        let on = self.template(edge, arguments, far, keys, moment);
        self.statement.push("(").push(&on).push(")");
        if edge.dated {
            let moment = self.moment(moment);
            self.statement.push(" AND ").push(&in_force(far, &moment));
        }
        self.visible(edge.target, far);
    }

    fn template(
        &mut self,
        edge: &'static Edge,
        arguments: &Map<String, Value>,
        far: &str,
        keys: &[String],
        moment: &Moment,
    ) -> String {
        let moment = if edge.on.contains("{m}") { self.moment(moment) } else { String::new() };
        let mut bound = Vec::with_capacity(edge.arguments.len());
        for argument in edge.arguments {
            bound.push((argument.name, self.argument(argument, arguments)));
        }
        fill(edge.on, |name| match name {
            "t" => Some(far.to_owned()),
            "m" => Some(moment.clone()),
            name if name.starts_with('k') => keys.get(name[1..].parse::<usize>().ok()?).cloned(),
            name => bound.iter().find(|(known, _)| *known == name).map(|(_, sql)| sql.clone()),
        })
    }

    fn argument(&mut self, argument: &EdgeArgument, arguments: &Map<String, Value>) -> String {
        // Only dates are needed so far; what cannot be read as one matches nothing.
        let date = arguments.get(argument.name).and_then(Value::as_str).and_then(parse_date);
        date.map_or_else(|| "NULL".to_owned(), |date| self.date(date))
    }

    /// " AND the actor sees this row", or nothing where everybody does.
    fn visible(&mut self, declaration: &'static Declaration, alias: &str) {
        let visibility = declaration.visibility;
        let reach = (self.reach)(declaration);
        let owner = match visibility.owner {
            Owner::Nation => {
                if reach.is_nothing() {
                    self.statement.push(" AND 1 = 0");
                }
                return;
            }
            Owner::Column(column) => format!("{alias}.{column}"),
            Owner::Through { table, key } => {
                if let Orgs::These(orgs) = reach.whole {
                    self.statement
                        .push(&format!(" AND EXISTS (SELECT 1 FROM {table} o WHERE o.{key} = {alias}.id AND "));
                    self.among("o.organization_id", orgs);
                    self.statement.push(" LIMIT 1)");
                }
                return;
            }
        };
        let Some(published) = visibility.published else {
            if let Orgs::These(orgs) = reach.published {
                self.statement.push(" AND ");
                self.among(&owner, orgs);
            }
            return;
        };
        let published = fill(published, |name| (name == "t").then(|| alias.to_owned()));
        match (reach.whole, reach.published) {
            (Orgs::Every, _) => {}
            (Orgs::These(whole), seen) => {
                self.statement.push(" AND (");
                self.among(&owner, whole);
                self.statement.push(" OR ((").push(&published).push(")");
                if let Orgs::These(seen) = seen {
                    self.statement.push(" AND ");
                    self.among(&owner, seen);
                }
                self.statement.push("))");
            }
        }
    }

    fn among(&mut self, owner: &str, orgs: Vec<uuid::Uuid>) {
        match orgs.as_slice() {
            [] => self.statement.push("1 = 0"),
            [single] => self.statement.push(owner).push(" = ").push_bind(Bind::Uuid(*single)),
            _ => self.statement.push_any(owner, Bind::Uuids(orgs)),
        };
    }

    /// All that a row must fulfil; with `paged`, also that it lies between the cursors.
    fn conditions(&mut self, paged: bool) {
        let level = self.level;
        match &level.parent {
            Some(parent) => {
                let keys = self.parent_keys.clone();
                let on = self.template(parent.edge, &parent.arguments, "t0", &keys, &level.moment);
                self.statement.push("(").push(&on).push(")");
            }
            None => {
                self.statement.push("1 = 1");
            }
        }
        if level.dated {
            let moment = self.moment(&level.moment);
            self.statement.push(" AND ").push(&in_force("t0", &moment));
        }
        self.visible(level.declaration, "t0");
        for (template, binds) in &level.find {
            let values: Vec<_> = binds.iter().map(|bind| self.statement.bind(bind.clone())).collect();
            let condition = fill(template, |name| match name {
                "t" => Some("t0".to_owned()),
                name => values.get(name.strip_prefix('k')?.parse::<usize>().ok()?).cloned(),
            });
            self.statement.push(" AND (").push(&condition).push(")");
        }
        if let Some(ids) = &level.among {
            self.statement.push(" AND ").push_any("t0.id", Bind::Uuids(ids.clone()));
        }
        if let Some(filter) = &level.filter {
            self.statement.push(" AND ");
            self.filter(filter, level.declaration, "t0", &level.moment);
        }
        if let (true, Some(page)) = (paged, &level.page) {
            for (position, forwards) in [(&page.after, true), (&page.before, false)] {
                if let Some(position) = position {
                    self.statement.push(" AND ");
                    self.beyond(position, forwards);
                }
            }
        }
    }

    fn beyond(&mut self, position: &[Value], forwards: bool) {
        let level = self.level;
        let keys: Vec<_> = level.order.iter().map(|key| self.reading(key.alias, &key.sql, &key.moment)).collect();
        keyset::beyond(&mut self.statement, &level.order, &keys, position, forwards);
    }

    /// A condition on the row `alias`, which was asked for at the moment `asked`.
    fn filter(&mut self, filter: &Filter, declaration: &'static Declaration, alias: &str, asked: &Moment) {
        match filter {
            Filter::All(inner) => self.junction(inner, declaration, alias, asked, (" AND ", "1 = 1")),
            Filter::Any(inner) => self.junction(inner, declaration, alias, asked, (" OR ", "1 = 0")),
            Filter::Not(inner) => {
                self.statement.push("(");
                self.filter(inner, declaration, alias, asked);
                self.statement.push(") IS NOT TRUE");
            }
            Filter::Test(member, test) => {
                let crate::graph::declaration::Source::Column(value, _) = &member.source else { return };
                let value = match (member.folded, *value) {
                    (Some(column), Sql::Column(_)) | (None, Sql::Column(column)) => format!("{alias}.{column}"),
                    (Some(template), Sql::Template(_)) | (None, Sql::Template(template)) => {
                        self.expression(template, alias, asked, &asked.inside(declaration, alias))
                    }
                };
                keyset::test(&mut self.statement, &value, test);
            }
            Filter::Related(edge, quantifier, inner) => {
                self.aliases += 1;
                let far = format!("x{}", self.aliases);
                let keys: Vec<_> = edge.keys.iter().map(|key| format!("{alias}.{key}")).collect();
                let sign = if *quantifier == Quantifier::Some { "EXISTS" } else { "NOT EXISTS" };
                self.statement
                    .push(sign)
                    .push(" (SELECT 1 FROM ")
                    .push(edge.target.table)
                    .push(&format!(" {far} WHERE "));
                let moment = asked.inside(declaration, alias);
                self.edge(edge, &Map::new(), &far, &keys, &moment);
                self.statement.push(" AND ");
                if *quantifier == Quantifier::Every {
                    self.statement.push("(");
                    self.filter(inner, edge.target, &far, &moment);
                    self.statement.push(") IS NOT TRUE");
                } else {
                    self.filter(inner, edge.target, &far, &moment);
                }
                // The limit changes nothing but keeps SQLite 3.51 from making joins of nested EXISTS, which loses rows.
                self.statement.push(" LIMIT 1)");
            }
        }
    }

    fn junction(
        &mut self,
        inner: &[Filter],
        declaration: &'static Declaration,
        alias: &str,
        asked: &Moment,
        (word, empty): (&str, &str),
    ) {
        self.statement.push("(");
        for (number, filter) in inner.iter().enumerate() {
            if number > 0 {
                self.statement.push(word);
            }
            self.filter(filter, declaration, alias, asked);
        }
        if inner.is_empty() {
            self.statement.push(empty);
        }
        self.statement.push(")");
    }

    /// " ORDER BY …", with the id as the last key.
    fn order(&mut self, first: &str) {
        let level = self.level;
        let mut keys: Vec<String> = Vec::new();
        if !first.is_empty() {
            keys.push(first.to_owned());
        }
        if let Some(template) = level.bounded_order {
            keys.push(fill(template, |name| (name == "t").then(|| "t0".to_owned())));
        } else if level.page.is_some() {
            let backwards = level.page.as_ref().is_some_and(|page| page.backwards);
            for key in &level.order {
                let sql = self.reading(key.alias, &key.sql, &key.moment);
                keys.push(keyset::direction(&sql, key.descending != backwards, key.nullable));
            }
            keys.push(keyset::direction("t0.id", backwards, false));
        }
        if !keys.is_empty() {
            self.statement.push(" ORDER BY ").push(&keys.join(", "));
        }
    }
}
