//! The words in which declarations are written: short constructors for [`Member`]s.
//!
//! ```ignore
//! column("code", Text, "code", "Código DIVIPOLA. …").filtered().ordered(),
//! one("department", &DEPARTMENT, "department_id", "Departamento. …"),
//! many("municipalities", &MUNICIPALITY, "department_id", "Municipios. …"),
//! ```

use super::declaration::{Argument, Edge, Figure, List, Member, Part, Scalar, Shape, ShapeField, Source, Sql};

pub use super::declaration::Scalar::{BigInt, Boolean, Date, DateTime, Decimal, Enum, Id, Int, Text, TextList, Url};
pub use super::declaration::Within;

const fn member(name: &'static str, source: Source, nullable: bool, description: &'static str) -> Member {
    Member {
        name,
        description,
        source,
        nullable,
        filter: false,
        order: false,
        group: false,
        folded: None,
        personal: false,
    }
}

/// A column that always has a value.
pub const fn column(name: &'static str, scalar: Scalar, column: &'static str, description: &'static str) -> Member {
    member(name, Source::Column(Sql::Column(column), scalar), false, description)
}

/// The row's opaque id.
pub const fn id() -> Member {
    let mut id = column("id", Id, "id", "Identificador. Opaque, typed; never changes.");
    id.filter = true;
    id
}

/// The number that `expectedVersion` is compared with.
pub const fn row_version() -> Member {
    column(
        "version",
        Int,
        "row_version",
        "Versión del registro. Grows by one with each change; give it back as `expectedVersion`.",
    )
}

/// A name, searched and ordered by the folded key beside it.
pub const fn name(description: &'static str) -> Member {
    column("name", Text, "name", description).folded("name_key")
}

/// The first day on which a row holds.
pub const fn valid_from() -> Member {
    column("validFrom", Date, "valid_from", "Vigente desde. First day on which it holds (civil date, America/Bogota).")
        .filtered()
        .ordered()
}

/// The day after the last on which a row holds.
pub const fn valid_to() -> Member {
    column(
        "validTo",
        Date,
        "valid_to",
        "Vigente hasta. First day on which it no longer holds; null while no end is known.",
    )
    .nullable()
    .filtered()
    .ordered()
}

/// Where a national row was read.
pub const fn source() -> Member {
    column("source", Text, "source", "Fuente. Where the row was read: file, document and edition.")
}

/// Whether a national row can be relied on.
pub const fn official() -> Member {
    column(
        "official",
        Boolean,
        "official",
        "Oficial. Whether every shown value was verified against an official source.",
    )
    .filtered()
    .grouped()
}

/// The part that tells where a file lies, from the columns of a reference to a document.
macro_rules! file_part {
    ($name:literal, $description:literal) => {
        $crate::graph::declaration::Part {
            name: $name,
            description: $description,
            members: &[
                column("title", Text, "document_title", "Título. What it is called there.").nullable(),
                column("uri", Url, "document_uri", "Ubicación. Where it lies.").nullable(),
                column("mediaType", Text, "document_media_type", "Tipo de contenido. Such as `application/pdf`.")
                    .nullable(),
                column("sha256", Text, "document_sha256", "SHA-256. Of its bytes, 64 hexadecimal digits.").nullable(),
                column("filingNumber", Text, "filing_number", "Radicado. The number under which it was filed.")
                    .nullable()
                    .filtered(),
            ],
            present: None,
        }
    };
}
pub(crate) use file_part;

/// SQL for "the row under this alias is in force at the moment", for templates of our own.
macro_rules! in_force {
    ($alias:literal) => {
        concat!($alias, ".valid_from <= {m} AND (", $alias, ".valid_to IS NULL OR ", $alias, ".valid_to > {m})")
    };
}
pub(crate) use in_force;

/// A value that SQL computes from the row and, when the template names `{m}`, from the moment.
pub const fn computed(name: &'static str, scalar: Scalar, sql: &'static str, description: &'static str) -> Member {
    member(name, Source::Column(Sql::Template(sql), scalar), false, description)
}

/// The row that a foreign key names.
pub const fn one(
    name: &'static str,
    target: &'static super::Declaration,
    key: &'static [&'static str],
    description: &'static str,
) -> Member {
    let edge =
        Edge { target, keys: key, on: "{t}.id = {k0}", dated: false, as_asked: false, arguments: &[], filter: true };
    member(name, Source::One(edge), false, description)
}

/// At most one row, by a template of its own.
pub const fn one_where(
    name: &'static str,
    target: &'static super::Declaration,
    keys: &'static [&'static str],
    on: &'static str,
    description: &'static str,
) -> Member {
    let edge = Edge { target, keys, on, dated: false, as_asked: false, arguments: &[], filter: true };
    member(name, Source::One(edge), true, description)
}

/// A connection to rows by a template over the near row's keys.
pub const fn many(
    name: &'static str,
    target: &'static super::Declaration,
    keys: &'static [&'static str],
    on: &'static str,
    description: &'static str,
) -> Member {
    let edge = Edge { target, keys, on, dated: false, as_asked: false, arguments: &[], filter: true };
    member(name, Source::Many(edge, List::Connection), false, description)
}

/// A plain list, bounded by nature, in the order that the template gives.
pub const fn few(
    name: &'static str,
    target: &'static super::Declaration,
    keys: &'static [&'static str],
    on: &'static str,
    order: &'static str,
    description: &'static str,
) -> Member {
    let edge = Edge { target, keys, on, dated: false, as_asked: false, arguments: &[], filter: true };
    member(name, Source::Many(edge, List::Bounded(order)), false, description)
}

/// Members under a heading of their own.
pub const fn part(name: &'static str, part: &'static Part, description: &'static str) -> Member {
    member(name, Source::Part(part), part.present.is_some(), description)
}

/// A field of an object that is no entity.
pub const fn shown(name: &'static str, shape: &'static Shape, description: &'static str) -> ShapeField {
    ShapeField { name, description, shape, nullable: false }
}

/// The same where it can be without value.
pub const fn shown_or_null(name: &'static str, shape: &'static Shape, description: &'static str) -> ShapeField {
    ShapeField { name, description, shape, nullable: true }
}

/// A figure.
pub const fn figure(name: &'static str, figure: Figure, description: &'static str) -> Member {
    member(name, Source::Figure(figure), true, description)
}

impl Member {
    /// Says something more exact of itself here.
    pub const fn described(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// Can be without value.
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Has a place in `where`.
    pub const fn filtered(mut self) -> Self {
        self.filter = true;
        self
    }

    /// Has a place in `orderBy`.
    pub const fn ordered(mut self) -> Self {
        self.order = true;
        self
    }

    /// Rows can be counted by it.
    pub const fn grouped(mut self) -> Self {
        self.group = true;
        self
    }

    /// Search and order compare this folded key column.
    pub const fn folded(mut self, key: &'static str) -> Self {
        self.folded = Some(key);
        self.filter = true;
        self.order = true;
        self
    }

    /// Personal data: always nullable, and in no filter, order or group.
    pub const fn personal(mut self) -> Self {
        self.personal = true;
        self.nullable = true;
        self.filter = false;
        self.order = false;
        self.group = false;
        self
    }

    /// The far row must be in force at the moment of the path.
    pub const fn dated(mut self) -> Self {
        if let Source::One(edge) | Source::Many(edge, _) = &mut self.source {
            edge.dated = true;
            if let Source::One(_) = self.source {
                self.nullable = true;
            }
        }
        self
    }

    /// Read at the day on which the row was asked for, instead of the moment inside of the row: what came of it since.
    pub const fn as_asked(mut self) -> Self {
        if let Source::One(edge) | Source::Many(edge, _) = &mut self.source {
            edge.as_asked = true;
        }
        self
    }

    /// Cannot be asked about in `where`.
    pub const fn unfiltered(mut self) -> Self {
        self.filter = false;
        if let Source::One(edge) | Source::Many(edge, _) = &mut self.source {
            edge.filter = false;
        }
        self
    }

    /// Takes arguments that it cannot do without, named in the edge's template.
    pub const fn with(self, arguments: &'static [Argument]) -> Self {
        self.with_optional(arguments).unfiltered()
    }

    /// Takes arguments that it can do without.
    pub const fn with_optional(mut self, arguments: &'static [Argument]) -> Self {
        if let Source::One(edge) | Source::Many(edge, _) = &mut self.source {
            edge.arguments = arguments;
        }
        self
    }
}
