//! What a row must fulfil: its edge, its interval, what the actor may see, lookups, filters, cursors — and the order.

use serde_json::Value;

use super::{Renderer, named, views};
use crate::{
    access::visibility::{Keys, Orgs},
    graph::declaration::{About, Declaration, Edge, Owner, Source, Sql},
    reader::{
        arguments::Given,
        keyset,
        plan::*,
        sql::{Bind, fill, in_force},
    },
};

impl Renderer<'_> {
    /// The condition of an edge: its template, the dates, and what the actor may see at the far end.
    pub(super) fn edge(&mut self, edge: &'static Edge, arguments: &Given, far: &str, keys: &[String], moment: &Moment) {
        let on = self.template(edge, arguments, far, keys, moment);
        self.statement.push("(").push(&on).push(")");
        if edge.dated {
            let moment = self.moment(moment);
            self.statement.push(" AND ").push(&in_force(far, &moment));
        }
        self.visible(edge.target, far);
    }

    pub(super) fn template(
        &mut self,
        edge: &'static Edge,
        arguments: &Given,
        far: &str,
        keys: &[String],
        moment: &Moment,
    ) -> String {
        let moment = if edge.on.contains("{m}") { self.moment(moment) } else { String::new() };
        let bound = self.bound(edge.on, arguments);
        fill(edge.on, |name| match name {
            "t" => Some(far.to_owned()),
            "m" => Some(moment.clone()),
            name if name.starts_with('k') => keys.get(name[1..].parse::<usize>().ok()?).cloned(),
            name => Some(named(&bound, name)),
        })
    }

    /// Binds what is given for the arguments of which a template speaks: a value without a place in the text is a fault.
    pub(super) fn bound(&mut self, template: &str, given: &Given) -> Vec<(&'static str, String)> {
        let used = given.iter().filter(|(name, _)| template.contains(&format!("{{{name}}}")));
        let bind = |(name, bind): &(&'static str, Bind)| match bind {
            Bind::Date(date) => (*name, self.date(*date)),
            bind => (*name, self.statement.bind(bind.clone())),
        };
        used.map(bind).collect()
    }

    /// " AND the actor sees this row", or nothing where everybody does.
    pub(super) fn visible(&mut self, declaration: &'static Declaration, alias: &str) {
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
                // It has no drafts: a limit to units leaves it as it is.
                if let Orgs::These(orgs) = reach.published {
                    self.statement
                        .push(&format!(" AND EXISTS (SELECT 1 FROM {table} o WHERE o.{key} = {alias}.id AND "));
                    self.among("o.organization_id", orgs);
                    self.statement.push(" LIMIT 1)");
                }
                return;
            }
        };
        if let Some(about) = visibility.about {
            self.about(about, alias, &owner);
        }
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
                self.statement.push(")");
                if let Some(unit) = visibility.unit.filter(|_| !reach.within.is_empty()) {
                    let unit = fill(unit, |name| (name == "t").then(|| alias.to_owned()));
                    self.statement.push(" OR ");
                    self.among(&unit, reach.within.clone());
                }
                if let Some(involved) = visibility.involved {
                    self.any_key(involved.units, alias, reach.within);
                    self.any_key(involved.persons, alias, reach.persons);
                }
                self.statement.push(")");
            }
        }
    }

    /// " OR one of the row's keys is among these".
    fn any_key(&mut self, of: Keys, alias: &str, among: Vec<uuid::Uuid>) {
        if among.is_empty() {
            return;
        }
        let rows = fill(of.rows, |name| (name == "t").then(|| alias.to_owned()));
        self.statement.push(" OR EXISTS (SELECT 1 FROM (").push(&rows).push(") k WHERE ");
        self.among("k.key", among);
        self.statement.push(" LIMIT 1)");
    }

    /// " AND the actor sees what the row tells of", be it there or not: by the heading of its kind, and where that shows
    /// only what is published, as the object stands now.
    fn about(&mut self, about: About, alias: &str, owner: &str) {
        let mut whole: Vec<(Orgs, Vec<&'static Declaration>)> = Vec::new();
        let mut published = Vec::new();
        for declaration in (about.among)().iter().copied().filter(|declaration| is_recorded(declaration)) {
            let reach = (self.reach)(declaration);
            let sees = if declaration.visibility.published.is_some() { &reach.whole } else { &reach.published };
            match whole.iter_mut().find(|(orgs, _)| orgs == sees) {
                Some((_, kinds)) => kinds.push(declaration),
                None => whole.push((sees.clone(), vec![declaration])),
            }
            if *sees != reach.published {
                published.push((declaration, reach.published));
            }
        }
        self.statement.push(" AND (1 = 0");
        for (orgs, kinds) in whole.into_iter().filter(|(orgs, _)| *orgs != Orgs::These(Vec::new())) {
            self.statement.push(" OR (");
            self.is_one_of(about, alias, &kinds);
            self.among_some(owner, orgs);
            self.statement.push(")");
        }
        for (declaration, orgs) in published {
            let template = declaration.visibility.published.unwrap_or("1 = 0");
            let template = fill(template, |name| (name == "t").then(|| "told".to_owned()));
            self.statement.push(" OR (");
            self.is_one_of(about, alias, &[declaration]);
            self.among_some(owner, orgs);
            self.statement.push(" AND EXISTS (SELECT 1 FROM ").push(declaration.table).push(" told WHERE told.id = ");
            self.statement.push(&format!("{alias}.{} AND ({template}) LIMIT 1))", about.key));
        }
        self.statement.push(")");
    }

    fn is_one_of(&mut self, about: About, alias: &str, kinds: &[&'static Declaration]) {
        let numbers = kinds.iter().filter_map(|declaration| declaration.kind).map(|kind| (kind as u8).to_string());
        match about.kind {
            Some(column) => {
                let numbers = numbers.collect::<Vec<_>>().join(", ");
                self.statement.push(&format!("{alias}.{column} IN ({numbers})"))
            }
            None => self.statement.push("1 = 1"),
        };
    }

    fn among_some(&mut self, owner: &str, orgs: Orgs) {
        if let Orgs::These(orgs) = orgs {
            self.statement.push(" AND ");
            self.among(owner, orgs);
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
    pub(super) fn conditions(&mut self, paged: bool) {
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
        if self.days.is_some() {
            self.statement.push(" AND t0.moment = near.m");
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
                let Source::Column(value, _) = &member.source else { return };
                let value = match (member.folded, *value) {
                    (Some(column), Sql::Column(_)) | (None, Sql::Column(column)) => format!("{alias}.{column}"),
                    (Some(template), Sql::Template(_)) | (None, Sql::Template(template)) => {
                        self.expression(template, alias, &[], (asked, &asked.inside(declaration, alias)))
                    }
                };
                keyset::test(&mut self.statement, &value, test);
            }
            Filter::Related(edge, quantifier, inner) => {
                self.aliases += 1;
                let far = format!("x{}", self.aliases);
                let keys: Vec<_> = edge.keys.iter().map(|key| format!("{alias}.{key}")).collect();
                let sign = if *quantifier == Quantifier::Some { "EXISTS" } else { "NOT EXISTS" };
                let moment = if edge.as_asked { asked.clone() } else { asked.inside(declaration, alias) };
                let of = views::column(edge).zip(keys.first().map(|key| format!("= {key}")));
                let of = of.as_ref().map(|(column, compared)| (*column, compared.as_str()));
                let rows = self.source(edge.target, &moment, of, &Given::new());
                self.statement.push(sign).push(" (SELECT 1 FROM ").push(&rows).push(&format!(" {far} WHERE "));
                self.edge(edge, &Given::new(), &far, &keys, &moment);
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
    pub(super) fn order(&mut self, first: &str) {
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

/// Can the history of an organization tell of it?
fn is_recorded(declaration: &Declaration) -> bool {
    let visibility = declaration.visibility;
    declaration.is_node() && visibility.owner != Owner::Nation && visibility.about.is_none()
}
