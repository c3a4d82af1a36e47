//! Demonstration data: what 97 secretariats might have, the same on every machine and every day.
//!
//! Organizations, structures and staff are made up; only the territory is real. Everything follows from the reference
//! data, the scale, and the code of each secretariat: no clock, no randomness. Reorganizations go through the same
//! rules as edits by hand.

mod accounts;
mod blueprint;
mod holdings;
mod jobs;
mod life;
mod load;
mod organizations;
mod people;
mod random;
mod reorganize;
mod staff;
#[cfg(test)]
mod tests;
mod value_chain;
mod versions;

use chrono::NaiveDate;
use entity::{
    access::{access_grant, account, member},
    organization::{
        job, legal_act, org_unit, organization, organization_classification, person, post, post_holding,
        responsibility_transfer, structure_transition, structure_version, succession, succession_predecessor,
        succession_successor, temporary_takeover, unit_version, work_group,
    },
    value_chain::{
        activity, alignment, capability, capability_process, capability_unit, controlled_document, document_transition,
        document_version, external_party, flow, flow_party, flow_process, process, process_norm,
        process_responsibility, process_transition, process_version, reference_adoption,
    },
};

pub use accounts::subject;
pub use load::{DemoFault, Summary, load_demo};
pub use value_chain::Planted;

use super::reference::ReferenceData;
use organizations::Secretariat;

/// The day that the demonstration takes for today: what lies after it is only what acts have fixed in advance.
pub const ANCHOR: NaiveDate = day(2026, 6, 30);
/// DIVIPOLA code of the entity that examples speak of.
pub const FUNZA: &str = "25286";
/// Two days between which the structure of [`FUNZA`]'s secretariat changed in every way that there is.
pub const FUNZA_CHANGED: (NaiveDate, NaiveDate) = (day(2022, 12, 31), day(2025, 12, 31));
/// The largest scale: beyond it a structure would have more units than a version may have.
pub const LARGEST_SCALE: u32 = 40;

/// The rows, in the order in which tables refer to each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DemoData {
    /// Organizaciones.
    pub organizations: Vec<organization::Model>,
    /// Clasificaciones.
    pub classifications: Vec<organization_classification::Model>,
    /// Actos administrativos.
    pub legal_acts: Vec<legal_act::Model>,
    /// Administraciones temporales.
    pub takeovers: Vec<temporary_takeover::Model>,
    /// Versiones de la estructura; each after the one that it was drafted from.
    pub structure_versions: Vec<structure_version::Model>,
    /// Pasos del ciclo de vida.
    pub transitions: Vec<structure_transition::Model>,
    /// Dependencias.
    pub org_units: Vec<org_unit::Model>,
    /// Dependencias en cada versión, depth first.
    pub unit_versions: Vec<unit_version::Model>,
    /// Sucesiones.
    pub successions: Vec<succession::Model>,
    /// Predecessors of the successions.
    pub predecessors: Vec<succession_predecessor::Model>,
    /// Successors of the successions.
    pub successors: Vec<succession_successor::Model>,
    /// Traslados de responsabilidades.
    pub transfers: Vec<responsibility_transfer::Model>,
    /// Empleos.
    pub jobs: Vec<job::Model>,
    /// Cargos; each after the one that it replaces.
    pub posts: Vec<post::Model>,
    /// Personas.
    pub persons: Vec<person::Model>,
    /// Vinculaciones.
    pub holdings: Vec<post_holding::Model>,
    /// Grupos internos de trabajo.
    pub work_groups: Vec<work_group::Model>,
    /// Cuentas.
    pub accounts: Vec<account::Model>,
    /// Miembros.
    pub members: Vec<member::Model>,
    /// Asignaciones de roles.
    pub grants: Vec<access_grant::Model>,
    /// Procesos.
    pub processes: Vec<process::Model>,
    /// Caracterizaciones; each after the one that it was written from.
    pub process_versions: Vec<process_version::Model>,
    /// Pasos de las caracterizaciones.
    pub process_transitions: Vec<process_transition::Model>,
    /// Actividades.
    pub activities: Vec<activity::Model>,
    /// Partes externas.
    pub external_parties: Vec<external_party::Model>,
    /// Entradas y salidas.
    pub flows: Vec<flow::Model>,
    /// Processes at the other end of flows.
    pub flow_processes: Vec<flow_process::Model>,
    /// External parties at the other end of flows.
    pub flow_parties: Vec<flow_party::Model>,
    /// Responsabilidades.
    pub process_responsibilities: Vec<process_responsibility::Model>,
    /// Documentos controlados.
    pub controlled_documents: Vec<controlled_document::Model>,
    /// Versiones de documentos.
    pub document_versions: Vec<document_version::Model>,
    /// Pasos de los documentos.
    pub document_transitions: Vec<document_transition::Model>,
    /// Capacidades.
    pub capabilities: Vec<capability::Model>,
    /// Processes that realize them.
    pub capability_processes: Vec<capability_process::Model>,
    /// Units that they need.
    pub capability_units: Vec<capability_unit::Model>,
    /// Adopciones de la referencia.
    pub reference_adoptions: Vec<reference_adoption::Model>,
    /// Normograma.
    pub process_norms: Vec<process_norm::Model>,
    /// Alineaciones.
    pub alignments: Vec<alignment::Model>,
    /// What is broken in it on purpose; no table.
    pub planted: Vec<Planted>,
}

/// Makes the demonstration data. At scale 1 a secretariat has 12 to 40 units; larger scales (up to
/// [`LARGEST_SCALE`]) give each more units and posts, and never more secretariats.
pub fn generate(data: &ReferenceData, scale: u32) -> DemoData {
    let scale = scale.clamp(1, LARGEST_SCALE);
    let mut demo = DemoData::default();
    organizations::national(&mut demo);
    accounts::national(&mut demo);
    let mut faults = value_chain::Faults::default();
    for entity in data.territorial_entities.iter().filter(|entity| entity.valid.contains(ANCHOR)) {
        let mut secretariat = Secretariat::new(entity, data);
        secretariat.register(&mut demo);
        let marks = value_chain::Marks::set(&demo);
        let versions = versions::history(&mut secretariat, &mut demo, scale);
        versions::write(&secretariat, &versions, &mut demo);
        let staff = staff::write(&mut secretariat, &versions, &mut demo);
        staff::groups(&mut secretariat, &mut demo);
        accounts::members(&secretariat, &staff, &mut demo);
        value_chain::write(&mut secretariat, &versions, marks, data, &mut faults, &mut demo);
    }
    demo.planted = faults.planted();
    demo
}

/// What the demonstration breaks on purpose at scale 1, for tests of whatever looks for it.
pub fn planted(data: &ReferenceData) -> Vec<Planted> {
    generate(data, 1).planted
}

/// A date that is written here and therefore exists.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => panic!("no such day"),
    }
}
