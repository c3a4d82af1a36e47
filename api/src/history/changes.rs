//! What an entry changed, from what is stored: columns become fields, numbers words, keys opaque ids. A pure function.

use entity::{Kind, OpaqueId, machinery::ObjectKind};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    access::rules::Subject,
    catalogue::ENTITIES,
    graph::{
        Declaration,
        declaration::{Figure, FigureInput, Member, ObjectShape, Revealed, Scalar, Shape, ShapeField, Source, Sql},
        error::{ErrorCode, Refusal},
        names,
    },
    reader::write::object,
    store::sealed::{PersonKey, Place, SEALED},
};

const TEXT: Shape = Shape::Leaf("String");

static CHANGE: ObjectShape = ObjectShape {
    name: "HistoryChange",
    description: "Cambio de un campo. A field before and after an act.",
    fields: &[
        ShapeField {
            name: "field",
            description: "Campo. By its name in this schema; a dot leads into a part.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "before",
            description: "Antes. As a text: ids, words and dates as fields show them, lists as JSON; null: no value.",
            shape: &TEXT,
            nullable: true,
        },
        ShapeField { name: "after", description: "Después. As `before`.", shape: &TEXT, nullable: true },
        ShapeField {
            name: "withheld",
            description: "Reservado. Why neither value is shown: PERSONAL_DATA, PERSON_ERASED; null when they are shown.",
            shape: &Shape::Leaf("ErrorCode"),
            nullable: true,
        },
    ],
};

/// What `changes` reads of an entry.
pub const CHANGES: Figure = Figure {
    needs: &[
        (Sql::Column("object_kind"), Scalar::Enum(&ObjectKind::VOCABULARY)),
        (Sql::Column("object_id"), Scalar::Id),
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("id"), Scalar::Id),
        (Sql::Column("changes"), Scalar::Text),
        (Sql::Template("(SELECT k.secret FROM person_key k WHERE k.object_id = {t}.object_id)"), Scalar::Text),
    ],
    output: &Shape::List(&Shape::Object(&CHANGE)),
    arguments: &[],
    compute: changes,
    reveals: Some(revealed),
};

/// The id of what changed.
pub const OBJECT: Figure = Figure {
    needs: &[
        (Sql::Column("object_kind"), Scalar::Enum(&ObjectKind::VOCABULARY)),
        (Sql::Column("object_id"), Scalar::Id),
    ],
    output: &Shape::Leaf("ID"),
    arguments: &[],
    compute: |input| {
        let kind = input.cells[0].as_str().and_then(|name| ObjectKind::VOCABULARY.by_name(name));
        let number = kind.and_then(|kind| u8::try_from(kind.number).ok());
        Ok(number
            .zip(uuid(&input.cells[1]))
            .map_or(Value::Null, |(number, uuid)| OpaqueId { number, uuid }.to_string().into()))
    },
    reveals: None,
};

/// The entity whose objects a stored kind names.
pub fn declaration_of(kind: ObjectKind) -> Option<&'static Declaration> {
    let number = u8::try_from(kind.number()).ok()?;
    ENTITIES.iter().copied().find(|declaration| declaration.kind.map(|kind| kind as u8) == Some(number))
}

/// The stored cells of an entry.
struct Entry<'a> {
    declaration: &'static Declaration,
    object: Uuid,
    organization: Uuid,
    id: Uuid,
    changes: Map<String, Value>,
    key: Option<PersonKey>,
    input: &'a FigureInput<'a>,
}

impl<'a> Entry<'a> {
    fn read(input: &'a FigureInput<'a>) -> Option<Self> {
        let kind = ObjectKind::VOCABULARY.by_name(input.cells[0].as_str()?)?;
        Some(Self {
            declaration: declaration_of(ObjectKind::from_number(kind.number)?)?,
            object: uuid(&input.cells[1])?,
            organization: uuid(&input.cells[2])?,
            id: uuid(&input.cells[3])?,
            changes: serde_json::from_str(input.cells[4].as_str()?).ok()?,
            key: input.cells[5].as_str().and_then(PersonKey::parse),
            input,
        })
    }

    fn reads(&self, subject: Subject) -> bool {
        let reach = self.input.viewer.reach(subject);
        if subject == Subject::PersonalData {
            reach.whole.contains(self.organization)
        } else {
            reach.published.contains(self.organization)
        }
    }

    /// One line of the answer; `None` for what the viewer may not even know of.
    fn change(&self, column: &str, told: &Value) -> Option<Value> {
        if UNTOLD.contains(&(self.declaration.table, column)) {
            return None;
        }
        if let Some(member) = personal(self.declaration, column)
            && !self.reads(Subject::PersonalData)
        {
            return Some(withheld(member.name.to_owned(), ErrorCode::PersonalData));
        }
        if let Some(loaded) = ENTITIES
            .iter()
            .find(|entity| entity.table == column && told.as_array().is_some_and(|told| told.iter().all(Value::is_u64)))
        {
            return self
                .reads(loaded.visibility.subject)
                .then(|| line(table_field(loaded), told, |count| Some(count.to_string())));
        }
        if let Some(edge) = link(self.declaration, column) {
            return Some(line(edge.0.to_owned(), told, |link| linked(link, edge.1)));
        }
        let field = field(self.declaration, column);
        let shown = |told: &Value| line(field.name.clone(), told, |value| field.show(value));
        Some(match told {
            Value::Object(closed) => match (closed.get(SEALED).and_then(Value::as_str), &self.key) {
                (Some(text), Some(key)) => {
                    let place = Place { entry: self.id, person: self.object, column };
                    key.open(place, text)
                        .map_or_else(|| withheld(field.name.clone(), ErrorCode::Internal), |told| shown(&told))
                }
                _ => withheld(field.name, ErrorCode::PersonErased),
            },
            told => shown(told),
        })
    }
}

fn changes(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    let entry = Entry::read(input).ok_or(ErrorCode::Internal)?;
    Ok(entry.changes.iter().filter_map(|(column, told)| entry.change(column, told)).collect())
}

/// The personal fields that an answer shows.
fn revealed(input: &FigureInput<'_>, value: &Value) -> Option<Revealed> {
    let entry = Entry::read(input)?;
    let lines = value.as_array()?.iter().filter(|line| line["withheld"].is_null());
    let shown: Vec<_> = lines.filter_map(|line| line["field"].as_str()).collect();
    let personal = entry.declaration.members.iter().filter(|member| member.personal);
    let fields: Vec<_> = personal.map(|member| member.name).filter(|name| shown.contains(name)).collect();
    Some(Revealed { organization: entry.organization, person: entry.object, fields })
}

fn line(field: String, told: &Value, show: impl Fn(&Value) -> Option<String>) -> Value {
    let side =
        |at: usize| told.get(at).filter(|value| !value.is_null()).and_then(&show).map_or(Value::Null, Value::from);
    object([("field", field.into()), ("before", side(0)), ("after", side(1)), ("withheld", Value::Null)])
}

fn withheld(field: String, why: ErrorCode) -> Value {
    object([("field", field.into()), ("before", Value::Null), ("after", Value::Null), ("withheld", why.name().into())])
}

fn uuid(id: &Value) -> Option<Uuid> {
    id.as_str().and_then(OpaqueId::parse).map(|id| id.uuid)
}

/// A column as the schema names and shows it.
pub(super) struct Field {
    pub name: String,
    scalar: Option<Scalar>,
    /// The kind of the ids in it.
    kind: Option<Kind>,
}

impl Field {
    fn show(&self, value: &Value) -> Option<String> {
        if let Some(kind) = self.kind {
            let uuid = Uuid::parse_str(value.as_str()?).ok()?;
            return Some(OpaqueId { number: kind as u8, uuid }.to_string());
        }
        match (self.scalar, value) {
            (Some(Scalar::Enum(vocabulary)), Value::Number(number)) => {
                let term = vocabulary.by_number(i16::try_from(number.as_i64()?).ok()?);
                term.map(|term| term.name.to_owned())
            }
            (Some(Scalar::Decimal), Value::Number(number)) => Some(entity::Amount(number.as_i64()?).to_string()),
            (Some(Scalar::DateTime), Value::Number(number)) => entity::Moment(number.as_i64()?).rfc3339(),
            (Some(Scalar::Boolean), Value::Number(number)) => Some((number.as_i64()? != 0).to_string()),
            (_, Value::String(text)) => Some(text.clone()),
            (_, other) => Some(other.to_string()),
        }
    }

    /// Does the schema know it?
    #[cfg(test)]
    pub fn is_declared(&self) -> bool {
        self.scalar.is_some() || self.kind.is_some()
    }
}

/// Columns that stand behind a member which says more than they do, or behind none.
const BEHIND: &[(&str, &str, &str, Option<&entity::Vocabulary>)] = &[
    ("structure_version", "stage", "state", Some(&entity::organization::StructureStage::VOCABULARY)),
    // The last name of a unit, which `name` tells by the moment.
    ("org_unit", "name", "name", None),
    ("unit_version", "path", "path", None),
    ("unit_version", "depth", "depth", None),
];

/// What is recorded, so that no change of it can be hidden, and told to nobody.
pub(super) const UNTOLD: &[(&str, &str)] =
    &[("api_key", "secret_hash"), ("api_key", "previous_hash"), ("api_key", "answerable")];

/// The field behind a column.
pub(super) fn field(declaration: &'static Declaration, column: &str) -> Field {
    let behind = BEHIND.iter().find(|(table, known, ..)| *table == declaration.table && *known == column);
    if let Some((_, _, name, vocabulary)) = behind {
        return Field {
            name: (*name).to_owned(),
            scalar: Some(vocabulary.map_or(Scalar::Text, Scalar::Enum)),
            kind: None,
        };
    }
    among(declaration.members, column).unwrap_or_else(|| Field {
        name: names::lower_camel(column),
        scalar: None,
        kind: None,
    })
}

fn among(members: &'static [Member], column: &str) -> Option<Field> {
    members.iter().find_map(|member| match &member.source {
        Source::Column(Sql::Column(known), scalar) if *known == column => {
            Some(Field { name: member.name.to_owned(), scalar: Some(*scalar), kind: None })
        }
        Source::One(edge) if edge.keys == [column] => {
            Some(Field { name: member.name.to_owned(), scalar: None, kind: edge.target.kind })
        }
        Source::Part(part) => {
            let inner = among(part.members, column)?;
            Some(Field { name: format!("{}.{}", member.name, inner.name), ..inner })
        }
        _ => None,
    })
}

fn personal(declaration: &'static Declaration, column: &str) -> Option<&'static Member> {
    let is = |member: &&Member| matches!(member.source, Source::Column(Sql::Column(known), _) if known == column);
    declaration.members.iter().filter(|member| member.personal).find(is)
}

/// The edge that rows of a joining table make: its name, and the entity at its end.
pub(super) fn link(declaration: &'static Declaration, table: &str) -> Option<(&'static str, &'static Declaration)> {
    declaration.members.iter().find_map(|member| match &member.source {
        Source::Many(edge, _) if reads(edge.on, table) => Some((member.name, edge.target)),
        _ => None,
    })
}

/// Does the template read the table? (A column may be called as a word of it.)
fn reads(template: &str, table: &str) -> bool {
    let words: Vec<_> = template.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    words.windows(2).any(|pair| matches!(pair[0], "FROM" | "JOIN") && pair[1] == table)
}

/// Of a row of a joining table, the far end.
fn linked(link: &Value, far: &'static Declaration) -> Option<String> {
    let column = format!("{}_id", far.table);
    let uuid = Uuid::parse_str(link.get(&column)?.as_str()?).ok()?;
    Some(OpaqueId { number: far.kind? as u8, uuid }.to_string())
}

fn table_field(loaded: &Declaration) -> String {
    if loaded.plural.is_empty() { names::lower_camel(loaded.table) } else { loaded.plural.to_owned() }
}
