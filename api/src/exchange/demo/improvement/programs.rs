//! Annual programs, and the certificates that rest on audits.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use entity::{
    Id,
    audit::{ProgramState, audit_program, certificate, certificate_process},
    fold,
    framework::framework_edition,
};

use super::{
    Maker,
    audits::{Audit, FINISHED},
    steps::step,
};
use crate::exchange::{demo::day, load::key};

/// Writes an annual program.
pub fn program(
    maker: &mut Maker,
    year: i32,
    name: &str,
    state: ProgramState,
    (begun, closed): (Option<NaiveDate>, Option<NaiveDate>),
) -> Id<audit_program::Entity> {
    let id = key(&maker.code(&format!("{year}/{}", fold(name))));
    let cast = maker.ground.cast;
    let approved = state != ProgramState::Draft;
    maker.demo.audit_programs.push(audit_program::Model {
        id,
        organization_id: maker.secretariat.id,
        year,
        name: name.to_owned(),
        name_key: fold(name),
        objective: Some("Dar cobertura a los procesos misionales y a los de mayor riesgo.".to_owned()),
        state,
        approved_by_id: if approved { cast.control.person } else { None },
        row_version: 1,
    });
    let first = day(year, 1, 1).min(day(2026, 6, 1));
    let on = |days: u64| first + Days::new(days);
    let mut steps = vec![step(ProgramState::Draft, on(9), cast.control, "auditProgramCreate")];
    if approved {
        steps.push(step(ProgramState::Approved, on(19), cast.control, "auditProgramApprove"));
    }
    // With its first audit it begins.
    steps.extend(begun.map(|on| step(ProgramState::InExecution, on, cast.control, "auditBegin")));
    steps.extend(closed.map(|on| step(ProgramState::Closed, on, cast.control, "auditProgramClose")));
    maker.program_steps(id, &steps);
    id
}

/// Writes the certificate that rests on an audit.
pub fn certify(maker: &mut Maker, audit: &Audit) {
    let id: Id<certificate::Entity> = key(&maker.code(audit.code));
    let from = audit.day(FINISHED + 30);
    let edition: Id<framework_edition::Entity> = key("ISO_9001/2015");
    maker.demo.certificates.push(certificate::Model {
        id,
        organization_id: maker.secretariat.id,
        audit_id: Some(audit.id),
        body: "Instituto Colombiano de Normas Técnicas y Certificación (ICONTEC)".to_owned(),
        framework_edition_id: Some(edition),
        standard: "NTC-ISO 9001:2015".to_owned(),
        number: format!("SC-CER-{}-{}", maker.secretariat.code(), from.year()),
        scope: Some("Gestión de la cobertura, de la calidad educativa y del servicio a la ciudadanía.".to_owned()),
        valid_from: from,
        valid_to: from.checked_add_months(Months::new(36)),
        row_version: 1,
    });
    for (_, process, _) in &audit.scope {
        maker.demo.certificate_processes.push(certificate_process::Model {
            certificate_id: id,
            organization_id: maker.secretariat.id,
            process_id: *process,
        });
    }
}
