//! The arguments of a connection — `where`, `orderBy`, `first`, `after`, `last`, `before` — read by the declaration.

use serde_json::{Map, Value};

use super::{
    arguments::{self, input_fault, storable},
    plan::{Filter, Page, Quantifier, Test},
    planner::Planner,
    sql::{Bind, like},
};
use crate::graph::{
    declaration::{Declaration, Edge, Member, Scalar, Source},
    error::{ErrorCode, Refusal},
    names,
};

/// Most rows of a page.
pub const MAX_PAGE: i64 = 100;

/// The arguments of a connection, read but not yet planned.
pub struct Listing {
    filter: Option<Filter>,
    order: Vec<(Path, bool)>,
    size: usize,
    backwards: bool,
    after: Option<String>,
    before: Option<String>,
    binding: String,
}

/// A member of the entity itself, or of a row that a to-one edge names.
#[derive(Clone, Copy, Debug)]
pub struct Path {
    /// The edge, if there is one.
    pub edge: Option<&'static Edge>,
    /// The name of the edge's member.
    pub via: Option<&'static str>,
    /// The member at the end.
    pub member: &'static Member,
    /// May the edge lead to several rows?
    pub fans: bool,
}

impl Path {
    const fn own(member: &'static Member) -> Self {
        Self { edge: None, via: None, member, fans: false }
    }

    /// What rows found by this path are called, where they are counted by what they are.
    pub fn label(&self) -> Option<Self> {
        let target = self.edge.filter(|_| matches!(self.member.source, Source::Column(_, Scalar::Id)))?.target;
        let called = ["name", "code"].into_iter().find_map(|name| target.member(name));
        called.filter(|member| !member.personal).map(|member| Self { member, ..*self })
    }
}

/// The members with a mark (`order` or `group`), of the entity and of the rows that its to-one edges name; each
/// with its enum name. (One step only: what lies further is rarely sorted by.) An edge that has the mark itself stands for
/// the rows to which it leads, be they several, and these members of theirs.
pub fn paths(declaration: &'static Declaration, marked: fn(&Member) -> bool) -> Vec<(String, Path)> {
    let mut paths = Vec::new();
    for member in declaration.members {
        match &member.source {
            Source::Column(..) if marked(member) => {
                paths.push((names::upper_snake(member.name), Path::own(member)));
            }
            Source::One(edge) if edge.filter && edge.arguments.is_empty() => {
                paths.extend(through(member, edge, false, marked));
            }
            Source::Many(edge, _) if marked(member) => paths.extend(through(member, edge, true, marked)),
            _ => {}
        }
    }
    paths
}

/// The paths over an edge: to the far row itself where the edge is marked, and to its marked members.
fn through(
    member: &'static Member,
    edge: &'static Edge,
    fans: bool,
    marked: fn(&Member) -> bool,
) -> Vec<(String, Path)> {
    let near = names::upper_snake(member.name);
    let path = |far| Path { edge: Some(edge), via: Some(member.name), member: far, fans };
    let itself = edge.target.member("id").filter(|_| marked(member)).map(|id| (near.clone(), path(id)));
    let far = edge.target.members.iter().filter(|far| marked(far) && matches!(far.source, Source::Column(..)));
    let far = far.map(|far| (format!("{near}_{}", names::upper_snake(far.name)), path(far)));
    itself.into_iter().chain(far).collect()
}

/// Reads and checks the arguments, taking them out of `arguments`.
pub fn read(declaration: &'static Declaration, arguments: &mut Map<String, Value>) -> Result<Listing, Refusal> {
    let filter = arguments.remove("where").filter(|value| !value.is_null());
    let order = arguments.remove("orderBy").filter(|value| !value.is_null());
    let first = arguments::int(arguments, "first");
    let last = arguments::int(arguments, "last");
    let (size, backwards) = match (first, last) {
        (Some(size), None) => (size, false),
        (None, Some(size)) => (size, true),
        _ => return Err(page_size(if last.is_some() { "last" } else { "first" })),
    };
    if !(1..=MAX_PAGE).contains(&size) {
        return Err(page_size(if backwards { "last" } else { "first" }));
    }
    let binding = format!("{}{}{}", declaration.name, json(&filter), json(&order));
    Ok(Listing {
        filter: filter.map(|filter| condition(declaration, &filter)).transpose()?,
        order: order_by(declaration, order)?,
        size: size as usize,
        backwards,
        after: arguments::text(arguments, "after"),
        before: arguments::text(arguments, "before"),
        binding,
    })
}

fn json(value: &Option<Value>) -> String {
    value.as_ref().map(Value::to_string).unwrap_or_default()
}

fn page_size(argument: &str) -> Refusal {
    ErrorCode::PageSizeInvalid.at([argument]).with("maximum", MAX_PAGE)
}

fn order_by(declaration: &'static Declaration, order: Option<Value>) -> Result<Vec<(Path, bool)>, Refusal> {
    let paths = paths(declaration, |member| member.order);
    let find = |name: &str| paths.iter().find(|(known, _)| known == name).map(|(_, path)| *path);
    let Some(order) = order else {
        let key = |name: &&str| {
            let (name, descending) = name.strip_prefix('-').map_or((*name, false), |name| (name, true));
            Some((find(&names::upper_snake(name))?, descending))
        };
        return Ok(declaration.default_order.iter().filter_map(key).collect());
    };
    let mut keys = Vec::new();
    for key in arguments::list(order) {
        let field = key.get("field").and_then(Value::as_str).unwrap_or_default();
        let path = find(field).ok_or_else(|| input_fault("orderBy"))?;
        let descending = key.get("direction").and_then(Value::as_str) == Some("DESC");
        keys.push((path, descending));
    }
    if keys.len() > 5 {
        return Err(input_fault("orderBy"));
    }
    Ok(keys)
}

/// Sets what a level takes from its arguments. Cursors are opened here, because they are bound to the moment too.
pub fn apply(planner: &mut Planner<'_>, level: usize, listing: Listing) -> Result<(), Refusal> {
    for (path, descending) in &listing.order {
        let key = planner.order_key(level, path, *descending)?;
        planner.levels[level].order.push(key);
    }
    planner.tell_apart(level);
    let given = planner.levels[level].parent.as_ref().map(|parent| &parent.arguments).filter(|given| !given.is_empty());
    let given = given.map(|given| format!("{given:?}")).unwrap_or_default();
    let binding = format!("{}{:?}{given}", listing.binding, planner.levels[level].moment);
    let keys = planner.levels[level].order.len() + 1;
    let open = |cursor: Option<String>, argument: &str| {
        let opened = cursor.map(|cursor| planner.context.cursors.open(&binding, &cursor, keys));
        opened.map(|position| position.ok_or_else(|| ErrorCode::CursorInvalid.at([argument]))).transpose()
    };
    let (after, before) = (open(listing.after, "after")?, open(listing.before, "before")?);
    let level = &mut planner.levels[level];
    level.filter = listing.filter;
    level.page = Some(Page { size: listing.size, backwards: listing.backwards, after, before, peek: false });
    level.binding = binding;
    Ok(())
}

/// Most related rows inside related rows that a filter may ask about: each step multiplies what the database looks at.
pub const MAX_RELATIONS_DEEP: usize = 4;
/// Most comparisons and relations of one filter.
pub const MAX_CONDITIONS: usize = 100;
/// Longest text that is searched for, in characters.
pub const MAX_NEEDLE: usize = 200;

/// Reads a `where` input.
pub fn condition(declaration: &'static Declaration, input: &Value) -> Result<Filter, Refusal> {
    let filter = conditions(declaration, input)?;
    let (count, deep) = filter.size();
    if count > MAX_CONDITIONS || deep > MAX_RELATIONS_DEEP {
        Err(ErrorCode::FilterInvalid.at(["where"]))
    } else {
        Ok(filter)
    }
}

fn conditions(declaration: &'static Declaration, input: &Value) -> Result<Filter, Refusal> {
    let mut all = Vec::new();
    let Value::Object(fields) = input else { return Err(input_fault("where")) };
    for (name, value) in fields {
        if value.is_null() {
            return Err(ErrorCode::FilterInvalid.at(["where", name]));
        }
        let each = |value: &Value| conditions(declaration, value);
        all.push(match name.as_str() {
            "and" => Filter::All(arguments::list(value.clone()).iter().map(each).collect::<Result<_, _>>()?),
            "or" => Filter::Any(arguments::list(value.clone()).iter().map(each).collect::<Result<_, _>>()?),
            "not" => Filter::Not(Box::new(conditions(declaration, value)?)),
            name => {
                let member = declaration.member(name).ok_or_else(|| ErrorCode::FilterInvalid.at(["where", name]))?;
                member_condition(declaration, member, value)?
            }
        });
    }
    Ok(Filter::All(all))
}

fn member_condition(owner: &'static Declaration, member: &'static Member, value: &Value) -> Result<Filter, Refusal> {
    let refused = || ErrorCode::FilterInvalid.at(["where", member.name]);
    let Value::Object(tests) = value else { return Err(refused()) };
    match &member.source {
        Source::One(edge) if edge.filter => {
            Ok(Filter::Related(edge, Quantifier::Some, Box::new(conditions(edge.target, value)?)))
        }
        Source::Many(edge, _) if edge.filter => {
            let mut all = Vec::new();
            for (quantifier, inner) in tests {
                let quantifier = match quantifier.as_str() {
                    "some" => Quantifier::Some,
                    "every" => Quantifier::Every,
                    _ => Quantifier::None,
                };
                all.push(Filter::Related(edge, quantifier, Box::new(conditions(edge.target, inner)?)));
            }
            Ok(Filter::All(all))
        }
        Source::Column(_, scalar) if member.filter => {
            let mut all = Vec::new();
            for (operator, value) in tests {
                all.push(test(owner, member, *scalar, operator, value).ok_or_else(refused)?);
            }
            Ok(Filter::All(all))
        }
        _ => Err(refused()),
    }
}

fn test(
    owner: &'static Declaration,
    member: &'static Member,
    scalar: Scalar,
    operator: &str,
    value: &Value,
) -> Option<Filter> {
    if value.is_null() {
        return None;
    }
    let bind = |value: &Value| bind(owner, member, scalar, value);
    let several = || bind_all(arguments::list(value.clone()).iter().map(bind).collect::<Option<_>>()?, scalar);
    let negated = |filter: Filter| Filter::Not(Box::new(filter));
    let is = |test: Test| Filter::Test(member, test);
    Some(match operator {
        "eq" => is(Test::Equal(Some(bind(value)?))),
        "ne" => negated(is(Test::Equal(Some(bind(value)?)))),
        "in" => is(Test::In(several()?)),
        "notIn" => negated(is(Test::In(several()?))),
        "lt" => is(Test::Compare("<", bind(value)?)),
        "lte" => is(Test::Compare("<=", bind(value)?)),
        "gt" => is(Test::Compare(">", bind(value)?)),
        "gte" => is(Test::Compare(">=", bind(value)?)),
        "contains" => is(Test::Like(Bind::Text(like(&needle(value)?, true)))),
        "startsWith" => is(Test::Like(Bind::Text(like(&needle(value)?, false)))),
        "isNull" if value.as_bool()? => is(Test::Equal(None)),
        "isNull" => negated(is(Test::Equal(None))),
        _ => return None,
    })
}

/// A text to search for, folded.
fn needle(value: &Value) -> Option<String> {
    let text = storable(value)?;
    (text.chars().count() <= MAX_NEEDLE).then(|| entity::fold(text))
}

/// The value of a comparison as the database stores it. A text with a folded key is compared by that key.
fn bind(owner: &'static Declaration, member: &'static Member, scalar: Scalar, value: &Value) -> Option<Bind> {
    Some(match scalar {
        Scalar::Id => {
            let id = entity::OpaqueId::parse(value.as_str()?)?;
            let right = owner.kind.is_some_and(|kind| kind as u8 == id.number);
            // Another kind's id names no row here: the nil key matches nothing.
            Bind::Uuid(if right { id.uuid } else { Default::default() })
        }
        Scalar::Text if member.folded.is_some() => Bind::Text(entity::fold(storable(value)?)),
        Scalar::Text | Scalar::Url => Bind::Text(storable(value)?.to_owned()),
        Scalar::Int => Bind::Int(value.as_i64()?),
        Scalar::BigInt => Bind::Int(value.as_str()?.parse().ok()?),
        Scalar::Decimal => Bind::Int(value.as_str()?.parse::<entity::Amount>().ok()?.0),
        Scalar::Boolean => Bind::Bool(value.as_bool()?),
        Scalar::Date => Bind::Date(arguments::parse_date(value.as_str()?)?),
        Scalar::DateTime => Bind::Int(arguments::parse_instant(value.as_str()?)?),
        Scalar::Enum(vocabulary) => Bind::Small(vocabulary.by_name(value.as_str()?)?.number),
        Scalar::TextList | Scalar::Json => return None,
    })
}

fn bind_all(values: Vec<Bind>, scalar: Scalar) -> Option<Bind> {
    let (mut texts, mut ints, mut uuids, mut dates) = (vec![], vec![], vec![], vec![]);
    for value in values {
        match value {
            Bind::Text(text) => texts.push(text),
            Bind::Int(number) => ints.push(number),
            Bind::Small(number) => ints.push(number.into()),
            Bind::Uuid(uuid) => uuids.push(uuid),
            Bind::Date(date) => dates.push(date),
            _ => return None,
        }
    }
    Some(match scalar {
        Scalar::Id => Bind::Uuids(uuids),
        Scalar::Text | Scalar::Url => Bind::Texts(texts),
        Scalar::Date => Bind::Dates(dates),
        Scalar::Int | Scalar::BigInt | Scalar::Decimal | Scalar::DateTime | Scalar::Enum(_) => Bind::Ints(ints),
        Scalar::Boolean | Scalar::TextList | Scalar::Json => return None,
    })
}
