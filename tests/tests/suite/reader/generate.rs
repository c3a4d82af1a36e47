//! Random valid documents, made by walking the declarations.
//!
//! Two streams of numbers make a document: one decides what is asked, the other how it is said (fragments,
//! directives that change nothing, variables, repeated fields). The same question said plainly and said
//! otherwise must have the same answer.

use articula::{
    catalogue::ENTITIES,
    graph::{
        Declaration,
        declaration::{Edge, List, Member, Part, Scalar, Shape, Source, Takes},
        names,
    },
    reader::listing,
};
use articula_tests::{
    random::Random,
    seed::{DAYS, Data, TEXTS, Val},
};
use entity::OpaqueId;
use serde_json::{Map, Value, json};

mod condition;
mod say;

use say::Literal;

/// A document under construction.
pub struct Generator<'a> {
    data: &'a Data,
    /// What is asked.
    random: Random,
    /// How it is said; `None`: plainly.
    style: Option<Random>,
    count: usize,
    /// Fields that may still be added.
    budget: usize,
    fragments: Vec<String>,
    declared: Vec<String>,
    variables: Map<String, Value>,
    /// Response keys of connections that take a cursor, with the variable that brings it.
    cursors: Vec<(String, String)>,
}

/// A document, its variables, and where cursors of its answer may go.
#[derive(Clone, Debug)]
pub struct Generated {
    pub text: String,
    pub variables: Map<String, Value>,
    pub cursors: Vec<(String, String)>,
}

/// The document of a seed, said plainly or not.
pub fn document(data: &Data, seed: u64, plainly: bool) -> Generated {
    let mut generator = Generator {
        data,
        random: Random::new(seed),
        style: (!plainly).then(|| Random::new(seed ^ 0xabcd)),
        count: 0,
        budget: 60,
        fragments: Vec::new(),
        declared: Vec::new(),
        variables: Map::new(),
        cursors: Vec::new(),
    };
    let roots = 1 + generator.random.below(3);
    let items = (0..roots).map(|_| generator.root()).collect();
    let body = generator.braces("Query", items);
    let Generator { fragments, declared, variables, cursors, .. } = generator;
    let declared = if declared.is_empty() { String::new() } else { format!("({})", declared.join(", ")) };
    Generated { text: format!("query{declared} {body}\n{}", fragments.join("\n")), variables, cursors }
}

impl Generator<'_> {
    fn number(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn root(&mut self) -> String {
        let choice = self.random.below(100);
        let with =
            |plain: fn(&'static Declaration) -> bool| ENTITIES.iter().copied().filter(|d| plain(d)).collect::<Vec<_>>();
        let head = format!("f{}", self.number());
        match choice {
            0..45 => {
                let declaration = *self.random.pick(&with(|d| !d.plural.is_empty()));
                let mut arguments = self.listing(declaration, &head);
                arguments.extend(self.as_of(30));
                let head = format!("{head}: {}{}", declaration.plural, self.arguments(arguments));
                self.connection(declaration, head, 3)
            }
            45..70 => {
                let declaration = *self.random.pick(&with(|d| !d.singular.is_empty()));
                self.lookup(declaration, head)
            }
            70..78 => {
                let counted = with(|d| !d.plural.is_empty() && !listing::paths(d, |member| member.group).is_empty());
                let declaration = *self.random.pick(&counted);
                self.groups(declaration, head)
            }
            78..83 => {
                let viewer = ENTITIES.iter().find(|declaration| declaration.name == "Viewer").expect("declared");
                let arguments = self.as_of(50);
                let head = format!("{head}: viewer{}", self.arguments(arguments));
                self.entity(viewer, head, 3)
            }
            83..86 => {
                let name = self.random.pick(entity::VOCABULARIES).name;
                let head = format!(
                    "{head}: enumLabels{}",
                    self.arguments(vec![("type", "String!".into(), json!(name).into())])
                );
                let items = ["value", "label", "es", "en", "__typename", "description"].map(str::to_owned).to_vec();
                self.nest(head, "EnumLabel", items)
            }
            86..99 => self.nodes(head),
            _ => "__typename".to_owned(),
        }
    }

    fn lookup(&mut self, declaration: &'static Declaration, head: String) -> String {
        let keys: Vec<_> = declaration.lookups.iter().collect();
        let mut arguments = self.as_of(40);
        if !keys.is_empty() && self.random.percent(40) {
            let lookup = *self.random.pick(&keys);
            let of = lookup.through.unwrap_or(declaration);
            let name = if lookup.through.is_some() { self.random.pick(of.lookups).name } else { lookup.name };
            let value = if self.random.percent(85) { self.stored(of, name) } else { json!("'nobody' OR 1=1") };
            let by =
                if lookup.through.is_some() { json!({ lookup.name: { name: value } }) } else { json!({ name: value }) };
            arguments.push(("by", format!("{}By", declaration.name), by.into()));
        } else {
            let ty = if keys.is_empty() { "ID!" } else { "ID" };
            let id = self.id(declaration);
            arguments.push(("id", ty.to_owned(), json!(id).into()));
        }
        let head = format!("{head}: {}{}", declaration.singular, self.arguments(arguments));
        self.entity(declaration, head, 4)
    }

    fn groups(&mut self, declaration: &'static Declaration, head: String) -> String {
        let words = listing::paths(declaration, |member| member.group);
        let by = (0..1 + self.random.below(2)).map(|_| Literal::Word(self.random.pick(&words).0.clone())).collect();
        let mut arguments = vec![("by", format!("[{}GroupField!]!", declaration.name), Literal::List(by))];
        if self.random.percent(40) {
            let condition = self.condition(declaration, 2);
            arguments.push(("where", format!("{}Where", declaration.name), condition));
        }
        if self.random.percent(30) {
            arguments.push(("first", "Int".to_owned(), json!(1 + self.random.below(3)).into()));
        }
        arguments.extend(self.as_of(30));
        let head = format!("{head}: {}{}", names::groups(declaration), self.arguments(arguments));
        let key =
            self.nest("key".into(), "GroupKey", ["field", "value", "label", "__typename"].map(str::to_owned).to_vec());
        let nodes = self.nest("nodes".into(), "Group", vec![key, "count".into()]);
        self.nest(head, "Groups", vec![nodes])
    }

    /// `node` or `nodes`, with a fragment for each type in question.
    fn nodes(&mut self, head: String) -> String {
        let kinds: Vec<_> = ENTITIES.iter().copied().filter(|declaration| declaration.kind.is_some()).collect();
        let several = self.random.percent(70);
        let chosen: Vec<_> =
            (0..if several { 1 + self.random.below(4) } else { 1 }).map(|_| *self.random.pick(&kinds)).collect();
        let ids: Vec<_> = chosen.iter().map(|declaration| self.id(declaration)).collect();
        let mut arguments = self.as_of(30);
        if several {
            arguments.push(("ids", "[ID!]!".to_owned(), json!(ids).into()));
        } else {
            arguments.push(("id", "ID!".to_owned(), json!(ids[0]).into()));
        }
        let name = if several { "nodes" } else { "node" };
        let head = format!("{head}: {name}{}", self.arguments(arguments));
        let mut items = vec!["id".to_owned(), "__typename".to_owned()];
        let mut told = Vec::new();
        for declaration in chosen {
            if !told.contains(&declaration.name) {
                told.push(declaration.name);
                let inner = self.members(&declaration.all_members().collect::<Vec<_>>(), 2, true);
                items.push(format!("... on {} {}", declaration.name, self.braces(declaration.name, inner)));
            }
        }
        self.nest(head, "Node", items)
    }

    fn entity(&mut self, declaration: &'static Declaration, head: String, depth: usize) -> String {
        let items = self.members(&declaration.all_members().collect::<Vec<_>>(), depth, false);
        self.nest(head, declaration.name, items)
    }

    /// Some members. With `aliased`, each under a key of its own, so that types of different shapes do not collide.
    fn members(&mut self, members: &[&'static Member], depth: usize, aliased: bool) -> Vec<String> {
        let mut items = vec![if self.random.percent(30) && !aliased {
            "__typename".to_owned()
        } else {
            format!("t{}: __typename", self.number())
        }];
        for _ in 0..2 + self.random.below(4) {
            let member = *self.random.pick(members);
            if self.budget == 0 {
                break;
            }
            self.budget -= 1;
            let item = self.member(member, depth, aliased);
            items.extend(item);
        }
        items
    }

    fn member(&mut self, member: &'static Member, depth: usize, aliased: bool) -> Option<String> {
        let alias = format!("f{}", self.number());
        let plain = if aliased || self.random.percent(20) {
            format!("{alias}: {}", member.name)
        } else {
            member.name.to_owned()
        };
        Some(match &member.source {
            Source::Column(..) => plain,
            Source::Figure(figure) if figure.arguments.iter().all(|argument| argument.takes != Takes::Day) => {
                self.shape(figure.output, plain)
            }
            Source::Figure(_) => return None,
            _ if depth == 0 => return None,
            Source::Part(part) => self.part(part, plain, depth),
            Source::One(edge) => {
                let arguments = if edge.dated { self.as_of(40) } else { Vec::new() };
                let head = if arguments.is_empty() {
                    plain
                } else {
                    format!("{alias}: {}{}", member.name, self.arguments(arguments))
                };
                self.entity(edge.target, head, depth - 1)
            }
            Source::Many(edge, List::Bounded(_)) => {
                let arguments = self.edge_arguments(edge);
                let head = if arguments.is_empty() {
                    plain
                } else {
                    format!("{alias}: {}{}", member.name, self.arguments(arguments))
                };
                self.entity(edge.target, head, depth - 1)
            }
            Source::Many(edge, List::Connection) => {
                let mut arguments = self.listing(edge.target, &alias);
                arguments.extend(self.edge_arguments(edge));
                let head = format!("{alias}: {}{}", member.name, self.arguments(arguments));
                self.connection(edge.target, head, depth - 1)
            }
        })
    }

    /// Some fields of a computed value.
    fn shape(&mut self, shape: &'static Shape, head: String) -> String {
        let Some(object) = shape.object() else { return head };
        let mut items = vec!["__typename".to_owned()];
        for field in object.fields {
            if self.random.percent(70) {
                let alias = format!("f{}: {}", self.number(), field.name);
                items.push(self.shape(field.shape, alias));
            }
        }
        format!("{head} {{ {} }}", items.join(" "))
    }

    fn part(&mut self, part: &'static Part, head: String, depth: usize) -> String {
        let items = self.members(&part.members.iter().collect::<Vec<_>>(), depth, false);
        self.nest(head, part.name, items)
    }

    fn edge_arguments(&mut self, edge: &'static Edge) -> Vec<(&'static str, String, Literal)> {
        let mut arguments = if edge.dated || edge.target.is_view() { self.as_of(30) } else { Vec::new() };
        for argument in edge.arguments.iter().filter(|argument| argument.takes == Takes::Day) {
            let day = self.day();
            arguments.push((argument.name, "Date!".to_owned(), json!(day).into()));
        }
        arguments
    }

    fn as_of(&mut self, percent: u64) -> Vec<(&'static str, String, Literal)> {
        let day = self.day();
        if !self.random.percent(percent) {
            return Vec::new();
        }
        let day = if self.random.percent(5) { Value::Null } else { json!(day) };
        vec![("asOf", "Date".to_owned(), day.into())]
    }

    fn day(&mut self) -> &'static str {
        self.random.pick::<&str>(DAYS)
    }

    /// `where`, `orderBy` and a page; `key` is the response key, to which cursors are brought later.
    fn listing(&mut self, declaration: &'static Declaration, key: &str) -> Vec<(&'static str, String, Literal)> {
        let name = declaration.name;
        let mut arguments = Vec::new();
        let size = match self.random.below(100) {
            0..70 => 1 + self.random.below(5),
            70..97 => 100,
            _ => *self.random.pick(&[0, 101]),
        };
        let side = if self.random.percent(70) { "first" } else { "last" };
        if self.random.percent(98) {
            arguments.push((side, "Int".to_owned(), json!(size).into()));
        }
        if self.random.percent(35) {
            let condition = self.condition(declaration, 3);
            arguments.push(("where", format!("{name}Where"), condition));
        }
        let words = listing::paths(declaration, |member| member.order);
        if !words.is_empty() && self.random.percent(50) {
            let keys = (0..1 + self.random.below(3)).map(|_| {
                let mut key = vec![("field".to_owned(), Literal::Word(self.random.pick(&words).0.clone()))];
                if self.random.percent(60) {
                    let word = if self.random.percent(70) { "DESC" } else { "ASC" };
                    key.push(("direction".to_owned(), Literal::Word(word.to_owned())));
                }
                Literal::Object(key)
            });
            arguments.push(("orderBy", format!("[{name}Order!]"), Literal::List(keys.collect())));
        }
        for side in ["after", "before"] {
            if self.random.percent(30) {
                let variable = format!("c{}", self.number());
                self.declared.push(format!("${variable}: String"));
                self.cursors.push((key.to_owned(), variable.clone()));
                arguments.push((side, String::new(), Literal::Variable(variable)));
            }
        }
        arguments
    }

    fn connection(&mut self, declaration: &'static Declaration, head: String, depth: usize) -> String {
        let mut items = Vec::new();
        if self.random.percent(40) {
            items.push("totalCount".to_owned());
        }
        if self.random.percent(60) {
            items.push(self.entity(declaration, "nodes".to_owned(), depth));
        }
        if self.random.percent(40) {
            let node = self.entity(declaration, "node".to_owned(), depth.min(1));
            let edge = format!("{}Edge", declaration.name);
            items.push(self.nest("edges".to_owned(), &edge, vec!["cursor".to_owned(), node, "__typename".to_owned()]));
        }
        if self.random.percent(60) || items.is_empty() {
            let fields = ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor", "__typename"];
            items.push(self.nest("pageInfo".to_owned(), "PageInfo", fields.map(str::to_owned).to_vec()));
        }
        self.nest(head, &format!("{}Connection", declaration.name), items)
    }

    /// The id of a row; sometimes of another type, of no row, or none at all.
    fn id(&mut self, declaration: &'static Declaration) -> String {
        let known = self.data.table(declaration.table).ids();
        let uuid =
            if self.random.percent(92) && !known.is_empty() { *self.random.pick(&known) } else { self.random.uuid() };
        let number = if self.random.percent(97) { declaration.kind.map_or(0, |kind| kind as u8) } else { 77 };
        let id = OpaqueId { number, uuid }.to_string();
        if self.random.percent(97) { id } else { "¿?".to_owned() }
    }

    /// Some row's value of a member that is a column, or one like it.
    fn stored(&mut self, declaration: &'static Declaration, name: &str) -> Value {
        let member = declaration.member(name).expect("a member");
        let Source::Column(sql, scalar) = &member.source else { return Value::Null };
        let stored = match sql {
            articula::graph::declaration::Sql::Column(column) if self.random.percent(80) => {
                let known = self.data.table(declaration.table).column(column);
                if known.is_empty() { Val::Null } else { self.random.pick(&known).clone() }
            }
            _ => Val::Null,
        };
        match (stored, scalar) {
            (Val::Text(text), _) => json!(text),
            (Val::Date(date), _) => json!(date.to_string()),
            (Val::Uuid(uuid), _) => {
                json!(OpaqueId { number: declaration.kind.map_or(0, |kind| kind as u8), uuid }.to_string())
            }
            (Val::Bool(truth), _) => json!(truth),
            (Val::Int(number), Scalar::Enum(list)) => json!(list.by_number(number as i16).map(|term| term.name)),
            (Val::Int(micros), Scalar::DateTime) => json!(entity::Moment(micros).rfc3339()),
            (Val::Int(number), Scalar::BigInt) => json!(number.to_string()),
            (Val::Int(number), Scalar::Decimal) => json!(entity::Amount(number).to_string()),
            (Val::Int(number), _) => json!(number),
            (Val::Null, Scalar::Id) => json!(self.id(declaration)),
            (Val::Null, Scalar::Int) => json!(self.random.below(4)),
            (Val::Null, Scalar::BigInt | Scalar::Decimal) => json!("3"),
            (Val::Null, Scalar::Boolean) => json!(self.random.percent(50)),
            (Val::Null, Scalar::Date) => json!(self.day()),
            (Val::Null, Scalar::DateTime) => json!("2020-09-13T12:26:40Z"),
            (Val::Null, Scalar::Enum(list)) => json!(self.random.pick(list.terms).name),
            (Val::Null, _) => json!(self.random.pick::<&str>(TEXTS)),
        }
    }
}
