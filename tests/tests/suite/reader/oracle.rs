//! A naive resolver over the declarations: one object at a time, one small statement for what only SQL can tell,
//! everything else — visibility, intervals, filters, orders, pages, merging — said again in plain Rust.

use std::{cell::RefCell, collections::HashMap};

use articula::{
    access::{
        actor::Actor,
        rules::Subject,
        visibility::{Keys, keys},
    },
    catalogue::ENTITIES,
    graph::{
        Declaration,
        declaration::{About, Edge, Figure, FigureInput, List, Member, Owner, Part, Scalar, Shape, Source, Sql, Takes},
        error::Locale,
    },
    reader::sql::{Dialect, view},
};
use articula_tests::seed::{Data, Val, today};
use async_graphql::parser::types::{Field, SelectionSet};
use chrono::NaiveDate;
use entity::OpaqueId;
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection, TypeInfo as _, ValueRef as _};
use uuid::Uuid;

use super::answer::{Answer, Failure, Json};

mod document;
mod list;
mod roots;
mod table;
mod walk;

use document::Document;
pub use walk::{Object, Walk};

/// The database that SQL is asked of, and what it said before.
pub struct Oracle<'a> {
    data: &'a Data,
    connection: RefCell<SqliteConnection>,
    known: RefCell<HashMap<String, Vec<Val>>>,
}

/// A code instead of a value.
type Refused = &'static str;

/// A request that is being answered.
pub struct Resolver<'a> {
    oracle: &'a Oracle<'a>,
    document: &'a Document,
    actor: &'a Actor,
    locale: Locale,
    path: Vec<String>,
    failures: Vec<Failure>,
    /// Fields that promise a value and have none.
    pub broken: Vec<String>,
}

/// A row on which the resolver stands.
#[derive(Clone, Copy)]
struct Place {
    declaration: &'static Declaration,
    id: Uuid,
    /// The day on which the row was asked for.
    asked: NaiveDate,
    /// Of a row of a view: its organization and its part, which together with its id tell it apart.
    part: Option<(Uuid, i64)>,
}

impl<'a> Oracle<'a> {
    pub async fn new(data: &'a Data, url: &str) -> Self {
        let connection = SqliteConnection::connect(url).await.expect("the file opens");
        Self { data, connection: RefCell::new(connection), known: RefCell::default() }
    }

    /// Answers a request, and tells which fields broke the promise of a value.
    pub fn answer(
        &self,
        text: &str,
        variables: &Map<String, Value>,
        actor: &Actor,
        locale: Locale,
    ) -> (Answer, Vec<String>) {
        let document = Document::read(text, variables);
        let mut resolver = Resolver {
            oracle: self,
            document: &document,
            actor,
            locale,
            path: Vec::new(),
            failures: Vec::new(),
            broken: Vec::new(),
        };
        let data = resolver.query();
        (Answer { data, failures: resolver.failures }, resolver.broken)
    }

    /// The first column of a statement's rows.
    fn select(&self, sql: String) -> Vec<Val> {
        if let Some(known) = self.known.borrow().get(&sql) {
            return known.clone();
        }
        let mut connection = self.connection.borrow_mut();
        let rows = tokio::task::block_in_place(|| {
            let query = sqlx::query(AssertSqlSafe(sql.clone()));
            tokio::runtime::Handle::current().block_on(query.fetch_all(&mut *connection))
        });
        let rows = rows.unwrap_or_else(|fault| panic!("{fault}\n{sql}"));
        let values: Vec<_> = rows.iter().map(cell).collect();
        self.known.borrow_mut().insert(sql, values.clone());
        values
    }
}

fn cell(row: &sqlx::sqlite::SqliteRow) -> Val {
    let raw = row.try_get_raw(0).expect("a column");
    if raw.is_null() {
        return Val::Null;
    }
    match raw.type_info().name() {
        "BLOB" => Val::Uuid(Uuid::from_slice(row.get_unchecked::<&[u8], _>(0)).expect("a key")),
        "TEXT" => Val::Text(row.get_unchecked(0)),
        _ => Val::Int(row.get_unchecked(0)),
    }
}

/// A template with its values put in.
fn fill(template: &str, alias: &str, moments: (NaiveDate, NaiveDate), others: &[(String, String)]) -> String {
    let mut filled = template.replace("{t}", alias).replace("{text}", "hex").replace("{day}", "julianday");
    filled = filled.replace("{m}", &format!("'{}'", moments.0)).replace("{d}", &format!("'{}'", moments.1));
    for (name, value) in others {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    filled = filled.replace("{edition}", "NULL");
    filled
}

impl Resolver<'_> {
    fn fail(&mut self, code: Refused) -> Json {
        self.failures.push((self.path.join("."), code.to_owned()));
        Json::null()
    }

    fn under(&mut self, step: impl ToString, resolve: impl FnOnce(&mut Self) -> Json) -> Json {
        self.path.push(step.to_string());
        let json = resolve(self);
        self.path.pop();
        json
    }

    /// An object whose fields `resolve` gives.
    fn object(
        &mut self,
        sets: &[&SelectionSet],
        types: &[&str],
        mut resolve: impl FnMut(&mut Self, &str, &[&Field]) -> Json,
    ) -> Json {
        let document = self.document;
        let fields = document.fields(sets, types).into_iter().map(|(key, merged)| {
            let json = self.under(&key, |resolver| match merged[0].name.node.as_str() {
                "__typename" => Json::Leaf(types[0].into()),
                name => resolve(resolver, name, &merged),
            });
            (key, json)
        });
        Json::Object(fields.collect())
    }

    fn entity(&mut self, place: Place, sets: &[&SelectionSet]) -> Json {
        let declaration = place.declaration;
        let types = if declaration.kind.is_some() { vec![declaration.name, "Node"] } else { vec![declaration.name] };
        self.object(sets, &types, |resolver, name, merged| {
            let member = declaration.member(name).expect("a member");
            resolver.member(place, declaration.name, member, merged)
        })
    }

    fn member(&mut self, place: Place, owner: &str, member: &'static Member, merged: &[&Field]) -> Json {
        let json = match &member.source {
            Source::Column(sql, scalar) => {
                if member.personal && !self.reads_personal(place) {
                    return self.fail("PERSONAL_DATA");
                }
                let value = self.oracle.value(place, *sql, *scalar);
                table::show(place.declaration, &value, *scalar)
            }
            Source::One(edge) => self.one(place, edge, merged),
            Source::Many(edge, list) => self.many(place, edge, *list, merged),
            Source::Part(part) => self.part(place, part, merged),
            Source::Figure(figure) => self.figure(place, figure, merged),
        };
        if json == Json::null() && !member.nullable && !matches!(member.source, Source::Many(..)) {
            self.broken.push(format!("{owner}.{}", member.name));
        }
        json
    }

    /// The function is the product's own; what it is given, and what is shown of what it gives, is done again here.
    fn figure(&mut self, place: Place, figure: &'static Figure, merged: &[&Field]) -> Json {
        let needs = figure.needs.iter().map(|(sql, scalar)| {
            table::show(place.declaration, &self.oracle.value(place, *sql, *scalar), *scalar).value()
        });
        let cells: Vec<Value> = needs.collect();
        let input = FigureInput {
            cells: &cells,
            arguments: &Map::new(),
            viewer: self.actor,
            locale: self.locale,
            today: today(),
        };
        match (figure.compute)(&input) {
            Ok(value) => self.shown(&value, figure.output, &document::below(merged)),
            Err(refusal) => self.fail(refusal.code.name()),
        }
    }

    fn shown(&mut self, value: &Value, shape: &'static Shape, sets: &[&SelectionSet]) -> Json {
        match (value, shape) {
            (Value::Array(items), Shape::List(inner)) => {
                Json::List(items.iter().map(|item| self.shown(item, inner, sets)).collect())
            }
            (Value::Object(fields), Shape::Object(object)) => {
                self.object(sets, &[object.name], |resolver, name, merged| {
                    let field = object.fields.iter().find(|field| field.name == name).expect("a field");
                    resolver.shown(&fields[name], field.shape, &document::below(merged))
                })
            }
            // What a JSON scalar holds has parts too.
            (value, _) => serde_json::from_value(value.clone()).expect("JSON"),
        }
    }

    fn part(&mut self, place: Place, part: &'static Part, merged: &[&Field]) -> Json {
        let present = part.present.map(|sql| self.oracle.value(place, Sql::Template(sql), Scalar::Boolean));
        if present.is_some_and(|present| present != Val::Bool(true)) {
            return Json::null();
        }
        self.object(&document::below(merged), &[part.name], |resolver, name, merged| {
            let member = part.members.iter().find(|member| member.name == name).expect("a member");
            resolver.member(place, part.name, member, merged)
        })
    }

    fn one(&mut self, place: Place, edge: &'static Edge, merged: &[&Field]) -> Json {
        if !self.may_read(edge.target) {
            return self.fail("FORBIDDEN");
        }
        let arguments = self.document.arguments(merged[0]);
        let moment = table::date(&arguments, "asOf").unwrap_or_else(|| self.oracle.along(place, edge));
        let far = self.far(place, edge, &arguments, moment);
        assert!(far.len() <= 1, "{} leads to several rows", merged[0].name.node);
        far.first().map_or(Json::null(), |far| self.entity(*far, &document::below(merged)))
    }

    fn many(&mut self, place: Place, edge: &'static Edge, list: List, merged: &[&Field]) -> Json {
        if !self.may_read(edge.target) {
            return self.fail("FORBIDDEN");
        }
        let arguments = self.document.arguments(merged[0]);
        let moment = table::date(&arguments, "asOf").unwrap_or_else(|| self.oracle.along(place, edge));
        // Both ends of a range stand in the order of time.
        if table::date(&arguments, "from").zip(table::date(&arguments, "to")).is_some_and(|(from, to)| to < from) {
            return self.fail("DATE_RANGE_EMPTY");
        }
        match list {
            List::Bounded(order) => {
                let mut far = self.far(place, edge, &arguments, moment);
                far.sort_by_cached_key(|far| self.oracle.bounded_key(*far, order));
                self.list(&far, &document::below(merged))
            }
            List::Connection => {
                if let Err(code) = self.check(edge.target, &arguments) {
                    return self.fail(code);
                }
                let far = self.far(place, edge, &arguments, moment);
                self.connection(edge.target, far, &arguments, merged)
            }
        }
    }

    fn list(&mut self, places: &[Place], sets: &[&SelectionSet]) -> Json {
        let items = places.iter().enumerate();
        Json::List(items.map(|(number, place)| self.under(number, |resolver| resolver.entity(*place, sets))).collect())
    }

    /// The rows that an edge shows to this actor on a day.
    fn far(&self, place: Place, edge: &'static Edge, arguments: &Map<String, Value>, moment: NaiveDate) -> Vec<Place> {
        let mut others: Vec<_> = edge
            .keys
            .iter()
            .enumerate()
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(number, key)| (format!("k{number}"), self.oracle.column(place, key).literal(Dialect::Sqlite)))
            .collect();
        // The generator gives dates; arguments that edges can do without have tests of their own.
        for argument in edge.arguments.iter().filter(|argument| argument.takes == Takes::Day) {
            let date = table::date(arguments, argument.name).expect("a date");
            others.push((argument.name.to_owned(), format!("'{date}'")));
        }
        let on = fill(edge.on, "t", (moment, moment), &others);
        let places = self.oracle.places(edge.target, &on, moment).into_iter();
        places.filter(|far| !edge.dated || self.oracle.in_force(*far, moment)).filter(|far| self.sees(*far)).collect()
    }

    /// May the actor read some row of the type?
    fn may_read(&self, declaration: &Declaration) -> bool {
        !self.actor.reach(declaration.visibility.subject).is_nothing()
    }

    /// Does the actor see this row?
    fn sees(&self, place: Place) -> bool {
        let visibility = place.declaration.visibility;
        let reach = self.actor.reach(visibility.subject);
        let owner = match visibility.owner {
            Owner::Nation => return !reach.is_nothing(),
            Owner::Column(column) => column,
            Owner::Through { table, key } => {
                let rows = self.oracle.data.table(table);
                let of_this = |row: &Uuid| rows.value(*row, key).uuid() == Some(place.id);
                let mut owners = rows.ids().into_iter().filter(of_this).map(|row| rows.value(row, "organization_id"));
                return owners.any(|owner| owner.uuid().is_some_and(|owner| reach.published.contains(owner)));
            }
        };
        let owner = self.oracle.column(place, owner).uuid().expect("an owner");
        if visibility.about.is_some_and(|about| !self.sees_told(place, about, owner)) {
            return false;
        }
        let published = || {
            let published = visibility.published;
            published.is_none_or(|sql| self.oracle.value(place, Sql::Template(sql), Scalar::Boolean) == Val::Bool(true))
        };
        let within = || {
            let unit = visibility.unit.map(|sql| self.oracle.value(place, Sql::Template(sql), Scalar::Id));
            unit.and_then(|unit| unit.uuid()).is_some_and(|unit| reach.within.contains(&unit))
        };
        let involved = || {
            let Some(involved) = visibility.involved else { return false };
            let any = |of: Keys, among: &[Uuid]| {
                let text = self.oracle.value(place, Sql::Template(of.text), Scalar::Text);
                let Val::Text(text) = text else { return false };
                keys(Some(&text)).iter().any(|key| among.contains(key))
            };
            any(involved.units, &reach.within) || any(involved.persons, &reach.persons)
        };
        reach.whole.contains(owner) || (reach.published.contains(owner) && published()) || within() || involved()
    }

    /// Does the actor see the object of which a row tells? What is gone has no state that would be published.
    fn sees_told(&self, place: Place, about: About, owner: Uuid) -> bool {
        let rows = self.oracle.data.table(place.declaration.table);
        let number = about.kind.map(|column| rows.value(place.id, column));
        let told = (about.among)().iter().copied().find(|declaration| {
            let kind = declaration.kind.map(|kind| Val::Int(kind as i64));
            number.is_none() || kind == number
        });
        let Some(told) = told else { return false };
        let reach = self.actor.reach(told.visibility.subject);
        let Some(sql) = told.visibility.published else { return reach.published.contains(owner) };
        let id = rows.value(place.id, about.key).uuid().expect("a key");
        let object = Place { declaration: told, id, asked: place.asked, part: None };
        let there = self.oracle.data.table(told.table).row(id).is_some();
        let published = || there && self.oracle.value(object, Sql::Template(sql), Scalar::Boolean) == Val::Bool(true);
        reach.whole.contains(owner) || reach.published.contains(owner) && published()
    }

    fn reads_personal(&self, place: Place) -> bool {
        let Owner::Column(owner) = place.declaration.visibility.owner else { return false };
        let owner = self.oracle.data.table(place.declaration.table).value(place.id, owner).uuid().expect("an owner");
        self.actor.reach(Subject::PersonalData).whole.contains(owner)
    }
}

fn declaration_of(id: &str) -> Option<(&'static Declaration, Uuid)> {
    let id = OpaqueId::parse(id)?;
    let declaration = ENTITIES.iter().find(|declaration| declaration.kind.map(|kind| kind as u8) == Some(id.number))?;
    Some((declaration, id.uuid))
}

fn place_today(declaration: &'static Declaration, id: Uuid, asked: Option<NaiveDate>) -> Place {
    Place { declaration, id, asked: asked.unwrap_or_else(today), part: None }
}
