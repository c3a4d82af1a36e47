//! What is wrong with a file of reference data, and where.

use std::fmt;

use entity::Interval;

/// One thing that is wrong with the reference data: where it stands and why it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the file, without its folder.
    pub file: &'static str,
    /// Line where the row starts, counted from 1 (the header); `None` when the whole file is meant.
    pub row: Option<u64>,
    /// Name of the column; `None` when the whole row is meant.
    pub column: Option<String>,
    /// Why it is refused.
    pub reason: Reason,
}

impl Fault {
    pub(super) fn of_file(file: &'static str, reason: Reason) -> Self {
        Self { file, row: None, column: None, reason }
    }

    pub(super) fn of_row(file: &'static str, row: u64, reason: Reason) -> Self {
        Self { file, row: Some(row), column: None, reason }
    }

    pub(super) fn of_cell(file: &'static str, row: u64, column: &str, reason: Reason) -> Self {
        Self { file, row: Some(row), column: Some(column.to_owned()), reason }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for Fault {}

/// Why something in a file is refused. Rows are lines of the file, the header being row 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The file is not there.
    #[error("the file is missing")]
    FileMissing,
    /// The file is there and cannot be read; the system's own words.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// The bytes are no UTF-8.
    #[error("the text is not UTF-8; save the file as UTF-8")]
    NotUtf8,
    /// There is not even a header.
    #[error("the file is empty; its first row names the columns")]
    NoHeader,
    /// A column of the file is not in the header.
    #[error("the header lacks this column")]
    MissingColumn,
    /// The header names a column that the file does not have.
    #[error("the header names a column that is not known here")]
    ExtraColumn,
    /// The header names a column twice.
    #[error("the header names this column more than once")]
    RepeatedColumn,
    /// A row has fewer or more cells than the header.
    #[error("the row has {found} cells where the header has {expected}")]
    CellCount {
        /// Cells of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A cell that must say something is blank.
    #[error("the cell is blank and must not be")]
    Blank,
    /// A code of the wrong form.
    #[error("\"{found}\" is not a code of {digits} digits (leading zeros count)")]
    MalformedCode {
        /// What the cell says.
        found: String,
        /// How many digits it needs.
        digits: &'static str,
    },
    /// A code with other characters.
    #[error("\"{0}\" is not a code of letters without accents, digits, \"_\", \".\" and \"-\"")]
    MalformedSlug(String),
    /// No number of percent.
    #[error("\"{0}\" is not a whole number from 0 to 100")]
    NotAPercentage(String),
    /// The same code on two rows.
    #[error("the code \"{code}\" stands already on row {first}")]
    DuplicateCode {
        /// The code.
        code: String,
        /// The row that has it first.
        first: u64,
    },
    /// The same row twice.
    #[error("the row says the same as row {first}")]
    DuplicateRow {
        /// The row that says it first.
        first: u64,
    },
    /// No date.
    #[error("\"{0}\" is not a date of the form YYYY-MM-DD")]
    NotADate(String),
    /// An interval without a day.
    #[error("the interval is empty: it ends on {to} (that day excluded) and starts on {from}")]
    EmptyInterval {
        /// First day.
        from: chrono::NaiveDate,
        /// First day after it.
        to: chrono::NaiveDate,
    },
    /// Neither true nor false.
    #[error("\"{0}\" is neither true nor false")]
    NotTrueOrFalse(String),
    /// A word outside the closed list.
    #[error("\"{found}\" is not one of {}", known.join(", "))]
    UnknownWord {
        /// What the cell says.
        found: String,
        /// What it may say.
        known: &'static [&'static str],
    },
    /// A code that the other file does not have.
    #[error("\"{code}\" is not in {file}")]
    UnknownReference {
        /// The code.
        code: String,
        /// The file that should have it.
        file: &'static str,
    },
    /// A DIVIPOLA code that begins with another department.
    #[error("the code {code} does not begin with its department's code, {department}")]
    OtherPrefix {
        /// DIVIPOLA code of the municipality or territorial entity.
        code: String,
        /// The department that the row names.
        department: String,
    },
    /// A department's entity with a municipality's code, or the reverse.
    #[error("the code {code} does not fit the kind {kind}: departments have 2 digits, the others 5")]
    KindAndCode {
        /// DIVIPOLA code of the territorial entity.
        code: String,
        /// The kind that the row names.
        kind: String,
    },
    /// A job whose code belongs to another level.
    #[error("the code {code} begins with {} and the level {level} with another digit", &code[..1])]
    LevelAndCode {
        /// Code of the job.
        code: String,
        /// The level that the row names.
        level: String,
    },
    /// Days on which nobody covers a municipality.
    #[error("no territorial entity covers municipality {municipality} {}", on(days))]
    Gap {
        /// DIVIPOLA code of the municipality.
        municipality: String,
        /// The days.
        days: Interval,
    },
    /// Days on which a municipality is covered twice.
    #[error("municipality {municipality} is covered here and on row {other} {}", on(days))]
    Overlap {
        /// DIVIPOLA code of the municipality.
        municipality: String,
        /// The other row.
        other: u64,
        /// The common days.
        days: Interval,
    },
    /// Coverage by an entity on days on which it does not exist.
    #[error("the coverage reaches beyond territorial entity {entity}, which exists {}", on(life))]
    OutsideEntity {
        /// DIVIPOLA code of the territorial entity.
        entity: String,
        /// The entity's own interval.
        life: Interval,
    },
    /// Coverage of a municipality on days on which it does not exist.
    #[error("the coverage reaches beyond municipality {municipality}, which exists {}", life(*from, *to))]
    OutsideMunicipality {
        /// DIVIPOLA code of the municipality.
        municipality: String,
        /// Its first day, where known.
        from: Option<chrono::NaiveDate>,
        /// The first day after it, if it ended.
        to: Option<chrono::NaiveDate>,
    },
    /// A department that covers a municipality of another one.
    #[error("department {entity} cannot cover municipality {municipality}, which lies in another department")]
    OtherDepartment {
        /// DIVIPOLA code of the department.
        entity: String,
        /// DIVIPOLA code of the municipality.
        municipality: String,
    },
    /// A department that covers a municipality which is certified itself on these days.
    #[error(
        "department {entity} cannot cover municipality {municipality}, which is certified itself {}",
        on(certified)
    )]
    CertifiedItself {
        /// DIVIPOLA code of the department.
        entity: String,
        /// DIVIPOLA code of the municipality.
        municipality: String,
        /// The interval of the municipality's own entity.
        certified: Interval,
    },
    /// A process under nothing that is no macroprocess.
    #[error("{code} is a {level} and stands under nothing; only a MACROPROCESS does")]
    LevelAlone {
        /// Code of the process.
        code: String,
        /// Its level.
        level: String,
    },
    /// A process under one of its own level or a lower one.
    #[error("{code}, a {level}, cannot stand under {parent}, a {above}")]
    LevelUnder {
        /// Code of the process.
        code: String,
        /// Its level.
        level: String,
        /// Code of the one above it.
        parent: String,
        /// The level of that one.
        above: String,
    },
    /// Days on which two editions of a framework hold.
    #[error(
        "this edition of {framework} and that of row {other} hold both {}; end the earlier one on the first of these days",
        on(days)
    )]
    EditionsOverlap {
        /// Slug of the framework.
        framework: String,
        /// The other row.
        other: u64,
        /// The common days.
        days: Interval,
    },
    /// A requirement whose way up leads back to it.
    #[error("{code} stands under itself")]
    UnderItself {
        /// Slug of the requirement.
        code: String,
    },
    /// A correspondence with one end.
    #[error("{code} cannot be compared with itself")]
    ComparedWithItself {
        /// The requirement.
        code: String,
    },
    /// A correspondence that is surer than what it compares.
    #[error("the row cannot be official: {code}, which it compares, is not")]
    OfficialBetweenOthers {
        /// The requirement that is not official.
        code: String,
    },
}

fn on(interval: &Interval) -> String {
    life(Some(interval.from()), interval.to())
}

fn life(from: Option<chrono::NaiveDate>, to: Option<chrono::NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("from {from} until {to} (excluded)"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(to)) => format!("until {to} (excluded)"),
        (None, None) => "without known limits".to_owned(),
    }
}
