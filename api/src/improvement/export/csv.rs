//! Cells as CSV: RFC 4180, UTF-8.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::Cell;

/// By this a spreadsheet knows that what follows is UTF-8; without it the accents are lost.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A writer of rows.
pub fn begin<W: Write>(mut out: W, mark: bool) -> io::Result<Writer<W>> {
    if mark {
        out.write_all(MARK)?;
    }
    Ok(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out))
}

/// Writes a row.
pub fn row<W: Write>(out: &mut Writer<W>, cells: &[Cell]) -> io::Result<()> {
    for cell in cells {
        match cell {
            Cell::Empty => out.write_field("")?,
            Cell::Text(text) => out.write_field(harmless(text).as_bytes())?,
            Cell::Number(plain) | Cell::Day(plain) => out.write_field(plain)?,
        }
    }
    out.write_record(None::<&[u8]>)?;
    Ok(())
}

/// A text that a spreadsheet takes for a text: what would begin a formula stands behind an apostrophe.
pub fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => format!("'{text}").into(),
        false => text.into(),
    }
}
