//! The texts of the reference data: shipped inside the program, or from a folder.

use std::{collections::BTreeMap, fs, io, path::Path};

use super::{Fault, Reason};

/// The shipped files, in the order in which they refer to each other.
const EMBEDDED: [(&str, &str); 15] = [
    ("departments.csv", include_str!("../../../../reference/departments.csv")),
    ("municipalities.csv", include_str!("../../../../reference/municipalities.csv")),
    ("territorial_entities.csv", include_str!("../../../../reference/territorial_entities.csv")),
    ("coverage.csv", include_str!("../../../../reference/coverage.csv")),
    ("unit_kinds.csv", include_str!("../../../../reference/unit_kinds.csv")),
    ("job_denominations.csv", include_str!("../../../../reference/job_denominations.csv")),
    ("reference_maps.csv", include_str!("../../../../reference/reference_maps.csv")),
    ("reference_processes.csv", include_str!("../../../../reference/reference_processes.csv")),
    ("frameworks.csv", include_str!("../../../../reference/frameworks.csv")),
    ("framework_editions.csv", include_str!("../../../../reference/framework_editions.csv")),
    ("requirements.csv", include_str!("../../../../reference/requirements.csv")),
    ("crosswalks.csv", include_str!("../../../../reference/crosswalks.csv")),
    ("norms.csv", include_str!("../../../../reference/norms.csv")),
    ("defence_lines.csv", include_str!("../../../../reference/defence_lines.csv")),
    ("finding_types.csv", include_str!("../../../../reference/finding_types.csv")),
];

/// The texts of the files, by name.
#[derive(Clone, Debug)]
pub struct Files {
    texts: BTreeMap<&'static str, String>,
}

impl Files {
    /// The files that the program was built with.
    pub fn embedded() -> Self {
        Self { texts: EMBEDDED.iter().map(|(name, text)| (*name, tidy(text))).collect() }
    }

    /// The files of a folder, which must hold all of them; other files there are left alone.
    ///
    /// # Errors
    /// One fault for each file that is missing, cannot be read or is not UTF-8.
    pub fn from_dir(folder: &Path) -> Result<Self, Vec<Fault>> {
        let (mut texts, mut faults) = (BTreeMap::new(), Vec::new());
        for (name, _) in EMBEDDED {
            match fs::read(folder.join(name)).map(decode) {
                Ok(Ok(text)) => drop(texts.insert(name, text)),
                Ok(Err(row)) => faults.push(Fault::of_row(name, row, Reason::NotUtf8)),
                Err(error) => faults.push(unreadable(name, &error)),
            }
        }
        if faults.is_empty() { Ok(Self { texts }) } else { Err(faults) }
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// Where a file stands in the order of the files.
    pub(super) fn place(name: &str) -> Option<usize> {
        EMBEDDED.iter().position(|(file, _)| *file == name)
    }

    #[cfg(test)]
    pub(super) fn with(mut self, name: &'static str, text: &str) -> Self {
        self.texts.insert(name, tidy(text));
        self
    }
}

fn unreadable(name: &'static str, error: &io::Error) -> Fault {
    let missing = error.kind() == io::ErrorKind::NotFound;
    Fault::of_file(name, if missing { Reason::FileMissing } else { Reason::Unreadable(error.to_string()) })
}

/// The text of a file, or the line with the first byte that is no UTF-8.
fn decode(bytes: Vec<u8>) -> Result<String, u64> {
    String::from_utf8(bytes).map(|text| tidy(&text)).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        1 + good.iter().filter(|byte| **byte == b'\n').count() as u64
    })
}

/// Without the byte order mark and carriage returns that spreadsheets write, so that rows can be counted.
fn tidy(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}
