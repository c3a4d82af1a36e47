//! What a declaration is: an entity said once, as data.
//!
//! From a [`Declaration`] come the GraphQL type, its filters and orders, the reading plan, the lookups and
//! the visibility of its rows. Declarations are `static`, so that two entities can name each other as the
//! ends of an edge.
//!
//! SQL appears here as *templates*: `{t}` is the alias of the declared table, `{k0}`, `{k1}` are the near
//! row's key columns of an edge, `{m}` is the moment of the path (a civil date), clamped into the row's interval
//! where entering the row does that; `{d}` is the day on which the row was asked for, before any clamping. A value's
//! template names one of the two at most. A template holds no values from outside, ever: those are bound.
//!
//! An entity without a table of its own is a *view*: `table` holds the `SELECT`s that give its rows, see
//! [`Declaration::is_view`].

use entity::{Kind, Vocabulary};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    access::{rules::Subject, visibility::Involved},
    history::types,
};

/// An entity: its table, its members, who sees its rows.
#[derive(Debug)]
pub struct Declaration {
    /// The GraphQL type, a noun of the domain.
    pub name: &'static str,
    /// Root field that looks one up, such as `orgUnit`. Empty when there is none.
    pub singular: &'static str,
    /// Root field that lists them, such as `orgUnits`. Empty when there is none.
    pub plural: &'static str,
    /// Kind of its ids; `None` for a view that is no [`Node`](Self::is_node).
    pub kind: Option<Kind>,
    /// Its table; of a view the `SELECT`s that give its rows, in parentheses.
    pub table: &'static str,
    /// What it is, the Spanish term first.
    pub description: &'static str,
    /// Who sees its rows.
    pub visibility: Visibility,
    /// Does a row hold in an interval (columns `valid_from`, `valid_to`)? Then lists of it are read as of the moment.
    pub dated: bool,
    /// At which moment a row's own edges and values are read.
    pub moment: Within,
    /// Fields, edges and figures.
    pub members: &'static [Member],
    /// Natural keys: name of the `by` field and how the row is found.
    pub lookups: &'static [Lookup],
    /// Names of the members that order a list when nobody asks otherwise; `-` before one: from the greatest down.
    pub default_order: &'static [&'static str],
}

impl Declaration {
    /// Does it implement `Node`?
    pub fn is_node(&self) -> bool {
        self.kind.is_some()
    }

    /// Is it computed, and kept nowhere? Then it has no ids and is read at a moment, `{m}`, from one or several `SELECT`s
    /// joined by `UNION ALL`, each with `{days}` after its first `FROM`, and with `{of:column}` after whatever a column is that
    /// edges lead to it by; `{name}` is an argument of such an edge, NULL elsewhere (`docs/decisions/0023-views.md`). Its columns [`TOLD_APART`] and `id` tell its rows apart; `moment`
    /// is the day of each.
    pub fn is_view(&self) -> bool {
        self.table.starts_with('(')
    }

    /// Its members, and those that it has because of what it is: whatever an organization owns has a history.
    pub fn all_members(&self) -> impl Iterator<Item = &'static Member> + use<> {
        let history = match self.visibility.owner {
            _ if !self.is_node() || self.visibility.about.is_some() => None,
            Owner::Column("id") => Some(&types::OF_ORGANIZATION),
            Owner::Column(_) => Some(&types::OF_OBJECT),
            Owner::Nation | Owner::Through { .. } => None,
        };
        self.members.iter().chain(history)
    }

    /// The member of this name.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.all_members().find(|member| member.name == name)
    }
}

/// The moment inside a row that was asked for at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// The same.
    Asked,
    /// Clamped into the row's interval, as that of a structure version.
    Interval,
    /// The civil date in this column, on which what the row tells of happened (a finding).
    Event(&'static str),
}

/// The columns that, together with `id`, tell the rows of a view apart: whose they are, and which `SELECT` gives them.
pub const TOLD_APART: [(&str, Scalar); 2] = [("organization_id", Scalar::Id), ("part", Scalar::Int)];

/// Who sees the rows of a table.
#[derive(Clone, Copy, Debug)]
pub struct Visibility {
    /// Under which heading of the rules table its reading stands.
    pub subject: Subject,
    /// Whose rows they are.
    pub owner: Owner,
    /// Template that is true for rows which every member reads (in force); rows where it is not need a role that
    /// reads drafts. `None`: one rule for all rows.
    pub published: Option<&'static str>,
    /// Template of the unit to which a row belongs: whoever is limited to units reads what is not published of theirs.
    pub unit: Option<&'static str>,
    /// To whom a row belongs where that is no single unit.
    pub involved: Option<Involved>,
    /// Of what other object a row tells: who does not see that does not see the row.
    pub about: Option<About>,
}

impl Visibility {
    /// The same for rows that belong to a unit.
    pub const fn of_unit(mut self, unit: &'static str) -> Self {
        self.unit = Some(unit);
        self
    }
}

/// The object of which a row tells. It may be gone.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Column with the number of the object's kind; `None` where only one is possible.
    pub kind: Option<&'static str>,
    /// Column with its key.
    pub key: &'static str,
    /// What it may be.
    pub among: fn() -> &'static [&'static Declaration],
}

/// Whose a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's: national rows, which every signed-in actor reads.
    Nation,
    /// Of the organization that this column names.
    Column(&'static str),
    /// Of each organization that has a row in `table` which names it by `key` (an account, of those that gave it a grant).
    Through {
        /// A table with `organization_id`.
        table: &'static str,
        /// Its column that names the row.
        key: &'static str,
    },
}

/// National content: every signed-in actor reads it.
pub const NATIONAL: Visibility = Visibility {
    subject: Subject::Catalogue,
    owner: Owner::Nation,
    published: None,
    unit: None,
    involved: None,
    about: None,
};

/// Rows of an organization under one heading of the rules table.
pub const fn owned(subject: Subject) -> Visibility {
    Visibility {
        subject,
        owner: Owner::Column("organization_id"),
        published: None,
        unit: None,
        involved: None,
        about: None,
    }
}

/// Rows of an organization that every member reads once `published` is true.
pub const fn drafted(subject: Subject, published: &'static str) -> Visibility {
    Visibility { published: Some(published), ..owned(subject) }
}

/// Rows of an organization that, beside those who read all of it, the units that they are about and the persons who work on
/// them read.
pub const fn involving(subject: Subject, involved: Involved) -> Visibility {
    Visibility { published: Some("1 = 0"), involved: Some(involved), ..owned(subject) }
}

/// A natural key.
#[derive(Debug)]
pub struct Lookup {
    /// Name of the field in the `by` input.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Template with `{t}` and `{k0}`, the value asked for.
    pub condition: &'static str,
    /// Is the value an input of another declaration's lookups (as an organization by its territorial entity)?
    pub through: Option<&'static Declaration>,
}

/// A field, an edge or a figure of an entity.
#[derive(Debug)]
pub struct Member {
    /// GraphQL name, camelCase.
    pub name: &'static str,
    /// What it is, the Spanish term first.
    pub description: &'static str,
    /// Where it comes from.
    pub source: Source,
    /// Can it be without value?
    pub nullable: bool,
    /// Has it a place in `where`?
    pub filter: bool,
    /// Has it a place in `orderBy`?
    pub order: bool,
    /// Can rows be counted by it?
    pub group: bool,
    /// Folded key column that search and order compare instead of the text itself.
    pub folded: Option<&'static str>,
    /// Personal data (Ley 1581 de 2012): readable by the roles that need it, and in no filter, order or group.
    pub personal: bool,
}

/// Where a member's value comes from.
#[derive(Debug)]
pub enum Source {
    /// A column or an SQL expression of the row.
    Column(Sql, Scalar),
    /// At most one row of another entity, read in the same statement.
    One(Edge),
    /// Rows of another entity, read by one statement for the whole level.
    Many(Edge, List),
    /// Some members under a heading of their own, on the same row.
    Part(&'static Part),
    /// A pure function of columns of the row.
    Figure(Figure),
}

/// SQL of a value, on both databases.
#[derive(Clone, Copy, Debug)]
pub enum Sql {
    /// A column of the table.
    Column(&'static str),
    /// A template with `{t}` and, when it depends on the date, `{m}`; `{text}(…)` is a key as hexadecimal digits, and of
    /// two `{day}(…)` the difference is how many days lie between them.
    Template(&'static str),
}

/// How a value is stored and shown.
#[derive(Clone, Copy, Debug)]
pub enum Scalar {
    /// The row's own id, of the declared kind.
    Id,
    /// Text.
    Text,
    /// A URL.
    Url,
    /// A number within 32 bits.
    Int,
    /// A number within 64 bits, shown as a text.
    BigInt,
    /// A number with two decimals, stored as hundredths and shown as a text.
    Decimal,
    /// True or false.
    Boolean,
    /// A civil date.
    Date,
    /// An instant, stored as microseconds.
    DateTime,
    /// A word of a vocabulary, stored as its number.
    Enum(&'static Vocabulary),
    /// A list of texts, stored as a JSON array.
    TextList,
    /// The number of a kind together with a key: an id whose kind the row says (`kind_column * key`).
    Json,
}

impl Scalar {
    /// The GraphQL type, without `!`.
    pub fn graphql(self) -> &'static str {
        match self {
            Self::Id => "ID",
            Self::Text => "String",
            Self::Url => "URL",
            Self::Int => "Int",
            Self::BigInt => "BigInt",
            Self::Decimal => "Decimal",
            Self::Boolean => "Boolean",
            Self::Date => "Date",
            Self::DateTime => "DateTime",
            Self::Enum(vocabulary) => vocabulary.name,
            Self::TextList => "[String!]",
            Self::Json => "JSON",
        }
    }
}

/// A way from a row to rows of another entity.
#[derive(Debug)]
pub struct Edge {
    /// The far end.
    pub target: &'static Declaration,
    /// Columns of the near row that `on` speaks of as `{k0}`, `{k1}`.
    pub keys: &'static [&'static str],
    /// Template with `{t}` (the far row), `{k0}`…, and `{m}`.
    pub on: &'static str,
    /// Must the far row be in force at the moment? Needs `valid_from` and `valid_to` there.
    pub dated: bool,
    /// Is it read at the day on which the near row was asked for, instead of the moment inside of that row?
    pub as_asked: bool,
    /// Arguments of its own, which `on` speaks of as `{name}`, or the `SELECT`s of the view that it leads to.
    pub arguments: &'static [Argument],
    /// Can it be asked about in `where`?
    pub filter: bool,
}

/// An argument of an edge or of a figure.
#[derive(Debug)]
pub struct Argument {
    /// GraphQL name; `{name}` in templates.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it means.
    pub description: &'static str,
}

/// What an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A civil date; one is needed.
    Day,
    /// The id of an object of this kind; where none is given templates have NULL.
    Key(Kind),
}

impl Takes {
    /// The GraphQL type, with its `!`.
    pub fn graphql(self) -> &'static str {
        match self {
            Self::Day => "Date!",
            Self::Key(_) => "ID",
        }
    }
}

/// The form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// A Relay connection with filter and order.
    Connection,
    /// A plain list, small by nature; the member's description says its bound. Ordered by this template.
    Bounded(&'static str),
}

/// Members under a heading of their own, on the same row.
#[derive(Debug)]
pub struct Part {
    /// The GraphQL type.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Its members.
    pub members: &'static [Member],
    /// Template that says whether the part exists on a row; `None` when it always does.
    pub present: Option<&'static str>,
}

/// A figure: needed columns and a pure function.
#[derive(Debug)]
pub struct Figure {
    /// What it needs of the row.
    pub needs: &'static [(Sql, Scalar)],
    /// What it gives.
    pub output: &'static Shape,
    /// Arguments, which the templates of its needs speak of as `{name}`.
    pub arguments: &'static [Argument],
    /// The function.
    pub compute: fn(&FigureInput<'_>) -> Result<Value, crate::graph::error::Refusal>,
    /// Which personal data a computed value shows: to show them is recorded.
    pub reveals: Option<fn(&FigureInput<'_>, &Value) -> Option<Revealed>>,
}

/// Personal data of somebody.
#[derive(Debug)]
pub struct Revealed {
    /// The organization that knows the person.
    pub organization: Uuid,
    /// The person.
    pub person: Uuid,
    /// The fields.
    pub fields: Vec<&'static str>,
}

/// What a figure is computed from.
pub struct FigureInput<'a> {
    /// The needed values, in the order of `needs`.
    pub cells: &'a [Value],
    /// The arguments given.
    pub arguments: &'a serde_json::Map<String, Value>,
    /// The organization that owns the row, if one does (the last need, when the declaration is owned).
    pub viewer: &'a crate::access::actor::Actor,
    /// Language of the messages.
    pub locale: crate::graph::error::Locale,
    /// Today in Bogotá.
    pub today: chrono::NaiveDate,
}

/// The type of a computed value: the computed value is JSON of this shape, and the selection picks from it.
#[derive(Debug)]
pub enum Shape {
    /// A scalar or enum, by its GraphQL name, without `!`.
    Leaf(&'static str),
    /// A list of non-null values, bounded by nature.
    List(&'static Shape),
    /// An object.
    Object(&'static ObjectShape),
}

/// An object that is no entity.
#[derive(Debug)]
pub struct ObjectShape {
    /// The GraphQL type.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Its fields.
    pub fields: &'static [ShapeField],
}

/// A field of an object that is no entity.
#[derive(Debug)]
pub struct ShapeField {
    /// GraphQL name; the key in the computed JSON.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Its type.
    pub shape: &'static Shape,
    /// Can it be null?
    pub nullable: bool,
}

impl Shape {
    /// The GraphQL type, without the outer `!`.
    pub fn graphql(&self) -> String {
        match self {
            Self::Leaf(name) => (*name).to_owned(),
            Self::List(inner) => format!("[{}!]", inner.graphql()),
            Self::Object(object) => object.name.to_owned(),
        }
    }

    /// The object at the end of it, if there is one.
    pub fn object(&self) -> Option<&'static ObjectShape> {
        match self {
            Self::Leaf(_) => None,
            Self::List(inner) => inner.object(),
            Self::Object(object) => Some(object),
        }
    }
}
