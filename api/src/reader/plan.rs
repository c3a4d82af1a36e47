//! The plan of a request: which statements, and what shape their rows take in the answer.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{arguments::Given, cursor::Position, sql::Bind};
use crate::{
    access::{act_rules::ActRule, guards::Guard},
    graph::{
        declaration::{Declaration, Edge, Figure, Member, Scalar, Sql, Within},
        error::Refusal,
    },
};

/// A date on which rows are read; it belongs to a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    /// The same for all rows.
    Fixed(NaiveDate),
    /// Each parent row brought its own.
    Parent,
    /// Another moment, as the row under this alias takes it inside.
    Inside(Box<Moment>, Within, String),
}

impl Moment {
    /// The moment inside a row that was asked for at this one.
    pub fn inside(&self, declaration: &Declaration, alias: &str) -> Self {
        match declaration.moment {
            Within::Asked => self.clone(),
            how => Self::Inside(Box::new(self.clone()), how, alias.to_owned()),
        }
    }
}

/// One SQL statement: the rows of one to-many edge, or of one root field.
#[derive(Debug)]
pub struct Level {
    /// Whose rows.
    pub declaration: &'static Declaration,
    /// The level above; `None` for a root field.
    pub parent: Option<Parent>,
    /// The moment at which these rows are read.
    pub moment: Moment,
    /// Only rows in force at the moment?
    pub dated: bool,
    /// What is read of each row.
    pub select: Vec<Selected>,
    /// To-one edges, read in the same statement; the alias of number n is n + 1.
    pub joins: Vec<Join>,
    /// Conditions of a lookup: a template and the value of `{k0}`.
    pub find: Vec<(String, Vec<Bind>)>,
    /// Only rows with these ids.
    pub among: Option<Vec<uuid::Uuid>>,
    /// The `where` argument.
    pub filter: Option<Filter>,
    /// The order, without the final tiebreak by id.
    pub order: Vec<OrderKey>,
    /// Order of a bounded list: a template of our own.
    pub bounded_order: Option<&'static str>,
    /// The page asked for; `None` for all rows.
    pub page: Option<Page>,
    /// Is the total count asked for?
    pub count: bool,
    /// Are rows asked for, or only the count?
    pub rows: bool,
    /// Columns of the order keys and the id, when cursors are written.
    pub cursor_columns: Vec<usize>,
    /// What cursors are bound to.
    pub binding: String,
}

impl Level {
    /// All rows of a type, of which nothing is read yet.
    pub fn of(declaration: &'static Declaration, moment: Moment) -> Self {
        Self {
            declaration,
            parent: None,
            moment,
            dated: false,
            select: Vec::new(),
            joins: Vec::new(),
            find: Vec::new(),
            among: None,
            filter: None,
            order: Vec::new(),
            bounded_order: None,
            page: None,
            count: false,
            rows: true,
            cursor_columns: Vec::new(),
            binding: String::new(),
        }
    }

    /// How the cells of its rows are decoded.
    pub fn decodes(&self) -> Vec<Decode> {
        // Where nothing is asked for a row is still a row (`SELECT 1`).
        let nothing = self.select.is_empty().then_some(Decode::Int);
        self.select.iter().map(|selected| selected.sql.decode()).chain(nothing).collect()
    }
}

/// How a level hangs on the one above.
#[derive(Debug)]
pub struct Parent {
    /// The level above.
    pub level: usize,
    /// The edge that leads here.
    pub edge: &'static Edge,
    /// Its own arguments.
    pub arguments: Given,
    /// Columns of the edge's keys in the level above.
    pub keys: Vec<usize>,
    /// Column of the moment in the level above, when it differs from row to row.
    pub moment: Option<usize>,
}

/// A value that is read of each row.
#[derive(Debug, PartialEq)]
pub struct Selected {
    /// The alias that it is read from.
    pub alias: usize,
    /// Its SQL.
    pub sql: Reading,
    /// The moment at that alias.
    pub moment: Moment,
}

/// What is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A column.
    Column(&'static str, Decode),
    /// A template.
    Template(&'static str, Decode),
    /// A template of a figure with arguments, and what is given for them.
    Asked(&'static str, Decode, Given),
    /// The moment itself.
    Moment,
}

/// How a cell is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decode {
    /// 16 bytes.
    Uuid,
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// A small whole number, as vocabularies are stored.
    Small,
    /// A 64-bit number.
    Big,
    /// True or false.
    Bool,
    /// A civil date.
    Date,
}

impl Reading {
    /// What a declaration's SQL reads.
    pub fn of(sql: Sql, scalar: Scalar) -> Self {
        match sql {
            Sql::Column(column) => Self::Column(column, Decode::of(scalar)),
            Sql::Template(template) => Self::Template(template, Decode::of(scalar)),
        }
    }

    /// Its template, where it is one.
    pub fn template(&self) -> Option<&'static str> {
        match self {
            Self::Template(template, _) | Self::Asked(template, ..) => Some(template),
            Self::Column(..) | Self::Moment => None,
        }
    }

    /// How its cells are decoded.
    pub fn decode(&self) -> Decode {
        match self {
            Self::Column(_, decode) | Self::Template(_, decode) | Self::Asked(_, decode, _) => *decode,
            Self::Moment => Decode::Date,
        }
    }
}

impl Decode {
    /// How a declared scalar is stored.
    pub fn of(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Id => Self::Uuid,
            Scalar::Text | Scalar::Url | Scalar::TextList | Scalar::Json => Self::Text,
            Scalar::Int => Self::Int,
            Scalar::Boolean => Self::Bool,
            Scalar::Date => Self::Date,
            Scalar::DateTime | Scalar::BigInt | Scalar::Decimal => Self::Big,
            Scalar::Enum(_) => Self::Small,
        }
    }
}

/// A to-one edge in the same statement.
#[derive(Debug)]
pub struct Join {
    /// The alias that it starts from.
    pub from: usize,
    /// The edge.
    pub edge: &'static Edge,
    /// Its own arguments.
    pub arguments: Given,
    /// The moment at which the far row is looked for.
    pub moment: Moment,
    /// May there be several far rows? Only counts by group follow such edges.
    pub fans: bool,
}

/// A condition of `where`.
#[derive(Debug)]
pub enum Filter {
    /// All of these.
    All(Vec<Filter>),
    /// Any of these.
    Any(Vec<Filter>),
    /// Not this; a comparison with a missing value counts as false, so its negation as true.
    Not(Box<Filter>),
    /// A comparison of a member with a value.
    Test(&'static Member, Test),
    /// A far row (or every far row, or none) fulfils the inner condition.
    Related(&'static Edge, Quantifier, Box<Filter>),
}

impl Filter {
    /// How many comparisons and relations it has, and how deep relations stand inside relations.
    pub fn size(&self) -> (usize, usize) {
        match self {
            Self::All(inner) | Self::Any(inner) => {
                inner.iter().map(Self::size).fold((0, 0), |(sum, most), (count, deep)| (sum + count, most.max(deep)))
            }
            Self::Not(inner) => inner.size(),
            Self::Test(..) => (1, 0),
            Self::Related(_, _, inner) => {
                let (count, deep) = inner.size();
                (count + 1, deep + 1)
            }
        }
    }
}

/// A comparison.
#[derive(Debug)]
pub enum Test {
    /// Equal; `None` is "has no value".
    Equal(Option<Bind>),
    /// One of these.
    In(Bind),
    /// Compares with an operator of ours: `<`, `<=`, `>`, `>=`.
    Compare(&'static str, Bind),
    /// Matches a LIKE pattern over the folded key.
    Like(Bind),
}

/// How many far rows must fulfil a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// Each one (and so also none at all).
    Every,
    /// Not one.
    None,
}

/// One key of an order.
#[derive(Debug)]
pub struct OrderKey {
    /// The alias that it is read from.
    pub alias: usize,
    /// Its SQL; text is compared by its folded key.
    pub sql: Reading,
    /// The moment at that alias.
    pub moment: Moment,
    /// Can it be without value? Missing values sort as the greatest.
    pub nullable: bool,
    /// From the greatest down?
    pub descending: bool,
}

/// A page of a connection.
#[derive(Debug)]
pub struct Page {
    /// 1 to 100.
    pub size: usize,
    /// Counted from the end (`last`)?
    pub backwards: bool,
    /// Only rows after this position.
    pub after: Option<Position>,
    /// Only rows before this position.
    pub before: Option<Position>,
    /// Is it asked whether there are more? Only then one row more than the page is read.
    pub peek: bool,
}

impl Page {
    /// How many rows are read.
    pub fn limit(&self) -> usize {
        self.size + usize::from(self.peek)
    }
}

/// The shape of an object in the answer.
#[derive(Debug)]
pub struct Object {
    /// Response keys and what stands under them, in document order.
    pub fields: Vec<(String, Node)>,
}

/// What stands under a response key of an entity.
#[derive(Debug)]
pub enum Node {
    /// `__typename`.
    TypeName(String),
    /// A value.
    Value(usize, Scalar, u8),
    /// A personal value.
    Personal(PersonalNode),
    /// A refusal, known before anything is read.
    Refused(Refusal),
    /// A to-one edge; the column is null when there is no far row.
    One(usize, Object),
    /// Members under a heading; the column says whether the part exists.
    Part(Option<usize>, Object),
    /// A bounded list.
    List(usize, Object),
    /// A connection.
    Connection(usize, Vec<(String, ConnectionNode)>),
    /// A figure.
    Figure(FigureNode),
    /// `can`.
    Can(Box<CanNode>),
}

/// What stands under a response key of a connection.
#[derive(Debug)]
pub enum ConnectionNode {
    /// `__typename`.
    TypeName(String),
    /// `edges`, each with these.
    Edges(Vec<(String, EdgeNode)>),
    /// `nodes`.
    Nodes(Object),
    /// `pageInfo`.
    PageInfo(Vec<(String, PageNode)>),
    /// `totalCount`.
    TotalCount,
}

/// What stands under a response key of a connection's edge.
#[derive(Debug)]
pub enum EdgeNode {
    /// `__typename`.
    TypeName(String),
    /// `cursor`.
    Cursor,
    /// `node`.
    Node(Object),
}

/// What stands under a response key of `pageInfo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageNode {
    /// `__typename`.
    TypeName,
    /// `hasNextPage`.
    HasNext,
    /// `hasPreviousPage`.
    HasPrevious,
    /// `startCursor`.
    Start,
    /// `endCursor`.
    End,
}

/// A value that is shown when the row's organization is one whose personal data the actor reads.
#[derive(Debug)]
pub struct PersonalNode {
    /// The field.
    pub field: &'static str,
    /// Column of the value.
    pub column: usize,
    /// What it is.
    pub scalar: Scalar,
    /// Column of the organization.
    pub owner: usize,
    /// Column of the person.
    pub person: usize,
}

/// A figure with what it needs.
#[derive(Debug)]
pub struct FigureNode {
    /// The figure.
    pub figure: &'static Figure,
    /// Columns of its needs.
    pub columns: Vec<Need>,
    /// Its arguments.
    pub arguments: Map<String, Value>,
    /// What is picked from its value.
    pub picked: Picked,
}

/// What something computed needs of a row: a column, what stands in it, and the kind of an id.
pub type Need = (usize, Scalar, u8);

/// A question whether an act may be done on the row.
#[derive(Debug)]
pub struct CanNode {
    /// The act asked about.
    pub rule: &'static ActRule,
    /// Is the row of the kind on which the act is done?
    pub applies: bool,
    /// Column of the organization that owns the row.
    pub organization: Option<usize>,
    /// Column of the unit to which the row belongs.
    pub unit: Option<usize>,
    /// Column of the units that it is about, as one text.
    pub units: Option<usize>,
    /// For a step of a life cycle: the column of the row's state, and the figure of what is possible.
    pub steps: Option<(usize, Scalar, FigureNode)>,
    /// What the act looks at in the row beyond that, with the columns that this needs.
    pub guard: Option<(&'static Guard, Vec<Need>)>,
    /// What is picked from the answer.
    pub picked: Picked,
}

/// What is picked from a computed value.
#[derive(Debug)]
pub enum Picked {
    /// All of it.
    Whole,
    /// Fields of an object (or of each object of a list): response key, field (`None` is `__typename`), what is picked below.
    Fields(&'static str, Vec<(String, Option<&'static str>, Picked)>),
}
