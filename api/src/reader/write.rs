//! Rows → bytes: the answer, written once, depth first.

use std::{fmt::Display, io::Write as _};

use serde_json::{Map, Value};

use super::{
    fetch::Fetched,
    permission::{Asked, permission},
    plan::*,
    planner::Context,
    reads::PersonalReads,
    rows::{Cell, Rows},
};
use crate::access::guards::Found;
use crate::graph::{
    declaration::{FigureInput, Revealed, Scalar},
    error::{ErrorCode, Refusal},
};

mod computed;

pub use computed::permitted;

/// A step of the path to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A response key.
    Key(String),
    /// A place in a list.
    Index(usize),
}

/// The same while writing: keys are lent by the plan, so that to go a step costs nothing.
#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    Key(&'a str),
    Index(usize),
}

impl From<Place<'_>> for Step {
    fn from(place: Place<'_>) -> Self {
        match place {
            Place::Key(key) => Self::Key(key.to_owned()),
            Place::Index(index) => Self::Index(index),
        }
    }
}

/// A field that failed by itself.
#[derive(Debug)]
pub struct FieldError {
    /// Why.
    pub refusal: Refusal,
    /// Where.
    pub path: Vec<Step>,
}

/// Writes an answer.
pub struct Writer<'a> {
    /// The bytes so far.
    pub out: Vec<u8>,
    /// The errors so far.
    pub errors: Vec<FieldError>,
    /// The personal data shown so far.
    pub reads: PersonalReads,
    path: Vec<Place<'a>>,
    levels: &'a [Level],
    fetched: &'a [Fetched],
    context: Context<'a>,
}

impl<'a> Writer<'a> {
    /// A writer over what was fetched.
    pub fn new(levels: &'a [Level], fetched: &'a [Fetched], context: Context<'a>) -> Self {
        Self {
            out: Vec::with_capacity(4096),
            errors: Vec::new(),
            reads: PersonalReads::default(),
            path: Vec::new(),
            levels,
            fetched,
            context,
        }
    }

    /// The rows of a level.
    pub fn rows(&self, level: usize) -> &'a Rows {
        &self.fetched[level].rows
    }

    /// The rows of a level under a row of the level above.
    pub fn range(&self, level: usize, parent_row: usize) -> std::ops::Range<usize> {
        self.fetched[level].range(parent_row)
    }

    /// The response key that is being written.
    pub fn key(&self) -> &str {
        self.path
            .iter()
            .rev()
            .find_map(|step| match step {
                Place::Key(key) => Some(*key),
                Place::Index(_) => None,
            })
            .unwrap_or_default()
    }

    /// Adds text as it is.
    pub fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Adds a JSON string.
    pub fn string(&mut self, text: &str) {
        // Writing to a Vec cannot fail.
        let _ = serde_json::to_writer(&mut self.out, text);
    }

    /// Adds a response key. Names of GraphQL are letters, digits and `_`: nothing in them needs to be escaped.
    fn response_key(&mut self, key: &str) {
        self.raw("\"");
        self.raw(key);
        self.raw("\":");
    }

    /// Adds what needs no escaping, in quotation marks.
    fn quoted(&mut self, text: impl Display) {
        // Writing to a Vec cannot fail.
        let _ = write!(self.out, "\"{text}\"");
    }

    /// Adds `null` and the reason.
    pub fn fail(&mut self, refusal: Refusal) {
        self.raw("null");
        self.errors.push(FieldError { refusal, path: self.path.iter().map(|place| (*place).into()).collect() });
    }

    /// Adds an object whose fields `write` fills in.
    pub fn object<T>(&mut self, fields: &'a [(String, T)], mut write: impl FnMut(&mut Self, &'a T)) {
        self.raw("{");
        for (number, (key, node)) in fields.iter().enumerate() {
            if number > 0 {
                self.raw(",");
            }
            self.response_key(key);
            self.path.push(Place::Key(key));
            write(self, node);
            self.path.pop();
        }
        self.raw("}");
    }

    /// Adds a list, one item a row.
    pub fn list(&mut self, rows: impl Iterator<Item = usize>, mut write: impl FnMut(&mut Self, usize)) {
        self.raw("[");
        for (number, row) in rows.enumerate() {
            if number > 0 {
                self.raw(",");
            }
            self.path.push(Place::Index(number));
            write(self, row);
            self.path.pop();
        }
        self.raw("]");
    }

    /// Adds a row as an object.
    pub fn row(&mut self, level: usize, row: usize, object: &'a Object) {
        self.object(&object.fields, |writer, node| writer.node(level, row, node));
    }

    fn node(&mut self, level: usize, row: usize, node: &'a Node) {
        match node {
            Node::TypeName(name) => self.string(name),
            Node::Value(column, scalar, kind) => {
                let rows = self.rows(level);
                self.cell(rows, row, *column, *scalar, *kind);
            }
            Node::Personal(personal) => self.personal(level, row, personal),
            Node::Refused(refusal) => self.fail(refusal.clone()),
            Node::One(presence, _) | Node::Part(Some(presence), _) if self.absent(level, row, *presence) => {
                self.raw("null")
            }
            Node::One(_, object) | Node::Part(_, object) => self.row(level, row, object),
            Node::List(below, object) => {
                let range = self.range(*below, row);
                self.list(range, |writer, far| writer.row(*below, far, object));
            }
            Node::Connection(below, fields) => self.connection(*below, row, fields),
            Node::Figure(figure) => self.figure(level, row, figure),
            Node::Can(can) => self.can(level, row, can),
        }
    }

    fn absent(&self, level: usize, row: usize, column: usize) -> bool {
        matches!(self.rows(level).cell(row, column), Cell::Null | Cell::Int(0))
    }

    fn personal(&mut self, level: usize, row: usize, node: &PersonalNode) {
        let rows = self.rows(level);
        let reach = self.context.actor.reach(crate::access::rules::Subject::PersonalData);
        match rows.uuid(row, node.owner) {
            Some(owner) if reach.whole.contains(owner) => {
                self.reads.add(owner, rows.uuid(row, node.person).unwrap_or_default(), node.field);
                self.cell(rows, row, node.column, node.scalar, 0);
            }
            _ => self.fail(ErrorCode::PersonalData.into()),
        }
    }

    /// Adds a cell as its declared scalar.
    pub fn cell(&mut self, rows: &Rows, row: usize, column: usize, scalar: Scalar, kind: u8) {
        match (rows.cell(row, column), scalar) {
            (Cell::Text(..), Scalar::TextList | Scalar::Json) => self.raw(rows.text(row, column).unwrap_or("null")),
            (Cell::Text(..), _) => self.string(rows.text(row, column).unwrap_or_default()),
            // Most cells are one of these: written without a value in between.
            (Cell::Null, _) => self.raw("null"),
            (Cell::Uuid(bytes), _) => {
                self.quoted(entity::OpaqueId { number: kind, uuid: uuid::Uuid::from_bytes(bytes) });
            }
            (Cell::Date(_), _) => match rows.date(row, column) {
                Some(date) => self.quoted(date),
                None => self.raw("null"),
            },
            (Cell::Int(number), Scalar::Int) => {
                let _ = write!(self.out, "{number}");
            }
            (Cell::Int(number), Scalar::Boolean) => self.raw(if number != 0 { "true" } else { "false" }),
            _ => {
                let value = value(rows, row, column, scalar, kind);
                let _ = serde_json::to_writer(&mut self.out, &value);
            }
        }
    }

    /// Adds a connection over the rows under a row of the level above.
    pub fn connection(&mut self, level: usize, parent_row: usize, fields: &'a [(String, ConnectionNode)]) {
        let page = self.page(level, parent_row);
        self.object(fields, |writer, node| match node {
            ConnectionNode::TypeName(name) => writer.string(name),
            ConnectionNode::TotalCount => {
                let count = writer.fetched[level].count(parent_row);
                writer.raw(&count.to_string());
            }
            ConnectionNode::Nodes(object) => writer.list(page.rows(), |writer, row| writer.row(level, row, object)),
            ConnectionNode::Edges(fields) => writer.list(page.rows(), |writer, row| {
                writer.object(fields, |writer, node| match node {
                    EdgeNode::TypeName(name) => writer.string(name),
                    EdgeNode::Cursor => writer.cursor(level, row),
                    EdgeNode::Node(object) => writer.row(level, row, object),
                });
            }),
            ConnectionNode::PageInfo(fields) => writer.object(fields, |writer, node| match node {
                PageNode::TypeName => writer.string("PageInfo"),
                PageNode::HasNext => writer.raw(if page.has_next { "true" } else { "false" }),
                PageNode::HasPrevious => writer.raw(if page.has_previous { "true" } else { "false" }),
                PageNode::Start => writer.cursor_or_null(level, page.rows().next()),
                PageNode::End => writer.cursor_or_null(level, page.rows().last()),
            }),
        });
    }

    fn page(&self, level: usize, parent_row: usize) -> Shown {
        let range = self.range(level, parent_row);
        let Some(page) = &self.levels[level].page else {
            return Shown { range, backwards: false, has_next: false, has_previous: false };
        };
        let more = range.len() > page.size;
        let range = range.start..range.end.min(range.start + page.size);
        // A cursor stands for a row beyond the page, whichever way the page is counted.
        let has_next = page.before.is_some() || (more && !page.backwards);
        let has_previous = page.after.is_some() || (more && page.backwards);
        Shown { range, backwards: page.backwards, has_next, has_previous }
    }

    fn cursor_or_null(&mut self, level: usize, row: Option<usize>) {
        match row {
            Some(row) => self.cursor(level, row),
            None => self.raw("null"),
        }
    }

    fn cursor(&mut self, level: usize, row: usize) {
        let rows = self.rows(level);
        let position: Vec<Value> =
            self.levels[level].cursor_columns.iter().map(|column| position(rows, row, *column)).collect();
        let cursor = self.context.cursors.seal(&self.levels[level].binding, &position);
        self.string(&cursor);
    }
}

/// The rows of a page as they are shown.
struct Shown {
    range: std::ops::Range<usize>,
    backwards: bool,
    has_next: bool,
    has_previous: bool,
}

impl Shown {
    fn rows(&self) -> Box<dyn Iterator<Item = usize>> {
        if self.backwards { Box::new(self.range.clone().rev()) } else { Box::new(self.range.clone()) }
    }
}

/// A cell as JSON of its declared scalar.
pub fn value(rows: &Rows, row: usize, column: usize, scalar: Scalar, kind: u8) -> Value {
    match (rows.cell(row, column), scalar) {
        (Cell::Null, _) => Value::Null,
        (Cell::Text(..), Scalar::TextList | Scalar::Json) => {
            rows.text(row, column).and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null)
        }
        (Cell::Text(..), _) => Value::from(rows.text(row, column).unwrap_or_default()),
        (Cell::Uuid(bytes), _) => {
            let id = entity::OpaqueId { number: kind, uuid: uuid::Uuid::from_bytes(bytes) };
            Value::from(id.to_string())
        }
        (Cell::Date(_), _) => rows.date(row, column).map_or(Value::Null, |date| Value::from(date.to_string())),
        (Cell::Int(number), Scalar::Boolean) => Value::from(number != 0),
        (Cell::Int(number), Scalar::BigInt) => Value::from(number.to_string()),
        (Cell::Int(number), Scalar::Decimal) => Value::from(entity::Amount(number).to_string()),
        (Cell::Int(number), Scalar::DateTime) => entity::Moment(number).rfc3339().map_or(Value::Null, Value::from),
        (Cell::Int(number), Scalar::Enum(vocabulary)) => {
            let term = i16::try_from(number).ok().and_then(|number| vocabulary.by_number(number));
            term.map_or(Value::Null, |term| Value::from(term.name))
        }
        (Cell::Int(number), _) => Value::from(number),
    }
}

/// A cell as cursors hold it: as it is stored.
fn position(rows: &Rows, row: usize, column: usize) -> Value {
    match rows.cell(row, column) {
        Cell::Null => Value::Null,
        Cell::Int(number) => Value::from(number),
        Cell::Date(_) => rows.date(row, column).map_or(Value::Null, |date| Value::from(date.to_string())),
        Cell::Uuid(bytes) => Value::from(uuid::Uuid::from_bytes(bytes).to_string()),
        Cell::Text(..) => Value::from(rows.text(row, column).unwrap_or_default()),
    }
}

/// Members of a computed object, for functions that build one.
pub fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}
