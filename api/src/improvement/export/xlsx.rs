//! Cells as a workbook. A row is written when the next one begins; the memory does not grow with them.

use std::io::{Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::Cell;
use crate::graph::error::Locale;

/// What a cell may hold, in UTF-16 units.
const CELL_LIMIT: usize = 32_767;
/// Width of the columns, in characters.
const WIDTH: f64 = 22.0;

/// A workbook with one sheet.
pub struct Sheet {
    book: Workbook,
    /// The number of the next row.
    next: u32,
    day: Format,
    plain: Format,
}

impl Sheet {
    /// One with its headings.
    pub fn begin(headings: &[&str], locale: Locale) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        // The same data give the same bytes: the moment of writing is told by the answer, not by the file.
        let born = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&born));
        let bold = Format::new().set_bold().set_text_wrap();
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(locale.either("Plan de mejoramiento", "Improvement plan"))?;
        sheet.set_freeze_panes(1, 0)?;
        for (heading, column) in headings.iter().zip(0_u16..) {
            sheet.set_column_width(column, WIDTH)?;
            sheet.write_string_with_format(0, column, *heading, &bold)?;
        }
        let wrapped = Format::new().set_text_wrap();
        Ok(Self { book, next: 1, day: Format::new().set_num_format("yyyy-mm-dd"), plain: wrapped })
    }

    /// Adds a row. What people wrote goes in as a text, which no spreadsheet computes.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let (at, sheet) = (self.next, self.book.worksheet_from_index(0)?);
        for (cell, column) in cells.iter().zip(0_u16..) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => sheet.write_string_with_format(at, column, bounded(text), &self.plain)?,
                Cell::Day(day) => {
                    sheet.write_datetime_with_format(at, column, &ExcelDateTime::parse_from_str(day)?, &self.day)?
                }
                Cell::Number(number) => match number.parse::<f64>() {
                    Ok(number) => sheet.write_number(at, column, number)?,
                    Err(_) => sheet.write_string(at, column, number)?,
                },
            };
        }
        self.next += 1;
        Ok(())
    }

    /// Writes the workbook.
    pub fn save<W: Write + Seek + Send>(mut self, out: &mut W) -> Result<(), XlsxError> {
        self.book.save_to_writer(out)
    }
}

/// As much of a text as a cell holds.
fn bounded(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= CELL_LIMIT
        })
        .collect()
}
