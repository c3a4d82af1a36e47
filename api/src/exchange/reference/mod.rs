//! Reference data: the national catalogues that the product ships, read and checked before anything is loaded.
//!
//! `Files` holds the texts, `sheet` turns a text into rows, `records` and `content` say what a row of each file is, and
//! `rules` and `content_rules` what must be true across rows and files. Nothing here knows a database.

mod content;
mod content_rules;
mod fault;
mod files;
mod finding_types;
mod records;
mod rules;
mod sheet;
#[cfg(test)]
mod tests;

pub use content::{
    Crosswalk, DefenceLine, Framework, FrameworkEdition, Norm, ReferenceMap, ReferenceProcess, Requirement,
};
pub use fault::{Fault, Reason};
pub use files::Files;
pub use finding_types::FindingType;
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
    /// Mapas de referencia.
    pub reference_maps: Vec<ReferenceMap>,
    /// Procesos de referencia.
    pub reference_processes: Vec<ReferenceProcess>,
    /// Marcos de referencia.
    pub frameworks: Vec<Framework>,
    /// Ediciones de los marcos.
    pub framework_editions: Vec<FrameworkEdition>,
    /// Requisitos.
    pub requirements: Vec<Requirement>,
    /// Correspondencias.
    pub crosswalks: Vec<Crosswalk>,
    /// Normas.
    pub norms: Vec<Norm>,
    /// Líneas de defensa.
    pub defence_lines: Vec<DefenceLine>,
    /// Tipos de hallazgo.
    pub finding_types: Vec<FindingType>,
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
    let reference_maps = Sheet::read(files, &mut faults);
    let reference_processes = Sheet::read(files, &mut faults);
    let frameworks = Sheet::read(files, &mut faults);
    let framework_editions = Sheet::read(files, &mut faults);
    let requirements = Sheet::read(files, &mut faults);
    let crosswalks = Sheet::read(files, &mut faults);
    let norms = Sheet::read(files, &mut faults);
    let defence_lines = Sheet::read(files, &mut faults);
    let finding_types = Sheet::read(files, &mut faults);

    faults.extend(rules::municipalities(&municipalities, &departments));
    faults.extend(rules::territorial_entities(&territorial_entities, &departments, &municipalities));
    faults.extend(rules::coverage(&coverage, &municipalities, &territorial_entities));
    faults.extend(rules::timelines(&coverage, &municipalities));
    faults.extend(rules::job_levels(&job_denominations));
    faults.extend(content_rules::processes(&reference_processes, &reference_maps));
    faults.extend(content_rules::editions(&framework_editions, &frameworks));
    faults.extend(content_rules::requirements(&requirements, &framework_editions));
    faults.extend(content_rules::crosswalks(&crosswalks, &requirements));

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
        reference_maps: reference_maps.into_values(),
        reference_processes: reference_processes.into_values(),
        frameworks: frameworks.into_values(),
        framework_editions: framework_editions.into_values(),
        requirements: requirements.into_values(),
        crosswalks: crosswalks.into_values(),
        norms: norms.into_values(),
        defence_lines: defence_lines.into_values(),
        finding_types: finding_types.into_values(),
    })
}
