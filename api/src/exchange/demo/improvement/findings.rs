//! What was found: where, what the audited said to it, why it came about.

use chrono::{Days, NaiveDate};
use entity::{
    Amount, Id, TextList,
    audit::{
        AuditKind, AuditState, FindingKind, FindingOrigin, FindingSeverity, FindingState, IncidenceKind, finding,
        finding_incidence, finding_process, finding_requirement, finding_response, finding_unit,
    },
    fold,
    improvement::{CauseMethod, cause_analysis, evidence},
    organization::org_unit,
    value_chain::process,
};

use super::{
    Maker,
    audits::{Audit, DRAFTED, proof, reached},
    catalogue::{CASES, Case},
    ground::Who,
    steps::{Step, step},
};
use crate::exchange::load::key;

/// A finding whose later steps are not known yet.
pub struct Finding {
    /// Its row.
    pub row: finding::Model,
    /// Its steps so far.
    pub steps: Vec<Step<FindingState>>,
    /// What it is about.
    pub case: &'static Case,
    /// Where it was found.
    pub process: Id<process::Entity>,
    /// Whom it concerns.
    pub unit: Id<org_unit::Entity>,
}

/// How far a finding came before a plan.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// As far as its audit.
    Pending,
    /// It was answered, and stands.
    Confirmed,
    /// It was answered, and fell.
    Dismissed,
    /// It asks for no action.
    Closed,
}

/// Days after an audit began.
const FOUND: u64 = 5;
const ANSWERED: u64 = 25;
const TERM: u64 = 30;
const DECIDED: u64 = 33;
const CLOSED: u64 = 38;

fn severity(kind: FindingKind) -> Option<FindingSeverity> {
    match kind {
        FindingKind::MajorNonconformity => Some(FindingSeverity::High),
        FindingKind::Administrative => Some(FindingSeverity::Critical),
        FindingKind::MinorNonconformity => Some(FindingSeverity::Medium),
        FindingKind::Observation | FindingKind::Opportunity => Some(FindingSeverity::Low),
        FindingKind::Strength => None,
    }
}

/// What the regime of an audit calls a kind of finding.
fn word(audit: AuditKind, kind: FindingKind) -> Option<&'static str> {
    use FindingKind::{Administrative, MajorNonconformity, MinorNonconformity, Observation, Opportunity, Strength};
    match (audit, kind) {
        (AuditKind::ControlBody, Administrative) => Some("FISCAL_CONTROL/HALLAZGO_ADMINISTRATIVO"),
        (AuditKind::InternalControl, MajorNonconformity | MinorNonconformity) => Some("INTERNAL_CONTROL/HALLAZGO"),
        (AuditKind::InternalControl, Observation | Opportunity) => Some("INTERNAL_CONTROL/OBSERVACION"),
        (AuditKind::InternalQuality | AuditKind::Certification, kind) => match kind {
            MajorNonconformity => Some("ISO/NC_MAYOR"),
            MinorNonconformity => Some("ISO/NC_MENOR"),
            Observation => Some("ISO/OBSERVACION"),
            Opportunity => Some("ISO/OPORTUNIDAD_MEJORA"),
            Strength => Some("ISO/FORTALEZA"),
            Administrative => None,
        },
        _ => None,
    }
}

/// What an audit found at one of the places that it looks at; gives its number among the findings of the secretariat.
pub fn find(maker: &mut Maker, audit: &Audit, at: usize, kind: FindingKind, fate: Fate) -> usize {
    let (case, process, unit) = audit.scope[at % audit.scope.len()];
    let number = 1 + maker.findings.iter().filter(|known| known.row.audit_id == Some(audit.id)).count();
    let code = format!("{}.{number}", at % audit.scope.len() + 1);
    let on = audit.day(FOUND);
    let mut row = blank(maker, &format!("{}/{code}", audit.code), (case, kind), on);
    row.audit_id = Some(audit.id);
    row.code = code;
    row.external = audit.external;
    let within = maker.demo.audits.iter().rfind(|known| known.id == audit.id).map(|known| known.kind);
    row.finding_type_id = within.and_then(|within| word(within, kind)).map(key);
    let communicated = reached(audit.state, AuditState::DraftReport);
    row.answer_due = communicated.then(|| audit.day(TERM));
    let mut steps = vec![step(FindingState::Draft, on, audit.who, "findingCreate")];
    if communicated {
        steps.push(step(FindingState::Communicated, audit.day(DRAFTED), audit.who, "auditReportDraft"));
    }
    if reached(audit.state, AuditState::AuditeeResponse) && (fate != Fate::Pending || number % 2 == 1) {
        answer(maker, &row, unit, audit.day(ANSWERED), &mut steps);
    }
    decide(fate, audit.who, (audit.day(DECIDED), audit.day(CLOSED)), &mut steps);
    maker.findings.push(Finding { row, steps, case, process, unit });
    maker.findings.len() - 1
}

/// What came to light without an audit.
pub fn note(maker: &mut Maker, origin: FindingOrigin, source: &str, at: usize, on: NaiveDate) -> Option<usize> {
    let case = &CASES[at % CASES.len()];
    let process = maker.ground.process(case.process, on)?;
    let unit = maker.ground.lead(process, on)?;
    let number = format!("{}-{}", on.format("%Y"), 100 + at);
    let kind = if origin == FindingOrigin::Review { FindingKind::Opportunity } else { FindingKind::Observation };
    let mut row = blank(maker, &format!("{}/{number}", origin.number()), (case, kind), on);
    row.origin = origin;
    row.code = format!("{}-{number}", origin.number());
    row.origin_source = Some(source.to_owned());
    row.origin_number = Some(number);
    row.origin_date = Some(on - Days::new(3));
    row.requires_action = true;
    row.answer_due = Some(on + Days::new(15));
    let who = maker.ground.cast.control;
    let mut steps = vec![
        step(FindingState::Draft, on, who, "findingCreate"),
        step(FindingState::Communicated, on + Days::new(2), who, "findingCommunicate"),
    ];
    decide(Fate::Confirmed, who, (on + Days::new(18), on), &mut steps);
    maker.findings.push(Finding { row, steps, case, process, unit });
    Some(maker.findings.len() - 1)
}

fn blank(maker: &Maker, code: &str, (case, kind): (&Case, FindingKind), on: NaiveDate) -> finding::Model {
    let strength = kind == FindingKind::Strength;
    let name = if strength { "Compromiso del equipo con la mejora del proceso" } else { case.name };
    let condition = if strength { "El equipo conoce sus indicadores y los usa para decidir." } else { case.condition };
    finding::Model {
        id: key(&maker.code(code)),
        organization_id: maker.secretariat.id,
        audit_id: None,
        origin: FindingOrigin::Audit,
        origin_source: None,
        origin_number: None,
        origin_date: None,
        code: String::new(),
        name: name.to_owned(),
        name_key: fold(name),
        kind,
        finding_type_id: None,
        state: FindingState::Draft,
        severity: severity(kind),
        condition: condition.to_owned(),
        criterion: Some(format!("NTC-ISO 9001:2015, numeral {}.", case.requirements.0)),
        cause: (!strength).then(|| case.cause.1.to_owned()),
        effect: (!strength).then(|| case.effect.to_owned()),
        external: false,
        requires_action: matches!(
            kind,
            FindingKind::MajorNonconformity | FindingKind::MinorNonconformity | FindingKind::Administrative
        ),
        revision: 1,
        revision_reason: None,
        identified_on: on,
        answer_due: None,
        recurrence_of_id: None,
        row_version: 1,
    }
}

fn answer(
    maker: &mut Maker,
    row: &finding::Model,
    unit: Id<org_unit::Entity>,
    on: NaiveDate,
    steps: &mut Vec<Step<FindingState>>,
) {
    steps.push(step(FindingState::Answered, on, maker.ground.cast.leader, "findingAnswer"));
    let id: Id<finding_response::Entity> = key(&format!("{}", row.id.uuid()));
    maker.demo.finding_responses.push(finding_response::Model {
        id,
        organization_id: maker.secretariat.id,
        finding_id: row.id,
        text: "La dependencia aporta los soportes que tiene y explica lo ocurrido en la vigencia.".to_owned(),
        responded_on: on,
        person_id: maker.ground.head(unit, on).or(maker.ground.cast.leader.person),
        row_version: 1,
    });
    if maker.whole {
        let file = maker.file(&format!("respuesta-{}", row.code));
        let row = proof(maker, &format!("{}", id.uuid()), on, file);
        maker.demo.evidences.push(evidence::Model { finding_response_id: Some(id), ..row });
    }
}

fn decide(fate: Fate, who: Who, (on, closed): (NaiveDate, NaiveDate), steps: &mut Vec<Step<FindingState>>) {
    match fate {
        Fate::Pending => {}
        Fate::Dismissed => {
            let reason = "Los soportes aportados desvirtúan lo observado.";
            steps.push(step(FindingState::Dismissed, on, who, "findingDismiss").because(reason));
        }
        Fate::Confirmed => steps.push(step(FindingState::Confirmed, on, who, "findingConfirm")),
        Fate::Closed => {
            steps.push(step(FindingState::Confirmed, on, who, "findingConfirm"));
            steps.push(step(FindingState::ClosedNoAction, closed, who, "findingClose"));
        }
    }
}

/// Adds what may follow from a finding of a body of control.
pub fn incidences(maker: &mut Maker, finding: usize) {
    let row = maker.findings[finding].row.clone();
    let fiscal = (IncidenceKind::Fiscal, "Contraloría Delegada para la Responsabilidad Fiscal", Some(184_500_000));
    let disciplinary = (IncidenceKind::Disciplinary, "Oficina de Control Disciplinario Interno", None);
    for (kind, destination, amount) in [fiscal, disciplinary] {
        maker.demo.finding_incidences.push(finding_incidence::Model {
            id: key(&format!("{}/{}", row.id.uuid(), kind.number())),
            organization_id: maker.secretariat.id,
            finding_id: row.id,
            kind,
            destination: Some(destination.to_owned()),
            amount: amount.and_then(Amount::whole),
            row_version: 1,
        });
    }
}

/// Writes why a finding came about.
pub fn analyse(maker: &mut Maker, finding: usize, on: NaiveDate) {
    let known = &maker.findings[finding];
    let (case, unit, id) = (known.case, known.unit, known.row.id);
    let method = match finding % 3 {
        0 => CauseMethod::FiveWhys,
        1 => CauseMethod::Ishikawa,
        _ => CauseMethod::Pareto,
    };
    maker.demo.cause_analyses.push(cause_analysis::Model {
        id: key(&format!("{}", id.uuid())),
        organization_id: maker.secretariat.id,
        finding_id: id,
        method,
        category: case.cause.0,
        whys: TextList::new(case.whys).unwrap_or_default(),
        root_cause: case.cause.1.to_owned(),
        content: None,
        recorded_on: on,
        person_id: maker.ground.head(unit, on).or(maker.ground.cast.leader.person),
        row_version: 1,
    });
}

/// Writes the findings as they stand in the end.
pub fn flush(maker: &mut Maker) {
    super::audits::seal(maker);
    for finding in std::mem::take(&mut maker.findings) {
        let Finding { mut row, steps, case, process, unit } = finding;
        row.state = steps.last().map_or(FindingState::Draft, |step| step.to);
        let (id, organization_id) = (row.id, row.organization_id);
        maker.demo.finding_processes.push(finding_process::Model {
            finding_id: id,
            organization_id,
            process_id: process,
        });
        maker.demo.finding_units.push(finding_unit::Model { finding_id: id, organization_id, org_unit_id: unit });
        let (clause, policy) = case.requirements;
        for wanted in [("ISO_9001", clause), ("MIPG", policy)] {
            let requirement = maker.ground.requirement(wanted, row.identified_on);
            maker.demo.finding_requirements.extend(requirement.map(|requirement_id| finding_requirement::Model {
                finding_id: id,
                organization_id,
                requirement_id,
            }));
        }
        if maker.whole && row.kind == FindingKind::MajorNonconformity {
            let file = maker.file(&format!("hallazgo-{}", row.code));
            let proof = proof(maker, &format!("{}/finding", id.uuid()), row.identified_on, file);
            maker.demo.evidences.push(evidence::Model { finding_id: Some(id), ..proof });
        }
        maker.demo.findings.push(row);
        maker.finding_steps(id, &steps);
    }
}
