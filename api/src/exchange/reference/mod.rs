//! Reference data: the national catalogues that the product ships, read and checked before anything is loaded.
//!
//! `Files` holds the texts, `sheet` turns a text into rows, `records` says what a row of each file is, and
//! `rules` what must be true across rows and files. Nothing here knows a database.

mod fault;
mod files;
mod records;
mod rules;
mod sheet;
#[cfg(test)]
mod tests;

pub use fault::{Fault, Reason};
pub use files::Files;
pub use records::{Coverage, Department, JobDenomination, Municipality, TerritorialEntity, UnitKind};

use sheet::Sheet;

/// The national catalogues, whole and free of contradictions, each in the order of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceData {
    /// Departamentos.
    pub departments: Vec<Department>,
    /// Municipios.
    pub municipalities: Vec<Municipality>,
    /// Entidades territoriales certificadas.
    pub territorial_entities: Vec<TerritorialEntity>,
    /// Who covers which municipality, and when.
    pub coverage: Vec<Coverage>,
    /// Tipos de dependencia.
    pub unit_kinds: Vec<UnitKind>,
    /// Denominaciones de empleo.
    pub job_denominations: Vec<JobDenomination>,
}

/// Reads all files and checks them, each by itself and against the others.
///
/// # Errors
/// Everything that is wrong, file by file and row by row, and no data at all. A row that cannot be read raises no
/// second fault elsewhere: what depends on it is not judged.
pub fn read(files: &Files) -> Result<ReferenceData, Vec<Fault>> {
    let mut faults = Vec::new();
    let departments = Sheet::read(files, &mut faults);
    let municipalities = Sheet::read(files, &mut faults);
    let territorial_entities = Sheet::read(files, &mut faults);
    let coverage = Sheet::read(files, &mut faults);
    let unit_kinds = Sheet::read(files, &mut faults);
    let job_denominations = Sheet::read(files, &mut faults);

    faults.extend(rules::municipalities(&municipalities, &departments));
    faults.extend(rules::territorial_entities(&territorial_entities, &departments, &municipalities));
    faults.extend(rules::coverage(&coverage, &municipalities, &territorial_entities));
    faults.extend(rules::timelines(&coverage, &municipalities));
    faults.extend(rules::job_levels(&job_denominations));

    if !faults.is_empty() {
        faults.sort_by_key(|fault| (Files::place(fault.file), fault.row));
        return Err(faults);
    }
    Ok(ReferenceData {
        departments: departments.into_values(),
        municipalities: municipalities.into_values(),
        territorial_entities: territorial_entities.into_values(),
        coverage: coverage.into_values(),
        unit_kinds: unit_kinds.into_values(),
        job_denominations: job_denominations.into_values(),
    })
}
