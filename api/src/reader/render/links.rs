//! Links → SQL: for each way a select over the tables between its two sides, in the order in which one walks them.
//!
//! Whatever is passed on the way is joined under the same conditions as by an edge: its template, the day, and what the actor
//! may see. The objects from which one starts are a table `f0 (id, n)` for each of their kinds.

use super::Renderer;
use crate::{
    graph::{
        Declaration,
        declaration::Edge,
        link::{End, lasts},
    },
    reader::{
        arguments::Given,
        links::{Standing, Way},
        sql::{Bind, Dialect, Statement, fill, in_force},
    },
};

/// The row that says a link.
const HUB: &str = "h";

/// What lies between the two sides of a way.
#[derive(Default)]
struct Route {
    /// Tables with their aliases, from near to far.
    tables: Vec<(&'static str, String)>,
    /// How they are joined.
    on: Vec<String>,
    /// Rows that the actor must see, and that must hold on the day.
    passed: Vec<(&'static Declaration, String, bool)>,
    /// The alias of the far object.
    far: String,
}

impl Renderer<'_> {
    /// The statement that follows ways, each under its number.
    pub fn ways(mut self, ways: &[(usize, Way)], standing: &[Standing], most: usize) -> Statement {
        for (number, objects) in standing.iter().enumerate() {
            self.statement.push(if number == 0 { "WITH " } else { ", " });
            self.standing(number, objects);
        }
        let mut word = " ";
        for (number, way) in ways {
            let near = way.near();
            if let Some(table) = standing.iter().position(|objects| std::ptr::eq(objects.declaration, near)) {
                self.statement.push(word);
                self.way(*number, way, table);
                word = " UNION ALL ";
            }
        }
        self.statement.push(&format!(" ORDER BY 1, 2, 3, 4 LIMIT {most}"));
        self.statement
    }

    /// Keys and places stand in one value each, as those of parents do.
    fn standing(&mut self, number: usize, objects: &Standing) {
        self.statement.push(&format!("f{number} (id, n) AS ("));
        match self.dialect() {
            Dialect::Postgres => {
                self.statement.push("SELECT u.id, u.n FROM unnest(").push_bind(Bind::Uuids(objects.keys.clone()));
                self.statement.push(", ").push_bind(Bind::Ints(objects.places.clone())).push(") AS u(id, n))");
            }
            Dialect::Sqlite => {
                let bytes = objects.keys.iter().flat_map(|key| *key.as_bytes()).collect();
                self.statement.push("SELECT substr(").push_bind(Bind::Bytes(bytes));
                self.statement.push(", key * 16 + 1, 16), value FROM json_each(");
                self.statement.push_bind(Bind::Ints(objects.places.clone())).push("))");
            }
        }
    }

    fn way(&mut self, number: usize, way: &Way, table: usize) {
        let route = self.route(way);
        let through = if way.link.is_direct() { "CAST(NULL AS UUID)".to_owned() } else { format!("{HUB}.id") };
        self.statement
            .push(&format!("SELECT near.n, CAST({number} AS BIGINT), {}.id, {through} FROM f{table} near", route.far));
        // SQLite walks tables that are joined so in this order; PostgreSQL finds one of its own.
        for (table, alias) in &route.tables {
            self.statement.push(&format!(" CROSS JOIN {table} {alias}"));
        }
        self.statement.push(" WHERE ").push(&route.on.join(" AND "));
        for (declaration, alias, dated) in &route.passed {
            if *dated {
                let day = self.day();
                self.statement.push(" AND ").push(&in_force(alias, &day));
            }
            self.visible(declaration, alias);
        }
        if let Some(only) = way.link.only {
            let day = if only.contains("{m}") { self.day() } else { String::new() };
            let only = fill(only, |name| match name {
                "t" => Some(HUB.to_owned()),
                "m" => Some(day.clone()),
                _ => None,
            });
            self.statement.push(" AND (").push(&only).push(")");
        }
    }

    fn day(&mut self) -> String {
        let moment = self.level.moment.clone();
        self.moment(&moment)
    }

    fn route(&mut self, way: &Way) -> Route {
        let mut route = Route { far: HUB.to_owned(), ..Route::default() };
        self.near_side(way, &mut route);
        route.tables.reverse();
        let hub = way.link.hub;
        route.tables.push((hub.table, HUB.to_owned()));
        route.passed.push((hub, HUB.to_owned(), lasts(hub)));
        self.far_side(way, &mut route);
        route
    }

    /// The tables from the row that says it back to the near object.
    fn near_side(&mut self, way: &Way, route: &mut Route) {
        match way.near_end() {
            End::Itself => route.on.push(format!("{HUB}.id = near.id")),
            End::Paired { table, own, far, .. } => {
                route.tables.push((table, "np".to_owned()));
                route.on.extend([format!("np.{far} = near.id"), format!("{HUB}.id = np.{own}")]);
            }
            End::Along(_) => {
                let steps = way.link.steps(way.near_end());
                let mut alias = HUB.to_owned();
                for (number, edge) in steps.iter().enumerate() {
                    let next = if number + 1 == steps.len() { "near".to_owned() } else { format!("n{number}") };
                    self.step(edge, &alias, &next, route);
                    if number + 1 < steps.len() {
                        route.tables.push((edge.target.table, next.clone()));
                        route.passed.push((edge.target, next.clone(), edge.dated || lasts(edge.target)));
                    }
                    alias = next;
                }
            }
        }
    }

    /// The tables from the row that says it to the far object.
    fn far_side(&mut self, way: &Way, route: &mut Route) {
        let end = way.far_end();
        let steps = way.link.steps(end);
        if let End::Paired { table, own, far, .. } = end {
            route.tables.push((table, "fp".to_owned()));
            route.on.push(format!("fp.{own} = {HUB}.id"));
            if let Some(edge) = steps.first() {
                route.far = "t0".to_owned();
                route.on.push(format!("t0.id = fp.{far}"));
                route.tables.push((edge.target.table, route.far.clone()));
                route.passed.push((edge.target, route.far.clone(), edge.dated || lasts(edge.target)));
            }
            return;
        }
        for (number, edge) in steps.into_iter().enumerate() {
            let next = format!("t{number}");
            let alias = std::mem::replace(&mut route.far, next.clone());
            self.step(edge, &alias, &next, route);
            route.tables.push((edge.target.table, next.clone()));
            route.passed.push((edge.target, next, edge.dated || lasts(edge.target)));
        }
    }

    fn step(&mut self, edge: &'static Edge, alias: &str, next: &str, route: &mut Route) {
        let keys: Vec<_> = edge.keys.iter().map(|key| format!("{alias}.{key}")).collect();
        let moment = self.level.moment.clone();
        let on = self.template(edge, &Given::new(), next, &keys, &moment);
        route.on.push(format!("({on})"));
    }
}
