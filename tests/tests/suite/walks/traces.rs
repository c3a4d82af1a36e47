//! What an act leaves behind: the rows that changed, and the history that tells of them.

use std::collections::{BTreeMap, BTreeSet};

use articula::{
    catalogue::ENTITIES,
    graph::declaration::{Member, Source, Sql},
};
use articula_tests::rows::{Row, Rows, only};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::calls::Call;

/// Tables that the service keeps for itself: no object of the domain is in them.
const MACHINERY: &[&str] = &[
    "history_entry",
    "chain_head",
    "outbox",
    "outbox_head",
    "idempotency",
    "setting",
    "access_epoch",
    "person_key",
    "personal_data_read",
];

/// Tables whose rows nobody owns, so that no history tells of them: who invites somebody makes the account.
const OWNERLESS: &[&str] = &["account"];

/// Nothing changed.
pub fn same(before: &Rows, after: &Rows, why: &str) {
    for table in before.keys() {
        let (fresh, gone) = (only(after, before, table), only(before, after, table));
        assert!(fresh.is_empty() && gone.is_empty(), "{why} left a trace in {table}: {gone:?} became {fresh:?}");
    }
}

/// A change of one object: its columns before and after, a missing one null.
type Change = BTreeMap<String, (Value, Value)>;

/// The history tells every change, with who did it, in which request, by which act and why; and nothing else.
pub fn told(call: &Call, said: &str, before: &Rows, after: &Rows, requests: [&String; 2]) {
    let act = call.act;
    let entries = only(after, before, "history_entry");
    assert!(!entries.is_empty(), "{act} left no history");
    let requested: BTreeSet<_> = entries.iter().map(|entry| entry["request_id"].as_str().unwrap_or_default()).collect();
    assert_eq!(requested.len(), 1, "{act} acted more than once: {requested:?}");
    assert!(requests.iter().any(|id| requested.contains(id.as_str())), "{act}: {requested:?} is not {requests:?}");
    let reason = said.split("reason: \"").nth(1).map(|rest| rest[..rest.find('"').unwrap_or_default()].to_owned());
    for entry in &entries {
        assert_eq!(entry["act"], act);
        assert_eq!(entry["reason"].as_str(), reason.as_deref(), "{act}");
        assert_eq!(subject(after, &entry["account_id"]), call.doer(), "{act}: who did it");
    }
    let announced: BTreeSet<_> = only(after, before, "outbox").iter().map(|row| key(&row["object_id"])).collect();
    let recorded: BTreeSet<_> = entries.iter().map(|row| key(&row["object_id"])).collect();
    assert_eq!(announced, recorded, "{act}: what is announced and what is recorded");
    let (mut told, links) = as_told(&entries);
    for table in before.keys().filter(|table| !MACHINERY.contains(&table.as_str())) {
        let (gone, fresh) = (only(before, after, table), only(after, before, table));
        if OWNERLESS.contains(&table.as_str()) {
            continue;
        }
        if !gone.iter().chain(&fresh).all(|row| row.contains_key("id")) {
            linked(act, table, &gone, &fresh, &links);
            continue;
        }
        for (object, change) in changed(&gone, &fresh) {
            let known = told.remove(&object).unwrap_or_else(|| panic!("{act} changed {table} {object} silently"));
            compare(act, table, &change, &known);
        }
    }
    told.retain(|_, change| !change.is_empty());
    assert!(told.is_empty(), "{act} tells what did not happen: {told:?}");
}

/// Who an account is.
fn subject(rows: &Rows, account: &Value) -> String {
    let accounts = rows["account"].iter().map(|row| serde_json::from_str::<Row>(row).expect("a row"));
    let mut known = accounts.filter(|row| key(&row["id"]) == key(account));
    known.next().and_then(|row| row["subject"].as_str().map(str::to_owned)).unwrap_or_default()
}

fn key(value: &Value) -> Option<Uuid> {
    value.as_str().and_then(|text| Uuid::parse_str(text).ok())
}

/// What the entries tell of each object, several of them taken together; and of rows that only join two others.
fn as_told(entries: &[Row]) -> (BTreeMap<Uuid, Change>, Vec<(String, Value)>) {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|entry| (entry["organization_id"].to_string(), entry["sequence"].as_i64()));
    let (mut objects, mut links) = (BTreeMap::<Uuid, Change>::new(), Vec::new());
    for entry in entries {
        let changes: Map<String, Value> =
            serde_json::from_str(entry["changes"].as_str().unwrap_or_default()).expect("what changed");
        let object = objects.entry(key(&entry["object_id"]).expect("an object")).or_default();
        for (name, change) in changes {
            if change[0].is_object() || change[1].is_object() {
                links.push((name, change));
                continue;
            }
            // Personal values are not told in the clear.
            let (old, new) = match change.as_array() {
                Some(pair) => (pair[0].clone(), pair[1].clone()),
                None => (Value::Null, change),
            };
            let known = object.entry(name).or_insert_with(|| (old.clone(), Value::Null));
            known.1 = new;
        }
        object.retain(|_, (old, new)| old != new);
    }
    (objects, links)
}

/// The objects of a table that changed.
fn changed(before: &[Row], after: &[Row]) -> BTreeMap<Uuid, Change> {
    let by_key = |rows: &[Row]| -> BTreeMap<Uuid, Row> {
        rows.iter().filter_map(|row| Some((key(&row["id"])?, row.clone()))).collect()
    };
    let (before, after) = (by_key(before), by_key(after));
    let mut objects = BTreeMap::new();
    for object in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(object), after.get(object));
        let some = old.or(new).expect("a row");
        let value = |row: Option<&Row>, column: &str| row.map_or(Value::Null, |row| row[column].clone());
        let columns = some.keys().filter(|column| is_told(some, column));
        let change: Change = columns
            .map(|column| (column.clone(), (value(old, column), value(new, column))))
            .filter(|(_, (old, new))| old != new)
            .collect();
        if old != new {
            // Empty when only the count of its writings grew: something that belongs to it changed.
            objects.insert(*object, change);
        }
    }
    objects
}

/// Is a column told: neither the key, nor the owner, nor the count of writings, nor what is folded from another, nor the
/// hash of a secret?
fn is_told(row: &Row, column: &str) -> bool {
    let folded = column.strip_suffix("_key").is_some_and(|of| row.contains_key(of));
    !matches!(column, "id" | "organization_id" | "row_version") && !folded && !column.ends_with("_hash")
}

fn compare(act: &str, table: &str, happened: &Change, told: &Change) {
    let (personal, shown) = (personal(table), columns(table, |_| true));
    for (column, (old, new)) in happened {
        let known = told.get(column).unwrap_or_else(|| panic!("{act} changed {table}.{column} and does not tell"));
        // Personal values are withheld, and what nobody is ever shown, such as the hash of a secret.
        if known.1.is_object() {
            let clear = |value: &Value| value.as_str().is_some_and(|text| format!("{known:?}").contains(text));
            assert!(!clear(old) && !clear(new), "{act} tells {table}.{column} in the clear: {known:?}");
            // Who somebody is, is withheld whole, the name too.
            let somebody = ["person", "member"].contains(&table);
            let withheld = somebody || personal.contains(&column.as_str()) || !shown.contains(&column.as_str());
            assert!(withheld, "{act} withholds {table}.{column}");
        } else {
            assert!(!personal.contains(&column.as_str()), "{act} tells {table}.{column} in the clear");
            let same = alike(old, &known.0) && alike(new, &known.1);
            assert!(same, "{act}: {table}.{column} went from {old} to {new}, told is {known:?}");
        }
    }
    // A personal value that was written is told even when it is the same.
    let more = told.keys().filter(|column| !happened.contains_key(*column) && !personal.contains(&column.as_str()));
    assert_eq!(more.collect::<Vec<_>>(), Vec::<&String>::new(), "{act}: {table} is told to have changed in more");
}

/// Columns of a table that hold personal data.
fn personal(table: &str) -> Vec<&'static str> {
    columns(table, |member| member.personal)
}

/// Columns of a table that the schema shows.
fn columns(table: &str, wanted: fn(&Member) -> bool) -> Vec<&'static str> {
    let of_table = ENTITIES.iter().filter(|declaration| declaration.table == table);
    let members = of_table.flat_map(|declaration| declaration.members).filter(|member| wanted(member));
    let column = |member: &Member| match member.source {
        Source::Column(Sql::Column(column), _) => Some(column),
        _ => None,
    };
    members.filter_map(column).collect()
}

/// The same value, however a database and the history write it.
fn alike(stored: &Value, told: &Value) -> bool {
    match (stored, told) {
        (Value::Number(number), Value::Bool(truth)) => number.as_i64() == Some(i64::from(*truth)),
        (Value::String(_), Value::String(_)) if key(stored).is_some() => key(stored) == key(told),
        _ => stored == told,
    }
}

/// Rows without a key are told as a change of what they join.
fn linked(act: &str, table: &str, gone: &[Row], fresh: &[Row], links: &[(String, Value)]) {
    for (place, row) in gone.iter().map(|row| (0, row)).chain(fresh.iter().map(|row| (1, row))) {
        let says = |link: &Value| {
            row.iter()
                .filter(|(column, _)| *column != "organization_id")
                .all(|(column, value)| alike(value, &link[column]))
        };
        let told = links.iter().any(|(name, change)| name == table && says(&change[place]));
        assert!(told, "{act} changed {table} silently: {row:?}");
    }
}
