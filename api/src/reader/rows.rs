//! Rows as they came from the database: cells in one flat list, texts in one buffer.

use chrono::NaiveDate;
use uuid::Uuid;

/// One value of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// NULL.
    Null,
    /// A whole number, an instant, a vocabulary's number, 0 or 1 for false or true.
    Int(i64),
    /// A civil date, as days since the first day of the common era.
    Date(i32),
    /// A key.
    Uuid([u8; 16]),
    /// A piece of the text buffer: start and length.
    Text(u32, u32),
}

/// The rows of one statement.
#[derive(Debug, Default)]
pub struct Rows {
    width: usize,
    cells: Vec<Cell>,
    text: String,
}

impl Rows {
    /// No rows yet, of this many columns.
    pub fn new(width: usize) -> Self {
        Self { width, cells: Vec::new(), text: String::new() }
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Adds the next cell of the row that is being filled.
    pub fn push(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    /// Adds a text as the next cell. More than 4 GiB in one statement cannot come: pages and trees are bounded.
    pub fn push_text(&mut self, text: &str) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.cells.push(Cell::Text(start, text.len() as u32));
    }

    /// The same without the first column.
    pub fn without_first_column(mut self) -> Self {
        let width = self.width;
        let mut column = 0;
        self.cells.retain(|_| {
            column += 1;
            !(column - 1usize).is_multiple_of(width)
        });
        self.width = width.saturating_sub(1);
        self
    }

    /// A cell.
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.cells[row * self.width + column]
    }

    /// Is there a value?
    pub fn is_null(&self, row: usize, column: usize) -> bool {
        self.cell(row, column) == Cell::Null
    }

    /// A whole number.
    pub fn int(&self, row: usize, column: usize) -> Option<i64> {
        match self.cell(row, column) {
            Cell::Int(n) => Some(n),
            _ => None,
        }
    }

    /// A key.
    pub fn uuid(&self, row: usize, column: usize) -> Option<Uuid> {
        match self.cell(row, column) {
            Cell::Uuid(bytes) => Some(Uuid::from_bytes(bytes)),
            _ => None,
        }
    }

    /// A text.
    pub fn text(&self, row: usize, column: usize) -> Option<&str> {
        match self.cell(row, column) {
            Cell::Text(start, length) => self.text.get(start as usize..(start + length) as usize),
            _ => None,
        }
    }

    /// A civil date.
    pub fn date(&self, row: usize, column: usize) -> Option<NaiveDate> {
        match self.cell(row, column) {
            Cell::Date(days) => NaiveDate::from_num_days_from_ce_opt(days),
            _ => None,
        }
    }
}
