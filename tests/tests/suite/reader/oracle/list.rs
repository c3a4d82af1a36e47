//! Lists: filters, orders, pages, groups.

use std::cmp::Ordering;

use super::{table::compare, *};
use crate::reader::answer::position;

/// A key of an order: the edge, if one leads to it, the member, and whether from the greatest down.
type Key = (Option<&'static Edge>, &'static Member, bool);

impl Resolver<'_> {
    /// What is wrong with the arguments of a list, before any row is looked at.
    pub(super) fn check(
        &self,
        declaration: &'static Declaration,
        arguments: &Map<String, Value>,
    ) -> Result<(), Refused> {
        let sizes = [size(arguments, "first"), size(arguments, "last")];
        let valid = match sizes {
            [Some(size), None] | [None, Some(size)] => (1..=100).contains(&size),
            _ => false,
        };
        if !valid {
            return Err("PAGE_SIZE_INVALID");
        }
        if let Some(condition) = given(arguments, "where") {
            well_formed(declaration, condition)?;
        }
        let keys = keys(declaration, arguments).len() + if declaration.is_view() { 3 } else { 1 };
        for name in ["after", "before"] {
            let cursor = given(arguments, name).and_then(Value::as_str);
            if cursor.is_some_and(|cursor| position(cursor).is_none_or(|position| position.len() != keys)) {
                return Err("CURSOR_INVALID");
            }
        }
        Ok(())
    }

    /// A connection over the rows of an edge or a root field; the arguments are in order.
    pub(super) fn connection(
        &mut self,
        declaration: &'static Declaration,
        mut rows: Vec<Place>,
        arguments: &Map<String, Value>,
        merged: &[&Field],
    ) -> Json {
        if let Some(condition) = given(arguments, "where") {
            rows.retain(|row| self.holds(*row, condition));
        }
        let total = rows.len();
        let keys = keys(declaration, arguments);
        let mut ordered: Vec<_> = rows.iter().map(|row| (self.position(*row, &keys), *row)).collect();
        ordered.sort_by(|one, other| along(&keys, &one.0, &other.0));
        let [after, before] = ["after", "before"].map(|name| {
            given(arguments, name)
                .and_then(Value::as_str)
                .map(|cursor| typed(position(cursor).expect("checked"), &keys))
        });
        ordered.retain(|(place, _)| after.as_ref().is_none_or(|after| along(&keys, place, after).is_gt()));
        ordered.retain(|(place, _)| before.as_ref().is_none_or(|before| along(&keys, place, before).is_lt()));
        let backwards = size(arguments, "last");
        let limit = backwards.or(size(arguments, "first")).expect("checked") as usize;
        let more = ordered.len() > limit;
        let cut = if backwards.is_some() { ordered.len().saturating_sub(limit) } else { 0 };
        let page: Vec<_> = ordered.into_iter().skip(cut).take(limit).map(|(_, row)| row).collect();
        let follows = (more && backwards.is_none()) || before.is_some();
        let precedes = (more && backwards.is_some()) || after.is_some();
        let names = [format!("{}Connection", declaration.name), format!("{}Edge", declaration.name)];
        self.object(&document::below(merged), &[&names[0]], |resolver, name, merged| match name {
            "totalCount" => Json::Leaf(total.into()),
            "nodes" => resolver.list(&page, &document::below(merged)),
            "edges" => resolver.edges(&page, &names[1], &document::below(merged)),
            _ => resolver.object(&document::below(merged), &["PageInfo"], |_, name, _| match name {
                "hasNextPage" => Json::Leaf(follows.into()),
                "hasPreviousPage" => Json::Leaf(precedes.into()),
                "startCursor" => page.first().map_or(Json::null(), |row| Json::Cursor(row.id)),
                _ => page.last().map_or(Json::null(), |row| Json::Cursor(row.id)),
            }),
        })
    }

    fn edges(&mut self, page: &[Place], type_name: &str, sets: &[&SelectionSet]) -> Json {
        let edges = page.iter().enumerate().map(|(number, row)| {
            self.under(number, |resolver| {
                resolver.object(sets, &[type_name], |resolver, name, merged| match name {
                    "cursor" => Json::Cursor(row.id),
                    _ => resolver.entity(*row, &document::below(merged)),
                })
            })
        });
        Json::List(edges.collect())
    }

    /// Counts by group, the largest first.
    pub(super) fn groups(&mut self, rows: Vec<Place>, arguments: &Map<String, Value>, merged: &[&Field]) -> Json {
        let declaration = rows.first().map(|row| row.declaration);
        let asked = rows.first().map_or(today(), |row| row.asked);
        let words: Vec<String> = serde_json::from_value(arguments["by"].clone()).expect("words");
        let mut groups: Vec<(Vec<Val>, usize)> = Vec::new();
        let mut paths: Vec<Key> = Vec::new();
        for row in rows {
            paths = words.iter().map(|word| path(declaration.expect("a row"), word, false).expect("a word")).collect();
            for values in self.groups_of(row, &paths) {
                match groups.iter_mut().find(|(known, _)| *known == values) {
                    Some((_, count)) => *count += 1,
                    None => groups.push((values, 1)),
                }
            }
        }
        let by_key = |one: &[Val], other: &[Val]| {
            one.iter().zip(other).map(|(one, other)| compare(one, other)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
        };
        groups.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| by_key(&one.0, &other.0)));
        groups.truncate(size(arguments, "first").unwrap_or(100) as usize);
        self.object(&document::below(merged), &["Groups"], |resolver, _, merged| {
            let items = groups.iter().enumerate().map(|(number, (values, count))| {
                resolver.under(number, |resolver| {
                    resolver.object(&document::below(merged), &["Group"], |resolver, name, merged| match name {
                        "count" => Json::Leaf((*count).into()),
                        _ => resolver.group_key(&words, (values, &paths), asked, merged),
                    })
                })
            });
            Json::List(items.collect())
        })
    }

    /// The groups of which a row is one: those of every choice of one far row along each edge, each group once.
    fn groups_of(&self, row: Place, paths: &[Key]) -> Vec<Vec<Val>> {
        let mut edges: Vec<&'static Edge> = Vec::new();
        for edge in paths.iter().filter_map(|(edge, ..)| *edge) {
            if !edges.iter().any(|known| std::ptr::eq(*known, edge)) {
                edges.push(edge);
            }
        }
        let mut choices: Vec<Vec<Option<Place>>> = vec![Vec::new()];
        for edge in &edges {
            let far = self.far(row, edge, &Map::new(), self.oracle.along(row, edge));
            let far: Vec<_> = if far.is_empty() { vec![None] } else { far.into_iter().map(Some).collect() };
            let longer = choices.iter().flat_map(|chosen| far.iter().map(move |far| [&chosen[..], &[*far]].concat()));
            choices = longer.collect();
        }
        let mut groups: Vec<Vec<Val>> = Vec::new();
        for chosen in choices {
            let value = |(edge, member, _): &Key| {
                let place = edges.iter().position(|known| edge.is_some_and(|edge| std::ptr::eq(*known, edge)));
                let near = place.map_or(Some(row), |place| chosen[place]);
                near.map_or(Val::Null, |near| self.compared(near, member, false))
            };
            let values = paths.iter().map(value).collect();
            if !groups.contains(&values) {
                groups.push(values);
            }
        }
        groups
    }

    /// What a row that a group stands for is called on the day.
    fn called(&self, target: &'static Declaration, id: Uuid, asked: NaiveDate) -> Value {
        let member = ["name", "code"].into_iter().find_map(|name| target.member(name)).expect("a name");
        let place = Place { declaration: target, id, asked, part: None };
        match self.compared(place, member, false) {
            Val::Text(text) => text.into(),
            other => panic!("{} is called {other:?}", target.name),
        }
    }

    fn group_key(
        &mut self,
        words: &[String],
        (values, paths): (&[Val], &[Key]),
        asked: NaiveDate,
        merged: &[&Field],
    ) -> Json {
        let locale = self.locale;
        let items =
            words.iter().zip(values).zip(paths).enumerate().map(|(number, ((word, value), (edge, member, _)))| {
                let scalar = &scalar(member);
                self.under(number, |resolver| {
                    resolver.object(&document::below(merged), &["GroupKey"], |resolver, name, _| {
                        let term = match (value, scalar) {
                            (Val::Int(number), Scalar::Enum(list)) => {
                                list.terms.iter().find(|term| i64::from(term.number) == *number)
                            }
                            _ => None,
                        };
                        Json::Leaf(match (name, term, value) {
                            ("field", ..) => word.clone().into(),
                            (_, _, Val::Null) => Value::Null,
                            ("label", Some(term), _) if locale == Locale::En => term.en.into(),
                            ("label", Some(term), _) => term.es.into(),
                            (_, Some(term), _) => term.name.into(),
                            (_, None, Val::Text(text)) => text.clone().into(),
                            (_, None, Val::Bool(truth)) => truth.to_string().into(),
                            (_, None, Val::Int(number)) => number.to_string().into(),
                            ("label", None, Val::Uuid(id)) => {
                                resolver.called(edge.expect("an edge").target, *id, asked)
                            }
                            (_, None, Val::Uuid(id)) => {
                                let kind = edge.and_then(|edge| edge.target.kind).expect("a kind") as u8;
                                OpaqueId { number: kind, uuid: *id }.to_string().into()
                            }
                            (_, None, other) => panic!("grouped by {other:?}"),
                        })
                    })
                })
            });
        Json::List(items.collect())
    }

    /// The values by which a row has its place, the id last.
    fn position(&self, row: Place, keys: &[Key]) -> Vec<Val> {
        let part = row.part.map(|(organization, part)| [Val::Uuid(organization), Val::Int(part)]);
        let told = part.into_iter().flatten().chain([Val::Uuid(row.id)]);
        keys.iter().map(|key| self.key(row, key, true)).chain(told).collect()
    }

    fn key(&self, row: Place, (edge, member, _): &Key, folding: bool) -> Val {
        let near = match edge {
            None => row,
            Some(edge) => match self.far(row, edge, &Map::new(), self.oracle.along(row, edge)).first() {
                Some(far) => *far,
                None => return Val::Null,
            },
        };
        self.compared(near, member, folding)
    }

    /// The value that comparisons see: a folded text where the member says so.
    fn compared(&self, row: Place, member: &'static Member, folding: bool) -> Val {
        let Source::Column(sql, scalar) = &member.source else { panic!("{} is no value", member.name) };
        match self.oracle.value(row, *sql, *scalar) {
            Val::Text(text) if folding && member.folded.is_some() => Val::Text(entity::fold(&text)),
            value => value,
        }
    }

    /// Does the row fulfil the condition?
    pub(super) fn holds(&self, row: Place, condition: &Value) -> bool {
        let condition = condition.as_object().expect("checked");
        condition.iter().all(|(name, value)| match name.as_str() {
            "and" => items(value).iter().all(|inner| self.holds(row, inner)),
            "or" => items(value).iter().any(|inner| self.holds(row, inner)),
            "not" => !self.holds(row, value),
            name => self.member_holds(row, row.declaration.member(name).expect("checked"), value),
        })
    }

    fn member_holds(&self, row: Place, member: &'static Member, value: &Value) -> bool {
        let far = |edge: &'static Edge| self.far(row, edge, &Map::new(), self.oracle.along(row, edge));
        let tests = value.as_object().expect("checked");
        match &member.source {
            Source::One(edge) => far(edge).iter().any(|far| self.holds(*far, value)),
            Source::Many(edge, _) => {
                let far = far(edge);
                tests.iter().all(|(quantifier, inner)| match quantifier.as_str() {
                    "some" => far.iter().any(|far| self.holds(*far, inner)),
                    "every" => far.iter().all(|far| self.holds(*far, inner)),
                    _ => !far.iter().any(|far| self.holds(*far, inner)),
                })
            }
            Source::Column(_, scalar) => {
                let found = self.compared(row, member, true);
                let wanted = |value: &Value| stored(row.declaration, member, *scalar, value).expect("checked");
                tests.iter().all(|(operator, value)| fulfils(&found, operator, value, &wanted))
            }
            _ => panic!("{} has no place in a filter", member.name),
        }
    }
}

fn fulfils(found: &Val, operator: &str, value: &Value, wanted: &dyn Fn(&Value) -> Val) -> bool {
    let among = || items(value).iter().any(|item| *found == wanted(item));
    let ordering = || (*found != Val::Null).then(|| compare(found, &wanted(value)));
    let texts = || match (found, wanted(value)) {
        (Val::Text(found), Val::Text(wanted)) => Some((found.clone(), wanted)),
        _ => None,
    };
    match operator {
        "eq" => *found == wanted(value),
        "ne" => *found != wanted(value),
        "in" => among(),
        "notIn" => !among(),
        "lt" => ordering() == Some(Ordering::Less),
        "lte" => ordering().is_some_and(Ordering::is_le),
        "gt" => ordering() == Some(Ordering::Greater),
        "gte" => ordering().is_some_and(Ordering::is_ge),
        "contains" => texts().is_some_and(|(found, wanted)| found.contains(&wanted)),
        "startsWith" => texts().is_some_and(|(found, wanted)| found.starts_with(&wanted)),
        _ => (*found == Val::Null) == (value == &Value::Bool(true)),
    }
}

/// The value of a comparison as rows store it.
fn stored(owner: &Declaration, member: &Member, scalar: Scalar, value: &Value) -> Option<Val> {
    let text = value.as_str();
    Some(match scalar {
        Scalar::Id => {
            let id = OpaqueId::parse(text?)?;
            let right = owner.kind.map(|kind| kind as u8) == Some(id.number);
            Val::Uuid(if right { id.uuid } else { Uuid::nil() })
        }
        Scalar::Text if member.folded.is_some() => Val::Text(entity::fold(text?)),
        Scalar::Text | Scalar::Url => Val::Text(text?.to_owned()),
        Scalar::Int => Val::Int(value.as_i64()?),
        Scalar::BigInt => Val::Int(text?.parse().ok()?),
        Scalar::Decimal => Val::Int(text?.parse::<entity::Amount>().ok()?.0),
        Scalar::Boolean => Val::Bool(value.as_bool()?),
        Scalar::Date => Val::Date(text?.parse().ok()?),
        Scalar::DateTime => Val::Int(chrono::DateTime::parse_from_rfc3339(text?).ok()?.timestamp_micros()),
        Scalar::Enum(list) => Val::Int(list.terms.iter().find(|term| Some(term.name) == text)?.number.into()),
        Scalar::TextList | Scalar::Json => return None,
    })
}

/// Nulls have no place in a filter, nor has what is no id.
pub(super) fn well_formed(declaration: &'static Declaration, condition: &Value) -> Result<(), Refused> {
    for (name, value) in condition.as_object().expect("an object") {
        if value.is_null() {
            return Err("FILTER_INVALID");
        }
        let inner: Vec<_> = match name.as_str() {
            "and" | "or" | "not" => items(value).into_iter().map(|inner| (declaration, inner)).collect(),
            name => match &declaration.member(name).expect("a member").source {
                Source::One(edge) => vec![(edge.target, value.clone())],
                Source::Many(edge, _) => {
                    value.as_object().expect("quantifiers").values().map(|inner| (edge.target, inner.clone())).collect()
                }
                Source::Column(_, scalar) => {
                    let member = declaration.member(name).expect("a member");
                    for (operator, value) in value.as_object().expect("operators") {
                        let values = if matches!(operator.as_str(), "in" | "notIn") {
                            items(value)
                        } else {
                            vec![value.clone()]
                        };
                        let fits = match operator.as_str() {
                            "isNull" => value.is_boolean(),
                            _ => {
                                !value.is_null()
                                    && values.iter().all(|value| stored(declaration, member, *scalar, value).is_some())
                            }
                        };
                        if !fits {
                            return Err("FILTER_INVALID");
                        }
                    }
                    Vec::new()
                }
                _ => return Err("FILTER_INVALID"),
            },
        };
        for (declaration, inner) in inner {
            well_formed(declaration, &inner)?;
        }
    }
    Ok(())
}

fn keys(declaration: &'static Declaration, arguments: &Map<String, Value>) -> Vec<Key> {
    let Some(order) = given(arguments, "orderBy") else {
        let key = |name: &&'static str| {
            let descending = name.starts_with('-');
            (None, declaration.member(name.trim_start_matches('-')).expect("a member"), descending)
        };
        return declaration.default_order.iter().map(key).collect();
    };
    let keys = items(order).into_iter().map(|key| {
        let descending = key["direction"] == "DESC";
        path(declaration, key["field"].as_str().expect("a word"), descending).expect("a key")
    });
    keys.collect()
}

/// `UNIT_NAME` is the member `name` at the end of the edge `unit`; an edge that can be counted by stands for what it leads to.
fn path(declaration: &'static Declaration, word: &str, descending: bool) -> Option<Key> {
    let word = word.to_lowercase();
    let is = |name: &str| word.replace('_', "") == name.to_lowercase();
    for member in declaration.members {
        match &member.source {
            Source::Column(..) if is(member.name) => return Some((None, member, descending)),
            Source::One(edge) | Source::Many(edge, _) => {
                if member.group && is(member.name) {
                    return Some((Some(edge), edge.target.member("id").expect("an id"), descending));
                }
                let fans = matches!(member.source, Source::Many(..));
                let found = edge.target.members.iter().find(|far| {
                    matches!(far.source, Source::Column(..)) && is(&format!("{}{}", member.name, far.name))
                });
                if let Some(far) = found.filter(|_| member.group || !fans) {
                    return Some((Some(edge), far, descending));
                }
            }
            _ => {}
        }
    }
    None
}

fn along(keys: &[Key], one: &[Val], other: &[Val]) -> Ordering {
    for (number, (one, other)) in one.iter().zip(other).enumerate() {
        let ordering = compare(one, other);
        if ordering.is_ne() {
            let descending = keys.get(number).is_some_and(|(.., descending)| *descending);
            return if descending { ordering.reverse() } else { ordering };
        }
    }
    Ordering::Equal
}

/// A cursor's values in the types of the keys.
fn typed(position: Vec<Val>, keys: &[Key]) -> Vec<Val> {
    let typed = position.into_iter().enumerate().map(|(number, value)| {
        let scalar = keys.get(number).map(|(_, member, _)| scalar(member));
        match (value, scalar) {
            (Val::Text(text), Some(Scalar::Date)) => Val::Date(text.parse().expect("a date")),
            (Val::Int(number), Some(Scalar::Boolean)) => Val::Bool(number != 0),
            // Behind the keys of the order: the organization of a row of a view.
            (Val::Text(text), None) => Val::Uuid(text.parse().expect("a key")),
            (value, _) => value,
        }
    });
    typed.collect()
}

fn scalar(member: &Member) -> Scalar {
    if let Source::Column(_, scalar) = &member.source { *scalar } else { panic!("{} is no value", member.name) }
}

fn size(arguments: &Map<String, Value>, name: &str) -> Option<i64> {
    given(arguments, name).and_then(Value::as_i64)
}

fn given<'a>(arguments: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    arguments.get(name).filter(|value| !value.is_null())
}

/// A single value stands for a list of one.
fn items(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}
