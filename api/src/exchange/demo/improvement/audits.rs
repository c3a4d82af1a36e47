//! Audits, with their scope, criteria, teams, checklists, reports.

use chrono::{Days, NaiveDate};
use entity::{
    Id,
    audit::{
        AuditKind, AuditState, ChecklistResult, FindingState, ReportStage, TeamRole, audit, audit_criterion,
        audit_program, audit_report, audit_scope, audit_team_member, checklist_item,
    },
    fold,
    improvement::evidence,
    organization::{org_unit, person},
    value_chain::process,
};

use super::{Maker, catalogue::Case, ground::Who, steps::step};
use crate::{
    audit::report::frozen,
    exchange::{demo::ANCHOR, load::key},
};

/// An audit as it is told.
pub struct Spec {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Who audits.
    pub kind: AuditKind,
    /// Where it stands.
    pub state: AuditState,
    /// Its first planned day.
    pub from: NaiveDate,
    /// Its program.
    pub program: Option<Id<audit_program::Entity>>,
    /// What is looked at, by what will be found there.
    pub cases: Vec<&'static Case>,
    /// The day on which it was closed.
    pub closed: Option<NaiveDate>,
    /// Which audit it follows up.
    pub follows: Option<Id<audit::Entity>>,
}

/// An audit whose findings are being made.
pub struct Audit {
    /// Its key.
    pub id: Id<audit::Entity>,
    /// Its code.
    pub code: &'static str,
    /// Where it stands.
    pub state: AuditState,
    /// Its first day.
    pub from: NaiveDate,
    /// Does a body from outside audit?
    pub external: bool,
    /// Who acts in it.
    pub who: Who,
    /// What it looks at: what will be found there, the process, who leads it.
    pub scope: Vec<(&'static Case, Id<process::Entity>, Id<org_unit::Entity>)>,
}

impl Audit {
    /// So many days after it began.
    pub fn day(&self, days: u64) -> NaiveDate {
        self.from + Days::new(days)
    }
}

/// Days after its beginning: draft of the report, the audited is heard, final report, follow-up.
pub const DRAFTED: u64 = 20;
const HEARD: u64 = 22;
/// See [`DRAFTED`].
pub const FINISHED: u64 = 35;
const FOLLOWED: u64 = 40;

/// Has an audit come as far as a state?
pub fn reached(state: AuditState, wanted: AuditState) -> bool {
    state != AuditState::Cancelled && state.number() >= wanted.number()
}

/// Writes an audit; nothing if there is nothing to look at on that day.
pub fn write(maker: &mut Maker, spec: Spec) -> Option<Audit> {
    let (from, to) = (spec.from, spec.from + Days::new(DRAFTED));
    let looked = spec.cases.iter().filter_map(|case| {
        let process = maker.ground.process(case.process, from)?;
        Some((*case, process, maker.ground.lead(process, from)?))
    });
    let scope: Vec<_> = looked.collect();
    if scope.is_empty() {
        return None;
    }
    let external = matches!(spec.kind, AuditKind::Certification | AuditKind::ControlBody);
    let id: Id<audit::Entity> = key(&maker.code(spec.code));
    let cast = maker.ground.cast;
    let body = match spec.kind {
        AuditKind::ControlBody => Some("Contraloría General de la República"),
        AuditKind::Certification => Some("Instituto Colombiano de Normas Técnicas y Certificación (ICONTEC)"),
        _ => None,
    };
    let ministry = key(crate::exchange::demo::organizations::MINISTRY);
    maker.demo.audits.push(audit::Model {
        id,
        organization_id: maker.secretariat.id,
        code: spec.code.to_owned(),
        name: spec.name.to_owned(),
        name_key: fold(spec.name),
        kind: spec.kind,
        state: spec.state,
        audit_program_id: spec.program,
        auditing_organization_id: (spec.kind == AuditKind::SecondParty).then_some(ministry),
        auditing_body: body.map(ToOwned::to_owned),
        followed_audit_id: spec.follows,
        objective: Some("Verificar que los procesos cumplan los requisitos y logren lo previsto.".to_owned()),
        planned_from: from,
        planned_to: to,
        started_on: reached(spec.state, AuditState::InExecution).then_some(from),
        ended_on: reached(spec.state, AuditState::FinalReport).then(|| from + Days::new(FINISHED)),
        conclusions: reached(spec.state, AuditState::FinalReport)
            .then(|| "El sistema se mantiene; los hallazgos requieren plan de mejoramiento.".to_owned()),
        row_version: 1,
    });
    let team = if external { Vec::new() } else { team(maker, id, &spec, &scope) };
    let who =
        if !team.is_empty() && team.first().copied() == cast.auditor.person { cast.auditor } else { cast.control };
    let audit = Audit { id, code: spec.code, state: spec.state, from, external, who, scope };
    write_scope(maker, &audit);
    checklist(maker, &audit);
    reports(maker, &audit);
    take_steps(maker, &audit, spec.closed);
    Some(audit)
}

/// Who audits, the lead first. Where it has not been prepared yet, only the lead is known.
fn team(
    maker: &mut Maker,
    id: Id<audit::Entity>,
    spec: &Spec,
    scope: &[(&Case, Id<process::Entity>, Id<org_unit::Entity>)],
) -> Vec<Id<person::Entity>> {
    let days = (spec.from, spec.from + Days::new(DRAFTED));
    let mut units: Vec<_> = scope.iter().map(|(.., unit)| *unit).collect();
    units.extend(scope.iter().flat_map(|(_, process, _)| maker.ground.leading(*process, days.0, days.1)));
    let skip = maker.chance.below(12) as usize;
    let found = maker.ground.auditors(&units, days, skip);
    let many = match (maker.whole, spec.state) {
        (_, AuditState::Planned) => 1,
        (false, _) => 2,
        (true, _) => 4,
    };
    let roles = [TeamRole::Lead, TeamRole::Auditor, TeamRole::TechnicalExpert, TeamRole::Observer];
    let mut add = |person: Id<person::Entity>, role, excuse: Option<&str>, by| {
        maker.demo.audit_team_members.push(audit_team_member::Model {
            id: key(&format!("{}/{}", id.uuid(), person.uuid())),
            organization_id: maker.secretariat.id,
            audit_id: id,
            person_id: person,
            role,
            override_reason: excuse.map(ToOwned::to_owned),
            override_by_id: by,
            row_version: 1,
        });
    };
    for (person, role) in found.iter().zip(roles).take(many) {
        add(*person, role, None, None);
    }
    // One is excused, where everything is shown: somebody who works in what is audited.
    let insider = maker.ground.insider(&units, spec.from).filter(|person| !found.contains(person));
    if let Some(insider) = insider.filter(|_| maker.whole && spec.code == EXCUSED) {
        let excuse = Some("Es la única persona formada en la norma; no revisa los registros que ella elaboró.");
        add(insider, TeamRole::Auditor, excuse, maker.ground.cast.control.person);
    }
    found.into_iter().take(many).collect()
}

/// The audit in which somebody audits who is not independent.
const EXCUSED: &str = "AI-2025-01";

fn write_scope(maker: &mut Maker, audit: &Audit) {
    let finished = reached(audit.state, AuditState::FinalReport);
    let mut add =
        |process: Option<Id<process::Entity>>, unit: Option<Id<org_unit::Entity>>, covered, why: Option<&str>| {
            let position = maker.demo.audit_scopes.iter().rev().take_while(|row| row.audit_id == audit.id).count();
            maker.demo.audit_scopes.push(audit_scope::Model {
                id: key(&format!("{}/{position}", audit.id.uuid())),
                organization_id: maker.secretariat.id,
                audit_id: audit.id,
                position: i32::try_from(position).unwrap_or_default(),
                process_id: process,
                org_unit_id: unit,
                covered,
                exclusion_reason: why.map(ToOwned::to_owned),
                row_version: 1,
            });
        };
    for (at, (_, process, unit)) in audit.scope.iter().enumerate() {
        add(Some(*process), (at == 0).then_some(*unit), finished, None);
    }
    // What was left out, for a reason that is given when it is known.
    if audit.scope.len() > 2 {
        let why = finished.then_some("La sede estaba cerrada por obras durante la visita.");
        add(None, Some(audit.scope[1].2), false, why);
    }
    let mut named = Vec::new();
    for (case, ..) in &audit.scope {
        let (clause, policy) = case.requirements;
        let wanted = if audit.external { ("MIPG", policy) } else { ("ISO_9001", clause) };
        let Some(requirement) = maker.ground.requirement(wanted, audit.from) else { continue };
        if named.contains(&requirement) {
            continue;
        }
        named.push(requirement);
        maker.demo.audit_criteria.push(audit_criterion::Model {
            id: key(&format!("{}/{}", audit.id.uuid(), requirement.uuid())),
            organization_id: maker.secretariat.id,
            audit_id: audit.id,
            requirement_id: requirement,
            note: (named.len() == 1).then(|| "Incluye los riesgos del proceso.".to_owned()),
            row_version: 1,
        });
    }
}

fn checklist(maker: &mut Maker, audit: &Audit) {
    if audit.external || !reached(audit.state, AuditState::Prepared) {
        return;
    }
    let done = reached(audit.state, AuditState::DraftReport);
    let many = if maker.whole { 4 } else { 2 };
    for (at, (case, process, _)) in audit.scope.iter().take(many).enumerate() {
        let results = [
            ChecklistResult::DoesNotConform,
            ChecklistResult::Conforms,
            ChecklistResult::NotVisited,
            ChecklistResult::NotApplicable,
        ];
        let id: Id<checklist_item::Entity> = key(&format!("{}/{at}", audit.id.uuid()));
        maker.demo.checklist_items.push(checklist_item::Model {
            id,
            organization_id: maker.secretariat.id,
            audit_id: audit.id,
            position: i32::try_from(at).unwrap_or_default(),
            question: format!("¿Se cumple lo previsto y queda registro? Verifique: {}.", case.name.to_lowercase()),
            requirement_id: maker.ground.requirement(("ISO_9001", case.requirements.0), audit.from),
            process_id: Some(*process),
            result: done.then_some(results[at]),
            remarks: done.then(|| "Se revisó una muestra de los registros de la vigencia.".to_owned()),
            row_version: 1,
        });
        if maker.whole && done && at == 0 {
            let (uri, hash) = maker.file(&format!("muestra-{}", audit.code));
            maker.demo.evidences.push(evidence::Model {
                checklist_item_id: Some(id),
                ..proof(maker, &format!("{}/0", audit.id.uuid()), audit.day(8), (uri, hash))
            });
        }
    }
}

/// Evidence of nothing yet.
pub fn proof(maker: &Maker, code: &str, on: NaiveDate, (uri, hash): (String, String)) -> evidence::Model {
    evidence::Model {
        id: key(code),
        organization_id: maker.secretariat.id,
        checklist_item_id: None,
        finding_id: None,
        finding_response_id: None,
        progress_report_id: None,
        effectiveness_review_id: None,
        recorded_on: on,
        document_title: Some("Soporte".to_owned()),
        document_uri: Some(uri),
        document_media_type: Some("application/pdf".to_owned()),
        document_sha256: Some(hash),
        filing_number: None,
        row_version: 1,
    }
}

fn reports(maker: &mut Maker, audit: &Audit) {
    for (stage, state, days) in [
        (ReportStage::Draft, AuditState::DraftReport, DRAFTED),
        (ReportStage::Final, AuditState::FinalReport, FINISHED),
    ] {
        if !reached(audit.state, state) {
            continue;
        }
        let (uri, hash) = maker.file(&format!("informe-{}-{}", audit.code, stage.number()));
        maker.demo.audit_reports.push(audit_report::Model {
            id: key(&format!("{}/{}", audit.id.uuid(), stage.number())),
            organization_id: maker.secretariat.id,
            audit_id: audit.id,
            stage,
            reported_on: audit.day(days),
            summary: Some("Alcance, criterios, equipo, hallazgos por proceso.".to_owned()),
            document_title: Some(format!("Informe {}", audit.code)),
            document_uri: Some(uri),
            document_media_type: Some("application/pdf".to_owned()),
            document_sha256: Some(hash),
            filing_number: Some(format!("{}-{}", audit.code, stage.number())),
            // Once its findings are written.
            content_hash: None,
            row_version: 1,
        });
    }
}

/// Writes into the final reports what they froze: the findings as they stood on that day.
pub fn seal(maker: &mut Maker) {
    for report in maker.demo.audit_reports.iter_mut().rev() {
        if report.organization_id != maker.secretariat.id {
            break;
        }
        if report.stage == ReportStage::Final {
            let own = maker.findings.iter().filter(|finding| finding.row.audit_id == Some(report.audit_id));
            let decided = own.map(|finding| {
                let dismissed = finding.steps.iter().any(|step| step.to == FindingState::Dismissed);
                let state = if dismissed { FindingState::Dismissed } else { FindingState::Confirmed };
                entity::audit::finding::Model { state, ..finding.row.clone() }
            });
            let mut decided: Vec<_> = decided.collect();
            decided.sort_by(|one, other| one.code.cmp(&other.code));
            report.content_hash = Some(frozen(&decided));
        }
    }
}

fn take_steps(maker: &mut Maker, audit: &Audit, closed: Option<NaiveDate>) {
    use AuditState::{
        AuditeeResponse, Cancelled, Closed, DraftReport, FinalReport, FollowUp, InExecution, Planned, Prepared,
    };
    let control = maker.ground.cast.control;
    let created = (audit.from - Days::new(60)).min(ANCHOR - Days::new(20));
    let mut steps = vec![step(Planned, created, control, "auditCreate")];
    if audit.state == Cancelled {
        let reason = "La sede fue intervenida; se programará en la vigencia siguiente.";
        steps.push(step(Cancelled, audit.from - Days::new(5), control, "auditCancel").because(reason));
    }
    let prepared = (audit.from - Days::new(10)).min(ANCHOR - Days::new(2));
    for (state, on, act) in [
        (Prepared, prepared, "auditPrepare"),
        (InExecution, audit.from, "auditBegin"),
        (DraftReport, audit.day(DRAFTED), "auditReportDraft"),
        (AuditeeResponse, audit.day(HEARD), "auditHear"),
        (FinalReport, audit.day(FINISHED), "auditReportFinish"),
        (FollowUp, audit.day(FOLLOWED), "auditFollowUp"),
    ] {
        if reached(audit.state, state) {
            steps.push(step(state, on, audit.who, act));
        }
    }
    if let Some(on) = closed.filter(|_| audit.state == Closed) {
        steps.push(step(Closed, on, audit.who, "auditClose"));
    }
    maker.audit_steps(audit.id, &steps);
}
