//! A file as rows with their line numbers: the header checked, each cell read by what it must say.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use csv::{Position, ReaderBuilder, StringRecord};
use entity::Interval;

use super::{Fault, Files, Reason};

/// A row of one of the files.
pub(super) trait Record: Sized {
    /// Name of the file.
    const FILE: &'static str;
    /// Its columns; the first ones are the code that other rows refer to, or by which this row counts.
    const COLUMNS: &'static [&'static str];
    /// How many of the first columns make the code; several are joined by `/`.
    const KEY: usize = 1;
    /// Is the code unique?
    const UNIQUE: bool;

    /// The row; `None` when a cell is at fault, after all its cells were looked at.
    fn read(cells: &mut Cells) -> Option<Self>;

    /// The text of the first column, or columns.
    fn natural_key(&self) -> &str;
}

/// A row and the line where it starts.
pub(super) struct Row<T> {
    pub line: u64,
    pub value: T,
}

/// The rows of a file that could be read, and what is known of the others.
pub(super) struct Sheet<T> {
    pub rows: Vec<Row<T>>,
    /// Codes of rows that are at fault: they exist, so nobody who refers to them is wrong.
    unread: HashSet<String>,
    /// Was there a row (or a whole file) of which not even the code is known? Then no absence proves anything.
    blind: bool,
}

impl<T: Record> Sheet<T> {
    /// Reads a file, adding what is wrong with it to `faults`.
    pub fn read(files: &Files, faults: &mut Vec<Fault>) -> Self {
        let mut sheet = Self { rows: Vec::new(), unread: HashSet::new(), blind: false };
        let before = faults.len();
        let Some(text) = files.text(T::FILE) else {
            faults.push(Fault::of_file(T::FILE, Reason::FileMissing));
            sheet.blind = true;
            return sheet;
        };
        // `flexible`: a row with too few or too many cells is told like every other fault.
        let mut reader =
            ReaderBuilder::new().flexible(true).has_headers(false).trim(csv::Trim::All).from_reader(text.as_bytes());
        let mut records = reader.records();
        let places = header::<T>(records.next().and_then(Result::ok), faults);
        if faults.len() > before {
            sheet.blind = true;
            return sheet;
        }
        let mut seen = HashMap::new();
        for record in records {
            match record {
                Ok(record) => sheet.take(line_of(text, record.position()), &record, &places, &mut seen, faults),
                Err(error) => {
                    faults.push(Fault::of_file(T::FILE, Reason::Unreadable(error.to_string())));
                    sheet.blind = true;
                }
            }
        }
        if T::UNIQUE {
            let codes = sheet.rows.iter().map(|row| (row.line, row.value.natural_key()));
            faults.extend(repeated(T::FILE, T::COLUMNS[T::KEY - 1], codes));
        }
        sheet
    }

    fn take(
        &mut self,
        line: u64,
        record: &StringRecord,
        places: &HashMap<&'static str, usize>,
        seen: &mut HashMap<Vec<String>, u64>,
        faults: &mut Vec<Fault>,
    ) {
        if let Some(first) = seen.insert(record.iter().map(str::to_owned).collect(), line) {
            faults.push(Fault::of_row(T::FILE, line, Reason::DuplicateRow { first }));
            return;
        }
        let (found, expected, before) = (record.len(), places.len(), faults.len());
        let read = if found == expected {
            T::read(&mut Cells { file: T::FILE, line, places, record, faults })
        } else {
            faults.push(Fault::of_row(T::FILE, line, Reason::CellCount { expected, found }));
            None
        };
        let key = &T::COLUMNS[..T::KEY];
        let parts = key.iter().map(|column| places.get(column).and_then(|place| record.get(*place)));
        let code = parts.map(|part| part.filter(|part| is_code(part))).collect::<Option<Vec<_>>>();
        let refused = faults[before..].iter().any(|f| f.column.as_deref().is_some_and(|column| key.contains(&column)));
        match (read, code) {
            (Some(value), _) => self.rows.push(Row { line, value }),
            (None, Some(code)) if !refused => drop(self.unread.insert(code.join("/"))),
            (None, _) => self.blind = true,
        }
    }

    /// The rows by code.
    pub fn by_code(&self) -> HashMap<&str, &Row<T>> {
        self.rows.iter().map(|row| (row.value.natural_key(), row)).collect()
    }

    /// May a row with this code stand in the file, although it could not be read?
    pub fn may_hold(&self, code: &str) -> bool {
        self.blind || self.unread.contains(code)
    }

    /// The plain values, in the order of the file.
    pub fn into_values(self) -> Vec<T> {
        self.rows.into_iter().map(|row| row.value).collect()
    }
}

/// Where each column stands; faults for what the header lacks, repeats or has too much.
fn header<T: Record>(record: Option<StringRecord>, faults: &mut Vec<Fault>) -> HashMap<&'static str, usize> {
    let Some(record) = record else {
        faults.push(Fault::of_row(T::FILE, 1, Reason::NoHeader));
        return HashMap::new();
    };
    let mut places = HashMap::new();
    for (place, name) in record.iter().enumerate() {
        let reason = match T::COLUMNS.iter().find(|column| **column == name) {
            None => Reason::ExtraColumn,
            Some(column) if places.insert(*column, place).is_some() => Reason::RepeatedColumn,
            Some(_) => continue,
        };
        faults.push(Fault::of_cell(T::FILE, 1, name, reason));
    }
    let missing = T::COLUMNS.iter().filter(|column| !places.contains_key(**column));
    faults.extend(missing.map(|column| Fault::of_cell(T::FILE, 1, column, Reason::MissingColumn)));
    places
}

/// The line where a record starts. The reader counts blank lines before a record to that record.
fn line_of(text: &str, position: Option<&Position>) -> u64 {
    position.map_or(1, |start| {
        let rest = usize::try_from(start.byte()).ok().and_then(|at| text.as_bytes().get(at..)).unwrap_or_default();
        start.line() + rest.iter().take_while(|byte| **byte == b'\n').count() as u64
    })
}

/// Digits, or words; several are joined by `/`.
fn is_code(code: &str) -> bool {
    code.split('/').all(is_slug)
}

fn is_slug(code: &str) -> bool {
    !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// Faults for codes that stand on an earlier row already; each item is a line and its code.
pub(super) fn repeated<'a>(
    file: &'static str,
    column: &str,
    codes: impl Iterator<Item = (u64, &'a str)>,
) -> Vec<Fault> {
    let mut first: HashMap<&str, u64> = HashMap::new();
    let mut faults = Vec::new();
    for (line, code) in codes {
        match first.get(code) {
            Some(first) => {
                let reason = Reason::DuplicateCode { code: code.to_owned(), first: *first };
                faults.push(Fault::of_cell(file, line, column, reason));
            }
            None => drop(first.insert(code, line)),
        }
    }
    faults
}

/// The cells of one row, read by column name.
pub(super) struct Cells<'a> {
    file: &'static str,
    line: u64,
    places: &'a HashMap<&'static str, usize>,
    record: &'a StringRecord,
    faults: &'a mut Vec<Fault>,
}

impl Cells<'_> {
    fn cell(&self, column: &str) -> &str {
        self.places.get(column).and_then(|place| self.record.get(*place)).unwrap_or_default()
    }

    fn refuse<T>(&mut self, column: &str, reason: Reason) -> Option<T> {
        self.faults.push(Fault::of_cell(self.file, self.line, column, reason));
        None
    }

    /// A text that must not be blank.
    pub fn text(&mut self, column: &str) -> Option<String> {
        match self.cell(column) {
            "" => self.refuse(column, Reason::Blank),
            text => Some(text.to_owned()),
        }
    }

    /// Texts between bars; none when blank.
    pub fn texts(&mut self, column: &str) -> Vec<String> {
        self.cell(column).split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// A code of so many digits; `form` says the lengths in words.
    pub fn code(&mut self, column: &str, lengths: &[usize], form: &'static str) -> Option<String> {
        let text = self.text(column)?;
        if lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(text);
        }
        self.refuse(column, Reason::MalformedCode { found: text, digits: form })
    }

    /// A code of letters and digits, made to be written by people.
    pub fn slug(&mut self, column: &str) -> Option<String> {
        let text = self.text(column)?;
        if is_slug(&text) { Some(text) } else { self.refuse(column, Reason::MalformedSlug(text)) }
    }

    /// A whole number from 0 to 100.
    pub fn percent(&mut self, column: &str) -> Option<i32> {
        let text = self.text(column)?;
        let percent = text.parse().ok().filter(|percent| (0..=100).contains(percent));
        percent.or_else(|| self.refuse(column, Reason::NotAPercentage(text)))
    }

    /// What may be blank, read in this way where it is not. The outer `None` is a fault.
    pub fn optional<T>(&mut self, column: &str, read: impl Fn(&mut Self, &str) -> Option<T>) -> Option<Option<T>> {
        if self.cell(column).is_empty() { Some(None) } else { read(self, column).map(Some) }
    }

    /// A code that may be blank. The outer `None` is a fault.
    pub fn optional_code(&mut self, column: &str, lengths: &[usize], form: &'static str) -> Option<Option<String>> {
        self.optional(column, |cells, column| cells.code(column, lengths, form))
    }

    /// `true` or `false`.
    pub fn truth(&mut self, column: &str) -> Option<bool> {
        match self.text(column)?.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            other => self.refuse(column, Reason::NotTrueOrFalse(other.to_owned())),
        }
    }

    /// A word of a closed list.
    pub fn word(&mut self, column: &str, known: &'static [&'static str]) -> Option<String> {
        let word = self.text(column)?;
        self.known(column, word, known)
    }

    /// Words of a closed list, between bars.
    pub fn words(&mut self, column: &str, known: &'static [&'static str]) -> Option<Vec<String>> {
        let words = self.texts(column);
        let checked: Vec<_> = words.into_iter().map(|word| self.known(column, word, known)).collect();
        checked.into_iter().collect()
    }

    fn known(&mut self, column: &str, found: String, known: &'static [&'static str]) -> Option<String> {
        if known.contains(&found.as_str()) {
            Some(found)
        } else {
            self.refuse(column, Reason::UnknownWord { found, known })
        }
    }

    /// A date that may be blank. The outer `None` is a fault.
    fn optional_date(&mut self, column: &str) -> Option<Option<NaiveDate>> {
        match self.cell(column) {
            "" => Some(None),
            text => match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
                // Ten characters: chrono alone would also take 2020-1-1 and +2020-01-01.
                Ok(date) if text.len() == 10 => Some(Some(date)),
                _ => self.refuse(column, Reason::NotADate(text.to_owned())),
            },
        }
    }

    /// `valid_from` and `valid_to`, each of which may be blank. `None` is a fault.
    pub fn open_interval(&mut self) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
        let (from, to) = (self.optional_date("valid_from"), self.optional_date("valid_to"));
        match (from?, to?) {
            (Some(from), Some(to)) if to <= from => self.refuse("valid_to", Reason::EmptyInterval { from, to }),
            dates => Some(dates),
        }
    }

    /// The interval from `valid_from`, which must be given, to `valid_to`, which may be blank.
    pub fn interval(&mut self) -> Option<Interval> {
        let (from, to) = self.open_interval()?;
        match from {
            Some(from) => Interval::new(from, to),
            None => self.refuse("valid_from", Reason::Blank),
        }
    }
}
