//! Controlled documents, their versions and the steps of these.

use chrono::{Days, NaiveDate};
use entity::{
    Id, fold,
    value_chain::{
        ControlledDocumentKind::{self, Format, Guide, Instruction, Manual},
        ControlledStage::{self, Approved, Draft, InReview},
        ControlledState, controlled_document, document_transition, document_version,
    },
};
use sha2::{Digest as _, Sha256};

use super::{Maker, catalogue, characterizations::recorded, faults::Rule, map::Process};
use crate::exchange::{
    demo::{ANCHOR, DemoData, FUNZA, accounts, blueprint::Size},
    load::key,
};

/// Process, end of the code, kind, name.
type Sheet = (&'static str, &'static str, ControlledDocumentKind, &'static str);

#[rustfmt::skip]
const SHEETS: &[Sheet] = &[
    ("N02.04", "I05", Instruction, "Instructivo para la edición de documentos"),
    ("N", "M01", Manual, "Manual de procesos y procedimientos"),
    ("C02", "F01", Format, "Formato de proyección de cupos"),
    ("C03", "I01", Instruction, "Instructivo para la asignación de cupos"),
    ("C05", "F01", Format, "Acta de auditoría de matrícula"),
    ("D02", "G01", Guide, "Guía de acompañamiento a planes de mejoramiento"),
    ("E01", "I01", Instruction, "Instructivo para radicar solicitudes"),
    ("E02", "F01", Format, "Encuesta de satisfacción"),
    ("H01", "F01", Format, "Formato de viabilización de planta"),
    ("H06", "I01", Instruction, "Instructivo de novedades de nómina"),
    ("N01", "F01", Format, "Formato de acciones de mejora"),
    ("A04", "F01", Format, "Formato de seguimiento al plan de acción"),
    ("I01", "G01", Guide, "Guía de estudios previos"),
    ("J01", "F01", Format, "Solicitud de disponibilidad presupuestal"),
    ("K01", "G01", Guide, "Guía de auditoría basada en riesgos"),
    ("H03", "F01", Format, "Formato de plan individual de capacitación"),
    ("G01", "M01", Manual, "Manual de gestión de la información"),
    ("M01", "F01", Format, "Formato de concepto jurídico"),
    ("L02", "F01", Format, "Solicitud de soporte técnico"),
    ("F01", "F01", Format, "Acta de visita de inspección"),
];

/// A version of a document.
struct Version {
    stage: ControlledStage,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    decided: NaiveDate,
}

/// Writes the documents of a secretariat: the more, the larger it is.
pub fn write(maker: &mut Maker, made: &[Process], demo: &mut DemoData) {
    let code = maker.secretariat.code();
    let many = match maker.secretariat.size {
        _ if code == FUNZA => SHEETS.len(),
        _ if !maker.detailed => 4,
        Size::Small => 9,
        Size::Medium => 13,
        Size::Large => SHEETS.len(),
    };
    let mut overdue = maker.faults.strikes(Rule::DocumentPastReview, code).then_some(many / 2);
    for (index, sheet) in SHEETS.iter().take(many).enumerate() {
        let Some(process) = made.iter().find(|process| process.code == sheet.0) else { continue };
        let late = overdue.is_some_and(|from| index >= from);
        if late {
            overdue = None;
        }
        document(maker, process, sheet, (index, late), demo);
    }
}

fn document(maker: &mut Maker, process: &Process, sheet: &Sheet, (index, late): (usize, bool), demo: &mut DemoData) {
    let (_, end, kind, name) = *sheet;
    let code = format!("{}.{end}", process.code);
    let id: Id<controlled_document::Entity> = key(&format!("{}/{code}", maker.secretariat.code()));
    let versions = versions(maker, process, index, late);
    demo.controlled_documents.push(controlled_document::Model {
        id,
        organization_id: maker.secretariat.id,
        process_id: process.id,
        kind,
        code: code.clone(),
        name: name.to_owned(),
        name_key: fold(name),
        published: versions.iter().any(|version| version.from.is_some()),
        row_version: 1,
    });
    for (at, version) in versions.iter().enumerate() {
        let row = row(maker, process, (id, &code, name), versions.len(), (at, version), late);
        if late && version.from.is_some() && version.to.is_none() {
            maker.faults.plant(Rule::DocumentPastReview, maker.secretariat.code(), row.id.uuid());
        }
        steps(maker, row.id, version, versions.get(at + 1), demo);
        demo.document_versions.push(row);
    }
}

fn versions(maker: &mut Maker, process: &Process, index: usize, late: bool) -> Vec<Version> {
    let first = process.from + Days::new(20);
    let open = |stage, decided| Version { stage, from: None, to: None, decided };
    let approved =
        |from: NaiveDate| Version { stage: Approved, from: Some(from), to: None, decided: from - Days::new(3) };
    let mut versions = vec![approved(first)];
    let renewed = maker.waves.last().map(|wave| wave.day + Days::new(15));
    if let Some(second) =
        renewed.filter(|second| (maker.chance.percent(45) || late) && *second > first && *second < ANCHOR)
    {
        versions[0].to = Some(second);
        versions.push(approved(second));
    }
    match (index, maker.chance.below(20)) {
        (4, _) | (_, 0) => versions.push(open(Draft, ANCHOR - Days::new(18))),
        (5, _) | (_, 1) => versions.push(open(InReview, ANCHOR - Days::new(6))),
        _ => {}
    }
    versions
}

fn row(
    maker: &Maker,
    process: &Process,
    (document, code, name): (Id<controlled_document::Entity>, &str, &str),
    many: usize,
    (at, version): (usize, &Version),
    late: bool,
) -> document_version::Model {
    let number = at + 1;
    let uri = format!("https://www.example.org/documentos/{}/{code}-v{number}.pdf", maker.secretariat.code());
    let sha256: String = Sha256::digest(uri.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let signed = version.from.is_some();
    let (prepared, reviewed, approved) =
        maker.signatures(catalogue::of(&process.code).leads, version.decided.max(maker.start));
    let wave = maker.waves.iter().rfind(|wave| version.from.is_some_and(|from| wave.day <= from));
    // Two years after it came into force, or after it was last looked at.
    let mut review = version.from.map(|from| from + Days::new(730));
    while let Some(due) = review.filter(|due| version.to.is_none() && *due <= ANCHOR + Days::new(15)) {
        review = Some(due + Days::new(730));
    }
    if late && version.to.is_none() && signed {
        review = Some(ANCHOR - Days::new(31 + u64::try_from(many).unwrap_or_default()));
    }
    document_version::Model {
        id: key(&format!("{}/{number}", document.uuid())),
        organization_id: maker.secretariat.id,
        controlled_document_id: document,
        number: i32::try_from(number).unwrap_or(i32::MAX),
        stage: version.stage,
        code: code.to_owned(),
        name: name.to_owned(),
        name_key: fold(name),
        document_title: Some(format!("{code} {name}")),
        document_uri: Some(uri),
        document_media_type: Some("application/pdf".to_owned()),
        document_sha256: Some(sha256),
        filing_number: None,
        change_reason: (at > 0).then(|| "Se ajusta a la caracterización vigente del proceso.".to_owned()),
        next_review: review,
        legal_act_id: wave.map(|wave| wave.act),
        prepared_by_id: prepared,
        reviewed_by_id: reviewed.filter(|_| signed),
        approved_by_id: approved.filter(|_| signed),
        valid_from: version.from,
        valid_to: version.to,
        row_version: 1,
    }
}

fn steps(
    maker: &Maker,
    id: Id<document_version::Entity>,
    version: &Version,
    next: Option<&Version>,
    demo: &mut DemoData,
) {
    use ControlledState as State;
    let slug = &maker.secretariat.slug;
    let (leader, management) = (accounts::id("lider.calidad", slug), accounts::id("alta.direccion", slug));
    let before = |days: u64| version.decided - Days::new(days);
    let mut steps = vec![(None, State::Draft, before(20), before(20), leader, "documentVersionCreate")];
    if version.stage != Draft {
        steps.push((Some(State::Draft), State::InReview, before(5), before(5), leader, "documentVersionSubmit"));
    }
    if let Some(from) = version.from {
        steps.push((
            Some(State::InReview),
            State::InForce,
            from,
            version.decided,
            management,
            "documentVersionApprove",
        ));
    }
    if let Some(end) = version.to {
        let entered = next.map_or(end, |next| next.decided);
        steps.push((Some(State::InForce), State::Obsolete, end, entered, management, "documentVersionApprove"));
    }
    demo.document_transitions.extend(steps.into_iter().enumerate().map(
        |(index, (from_state, to_state, civil_date, entered, account_id, act))| document_transition::Model {
            id: key(&format!("{}/{index}", id.uuid())),
            organization_id: maker.secretariat.id,
            document_version_id: id,
            from_state,
            to_state,
            civil_date,
            recorded_at: recorded(entered, index),
            account_id,
            person_id: None,
            act: act.to_owned(),
            reason: None,
        },
    ));
}
