//! Demonstration data: what 97 secretariats might have, the same on every machine and every day.
//!
//! Organizations, structures and staff are made up; only the territory is real. Everything follows from the reference
//! data, the scale, and the code of each secretariat: no clock, no randomness. Reorganizations go through the same
//! rules as edits by hand.

mod accounts;
mod blueprint;
mod holdings;
mod improvement;
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
    audit::{
        audit, audit_criterion, audit_program, audit_program_transition, audit_report, audit_scope, audit_team_member,
        audit_transition, certificate, certificate_process, checklist_item, finding, finding_incidence,
        finding_process, finding_requirement, finding_response, finding_transition, finding_unit,
    },
    direction::{acknowledgement, decision, dissemination, dissemination_unit, management_review},
    improvement::{
        action_activity, action_finding, action_transition, action_unit, cause_analysis, effectiveness_review,
        evidence, improvement_action, improvement_plan, plan_finding, plan_transition, progress_rating,
        progress_report, reformulation, reformulation_decision, reporting_window,
    },
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
    /// Programas de auditorías.
    pub audit_programs: Vec<audit_program::Model>,
    /// Pasos de los programas.
    pub audit_program_transitions: Vec<audit_program_transition::Model>,
    /// Auditorías.
    pub audits: Vec<audit::Model>,
    /// Pasos de las auditorías.
    pub audit_transitions: Vec<audit_transition::Model>,
    /// Alcances.
    pub audit_scopes: Vec<audit_scope::Model>,
    /// Criterios.
    pub audit_criteria: Vec<audit_criterion::Model>,
    /// Equipos auditores.
    pub audit_team_members: Vec<audit_team_member::Model>,
    /// Listas de verificación.
    pub checklist_items: Vec<checklist_item::Model>,
    /// Hallazgos; each after the one that it repeats.
    pub findings: Vec<finding::Model>,
    /// Pasos de los hallazgos.
    pub finding_transitions: Vec<finding_transition::Model>,
    /// Processes of the findings.
    pub finding_processes: Vec<finding_process::Model>,
    /// Units of the findings.
    pub finding_units: Vec<finding_unit::Model>,
    /// Requirements of the findings.
    pub finding_requirements: Vec<finding_requirement::Model>,
    /// Incidencias.
    pub finding_incidences: Vec<finding_incidence::Model>,
    /// Respuestas.
    pub finding_responses: Vec<finding_response::Model>,
    /// Informes.
    pub audit_reports: Vec<audit_report::Model>,
    /// Certificados.
    pub certificates: Vec<certificate::Model>,
    /// Processes that they cover.
    pub certificate_processes: Vec<certificate_process::Model>,
    /// Revisiones por la dirección.
    pub management_reviews: Vec<management_review::Model>,
    /// Decisiones.
    pub decisions: Vec<decision::Model>,
    /// Socializaciones.
    pub disseminations: Vec<dissemination::Model>,
    /// Units to which they are made known.
    pub dissemination_units: Vec<dissemination_unit::Model>,
    /// Acuses de recibo.
    pub acknowledgements: Vec<acknowledgement::Model>,
    /// Análisis de causas.
    pub cause_analyses: Vec<cause_analysis::Model>,
    /// Planes de mejoramiento.
    pub improvement_plans: Vec<improvement_plan::Model>,
    /// Pasos de los planes.
    pub plan_transitions: Vec<plan_transition::Model>,
    /// Findings of the plans.
    pub plan_findings: Vec<plan_finding::Model>,
    /// Acciones de mejora.
    pub improvement_actions: Vec<improvement_action::Model>,
    /// Pasos de las acciones.
    pub action_transitions: Vec<action_transition::Model>,
    /// Findings of the actions.
    pub action_findings: Vec<action_finding::Model>,
    /// Units that share the actions.
    pub action_units: Vec<action_unit::Model>,
    /// Actividades de las acciones.
    pub action_activities: Vec<action_activity::Model>,
    /// Periodos de reporte.
    pub reporting_windows: Vec<reporting_window::Model>,
    /// Reportes de avance.
    pub progress_reports: Vec<progress_report::Model>,
    /// Calificaciones.
    pub progress_ratings: Vec<progress_rating::Model>,
    /// Reformulaciones.
    pub reformulations: Vec<reformulation::Model>,
    /// Decisions on them.
    pub reformulation_decisions: Vec<reformulation_decision::Model>,
    /// Evaluaciones de eficacia.
    pub effectiveness_reviews: Vec<effectiveness_review::Model>,
    /// Evidencias.
    pub evidences: Vec<evidence::Model>,
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
        improvement::write(&secretariat, &versions, marks, data, &mut faults, &mut demo);
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
