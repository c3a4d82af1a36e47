//! What rests on a row: found by the database as lines of a cell, so that an act and what is said of it beforehand look at the
//! same, and named to those who may see it.

use chrono::NaiveDate;
use entity::{Interval, Kind};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    access::actor::Actor,
    catalogue::ENTITIES,
    graph::error::{ErrorCode, Mention, Refusal},
    reader::arguments::parse_date,
};

/// Most objects that a refusal names.
const NAMED: usize = 20;

/// The SQL of a cell with what rests on a row, the last to end first. Each part selects the number of a kind, the key
/// (`{text}(…)`), 1 where everybody of the organization sees it and 0 where only those who see drafts do, the first day, the day
/// after the last, and a name of one line.
macro_rules! uses {
    ($part:expr $(, $more:expr)*) => {
        concat!(
            "(SELECT string_agg(CAST(y.kind AS TEXT) || ' ' || y.key || ' ' || CAST(y.shown AS TEXT) || ' ' || \
             CAST(y.first_day AS TEXT) || ' ' || COALESCE(CAST(y.last_day AS TEXT), '-') || ' ' || y.name, '\n' \
             ORDER BY y.last_day IS NOT NULL, y.last_day DESC, y.kind, y.name, y.key) \
             FROM (SELECT * FROM (",
            $part,
            $( " UNION ALL ", $more, )*
            ") x ORDER BY x.last_day IS NOT NULL, x.last_day DESC, x.kind, x.name, x.key LIMIT 21) y)"
        )
    };
}
pub(crate) use uses;

/// The columns of a part of [`uses`].
macro_rules! used_by {
    ($kind:literal, $row:literal, $shown:expr, $name:expr) => {
        concat!(
            "SELECT ",
            $kind,
            " AS kind, {text}(",
            $row,
            ".id) AS key, ",
            $shown,
            " AS shown, ",
            $row,
            ".valid_from AS first_day, ",
            $row,
            ".valid_to AS last_day, ",
            $name,
            " AS name"
        )
    };
}
pub(crate) use used_by;

/// Something that rests on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The days on which it does.
    pub days: Interval,
    /// What it is, for who may see it.
    pub named: Option<Mention>,
}

/// What a cell of [`uses`] says, to whoever acts or asks.
pub fn read(cell: Option<&str>, organization: Uuid, actor: &Actor) -> Vec<Use> {
    cell.unwrap_or_default().lines().filter_map(|line| line_of(line, organization, actor)).collect()
}

fn line_of(line: &str, organization: Uuid, actor: &Actor) -> Option<Use> {
    let mut words = line.splitn(6, ' ');
    let number: u8 = words.next()?.parse().ok()?;
    let declared = ENTITIES.iter().find(|entity| entity.kind.is_some_and(|kind| kind as u8 == number))?;
    let kind: Kind = declared.kind?;
    let key = Uuid::parse_str(words.next()?).ok()?;
    let published = words.next()? == "1";
    let days = Interval::new(parse_date(words.next()?)?, words.next().and_then(parse_date))?;
    let reach = actor.reach(declared.visibility.subject);
    let seen = reach.whole.contains(organization) || published && reach.published.contains(organization);
    let name = words.next()?.to_owned();
    Some(Use { days, named: seen.then_some(Mention { kind, key, name }) })
}

/// STILL_IN_USE at an argument when there are any, naming those that may be named.
pub fn in_use<'a>(uses: impl IntoIterator<Item = &'a Use>, at: &str) -> Vec<Refusal> {
    let mut uses = uses.into_iter().peekable();
    if uses.peek().is_none() {
        return Vec::new();
    }
    vec![still_in_use(uses.filter_map(|it| it.named.clone())).at([at])]
}

/// STILL_IN_USE, naming what stands in the way; each once.
pub fn still_in_use(by: impl IntoIterator<Item = Mention>) -> Refusal {
    let mut named: Vec<Mention> = Vec::new();
    for mention in by {
        if !named.contains(&mention) && named.len() < NAMED {
            named.push(mention);
        }
    }
    let refusal = Refusal::from(ErrorCode::StillInUse);
    let named: Vec<Value> = named.into_iter().map(Value::from).collect();
    if named.is_empty() { refusal } else { refusal.with("usedBy", named) }
}

/// Those among them that rest on the row on or after a day; without one, those that do whatever day before `end` is chosen
/// (none: it has no end).
pub fn left_after(uses: &[Use], day: Option<NaiveDate>, end: Option<NaiveDate>) -> impl Iterator<Item = &Use> {
    let latest = day.or_else(|| end.and_then(|end| end.pred_opt()));
    uses.iter().filter(move |it| it.days.to().is_none_or(|to| latest.is_some_and(|latest| to > latest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    #[test]
    fn without_a_day_only_what_no_day_avoids_stands_in_the_way() {
        let until =
            |to: Option<&str>| Use { days: Interval::new(day("2026-01-01"), to.map(day)).expect("days"), named: None };
        let uses = [until(None), until(Some("2027-01-01"))];
        let count = |on: Option<&str>, end: Option<&str>| left_after(&uses, on.map(day), end.map(day)).count();
        assert_eq!(count(Some("2026-06-01"), None), 2);
        assert_eq!(count(Some("2027-01-01"), None), 1);
        assert_eq!(count(None, None), 1);
        assert_eq!(count(None, Some("2027-01-01")), 2, "it would have to end before that day");
        assert_eq!(count(None, Some("2027-02-01")), 1);
    }

    #[test]
    fn who_stands_in_the_way_is_named_once_and_in_words() {
        let key = Uuid::from_u128(7);
        let post = Mention { kind: Kind::Post, key, name: "Profesional, Calidad".to_owned() };
        let refusal = still_in_use([post.clone(), post.clone()]);
        assert_eq!(refusal.params["usedBy"], Value::from(vec![Value::from(post)]));
        let text = refusal.message(crate::graph::error::Locale::EsCo);
        assert_eq!(text, "No se puede retirar porque otros registros dependen de él: cargo “Profesional, Calidad”.");
        let bare = still_in_use([]).message(crate::graph::error::Locale::En);
        assert_eq!(bare, "It cannot be removed because other records depend on it.");
    }
}
