//! The file while it is written. It is whole before its first byte is sent: half a plan looks like a plan.

use std::io::{self, Read, Seek, SeekFrom};

use csv::Writer;
use sha2::{Digest as _, Sha256};
use tempfile::{SpooledData, SpooledTempFile};

use super::{Cell, Format, Layout, csv as text, headings, xlsx::Sheet};
use crate::graph::error::Locale;

/// How many bytes are kept in memory; what is longer goes to a nameless file of the system's temporary folder.
const KEPT: usize = 256 * 1024;

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The temporary folder.
    #[error("an export could not be written aside: {0}")]
    Io(#[from] io::Error),
    /// The workbook.
    #[error("an export could not be written as a workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// A file in the making: a row in memory, the rest beside it.
pub enum ExportFile {
    /// CSV.
    Csv(Box<Writer<SpooledTempFile>>),
    /// XLSX.
    Xlsx(Box<Sheet>),
}

/// A whole file.
pub struct Finished {
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub hash: String,
    /// How many bytes it has.
    pub length: u64,
    /// They, in memory or in a nameless file, from the first on.
    pub content: SpooledData,
}

impl ExportFile {
    /// One with its headings.
    pub fn begin(format: Format, layout: Layout, locale: Locale) -> Result<Self, Failed> {
        let headings = headings(layout, locale);
        match format {
            Format::Csv { mark } => {
                let mut out = text::begin(SpooledTempFile::new(KEPT), mark)?;
                out.write_record(headings).map_err(io::Error::from)?;
                Ok(Self::Csv(Box::new(out)))
            }
            Format::Xlsx => Ok(Self::Xlsx(Box::new(Sheet::begin(&headings, locale)?))),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Failed> {
        match self {
            Self::Csv(out) => Ok(text::row(out, cells)?),
            Self::Xlsx(sheet) => Ok(sheet.row(cells)?),
        }
    }

    /// The whole file.
    pub fn finish(self) -> Result<Finished, Failed> {
        let mut file = match self {
            Self::Csv(out) => out.into_inner().map_err(|fault| io::Error::other(fault.to_string()))?,
            Self::Xlsx(sheet) => {
                let mut file = SpooledTempFile::new(KEPT);
                sheet.save(&mut file)?;
                file
            }
        };
        file.seek(SeekFrom::Start(0))?;
        let (mut hash, mut length, mut piece) = (Sha256::new(), 0_u64, vec![0; 16 * 1024]);
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                break;
            }
            hash.update(&piece[..read]);
            length += read as u64;
        }
        file.seek(SeekFrom::Start(0))?;
        let hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Finished { hash, length, content: file.into_inner() })
    }
}
