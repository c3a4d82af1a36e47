//! Values of rows: as they are stored, compared, shown.

use std::cmp::Ordering;

use articula::graph::declaration::Within;

use super::*;

impl Oracle<'_> {
    /// The value of a column as it is stored; a view says it on the day that its row was asked for.
    pub(super) fn column(&self, place: Place, column: &str) -> Val {
        if place.declaration.is_view() {
            let found = self.select(format!("SELECT t.{column} FROM {}", row(place)));
            found.into_iter().next().unwrap_or(Val::Null)
        } else {
            self.data.table(place.declaration.table).value(place.id, column)
        }
    }

    /// The rows of an entity of which a condition on `t` holds, whoever sees them.
    pub(super) fn places(&self, declaration: &'static Declaration, condition: &str, moment: NaiveDate) -> Vec<Place> {
        let rows = rows(declaration, moment);
        if !declaration.is_view() {
            let found = self.select(format!("SELECT t.id FROM {rows} t WHERE ({condition})"));
            let ids = found.iter().filter_map(Val::uuid);
            return ids.map(|id| Place { declaration, id, asked: moment, part: None }).collect();
        }
        let told = "hex(t.id) || ' ' || hex(t.organization_id) || ' ' || t.part";
        let found = self.select(format!("SELECT {told} FROM {rows} t WHERE ({condition})"));
        let place = |told: &Val| {
            let Val::Text(told) = told else { panic!("{told:?} tells no row") };
            let mut told = told.split(' ');
            let mut next = || told.next().expect("three words");
            let (id, organization) = (next().parse().expect("a key"), next().parse().expect("a key"));
            Place { declaration, id, asked: moment, part: Some((organization, next().parse().expect("a number"))) }
        };
        found.iter().map(place).collect()
    }

    /// The value of a column or template on a row, on the day that the row is read at.
    pub(super) fn value(&self, place: Place, sql: Sql, scalar: Scalar) -> Val {
        let value = match sql {
            Sql::Column(column) => self.column(place, column),
            Sql::Template(template) => {
                let expression = fill(template, "t", (self.inside(place), place.asked), &[]);
                let found = self.select(format!("SELECT ({expression}) FROM {}", row(place)));
                found.into_iter().next().unwrap_or(Val::Null)
            }
        };
        match (value, scalar) {
            (Val::Int(number), Scalar::Boolean) => Val::Bool(number != 0),
            (Val::Text(text), Scalar::Date) => text.parse().map_or(Val::Null, Val::Date),
            (value, _) => value,
        }
    }

    /// Is a template true of a row on a day, whatever the day on which its own edges are read?
    pub(super) fn is_true(&self, place: Place, template: &'static str, day: NaiveDate) -> bool {
        let expression = fill(template, "t", (day, day), &[]);
        let found = self.select(format!("SELECT ({expression}) FROM {}", row(place)));
        matches!(found.first(), Some(Val::Bool(true) | Val::Int(1)))
    }

    /// The day on which an edge of a row is read.
    pub(super) fn along(&self, place: Place, edge: &Edge) -> NaiveDate {
        if edge.as_asked { place.asked } else { self.inside(place) }
    }

    /// The day on which a row's own edges are read.
    pub(super) fn inside(&self, place: Place) -> NaiveDate {
        match place.declaration.moment {
            Within::Asked => return place.asked,
            Within::Event(column) => return self.column(place, column).date().unwrap_or(place.asked),
            Within::Interval => {}
        }
        let (from, to) = self.interval(place);
        let day = to.map_or(place.asked, |to| place.asked.min(to.pred_opt().expect("a day before")));
        from.map_or(day, |from| day.max(from))
    }

    pub(super) fn in_force(&self, place: Place, day: NaiveDate) -> bool {
        let (from, to) = self.interval(place);
        from.is_some_and(|from| from <= day) && to.is_none_or(|to| day < to)
    }

    fn interval(&self, place: Place) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let table = self.data.table(place.declaration.table);
        (table.value(place.id, "valid_from").date(), table.value(place.id, "valid_to").date())
    }

    /// The key of a bounded list's order: columns, a missing value the greatest.
    pub(super) fn bounded_key(&self, place: Place, order: &str) -> Vec<Sorted> {
        let columns = order.split(", ").map(|key| {
            let column = key.strip_prefix("{t}.").unwrap_or_else(|| panic!("{order} is not a list of columns"));
            self.column(place, column.trim_end_matches(" NULLS LAST"))
        });
        columns.map(Sorted).collect()
    }
}

/// The rows of an entity as `FROM` names them, on a day.
fn rows(declaration: &Declaration, moment: NaiveDate) -> String {
    view(declaration.table, "", &format!("'{moment}'"), None, |_| "NULL".to_owned())
}

/// One row as `FROM` and `WHERE` name it.
fn row(place: Place) -> String {
    let literal = |key: Uuid| Val::Uuid(key).literal(Dialect::Sqlite);
    let told = place
        .part
        .map(|(organization, part)| format!(" AND t.organization_id = {} AND t.part = {part}", literal(organization)));
    let rows = rows(place.declaration, place.asked);
    format!("{rows} t WHERE t.id = {}{}", literal(place.id), told.unwrap_or_default())
}

/// A value with its place in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted(pub Val);

impl Ord for Sorted {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(&self.0, &other.0)
    }
}
impl PartialOrd for Sorted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Missing values are the greatest; texts are compared byte by byte.
pub(super) fn compare(one: &Val, other: &Val) -> Ordering {
    match (one, other) {
        (Val::Null, Val::Null) => Ordering::Equal,
        (Val::Null, _) => Ordering::Greater,
        (_, Val::Null) => Ordering::Less,
        (Val::Int(one), Val::Int(other)) => one.cmp(other),
        (Val::Bool(one), Val::Bool(other)) => one.cmp(other),
        (Val::Text(one), Val::Text(other)) => one.as_bytes().cmp(other.as_bytes()),
        (Val::Uuid(one), Val::Uuid(other)) => one.as_bytes().cmp(other.as_bytes()),
        (Val::Date(one), Val::Date(other)) => one.cmp(other),
        _ => panic!("{one:?} and {other:?} are not of one kind"),
    }
}

/// A stored value as the answer shows it.
pub(super) fn show(declaration: &Declaration, value: &Val, scalar: Scalar) -> Json {
    let leaf = match (value, scalar) {
        (Val::Uuid(uuid), _) => {
            let number = declaration.kind.map_or(0, |kind| kind as u8);
            OpaqueId { number, uuid: *uuid }.to_string().into()
        }
        (Val::Text(list), Scalar::TextList) => {
            let items: Vec<String> = serde_json::from_str(list).expect("a list");
            return Json::List(items.into_iter().map(|item| Json::Leaf(item.into())).collect());
        }
        (Val::Int(number), Scalar::Enum(vocabulary)) => {
            vocabulary.terms.iter().find(|term| i64::from(term.number) == *number).map(|term| term.name).into()
        }
        (Val::Int(micros), Scalar::DateTime) => {
            let time = chrono::DateTime::from_timestamp_micros(*micros).expect("an instant");
            time.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string().into()
        }
        (Val::Int(number), Scalar::BigInt) => number.to_string().into(),
        (Val::Int(number), Scalar::Decimal) => format!("{}.{:02}", number / 100, number % 100).into(),
        (Val::Int(number), _) => (*number).into(),
        (Val::Bool(truth), _) => (*truth).into(),
        (Val::Text(text), _) => text.clone().into(),
        (Val::Date(date), _) => date.format("%Y-%m-%d").to_string().into(),
        (Val::Null, _) => Value::Null,
    };
    Json::Leaf(leaf)
}

/// An optional date among arguments.
pub(super) fn date(arguments: &Map<String, Value>, name: &str) -> Option<NaiveDate> {
    arguments.get(name)?.as_str().map(|text| text.parse().expect("a date"))
}
